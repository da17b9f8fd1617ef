"""What a framework answers about itself."""

from __future__ import annotations

import pytest

from sealwright.skills.errors import UnknownSkill, UnreadableFramework
from sealwright.skills.frameworks import About, Concept, Framework, Kind, Need, Occupation, Stage

ABOUT = About("https://skills.example/f", (("en", "Example"),))
GROUP = Concept("urn:x:group", (("en", "cooking"),), kind=Kind.GROUP)
SAUCES = Concept(
    "urn:x:sauces", (("en", "make sauces"), ("de-AT", "Saucen")), broader=("urn:x:group",)
)
STOCK = Concept(
    "urn:x:stock",
    (("fr", "faire un fond"),),
    descriptions=(("fr", "Mouiller des os."),),
    broader=("urn:x:sauces", "urn:x:elsewhere"),
)
FIELD = Concept("urn:x:field", (("en", "hospitality"),), kind=Kind.FIELD)
COOK = Occupation(
    "urn:x:cook",
    (("en", "cook"),),
    descriptions=(("en", "Cooks."),),
    broader=("urn:x:field",),
    needs=(Need("urn:x:sauces"),),
)
FRAMEWORK = Framework(ABOUT, (GROUP, SAUCES, STOCK, FIELD), (COOK,))


def test_entries_are_found_by_address() -> None:
    assert FRAMEWORK.concept("urn:x:stock") is STOCK
    assert FRAMEWORK.occupation("urn:x:cook") is COOK
    assert FRAMEWORK.has_concept("urn:x:stock")
    assert not FRAMEWORK.has_concept("urn:x:cook")
    assert FRAMEWORK.has_occupation("urn:x:cook")
    assert "urn:x:cook" in FRAMEWORK
    assert "urn:x:elsewhere" not in FRAMEWORK


@pytest.mark.parametrize("find", [FRAMEWORK.concept, FRAMEWORK.occupation])
def test_an_address_that_is_not_there_is_said(find: object) -> None:
    assert callable(find)

    with pytest.raises(UnknownSkill) as problem:
        find("urn:x:nothing")

    assert problem.value.evidence == {"uri": "urn:x:nothing"}


def test_two_entries_never_share_an_address() -> None:
    with pytest.raises(UnreadableFramework, match="one address"):
        Framework(ABOUT, (GROUP,), (Occupation(GROUP.uri, (("en", "cook"),)),))


def test_the_tree_is_walked_both_ways() -> None:
    assert FRAMEWORK.narrower("urn:x:group") == ("urn:x:sauces",)
    assert FRAMEWORK.narrower("urn:x:field") == ("urn:x:cook",)
    assert FRAMEWORK.narrower("urn:x:stock") == ()
    assert FRAMEWORK.ancestors("urn:x:stock") == ("urn:x:sauces", "urn:x:elsewhere", "urn:x:group")
    assert FRAMEWORK.ancestors("urn:x:cook") == ("urn:x:field",)


def test_a_ring_of_groups_ends() -> None:
    ring = Framework(
        ABOUT,
        (
            Concept("urn:x:a", (("en", "a"),), broader=("urn:x:b",)),
            Concept("urn:x:b", (("en", "b"),), broader=("urn:x:a",)),
        ),
    )

    assert ring.ancestors("urn:x:a") == ("urn:x:b",)


def test_a_group_is_no_skill() -> None:
    assert FRAMEWORK.skills() == (SAUCES, STOCK)


@pytest.mark.parametrize(
    ("language", "label"),
    [("de-AT", "Saucen"), ("de", "Saucen"), ("en-GB", "make sauces"), ("it", "make sauces")],
)
def test_a_label_comes_in_the_nearest_language(language: str, label: str) -> None:
    assert SAUCES.label(language) == label


def test_a_description_may_be_missing() -> None:
    assert STOCK.description("en") == "Mouiller des os."
    assert SAUCES.description() == ""
    assert COOK.label("de") == "cook"
    assert COOK.description("de") == "Cooks."


def test_a_need_tells_its_level_by_stage_or_for_all() -> None:
    told = Need("urn:x:1", level=2, by_stage=(1, 2, 4))

    assert [told.at(stage) for stage in Stage] == [1, 2, 4]
    assert Need("urn:x:1", level=3.5).at(Stage.EARLY) == 3.5
