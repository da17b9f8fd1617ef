"""What a programme says, in the reader's words: for its public page, its preview and lists.

Nothing is asked of the database here. What is not told stays an empty value, and templates
write "not told" for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sealwright.web.catalogue import wording
from sealwright.web.catalogue.content import (
    SKILL_LEVELS,
    Content,
    Fact,
    Link,
    Skill,
    eu_facts,
    is_web_address,
    rigour_facts,
)
from sealwright.web.catalogue.facts import NOT_COUNTED, Numbers
from sealwright.web.core.countries import country_name
from sealwright.web.organisations.models import Organisation

HIGHEST: Final = len(SKILL_LEVELS)


@dataclass(frozen=True, slots=True)
class Line:
    """A fact with its name. An empty value is not told."""

    name: str
    label: str
    value: str
    more: str = ""

    @property
    def is_told(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class ShownSkill:
    """A skill with its level in words."""

    skill: Skill

    @property
    def level_name(self) -> str:
        return str(wording.LEVELS.get(self.skill.level, ""))

    @property
    def pips(self) -> list[bool]:
        """One for each level, true up to the one that is reached; none if not told."""
        return [step <= self.skill.level for step in SKILL_LEVELS] if self.skill.level else []

    @property
    def address(self) -> str:
        """Its address in a framework, where it is one that a page may lead to."""
        return self.skill.url if is_web_address(self.skill.url) else ""

    @property
    def is_human(self) -> bool:
        return self.skill.kind == "human"

    @property
    def framework(self) -> str:
        """The framework and the code in it."""
        return " ".join(part for part in (self.skill.framework, self.skill.code) if part)


@dataclass(frozen=True, slots=True)
class Telling:
    """A programme's content as people read it. `number` is 0 for a draft."""

    content: Content
    organisation: Organisation
    programme_id: str
    number: int = 0
    published_at: datetime | None = None
    numbers: Numbers = NOT_COUNTED

    @property
    def skills(self) -> list[ShownSkill]:
        return [ShownSkill(skill) for skill in self.content.skills]

    @property
    def picture(self) -> str:
        """The address of the picture on this site; empty for the seal."""
        return f"/pictures/{self.content.picture}.png" if self.content.picture else ""

    @property
    def small_picture(self) -> str:
        """The same for pages, which are to stay light."""
        return f"/pictures/{self.content.picture}.webp" if self.content.picture else ""

    @property
    def website(self) -> str:
        """The provider's page about it, where it is one that a page may lead to."""
        return self.content.website if is_web_address(self.content.website) else ""

    @property
    def eu(self) -> list[Line]:
        """The eleven facts of the EU recommendation, told or not."""
        facts = eu_facts(
            self.content,
            awarding_body=self.organisation.name,
            country=self.organisation.country,
        )
        return [
            Line(fact.name, str(wording.EU_FACTS[fact.name]), self._eu_value(fact))
            for fact in facts
        ]

    @property
    def eu_told(self) -> int:
        return sum(line.is_told for line in self.eu)

    @property
    def rigour(self) -> list[Line]:
        """The rigour facts, told or not; the pass rate is not among them, since it is counted."""
        return rigour_lines(self.content)

    @property
    def rigour_told(self) -> int:
        return sum(line.is_told for line in self.rigour)

    @property
    def assessed(self) -> list[Line]:
        """How it is assessed: what is told by the provider."""
        own = self.content.assessment
        told = {line.name: line for line in self.rigour}
        return [
            told["type"],
            Line("description", str(wording.MEMBERS["assessment_description"]), own.description),
            told["supervision"],
            told["identity_check"],
            Line("pass_mark", str(wording.MEMBERS["pass_mark"]), own.pass_mark),
            told["retake"],
            told["evidence"],
            told["external_review"],
        ]

    @property
    def tried(self) -> Line:
        """How many tried and passed, which this site counts."""
        numbers = self.numbers
        value = ""
        if numbers.pass_rate is not None:
            value = _("%(passes)s of %(attempts)s (%(rate)d %%)") % {
                "passes": numbers.passes,
                "attempts": numbers.attempts,
                "rate": numbers.pass_rate,
            }
        return Line("tried", _("People who tried and passed"), value)

    @property
    def glance(self) -> list[Line]:
        """What is asked first, in a few words."""
        content = self.content
        names = wording.MEMBERS
        return [
            Line(
                "workload", _("Workload"), wording.workload(content.hours, content.ects)
            ),
            Line("level", _("Level"), wording.level(content.eqf)),
            Line("duration", str(names["duration"]), content.duration),
            Line(
                "participation",
                _("Participation"),
                wording.value_name("participation", content.participation),
            ),
            Line("cost", str(names["cost"]), wording.money(content.cost, content.currency)),
            Line("language", str(names["language"]), wording.language_name(content.language)),
            Line("valid", str(names["valid_months"]), wording.months(content.valid_months)),
        ]  # fmt: skip

    @property
    def grade(self) -> str:
        return wording.value_name("grade", self.content.grade)

    @property
    def prerequisites(self) -> list[Link]:
        return list(self.content.prerequisites)

    def _eu_value(self, fact: Fact) -> str:
        content = self.content
        match fact.name:
            case "learner":
                return _("By name, signed") if fact.value else ""
            case "date":
                return _("On every award")
            case "country":
                return country_name(fact.value)
            case "outcomes":
                number = len(content.outcomes)
                told = ngettext("%(number)d outcome", "%(number)d outcomes", number)
                return told % {"number": number} if number else ""
            case "workload":
                return wording.workload(content.hours, content.ects)
            case "assessment":
                return wording.value_name("type", fact.value)
            case "participation":
                return wording.value_name("participation", fact.value)
            case _:
                return fact.value


def rigour_lines(content: Content) -> list[Line]:
    """The rigour facts of a content, with their names, told or not."""
    return [
        Line(fact.name, str(wording.RIGOUR[fact.name]), _rigour_value(content, fact))
        for fact in rigour_facts(content)
    ]


def _rigour_value(content: Content, fact: Fact) -> str:
    match fact.name:
        case "workload":
            return wording.hours(content.hours)
        case "level":
            return wording.level(content.eqf)
        case name:
            return wording.value_name(name, fact.value)
