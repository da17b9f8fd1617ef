"""The mail that brings an award, with the secret link to claim it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from sealwright.web.core.models import Message
from sealwright.web.issuing.models import Award

CLAIMABLE: Final = timedelta(days=90)
OFFER: Final = "offer"


def claim_link(token: str) -> str:
    """Where an award is claimed: whoever has the link can do so, so it is told once."""
    return f"{settings.BASE_URL}/claim/{token}"


def offer_mail(
    award: Award, *, provider: str, title: str, to: str, name: str, token: str, note: str = ""
) -> Message:
    """The mail that tells somebody of their award and lets them claim it."""
    text = _(
        "Hello %(name)s,\n\n%(provider)s has awarded you “%(title)s”.\n\n%(note)s"
        "Open this link to see it and make it yours. No account is needed:\n%(link)s\n\n"
        "The link is yours alone: whoever opens it can claim the award.\n"
        "It works until %(until)s.\n"
    ) % {
        "name": name or _("there"),
        "provider": provider,
        "title": title,
        "note": f"{note}\n\n" if note else "",
        "link": claim_link(token),
        "until": award.claim_until.date().isoformat() if award.claim_until else "",
    }
    return Message(
        key=f"offer:{award.public_id}",
        kind=OFFER,
        about=award.public_id,
        to=to,
        subject=one_line(
            _("%(provider)s has awarded you “%(title)s”") % {"provider": provider, "title": title}
        ),
        text=text,
    )


def one_line(subject: str) -> str:
    """A subject as a header may have it: one line, and not endless."""
    line = " ".join(subject.split())
    return line if len(line) <= 200 else f"{line[:199]}…"
