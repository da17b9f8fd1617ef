"""For which other skills a skill speaks, read from the rows of its framework."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sealwright.skills.frameworks import About, Bond, Concept, Framework, Kind, Relation, demo
from sealwright.skills.kinship import kinship_of
from sealwright.web.catalogue import frameworks
from sealwright.web.catalogue.frameworks import part_around
from sealwright.web.catalogue.models import SkillFramework
from sealwright.web.catalogue.services import bring_framework

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, tzinfo=UTC)
ROOM = "https://skills.example/"
ELSEWHERE = "https://elsewhere.example/loaves"


def concept(name: str, *broader: str, **told: Any) -> Concept:
    return Concept(
        ROOM + name, (("en", name),), broader=tuple(ROOM + each for each in broader), **told
    )


BAKERY = Framework(
    About(ROOM, (("en", "Bakery"),), "1"),
    (
        concept("food", kind=Kind.GROUP),
        concept("cook", "food"),
        concept("bake", "cook", "gone"),
        concept("bread", "bake", related=(Relation(ROOM + "loaf", Bond.SAME),)),
        concept("rolls", "bread", "bake"),
        concept("loaf", "shapes", related=(Relation(ELSEWHERE, Bond.SAME), Relation(ROOM + "x"))),
        concept("shapes", "ring"),
        concept("ring", "shapes"),
    ),
)


def bring(framework: Framework) -> SkillFramework:
    return bring_framework(framework, by="operator", at=AT)


@pytest.mark.parametrize("framework", [BAKERY, demo()], ids=["small", "shipped"])
def test_a_part_knows_what_the_whole_framework_knows(framework: Framework) -> None:
    kept = bring(framework)
    skills = [each.uri for each in framework.skills()] + [ELSEWHERE]

    for some in ([each] for each in skills):
        assert kinship_of(some, part_around(kept, some)) == kinship_of(some, framework)
    assert kinship_of(skills, part_around(kept, skills)) == kinship_of(skills, framework)


def test_a_part_has_what_is_needed_and_no_more() -> None:
    kept = bring(BAKERY)

    def names(url: str) -> list[str]:
        return sorted(each.label() for each in part_around(kept, [url]).concepts)

    assert names(ROOM + "bake") == ["bake", "cook", "food"]
    assert names(ELSEWHERE) == ["loaf", "ring", "shapes"]
    assert names("urn:x:unknown") == []


def test_skills_of_another_version_are_no_kin() -> None:
    old = bring(BAKERY)
    new = bring(Framework(About(ROOM, (("en", "Bakery"),), "2"), BAKERY.concepts[:3]))

    assert kinship_of([ELSEWHERE], part_around(old, [ELSEWHERE])) != {}
    assert part_around(new, [ELSEWHERE]).concepts == ()


def test_a_query_a_step_is_enough_for_any_number_of_skills(
    django_assert_max_num_queries: Any,
) -> None:
    steps = 4
    ladder = tuple(
        concept(f"{n}-{step}", *([f"{n}-{step + 1}"] if step < steps else []))
        for n in range(500)
        for step in range(steps + 1)
    )
    kept = bring(Framework(BAKERY.about, ladder))
    lowest = [f"{ROOM}{n}-0" for n in range(500)]

    with django_assert_max_num_queries(steps + 2):
        part = part_around(kept, lowest)

    assert len(part.concepts) == len(ladder)


def test_a_ladder_without_an_end_is_left_after_some_steps(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(frameworks, "FARTHEST", 3)
    kept = bring(Framework(BAKERY.about, tuple(concept(str(n), str(n + 1)) for n in range(50))))

    with django_assert_max_num_queries(5):
        part = part_around(kept, [ROOM + "0"])

    assert [each.label() for each in part.concepts] == ["0", "1", "2", "3"]


def test_more_addresses_than_a_query_takes_are_asked_for_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(frameworks, "AT_ONCE", 2)
    kept = bring(BAKERY)
    skills = [each.uri for each in BAKERY.skills()] + [ELSEWHERE]

    assert kinship_of(skills, part_around(kept, skills)) == kinship_of(skills, BAKERY)
