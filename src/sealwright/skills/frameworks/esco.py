"""ESCO as the European Commission publishes it: CSV files, loose, in folders or in ZIPs.

Versions 1.1 and 1.2, in any of the languages, several at once where files of several are
given. A label's alternatives stand one a line within their cell (in the collections: apart
by " | "). The flat texts of ESCO 1.2 that other projects pass on, where label, alternatives
and description are run together, can be read too, to compare versions; their labels are
those texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from sealwright.skills.frameworks.drafting import ConceptDraft, Draft, Drafts, OccupationDraft
from sealwright.skills.frameworks.model import (
    About,
    Bond,
    Framework,
    Kind,
    Need,
    Relation,
    Reuse,
)
from sealwright.skills.frameworks.reading import Intake, Part, Row, bad

ADDRESS: Final = "http://data.europa.eu/esco"
ATTRIBUTION: Final = "This service uses the ESCO classification of the European Commission."
LICENCE: Final = "https://eur-lex.europa.eu/eli/dec/2011/833/oj"

KINDS: Final = {"skill/competence": Kind.SKILL, "knowledge": Kind.KNOWLEDGE}
REUSES: Final = {reuse.value: reuse for reuse in Reuse}
ESSENTIAL: Final = {"essential": True, "optional": False}
BONDS: Final = {bond.value: bond for bond in (Bond.ESSENTIAL, Bond.OPTIONAL, Bond.RELATED)}

TRANSVERSAL: Final = "transversal"
HUMAN: Final = {
    "T2": "thinking skills",
    "T3": "self-management skills",
    "T4": "social and communication skills",
}
"""Which branches of the transversal skills are human rather than technical. The others are core
skills (languages, numbers, devices), physical and life skills."""
DONE_AS: Final = {"S1": "communication, collaboration and creativity", "S4": "management skills"}
"""Where a narrower skill is still human, if it is in a branch of skills at all."""

LANGUAGE: Final = re.compile(r"_([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.csv$")
VERSION: Final = re.compile(r"v(\d+(?:\.\d+){1,2})", re.IGNORECASE)

# Which table a file is, by columns that no other has; entries before what speaks of them.
TABLES: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("groups", frozenset({"concepturi", "preferredlabel", "hiddenlabels", "code", "scopenote"})),
    ("isco", frozenset({"concepturi", "preferredlabel", "code", "inscheme"})),
    ("skills", frozenset({"concepturi", "preferredlabel", "skilltype", "reuselevel", "inscheme"})),
    ("occupations", frozenset({"concepturi", "preferredlabel", "iscogroup"})),
    ("flat", frozenset({"id", "description"})),
    ("collection", frozenset({"concepturi", "preferredlabel", "broaderconcepturi"})),
    ("broader", frozenset({"concepturi", "broadertype", "broaderuri"})),
    ("needs", frozenset({"occupationuri", "relationtype", "skilluri"})),
    ("relations", frozenset({"originalskilluri", "relationtype", "relatedskilluri"})),
)
ORDER: Final = (
    "groups", "skills", "isco", "occupations", "flat",
    "collection", "broader", "relations", "needs",
)  # fmt: skip


def table_of(columns: frozenset[str]) -> str:
    """Which of ESCO's tables has these columns; empty for none."""
    if columns == TABLES[4][1]:
        return "flat"
    fitting = (name for name, needed in TABLES if name != "flat" and needed <= columns)
    found = next(fitting, "")
    return "occupations" if "iscogroup" in columns else found


def read(parts: Mapping[Part, str], intake: Intake, version: str = "") -> Framework:
    """Read ESCO's tables; `parts` says which table each file is."""
    importer = _Importer(intake)
    for part in sorted(parts, key=lambda part: (ORDER.index(parts[part]), part.name)):
        importer.read(part, parts[part])
    mark_human(importer.drafts.concepts)
    return importer.drafts.done(
        About(
            address=ADDRESS,
            title=(("en", "ESCO"),),
            version=version or version_of(parts),
            publisher="European Commission",
            languages=tuple(importer.languages),
            licence=LICENCE,
            attribution=ATTRIBUTION,
            flat="flat" in parts.values(),
        )
    )


def version_of(parts: Mapping[Part, str]) -> str:
    """The version that a file's or folder's name tells, as the Commission names its downloads."""
    names = [name for part in parts for name in (part.origin.replace("\\", "/"), part.name)]
    found = [match[1] for name in names for match in VERSION.finditer(name.rsplit("/", 1)[-1])]
    return found[0] if found else ""


def mark_human(concepts: Mapping[str, ConceptDraft]) -> None:
    """Mark the human skills: of the transversal collection, and what is narrower than those.

    Occupations ask for the narrower ones ("work in a construction team"), hardly ever for the
    transversal skill itself. One that is done as something else ("maintain financial records"
    is narrower than "organise information") is technical. Where no branches are told, as before
    ESCO 1.1, the collection alone counts.
    """
    above = {uri: _above(uri, concepts) for uri in concepts}
    branches = {
        uri: {concepts[each].code[:2] for each in found if len(concepts[each].code) > 1}
        for uri, found in above.items()
    }
    chosen = [uri for uri, draft in concepts.items() if TRANSVERSAL in draft.collections]
    sorted_in = any(branch.startswith("T") for uri in chosen for branch in branches[uri])
    human = {uri for uri in chosen if not sorted_in or branches[uri] & HUMAN.keys()}
    for uri, draft in concepts.items():
        doing = {branch for branch in branches[uri] if branch.startswith("S")}
        narrower = not human.isdisjoint(above[uri]) and doing <= DONE_AS.keys()
        draft.transversal = uri in human or (uri not in chosen and narrower)


def _above(uri: str, concepts: Mapping[str, ConceptDraft]) -> dict[str, None]:
    above: dict[str, None] = {}
    waiting = list(concepts[uri].broader)
    for parent in waiting:
        if parent not in above and parent in concepts:
            above[parent] = None
            waiting.extend(concepts[parent].broader)
    return above


class _Importer:
    def __init__(self, intake: Intake) -> None:
        self.drafts = Drafts()
        self.languages: dict[str, None] = {}
        self._intake = intake
        self._seen: set[str] = set()
        self._language = "en"
        self._collection = ""

    def read(self, part: Part, table: str) -> None:
        self._seen.clear()
        named = LANGUAGE.search(part.name)
        self._language = named[1] if named else "en"
        self._collection = re.sub(r"(Skills|Occupations)?Collection.*$", "", part.name).lower()
        take: Mapping[str, Callable[[Row], None]] = {
            "groups": self._group, "skills": self._skill, "isco": self._isco,
            "occupations": self._occupation, "flat": self._flat,
            "collection": self._in_collection, "broader": self._broader,
            "relations": self._relation, "needs": self._need,
        }  # fmt: skip
        self._intake.each(part, take[table])

    def _skill(self, row: Row) -> None:
        # A few rows of ESCO 1.1 have neither type nor reach; they are skills all the same.
        kind = row.one_of("skillType", KINDS) if row.text("skillType") else Kind.SKILL
        reuse = row.one_of("reuseLevel", REUSES) if row.text("reuseLevel") else None
        self._concept(row, kind).reuse = reuse

    def _group(self, row: Row) -> None:
        self._concept(row, Kind.GROUP)

    def _isco(self, row: Row) -> None:
        self._concept(row, Kind.FIELD)

    def _concept(self, row: Row, kind: Kind) -> ConceptDraft:
        uri = self._first_time(row)
        draft = self.drafts.concepts.get(uri) or ConceptDraft(uri, kind=kind)
        self._named(draft, row)
        self._seen.add(uri)
        self.drafts.concepts[uri] = draft
        draft.code = row.text("code")
        return draft

    def _occupation(self, row: Row) -> None:
        uri = self._first_time(row)
        draft = self.drafts.occupations.get(uri) or OccupationDraft(uri)
        self._named(draft, row)
        self._seen.add(uri)
        self.drafts.occupations[uri] = draft
        draft.code = row.text("iscoGroup")
        draft.keep("esco:code", row.text("code"))
        draft.keep("esco:regulatedProfessionNote", row.text("regulatedProfessionNote"))

    def _named(self, draft: Draft, row: Row) -> None:
        label = row.needed("preferredLabel")
        draft.name(self._language, label, lines(row.text("altLabels")))
        draft.describe(self._language, row.text("description"))
        for member in ("scopeNote", "definition", "hiddenLabels"):
            draft.keep(f"esco:{member}", row.text(member))
        status = row.text("status")
        draft.keep("esco:status", "" if status == "released" else status)
        self.languages[self._language] = None

    def _flat(self, row: Row) -> None:
        uri = row.address("id")
        self._new(uri, "id")
        text = row.needed("description", longest=50_000)
        draft: ConceptDraft | OccupationDraft
        if "/occupation/" in uri:
            draft = self.drafts.occupations[uri] = OccupationDraft(uri)
        else:
            kind = Kind.FIELD if "/isco/" in uri else Kind.SKILL
            draft = self.drafts.concepts[uri] = ConceptDraft(uri, kind=kind)
        draft.name("en", " ".join(text.split()))
        self._seen.add(uri)
        self.languages["en"] = None

    def _in_collection(self, row: Row) -> None:
        uri = row.address("conceptUri")
        if uri in self.drafts.occupations:
            return  # the research occupations: ours have no collections
        draft = self.drafts.concept(uri, "conceptUri")
        draft.collections[self._collection] = None

    def _broader(self, row: Row) -> None:
        entry = self.drafts.entry(row.address("conceptUri"), "conceptUri")
        above = row.address("broaderUri")
        self.drafts.entry(above, "broaderUri")
        entry.broader[above] = None

    def _relation(self, row: Row) -> None:
        draft = self.drafts.concept(row.address("originalSkillUri"), "originalSkillUri")
        other = self.drafts.concept(row.address("relatedSkillUri"), "relatedSkillUri")
        bond = row.one_of("relationType", BONDS)
        draft.related[other.uri, bond] = Relation(other.uri, bond)

    def _need(self, row: Row) -> None:
        draft = self.drafts.occupation(row.address("occupationUri"), "occupationUri")
        skill = self.drafts.concept(row.address("skillUri"), "skillUri")
        if skill.uri in draft.needs:
            bad("skillUri", "this occupation has named this skill before")
        draft.needs[skill.uri] = Need(skill.uri, row.one_of("relationType", ESSENTIAL))

    def _first_time(self, row: Row) -> str:
        uri = row.address("conceptUri")
        self._new(uri, "conceptUri")
        return uri

    def _new(self, uri: str, column: str) -> None:
        if uri in self._seen:
            bad(column, "this address was there before")


def lines(cell: str) -> list[str]:
    """The alternatives within one cell.

    >>> lines("one\\n two\\n\\n"), lines("one | two")
    (['one', 'two'], ['one', 'two'])
    """
    pieces = cell.splitlines() if "\n" in cell else cell.split(" | ")
    return [piece.strip() for piece in pieces if piece.strip()]
