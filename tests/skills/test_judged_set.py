"""The judged set is complete and names nothing that is not there."""

from __future__ import annotations

from tests.skills.judged.reading import STAGES, catalogue, judged, providers


def test_there_are_20_goals_at_three_stages_over_120_programmes() -> None:
    goals = judged()

    assert len({each.name for each in catalogue()}) == 120
    assert len({goal.name for goal in goals}) == 20
    assert sum(goal.may_tune for goal in goals) == 10
    assert all(set(goal.holds) == set(STAGES) for goal in goals)


def test_every_grade_is_from_0_to_3_and_of_a_programme_in_the_catalogue() -> None:
    names = {each.name for each in catalogue()}

    for goal in judged():
        for stage in STAGES:
            assert goal.grades[stage].keys() <= names
            assert set(goal.grades[stage].values()) <= {0, 1, 2, 3}
            assert any(grade >= 2 for grade in goal.grades[stage].values())


def test_every_programme_is_of_a_provider_with_a_standing() -> None:
    assert {each.provider for each in catalogue()} == set(providers())
