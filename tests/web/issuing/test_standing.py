"""Whether awards stand: revoked, suspended, reinstated, taken back, corrected."""

from __future__ import annotations

import json
from functools import partial

import pytest
from django.utils import timezone

from sealwright.credentials.model.report import Report, Verdict
from sealwright.web.audit.models import Entry
from sealwright.web.audit.services import first_break
from sealwright.web.core import mail
from sealwright.web.core.models import Message
from sealwright.web.core.points import watchers
from sealwright.web.core.refusals import CONFLICT, FORBIDDEN, NOT_FOUND, Refusal
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import (
    Award,
    Batch,
    Credential,
    Reason,
    StandingOrder,
    StatusFact,
    StatusList,
)
from sealwright.web.issuing.services import orders
from sealwright.web.issuing.services.batches import Person, make_batch
from sealwright.web.issuing.services.claims import claim_by_link
from sealwright.web.issuing.services.offers import claim_token
from sealwright.web.issuing.services.standing import (
    cancel_offers,
    correct_award,
    reinstate_awards,
    revoke_awards,
    suspend_awards,
)
from sealwright.web.issuing.services.status import published
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation, Role, Unit
from sealwright.web.verifying.services import check_all
from sealwright.web.verifying.sources import Source
from tests.web.factories import a_person, a_version, an_actor, an_award, an_organisation
from tests.web.issuing.lists import bits_set
from tests.web.side_by_side import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def issuer(college: Organisation) -> Actor:
    return an_actor(Role.ISSUER, college)


def a_check_of(award: Award) -> Report:
    document = bytes(Credential.objects.get(award=award).document or b"")
    [report] = check_all([Source("badge", document)], at=timezone.now())
    return report


def claimed(award: Award, **fields: object) -> Award:
    holder = a_person("holder@people.example")
    now = timezone.now()
    Award.objects.filter(pk=award.pk).update(holder=holder, claimed_at=now, **fields)
    award.refresh_from_db()
    return award


def events() -> list[str]:
    return [entry.event for entry in Entry.objects.order_by("number")]


def a_batch(college: Organisation, issuer: Actor, number: int) -> Batch:
    people = [Person(f"p{n}@people.example") for n in range(number)]
    batch = make_batch(a_version(college), people, actor=issuer, source=Batch.Source.CSV)
    run_pending()
    return Batch.objects.get(pk=batch.pk)


# --- One ------------------------------------------------------------------------------------


def test_a_revoked_badge_is_never_valid_again(college: Organisation, issuer: Actor) -> None:
    award = claimed(an_award(college))
    assert a_check_of(award).verdict is Verdict.VALID

    order = revoke_awards([award.public_id], reason=Reason.MISCONDUCT, note="Case 7", actor=issuer)

    award.refresh_from_db()
    assert (order.state, order.changed) == (StandingOrder.State.DONE, 1)
    assert award.standing is Award.Standing.REVOKED
    assert (award.revocation_reason, award.reason_is_public) == ("misconduct", False)
    report = a_check_of(award)
    assert report.verdict is Verdict.INVALID
    assert "revoked" in [finding.code for finding in report.findings]
    entry = Entry.objects.get(event="award.revoked")
    assert (entry.subject, entry.reason, entry.actor) == (award.public_id, "Case 7", issuer.label)
    assert entry.details["reason"] == "misconduct"
    assert first_break(college.public_id) is None


def test_the_holder_is_told_of_a_revocation_where_they_read_mail(
    college: Organisation, issuer: Actor
) -> None:
    award = claimed(an_award(college, address="old@university.example"))

    revoke_awards([award.public_id], reason=Reason.ISSUED_IN_ERROR, note="Wrong list", actor=issuer)

    message = Message.objects.get(kind="revoked")
    assert message.to == "holder@people.example"
    assert "Issued in error" in message.text
    assert "Wrong list" in message.text
    assert award.url in message.text


def test_a_suspended_badge_is_invalid_until_it_is_reinstated(
    college: Organisation, issuer: Actor
) -> None:
    award = an_award(college)

    suspend_awards([award.public_id], note="Under review", actor=issuer)
    award.refresh_from_db()
    suspended, standing = a_check_of(award), award.standing
    reinstate_awards([award.public_id], actor=issuer)
    award.refresh_from_db()

    assert suspended.verdict is Verdict.INVALID
    assert standing is Award.Standing.SUSPENDED
    assert a_check_of(award).verdict is Verdict.VALID
    assert award.standing is Award.Standing.IN_FORCE
    assert events()[-2:] == ["award.suspended", "award.reinstated"]


def test_an_award_can_be_suspended_again_and_each_time_is_told(
    college: Organisation, issuer: Actor
) -> None:
    award = an_award(college)

    for _ in range(2):
        suspend_awards([award.public_id], actor=issuer)
        reinstate_awards([award.public_id], actor=issuer)

    assert Message.objects.filter(kind="suspended").count() == 2
    assert Message.objects.filter(kind="reinstated").count() == 2


def test_a_revocation_cannot_be_undone(college: Organisation, issuer: Actor) -> None:
    award = an_award(college)
    suspend_awards([award.public_id], actor=issuer)
    revoke_awards([award.public_id], reason=Reason.OTHER, actor=issuer)

    for change in (
        partial(reinstate_awards, [award.public_id], actor=issuer),
        partial(revoke_awards, [award.public_id], reason=Reason.OTHER, actor=issuer),
        partial(suspend_awards, [award.public_id], actor=issuer),
        partial(cancel_offers, [award.public_id], actor=issuer),
    ):
        with pytest.raises(Refusal) as refused:
            change()
        assert refused.value.kind is CONFLICT

    assert a_check_of(award).verdict is Verdict.INVALID


def test_every_document_signed_for_an_award_is_revoked_with_it(
    college: Organisation, issuer: Actor
) -> None:
    award = an_award(college)
    first = Credential.objects.get(award=award)
    Credential.objects.create(
        award=award, document=b"{}", sha256="0" * 64, key=first.key, bound_to="did:key:z6Mk",
        block=first.block, index=(first.index + 1) % 1000, signed_at=first.signed_at,
        salt=b"", log_year=first.log_year, log_index=first.log_index + 1,
    )  # fmt: skip

    revoke_awards([award.public_id], reason=Reason.OTHER, actor=issuer)

    assert StatusFact.objects.filter(purpose="revocation", value=True).count() == 2


# --- Before it is claimed -------------------------------------------------------------------


def test_a_cancelled_offer_cannot_be_claimed_and_its_mail_is_held_back(
    college: Organisation, issuer: Actor
) -> None:
    award = an_award(college)

    cancel_offers([award.public_id], actor=issuer)

    award.refresh_from_db()
    assert award.standing is Award.Standing.CANCELLED
    with pytest.raises(Refusal, match="offer-cancelled"):
        claim_by_link(claim_token(award.public_id))
    assert Message.objects.get().state == Message.State.CANCELLED
    assert a_check_of(award).verdict is Verdict.INVALID
    assert events()[-1] == "offer.cancelled"


def test_who_had_the_offer_already_is_told_that_it_was_taken_back(
    college: Organisation, issuer: Actor
) -> None:
    award, expired = an_award(college), an_award(college)
    mail.send_due()

    cancel_offers([award.public_id], actor=issuer)
    cancel_offers([expired.public_id], reason=Reason.NEVER_CLAIMED, actor=issuer)

    assert [message.about for message in Message.objects.filter(kind="cancelled")] == [
        award.public_id
    ]


def test_what_was_claimed_cannot_be_taken_back(college: Organisation, issuer: Actor) -> None:
    award = claimed(an_award(college))

    with pytest.raises(Refusal) as refused:
        cancel_offers([award.public_id], actor=issuer)

    assert refused.value.kind is CONFLICT


# --- Corrections ----------------------------------------------------------------------------


def test_a_corrected_award_takes_the_place_of_the_old_one(
    college: Organisation, issuer: Actor
) -> None:
    old = an_award(college, address="mira@people.example", name="Mira Hotl")

    new = correct_award(
        old.public_id,
        person=Person("mira@people.example", name="Mira Holt"),
        actor=issuer,
        why="The name was misspelled",
    )

    old.refresh_from_db()
    assert old.superseded_by == new
    assert old.standing is Award.Standing.SUPERSEDED
    assert (new.revision, new.version) == (1, old.version)
    assert a_check_of(old).verdict is Verdict.INVALID
    assert a_check_of(new).verdict is Verdict.VALID
    assert "Mira Holt" in bytes(Credential.objects.get(award=new).document or b"").decode()
    assert new.url in Message.objects.get(kind="superseded").text
    assert "award.superseded" in events()


def test_who_claimed_the_old_award_holds_the_corrected_one(
    college: Organisation, issuer: Actor
) -> None:
    old = claimed(an_award(college, address="mira@people.example"), holder_proof="address")

    new = correct_award(
        old.public_id, person=Person("mira@people.example"), actor=issuer, why="Wrong grade"
    )

    new.refresh_from_db()
    assert (new.holder, new.holder_proof) == (old.holder, "address")
    assert not Message.objects.filter(kind="offer", about=new.public_id).exists()


def test_an_award_that_went_to_somebody_else_is_offered_to_the_right_person(
    college: Organisation, issuer: Actor
) -> None:
    old = claimed(an_award(college, address="wrong@people.example"))

    new = correct_award(
        old.public_id, person=Person("right@people.example"), actor=issuer, why="Mixed up"
    )

    new.refresh_from_db()
    assert new.holder is None
    offer = Message.objects.get(kind="offer", about=new.public_id)
    assert offer.to == "right@people.example"


def test_asking_twice_for_the_same_correction_awards_once(
    college: Organisation, issuer: Actor
) -> None:
    old = an_award(college)
    person = Person("mira@people.example")
    correct_award(old.public_id, person=person, actor=issuer, why="Again")

    with pytest.raises(Refusal):
        correct_award(old.public_id, person=person, actor=issuer, why="Again")

    assert Award.objects.count() == 2


# --- Many -----------------------------------------------------------------------------------


def test_a_whole_batch_is_revoked_in_pieces_and_goes_on_after_a_kill(
    college: Organisation, issuer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "PIECE", 3)
    batch = a_batch(college, issuer, 10)

    pieces = []

    class Killed(BaseException):
        pass

    def kill(point: str) -> None:
        if point == "standing changed":
            pieces.append(point)
        if len(pieces) == 2:
            raise Killed

    order = revoke_awards(batch, reason=Reason.PROGRAMME_WITHDRAWN, actor=issuer)
    watchers.append(kill)
    with pytest.raises(Killed):
        run_pending()
    watchers.remove(kill)
    after_kill = Award.objects.exclude(revoked_at=None).count()
    run_pending()

    order.refresh_from_db()
    assert after_kill == 3
    assert (order.total, order.changed, order.passed_over) == (10, 10, 0)
    assert order.state == StandingOrder.State.DONE
    assert Award.objects.filter(revoked_at=None).count() == 0
    assert StatusFact.objects.count() == 10
    assert events().count("award.revoked") == 10
    assert events().count("standing.ordered") == 1
    which = StatusList.objects.get(purpose="revocation")
    assert bits_set(published(which.public_id)) == set(
        Credential.objects.values_list("index", flat=True)
    )


def test_a_batch_that_is_still_being_issued_is_left_alone(
    college: Organisation, issuer: Actor
) -> None:
    people = [Person(f"p{n}@people.example") for n in range(3)]
    batch = make_batch(a_version(college), people, actor=issuer, source=Batch.Source.CSV)

    with pytest.raises(Refusal) as refused:
        revoke_awards(batch, reason=Reason.OTHER, actor=issuer)

    assert refused.value.kind is CONFLICT


def test_what_is_so_already_is_passed_over(college: Organisation, issuer: Actor) -> None:
    first, second = an_award(college), an_award(college)
    suspend_awards([first.public_id], actor=issuer)

    order = suspend_awards([first.public_id, second.public_id], actor=issuer)

    assert (order.total, order.changed, order.passed_over) == (2, 1, 1)


def test_orders_side_by_side_lose_nothing_while_lists_are_published(
    college: Organisation, issuer: Actor
) -> None:
    batch = a_batch(college, issuer, 24)
    ids = list(Award.objects.filter(batch=batch).values_list("public_id", flat=True))
    which = StatusList.objects.get(purpose="revocation")

    def revoke(some: list[str]) -> None:
        for each in some:
            revoke_awards([each], reason=Reason.OTHER, actor=issuer)

    def publish() -> None:
        for _ in range(10):
            published(which.public_id)

    side_by_side([*(partial(revoke, ids[n::8]) for n in range(8)), publish])

    assert bits_set(published(which.public_id)) == set(
        Credential.objects.values_list("index", flat=True)
    )
    assert first_break(college.public_id) is None


# --- Who may --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.READER, Role.ASSESSOR, Role.RECRUITER])
def test_only_who_may_revoke_does(college: Organisation, role: Role) -> None:
    award = an_award(college)

    with pytest.raises(Refusal) as refused:
        revoke_awards([award.public_id], reason=Reason.OTHER, actor=an_actor(role, college))

    assert refused.value.kind is FORBIDDEN


def test_an_award_of_another_organisation_is_not_there(
    college: Organisation, issuer: Actor
) -> None:
    award = an_award(an_organisation("Elsewhere"))

    for change in (
        partial(revoke_awards, [award.public_id], reason=Reason.OTHER, actor=issuer),
        partial(revoke_awards, award.batch, reason=Reason.OTHER, actor=issuer),
        partial(correct_award, award.public_id, person=Person("a@b.example"), actor=issuer,
                why=""),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            change()
        assert refused.value.kind is NOT_FOUND


def test_an_issuer_of_one_unit_revokes_nothing_of_another(college: Organisation) -> None:
    sea = Unit.objects.create(organisation=college, name="Sea")
    land = Unit.objects.create(organisation=college, name="Land")
    award = an_award(college, version=a_version(college, unit=sea))
    actor = an_actor(Role.ISSUER, college, land)

    with pytest.raises(Refusal) as refused:
        revoke_awards([award.public_id], reason=Reason.OTHER, actor=actor)

    assert refused.value.kind is NOT_FOUND


def test_nothing_is_changed_when_one_of_those_chosen_is_not_there(
    college: Organisation, issuer: Actor
) -> None:
    award = an_award(college)

    with pytest.raises(Refusal):
        revoke_awards([award.public_id, "0" * 22], reason=Reason.OTHER, actor=issuer)

    assert Award.objects.get().revoked_at is None


def test_the_trail_knows_no_addresses(college: Organisation, issuer: Actor) -> None:
    award = an_award(college, address="mira@people.example", name="Mira Holt")

    revoke_awards([award.public_id], reason=Reason.OTHER, actor=issuer)

    text = json.dumps(list(Entry.objects.values("subject", "reason", "details")))
    assert "mira" not in text.lower()
