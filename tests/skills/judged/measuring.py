"""How well a ranking agrees with the grades: nDCG@10, ours beside two plain ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from math import fsum, log, log2, sqrt
from statistics import mean
from typing import Final

from sealwright.skills.defaults import DEFAULTS, Defaults
from sealwright.skills.evidence import Evidence, Strength, hold
from sealwright.skills.frameworks import Stage, demo
from sealwright.skills.gap import gap, goal_of, skills_of
from sealwright.skills.routes import Catalogue, Programme, Request, Taught, rank
from tests.skills.judged.reading import Judged, Listed, catalogue, judged, providers

AT: Final = date(2026, 11, 1)
A_YEAR_AGO: Final = date(2025, 11, 1)
DEMO: Final = "https://skills.sealwright.example/demo"
BEST: Final = 10


def ndcg(order: Sequence[str], grades: dict[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten, with gains of 2^grade - 1.

    >>> ndcg(["a", "b"], {"a": 3, "b": 1}), round(ndcg(["b", "a"], {"a": 3, "b": 1}), 2)
    (1.0, 0.71)
    """
    ideal = sorted(grades.values(), reverse=True)
    return _gain([grades.get(name, 0) for name in order]) / _gain(ideal)


def _gain(grades: Sequence[int]) -> float:
    return fsum((2**grade - 1) / log2(n + 2) for n, grade in enumerate(grades[:BEST]))


def measured(defaults: Defaults = DEFAULTS) -> dict[str, dict[str, float]]:
    """The mean nDCG@10 over goals and stages: `tune` and `report`, of each ranking."""
    orders: dict[str, Ours | Popular | Plain] = {
        "ours": Ours(defaults),
        "popularity": Popular(),
        "text": Plain(),
    }
    goals = judged()
    return {
        part: {
            name: mean(
                ndcg(order.of(goal, stage), goal.grades[stage.value])
                for goal in goals
                if goal.may_tune is tuning
                for stage in Stage
            )
            for name, order in orders.items()
        }
        for part, tuning in (("tune", True), ("report", False))
    }


class Ours:
    """The ranking of `sealwright.skills.routes.rank`."""

    def __init__(self, defaults: Defaults = DEFAULTS) -> None:
        self.defaults = defaults
        self.framework = demo()
        self.skills = skills_of(self.framework)
        self.catalogue = Catalogue(map(programme, catalogue()))

    def request(self, goal: Judged, stage: Stage) -> Request:
        """What the learner of a judged goal asks."""
        wanted = goal_of(
            f"{DEMO}/occupation/{goal.name}",
            stage,
            self.framework,
            skills=self.skills,
            defaults=self.defaults,
        )
        evidence = [
            Evidence(
                skill=f"{DEMO}/skill/{name}",
                strength=Strength.REVIEWED_PROJECT,
                level=level,
                when=A_YEAR_AGO,
                verified=True,
            )
            for name, level in goal.holds[stage.value].items()
        ]
        kinds = {address: skill.kind for address, skill in self.skills.items()}
        held = hold(evidence, at=AT, kinds=kinds, defaults=self.defaults)
        return Request(gap=gap(wanted, held), at=AT, defaults=self.defaults)

    def of(self, goal: Judged, stage: Stage) -> list[str]:
        found = rank(self.catalogue, self.request(goal, stage), top=BEST)
        return [each.programme.address for each in found]


class Popular:
    """What most badges were given for, whatever the goal."""

    def of(self, goal: Judged, stage: Stage) -> list[str]:
        return [each.name for each in sorted(catalogue(), key=lambda it: (-it.given, it.name))]


class Plain:
    """TF-IDF of words: the goal's title, description and skills against a programme's text."""

    def __init__(self) -> None:
        self.framework = demo()
        self.names = {each.name for each in catalogue()}
        texts = {each.name: _words(self._text(each)) for each in catalogue()}
        documents = Counter(word for words in texts.values() for word in set(words))
        self.weights = {word: log(len(texts) / n) for word, n in documents.items()}
        self.vectors = {name: self._vector(words) for name, words in texts.items()}

    def _text(self, each: Listed) -> str:
        labels = (self.framework.concept(f"{DEMO}/skill/{name}").label() for name in each.skills)
        return " ".join([each.title, each.says, *labels])

    def of(self, goal: Judged, stage: Stage) -> list[str]:
        it = self.framework.occupation(f"{DEMO}/occupation/{goal.name}")
        labels = (self.framework.concept(need.skill).label() for need in it.needs if need.at(stage))
        wanted = self._vector(_words(" ".join([it.label(), it.description(), *labels])))
        scores = {
            name: sum(weight * wanted.get(word, 0) for word, weight in vector.items())
            for name, vector in self.vectors.items()
        }
        return sorted(self.names, key=lambda name: (-scores[name], name))

    def _vector(self, words: Sequence[str]) -> dict[str, float]:
        found = {w: n * self.weights.get(w, 0.0) for w, n in Counter(words).items()}
        length = sqrt(sum(weight**2 for weight in found.values())) or 1.0
        return {word: weight / length for word, weight in found.items()}


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.casefold())


def programme(each: Listed) -> Programme:
    """A programme of the catalogue as a route sees it."""
    year, month = map(int, each.reviewed.split("-"))
    return Programme(
        address=each.name,
        title=each.title,
        provider=each.provider,
        teaches=tuple(Taught(f"{DEMO}/skill/{n}", level) for n, level in each.skills.items()),
        shown=Strength(each.shown),
        hours=each.hours,
        cost=each.cost,
        mode=each.mode,
        needs=tuple(Taught(f"{DEMO}/skill/{n}", level) for n, level in each.needs_skills.items()),
        eqf=each.eqf,
        credits=each.ects,
        towards=frozenset({each.towards} - {""}),
        reviewed=date(year, month, 1),
        standing=providers()[each.provider],
        given=each.given,
    )
