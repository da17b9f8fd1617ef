"""What a programme says: a value, written as JSON into drafts and published versions.

Every member may be left empty: "" or None stands for "not told", which counts neither for nor
against. Standards: Annex I of the Council Recommendation on micro-credentials (2022/C 243/02)
for the facts, Open Badges 3.0 for what becomes part of a credential.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
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


PARTS: Final[dict[str, tuple[str, ...]]] = {
    "identity": ("title", "summary", "description", "language", "country", "field", "website"),
    "skills": ("skills", "outcomes"),
    "level": (
        "eqf", "hours", "ects", "participation", "duration", "cost", "currency", "quality",
    ),
    "assessment": ("assessment",),
    "criteria": ("criteria",),
    "evidence": ("evidence_asked", "grade"),
    "design": ("picture", "picture_caption", "name_signed", "email_hashed", "valid_months"),
    "stacking": ("prerequisites", "stacks_into", "further"),
}  # fmt: skip
"""The eight parts of the designer, and the members of `Content` that each of them tells."""

Standing = Literal["needed", "gaps", "optional", "done"]
"""Of a part: something is needed before publishing; something that readers look for is not
told; nothing is told, and nobody misses it; all is told."""

TELLING: Final[dict[str, tuple[str, ...]]] = {
    "identity": ("title", "summary", "description", "field"),
    "skills": ("skills", "outcomes"),
    "level": ("eqf", "hours", "participation", "cost", "quality"),
    "assessment": (
        "type", "supervision", "identity_check", "retake", "evidence", "external_review",
    ),
    "criteria": ("criteria",),
    "evidence": (),
    "design": (),
    "stacking": (),
}  # fmt: skip
"""What readers look for in each part, so that a gap is worth a mark. Nothing else is missed."""

NEEDED: Final = ("title", "description", "skills", "criteria")
"""What a version cannot be published without."""

MANY: Final = 20
"""The most skills, outcomes, prerequisites and larger programmes that one programme names."""

LARGEST: Final = 1_000_000
"""The largest number of hours, credits, months or money that is believed."""

LONGEST: Final[dict[str, int]] = {
    "title": 160,
    "summary": 400,
    "description": 5_000,
    "language": 12,
    "country": 2,
    "field": 80,
    "website": 200,
    "outcome": 300,
    "duration": 120,
    "currency": 3,
    "quality": 300,
    "criteria": 10_000,
    "evidence_asked": 2_000,
    "grade": 80,
    "picture_caption": 200,
    "further": 2_000,
    "skill_name": 120,
    "skill_url": 300,
    "skill_framework": 80,
    "skill_code": 60,
    "shown_by": 300,
    "link": 200,
    "assessment": 1_000,
    "pass_mark": 120,
}
"""The most characters of each text."""


def missing(content: Content) -> tuple[str, ...]:
    """What is still needed before the content can be published."""
    return tuple(name for name in NEEDED if not getattr(content, name))


def is_web_address(text: str) -> bool:
    """May a page lead there?

    >>> is_web_address("https://x.example"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    return text.lower().startswith(("http://", "https://"))


def unfit(content: Content) -> tuple[str, ...]:
    """The members that are too long, too many, or none of the values they may have.

    Forms keep people from writing any; this keeps programs from it.
    """
    return tuple(dict.fromkeys(_unfit(content)))


def _unfit(content: Content) -> Iterator[str]:
    lengths = {name: str(getattr(content, name)) for name in LONGEST if hasattr(content, name)}
    del lengths["assessment"]
    yield from (name for name, text in lengths.items() if len(text) > LONGEST[name])
    for name in ("skills", "outcomes", "prerequisites", "stacks_into"):
        if len(getattr(content, name)) > MANY:
            yield name
    for skill in content.skills:
        texts = (
            (skill.name, "skill_name"), (skill.url, "skill_url"), (skill.code, "skill_code"),
            (skill.framework, "skill_framework"), (skill.shown_by, "shown_by"),
        )  # fmt: skip
        if any(len(text) > LONGEST[limit] for text, limit in texts) or not skill.name:
            yield "skills"
        if skill.url and not is_web_address(skill.url):
            yield "skills"
        if skill.kind not in KINDS or skill.level not in (0, *SKILL_LEVELS):
            yield "skills"
    if any(len(outcome) > LONGEST["outcome"] for outcome in content.outcomes):
        yield "outcomes"
    if any(len(text) > LONGEST["assessment"] for text in asdict(content.assessment).values()):
        yield "assessment"
    for name, value, allowed in (
        ("eqf", content.eqf, EQF_LEVELS),
        ("participation", content.participation, PARTICIPATION),
        ("assessment", content.assessment.type, ASSESSMENT_TYPES),
        ("assessment", content.assessment.supervision, SUPERVISION),
        ("assessment", content.assessment.identity_check, IDENTITY_CHECK),
    ):
        if value and value not in allowed:
            yield name
    if content.website and not is_web_address(content.website):
        yield "website"
    for name in ("hours", "ects", "cost", "valid_months"):
        value = getattr(content, name)
        if value is not None and not 0 <= value <= LARGEST:
            yield name


def gaps(content: Content, part: str) -> tuple[str, ...]:
    """What readers look for in a part and is not told."""
    told = content.assessment if part == "assessment" else content
    return tuple(name for name in TELLING[part] if getattr(told, name) in ("", None, ()))


def standing(content: Content, part: str) -> Standing:
    """How far a part is."""
    if set(missing(content)) & set(PARTS[part]):
        return "needed"
    if gaps(content, part):
        return "gaps"
    is_untouched = members_of(content, part) == members_of(Content(), part)
    return "optional" if is_untouched and part != "design" else "done"


def mark_of(content: Content, part: str = "") -> str:
    """A short mark of what the content, or one part of it, says.

    Two people saw the same if their marks are the same.
    """
    told = members_of(content, part) if part else content.as_json()
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def members_of(content: Content, part: str) -> dict[str, Any]:
    """The members of one part, as JSON values."""
    written = content.as_json()
    return {name: written[name] for name in PARTS[part]}


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
