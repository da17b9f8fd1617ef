"""A provider's exit bundle: plain files that keep verifying when the site is gone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.utils import timezone

from sealwright.cli import main
from sealwright.credentials.fetching import GuardedFetcher
from sealwright.credentials.model.report import Report, Verdict
from sealwright.credentials.verify import Verifier
from sealwright.web.audit.models import Entry
from sealwright.web.audit.services import digest
from sealwright.web.catalogue.models import Picture
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import (
    Award,
    Credential,
    IssuerRecord,
    Reason,
    Recipient,
    SigningKey,
    StatusList,
)
from sealwright.web.issuing.services.batches import Person
from sealwright.web.issuing.services.compromise import declare_compromised
from sealwright.web.issuing.services.personal import erase_awards
from sealwright.web.issuing.services.rotation import rotate_key
from sealwright.web.issuing.services.standing import (
    cancel_offers,
    correct_award,
    revoke_awards,
    suspend_awards,
)
from sealwright.web.issuing.services.status import VALID_KEPT
from sealwright.web.leaving.services import records
from sealwright.web.leaving.services.writing import write_bundle
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation, Role
from sealwright.web.transparency.models import Shard
from sealwright.web.transparency.services.publishing import publish
from sealwright.web.verifying.services import check_all
from sealwright.web.verifying.sources import Source
from tests.web.factories import a_person, a_version, an_actor, an_award, an_organisation
from tests.web.leaving.serving import free_port, served

pytestmark = pytest.mark.django_db(transaction=True)

Visibility = Award.Visibility


@pytest.fixture
def port(settings: Any) -> int:
    """Where the files will be served, which is where the site issues now."""
    port = free_port()
    settings.BASE_URL = f"http://localhost:{port}"
    return port


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def owner(college: Organisation) -> Actor:
    return an_actor(Role.OWNER, college)


@pytest.fixture
def bundle(tmp_path: Path) -> Callable[[Organisation], Path]:
    """Writes the bundle of a provider as a folder."""

    def written(organisation: Organisation, **options: Any) -> Path:
        target = tmp_path / "bundle"
        options = {"has_png": False, **options}
        for _progress in write_bundle(organisation, target, as_folder=True, **options):
            pass
        return target

    return written


def in_every_state(college: Organisation, owner: Actor) -> dict[str, Award]:
    """An award in each state that there is, the first of them from before a key was stolen."""
    version = a_version(college)

    def award(**values: Any) -> Award:
        return an_award(college, version=version, **values)

    awards = {"signed again": award()}
    for shard in Shard.objects.all():
        publish(shard, at=timezone.now() - timedelta(hours=2))
    awards["from after the theft"] = award()
    an_hour_ago = timezone.now() - timedelta(hours=1)
    declare_compromised("key-1", since=an_hour_ago, why="A laptop was stolen", actor=owner)
    run_pending()
    awards["under a retired key"] = award()
    rotate_key(at_once=True, actor=owner)
    rotate_key(SigningKey.Purpose.STATUS, at_once=True, actor=owner)
    for name in ("in force", "revoked", "revoked in public", "suspended", "cancelled", "old"):
        awards[name] = award()
    awards["expired"] = award(awarded="2025-01-01T00:00:00Z", valid_until="2025-02-01T00:00:00Z")
    awards["private"], awards["private and revoked"] = award(), award()
    awards["published"] = award()
    revoke_awards([awards["revoked"].public_id], reason=Reason.OTHER, actor=owner)
    revoke_awards(
        [awards["revoked in public"].public_id, awards["private and revoked"].public_id],
        reason=Reason.MISCONDUCT, public=True, actor=owner,
    )  # fmt: skip
    suspend_awards([awards["suspended"].public_id], actor=owner)
    cancel_offers([awards["cancelled"].public_id], actor=owner)
    old = awards["old"]
    corrected = Person(old.recipient.address, name="Mira Holt-Vane")
    awards["corrected"] = correct_award(old.public_id, person=corrected, actor=owner, why="Name")
    private = [awards["private"].pk, awards["private and revoked"].pk]
    Award.objects.filter(pk__in=private).update(visibility=Visibility.PRIVATE)
    Award.objects.filter(pk=awards["published"].pk).update(visibility=Visibility.PUBLIC)
    run_pending()
    return {name: Award.objects.get(pk=award.pk) for name, award in awards.items()}


def document(award: Award) -> bytes:
    """What is served for an award, or what its holder has at hand."""
    return bytes(award.credentials.current()[0].document or b"")


def elsewhere(port: int, source: bytes | str) -> Verdict:
    """What anybody's verifier says, which knows nothing of the site, its database or its log."""
    anybody = Verifier(fetcher=GuardedFetcher(allow_local=frozenset({f"localhost:{port}"})))
    check = anybody.verify_link if isinstance(source, str) else anybody.verify
    return check(source, at=timezone.now()).verdict  # type: ignore[arg-type]


def live(award: Award) -> Report:
    return check_all([Source("badge", document(award))], at=timezone.now())[0]


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    found = json.loads((folder / "data" / f"{name}.json").read_bytes())
    return list(found["rows"])


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Every page with its path in the site."""
    for path in (folder / "site").rglob("index.html"):
        yield path.relative_to(folder / "site").as_posix(), path.read_text("utf-8")


# --- It keeps verifying ---------------------------------------------------------------------


@pytest.mark.loopback
def test_every_award_verifies_from_a_plain_file_server_as_it_did_on_the_site(
    college: Organisation, owner: Actor, port: int, bundle: Callable[..., Path]
) -> None:
    awards = in_every_state(college, owner)
    before = {name: live(award).verdict for name, award in awards.items()}

    with served(bundle(college) / "site", port):
        by_hand = {name: elsewhere(port, document(award)) for name, award in awards.items()}
        by_link = {
            name: elsewhere(port, award.url)
            for name, award in awards.items()
            if award.visibility != Visibility.PRIVATE
        }

    good = {"signed again", "under a retired key", "in force", "private", "published", "corrected"}
    assert {name for name, verdict in by_hand.items() if verdict is Verdict.VALID} == good
    assert by_hand == before
    assert by_link == {name: by_hand[name] for name in by_link}
    assert set(by_hand.values()) == {Verdict.VALID, Verdict.INVALID}


@pytest.mark.loopback
def test_the_log_can_be_checked_from_a_plain_file_server(
    college: Organisation, port: int, bundle: Callable[..., Path], capsys: Any
) -> None:
    award = an_award(college)
    local = ["--allow-local", f"localhost:{port}"]

    with served(bundle(college) / "site", port):
        found = main(["log", "verify", f"{award.url}.json", *local])
        url = f"http://localhost:{port}/log/{timezone.now().year}"
        monitored = main(["log", "monitor", url, *local])

    said = capsys.readouterr().out
    assert (found, monitored) == (0, 0)
    assert "entry   0 of 1" in said
    assert "1 entries" in said


def test_the_lists_of_the_bundle_last_and_those_of_the_site_stay_short(
    college: Organisation, bundle: Callable[..., Path]
) -> None:
    an_award(college)
    run_pending()
    before = StatusList.objects.values_list("public_id", "etag", "built_at")
    known = list(before)

    folder = bundle(college)

    for each in StatusList.objects.all():
        kept = json.loads((folder / f"site{each.path}").read_bytes())
        lasts = datetime.fromisoformat(kept["validUntil"]) - timezone.now()
        assert lasts > VALID_KEPT - timedelta(days=1)
    assert list(before) == known


# --- What is public, and what is not ----------------------------------------------------------


def test_nothing_becomes_public_that_was_not(
    college: Organisation, owner: Actor, bundle: Callable[..., Path]
) -> None:
    private = an_award(college, name="Ines Quay", address="ines@people.example")
    Award.objects.filter(pk=private.pk).update(visibility=Visibility.PRIVATE)
    erased = an_award(college, name="Odd Berg", address="odd@people.example")
    erase_awards(a_person("odd@people.example"))

    folder = bundle(college)

    site = folder / "site"
    everything = b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert b"Ines" not in everything
    assert b"Odd Berg" not in everything
    assert b"@people.example" not in everything
    assert not (site / f"c/{private.public_id}.json").exists()
    assert "has not made this public" in (site / f"c/{private.public_id}/index.html").read_text()
    assert "data was erased" in (site / f"c/{erased.public_id}/index.html").read_text()
    assert (site / f"c/{private.public_id}/log.json").exists()
    [kept] = [row for row in rows(folder, "awards") if row["id"] == private.public_id]
    assert kept["credentials"][0]["document"].encode() == document(private)
    assert [row["address"] for row in rows(folder, "recipients")] == ["ines@people.example"]


def test_no_folder_is_listed_by_the_server(
    college: Organisation, bundle: Callable[..., Path]
) -> None:
    an_award(college)

    site = bundle(college) / "site"

    folders = [site, *(path for path in site.rglob("*") if path.is_dir())]
    assert [path for path in folders if not (path / "index.html").is_file()] == []


def test_no_secret_is_in_it(college: Organisation, bundle: Callable[..., Path]) -> None:
    award = an_award(college)
    secrets = [bytes(key.wrapped_private) for key in SigningKey.objects.all()]
    hashes = [award.claim_hash.encode(), award.recipient_key.encode()]

    folder = bundle(college)

    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not any(secret in everything for secret in [*secrets, *filter(None, hashes)])


# --- The pages ------------------------------------------------------------------------------


def test_no_page_leads_to_what_is_not_there(
    college: Organisation, owner: Actor, bundle: Callable[..., Path]
) -> None:
    in_every_state(college, owner)

    folder = bundle(college)

    dead = set()
    for page, text in pages(folder):
        for link in re.findall(r'(?:href|src|action)="([^"#]+)', text):
            path = link.removeprefix(settings.BASE_URL).partition("?")[0]
            target = folder / "site" / path.lstrip("/")
            if path.startswith("/") and not (target.is_file() or (target / "index.html").is_file()):
                dead.add((page.partition("/")[0], path))
    assert dead == set()


def test_every_page_says_that_it_is_a_copy_and_of_when(
    college: Organisation, bundle: Callable[..., Path]
) -> None:
    award = an_award(college)

    folder = bundle(college, at=timezone.now().replace(2027, 3, 4, 15, 30))

    page = (folder / f"site/c/{award.public_id}/index.html").read_text("utf-8")
    assert "A copy of 4 March 2027, 15:30 UTC" in page
    assert "Sign in" not in page
    assert "<script>" not in page


def test_badges_as_png_carry_the_credential_unless_they_are_left_out(
    college: Organisation, bundle: Callable[..., Path], tmp_path: Path
) -> None:
    from sealwright.credentials.formats.images import extract

    award = an_award(college)
    list(write_bundle(college, tmp_path / "whole", as_folder=True))

    without = bundle(college) / "site/c"

    badge = (tmp_path / f"whole/site/c/{award.public_id}.png").read_bytes()
    assert extract(badge).encode() == document(award)
    assert not (without / f"{award.public_id}.png").exists()
    assert ".png" not in (without / award.public_id / "index.html").read_text("utf-8")


def test_pictures_of_programmes_are_in_it(
    college: Organisation, bundle: Callable[..., Path]
) -> None:
    picture = Picture.objects.create(
        organisation=college, png=b"large", small=b"small", sha256="", width=1, height=1
    )

    site = bundle(college) / "site"

    assert (site / picture.path[1:]).read_bytes() == b"large"
    assert (site / picture.small_path[1:]).read_bytes() == b"small"


# --- The data, and the archive ----------------------------------------------------------------


def test_all_data_keeps_to_its_schema(
    college: Organisation, owner: Actor, bundle: Callable[..., Path]
) -> None:
    in_every_state(college, owner)

    folder = bundle(college)

    for table in records.TABLES:
        schema = json.loads((folder / f"data/schemas/{table.name}.json").read_bytes())
        members = schema["$defs"][table.shape.__name__]["properties"]
        for row in rows(folder, table.name):
            assert set(row) == set(members)
            table.shape.model_validate(row)
    assert len(rows(folder, "awards")) == Award.objects.count()
    assert len(rows(folder, "recipients")) == Recipient.objects.count()
    signed = {each["sha256"] for row in rows(folder, "awards") for each in row["credentials"]}
    assert signed == set(Credential.objects.values_list("sha256", flat=True))


def test_the_trail_in_it_can_be_checked_by_its_hashes(
    college: Organisation, bundle: Callable[..., Path]
) -> None:
    an_award(college)

    trail = rows(bundle(college), "trail")

    before = "0" * 64
    for row in trail:
        row["at"] = datetime.fromisoformat(row["at"])
        assert digest(before, Entry(**row)) == row["hash"]
        before = row["hash"]
    assert len(trail) == Entry.objects.filter(organisation=college.public_id).count() > 0


def test_the_manifest_has_the_hash_of_every_file(
    college: Organisation, bundle: Callable[..., Path]
) -> None:
    an_award(college)

    folder = bundle(college)

    manifest = json.loads((folder / "MANIFEST.json").read_bytes())
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == files - {"MANIFEST.json"}
    assert manifest["count"] == len(manifest["files"])
    for name, told in manifest["files"].items():
        assert sha256((folder / name).read_bytes()).hexdigest() == told


def test_the_1edtech_list_lies_at_its_own_address(
    college: Organisation, owner: Actor, bundle: Callable[..., Path]
) -> None:
    award = an_award(college)
    revoke_awards([award.public_id], reason=Reason.OTHER, actor=owner)

    site = bundle(college) / "site"

    record = IssuerRecord.objects.get()
    listed = json.loads((site / f"status/{record.onedtech_list}").read_bytes())
    assert [each["id"] for each in listed["revokedCredential"]] == [award.url]


def test_the_command_writes_a_zip_and_never_over_another_file(
    college: Organisation, tmp_path: Path, capsys: Any
) -> None:
    award = an_award(college)
    target = tmp_path / "college.zip"

    written = main(["leave", college.slug, str(target), "--no-png"])
    again = main(["leave", college.slug, str(target), "--no-png"])
    nobody = main(["leave", "nobody", str(tmp_path / "nobody.zip")])

    said = capsys.readouterr()
    assert (written, again, nobody) == (0, 64, 64)
    assert said.out.startswith(f"1 awards written to {target} (")
    assert "is there already" in said.err
    with ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.read(f"site/c/{award.public_id}.json") == document(award)
        assert "Serve the folder site/" in archive.read("README.txt").decode()
    assert [path.name for path in tmp_path.iterdir()] == ["college.zip"]


def test_who_stops_writing_leaves_nothing_behind(college: Organisation, tmp_path: Path) -> None:
    an_award(college)
    steps = write_bundle(college, tmp_path / "college.zip", has_png=False)
    next(steps)

    steps.close()  # type: ignore[attr-defined]

    assert list(tmp_path.iterdir()) == []


def test_a_provider_that_issued_nothing_can_leave_too(
    college: Organisation, bundle: Callable[..., Path]
) -> None:
    folder = bundle(college)

    assert (folder / f"site{college.path}/did.json").exists()
    assert rows(folder, "awards") == []
