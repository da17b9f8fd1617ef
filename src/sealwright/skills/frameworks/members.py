"""Entries as JSON members and back: for our own index, and for what a format has no place for.

Members at their default are left out. Reading trusts nothing: whatever is not as it should
be is a bad row, named by its member.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final, TypeVar

from sealwright.skills.frameworks.model import (
    About,
    Bond,
    Concept,
    Entry,
    Extra,
    Kind,
    Level,
    Need,
    Occupation,
    Related,
    Relation,
    Reuse,
    Texts,
    Tier,
    Tool,
)
from sealwright.skills.frameworks.reading import (
    LONGEST_LABEL,
    Problem,
    address,
    bad,
    cleaned,
    parsed,
)

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Members = dict[str, Any]

MOST_IN_A_LIST: Final = 100_000
MOST_ENTRIES: Final = 10_000_000
LARGEST_NUMBER: Final = 1_000.0


def of_concept(concept: Concept) -> Members:
    """A concept's members."""
    return _without_defaults(
        uri=concept.uri,
        labels=_pairs(concept.labels),
        alternatives=_pairs(concept.alternatives),
        descriptions=_pairs(concept.descriptions),
        kind="" if concept.kind is Kind.SKILL else concept.kind.value,
        code=concept.code,
        broader=list(concept.broader),
        related=[[relation.uri, relation.bond.value] for relation in concept.related],
        reuse=concept.reuse.value if concept.reuse else "",
        transversal=concept.transversal,
        collections=list(concept.collections),
        levels=[
            [level.value, _pairs(level.name), _pairs(level.anchor)] for level in concept.levels
        ],
        extra=_pairs(concept.extra),
    )


def of_occupation(occupation: Occupation) -> Members:
    """An occupation's members."""
    return _without_defaults(
        uri=occupation.uri,
        labels=_pairs(occupation.labels),
        alternatives=_pairs(occupation.alternatives),
        descriptions=_pairs(occupation.descriptions),
        code=occupation.code,
        broader=list(occupation.broader),
        needs=[_of_need(need) for need in occupation.needs],
        zone=occupation.zone or 0,
        related=[[other.uri, other.tier.value] for other in occupation.related],
        tools=[[tool.uri, tool.hot, tool.in_demand] for tool in occupation.tools],
        tasks=_pairs(occupation.tasks),
        extra=_pairs(occupation.extra),
    )


def of_entry(entry: Entry) -> Members:
    """A concept's or an occupation's members."""
    return of_concept(entry) if isinstance(entry, Concept) else of_occupation(entry)


def of_about(about: About) -> Members:
    """What is said of a framework as a whole."""
    return _without_defaults(
        address=about.address,
        title=_pairs(about.title),
        version=about.version,
        publisher=about.publisher,
        languages=list(about.languages),
        licence=about.licence,
        attribution=about.attribution,
        description=_pairs(about.description),
        flat=about.flat,
        extra=_pairs(about.extra),
    )


def concept_from(members: Members) -> Concept:
    """The concept with these members.

    Raises:
        BadCell: a member is not as it should be.
    """
    return Concept(
        uri=address_in(members, "uri"),
        labels=texts_in(members, "labels") or bad("labels", "nothing is here"),
        alternatives=texts_in(members, "alternatives"),
        descriptions=texts_in(members, "descriptions"),
        kind=_word(members.get("kind", Kind.SKILL.value), "kind", Kind),
        code=text_in(members, "code"),
        broader=addresses_in(members, "broader"),
        related=relations_in(members),
        reuse=_word(members["reuse"], "reuse", Reuse) if "reuse" in members else None,
        transversal=_flag(members.get("transversal", False), "transversal"),
        collections=words_in(members, "collections"),
        levels=_list(members, "levels", _level),
        extra=extra_in(members),
    )


def occupation_from(members: Members) -> Occupation:
    """The occupation with these members.

    Raises:
        BadCell: a member is not as it should be.
    """
    return Occupation(
        uri=address_in(members, "uri"),
        labels=texts_in(members, "labels") or bad("labels", "nothing is here"),
        alternatives=texts_in(members, "alternatives"),
        descriptions=texts_in(members, "descriptions"),
        code=text_in(members, "code"),
        broader=addresses_in(members, "broader"),
        needs=_list(members, "needs", _need),
        zone=_zone(members["zone"]) if "zone" in members else None,
        related=_list(members, "related", _related),
        tools=_list(members, "tools", _tool),
        tasks=texts_in(members, "tasks"),
        extra=extra_in(members),
    )


def about_from(members: Members) -> About:
    """What is said of the framework with these members.

    Raises:
        BadCell: a member is not as it should be.
    """
    return About(
        address=address_in(members, "address"),
        title=texts_in(members, "title"),
        version=text_in(members, "version"),
        publisher=text_in(members, "publisher"),
        languages=words_in(members, "languages"),
        licence=text_in(members, "licence"),
        attribution=text_in(members, "attribution"),
        description=texts_in(members, "description"),
        flat=_flag(members.get("flat", False), "flat"),
        extra=extra_in(members),
    )


def mapping(value: Any, column: str) -> Members:
    """A JSON object."""
    return value if isinstance(value, dict) else bad(column, "is no object")


def text(value: Any, column: str, longest: int = 50_000) -> str:
    """A JSON string, cleaned."""
    if not isinstance(value, str):
        bad(column, "is no text")
    return cleaned(value, column, longest=longest)


def text_in(members: Mapping[str, Any], column: str) -> str:
    """A text member; empty where it is missing or null."""
    value = members.get(column)
    return "" if value is None else text(value, column)


def address_in(members: Mapping[str, Any], column: str) -> str:
    """An address that must be there."""
    return address(text(members.get(column, ""), column), column)


def addresses_in(members: Mapping[str, Any], column: str) -> tuple[str, ...]:
    """A list of addresses."""
    return _list(members, column, lambda item: address(text(item, column), column))


def words_in(members: Mapping[str, Any], column: str) -> tuple[str, ...]:
    """A list of short texts."""
    return _list(members, column, lambda item: text(item, column, LONGEST_LABEL))


def texts_in(members: Mapping[str, Any], column: str) -> Texts:
    """Texts with their languages."""
    return _list(members, column, lambda item: _pair(item, column))


def extra_in(members: Mapping[str, Any]) -> Extra:
    """What was kept for export; each value is JSON."""
    extra = texts_in(members, "extra")
    for name, value in extra:
        try:
            parsed(value.encode())
        except ValueError:
            bad("extra", f"“{name[:40]}” is no JSON")
    return extra


def relations_in(members: Mapping[str, Any]) -> tuple[Relation, ...]:
    """Relations to other skills."""
    return _list(members, "related", _relation)


def count_in(members: Mapping[str, Any], column: str) -> int:
    """A whole number from 0."""
    value = members.get(column)
    if not isinstance(value, int) or not 0 <= value <= MOST_ENTRIES:
        bad(column, "is no count")
    return int(value)


def problems_in(members: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What was left out when an index was written."""
    return _list(members, "problems", _problem)


def _without_defaults(**members: Any) -> Members:
    return {name: value for name, value in members.items() if value not in ("", [], False, 0)}


def _pairs(texts: Texts) -> list[list[str]]:
    return [list(pair) for pair in texts]


def _of_need(need: Need) -> list[Any]:
    full = [
        need.skill, need.essential, need.importance, need.level,
        list(need.by_stage) if need.by_stage else None,
    ]  # fmt: skip
    while full[-1] is None:
        full.pop()
    return full


def _list(members: Mapping[str, Any], column: str, item_from: Callable[[Any], T]) -> tuple[T, ...]:
    value = members.get(column, [])
    if not isinstance(value, list) or len(value) > MOST_IN_A_LIST:
        bad(column, "is no list, or too long a one")
    return tuple(item_from(item) for item in value)


def _fields(value: Any, column: str, least: int, most: int) -> list[Any]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        bad(column, f"is no list of {least} to {most} values")
    return [*value, *[None] * (most - len(value))]


def _pair(value: Any, column: str) -> tuple[str, str]:
    first, second = _fields(value, column, 2, 2)
    return text(first, column, LONGEST_LABEL), text(second, column)


def _number(value: Any, column: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        bad(column, "is no number")
    return float(value) if abs(value) <= LARGEST_NUMBER else bad(column, "is too large")


def _maybe(value: Any, column: str) -> float | None:
    return None if value is None else _number(value, column)


def _flag(value: Any, column: str) -> bool:
    return value if isinstance(value, bool) else bad(column, "is neither true nor false")


def _word(value: Any, column: str, words: type[E]) -> E:
    try:
        return words(value)
    except ValueError:
        bad(column, f"“{str(value)[:40]}” is not known here")


def _relation(value: Any) -> Relation:
    uri, bond = _fields(value, "related", 2, 2)
    return Relation(address(text(uri, "related"), "related"), _word(bond, "related", Bond))


def _zone(value: Any) -> int:
    return int(value) if value in (1, 2, 3, 4, 5) else bad("zone", "is none of 1 to 5")


def _level(value: Any) -> Level:
    number, name, anchor = _fields(value, "levels", 3, 3)
    return Level(
        _number(number, "levels"),
        texts_in({"levels": name}, "levels"),
        texts_in({"levels": anchor}, "levels"),
    )


def _need(value: Any) -> Need:
    skill, essential, importance, level, stages = _fields(value, "needs", 2, 5)
    by_stage = None
    if stages is not None:
        early, mid, senior = (_number(one, "needs") for one in _fields(stages, "needs", 3, 3))
        by_stage = (early, mid, senior)
    return Need(
        address(text(skill, "needs"), "needs"),
        _flag(essential, "needs"),
        _maybe(importance, "needs"),
        _maybe(level, "needs"),
        by_stage,
    )


def _related(value: Any) -> Related:
    uri, tier = _fields(value, "related", 2, 2)
    return Related(address(text(uri, "related"), "related"), _word(tier, "related", Tier))


def _tool(value: Any) -> Tool:
    uri, hot, in_demand = _fields(value, "tools", 3, 3)
    return Tool(
        address(text(uri, "tools"), "tools"), _flag(hot, "tools"), _flag(in_demand, "tools")
    )


def _problem(value: Any) -> Problem:
    file, row, line, column, what = _fields(value, "problems", 5, 5)
    place = {"row": row, "line": line}
    return Problem(
        text(file, "problems", LONGEST_LABEL),
        count_in(place, "row"),
        count_in(place, "line"),
        text(column, "problems", LONGEST_LABEL),
        text(what, "problems", LONGEST_LABEL),
    )
