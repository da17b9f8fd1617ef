"""Small random catalogues and requests, and an exact solver to hold routes against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random

import numpy as np

from sealwright.skills.evidence import NO_KINSHIP, Evidence, Kin, Kind, Strength, hold
from sealwright.skills.frameworks import Stage
from sealwright.skills.gap import Skill, Wanted, gap, goal_from
from sealwright.skills.routes import Catalogue, Prefer, Programme, Request, Route, Taught
from sealwright.skills.routes.catalogue import Floats
from sealwright.skills.routes.offer import Offer
from sealwright.skills.routes.planning import route_of
from tests.skills.values import AT

SKILLS = {
    f"s:{n}": Skill(f"s:{n}", f"skill {n}", list(Kind)[n % 3], human=n % 3 == 2) for n in range(7)
}
DEGREE = "a:degree"


def a_request(
    *wanted: Wanted,
    held: tuple[Evidence, ...] = (),
    kinship: Mapping[str, Sequence[Kin]] = NO_KINSHIP,
    stage: Stage = Stage.MID,
    prefer: Prefer = Prefer.BALANCED,
    **more: object,
) -> Request:
    """What a learner asks who holds little; two technical skills unless others are wanted."""
    goal = goal_from(
        wanted or (Wanted("s:0", 2), Wanted("s:1", 2)), label="goal", stage=stage, skills=SKILLS
    )
    kinds = {address: skill.kind for address, skill in SKILLS.items()}
    return Request(
        gap=gap(goal, hold(held, at=AT, kinds=kinds, kinship=kinship)),
        at=AT,
        prefer=prefer,
        **more,  # type: ignore[arg-type]
    )


def a_programme(address: str, *skills: str, **more: object) -> Programme:
    """A programme that certifies these skills at level 2, by a performed task."""
    given: dict[str, object] = {
        "teaches": tuple(Taught(skill, 2) for skill in skills),
        "shown": Strength.PERFORMED_TASK,
        "hours": 10.0,
        "cost": 100.0,
        "standing": 0.8,
        "eqf": 5,
        "reviewed": AT,
    }
    return Programme(address=address, title=address, **given | more)  # type: ignore[arg-type]


def a_case(seed: int) -> tuple[Catalogue, Request]:
    """A random case, small enough to be solved exactly."""
    rng = Random(seed)
    addresses = [f"p:{n}" for n in range(rng.randint(8, 11))]
    programmes = [
        Programme(
            address=address,
            title=address,
            teaches=tuple(
                Taught(skill, rng.randint(2, 4), rng.choice([1.0, 0.8]))
                for skill in rng.sample(sorted(SKILLS), rng.randint(1, 3))
            ),
            shown=rng.choice(list(Strength)[:4]),
            hours=float(rng.randint(4, 160)) if rng.random() < 0.95 else None,
            cost=float(rng.randint(0, 2000)) if rng.random() < 0.95 else None,
            language=rng.choice(["en", "en", "en", "de"]),
            mode=rng.choice(["online", "onsite"]),
            after=tuple(rng.sample(addresses, 1)) if rng.random() < 0.2 else (),
            needs=(Taught(rng.choice(sorted(SKILLS)), rng.randint(1, 3)),)
            if rng.random() < 0.35
            else (),
            eqf=rng.randint(4, 7),
            credits=float(rng.randint(0, 10)),
            towards=frozenset({DEGREE}) if rng.random() < 0.4 else frozenset(),
            reviewed=AT - timedelta(rng.randint(0, 2000)) if rng.random() < 0.8 else None,
            standing=rng.uniform(0.3, 1.0),
            known=rng.random(),
            rigour=rng.random(),
        )
        for address in addresses
    ]
    prefer = rng.choice(list(Prefer))
    wanted = [
        Wanted(skill, rng.randint(1, 4), rng.uniform(0.3, 1.5))
        for skill in rng.sample(sorted(SKILLS), rng.randint(5, 7))
    ]
    held = tuple(
        Evidence(skill=skill, strength=rng.choice(list(Strength)), when=AT, level=2, verified=True)
        for skill in rng.sample(sorted(SKILLS), 1)
    )
    request = a_request(
        *wanted,
        held=held,
        stage=rng.choice(list(Stage)),
        prefer=prefer,
        budget=rng.choice([None, 1000.0, 2500.0, 4000.0]),
        deadline=rng.choice([None, AT + timedelta(150), AT + timedelta(400)]),
        hours_a_week=rng.choice([5.0, 12.0]),
        languages=rng.choice([frozenset(), frozenset(), frozenset({"en"})]),
        modes=rng.choice([frozenset(), frozenset(), frozenset({"online"})]),
        done=frozenset(rng.sample(addresses, 1)) if rng.random() < 0.3 else frozenset(),
        degree=DEGREE if prefer is Prefer.DEGREE else "",
        steps=rng.choice([3, 4, 6]),
    )
    return Catalogue(programmes), request


def unbound(request: Request) -> Request:
    """The same request, which every programme fits."""
    nothing: frozenset[str] = frozenset()
    return replace(
        request, budget=None, deadline=None, languages=nothing, modes=nothing, done=nothing
    )


def offered(catalogue: Catalogue, request: Request) -> Floats:
    """What each programme is worth by itself, reckoned for the whole catalogue at once."""
    offer = Offer.of(catalogue, request)
    scores = -offer.prices(request)
    for each in offer.closings:
        np.add.at(scores, each.places, each.worth(offer.weights(request)))
    return scores


def exact(catalogue: Catalogue, request: Request) -> Route | None:
    """The best route there is, by trying every set; within the quota wherever one is."""
    routes = [route for route in _routes(catalogue, request) if route.score > 1e-9]
    balanced = [route for route in routes if route.meets_quota]
    return max(balanced or routes, key=lambda route: route.score, default=None)


def _routes(catalogue: Catalogue, request: Request) -> Iterator[Route]:
    open_to = [
        each
        for each in catalogue.programmes
        if (not request.languages or each.language in request.languages)
        and (not request.modes or each.mode in request.modes)
        and each.address not in request.done
        and (request.budget is None or each.cost is not None)
        and (request.deadline is None or each.hours is not None)
    ]
    for number in range(1, request.steps + 1):
        for chosen in combinations(open_to, number):
            if sum(map(request.cost_of, chosen)) > request.money:
                continue
            if sum(map(request.hours_of, chosen)) > request.hours + 1e-9:
                continue
            try:
                yield route_of(chosen, request)
            except ValueError:
                continue


def broken(route: Route, best: Route | None, request: Request) -> list[str]:
    """Which bounds a route breaks; the quota is one where the exact solver could meet it."""
    done: list[Programme] = []
    faults = []
    for step in route.steps:
        it = step.programme
        there = request.done | {each.address for each in done}
        taught = [taught for each in done for taught in each.teaches]
        if not set(it.after) <= there or not all(
            request.proven(need)
            or any(each.skill == need.skill and each.level >= need.level for each in taught)
            for need in it.needs
        ):
            faults.append(f"{it.address} is not prepared for")
        if request.languages and it.language not in request.languages:
            faults.append(f"{it.address} is in another language")
        if request.modes and it.mode not in request.modes:
            faults.append(f"{it.address} is of another mode")
        if it.cost is None and request.budget is not None:
            faults.append(f"{it.address} does not tell its cost")
        if it.hours is None and request.deadline is not None:
            faults.append(f"{it.address} does not tell its hours")
        if it.address in there:
            faults.append(f"{it.address} is done already")
        done.append(it)
    if route.cost > request.money:
        faults.append("it costs more than the budget")
    if request.deadline is not None and route.steps and route.steps[-1].ends > request.deadline:
        faults.append("it ends after the deadline")
    if len(route.steps) > request.steps:
        faults.append("it has too many steps")
    if best is not None and best.meets_quota and not route.meets_quota:
        faults.append("it misses a quota that can be met")
    return faults
