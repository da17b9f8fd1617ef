"""The mail that brings an award, and the secret link in it.

The secret is derived from a secret of this site, so that a reminder carries the same link as
the mail before it; the database has its hash only.
"""

from __future__ import annotations

import base64
import hmac
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from sealwright.web.core.ids import token_hash
from sealwright.web.core.models import Message
from sealwright.web.issuing.models import Award
from sealwright.web.issuing.services.kek import derived_secret

CLAIMABLE: Final = timedelta(days=90)
OFFER: Final = "offer"
REMINDER: Final = "reminder"


def claim_token(award_id: str, round: int = 0) -> str:
    """The secret in the claim link of an award: 256 bits, safe in addresses."""
    secret = derived_secret("sealwright claim links")
    digest = hmac.digest(secret, f"{award_id}/{round}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def claim_hash(award_id: str, round: int = 0) -> str:
    """What is stored of that secret."""
    return token_hash(claim_token(award_id, round))


def claim_link(award: Award) -> str:
    """Where an award is claimed. Whoever has the link can do so: it is told to few."""
    return f"{settings.BASE_URL}/claim/{claim_token(award.public_id, award.claim_round)}"


def offer_mail(
    award: Award, *, provider: str, title: str, to: str, name: str, note: str = ""
) -> Message:
    """The mail that tells somebody of their award and lets them claim it."""
    text = _(
        "Hello %(name)s,\n\n%(provider)s has awarded you “%(title)s”.\n\n%(note)s"
        "Open this link to see it and make it yours. No account is needed:\n%(link)s\n\n"
        "The link is yours alone: whoever opens it can claim the award.\n"
        "It works until %(until)s.\n"
    )
    subject = _("%(provider)s has awarded you “%(title)s”")
    occasion = f"{award.public_id}:{award.claim_round}" if award.claim_round else award.public_id
    said = _said(award, provider, title, name, note)
    return _mail(award, OFFER, occasion, to, subject % said, text % said)


def reminder_mail(award: Award, *, provider: str, title: str, to: str, name: str) -> Message:
    """The mail that reminds somebody of an award they have not claimed. Says how often already
    by `award.reminders`, which the caller counted on."""
    text = _(
        "Hello %(name)s,\n\n%(provider)s awarded you “%(title)s”, and it is still waiting for "
        "you.\n\nOpen this link to see it and make it yours. No account is needed:\n%(link)s\n\n"
        "The link is yours alone: whoever opens it can claim the award.\n"
        "It works until %(until)s; then the award is taken back.\n"
    )
    subject = _("Your award “%(title)s” is waiting")
    occasion = f"{award.public_id}:{award.claim_round}:{award.reminders}"
    said = _said(award, provider, title, name, "")
    return _mail(award, REMINDER, occasion, to, subject % said, text % said)


def _said(award: Award, provider: str, title: str, name: str, note: str) -> dict[str, str]:
    return {
        "name": name or _("there"),
        "provider": provider,
        "title": title,
        "note": f"{note}\n\n" if note else "",
        "link": claim_link(award),
        "until": award.claim_until.date().isoformat() if award.claim_until else "",
    }


def _mail(award: Award, kind: str, occasion: str, to: str, subject: str, text: str) -> Message:
    line = " ".join(subject.split())
    return Message(
        key=f"{kind}:{occasion}",
        kind=kind,
        about=award.public_id,
        to=to,
        subject=line if len(line) <= 200 else f"{line[:199]}…",
        text=text,
    )
