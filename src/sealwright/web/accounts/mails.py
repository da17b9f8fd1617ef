"""Mails about one's account: a template each, its first line the subject."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from sealwright.web.core.ids import new_id
from sealwright.web.core.models import Message

KIND: Final = "account."
"""What the kinds of all these mails begin with: none of them is kept after it was sent."""

AHEAD: Final = timedelta(days=1)
"""Whoever waits for a code to sign in does not queue behind a batch of awards."""


def letter(name: str, *, to: str, about: str = "", **context: Any) -> Message:
    """The mail `accounts/mail/<name>.txt`, to be queued before whatever else waits."""
    known = {"to": to, "base_url": settings.BASE_URL, "at": timezone.now(), **context}
    subject, _, text = render_to_string(f"accounts/mail/{name}.txt", known).strip().partition("\n")
    return Message(
        key=f"{KIND}{name}/{new_id()}",
        kind=f"{KIND}{name}",
        about=about,
        to=to,
        subject=subject.strip(),
        text=text.strip() + "\n",
        due_at=timezone.now() - AHEAD,
    )
