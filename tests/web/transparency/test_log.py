"""The log: grown by issuing, signed by the worker, served to everybody, proven beside an award."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import transaction
from django.test import Client

from sealwright.credentials.errors import ResolutionFailed
from sealwright.credentials.transparency import (
    NoteKey,
    check_logged,
    digests_of,
    follow,
    open_checkpoint,
    read_proofs,
    root,
)
from sealwright.credentials.transparency.tiles import WIDTH
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import Credential, SigningKey
from sealwright.web.transparency.models import Checkpoint, Leaf, Shard, Tile
from sealwright.web.transparency.services import append
from sealwright.web.transparency.services.publishing import publish, publish_checkpoints
from sealwright.web.transparency.services.reading import served, subtrees
from tests.credentials.transparency.logs import naive_root
from tests.web.factories import an_award, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

MAY = datetime(2026, 5, 1, tzinfo=UTC)


def grown(number: int, *, at: datetime = MAY) -> Shard:
    """A shard with so many more leaves."""
    with transaction.atomic():
        append([sha256(f"{at}{n}".encode()).digest() for n in range(number)], at=at)
    return Shard.objects.get(year=at.year)


def keys_of(client: Client) -> list[NoteKey]:
    return [NoteKey.parse(line) for line in client.get("/log/key").content.decode().splitlines()]


def leaves_of(shard: Shard) -> list[bytes]:
    rows = Leaf.objects.filter(shard=shard).order_by("index")
    return [bytes(data) for data in rows.values_list("data", flat=True)]


def test_a_checkpoint_is_signed_for_what_was_added(client: Client) -> None:
    shard = grown(7)

    publish_checkpoints()

    note = client.get("/log/2026/checkpoint").content.decode()
    signed = open_checkpoint(note, keys_of(client))
    assert signed.checkpoint.origin == "localhost:8000/log/2026"
    assert signed.checkpoint.size == 7
    assert signed.checkpoint.root == naive_root(leaves_of(shard))
    assert signed.at is not None


def test_nothing_is_signed_again_as_long_as_nothing_is_added() -> None:
    grown(7)

    for _ in range(3):
        run_pending()

    assert Checkpoint.objects.count() == 1
    assert SigningKey.objects.filter(purpose="log", state="active").count() == 1


def test_each_year_has_a_log_of_its_own(client: Client) -> None:
    grown(2)
    grown(3, at=datetime(2027, 1, 1, tzinfo=UTC))

    publish_checkpoints()

    assert {key.name for key in keys_of(client)} == {
        "localhost:8000/log/2026", "localhost:8000/log/2027",
    }  # fmt: skip
    assert Checkpoint.objects.get(shard__year=2027).size == 3


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600])
def test_whole_tiles_are_stored_and_say_the_same_as_the_leaves(size: int) -> None:
    shard = grown(size)

    publish(shard)

    assert Tile.objects.filter(level=0).count() == size // WIDTH
    assert root(size, subtrees(shard, size)) == naive_root(leaves_of(shard))
    Leaf.objects.filter(index__lt=WIDTH * (size // WIDTH)).delete()  # no longer needed for it
    assert root(size, subtrees(shard, size)) == bytes(Checkpoint.objects.get().root)


def test_the_log_can_be_followed_from_outside_checkpoint_by_checkpoint(client: Client) -> None:
    def fetch(path: str) -> bytes:
        answer = client.get(f"/log/2026/{path}")
        if answer.status_code != 200:
            raise ResolutionFailed("http-status", url=path, status=answer.status_code)
        return answer.content

    remembered = ""
    for number in (3, 300, 250):
        grown(number)
        publish_checkpoints()
        found = follow(fetch, keys_of(client), remembered=remembered)
        remembered = found.note

    assert found.checkpoint.size == 553


def test_only_what_was_signed_is_served(client: Client) -> None:
    grown(5)
    publish_checkpoints()
    grown(1)

    assert client.get("/log/2026/tile/0/000.p/5").status_code == 200
    for path in ("0/000.p/6", "0/000", "entries/000.p/6", "0/001", "1/000.p/1", "nonsense"):
        assert client.get(f"/log/2026/tile/{path}").status_code == 404


def test_tiles_may_be_kept_for_ever_and_checkpoints_for_seconds(client: Client) -> None:
    grown(5)
    publish_checkpoints()

    tile, note = client.get("/log/2026/tile/0/000.p/5"), client.get("/log/2026/checkpoint")

    assert tile["Cache-Control"] == "public, max-age=31536000"
    assert tile["Content-Type"] == "application/octet-stream"
    assert note["Cache-Control"] == "public, max-age=5"
    assert note["Content-Type"] == "text/plain; charset=utf-8"


def test_there_is_no_checkpoint_of_a_year_without_a_log(client: Client) -> None:
    assert client.get("/log/1999/checkpoint").status_code == 404
    assert client.get("/log/key").content == b""


def test_the_proof_beside_an_award_shows_it_in_the_log(client: Client) -> None:
    college = an_organisation()
    award = an_award(college)
    pending = client.get(f"/c/{award.public_id}/log.json")
    run_pending()
    for _ in range(3):
        an_award(college)
    run_pending()

    answer = client.get(f"/c/{award.public_id}/log.json")

    document = bytes(Credential.objects.get(award=award).document or b"")
    [proof] = read_proofs(answer.content)
    logged = check_logged(digests_of(document), proof, keys_of(client))
    assert json.loads(pending.content)["proofs"] == []
    assert json.loads(answer.content)["credential"] == award.url
    assert (logged.index, logged.size) == (0, 4)
    assert logged.by is not None
    assert int(logged.by.timestamp()) == int(Checkpoint.objects.earliest("size").at.timestamp())


def test_a_copy_that_a_wallet_wrote_anew_is_found_too(client: Client) -> None:
    award = an_award(an_organisation())
    run_pending()
    document = json.loads(bytes(Credential.objects.get(award=award).document or b""))
    rewritten = json.dumps(dict(sorted(document.items(), reverse=True)), indent=2)

    [proof] = read_proofs(client.get(f"/c/{award.public_id}/log.json").content)

    assert check_logged(digests_of(rewritten, json.loads(rewritten)), proof, keys_of(client))


def test_the_page_shows_the_newest_checkpoint(client: Client) -> None:
    grown(5)
    before = client.get("/log/").content.decode()
    publish_checkpoints()

    page = client.get("/log/").content.decode()

    assert "The first checkpoint is signed within a minute." in before
    assert str(keys_of(client)[0]) in page
    assert "sealwright log monitor http://localhost:8000/log/2026" in page


def test_an_empty_log_has_a_page_too(client: Client) -> None:
    assert "Nothing was issued yet" in client.get("/log/").content.decode()


def test_what_was_changed_is_not_signed_over(caplog: pytest.LogCaptureFixture) -> None:
    shard = grown(10)
    publish(shard)
    Leaf.objects.filter(index=4).update(data=b"x" * 32)

    assert publish(grown(1)) is None

    assert Checkpoint.objects.count() == 1
    assert "were changed" in caplog.text


def test_a_compromised_key_of_the_log_no_longer_counts(client: Client) -> None:
    grown(5)
    publish_checkpoints()
    assert len(keys_of(client)) == 1

    SigningKey.objects.filter(purpose="log").update(state="compromised")

    assert keys_of(client) == []


def test_a_tile_of_no_log_is_not_there() -> None:
    from sealwright.credentials.transparency import Tile as Place

    assert served(1999, Place(0, 0)) is None
