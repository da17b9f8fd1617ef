"""Bundles asked for on the page, written by the worker, kept for a fortnight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from zipfile import ZipFile

import pytest
from django.http import FileResponse
from django.test import Client
from django.utils import timezone

from sealwright.web.audit.models import Entry
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import CONFLICT, FORBIDDEN, GONE, NOT_FOUND, Refusal
from sealwright.web.issuing.models import Award
from sealwright.web.issuing.services.personal import erase_awards
from sealwright.web.issuing.services.standing import suspend_awards
from sealwright.web.leaving.models import Bundle, folder
from sealwright.web.leaving.services import preparing
from sealwright.web.leaving.services.preparing import (
    ask_for_bundle,
    forget_old,
    take_bundle,
    write_next,
)
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation, Role
from tests.web.accounts.people import a_client
from tests.web.factories import a_person, an_actor, an_award, an_organisation, somebody
from tests.web.scenes import secured

pytestmark = pytest.mark.django_db(transaction=True)

State = Bundle.State


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(preparing, "SLICE", 0.0)
    settings.DATA = tmp_path
    preparing._open.clear()
    yield
    preparing._open.clear()


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def owner(college: Organisation) -> Actor:
    return an_actor(Role.OWNER, college)


def written(actor: Actor) -> Bundle:
    """A bundle that the worker has written."""
    bundle = ask_for_bundle(actor=actor)
    while write_next():
        pass
    bundle.refresh_from_db()
    return bundle


def killed() -> None:
    """The process that writes is gone, with all it has in hand, and its lease is over."""
    preparing._open.clear()
    Bundle.objects.update(writer="another", lease_until=timezone.now() - timedelta(seconds=1))


# --- Writing --------------------------------------------------------------------------------


def test_a_bundle_is_written_a_little_at_a_time(college: Organisation, owner: Actor) -> None:
    for _ in range(3):
        an_award(college)
    bundle = ask_for_bundle(actor=owner)

    assert write_next()
    bundle.refresh_from_db()

    assert (bundle.state, bundle.done, bundle.total) == (State.WRITING, 1, 3)
    while write_next():
        pass
    bundle.refresh_from_db()
    assert (bundle.state, bundle.done, bundle.total) == (State.READY, 3, 3)
    assert bundle.size == bundle.path.stat().st_size
    with ZipFile(bundle.path) as archive:
        assert archive.testzip() is None
    assert [path.name for path in folder().iterdir()] == [bundle.path.name]


def test_who_asked_is_told_by_mail_and_the_trail_tells_all(
    college: Organisation, owner: Actor
) -> None:
    bundle = written(owner)

    take_bundle(bundle.public_id, actor=owner)

    message = Message.objects.get(kind="bundle-ready")
    assert f"/o/{college.slug}/leaving" in message.text
    events = Entry.objects.filter(subject=bundle.public_id).order_by("number")
    assert [(entry.event, entry.actor) for entry in events] == [
        ("bundle.asked", owner.label),
        ("bundle.ready", "worker"),
        ("bundle.taken", owner.label),
    ]


def test_a_killed_process_leaves_its_bundle_to_the_next_one(
    college: Organisation, owner: Actor
) -> None:
    for _ in range(2):
        an_award(college)
    bundle = ask_for_bundle(actor=owner)
    write_next()
    (folder() / f"{bundle.public_id}-1.zip.part").touch()
    killed()

    while write_next():
        pass

    bundle.refresh_from_db()
    assert (bundle.state, bundle.attempts, bundle.done) == (State.READY, 2, 2)
    assert [path.name for path in folder().iterdir()] == [f"{bundle.public_id}-2.zip"]


def test_what_is_under_anothers_lease_is_left_alone(college: Organisation, owner: Actor) -> None:
    an_award(college)
    bundle = ask_for_bundle(actor=owner)
    write_next()
    later = timezone.now() + timedelta(minutes=4)
    Bundle.objects.update(writer="another", lease_until=later)

    assert not write_next()

    bundle.refresh_from_db()
    assert (bundle.state, bundle.writer) == (State.WRITING, "another")


def test_a_bundle_that_never_ends_well_is_given_up(college: Organisation, owner: Actor) -> None:
    an_award(college)
    bundle = ask_for_bundle(actor=owner)
    for _ in range(preparing.ATTEMPTS):
        write_next()
        killed()

    write_next()

    bundle.refresh_from_db()
    assert bundle.state == State.FAILED
    assert not write_next()
    assert list(folder().iterdir()) == []


def test_a_full_disk_is_told_and_the_next_bundle_can_be_asked_for(
    college: Organisation, owner: Actor, tmp_path: Path
) -> None:
    (tmp_path / "bundles").write_bytes(b"no folder")

    bundle = written(owner)

    assert bundle.state == State.FAILED
    assert ask_for_bundle(actor=owner).state == State.WAITING


def test_an_old_bundle_is_forgotten(owner: Actor) -> None:
    bundle = written(owner)
    Bundle.objects.update(expires_at=timezone.now())

    forget_old()

    bundle.refresh_from_db()
    assert bundle.state == State.FORGOTTEN
    assert list(folder().iterdir()) == []
    with pytest.raises(Refusal) as refused:
        take_bundle(bundle.public_id, actor=owner)
    assert refused.value.kind is GONE


def test_a_bundle_that_tells_of_somebody_who_was_erased_is_not_kept(
    college: Organisation, owner: Actor
) -> None:
    an_award(college, address="odd@people.example")
    bundle = written(owner)
    erase_awards(a_person("odd@people.example"))

    with pytest.raises(Refusal) as refused:
        take_bundle(bundle.public_id, actor=owner)
    forget_old()

    assert refused.value.kind is GONE
    assert list(folder().iterdir()) == []
    assert take_bundle(written(owner).public_id, actor=owner).state == State.READY


def test_only_the_site_itself_reads_the_folder_of_bundles(owner: Actor) -> None:
    written(owner)

    assert folder().stat().st_mode & 0o077 == 0


# --- Who may --------------------------------------------------------------------------------


def test_there_is_one_bundle_at_a_time(owner: Actor) -> None:
    ask_for_bundle(actor=owner)

    with pytest.raises(Refusal) as refused:
        ask_for_bundle(actor=owner)

    assert refused.value.kind is CONFLICT


def test_only_an_owner_may_have_it(college: Organisation, owner: Actor) -> None:
    bundle = written(owner)
    manager = an_actor(Role.MANAGER, college)
    stranger = an_actor(Role.OWNER, an_organisation("Hill School"))

    with pytest.raises(Refusal) as asked:
        ask_for_bundle(actor=manager)
    with pytest.raises(Refusal) as taken:
        take_bundle(bundle.public_id, actor=manager)
    with pytest.raises(Refusal) as elsewhere:
        take_bundle(bundle.public_id, actor=stranger)

    assert (asked.value.kind, taken.value.kind) == (FORBIDDEN, FORBIDDEN)
    assert elsewhere.value.kind is NOT_FOUND


# --- The pages ------------------------------------------------------------------------------


@pytest.fixture
def page(college: Organisation) -> Client:
    return a_client(secured(somebody(Role.OWNER, college)))


def test_the_page_tells_what_is_still_open(
    college: Organisation, owner: Actor, page: Client
) -> None:
    address = f"/o/{college.slug}/leaving"
    empty = page.get(address).content.decode()
    award = an_award(college)
    Award.objects.update(claimed_at=timezone.now())
    suspend_awards([award.public_id], actor=owner)
    an_award(college)

    full = page.get(address).content.decode()

    assert "Nothing is open" in empty
    assert "1 award is not claimed" in full
    assert "1 award is suspended" in full
    assert college.did in full


def test_a_bundle_is_asked_for_awaited_and_downloaded(college: Organisation, page: Client) -> None:
    award = an_award(college)
    address = f"/o/{college.slug}/leaving"

    page.post(f"{address}/prepare")
    bundle = Bundle.objects.get()
    waiting = page.get(address).content.decode()
    write_next()
    moving = page.get(f"{address}/{bundle.public_id}", headers={"hx-request": "true"})
    while write_next():
        pass
    ready = page.get(address).content.decode()
    answer = cast("FileResponse", page.get(f"{address}/{bundle.public_id}.zip"))

    assert "Waiting for its turn" in waiting
    assert "1 of 1 awards" in moving.content.decode()
    assert "Download (" in ready
    assert answer["Content-Type"] == "application/zip"
    assert "Content-Encoding" not in answer
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{college.slug}-')
    archive = ZipFile(BytesIO(b"".join(answer)))
    assert f"site/c/{award.public_id}.json" in archive.namelist()
    assert Entry.objects.filter(event="bundle.taken").count() == 1


def test_without_a_script_the_progress_is_on_the_page(
    college: Organisation, owner: Actor, page: Client
) -> None:
    bundle = ask_for_bundle(actor=owner)

    answer = page.get(f"/o/{college.slug}/leaving/{bundle.public_id}")

    assert answer["Location"] == f"/o/{college.slug}/leaving"
    assert 'http-equiv="refresh"' in page.get(answer["Location"]).content.decode()


def test_who_signed_in_long_ago_shows_again_who_they_are(
    college: Organisation, owner: Actor
) -> None:
    bundle = written(owner)
    client = a_client(secured(somebody(Role.OWNER, college)), lately=False)

    for answer in (
        client.get(f"/o/{college.slug}/leaving/{bundle.public_id}.zip"),
        client.post(f"/o/{college.slug}/leaving/prepare"),
    ):
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]
