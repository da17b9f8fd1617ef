"""Applying with evidence, and deciding on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.utils import timezone

from sealwright.web.accounts.models import User
from sealwright.web.assessing import people
from sealwright.web.assessing.models import Application, EvidenceFile
from sealwright.web.assessing.services import applying, deciding
from sealwright.web.audit.models import Entry
from sealwright.web.catalogue.facts import numbers_of
from sealwright.web.catalogue.models import Version
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import Refusal
from sealwright.web.issuing.models import Award, Recipient
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Grant, Organisation, Role
from tests.web.factories import a_person, a_version, an_actor, an_organisation, somebody

pytestmark = pytest.mark.django_db(transaction=True)

State = Application.State


def opened(version: Version, *, most: int | None = None, wait: int = 0) -> Actor:
    """The manager who opened the version's programme for applications."""
    manager = an_actor(Role.MANAGER, version.programme.organisation)
    deciding.set_rule(
        version.programme.public_id,
        is_open=True,
        most_attempts=most,
        wait_days=wait,
        actor=manager,
    )
    return manager


def handed_in(version: Version, learner: User) -> Application:
    draft = applying.begin(version.programme.public_id, learner=learner)
    applying.save_draft(draft.public_id, learner=learner, statement="I sailed.", links=[])
    return applying.submit(draft.public_id, learner=learner)


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


def test_a_pass_issues_the_award_to_the_learner_and_says_why(college: Organisation) -> None:
    version, learner = a_version(college), a_person("mira@people.example")
    opened(version)
    assessor = an_actor(Role.ASSESSOR, college)
    application = handed_in(version, learner)

    decided = deciding.decide(
        application.public_id, passed=True, reason="Sailed well.", actor=assessor
    )
    award = deciding.award_passed(decided, actor=assessor)

    assert award is not None
    assert Recipient.objects.get(award=award).address == "mira@people.example"
    assert Message.objects.filter(kind="decision", to="mira@people.example").count() == 1
    events = set(Entry.objects.values_list("event", flat=True))
    assert {"application.submitted", "application.decided", "award.issued"} <= events


def test_a_pass_that_was_cut_off_is_awarded_once_by_the_worker(college: Organisation) -> None:
    version, learner = a_version(college), a_person()
    opened(version)
    application = handed_in(version, learner)
    deciding.decide(
        application.public_id,
        passed=True,
        reason="Good.",
        actor=an_actor(Role.ASSESSOR, college),
    )
    Application.objects.update(decided_at=timezone.now() - timedelta(minutes=5))

    assert deciding.award_left_behind()
    assert not deciding.award_left_behind()

    assert Award.objects.count() == 1


def test_nobody_decides_on_their_own_application(college: Organisation) -> None:
    version = a_version(college)
    opened(version)
    assessor = somebody(Role.ASSESSOR, college)
    application = handed_in(version, assessor)
    actor = an_actor(Role.ASSESSOR, college)
    own = Actor(assessor.label, "me", college, everywhere=actor.everywhere)

    with pytest.raises(Refusal):
        deciding.decide(application.public_id, passed=True, reason="Me.", actor=own)


def test_a_decision_needs_a_reason_and_stands(college: Organisation) -> None:
    version = a_version(college)
    opened(version)
    assessor = an_actor(Role.ASSESSOR, college)
    application = handed_in(version, a_person())

    with pytest.raises(Refusal):
        deciding.decide(application.public_id, passed=False, reason="  ", actor=assessor)
    deciding.decide(application.public_id, passed=False, reason="Not yet.", actor=assessor)
    with pytest.raises(Refusal):
        deciding.decide(application.public_id, passed=True, reason="Oh.", actor=assessor)


def test_the_retake_rule_is_kept(college: Organisation) -> None:
    version, learner = a_version(college), a_person()
    opened(version, most=2, wait=30)
    assessor = an_actor(Role.ASSESSOR, college)
    first = handed_in(version, learner)
    deciding.decide(first.public_id, passed=False, reason="Not yet.", actor=assessor)

    with pytest.raises(Refusal):
        applying.begin(version.programme.public_id, learner=learner)
    Application.objects.update(decided_at=timezone.now() - timedelta(days=31))
    second = handed_in(version, learner)
    deciding.decide(second.public_id, passed=False, reason="Not yet.", actor=assessor)
    Application.objects.update(decided_at=timezone.now() - timedelta(days=31))

    assert second.attempt == 2
    with pytest.raises(Refusal):
        applying.begin(version.programme.public_id, learner=learner)


def test_the_pass_rate_is_counted_from_decisions_and_not_told_without(
    college: Organisation,
) -> None:
    version = a_version(college)
    opened(version)
    assessor = an_actor(Role.ASSESSOR, college)
    programme = version.programme_id

    assert numbers_of([programme])[programme].pass_rate is None
    for passed in (True, False, False, False):
        application = handed_in(version, a_person())
        deciding.decide(application.public_id, passed=passed, reason="So.", actor=assessor)

    assert numbers_of([programme])[programme].pass_rate == 25


def test_an_assessor_of_another_provider_finds_nothing(college: Organisation) -> None:
    version = a_version(college)
    opened(version)
    application = handed_in(version, a_person())
    stranger = an_actor(Role.ASSESSOR, an_organisation("Elsewhere"))

    with pytest.raises(Http404):
        deciding.decide(application.public_id, passed=True, reason="x", actor=stranger)


def test_nothing_can_be_handed_in_that_is_empty_or_closed(college: Organisation) -> None:
    version, learner = a_version(college), a_person()

    with pytest.raises(Refusal):
        applying.begin(version.programme.public_id, learner=learner)
    opened(version)
    draft = applying.begin(version.programme.public_id, learner=learner)
    with pytest.raises(Refusal):
        applying.submit(draft.public_id, learner=learner)


def test_a_learner_applies_on_the_pages_and_an_assessor_decides_there(
    client: Client, college: Organisation
) -> None:
    version, learner = a_version(college), a_person("mira@people.example")
    opened(version)
    client.force_login(learner)
    began = client.post(f"/programmes/{version.programme.public_id}/apply")
    page = began["Location"]
    file = SimpleUploadedFile("log <b>.pdf", b"%PDF-1.7 log", "application/pdf")

    told = {"statement": "I sailed 60 miles.", "links": "https://sea.example/log", "files": file}
    client.post(page, {**told, "action": "submit"})

    application = Application.objects.get()
    assert application.state == State.SUBMITTED
    assessor = somebody(Role.ASSESSOR, college)
    assessor.is_demo = True
    assessor.save()
    desk = Client()
    desk.force_login(assessor)
    inbox = desk.get(f"/o/{college.slug}/applications")
    review = desk.get(f"/o/{college.slug}/applications/{application.public_id}")
    assert b"Mira Holt" in inbox.content
    assert b"I sailed 60 miles." in review.content
    stored = EvidenceFile.objects.get()
    saved = desk.get(
        f"/o/{college.slug}/applications/{application.public_id}/files/{stored.public_id}"
    )
    assert saved.content == b"%PDF-1.7 log"
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_too_large_is_not_kept_in_part(
    client: Client, college: Organisation, settings: Any
) -> None:
    settings.LARGEST_FILE = 1_000_000
    version, learner = a_version(college), a_person("mira@people.example")
    opened(version)
    client.force_login(learner)
    page = client.post(f"/programmes/{version.programme.public_id}/apply")["Location"]

    file = SimpleUploadedFile("film.mp4", b"x" * 1_000_001, "video/mp4")
    answer = client.post(page, {"statement": "I sailed 60 miles.", "links": "", "files": file})

    assert answer.status_code == 413
    assert "film.mp4 is larger than 1 MB." in answer.content.decode()
    assert not EvidenceFile.objects.exists()


def test_a_stranger_sees_neither_application_nor_file(
    client: Client, college: Organisation
) -> None:
    version = a_version(college)
    opened(version)
    application = handed_in(version, a_person())
    client.force_login(a_person())

    assert client.get(f"/applications/{application.public_id}").status_code == 404


def test_what_was_written_goes_with_its_writer_and_the_decision_stays(
    college: Organisation,
) -> None:
    version, learner = a_version(college), a_person()
    opened(version)
    application = handed_in(version, learner)
    deciding.decide(
        application.public_id, passed=False, reason="No.", actor=an_actor(Role.ASSESSOR, college)
    )

    assert people.export(learner)[0]["statement"] == "I sailed."
    people.erase(learner)

    application.refresh_from_db()
    assert (application.learner, application.statement) == (None, "")
    assert application.state == State.FAILED


def test_applications_move_with_a_person_who_joins_two_accounts(college: Organisation) -> None:
    version, gone, kept = a_version(college), a_person(), a_person()
    opened(version)
    handed_in(version, gone)
    applying.begin(version.programme.public_id, learner=kept)

    people.move(gone, kept)

    assert sorted(kept.applications.values_list("attempt", flat=True)) == [1, 2]
    assert not Grant.objects.filter(person=kept).exists()
