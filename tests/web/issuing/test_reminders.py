"""Awards that wait: reminded of, sent elsewhere, taken back in the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sealwright.web.audit.models import Entry
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import Refusal
from sealwright.web.issuing.models import Award, Batch, Reason
from sealwright.web.issuing.selectors import come_back, deliveries, unclaimed
from sealwright.web.issuing.services.batches import Person, award_one
from sealwright.web.issuing.services.claims import award_of_token, claim_by_link
from sealwright.web.issuing.services.offers import CLAIMABLE, claim_token
from sealwright.web.issuing.services.reminders import (
    claim_link_of,
    expire_due,
    readdress_offer,
    remind,
    remind_due,
)
from sealwright.web.issuing.services.standing import cancel_offers
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation, Role
from tests.web.factories import a_version, an_actor, an_award, an_organisation

pytestmark = pytest.mark.django_db

MIRA = "mira@people.example"


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def issuer(college: Organisation) -> Actor:
    return an_actor(Role.ISSUER, college)


def days_later(award: Award, days: int) -> None:
    """Have that many days gone by since the award was offered, and since the last reminder."""
    award.refresh_from_db()
    award.claim_until = timezone.now() + CLAIMABLE - timedelta(days=days, minutes=1)
    if award.reminded_at is not None:
        award.reminded_at = timezone.now() - timedelta(days=2)
    award.save()


def mails(award: Award) -> list[str]:
    about = Message.objects.filter(about=award.public_id).exclude(state=Message.State.CANCELLED)
    return list(about.order_by("pk").values_list("kind", flat=True))


def newest(award: Award) -> Message:
    return Message.objects.filter(about=award.public_id).latest("pk")


def test_who_does_not_claim_is_reminded_after_a_week_and_a_month_and_no_more(
    college: Organisation,
) -> None:
    award = an_award(college)

    reminded = []
    for days in (0, 6, 7, 8, 29, 30, 31, 80):
        days_later(award, days)
        remind_due()
        reminded.append(len(mails(award)) - 1)

    assert reminded == [0, 0, 1, 1, 1, 2, 2, 2]


def test_a_reminder_has_the_same_link_as_the_mail_before_it(college: Organisation) -> None:
    award = an_award(college)
    days_later(award, 7)

    remind_due()

    first, second = Message.objects.filter(about=award.public_id).order_by("pk")
    link = f"/claim/{claim_token(award.public_id)}"
    assert link in first.text
    assert link in second.text
    assert award_of_token(claim_token(award.public_id)) == award


def test_nobody_is_reminded_of_what_they_claimed_or_cannot_claim(
    college: Organisation, issuer: Actor
) -> None:
    claimed, cancelled = an_award(college), an_award(college)
    claim_by_link(claim_token(claimed.public_id))
    cancel_offers([cancelled.public_id], actor=issuer)
    for award in (claimed, cancelled):
        days_later(award, 8)

    remind_due()

    assert not Message.objects.filter(kind="reminder").exists()


def test_nobody_is_reminded_at_an_address_that_bounced(college: Organisation) -> None:
    award = an_award(college)
    Message.objects.update(state=Message.State.BOUNCED)
    days_later(award, 8)

    remind_due()

    assert mails(award) == ["offer"]


def test_nobody_is_reminded_who_was_to_get_no_mail(college: Organisation, issuer: Actor) -> None:
    award = award_one(
        a_version(college),
        Person(MIRA),
        actor=issuer,
        source=Batch.Source.FORM,
        options={"send_mail": False},
    )
    days_later(award, 8)

    remind_due()

    assert mails(award) == []


def test_people_are_reminded_on_demand_once_a_day(college: Organisation, issuer: Actor) -> None:
    waiting, claimed = an_award(college), an_award(college)
    claim_by_link(claim_token(claimed.public_id))
    ids = [waiting.public_id, claimed.public_id]

    first, second = remind(ids, actor=issuer), remind(ids, actor=issuer)

    assert (first.reminded, first.passed_over) == (1, 1)
    assert (second.reminded, second.passed_over) == (0, 2)
    entry = Entry.objects.get(event="offer.reminded")
    assert (entry.subject, entry.actor) == (waiting.public_id, issuer.label)


def test_reminding_asks_for_the_right_to_issue(college: Organisation) -> None:
    award = an_award(college)

    for actor, status in (
        (an_actor(Role.READER, college), 403),
        (an_actor(Role.OWNER, an_organisation("Hill School")), 404),
    ):
        with pytest.raises(Refusal) as refusal:
            remind([award.public_id], actor=actor)
        assert refusal.value.kind.status == status


def test_what_nobody_claims_in_time_is_taken_back_and_revoked(college: Organisation) -> None:
    late, waiting, claimed = (an_award(college) for _ in range(3))
    claim_by_link(claim_token(claimed.public_id))
    for award in (late, claimed):
        days_later(award, 91)

    while expire_due():
        pass

    for award in (late, waiting, claimed):
        award.refresh_from_db()
    assert late.standing is Award.Standing.CANCELLED
    assert late.revocation_reason == Reason.NEVER_CLAIMED
    assert waiting.standing is claimed.standing is Award.Standing.IN_FORCE
    assert Entry.objects.get(event="offer.cancelled").actor == "worker"


def test_an_award_is_sent_to_the_right_address_and_the_old_link_is_dead(
    college: Organisation, issuer: Actor
) -> None:
    award = an_award(college, address="mria@people.example")
    old = claim_token(award.public_id)
    days_later(award, 40)

    readdress_offer(award.public_id, " Mira@People.example", actor=issuer)

    award = Award.objects.get()
    mail = newest(award)
    assert (mail.to, mail.state, mail.kind) == (MIRA, Message.State.WAITING, "offer")
    assert award.recipient.address == MIRA
    assert claim_token(award.public_id, 1) in mail.text
    with pytest.raises(Refusal, match="link-unknown"):
        claim_by_link(old)
    claim_by_link(claim_token(award.public_id, 1))
    assert award.claim_until is not None
    assert award.claim_until > timezone.now() + timedelta(days=89)


def test_who_holds_it_already_is_not_sent_it_again(college: Organisation, issuer: Actor) -> None:
    version = a_version(college)
    an_award(college, address=MIRA, version=version)
    award = an_award(college, address="mria@people.example", version=version)

    with pytest.raises(Refusal, match="conflict"):
        readdress_offer(award.public_id, MIRA, actor=issuer)

    award.refresh_from_db()
    assert (award.recipient.address, award.claim_round) == ("mria@people.example", 0)


def test_an_offer_that_was_taken_back_is_no_hindrance(college: Organisation, issuer: Actor) -> None:
    version = a_version(college)
    old = an_award(college, address=MIRA, version=version)
    cancel_offers([old.public_id], actor=issuer)
    award = an_award(college, address="mria@people.example", version=version)

    readdress_offer(award.public_id, MIRA, actor=issuer)

    award.refresh_from_db()
    assert award.revision == 1
    assert award.recipient_key == Award.objects.get(pk=old.pk).recipient_key


@pytest.mark.parametrize(
    ("address", "status"), [("", 422), ("no address", 422), ("mria@people.example", 409)]
)
def test_only_another_address_will_do(
    college: Organisation, issuer: Actor, address: str, status: int
) -> None:
    award = an_award(college, address="mria@people.example")

    with pytest.raises(Refusal) as refusal:
        readdress_offer(award.public_id, address, actor=issuer)

    assert refusal.value.kind.status == status


def test_what_was_claimed_or_taken_back_is_sent_nowhere(
    college: Organisation, issuer: Actor
) -> None:
    claimed, cancelled = an_award(college), an_award(college)
    claim_by_link(claim_token(claimed.public_id))
    cancel_offers([cancelled.public_id], actor=issuer)

    for award in (claimed, cancelled):
        with pytest.raises(Refusal, match="conflict"):
            readdress_offer(award.public_id, MIRA, actor=issuer)


def test_an_address_that_was_signed_cannot_be_changed(college: Organisation, issuer: Actor) -> None:
    award = an_award(college, version=a_version(college, email_hashed=True))

    with pytest.raises(Refusal, match="conflict"):
        readdress_offer(award.public_id, MIRA, actor=issuer)


def test_a_link_can_be_handed_over_by_other_means(college: Organisation, issuer: Actor) -> None:
    award = an_award(college)
    Award.objects.update(claim_hash="")

    link = claim_link_of(award.public_id, actor=issuer)

    assert link.endswith(f"/claim/{claim_token(award.public_id)}")
    assert claim_by_link(claim_token(award.public_id)) == award


def test_a_mail_that_came_back_shows_on_its_award(college: Organisation, issuer: Actor) -> None:
    bounced, sent, claimed = (an_award(college) for _ in range(3))
    claim_by_link(claim_token(claimed.public_id))
    Message.objects.filter(about=sent.public_id).update(state=Message.State.SENT)
    Message.objects.filter(about=bounced.public_id).update(
        state=Message.State.BOUNCED, problem="No such user"
    )

    found = deliveries([bounced, sent, claimed])

    assert found[bounced.public_id].has_come_back
    assert found[bounced.public_id].problem == "No such user"
    assert not found[sent.public_id].has_come_back
    assert list(come_back(issuer)) == [bounced]
    assert list(unclaimed(issuer)) == [bounced, sent]
    readdress_offer(bounced.public_id, MIRA, actor=issuer)
    assert list(come_back(issuer)) == []
    assert not deliveries([bounced])[bounced.public_id].has_come_back
