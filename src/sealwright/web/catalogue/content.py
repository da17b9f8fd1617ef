"""What a programme says: a value, written as JSON into drafts and published versions.

Every member may be left empty: "" or None stands for "not told", which counts neither for nor
against. Standards: Annex I of the Council Recommendation on micro-credentials (2022/C 243/02)
for the facts, Open Badges 3.0 for what becomes part of a credential.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from dataclasses import field as member
from typing import Any, Final, Literal, get_args

Kind = Literal["technical", "human"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

SKILL_LEVELS: Final = (1, 2, 3, 4)
"""Foundation, working, skilled, expert: four named levels; 0 stands for not told."""

PARTICIPATION: Final = ("online", "onsite", "blended")
ASSESSMENT_TYPES: Final = (
    "performed-task",
    "supervised-exam",
    "reviewed-project",
    "unsupervised-quiz",
    "attendance",
)
"""How a skill was shown, the strongest evidence first (see the domain's glossary)."""

SUPERVISION: Final = ("onsite", "online-proctored", "none")
IDENTITY_CHECK: Final = ("document", "account", "none")
EQF_LEVELS: Final = ("1", "2", "3", "4", "5", "6", "7", "8")

GRADES: Final = ("percent", "letter", "merit")
"""Grades with a meaning of their own: 0 to 100, A to F, and pass, merit or distinction.

Any other text in `Content.grade` says in words what a grade looks like.
"""

FIELDS: Final = (
    "generic",
    "education",
    "arts-humanities",
    "social-sciences",
    "business-law",
    "natural-sciences",
    "computing",
    "engineering",
    "agriculture",
    "health-welfare",
    "services",
)
"""The broad fields of ISCED-F 2013, 00 to 10. Other text in `Content.field` stands as it is."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that the programme certifies. `url` is its address in a framework, where known."""

    name: str
    kind: str = "technical"
    level: int = 0
    url: str = ""
    framework: str = ""
    code: str = ""
    shown_by: str = ""
    """One sentence: how a holder has shown it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another programme: of this site by its id, or of anybody in words.

    Publishing fills in which version was current then, so that what is signed stays exact.
    """

    text: str
    programme: str = ""
    version: int = 0

    @property
    def path(self) -> str:
        """Where it is on this site; empty for a programme in words only."""
        if not self.programme:
            return ""
        return f"/programmes/{self.programme}" + (
            f"/versions/{self.version}" if self.version else ""
        )


@dataclass(frozen=True, slots=True)
class Assessment:
    """How it is assessed: the rigour facts, each told or not."""

    type: str = ""
    description: str = ""
    supervision: str = ""
    identity_check: str = ""
    retake: str = ""
    evidence: str = ""
    external_review: str = ""
    pass_mark: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a version says, in the order of the designer's eight parts."""

    # Identity
    title: str = ""
    summary: str = ""
    description: str = ""
    language: str = "en"
    country: str = ""
    field: str = ""
    website: str = ""
    # Skills
    skills: tuple[Skill, ...] = ()
    outcomes: tuple[str, ...] = ()
    # Level and workload
    eqf: str = ""
    hours: float | None = None
    ects: float | None = None
    participation: str = ""
    duration: str = ""
    cost: float | None = None
    currency: str = "EUR"
    quality: str = ""
    """Type of quality assurance behind it, in words."""
    # Assessment
    assessment: Assessment = member(default_factory=Assessment)
    # Criteria
    criteria: str = ""
    # Evidence
    evidence_asked: str = ""
    grade: str = ""
    """What a grade looks like where one is given: one of `GRADES` or words; empty: none is."""
    # Design
    picture: str = ""
    """Public id of a `Picture`; empty: the seal."""
    picture_caption: str = ""
    """What the picture shows, for people who cannot see it."""
    name_signed: bool = True
    email_hashed: bool = False
    valid_months: int | None = None
    # Stacking
    prerequisites: tuple[Link, ...] = ()
    stacks_into: tuple[Link, ...] = ()
    further: str = ""

    @classmethod
    def from_json(cls, members: Mapping[str, Any]) -> Content:
        """From what `as_json` wrote, perhaps by an older version: unknown members are dropped."""
        known = _known(cls, members)
        return cls(
            **known
            | {
                "skills": tuple(Skill(**_known(Skill, s)) for s in members.get("skills", ())),
                "outcomes": tuple(members.get("outcomes", ())),
                "assessment": Assessment(**_known(Assessment, members.get("assessment", {}))),
                "prerequisites": _links(members.get("prerequisites", ())),
                "stacks_into": _links(members.get("stacks_into", ())),
            }
        )

    def as_json(self) -> dict[str, Any]:
        """As JSON values, every member written out."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that the EU recommendation asks for: its name, and what was told ("" if not)."""

    name: str
    value: str

    @property
    def is_told(self) -> bool:
        return bool(self.value)


def eu_facts(content: Content, *, awarding_body: str, country: str) -> tuple[Fact, ...]:
    """The eleven mandatory elements of Annex I, told or not.

    The date of issue is told by every award; the learner is identified by the name that the
    issuer signs, unless the programme switched that off.
    """
    assessment = content.assessment
    workload = " · ".join(
        part
        for part in (
            f"{content.hours:g} h" if content.hours is not None else "",
            f"{content.ects:g} ECTS" if content.ects is not None else "",
        )
        if part
    )
    return (
        Fact("learner", "name" if content.name_signed else ""),
        Fact("title", content.title),
        Fact("country", content.country or country),
        Fact("awarding-body", awarding_body),
        Fact("date", "date"),
        Fact("outcomes", "; ".join(content.outcomes)),
        Fact("workload", workload),
        Fact("level", f"EQF {content.eqf}" if content.eqf else ""),
        Fact("assessment", assessment.type),
        Fact("participation", content.participation),
        Fact("quality", content.quality),
    )


RIGOUR: Final = (
    "workload",
    "level",
    "type",
    "supervision",
    "identity_check",
    "retake",
    "evidence",
    "external_review",
)
"""The rigour facts that a programme tells; the pass rate is counted, never told."""


def rigour_facts(content: Content) -> tuple[Fact, ...]:
    """The rigour facts, each with what was told."""
    facts = {
        "workload": f"{content.hours:g} h" if content.hours is not None else "",
        "level": f"EQF {content.eqf}" if content.eqf else "",
    }
    return tuple(
        Fact(name, facts.get(name) or str(getattr(content.assessment, name, ""))) for name in RIGOUR
    )


def _known(kind: Any, members: Mapping[str, Any]) -> dict[str, Any]:
    names = {each.name for each in fields(kind)}
    return {name: value for name, value in members.items() if name in names}


def _links(values: Any) -> tuple[Link, ...]:
    return tuple(Link(**_known(Link, value)) for value in values)
