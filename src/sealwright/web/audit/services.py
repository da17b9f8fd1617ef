"""Adding to the trail, and checking that nothing of it was changed.

hash(n) = SHA-256(hash(n-1) | canonical JSON of entry n), so changing, deleting or reordering
entries breaks the chain at the first place where it was done.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from sealwright.web.audit.models import Entry, Head
from sealwright.web.core.events import Event
from sealwright.web.core.frozen import freeze
from sealwright.web.core.points import reached


def record(events: Sequence[Event]) -> None:
    """Add an entry for each event, within the transaction that they happened in."""
    by_organisation: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.organisation:
            by_organisation[event.organisation].append(event)
    for organisation, happened in by_organisation.items():
        _append(organisation, happened, at=timezone.now())


def freeze_trail(*, using: str = "default", **signal: Any) -> None:
    """Have the database refuse to change an entry; heard after `migrate`."""
    freeze("audit_entry", words="an entry of the trail never changes", using=using)


def first_break(organisation: str) -> int | None:
    """The number of the first entry that does not follow from the one before it, or None."""
    head = Head.objects.filter(organisation=organisation).first() or Head(number=0)
    before, number = "0" * 64, 0
    entries = Entry.objects.filter(organisation=organisation).order_by("number")
    for entry in entries.iterator(chunk_size=2000):
        number += 1
        if entry.number != number or entry.hash != digest(before, entry):
            return number
        before = entry.hash
    if number != head.number:
        return min(number, head.number) + 1
    return None if before == head.hash else number


def digest(before: str, entry: Entry) -> str:
    """The hash of an entry that comes after the hash `before`."""
    members: dict[str, Any] = {
        "organisation": entry.organisation,
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "event": entry.event,
        "subject": entry.subject,
        "reason": entry.reason,
        "details": entry.details,
    }
    text = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(before.encode() + text.encode()).hexdigest()


def _append(organisation: str, events: Iterable[Event], *, at: datetime) -> None:
    Head.objects.get_or_create(organisation=organisation)
    head = Head.objects.select_for_update(no_key=True).get(organisation=organisation)
    entries = []
    for event in events:
        head.number += 1
        entry = Entry(
            organisation=organisation,
            number=head.number,
            at=at,
            actor=event.actor,
            event=event.name,
            subject=event.subject,
            reason=event.reason[:500],
            details=dict(event.details),
        )
        head.hash = entry.hash = digest(head.hash, entry)
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    head.save()
    reached("audit")
