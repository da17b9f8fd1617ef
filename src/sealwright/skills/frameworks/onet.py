"""The O*NET database: tab-delimited text as published, or its sheets saved as CSV.

Read are the occupations with their titles, zones, relatives, tasks and technologies, and
the ratings of abilities, skills, knowledge and work styles with their level anchors. O*NET
names elements by number; their addresses here are the pages of O*NET OnLine, which stay
from version to version. A rated element counts as essential from importance 3 of 5. Work
styles have an importance up to version 30.0, and since then an impact from −3 to 3; one whose
impact is not above 0 is not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import quote, quote_plus

from sealwright.skills.frameworks.drafting import ConceptDraft, Drafts, OccupationDraft
from sealwright.skills.frameworks.model import (
    About,
    Framework,
    Kind,
    Level,
    Need,
    Related,
    Tier,
    Tool,
)
from sealwright.skills.frameworks.reading import Intake, Part, Row, bad

ONLINE: Final = "https://www.onetonline.org"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
ATTRIBUTION: Final = (
    "This product includes information from the O*NET Database by the U.S. Department of Labor, "
    "Employment and Training Administration (USDOL/ETA), used under the CC BY 4.0 licence. "
    "O*NET is a trademark of USDOL/ETA. The data has been modified."
)
ESSENTIAL_FROM: Final = {"IM": 3.0, "WI": 1.5}
"""From which rating an element counts as essential: half of each scale above "not important" and
"makes no difference"."""
LANGUAGE: Final = "en"

SOC: Final = re.compile(r"\d\d-\d{4}\.\d\d")
ELEMENT: Final = re.compile(r"[1-6](\.[A-Za-z0-9]+)*")
VERSION: Final = re.compile(r"(?<![\d.])(\d\d)[._](\d)(?![\d.])")

# Branches of the content model that hold what a person brings along.
BRANCHES: Final = {
    "1.A": Kind.ABILITY,
    "1.C": Kind.STYLE,
    "1.D": Kind.STYLE,
    "2.A": Kind.SKILL,
    "2.B": Kind.SKILL,
    "2.C": Kind.KNOWLEDGE,
}
HUMAN: Final = {
    "1.A.1.a.": "verbal abilities",
    "1.A.1.b.": "idea generation and reasoning abilities",
    "1.C.": "work styles, up to 30.0",
    "1.D.": "work styles, from 30.1",
    "2.A.": "basic skills",
    "2.B.1.": "social skills",
    "2.B.2.": "complex problem solving skills",
    "2.B.4.": "systems skills: to judge, to decide, to see the whole",
    "2.B.5.": "resource management skills: time, people, money, material",
}
"""Which branches of the content model are human rather than technical, as O*NET names them."""
TECHNICAL: Final = frozenset({"2.A.1.e", "2.A.1.f"})
"""Mathematics and science, which O*NET has among the basic skills."""
SCALES: Final = {"IM": (1, 5), "LV": (0, 7), "WI": (-3, 3)}
"""Importance, level and impact, each with its bounds; other scales are not read."""
TIERS: Final = {tier.value: tier for tier in Tier if tier is not Tier.NEXT}
YES_NO: Final = {"y": True, "n": False}

CODE: Final = "o*net-soc code"
TABLES: Final[Mapping[str, frozenset[str]]] = {
    "elements": frozenset({"element id", "element name", "description"}),
    "occupations": frozenset({CODE, "title", "description"}),
    "anchors": frozenset({"element id", "scale id", "anchor value", "anchor description"}),
    "titles": frozenset({CODE, "alternate title"}),
    "reported": frozenset({CODE, "reported job title"}),
    "zones": frozenset({CODE, "job zone"}),
    "tasks": frozenset({CODE, "task id", "task", "task type"}),
    "related": frozenset({CODE, "related o*net-soc code", "relatedness tier", "index"}),
    "tools": frozenset({CODE, "example", "commodity code", "hot technology"}),
    "ratings": frozenset({CODE, "element id", "scale id", "data value"}),
}
"""Which columns tell a table, in the order in which tables are read."""


def table_of(columns: frozenset[str]) -> str:
    """Which of O*NET's tables has these columns; empty for none."""
    if "category" in columns:
        return ""
    return next((name for name, needed in TABLES.items() if needed <= columns), "")


def read(parts: Mapping[Part, str], intake: Intake, version: str = "") -> Framework:
    """Read O*NET's tables; `parts` says which table each file is."""
    importer = _Importer(intake)
    order = list(TABLES)
    for part in sorted(parts, key=lambda part: (order.index(parts[part]), part.name)):
        importer.read(part, parts[part])
    return importer.done(version or version_of(parts))


def version_of(parts: Mapping[Part, str]) -> str:
    """The version that a file's or folder's name tells: `db_30_2_text`, `29.3`."""
    found = [match for part in parts for match in VERSION.finditer(part.origin)]
    return f"{found[-1][1]}.{found[-1][2]}" if found else ""


def element_address(element: str) -> str:
    """The page of an element of the content model.

    >>> element_address("2.A.1.a")
    'https://www.onetonline.org/find/descriptor/result/2.A.1.a'
    """
    return f"{ONLINE}/find/descriptor/result/{element}"


def occupation_address(code: str) -> str:
    """The page of an occupation.

    >>> occupation_address("11-1011.00")
    'https://www.onetonline.org/link/summary/11-1011.00'
    """
    return f"{ONLINE}/link/summary/{code}"


def technology_address(example: str) -> str:
    """The page of a technology.

    >>> technology_address("Adobe Acrobat")
    'https://www.onetonline.org/search/tech/example?e=Adobe+Acrobat'
    """
    return f"{ONLINE}/search/tech/example?e={quote_plus(example)}"


def is_human(element: str) -> bool:
    """Is an element of the content model human rather than technical?

    >>> is_human("2.B.1.a"), is_human("2.B.3.e"), is_human("2.A.1.e")
    (True, False, False)
    """
    return element.startswith(tuple(HUMAN)) and element not in TECHNICAL


class _Importer:
    def __init__(self, intake: Intake) -> None:
        self._drafts = Drafts()
        self._intake = intake
        self._seen: set[tuple[str, ...]] = set()
        self._tables: dict[str, Callable[[Row], None]] = {
            "elements": self._element, "occupations": self._occupation,
            "anchors": self._anchor, "titles": self._title, "reported": self._reported,
            "zones": self._zone, "tasks": self._task, "related": self._related,
            "tools": self._tool, "ratings": self._rating,
        }  # fmt: skip

    def read(self, part: Part, table: str) -> None:
        self._seen.clear()
        self._intake.each(part, self._tables[table])

    def done(self, version: str) -> Framework:
        concepts = self._drafts.concepts
        parents = {above for draft in concepts.values() for above in draft.broader}
        for uri in parents & concepts.keys():
            concepts[uri].kind, concepts[uri].transversal = Kind.GROUP, False
        return self._drafts.done(
            About(
                address="https://www.onetcenter.org/database.html",
                title=((LANGUAGE, "O*NET"),),
                version=version,
                publisher="U.S. Department of Labor, Employment and Training Administration",
                languages=(LANGUAGE,),
                licence=LICENCE,
                attribution=ATTRIBUTION,
            )
        )

    def _element(self, row: Row) -> None:
        element = _element_of(row)
        if element[:3] in BRANCHES:
            name = row.needed("Element Name")
            self._new(element, column="Element ID")
            draft = self._concept(element, name)
            draft.describe(LANGUAGE, row.text("Description"))

    def _concept(self, element: str, label: str) -> ConceptDraft:
        uri = element_address(element)
        draft = self._drafts.concepts[uri] = ConceptDraft(
            uri, code=element, kind=BRANCHES[element[:3]], transversal=is_human(element)
        )
        draft.name(LANGUAGE, label)
        above = element_address(element.rpartition(".")[0])
        if above in self._drafts.concepts:
            draft.broader[above] = None
        return draft

    def _occupation(self, row: Row) -> None:
        code = _code(row, "O*NET-SOC Code")
        label = row.needed("Title")
        self._new(code, column="O*NET-SOC Code")
        draft = OccupationDraft(occupation_address(code), code=code)
        draft.name(LANGUAGE, label)
        draft.describe(LANGUAGE, row.text("Description"))
        self._drafts.occupations[draft.uri] = draft

    def _anchor(self, row: Row) -> None:
        element = _element_of(row)
        if element[:3] not in BRANCHES:
            return
        draft = self._drafts.concept(element_address(element), "Element ID")
        value = row.number_in("Anchor Value", 0, 7)
        anchor = row.needed("Anchor Description")
        draft.levels.append(Level(value, (), ((LANGUAGE, anchor),)))

    def _title(self, row: Row) -> None:
        job = self._job(row)
        job.name(LANGUAGE, job.labels[LANGUAGE], [row.needed("Alternate Title")])
        short = row.text("Short Title")
        job.name(LANGUAGE, job.labels[LANGUAGE], [] if short.lower() == "n/a" else [short])

    def _reported(self, row: Row) -> None:
        job = self._job(row)
        job.name(LANGUAGE, job.labels[LANGUAGE], [row.needed("Reported Job Title")])

    def _zone(self, row: Row) -> None:
        self._job(row).zone = int(row.number_in("Job Zone", 1, 5))

    def _task(self, row: Row) -> None:
        self._job(row).tasks[LANGUAGE, row.needed("Task", longest=2_000)] = None

    def _related(self, row: Row) -> None:
        job = self._job(row)
        other = occupation_address(_code(row, "Related O*NET-SOC Code"))
        self._drafts.occupation(other, "Related O*NET-SOC Code")
        tier = row.one_of("Relatedness Tier", TIERS)
        job.related.append((row.number_in("Index", 0, 10_000), Related(other, tier)))

    def _tool(self, row: Row) -> None:
        job = self._job(row)
        example = row.needed("Example", longest=300)
        code = row.needed("Commodity Code", longest=20)
        title = row.needed("Commodity Title")
        hot = row.one_of("Hot Technology", YES_NO)
        in_demand = bool(row.text("In Demand")) and row.one_of("In Demand", YES_NO)
        technology = self._technology(example, code, title)
        if hot:
            technology.collections["hot"] = None
        before = job.tools.get(technology.uri, Tool(technology.uri))
        job.tools[technology.uri] = Tool(
            technology.uri, before.hot or hot, before.in_demand or in_demand
        )

    def _technology(self, example: str, code: str, title: str) -> ConceptDraft:
        concepts = self._drafts.concepts
        above = f"urn:unspsc:{quote(code, safe='')}"
        if above not in concepts:
            concepts[above] = ConceptDraft(above, code=code, kind=Kind.GROUP)
            concepts[above].name(LANGUAGE, title)
        uri = technology_address(example)
        draft = concepts.get(uri) or ConceptDraft(uri, kind=Kind.TECHNOLOGY)
        draft.name(LANGUAGE, example)
        draft.broader[above] = None
        concepts[uri] = draft
        return draft

    def _rating(self, row: Row) -> None:
        element, scale = _element_of(row), row.needed("Scale ID").upper()
        if element[:3] not in BRANCHES or scale not in SCALES:
            return
        job = self._job(row)
        value = self._value(row, scale)
        self._new(job.code, element, scale, column="Scale ID")
        uri = element_address(element)
        if uri not in self._drafts.concepts:  # where the content model is not among the files
            self._concept(element, row.needed("Element Name"))
        if scale == "WI" and (value is None or value <= 0):
            return
        need = job.needs.get(uri, Need(uri, essential=False))
        if scale == "LV":
            need = replace(need, level=value)
        else:
            need = replace(need, essential=value is not None and value >= ESSENTIAL_FROM[scale])
        job.needs[uri] = replace(need, importance=value) if scale == "IM" else need

    def _value(self, row: Row, scale: str) -> float | None:
        """The rating; None where O*NET itself says that it rests on too little."""
        value = row.number_in("Data Value", *SCALES[scale])
        return None if row.text("Recommend Suppress").upper() == "Y" else value

    def _job(self, row: Row) -> OccupationDraft:
        code = _code(row, "O*NET-SOC Code")
        return self._drafts.occupation(occupation_address(code), "O*NET-SOC Code")

    def _new(self, *key: str, column: str) -> None:
        if key in self._seen:
            bad(column, "this was there before")
        self._seen.add(key)


def _code(row: Row, column: str) -> str:
    code = row.needed(column)
    return code if SOC.fullmatch(code) else bad(column, "is no O*NET-SOC code")


def _element_of(row: Row) -> str:
    element = row.needed("Element ID", longest=60)
    return element if ELEMENT.fullmatch(element) else bad("Element ID", "is no element")
