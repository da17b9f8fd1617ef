"""What a goal asks for, what of it a person can prove, and where else that would take them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil
from statistics import fmean

from sealwright.skills import frameworks
from sealwright.skills.defaults import DEFAULTS, Defaults
from sealwright.skills.errors import UnfitRequest
from sealwright.skills.evidence import LEVELS, Cover, Held, Kind, State
from sealwright.skills.frameworks import (
    Concept,
    Framework,
    Need,
    Occupation,
    Promotions,
    Stage,
    Tier,
)
from sealwright.skills.terms import Term, total

ONET_LEVELS = 7
ONET_WHOLE = 5 * ONET_LEVELS
"""The highest importance times the highest level that O*NET gives."""


@dataclass(frozen=True, slots=True)
class Skill:
    """What has to be known of a skill here. Human skills stand beside the technical ones."""

    address: str
    label: str
    kind: Kind = Kind.METHOD
    human: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A skill that somebody asks for, before it is weighed against the others."""

    skill: str
    level: int
    weight: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A skill that a goal asks for. The weights of one goal add up to 1."""

    skill: Skill
    level: int
    weight: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Above:
    """An occupation that a senior goal reaches for."""

    address: str
    label: str
    alike: float | None = None
    """How alike both are, from 0 to 1, where it is only proposed; None where it was told."""
    shared: tuple[str, ...] = ()
    """Where it is proposed: labels of the skills that are essential to both, the rarest first."""


@dataclass(frozen=True, slots=True)
class Goal:
    """The role a learner aims for, with what it asks, the weightiest first."""

    address: str
    label: str
    stage: Stage
    asked: tuple[Asked, ...]
    field: str = ""
    """The field it belongs to, in words."""
    above: tuple[Above, ...] = ()
    """What a senior goal reaches for; a part of what they ask is in it."""

    @property
    def human_share(self) -> float:
        """How much of it is human skills, from 0 to 1."""
        return sum(each.weight for each in self.asked if each.skill.human)


# --- What a goal asks -----------------------------------------------------------------------


def skills_of(framework: Framework, language: str = "en") -> dict[str, Skill]:
    """The skills of a framework, by address."""
    return {
        concept.uri: Skill(
            concept.uri, concept.label(language), kind_of(concept), concept.transversal
        )
        for concept in framework.skills()
    }


def kind_of(concept: Concept) -> Kind:
    """How a concept ages: human skills slowest, technologies fastest, methods between them."""
    if concept.transversal:
        return Kind.TRANSVERSAL
    is_technology = concept.kind is frameworks.Kind.TECHNOLOGY
    return Kind.TECHNOLOGY if is_technology else Kind.METHOD


def goal_from(
    wanted: Iterable[Wanted],
    *,
    label: str,
    stage: Stage,
    skills: Mapping[str, Skill],
    address: str = "",
    field: str = "",
) -> Goal:
    """A goal from what is wanted: of an advert, or of a profile that somebody drew up.

    A skill that is wanted twice is wanted once, at the higher level and the greater weight. One
    that `skills` does not know is a technical method called by its address. Raises
    `UnfitRequest` where nothing is asked.
    """
    merged: dict[str, Wanted] = {}
    for each in wanted:
        before = merged.get(each.skill, each)
        heavier = before if before.weight >= each.weight else each
        merged[each.skill] = replace(heavier, level=max(before.level, each.level))
    whole = sum(each.weight for each in merged.values())
    if whole <= 0:
        raise UnfitRequest(f"{label or address} asks for no skill", code="goal-empty")
    asked = (
        Asked(skills.get(w.skill) or Skill(w.skill, w.skill), w.level, w.weight / whole, w.reason)
        for w in merged.values()
    )
    order = sorted(asked, key=lambda each: (-each.weight, each.skill.address))
    return Goal(address, label, stage, tuple(order), field)


def goal_of(
    occupation: str,
    stage: Stage,
    framework: Framework,
    *,
    skills: Mapping[str, Skill] | None = None,
    demand: Mapping[str, float] | None = None,
    language: str = "en",
    promotions: Promotions | None = None,
    defaults: Defaults = DEFAULTS,
) -> Goal:
    """What an occupation asks at a stage of a career.

    A need weighs 1, or half where it is optional (in O*NET: importance × level / 35), times the
    demand for the skill, times how much the stage makes of skills that carry as far as this one.
    A senior goal adds the needs of the occupations that its holder would move up to, in part;
    where a framework relates an occupation to none, one is proposed. `promotions` spares many
    goals of one framework making them anew. `demand` is 1 where it names no skill, and counts
    from 0.75 to 1.5.

    Raises `UnknownSkill` for an occupation that the framework does not have, `UnfitRequest` for
    one that asks for nothing.
    """
    it = framework.occupation(occupation)
    factors = {tool.uri: defaults.demand["in-demand"] for tool in it.tools if tool.in_demand}
    factors |= demand or {}
    skills = skills_of(framework, language) if skills is None else skills
    wanted = list(_wanted(it, stage, framework, factors, defaults))
    above: tuple[Above, ...] = ()
    if stage is Stage.SENIOR:
        above = tuple(_above(it, framework, promotions, language, skills, defaults))
    for other in above:
        higher = framework.occupation(other.address)
        for each in _wanted(higher, stage, framework, factors, defaults):
            reason = f"{each.reason}, as {other.label}"
            weight = each.weight * defaults.moving_up
            wanted.append(replace(each, weight=weight, reason=reason))
    goal = goal_from(
        wanted,
        label=it.label(language),
        stage=stage,
        skills=skills,
        address=occupation,
        field=_field(it, framework, language),
    )
    return replace(goal, above=above)


def goals_of(
    framework: Framework,
    stage: Stage,
    *,
    language: str = "en",
    defaults: Defaults = DEFAULTS,
) -> Iterator[Goal]:
    """Every occupation of a framework as a goal, but for those that ask for nothing then."""
    skills = skills_of(framework, language)
    promotions = None
    if stage is Stage.SENIOR and not all(each.related for each in framework.occupations):
        promotions = Promotions(framework, defaults.proposed_from)
    for each in framework.occupations:
        try:
            yield goal_of(
                each.uri,
                stage,
                framework,
                skills=skills,
                language=language,
                promotions=promotions,
                defaults=defaults,
            )
        except UnfitRequest:
            continue


def _wanted(
    it: Occupation,
    stage: Stage,
    framework: Framework,
    demand: Mapping[str, float],
    defaults: Defaults,
) -> Iterator[Wanted]:
    tools = {tool.uri for tool in it.tools if tool.in_demand} - {need.skill for need in it.needs}
    rated = [need.importance * need.level for need in it.needs if need.importance and need.level]
    # What a framework does not rate, such as its tools, must not outweigh what it does.
    usual = fmean(rated) / ONET_WHOLE if rated else 1.0
    for need in (*it.needs, *(Need(uri, essential=False) for uri in sorted(tools))):
        level = _level(need, stage, defaults)
        if not level:
            continue
        factor = min(
            max(demand.get(need.skill, 1.0), defaults.demand["low"]), defaults.demand["high"]
        )
        factor *= defaults.stages[f"{stage}/{_reuse(need.skill, framework)}"]
        kind = "essential" if need.essential else "optional"
        if need.importance is not None and need.level is not None:
            weight = need.importance * need.level / ONET_WHOLE
            reason = f"importance {need.importance:g}, level {need.level:g} of {ONET_LEVELS}"
        else:
            weight, reason = defaults.needs[kind] * usual, kind
        yield Wanted(need.skill, level, weight * factor, reason)


def _level(need: Need, stage: Stage, defaults: Defaults) -> int:
    """The level asked, 1 to 4; 0 where the skill is not asked for at this stage."""
    level = need.at(stage)
    if level is None:
        return round(defaults.levels[stage])
    if need.by_stage is None:
        if need.importance is not None:
            level = ceil(level * len(LEVELS) / ONET_LEVELS)
        level = max(level - (stage is Stage.EARLY), 1)
    return min(round(level), LEVELS[-1])


def _reuse(skill: str, framework: Framework) -> str:
    if not framework.has_concept(skill):
        return frameworks.Reuse.SECTOR
    concept = framework.concept(skill)
    if concept.transversal:
        return frameworks.Reuse.TRANSVERSAL
    return concept.reuse or frameworks.Reuse.SECTOR


def _above(
    it: Occupation,
    framework: Framework,
    promotions: Promotions | None,
    language: str,
    skills: Mapping[str, Skill],
    defaults: Defaults,
) -> Iterator[Above]:
    """Where a senior would move up to: a step up as such, or a near occupation that manages."""
    for each in it.related:
        if not framework.has_occupation(each.uri):
            continue
        other = framework.occupation(each.uri)
        if each.tier is Tier.NEXT or (each.tier is Tier.PRIMARY_SHORT and _manages(other)):
            yield Above(other.uri, other.label(language))
    if not it.related:
        promotion = (promotions or Promotions(framework, defaults.proposed_from)).of(it.uri)
        if promotion is not None:
            shared = (skills[each].label if each in skills else each for each in promotion.shared)
            label = framework.occupation(promotion.uri).label(language)
            yield Above(promotion.uri, label, promotion.alike, tuple(shared))


def _manages(it: Occupation) -> bool:
    """Is it in the group of managers, of SOC ("11-2021") or of ISCO ("1221")?"""
    return it.code.startswith("11-") if "-" in it.code else it.code.startswith("1")


def _field(it: Occupation, framework: Framework, language: str) -> str:
    above = [uri for uri in framework.ancestors(it.uri) if framework.has_concept(uri)]
    return framework.concept(above[-1]).label(language) if above else ""


# --- What is missing ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One skill of a goal beside what is held of it."""

    asked: Asked
    held: Held
    cover: Cover

    @property
    def state(self) -> State:
        """Proven, ageing, claimed or open."""
        return self.held.state

    @property
    def missing(self) -> float:
        """The part of the goal that is not proven here; 0 where all that is asked is."""
        return self.asked.weight * (1 - self.cover.value)

    @property
    def levels_missing(self) -> int:
        """How many levels lie between what is shown and what is asked."""
        shown = self.cover.best.level if self.cover.best else 0
        return max(self.asked.level - shown, 0)


@dataclass(frozen=True, slots=True)
class Gap:
    """A goal and how much of it is proven; what is missing most comes first."""

    goal: Goal
    lines: tuple[Line, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """What each skill adds to the coverage."""
        return tuple(
            Term(line.asked.skill.address, line.asked.weight * line.cover.value, line.state)
            for line in self.lines
        )

    @property
    def coverage(self) -> float:
        """How much of the goal is proven, from 0 to 1."""
        return total(self.terms)

    def part(self, *, human: bool) -> float | None:
        """How much of its human, or of its technical skills is proven; None without any."""
        lines = [line for line in self.lines if line.asked.skill.human is human]
        whole = sum(line.asked.weight for line in lines)
        return 1 - sum(line.missing for line in lines) / whole if lines else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """What counts most, for and against, in a sentence each."""
        held = sorted(self.lines, key=lambda line: line.missing - line.asked.weight)
        have = [line.asked.skill.label for line in held if line.cover.value > 0][:3]
        lack = [line.asked.skill.label for line in self.lines if line.missing > 0][:3]
        return (
            f"Proven already: {', '.join(have) or 'nothing'}.",
            f"Missing most: {', '.join(lack) or 'nothing'}.",
        )


def gap(goal: Goal, held: Mapping[str, Held]) -> Gap:
    """What is missing for a goal, the largest part first, ties by address."""
    return _gap(goal, held, {})


def _gap(goal: Goal, held: Mapping[str, Held], seen: dict[tuple[str, int], Cover]) -> Gap:
    """`seen` keeps what many goals ask alike, which is most of what they ask."""
    lines = []
    for each in goal.asked:
        address = each.skill.address
        of_skill = held.get(address) or Held(address, State.OPEN)
        cover = seen.get((address, each.level))
        if cover is None:
            cover = seen[address, each.level] = of_skill.cover(each.level)
        lines.append(Line(each, of_skill, cover))
    return Gap(goal, tuple(sorted(lines, key=lambda it: (-it.missing, it.asked.skill.address))))


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal within somebody's reach. Goals of equal coverage share a rank."""

    rank: int
    gap: Gap


def reach(goals: Iterable[Goal], held: Mapping[str, Held], *, top: int = 0) -> list[Reached]:
    """Goals by how much of each is proven already, the most first, in whatever field.

    A goal of which nothing is proven is not within reach. With `top`, only so many ranks, with
    every tie at the end.
    """
    seen: dict[tuple[str, int], Cover] = {}
    each_gap = (_gap(goal, held, seen) for goal in goals)
    gaps = [(round(found.coverage, 12), found) for found in each_gap if found.coverage > 0]
    gaps.sort(key=lambda pair: (-pair[0], pair[1].goal.address, pair[1].goal.label))
    reached: list[Reached] = []
    for place, (coverage, found) in enumerate(gaps, start=1):
        tied = place > 1 and coverage == gaps[place - 2][0]
        rank = reached[-1].rank if tied else place
        if top and rank > top:
            break
        reached.append(Reached(rank, found))
    return reached
