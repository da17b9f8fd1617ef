"""Issuing through the one door."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from sealwright.credentials.fetching import RecordedWeb
from sealwright.credentials.model.report import Verdict
from sealwright.credentials.verify import Verifier
from sealwright.web.audit.models import Entry
from sealwright.web.audit.services import first_break
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import Refusal
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import Award, Batch, Credential, Intent
from sealwright.web.issuing.services.batches import Person, award_one, make_batch
from sealwright.web.issuing.services.keys import did_document
from sealwright.web.organisations.models import Role
from sealwright.web.transparency.models import Leaf
from tests.web.factories import a_version, an_actor, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

MIRA = Person("Mira@People.example", name="Mira Holt")


def test_one_award_leaves_every_trace_and_no_address_in_the_credential() -> None:
    college = an_organisation()
    actor = an_actor(Role.ISSUER, college)

    award = award_one(a_version(college), MIRA, actor=actor, source=Batch.Source.FORM)

    credential = Credential.objects.get(award=award)
    text = bytes(credential.document or b"").decode()
    document = json.loads(text)
    assert document["id"] == award.url
    assert document["credentialSubject"]["achievement"]["id"] == award.version.url
    assert "people.example" not in text
    assert credential.sha256 == sha256(text.encode()).hexdigest()
    assert Leaf.objects.count() == 1
    assert Message.objects.get().to == "mira@people.example"
    assert [entry.event for entry in Entry.objects.all()] == ["award.issued", "batch.made"]
    assert first_break(college.public_id) is None
    assert Intent.objects.get().address == ""


def test_what_is_issued_is_signed_by_a_key_that_the_issuer_publishes() -> None:
    college = an_organisation()
    award = award_one(
        a_version(college), MIRA, actor=an_actor(Role.ISSUER, college), source=Batch.Source.FORM
    )
    document = bytes(Credential.objects.get(award=award).document or b"")
    web = RecordedWeb({f"{college.url}/did.json": {"body": did_document(college)}})

    report = Verifier(fetcher=web).verify(document, at=award.awarded_at)

    assert report.verdict in (Verdict.VALID, Verdict.UNDECIDED), report


def test_nobody_is_awarded_the_same_twice() -> None:
    college = an_organisation()
    actor, version = an_actor(Role.ISSUER, college), a_version(college)
    award_one(version, MIRA, actor=actor, source=Batch.Source.FORM)

    with pytest.raises(Refusal):
        award_one(version, Person(" mira@people.EXAMPLE "), actor=actor, source=Batch.Source.FORM)

    assert Award.objects.count() == 1


def test_the_same_request_makes_one_batch_and_the_worker_carries_it_out() -> None:
    college = an_organisation()
    actor, version = an_actor(Role.ISSUER, college), a_version(college)
    people = [Person(f"p{n}@people.example", name=f"P {n}") for n in range(7)]

    for _ in range(2):
        make_batch(version, people, actor=actor, source=Batch.Source.API, key="order-1")
    run_pending()

    batch = Batch.objects.get()
    assert (batch.state, batch.issued, batch.refused) == (Batch.State.DONE, 7, 0)
    assert Award.objects.count() == 7
    assert len(set(Credential.objects.values_list("block", "index"))) == 7


def test_a_reader_cannot_issue() -> None:
    college = an_organisation()

    with pytest.raises(Refusal):
        award_one(
            a_version(college),
            MIRA,
            actor=an_actor(Role.READER, college),
            source=Batch.Source.FORM,
        )

    assert not Batch.objects.exists()
