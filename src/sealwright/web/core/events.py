"""What can happen, said once and heard by whoever asked.

Listeners run inside the transaction of the change and may only write rows, so that a
rollback takes everything along. They are registered in `AppConfig.ready`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Final, TypeVar

from django.db import transaction
from django.utils.functional import Promise

SITE: Final = "site"
"""Stands for an organisation in events about the whole site, which have a trail of their own."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Subclasses name it and add what a reader of the trail needs.

    `organisation` and `subject` are public ids, or `SITE`; `actor` is what the trail calls
    who did it ("person:ID", "key:ID", "worker"); `reason` is in their own words, where one was
    given. `details` are JSON values without personal data.
    """

    name: ClassVar[str]
    title: ClassVar[str | Promise] = ""
    """What people call it."""

    organisation: str
    actor: str
    subject: str
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


E = TypeVar("E", bound=Event)
_listeners: defaultdict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def listen(kind: type[E], listener: Callable[[list[E]], None]) -> None:
    """Have `listener` hear `kind` and its subclasses, several at once."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)


def publish(*events: Event) -> None:
    """Tell everybody who listens, in the transaction of the change."""
    publish_all(events)


def publish_all(events: Iterable[Event]) -> None:
    """As `publish`, for many events at once: each listener is called once for each kind."""
    by_kind: dict[type[Event], list[Event]] = {}
    for event in events:
        by_kind.setdefault(type(event), []).append(event)
    for kind, of_kind in by_kind.items():
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError(f"{kind.__name__} must be published in its change's transaction")
        for ancestor in kind.__mro__:
            for listener in _listeners.get(ancestor, ()):
                listener(of_kind)


def kinds() -> list[type[Event]]:
    """Every kind of event that has a name, in order of the names."""

    def below(kind: type[Event]) -> Iterable[type[Event]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    return sorted({k for k in below(Event) if "name" in vars(k)}, key=lambda kind: kind.name)


def title_of(name: str) -> str:
    """What people call the event of that name; the name itself where there is no such kind."""
    return str(_titles().get(name) or name)


@cache
def _titles() -> Mapping[str, str | Promise]:
    return {kind.name: kind.title for kind in kinds()}
