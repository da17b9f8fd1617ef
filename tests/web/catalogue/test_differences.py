"""What changed between two versions, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.web.catalogue.content import Assessment, Content, Link, Skill
from sealwright.web.catalogue.differences import Change, compare_words, differences
from tests.web.factories import a_content


def only_change(before: Content, after: Content) -> tuple[str, Change]:
    (part,) = differences(before, after)
    (change,) = part.changes
    return part.name, change


def test_nothing_changed_says_nothing() -> None:
    assert differences(a_content(), a_content()) == []


def test_a_text_is_compared_word_by_word() -> None:
    before = a_content(criteria="Sail 20 miles by day.")

    part, change = only_change(before, replace(before, criteria="Sail 40 miles by day."))

    assert (part, change.label) == ("criteria", "Criteria")
    assert [(run.mark, run.text) for run in change.runs] == [
        ("same", "Sail "),
        ("removed", "20"),
        ("added", "40"),
        ("same", " miles by day."),
    ]


def test_a_list_says_what_went_and_what_came() -> None:
    before = a_content(skills=(Skill("Sailing", level=2), Skill("Knots", level=1)))
    after = replace(before, skills=(Skill("Sailing", level=3), Skill("Knots", level=1)))

    _part, change = only_change(before, after)

    assert change.removed == ("Sailing · Technical · Working",)
    assert change.added == ("Sailing · Technical · Skilled",)


def test_another_order_is_said_to_be_only_that() -> None:
    before = a_content(outcomes=("Plan", "Sail"))

    _part, change = only_change(before, replace(before, outcomes=("Sail", "Plan")))

    assert change.moved


@pytest.mark.parametrize(
    ("changes", "label", "before", "after"),
    [
        ({"participation": "online"}, "Form of participation", "On site", "Online"),
        ({"language": "nl"}, "Language", "English", "Dutch"),
        ({"country": "NO"}, "Country", "", "Norway"),
        ({"hours": 80.0}, "Hours of work", "75", "80"),
        ({"cost": 120.5}, "Cost", "", "120.5"),
        ({"valid_months": 24}, "Valid for", "Without end", "2 years"),
        ({"name_signed": False}, "The holder’s name is signed", "Yes", "No"),
        ({"picture": "p" * 22}, "Picture", "The seal", "A picture of your own"),
    ],
)
def test_values_are_told_in_words(
    changes: dict[str, object], label: str, before: str, after: str
) -> None:
    content = a_content()

    _part, change = only_change(content, replace(content, **changes))  # type: ignore[arg-type]

    assert (change.label, change.before, change.after) == (label, before, after)


def test_each_fact_of_the_assessment_is_a_change_of_its_own() -> None:
    before = a_content(assessment=Assessment(type="attendance", description="Be there."))
    after = replace(before, assessment=Assessment(type="supervised-exam", retake="Once"))

    (part,) = differences(before, after)

    assert [(change.label, change.before, change.after) for change in part.changes] == [
        ("Type of assessment", "Attendance", "Supervised exam"),
        ("Tasks", "Be there.", ""),
        ("Retake rule", "", "Once"),
    ]


def test_a_link_is_told_with_its_version() -> None:
    before = a_content(prerequisites=(Link("Day Skipper", programme="x", version=1),))

    _part, change = only_change(
        before, replace(before, prerequisites=(Link("Day Skipper", programme="x", version=2),))
    )

    assert change.removed == ("Day Skipper, version 1",)
    assert change.added == ("Day Skipper, version 2",)


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_the_runs_hold_both_texts_whole(before: str, after: str) -> None:
    runs = compare_words(before, after)

    assert "".join(run.text for run in runs if run.mark != "added") == before
    assert "".join(run.text for run in runs if run.mark != "removed") == after


def test_a_text_of_ten_thousand_words_is_shown_whole_or_by_lines() -> None:
    long, longer = "a " * 5_000, "b\n" * 2_000

    assert [run.mark for run in compare_words(long, long + "b")] == ["removed", "added"]
    assert [run.mark for run in compare_words(longer, "c")] == ["removed", "added"]
