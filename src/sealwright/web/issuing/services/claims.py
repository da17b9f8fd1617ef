"""How an award becomes somebody's: by the link in the mail, or by a proven address.

A link may be forwarded, so it proves nobody: what is claimed by it alone shows "holder not
proven". After a claim without an account the link goes on working, so that the same person
can come back and take the award into an account, until the offer's time is over; after
that it is of no more use. The person whom the award was made out to, having proven that
address, takes it over from somebody who proved nothing, but only by asking for it.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sealwright.web.accounts.models import User
from sealwright.web.core import mail
from sealwright.web.core.addresses import normalised_address
from sealwright.web.core.events import publish
from sealwright.web.core.ids import token_hash
from sealwright.web.core.refusals import NOT_FOUND, Refusal
from sealwright.web.issuing.errors import (
    AWARD_REVOKED,
    CLAIMED_ALREADY,
    LINK_UNKNOWN,
    OFFER_CANCELLED,
    OFFER_EXPIRED,
)
from sealwright.web.issuing.events import AwardClaimed, AwardShown
from sealwright.web.issuing.models import Award, AwardQuerySet, Reason
from sealwright.web.issuing.services.offers import OFFER, REMINDER

Proof = Award.HolderProof
HOLDER: Final = "holder"
"""What the trail of an organisation calls whoever claims: accounts are none of its business."""


def award_of_token(token: str, *, person: User | None = None) -> Award:
    """The award that a claim link stands for, for whoever may still claim or see it by it.

    `person` is who is signed in: their own award is theirs to come back to. Raises a
    `Refusal` (`LINK_UNKNOWN`, `OFFER_EXPIRED`, `OFFER_CANCELLED`, `AWARD_REVOKED`,
    `CLAIMED_ALREADY`) that says what became of it.
    """
    return _open(_awards().filter(claim_hash=token_hash(token)).first(), person)


@transaction.atomic
def claim_by_link(token: str) -> Award:
    """Claim without an account: from now on it is somebody's, not proven whose.

    Claiming again changes nothing. Raises a `Refusal` as `award_of_token` does.
    """
    award = _open(_locked().filter(claim_hash=token_hash(token)).first(), None)
    if award.claimed_at is None:
        _claim(award, None, Proof.NONE)
    return award


@transaction.atomic
def claim_for(person: User, *, token: str = "", award_id: str = "") -> Award:
    """Take an award into the person's account, by its link or because it was made out to them.

    Whether they proved the address it was made out to is in `holder_proof`; if not, adding
    that address to the account proves it later. Claiming again changes nothing. Raises a
    `Refusal` as `award_of_token` does; without a link, 404 for what was made out to others.
    """
    if token:
        award = _open(_locked().filter(claim_hash=token_hash(token)).first(), person)
    else:
        found = _locked().filter(public_id=award_id).first()
        if found is None or not (found.holder_id == person.pk or is_addressee(found, person)):
            raise Refusal(NOT_FOUND, _("There is no such award for you."))
        award = _open(found, person)
    proof = Proof.ADDRESS if is_addressee(award, person) else Proof.NONE
    if award.holder_id != person.pk or (award.holder_proof, proof) == (Proof.NONE, Proof.ADDRESS):
        _claim(award, person, proof)
    return award


@transaction.atomic
def attach_awards_of(person: User) -> list[Award]:
    """Take into the account what was made out to its proven addresses, and prove what is in it.

    Called after signing in and after proving an address; safe to call at any time.
    """
    addresses = person.addresses()
    if not addresses:
        return []
    unproven = Q(holder=None) | Q(holder=person, holder_proof=Proof.NONE)
    theirs = _locked().filter(unproven, recipient__address__in=addresses, cancelled_at=None)
    awards = list(theirs.exclude(claimed_at=None, revoked_at__isnull=False).order_by("pk"))
    for award in awards:
        _claim(award, person, Proof.ADDRESS)
    return awards


@transaction.atomic
def set_visibility(award_id: str, visibility: Award.Visibility, *, person: User) -> Award:
    """Let the holder choose who may see the award's page. 404 for what is not theirs."""
    award = _locked().filter(public_id=award_id, holder=person).first()
    if award is None:
        raise Refusal(NOT_FOUND, _("There is no such award of yours."))
    if award.visibility != visibility:
        award.visibility = visibility
        award.save(update_fields=["visibility"])
        publish(
            AwardShown(
                organisation="",
                actor=person.label,
                subject=award.public_id,
                details={"visibility": str(visibility)},
            )
        )
    return award


def is_addressee(award: Award, person: User) -> bool:
    """Has the person proven the address that the award was made out to?"""
    recipient = getattr(award, "recipient", None)
    return bool(
        recipient
        and recipient.address
        and recipient.address in {normalised_address(each) for each in person.addresses()}
    )


def _awards() -> AwardQuerySet:
    return Award.objects.select_related(
        "version__programme__organisation", "organisation", "recipient", "holder"
    )


def _locked() -> AwardQuerySet:
    return _awards().select_for_update(no_key=True, of=("self",))


def _open(award: Award | None, person: User | None) -> Award:
    """The award, if this person may claim it or come back to it now."""
    if award is None:
        said = _("We know no award behind this link. Was all of it copied from the mail?")
        raise Refusal(LINK_UNKNOWN, said)
    if person is not None and award.holder_id == person.pk:
        return award
    told = {"provider": award.organisation.name, "title": award.version.title}
    if award.cancelled_at is not None and award.revocation_reason != Reason.NEVER_CLAIMED:
        said = _("%(provider)s took back “%(title)s” before it was claimed.")
        raise Refusal(OFFER_CANCELLED, said % told)
    if award.revoked_at is not None and award.cancelled_at is None:
        said = _("%(provider)s revoked “%(title)s” on %(date)s.")
        raise Refusal(AWARD_REVOKED, said % {**told, "date": date_format(award.revoked_at)})
    if award.holder_id is not None and not _may_take_over(award, person):
        said = _("“%(title)s” is in an account already. If it is yours, sign in to see it.")
        raise Refusal(CLAIMED_ALREADY, said % told)
    if award.cancelled_at is not None or _is_over(award):
        said = _(
            "“%(title)s” could be claimed until %(date)s. Please ask %(provider)s to award it "
            "to you again."
        )
        raise Refusal(
            OFFER_EXPIRED, said % {**told, "date": date_format(award.claim_until or timezone.now())}
        )
    return award


def _is_over(award: Award) -> bool:
    return award.claim_until is not None and award.claim_until <= timezone.now()


def _may_take_over(award: Award, person: User | None) -> bool:
    return person is not None and award.holder_proof == Proof.NONE and is_addressee(award, person)


def _claim(award: Award, person: User | None, proof: Award.HolderProof) -> None:
    award.holder, award.holder_proof = person, proof
    award.claimed_at = award.claimed_at or timezone.now()
    award.save(update_fields=["holder", "holder_proof", "claimed_at"])
    mail.cancel([award.public_id], [OFFER, REMINDER])
    publish(
        AwardClaimed(
            organisation=award.organisation.public_id,
            actor=HOLDER,
            subject=award.public_id,
            details={"proof": str(proof)},
        )
    )
