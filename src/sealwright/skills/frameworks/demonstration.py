"""The demo framework: our own skills and occupations, so that everything works on a bare clone.

It is written by hand in two TOML files beside this package; `demo()` reads them. Nobody
should sign alignments to it: it stands in until a site imports a framework.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sealwright.skills.frameworks.model import (
    About,
    Bond,
    Concept,
    Framework,
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

ADDRESS: Final = "https://skills.sealwright.example/demo"
LEVEL_NAMES: Final = (
    (("en", "foundation"), ("de", "Grundlagen")),
    (("en", "working"), ("de", "sicher")),
    (("en", "skilled"), ("de", "geübt")),
    (("en", "expert"), ("de", "meisterhaft")),
)
REUSES: Final = {
    "transversal": Reuse.TRANSVERSAL,
    "cross": Reuse.CROSS_SECTOR,
    "sector": Reuse.SECTOR,
}
BONDS: Final = (
    ("builds_on", Bond.ESSENTIAL),
    ("helps", Bond.OPTIONAL),
    ("near", Bond.RELATED),
)
TIERS: Final = (
    ("next", Tier.NEXT),
    ("near", Tier.PRIMARY_SHORT),
    ("across", Tier.SUPPLEMENTAL),
)

Row = Mapping[str, Any]


@cache
def demo() -> Framework:
    """About 150 skills and 25 occupations over seven fields, with three stages and four levels."""
    skills, occupations = _read("demo-skills.toml"), _read("demo-occupations.toml")
    groups, fields = skills.pop("groups"), occupations.pop("fields")
    concepts = (
        *(_group("group", name, row, Kind.GROUP) for name, row in groups.items()),
        *(_skill(name, row, groups[group], group) for group, name, row in _rows(skills)),
        *(_group("field", name, row, Kind.FIELD) for name, row in fields.items()),
    )
    about = About(
        address=ADDRESS,
        title=(("en", "Sealwright demo skills"), ("de", "Sealwright-Demokompetenzen")),
        version="1",
        publisher="Sealwright",
        languages=("en", "de"),
        licence="https://www.apache.org/licenses/LICENSE-2.0",
    )
    jobs = (_occupation(name, row, field) for field, name, row in _rows(occupations))
    return Framework(about, concepts, tuple(jobs))


def skill_address(name: str) -> str:
    """The address of a demo skill by its short name.

    >>> skill_address("python")
    'https://skills.sealwright.example/demo/skill/python'
    """
    return _address("skill", name)


def occupation_address(name: str) -> str:
    """The address of a demo occupation by its short name.

    >>> occupation_address("chef")
    'https://skills.sealwright.example/demo/occupation/chef'
    """
    return _address("occupation", name)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("sealwright.skills") / "data" / name).read_text("utf-8"))


def _rows(tables: Mapping[str, Row]) -> Iterator[tuple[str, str, Row]]:
    for above, rows in tables.items():
        for name, row in rows.items():
            yield above, name, row


def _group(sort: str, name: str, row: Row, kind: Kind) -> Concept:
    reuse = REUSES[row["reuse"]] if "reuse" in row else None
    return Concept(
        _address(sort, name),
        _labels(row),
        kind=kind,
        reuse=reuse,
        transversal=row.get("human", False),
    )


def _skill(name: str, row: Row, group: Row, group_name: str) -> Concept:
    human = group.get("human", False)
    return Concept(
        uri=skill_address(name),
        labels=_labels(row),
        alternatives=_english(row["also"]),
        descriptions=(("en", row["is"]),),
        kind=Kind(row.get("kind", Kind.SKILL)),
        broader=(_address("group", group_name),),
        related=tuple(
            Relation(skill_address(other), bond)
            for member, bond in BONDS
            for other in row.get(member, ())
        ),
        reuse=REUSES[row.get("reuse", group["reuse"])],
        transversal=human,
        collections=("human",) if human else ("technical",),
        levels=tuple(
            Level(float(step), LEVEL_NAMES[step - 1], (("en", anchor),))
            for step, anchor in enumerate(row["levels"], start=1)
        ),
    )


def _occupation(name: str, row: Row, field: str) -> Occupation:
    asked = row["essential"] | row["optional"]
    return Occupation(
        uri=occupation_address(name),
        labels=_labels(row),
        alternatives=_english(row["also"]),
        descriptions=(("en", row["is"]),),
        code=row["isco"],
        broader=(_address("field", field),),
        needs=tuple(
            _need(skill, digits, essential=skill in row["essential"])
            for skill, digits in asked.items()
        ),
        zone=row["zone"],
        related=tuple(
            Related(occupation_address(other), tier)
            for member, tier in TIERS
            for other in row.get(member, ())
        ),
        tools=tuple(
            Tool(skill_address(tool), hot=True, in_demand=tool in asked)
            for tool in row.get("hot", ())
        ),
    )


def _need(skill: str, digits: str, *, essential: bool) -> Need:
    early, mid, senior = (float(digit) for digit in digits)
    return Need(skill_address(skill), essential, level=mid, by_stage=(early, mid, senior))


def _address(sort: str, name: str) -> str:
    return f"{ADDRESS}/{sort}/{name}"


def _labels(row: Row) -> Texts:
    return (("en", row["en"]), ("de", row["de"]))


def _english(texts: Iterable[str]) -> Texts:
    return tuple(("en", text) for text in texts)
