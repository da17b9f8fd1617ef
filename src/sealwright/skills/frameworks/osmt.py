"""Rich skill descriptors from the Open Skills Management Tool: one CSV file.

All three shapes are read: what its library exports, and the two that it takes in. A cell
that holds several values has them apart by semicolons. A row without an address of its own
gets one that follows from its name and statement, so the same row has the same address.
Categories become groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from sealwright.skills.frameworks.drafting import ConceptDraft, Drafts
from sealwright.skills.frameworks.model import About, Framework, Kind, Relation
from sealwright.skills.frameworks.reading import Intake, Part, Row, address, bad

LANGUAGE: Final = "en"
NAMES: Final = ("RSD Name", "Skill Name")
STATEMENTS: Final = ("Skill Statement", "Contextualized Skill Statement")
CATEGORIES: Final = ("Categories", "Skill Categories", "Skill Category")
COLLECTIONS: Final = ("Collections", "Collection")
ALIGNMENTS: Final = ("Alignment URL", "Alignment")
KEPT: Final = (
    "Authors", "Keywords", "Standards", "Professional Standards", "Certifications", "Employers",
    "Employer", "Alignment Name", "Alignment Title",
    "Occupation Major Groups", "BLS Major Group", "Occupation Minor Groups", "BLS Minor Group",
    "Broad Occupations", "BLS Broad Occupation", "Detailed Occupations", "BLS Detailed Occupation",
    "O*Net Job Codes", "O*Net Job Role",
)  # fmt: skip


def table_of(columns: frozenset[str]) -> str:
    """`skills` where these are the columns of rich skill descriptors, else empty."""
    named = any(name.lower() in columns for name in NAMES)
    return "skills" if named and any(name.lower() in columns for name in STATEMENTS) else ""


def read(parts: Mapping[Part, str], intake: Intake, version: str = "") -> Framework:
    """Read the files as one framework."""
    importer = _Importer()
    for part in parts:
        intake.each(part, importer.skill)
    name = next(iter(parts)).name
    about = About(
        address=_minted("library", *(part.name for part in parts)),
        title=((LANGUAGE, name.rpartition(".")[0] or name),),
        version=version,
        languages=(LANGUAGE,),
    )
    return importer.drafts.done(about)


class _Importer:
    def __init__(self) -> None:
        self.drafts = Drafts()

    def skill(self, row: Row) -> None:
        label, statement = _first(row, NAMES), _first(row, STATEMENTS)
        if not label:
            bad(NAMES[0], "nothing is here")
        given = row.text("Canonical URL")
        uri = address(given, "Canonical URL") if given else _minted("skill", label, statement)
        if uri in self.drafts.concepts:
            bad("Canonical URL" if given else NAMES[0], "this skill was there before")
        draft = ConceptDraft(uri)
        draft.name(LANGUAGE, label)
        draft.describe(LANGUAGE, statement)
        target = _first(row, ALIGNMENTS)
        if target:
            relation = Relation(address(target, ALIGNMENTS[0]))
            draft.related[relation.uri, relation.bond] = relation
        draft.collections.update(dict.fromkeys(_several(_first(row, COLLECTIONS))))
        for category in _several(_first(row, CATEGORIES)):
            draft.broader[self._group(category)] = None
        for column in KEPT:
            draft.keep(f"osmt:{column}", _several(row.text(column)))
        self.drafts.concepts[uri] = draft

    def _group(self, category: str) -> str:
        uri = _minted("category", category)
        if uri not in self.drafts.concepts:
            self.drafts.concepts[uri] = ConceptDraft(uri, kind=Kind.GROUP)
            self.drafts.concepts[uri].name(LANGUAGE, category)
        return uri


def _first(row: Row, columns: tuple[str, ...]) -> str:
    return next(filter(None, map(row.text, columns)), "")


def _several(cell: str) -> list[str]:
    return [piece.strip() for piece in cell.split(";") if piece.strip()]


def _minted(*words: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(('osmt', *words)))}"
