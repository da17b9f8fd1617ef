"""For which other skills a skill speaks."""

from __future__ import annotations

import pytest

from sealwright.skills.evidence import Kin
from sealwright.skills.frameworks import About, Bond, Concept, Framework, Kind, Relation
from sealwright.skills.kinship import kinship_of

BAKE, BREAD, ROLLS = ("http://skills.example/" + name for name in ("bake", "bread", "rolls"))
FOREIGN = "urn:other:7"


def a_framework(*more: Concept) -> Framework:
    """Rolls are bread, and bread is baked; baking is in a group."""
    concepts = (
        Concept("g:food", (("en", "food"),), kind=Kind.GROUP),
        Concept(BAKE, (("en", "bake"), ("de", "backen")), broader=("g:food", "gone:1")),
        Concept(BREAD, (("en", "bake bread"),), broader=(BAKE,)),
        Concept(ROLLS, (("en", "bake rolls"),), broader=(BREAD, BAKE)),
    )
    return Framework(About("f:", (("en", "small"),)), (*concepts, *more))


def kin(skill: str, *more: Concept, name: str = "", language: str = "en") -> tuple[Kin, ...]:
    names = {skill: name} if name else None
    found = kinship_of([skill], a_framework(*more), names=names, language=language)
    return found.get(skill, ())


def test_a_skill_speaks_for_broader_ones_by_the_shortest_way_and_never_for_narrower_ones() -> None:
    assert kin(BREAD) == (Kin(BAKE, "bake bread", 1),)
    assert kin(ROLLS) == (Kin(BREAD, "bake rolls", 1), Kin(BAKE, "bake rolls", 1))
    assert kin(BAKE) == ()


def test_an_address_may_be_spelt_otherwise() -> None:
    spelt = BREAD.replace("http", "https") + "/"

    assert kin(spelt, name="loaves") == (Kin(BREAD, "loaves"), Kin(BAKE, "loaves", 1))


def test_a_skill_from_elsewhere_is_known_by_its_preferred_name() -> None:
    assert kin(FOREIGN, name="Bake  BREAD") == (
        Kin(BREAD, "Bake  BREAD", 0, True),
        Kin(BAKE, "Bake  BREAD", 1, True),
    )
    assert kin(FOREIGN, name="backen", language="de") == (Kin(BAKE, "backen", 0, True),)


@pytest.mark.parametrize("name", ["", "…", "bake cakes", "bake bread"])
def test_a_name_that_is_not_just_one_skills_decides_nothing(name: str) -> None:
    assert kin(FOREIGN, Concept("c:9", (("en", "Bake bread"),)), name=name) == ()


def test_what_an_address_means_can_be_told_instead_of_looked_up() -> None:
    meant = {FOREIGN: BREAD, "gone:2": "gone:3"}
    names = {FOREIGN: "loaves", BREAD + "/": "bake rolls", "gone:2": "bake rolls"}

    found = kinship_of(names, a_framework(), names=names, meant=meant)

    assert found == {
        FOREIGN: (Kin(BREAD, "loaves", 0, True), Kin(BAKE, "loaves", 1, True)),
        "gone:2": (Kin("gone:3", "bake rolls", 0, True),),
    }


def test_what_its_publishers_call_the_same_is_the_same_both_ways() -> None:
    loaves = Concept(
        "c:9", (("en", "bake loaves"),), related=(
            Relation(BREAD, Bond.SAME), Relation(FOREIGN, Bond.SAME), Relation(BAKE),
        ),
    )  # fmt: skip

    assert kin(BREAD, loaves) == (Kin("c:9", "bake bread"), Kin(BAKE, "bake bread", 1))
    assert kin("c:9", loaves) == (
        Kin(BREAD, "bake loaves"),
        Kin(FOREIGN, "bake loaves"),
        Kin(BAKE, "bake loaves", 1),
    )
    assert kin(FOREIGN, loaves) == (Kin("c:9", FOREIGN),)


def test_a_ring_of_broader_skills_comes_to_an_end() -> None:
    ring = (
        Concept("r:1", (("en", "one"),), broader=("r:2",)),
        Concept("r:2", (("en", "two"),), broader=("r:1",)),
    )

    assert kin("r:1", *ring) == (Kin("r:2", "one", 1),)
