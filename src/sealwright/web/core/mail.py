"""Mail: written as rows with the change they are about, sent by the worker, at least once.

Sending goes through Django's mail backend, whichever the settings name.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Final

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from sealwright.web.core.models import DeliveredMail, Message
from sealwright.web.core.points import reached

PIECE: Final = 50
ATTEMPTS: Final = 8
"""With waits of 1, 2, 4 … minutes the last try is about four hours after the first."""

LEASE: Final = timedelta(minutes=5)


def queue(messages: Iterable[Message]) -> None:
    """Have these sent once the transaction is through. An occasion told before is passed over."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def send_due() -> bool:
    """Send a piece of what is due; whether there may be more."""
    taken = _take()
    if not taken:
        return False
    with get_connection() as backend:
        for message in taken:
            _send(message, backend)
    return len(taken) == PIECE


def cancel(about: Sequence[str], kinds: Sequence[str]) -> int:
    """Take back mails that were not sent yet; how many they were."""
    waiting = Message.objects.filter(about__in=about, kind__in=kinds, state=Message.State.WAITING)
    return waiting.update(state=Message.State.CANCELLED, text="", html="")


def _take() -> list[Message]:
    """Lease a piece of the due messages, so that two workers do not send the same."""
    now = timezone.now()
    with transaction.atomic():
        due = Message.objects.filter(state=Message.State.WAITING, due_at__lte=now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        taken = list(due.order_by("due_at", "id")[:PIECE])
        Message.objects.filter(pk__in=[message.pk for message in taken]).update(due_at=now + LEASE)
    return taken


def _send(message: Message, backend: BaseEmailBackend) -> None:
    mail = EmailMultiAlternatives(
        message.subject, message.text, to=[message.to], connection=backend
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    message.attempts += 1
    try:
        reached("mail")
        mail.send()
    except (SMTPException, OSError) as problem:
        _after_failure(message, problem)
    else:
        message.state = Message.State.SENT
        message.sent_at = timezone.now()
        message.problem = message.text = message.html = ""
    message.save()


def _after_failure(message: Message, problem: Exception) -> None:
    message.problem = str(problem)[:300]
    if _is_for_good(problem):
        message.state = Message.State.BOUNCED
    elif message.attempts >= ATTEMPTS:
        message.state = Message.State.FAILED
    else:
        wait = 60 * 2 ** (message.attempts - 1)
        jitter = random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, keeps no secret
        message.due_at = timezone.now() + timedelta(seconds=wait * jitter)


def _is_for_good(problem: Exception) -> bool:
    """Did the other side say that this address will never do (RFC 5321 section 4.2.1, 5yz)?"""
    if isinstance(problem, SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in problem.recipients.values())
    return isinstance(problem, SMTPResponseException) and 500 <= problem.smtp_code < 600


class DemoMail(BaseEmailBackend):
    """Keeps mails in the database instead of sending them, for the demo's outbox page."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep them; how many they were."""
        DeliveredMail.objects.bulk_create(
            DeliveredMail(
                sender=mail.from_email,
                to=", ".join(mail.recipients()),
                subject=str(mail.subject),
                text=str(mail.body),
                html=_html_of(mail),
            )
            for mail in email_messages
        )
        return len(email_messages)


def _html_of(mail: EmailMessage) -> str:
    parts = getattr(mail, "alternatives", [])
    return next((str(part.content) for part in parts if part.mimetype == "text/html"), "")
