"""A new key for the log: it signs from the next checkpoint on, and the old one says so."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone

from sealwright.cli import main
from sealwright.credentials.errors import Refused, ResolutionFailed
from sealwright.credentials.transparency import (
    Followed,
    NoteKey,
    check_logged,
    follow,
    open_checkpoint,
    read_handovers,
    read_proofs,
)
from sealwright.web.audit.models import Entry
from sealwright.web.core import points
from sealwright.web.core.events import SITE
from sealwright.web.core.refusals import Refusal
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import Credential, SigningKey
from sealwright.web.issuing.services.log import check_log
from sealwright.web.issuing.services.rotation import PUBLISHED_BEFORE_USE, rotate_log_key
from sealwright.web.transparency.models import Handover, Shard
from sealwright.web.transparency.services.publishing import publish_checkpoints
from tests.web.factories import an_award, an_organisation
from tests.web.side_by_side import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)

State = SigningKey.State


@pytest.fixture(autouse=True)
def _an_award() -> None:
    an_award(an_organisation())
    publish_checkpoints()


def year() -> int:
    return Shard.objects.get().year


def keys_of(client: Client) -> list[NoteKey]:
    return [NoteKey.parse(line) for line in client.get("/log/key").content.decode().splitlines()]


def newest(client: Client) -> str:
    return client.get(f"/log/{year()}/checkpoint").content.decode()


def monitored(client: Client, keys: list[NoteKey], *, seen: Followed | None = None) -> Followed:
    def fetch(path: str) -> bytes:
        answer = client.get(f"/log/{year()}/{path}")
        if answer.status_code != 200:
            raise ResolutionFailed("http-not-found", url=path, status=answer.status_code)
        return answer.content

    return follow(
        fetch,
        seen.keys if seen else keys,
        remembered=seen.note if seen else "",
        handovers=seen.handovers if seen else (),
    )


def grow() -> None:
    an_award(an_organisation())
    publish_checkpoints()


def log_keys() -> dict[str, str]:
    return dict(SigningKey.objects.filter(purpose="log").values_list("name", "state"))


def test_a_new_key_is_published_at_once_and_signs_a_day_later(client: Client) -> None:
    [old] = keys_of(client)

    key = rotate_log_key(by="operator")
    grow()

    assert [each.id for each in keys_of(client)][1:] == [old.id]
    assert open_checkpoint(newest(client), [old]).checkpoint.size == 2
    assert not Handover.objects.exists()

    SigningKey.objects.filter(pk=key.pk).update(created_at=timezone.now() - PUBLISHED_BEFORE_USE)
    run_pending()
    grow()

    assert log_keys() == {"key-1": State.RETIRED, "key-2": State.ACTIVE}
    assert open_checkpoint(newest(client), keys_of(client)[:1]).checkpoint.size == 3
    with pytest.raises(Refused):
        open_checkpoint(newest(client), [old])
    activated = Entry.objects.get(organisation=SITE, event="key.activated")
    assert (activated.actor, activated.subject) == ("worker", "key-2")


def test_a_monitor_that_knows_the_old_key_goes_on_with_the_new_one(client: Client) -> None:
    [old] = keys_of(client)
    before = monitored(client, [old])

    rotate_log_key(at_once=True, by="operator")
    between = monitored(client, [old], seen=before)
    grow()
    after = monitored(client, [old], seen=between)

    assert between.checkpoint == before.checkpoint
    assert after.checkpoint.size == 2
    assert [(key.id, key.until) for key in after.keys] == [
        (old.id, 1),
        (keys_of(client)[0].id, None),
    ]


def test_whoever_comes_later_with_the_old_key_only_is_led_to_the_newest(client: Client) -> None:
    [old] = keys_of(client)
    for _ in range(3):
        rotate_log_key(at_once=True, by="operator")
        grow()

    assert monitored(client, [old]).checkpoint.size == 4
    assert [key.until for key in monitored(client, [old]).keys] == [1, 2, 3, None]
    assert len(read_handovers(client.get(f"/log/{year()}/handovers").content)) == 3


def test_proofs_hold_with_the_old_key_and_with_the_new_one(client: Client) -> None:
    [old] = keys_of(client)
    rotate_log_key(at_once=True, by="operator")
    grow()
    new = keys_of(client)[0]

    for credential in Credential.objects.select_related("award"):
        beside = client.get(f"{credential.award.path}/log.json").content
        [proof] = read_proofs(beside)
        digests = [sha256(bytes(credential.document or b"")).digest()]
        assert check_logged(digests, proof, [old]).size == 2
        assert check_logged(digests, proof, [new]).size == 2


def test_a_log_that_was_handed_over_is_sound_and_a_later_note_by_the_old_key_is_not(
    client: Client,
) -> None:
    old = SigningKey.objects.get(purpose="log")
    rotate_log_key(at_once=True, by="operator")
    grow()
    [(_, _, fault, _)] = check_log()
    assert fault is None

    SigningKey.objects.filter(purpose="log", state=State.ACTIVE).update(state=State.RETIRED)
    SigningKey.objects.filter(pk=old.pk).update(state=State.ACTIVE)
    grow()

    [(_, _, fault, _)] = check_log()
    assert fault is not None
    assert "gave up at size 1" in fault.problem


def test_each_years_log_is_handed_over(client: Client) -> None:
    Shard.objects.create(year=2019)

    rotate_log_key(at_once=True, by="operator")

    assert Handover.objects.count() == 2
    handover = Handover.objects.get(shard__year=2019).note
    assert handover.startswith(f"{Shard(year=2019).origin}\n0\n")


def test_a_log_that_never_handed_over_says_so_with_an_empty_file(client: Client) -> None:
    answer = client.get(f"/log/{year()}/handovers")

    assert (answer.status_code, answer.content) == (200, b"")
    assert client.get("/log/1999/handovers").status_code == 404


def test_a_checkpoint_and_a_handover_do_not_cross() -> None:
    an_award(an_organisation())

    side_by_side([publish_checkpoints, lambda: rotate_log_key(at_once=True, by="operator")])

    [(_, size, fault, _)] = check_log()
    assert (size, fault) == (2, None)


def test_what_is_being_signed_while_the_log_is_handed_over_has_the_new_key(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_award(an_organisation())

    def hand_over(point: str) -> None:
        if point == "checkpoint":
            rotate_log_key(at_once=True, by="operator")

    monkeypatch.setattr(points, "watchers", [hand_over])
    publish_checkpoints()

    [(_, size, fault, _)] = check_log()
    assert (size, fault) == (2, None)
    assert open_checkpoint(newest(client), keys_of(client)[:1]).checkpoint.size == 2


def test_the_page_tells_where_a_key_ended(client: Client) -> None:
    [old] = keys_of(client)
    rotate_log_key(at_once=True, by="operator")

    page = client.get("/log/").content.decode()

    assert f"The key {old.id.hex()} signed for 1 entry and then" in page
    assert f'<a href="/log/{year()}/handovers">' in page


def test_a_key_that_waits_is_not_followed_by_another_one() -> None:
    rotate_log_key(by="operator")

    with pytest.raises(Refusal):
        rotate_log_key(by="operator")
    rotate_log_key(at_once=True, by="operator")

    assert log_keys() == {"key-1": State.RETIRED, "key-2": State.ACTIVE}


def test_the_operator_rotates_the_key_from_the_command_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    codes = [main(["log", "rotate"]), main(["log", "rotate"]), main(["log", "rotate", "--at-once"])]

    said = capsys.readouterr()
    assert codes == [0, 64, 0]
    assert said.out == "key-2 is published, and used in a day\nkey-2 is published, and in use\n"
    assert "waits to be used already" in said.err
