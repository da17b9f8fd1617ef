"""The demo framework holds together: every name in it leads somewhere."""

from __future__ import annotations

from collections import Counter

from sealwright.skills.frameworks import Kind, Picker, Stage, Tier, demo
from sealwright.skills.frameworks.demonstration import occupation_address, skill_address

DEMO = demo()
FIELDS = {"technology", "data", "marketing", "finance", "health", "hospitality", "leadership"}


def test_it_has_about_150_skills_and_about_25_occupations_over_seven_fields() -> None:
    assert 140 <= len(DEMO.skills()) <= 160
    assert 25 <= len(DEMO.occupations) <= 30
    fields = [concept for concept in DEMO.concepts if concept.kind is Kind.FIELD]
    assert {field.label("en") for field in fields} == FIELDS
    assert all(len(DEMO.narrower(field.uri)) >= 3 for field in fields)


def test_every_name_in_it_leads_somewhere() -> None:
    for concept in DEMO.concepts:
        assert all(map(DEMO.has_concept, concept.broader)), concept.uri
        assert all(DEMO.has_concept(relation.uri) for relation in concept.related), concept.uri
    for job in DEMO.occupations:
        assert all(map(DEMO.has_concept, job.broader)), job.uri
        assert all(DEMO.has_concept(need.skill) for need in job.needs), job.uri
        assert all(DEMO.has_occupation(other.uri) for other in job.related), job.uri
        assert all(DEMO.has_concept(tool.uri) for tool in job.tools), job.uri


def test_no_two_skills_share_a_label() -> None:
    for language in ("en", "de"):
        labels = Counter(skill.label(language) for skill in DEMO.skills())
        labels.update(job.label(language) for job in DEMO.occupations)

        assert not [label for label, times in labels.items() if times > 1]


def test_every_skill_has_four_levels_with_what_somebody_at_them_can_do() -> None:
    for skill in DEMO.skills():
        assert [level.value for level in skill.levels] == [1, 2, 3, 4]
        assert len({level.anchor for level in skill.levels}) == 4


def test_no_skill_builds_on_itself_even_by_a_detour() -> None:
    builds_on = {
        skill.uri: [relation.uri for relation in skill.related if relation.bond == "essential"]
        for skill in DEMO.skills()
    }

    def below(uri: str, seen: frozenset[str]) -> None:
        assert uri not in seen
        for other in builds_on[uri]:
            below(other, seen | {uri})

    for uri in builds_on:
        below(uri, frozenset())


def test_every_occupation_asks_for_technical_and_human_skills_and_for_more_with_time() -> None:
    for job in DEMO.occupations:
        human = [need for need in job.needs if DEMO.concept(need.skill).transversal]
        share = len(human) / len(job.needs)
        assert 0.2 <= share <= 0.75, (job.label(), share)
        totals = [sum(need.at(stage) or 0 for need in job.needs) for stage in Stage]
        assert totals == sorted(totals), job.label()
        assert max(need.at(Stage.SENIOR) or 0 for need in job.needs) == 4, job.label()
        assert any(need.essential for need in job.needs)


def test_every_skill_is_asked_for_somewhere() -> None:
    asked = {need.skill for job in DEMO.occupations for need in job.needs}

    assert {skill.uri for skill in DEMO.skills()} - asked == set()


def test_a_banker_finds_a_way_to_hospitality() -> None:
    banker = DEMO.occupation(occupation_address("customer-adviser"))

    across = [other.uri for other in banker.related if other.tier is Tier.SUPPLEMENTAL]
    assert occupation_address("hotel-manager") in across


def test_the_picker_finds_a_banker_and_a_german_word() -> None:
    picker = Picker((*DEMO.skills(), *DEMO.occupations))

    assert picker.find("banker")[0].entry.uri == occupation_address("customer-adviser")
    assert picker.find("verhandeln")[0].entry.uri == skill_address("negotiation")


def test_it_is_read_once() -> None:
    assert demo() is demo()
