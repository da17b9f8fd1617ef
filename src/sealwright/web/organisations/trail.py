"""The trail of an organisation as its people read it: filtered, and with names for ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sealwright.web.accounts.models import User
from sealwright.web.audit.models import Entry
from sealwright.web.core.events import kinds, title_of
from sealwright.web.organisations.actors import KEY_LABEL, Actor
from sealwright.web.organisations.models import ApiKey, Organisation, Role, Unit
from sealwright.web.organisations.selectors import PERSON_LABEL, names_of

MOST_NAMED: Final = 200
"""How many people and keys a name is looked for among."""

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")

PAGES: Final[Mapping[str, str]] = {
    "application": "assessing:application",
    "award": "issuing:award",
    "batch": "issuing:batch",
    "member": "organisations:member",
    "programme": "catalogue:programme",
    "recognition": "trust:recognition",
}
"""The console's page of what an event is about, by the first part of the event's name."""


SUBJECTS: Final[Mapping[str, str | Promise]] = {
    "api-key": gettext_lazy("API keys"),
    "application": gettext_lazy("Applications"),
    "award": gettext_lazy("Awards"),
    "batch": gettext_lazy("Batches"),
    "bundle": gettext_lazy("Exit bundles"),
    "domain": gettext_lazy("Domains"),
    "framework": gettext_lazy("Frameworks of skills"),
    "issuing": gettext_lazy("Issuing"),
    "key": gettext_lazy("Signing keys"),
    "member": gettext_lazy("People"),
    "offer": gettext_lazy("Offers"),
    "operator": gettext_lazy("Operators of the site"),
    "organisation": gettext_lazy("Organisation"),
    "person": gettext_lazy("Accounts"),
    "picture": gettext_lazy("Badge pictures"),
    "programme": gettext_lazy("Programmes"),
    "recognition": gettext_lazy("Recognition"),
    "standing": gettext_lazy("Standing of many awards"),
    "unit": gettext_lazy("Units"),
}
"""What events are about, by the first part of their names."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of a trail. What is empty asks for everything.

    `who` is a part of a name, or the label of an actor; `event` a name or its first part.
    """

    event: str = ""
    who: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words. `who` and `about` are empty where nobody remembers a name."""

    entry: Entry
    title: str
    who: str
    about: str
    url: str
    details: tuple[tuple[str, str], ...]


def entries(actor: Actor, asked: Asked) -> QuerySet[Entry]:
    """The entries that were asked for, the newest first."""
    found = Entry.objects.filter(organisation=actor.organisation.public_id)
    if asked.event:
        found = found.filter(Q(event=asked.event) | Q(event__startswith=f"{asked.event}."))
    if asked.who:
        found = found.filter(actor__in=_labels(asked.who, actor.organisation))
    if asked.subject:
        found = found.filter(subject=asked.subject)
    if asked.since:
        found = found.filter(at__gte=_midnight(asked.since))
    if asked.until:
        found = found.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return found.order_by("-number")


def in_words(found: Iterable[Entry], organisation: Organisation) -> list[Line]:
    """The entries with names for whoever and whatever still has one, in the same order."""
    found = list(found)
    people = {f"{PERSON_LABEL}{entry.subject}" for entry in found if _kind(entry) == "member"}
    names = names_of({entry.actor for entry in found} | people, organisation)
    things = _things(found, organisation)
    return [_line(entry, names, things, organisation) for entry in found]


def event_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every kind of event for a form: grouped by what it is about."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in kinds():
        about = kind.name.partition(".")[0]
        group = groups.setdefault(about, [(about, _("%s: everything") % _subject(about))])
        group.append((kind.name, title_of(kind.name)))
    return [(_subject(about), group) for about, group in groups.items()]


def _subject(about: str) -> str:
    return str(SUBJECTS.get(about, about))


def table(found: QuerySet[Entry], organisation: Organisation) -> Iterator[list[str]]:
    """The entries as rows of a table, see `HEAD`; a piece at a time."""
    for piece in _pieces(found):
        for line in in_words(piece, organisation):
            entry = line.entry
            details = "; ".join(f"{name}: {value}" for name, value in line.details)
            yield [
                str(entry.number),
                entry.at.isoformat(timespec="seconds"),
                line.title,
                line.who,
                entry.actor,
                line.about,
                entry.subject,
                entry.reason,
                details,
            ]


def head() -> list[str]:
    """The columns of `table`."""
    return [
        _("Number"),
        _("At"),
        _("What"),
        _("Who"),
        _("Id of who"),
        _("About"),
        _("Id of what it is about"),
        _("Why"),
        _("Details"),
    ]


def documents(found: QuerySet[Entry]) -> Iterator[dict[str, Any]]:
    """The entries as they are hashed, each with its hash, for programs; see `audit.services`."""
    for entry in found.iterator(chunk_size=2000):
        yield {
            "number": entry.number,
            "at": entry.at.isoformat(timespec="microseconds"),
            "actor": entry.actor,
            "event": entry.event,
            "subject": entry.subject,
            "reason": entry.reason,
            "details": entry.details,
            "hash": entry.hash,
        }


def _line(
    entry: Entry,
    names: Mapping[str, str],
    things: Mapping[str, str],
    organisation: Organisation,
) -> Line:
    about = things.get(entry.subject) or names.get(f"{PERSON_LABEL}{entry.subject}", "")
    details = tuple(
        (_words(name), _said(name, value, things))
        for name, value in entry.details.items()
        if value not in ("", [], {}, None, about)
    )
    is_gone = _kind(entry) == "member" and not about
    url = "" if is_gone else _url(entry, organisation)
    return Line(entry, title_of(entry.event), names.get(entry.actor, ""), about, url, details)


def _words(name: str) -> str:
    """The name of a detail as words.

    >>> _words("passed-over")
    'Passed over'
    """
    words = name.replace("-", " ").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def _said(name: str, value: Any, things: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(_said(name, each, things) for each in value)
    if name in ("role", "roles") and value in Role.values:
        return str(Role(value).label)
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return date_format(datetime.fromisoformat(value), "DATETIME_FORMAT")
    return things.get(str(value), str(value))


def _url(entry: Entry, organisation: Organisation) -> str:
    page = PAGES.get(_kind(entry), "")
    if not page or not entry.subject:
        return ""
    try:
        return reverse(page, args=[organisation.slug, entry.subject])
    except NoReverseMatch:
        return ""


def _things(found: list[Entry], organisation: Organisation) -> dict[str, str]:
    """Names of units, keys and domains by their public ids."""
    ids = {entry.subject for entry in found}
    ids |= {str(value) for entry in found for value in entry.details.values()}
    names = {organisation.public_id: organisation.name}
    for unit in Unit.objects.filter(organisation=organisation, public_id__in=ids):
        names[unit.public_id] = unit.name
    for key in ApiKey.objects.filter(organisation=organisation, public_id__in=ids):
        names[key.public_id] = key.name
    return names | {
        entry.subject: entry.details["domain"] for entry in found if "domain" in entry.details
    }


def _labels(who: str, organisation: Organisation) -> list[str]:
    people = User.objects.filter(name__icontains=who, is_active=True)[:MOST_NAMED]
    keys = ApiKey.objects.filter(organisation=organisation, name__icontains=who)[:MOST_NAMED]
    labels = [who, *(person.label for person in people)]
    return [*labels, *(f"{KEY_LABEL}{key.public_id}" for key in keys)]


def _kind(entry: Entry) -> str:
    return entry.event.partition(".")[0]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _pieces(found: QuerySet[Entry], size: int = 1000) -> Iterator[list[Entry]]:
    piece: list[Entry] = []
    for entry in found.iterator(chunk_size=size):
        piece.append(entry)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece
