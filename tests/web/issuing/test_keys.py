"""Keys: added, used, retired, published, wrapped; and the switch that stops issuing."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sealwright.credentials.model.report import Verdict
from sealwright.web.audit.models import Entry
from sealwright.web.core.refusals import CONFLICT, FORBIDDEN, NOT_FOUND, UNFIT, Refusal
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import Award, Batch, Credential, SigningKey, StatusList
from sealwright.web.issuing.services.batches import Person, award_one, make_batch
from sealwright.web.issuing.services.kek import WrongKey, add_version, key_encryption_keys
from sealwright.web.issuing.services.keys import did_document, key_in_use, signer_of
from sealwright.web.issuing.services.rotation import (
    activate_due,
    resume_issuing,
    retire_key,
    rewrap_next,
    rotate_key,
    stop_issuing,
)
from sealwright.web.issuing.services.standing import revoke_awards
from sealwright.web.issuing.services.status import published
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation, Role
from sealwright.web.verifying.services import check_all
from sealwright.web.verifying.sources import Source
from tests.web.factories import a_version, an_actor, an_award, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

ASSERTION, STATUS = SigningKey.Purpose.ASSERTION, SigningKey.Purpose.STATUS


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def owner(college: Organisation) -> Actor:
    return an_actor(Role.OWNER, college)


def verdict_of(award: Award) -> Verdict:
    document = bytes(Credential.objects.get(award=award).document or b"")
    [report] = check_all([Source("badge", document)], at=timezone.now())
    return report.verdict


def published_names(college: Organisation) -> list[str]:
    return [each["id"].partition("#")[2] for each in did_document(college)["verificationMethod"]]


def states(college: Organisation) -> dict[str, str]:
    keys = SigningKey.objects.filter(organisation=college, purpose=ASSERTION)
    return dict(keys.values_list("name", "state"))


# --- Rotation -------------------------------------------------------------------------------


def test_a_new_key_is_published_for_a_day_before_it_signs(
    college: Organisation, owner: Actor
) -> None:
    before = an_award(college)

    new = rotate_key(actor=owner)
    run_pending()
    still = key_in_use(college, ASSERTION)
    SigningKey.objects.filter(pk=new.pk).update(created_at=timezone.now() - timedelta(hours=25))
    run_pending()
    after = an_award(college)

    assert still.name == "key-1"
    assert states(college) == {"key-1": "retired", "key-3": "active"}
    assert published_names(college) == ["key-3", "key-2", "key-1"]
    assert (verdict_of(before), verdict_of(after)) == (Verdict.VALID, Verdict.VALID)
    assert Credential.objects.get(award=after).key.name == "key-3"
    events = Entry.objects.filter(event__startswith="key.").order_by("number")
    assert [(each.event, each.subject, each.actor) for each in events] == [
        ("key.added", "key-3", owner.label),
        ("key.activated", "key-3", "worker"),
    ]


def test_a_key_that_waits_is_in_the_document_that_verifiers_fetch(
    college: Organisation, owner: Actor, client: Client
) -> None:
    new = rotate_key(actor=owner)

    document = json.loads(client.get(f"{college.path}/did.json").content)

    assert f"{college.did}#{new.name}" in document["assertionMethod"]
    assert all("revoked" not in method for method in document["verificationMethod"])


def test_a_key_can_take_over_at_once(college: Organisation, owner: Actor) -> None:
    rotate_key(at_once=True, actor=owner)

    assert states(college) == {"key-1": "retired", "key-3": "active"}
    assert not activate_due()


def test_one_key_waits_at_a_time_and_can_be_taken_back(college: Organisation, owner: Actor) -> None:
    new = rotate_key(actor=owner)

    with pytest.raises(Refusal) as refused:
        rotate_key(actor=owner)
    retire_key(new.name, reason="Made by mistake", actor=owner)
    other = rotate_key(actor=owner)

    assert refused.value.kind is CONFLICT
    assert states(college) == {"key-1": "active", "key-3": "retired", other.name: "pending"}


@pytest.mark.parametrize(("name", "kind"), [("key-1", CONFLICT), ("key-9", NOT_FOUND)])
def test_only_a_key_that_waits_can_be_retired(
    college: Organisation, owner: Actor, name: str, kind: Any
) -> None:
    an_award(college)

    with pytest.raises(Refusal) as refused:
        retire_key(name, actor=owner)

    assert refused.value.kind is kind


def test_lists_are_signed_anew_when_their_key_changes(college: Organisation, owner: Actor) -> None:
    award = an_award(college)
    which = StatusList.objects.get(purpose="revocation")
    before = published(which.public_id)

    rotate_key(STATUS, at_once=True, actor=owner)
    after = published(which.public_id)

    assert before is not None
    assert after is not None
    assert after.key != before.key
    assert verdict_of(award) is Verdict.VALID


def test_a_piece_signed_with_a_key_that_was_replaced_is_signed_anew(
    college: Organisation, owner: Actor
) -> None:
    from sealwright.web.core.points import watchers

    version = a_version(college)
    make_batch(version, [Person("a@b.example")], actor=owner, source=Batch.Source.API)
    rotated: list[str] = []

    def rotate(point: str) -> None:
        if point == "sign" and not rotated:
            rotated.append(point)
            rotate_key(at_once=True, actor=owner)

    watchers.append(rotate)
    run_pending()
    watchers.remove(rotate)

    credential = Credential.objects.get()
    assert credential.key == key_in_use(college, ASSERTION)
    assert verdict_of(credential.award) is Verdict.VALID


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ISSUER, Role.READER])
def test_keys_are_the_owners_business(college: Organisation, role: Role) -> None:
    actor = an_actor(role, college)

    for change in (
        partial(rotate_key, actor=actor),
        partial(retire_key, "key-1", actor=actor),
        partial(stop_issuing, reason="x", actor=actor),
        partial(resume_issuing, actor=actor),
    ):
        with pytest.raises(Refusal) as refused:
            change()
        assert refused.value.kind is FORBIDDEN


# --- The switch -----------------------------------------------------------------------------


def test_nothing_is_issued_while_issuing_is_stopped(college: Organisation, owner: Actor) -> None:
    award = an_award(college)

    stop_issuing(reason="A laptop is gone", actor=owner)

    with pytest.raises(Refusal, match="conflict"):
        award_one(
            a_version(college, "Night Watch"), Person("a@b.example"),
            actor=owner, source=Batch.Source.FORM,
        )  # fmt: skip
    revoke_awards([award.public_id], reason="other", actor=owner)  # type: ignore[arg-type]
    assert verdict_of(award) is Verdict.INVALID

    resume_issuing(actor=owner)
    assert verdict_of(an_award(college)) is Verdict.VALID
    events = Entry.objects.filter(event__startswith="issuing.")
    assert {each.event for each in events} == {"issuing.stopped", "issuing.resumed"}


def test_a_piece_that_was_being_signed_when_issuing_stopped_is_not_stored(
    college: Organisation, owner: Actor
) -> None:
    from sealwright.web.core.points import watchers

    version = a_version(college)
    make_batch(version, [Person("a@b.example")], actor=owner, source=Batch.Source.API)

    def stop(point: str) -> None:
        if point == "sign":
            stop_issuing(reason="A laptop is gone", actor=owner)

    watchers.append(stop)
    run_pending()
    watchers.remove(stop)

    batch = Batch.objects.get()
    assert not Award.objects.exists()
    assert batch.state == Batch.State.PAUSED
    assert "A laptop is gone" in batch.trouble


def test_who_stops_issuing_says_why_and_twice_is_once(college: Organisation, owner: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        stop_issuing(reason="  ", actor=owner)
    for _ in range(2):
        stop_issuing(reason="A laptop is gone", actor=owner)
        stop_issuing(reason="Another", actor=owner)

    assert refused.value.kind is UNFIT
    assert Entry.objects.filter(event="issuing.stopped").count() == 1


# --- At rest --------------------------------------------------------------------------------


def test_all_keys_can_be_wrapped_anew_under_a_new_version_and_the_old_one_removed(
    college: Organisation, settings: Any, tmp_path: Path
) -> None:
    settings.KEK_FILE = tmp_path / "kek"
    award = an_award(college)
    add_version(settings.KEK_FILE)

    rewrap_next()
    half = SigningKey.objects.filter(wrapped_by="kek-2").count()
    while rewrap_next() is not None:
        pass

    assert half == 1
    assert not SigningKey.objects.exclude(wrapped_by="kek-2").exists()
    assert verdict_of(award) is Verdict.VALID
    assert verdict_of(an_award(college)) is Verdict.VALID


def test_a_key_moved_to_another_organisation_does_not_open(
    college: Organisation, settings: Any, tmp_path: Path
) -> None:
    settings.KEK_FILE = tmp_path / "kek"
    an_award(college)
    key = SigningKey.objects.get(organisation=college, purpose=ASSERTION)
    moved = SigningKey(
        organisation=an_organisation("Elsewhere"), name=key.name, kind=key.kind,
        wrapped_private=key.wrapped_private, wrapped_by=key.wrapped_by,
    )  # fmt: skip

    with pytest.raises(WrongKey):
        signer_of(moved)

    assert key_encryption_keys().current == "kek-1"
