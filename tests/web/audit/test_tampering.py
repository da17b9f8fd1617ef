"""Whatever is done to a trail behind our back is found, and where it begins."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from sealwright.web.audit.models import Entry, Head
from sealwright.web.audit.services import digest, first_break, record
from sealwright.web.core.events import Event

pytestmark = pytest.mark.django_db

TRAIL, LENGTH, TRIES = "x" * 22, 24, 1000


class Happened(Event):
    """Something to be written down."""

    name: ClassVar[str] = "test.happened"


def write(number: int, trail: str = TRAIL) -> None:
    record(
        [
            Happened(
                organisation=trail,
                actor=f"person:{n % 7}",
                subject=f"award-{n}",
                reason="" if n % 3 else "As agreed",
                details={"row": n, "of": ["a", "b"]},
            )
            for n in range(number)
        ]
    )


@contextmanager
def unguarded() -> Iterator[None]:
    """As somebody who owns the database: without the trigger that refuses changes."""
    on = " ON audit_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_entry_frozen{on}")
    yield


def entries() -> list[Entry]:
    return list(Entry.objects.filter(organisation=TRAIL).order_by("number"))


def change(dice: random.Random) -> int:
    """Change something of one entry; the number of that entry."""
    entry = dice.choice(entries())
    ways: dict[str, object] = {
        "actor": "person:other",
        "event": "test.other",
        "subject": "award-other",
        "reason": "Another reason",
        "details": {**entry.details, "row": -1},
        "at": entry.at + timedelta(microseconds=1),
        "hash": entry.hash[::-1],
    }
    name = dice.choice(sorted(ways))
    Entry.objects.filter(pk=entry.pk).update(**{name: ways[name]})
    return entry.number


def delete(dice: random.Random) -> int:
    """Delete one entry, or several in a row; the number of the first."""
    first = dice.randint(1, LENGTH)
    last = dice.choice([first, first, dice.randint(first, LENGTH)])
    Entry.objects.filter(organisation=TRAIL, number__range=(first, last)).delete()
    return first


def delete_and_close_up(dice: random.Random) -> int:
    """Delete one entry and number those after it anew; the number of the deleted one."""
    number = dice.randint(1, LENGTH)
    Entry.objects.filter(organisation=TRAIL, number=number).delete()
    shift(number + 1, by=-1)
    return number


def reorder(dice: random.Random) -> int:
    """Exchange the places of two entries; the smaller number."""
    first, second = sorted(dice.sample(range(1, LENGTH + 1), 2))
    one, other = entries()[first - 1], entries()[second - 1]
    Entry.objects.filter(pk=one.pk).update(number=LENGTH + 1)
    Entry.objects.filter(pk=other.pk).update(number=first)
    Entry.objects.filter(pk=one.pk).update(number=second)
    return first


def insert(dice: random.Random) -> int:
    """Put an entry between others or at the end, with the hash that it ought to have."""
    number = dice.randint(1, LENGTH + 1)
    known = entries()
    shift(number, by=1)
    entry = Entry(
        organisation=TRAIL,
        number=number,
        at=known[0].at,
        actor="person:other",
        event="test.happened",
        subject="award-other",
    )
    entry.hash = digest(known[number - 2].hash if number > 1 else "0" * 64, entry)
    entry.save()
    return number


def shift(first: int, *, by: int) -> None:
    """Number the entries from `first` on anew, without meeting the others on the way."""
    beyond = Entry.objects.filter(organisation=TRAIL, number__gte=first)
    beyond.update(number=F("number") + 10_000)
    moved = Entry.objects.filter(organisation=TRAIL, number__gte=10_000)
    moved.update(number=F("number") - 10_000 + by)


WAYS: tuple[Callable[[random.Random], int], ...] = (
    change,
    delete,
    delete_and_close_up,
    reorder,
    insert,
)


def test_a_thousand_tries_to_tamper_are_all_found_where_they_begin() -> None:
    write(LENGTH)
    write(3, trail="y" * 22)
    dice = random.Random(20260301)
    missed = []

    with unguarded():
        for _ in range(TRIES):
            way = dice.choice(WAYS)
            with transaction.atomic():
                number = way(dice)
                found = first_break(TRAIL)
                transaction.set_rollback(True)
            # An entry put behind the last is the first that the head does not know of, and
            # what is inserted shows at the entry whose hash no longer fits the one before it.
            if found not in {number, number + 1 if way is insert else number}:
                missed.append((way.__name__, number, found))

    assert missed == []
    assert first_break(TRAIL) is None


def test_the_database_refuses_to_change_an_entry() -> None:
    write(3)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Entry.objects.update(reason="Another reason")

    assert first_break(TRAIL) is None


def test_a_lost_end_is_found() -> None:
    write(5)

    Entry.objects.filter(number__gt=3).delete()

    assert first_break(TRAIL) == 4


def test_a_lost_head_is_found() -> None:
    write(5)

    Head.objects.all().delete()

    assert first_break(TRAIL) == 1


def test_a_head_that_was_set_back_is_found() -> None:
    write(5)
    third = Entry.objects.get(number=3)

    Head.objects.update(number=3, hash=third.hash)

    assert first_break(TRAIL) == 4


def test_an_empty_trail_is_unbroken() -> None:
    assert first_break(TRAIL) is None
