"""What changed from one state of a programme to another, for people: field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from django.utils.translation import gettext as _

from sealwright.web.catalogue import wording
from sealwright.web.catalogue.content import PARTS, Content, Link, Skill
from sealwright.web.core.countries import country_name

Mark = Literal["same", "removed", "added"]

ALIKE: Final = 0.6
"""How much of two texts must be the same, spaces included, to be worth a word by word look."""

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")

TEXTS: Final = frozenset(
    {
        "title", "summary", "description", "quality", "criteria", "evidence_asked", "further",
        "assessment_description", "retake", "evidence", "external_review", "pass_mark",
    }
)  # fmt: skip
"""Members whose words are compared one by one."""

MOST_PIECES: Final = 1_000
"""Longer texts are compared line by line, or shown as a whole: comparing takes the square."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that stayed, went or came."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is not as it was. Texts have runs, lists what went and came."""

    name: str
    label: str
    before: str = ""
    after: str = ""
    runs: tuple[Run, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    is_list: bool = False
    moved: bool = False
    """Only the order of a list is another."""

    @property
    def is_rewritten(self) -> bool:
        """Are the two texts so different that each is shown whole?"""
        return bool(self.runs) and all(run.mark != "same" for run in self.runs)


@dataclass(frozen=True, slots=True)
class PartChanges:
    """What changed in one of the eight parts."""

    name: str
    label: str
    changes: tuple[Change, ...]


def differences(before: Content, after: Content) -> list[PartChanges]:
    """Everything that changed, in the order of the designer; nothing where all is the same."""
    found = ((part, tuple(_of_part(part, before, after))) for part in PARTS)
    return [
        PartChanges(part, str(wording.PART_NAMES[part]), changes)
        for part, changes in found
        if changes
    ]


def compare_words(before: str, after: str) -> tuple[Run, ...]:
    """The two texts as one, each run of words marked.

    >>> [(run.mark, run.text) for run in compare_words("Sail 20 miles.", "Sail 40 miles.")]
    [('same', 'Sail '), ('removed', '20'), ('added', '40'), ('same', ' miles.')]
    """
    for pieces in (_WORDS, _LINES):
        old, new = pieces.findall(before), pieces.findall(after)
        if max(len(old), len(new)) <= MOST_PIECES:
            return tuple(_runs(old, new))
    return (Run("removed", before), Run("added", after))


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    """Runs that stayed, went and came; a text of which little stayed is two texts."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield from _changed("".join(old), "".join(new))
        return
    gone = come = ""
    for _tag, i, j, k, m in matcher.get_opcodes():
        before, after = "".join(old[i:j]), "".join(new[k:m])
        if before == after and (before.strip() or not gone + come):
            yield from _changed(gone, come)
            yield Run("same", before)
            gone = come = ""
        else:  # a space between two changes belongs to both
            gone, come = gone + before, come + after
    yield from _changed(gone, come)


def _changed(gone: str, come: str) -> Iterator[Run]:
    if gone == come:
        yield from [Run("same", gone)] if gone else []
        return
    yield from (run for run in (Run("removed", gone), Run("added", come)) if run.text)


def _of_part(part: str, before: Content, after: Content) -> Iterator[Change]:
    for member in PARTS[part]:
        old, new = getattr(before, member), getattr(after, member)
        if old == new or (member == "currency" and before.cost == after.cost is None):
            continue
        if member == "assessment":
            yield from _of_assessment(before, after)
        elif isinstance(old, tuple):
            yield _of_list(member, _items(old), _items(new))
        else:
            yield _of_value(member, _value(member, old), _value(member, new))


def _of_assessment(before: Content, after: Content) -> Iterator[Change]:
    new = asdict(after.assessment)
    for name, old in asdict(before.assessment).items():
        if old != new[name]:
            member = "assessment_description" if name == "description" else name
            yield _of_value(member, _value(name, old), _value(name, new[name]))


def _of_value(member: str, before: str, after: str) -> Change:
    label = str(wording.MEMBERS[member])
    runs = compare_words(before, after) if member in TEXTS and before and after else ()
    return Change(member, label, before=before, after=after, runs=runs)


def _of_list(member: str, before: list[str], after: list[str]) -> Change:
    removed = tuple(item for item in before if item not in after)
    added = tuple(item for item in after if item not in before)
    return Change(
        member,
        str(wording.MEMBERS[member]),
        removed=removed,
        added=added,
        is_list=True,
        moved=not removed and not added,
    )


def _items(values: Iterable[Skill | Link | str]) -> list[str]:
    return [_item(value) for value in values]


def _item(value: Skill | Link | str) -> str:
    if isinstance(value, Link):
        number = _("version %(number)d") % {"number": value.version} if value.version else ""
        return ", ".join(part for part in (value.text, number) if part)
    if isinstance(value, str):
        return value
    told = (
        value.name,
        str(wording.KINDS.get(value.kind, value.kind)),
        str(wording.LEVELS.get(value.level, "")),
        " ".join(part for part in (value.framework, value.code) if part),
        value.url,
        value.shown_by,
    )
    return " · ".join(part for part in told if part)


def _value(member: str, value: object) -> str:
    match member, value:
        case "valid_months", _ if value is None or isinstance(value, int):
            return wording.months(value)
        case "language", str():
            return wording.language_name(value)
        case "country", str():
            return country_name(value)
        case "picture", str():
            return _("A picture of your own") if value else _("The seal")
        case _, bool():
            return _("Yes") if value else _("No")
        case _, None:
            return ""
        case _, int() | float():
            return wording.number(value)
        case _:
            return wording.value_name(member, str(value))
