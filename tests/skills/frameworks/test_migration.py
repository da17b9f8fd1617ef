"""From one version of a framework to the next."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from sealwright.skills.frameworks import (
    About,
    Concept,
    Framework,
    Kind,
    Need,
    Occupation,
    compare,
    demo,
    load,
)
from sealwright.skills.frameworks.migration import Change, Fate, Move, Report
from tests.skills.frameworks.strategies import frameworks
from tests.skills.shared import shared

ABOUT = About("https://skills.example/f", (("en", "Example"),), "1", languages=("en",))


def concept(name: str, label: str, *others: str, says: str = "") -> Concept:
    return Concept(
        f"urn:x:{name}",
        (("en", label),),
        alternatives=tuple(("en", other) for other in others),
        descriptions=(("en", says),) if says else (),
    )


def report(old: list[Concept], new: list[Concept], *, flat: bool = False) -> Report:
    if flat:
        new = [_run_together(one) for one in new]
    return compare(
        Framework(ABOUT, tuple(old)),
        Framework(replace(ABOUT, version="2", flat=flat), tuple(new)),
    )


def _run_together(one: Concept) -> Concept:
    words = [text for _, text in (*one.labels, *one.alternatives, *one.descriptions)]
    return Concept(one.uri, (("en", " ".join(words)),))


BAKE = concept("bake", "bake bread", "make bread", "bake loaves", says="Use an oven.")
FRY = concept("fry", "fry food", "fry things", says="Use a pan.")


def test_kept_gone_and_new_follow_from_addresses() -> None:
    result = report([BAKE, FRY], [BAKE, concept("boil", "boil food")])

    assert (result.kept, result.gone, result.new) == ((BAKE.uri,), (FRY.uri,), ("urn:x:boil",))
    assert (result.changed, result.proposals) == ((), ())
    assert result.fates() == {
        BAKE.uri: Fate.KEPT, FRY.uri: Fate.GONE, "urn:x:boil": Fate.NEW,
    }  # fmt: skip


def test_a_change_names_what_is_different() -> None:
    changed = replace(BAKE, labels=(("en", "bake loaves"),), kind=Kind.KNOWLEDGE)

    result = report([BAKE], [changed])

    assert result.changed == (Change(BAKE.uri, "bake bread", ("labels", "kind")),)
    assert result.fates()[BAKE.uri] is Fate.CHANGED


def test_another_order_or_another_language_is_no_change() -> None:
    turned = replace(BAKE, alternatives=BAKE.alternatives[::-1],
                     labels=(*BAKE.labels, ("de", "Brot backen")))  # fmt: skip

    assert report([BAKE], [turned]).changed == ()


@pytest.mark.parametrize("flat", [False, True])
def test_a_skill_that_passed_its_labels_on_was_merged(flat: bool) -> None:
    roll = concept("roll", "bake rolls", "make rolls", "bake buns")
    taking_in = replace(BAKE, alternatives=(*BAKE.alternatives, ("en", "bake rolls"),
                                            ("en", "bake buns")))  # fmt: skip

    [proposal] = report([BAKE, roll], [taking_in], flat=flat).proposals

    assert (proposal.move, proposal.old, proposal.new) == (Move.MERGED, roll.uri, (BAKE.uri,))
    assert proposal.strength == pytest.approx(2 / 3, abs=1e-4)
    assert proposal.reason == (
        "“bake rolls” is gone: 2 of its 3 labels, the preferred one among them, now belong to "
        "“bake bread”"
    )


@pytest.mark.parametrize("flat", [False, True])
def test_a_skill_with_a_new_address_was_renamed(flat: bool) -> None:
    again = replace(BAKE, uri="urn:x:bake-2")

    result = report([BAKE], [again], flat=flat)

    assert [(one.move, one.new) for one in result.proposals] == [(Move.RENAMED, (again.uri,))]
    assert result.proposals_for(BAKE.uri) == result.proposals
    assert result.proposals_for(again.uri) == ()


def test_a_skill_whose_labels_went_to_several_was_split() -> None:
    old = concept("cook", "cook", "cook soups", "cook stews", "cook sauces")
    soups = concept("soups", "prepare soups", "cook soups", "cook stews")
    sauces = concept("sauces", "prepare sauces", "cook", "cook sauces")

    [proposal] = report([old], [soups, sauces]).proposals

    assert proposal.move is Move.SPLIT
    assert proposal.new == (sauces.uri, soups.uri)
    assert "share its labels" in proposal.reason


def test_a_new_skill_that_took_labels_from_one_that_stays_was_split_off() -> None:
    old = concept("cook", "cook", "cook soups", "cook stews", "stew")
    rest = concept("cook", "cook")
    soups = concept("soups", "prepare soups", "cook soups", "cook stews", "stew")

    [proposal] = report([old], [rest, soups]).proposals

    assert proposal.move is Move.SPLIT
    assert proposal.new == (old.uri, soups.uri)
    assert proposal.reason.startswith("“prepare soups” is new: 2 of its 4 labels")


def test_one_alternative_alone_is_no_reason() -> None:
    boil = concept("boil", "boil food", "bake loaves", "fry")
    lost = replace(BAKE, alternatives=(("en", "make bread"),))

    assert report([FRY], [boil]).proposals == ()
    assert report([BAKE], [lost, boil]).proposals == ()


def test_a_skill_is_not_merged_into_an_occupation_or_a_group() -> None:
    group = Concept("urn:x:group", BAKE.labels, kind=Kind.GROUP)
    job = Occupation("urn:x:baker", BAKE.labels)
    other = Framework(ABOUT, (FRY, group), (job,))

    result = compare(Framework(ABOUT, (BAKE, replace(group, uri="urn:x:g0"))), other)

    assert [(one.old, one.new) for one in result.proposals] == [("urn:x:g0", (group.uri,))]


def test_sorts_that_one_version_lacks_are_not_called_gone() -> None:
    job = Occupation("urn:x:baker", (("en", "baker"),), needs=(Need(BAKE.uri),))

    result = compare(Framework(ABOUT, (BAKE,), (job,)), Framework(ABOUT, (BAKE,)))

    assert result.gone == ()
    assert result.not_compared == ("occupation",)


@pytest.mark.parametrize(
    ("new", "fields"),
    [
        (BAKE, ()),
        (replace(BAKE, alternatives=(("en", "bake bread"), *BAKE.alternatives)), ()),
        (replace(BAKE, labels=(("en", "prepare bread"),)), ("labels",)),
        (replace(BAKE, descriptions=(("en", "Use heat."),)), ("descriptions",)),
        (replace(BAKE, alternatives=(("en", "make bread"),)), ("alternatives",)),
        (concept("bake", "prepare bread", says="Use heat."),
         ("labels", "descriptions", "alternatives")),
    ],
)  # fmt: skip
def test_a_flat_text_still_tells_what_is_different(new: Concept, fields: tuple[str, ...]) -> None:
    result = report([BAKE], [new], flat=True)

    assert [change.fields for change in result.changed] == ([fields] if fields else [])


def test_from_a_flat_text_only_the_facts_are_told() -> None:
    old = Framework(replace(ABOUT, flat=True), (_run_together(BAKE), _run_together(FRY)))
    new = Framework(replace(ABOUT, flat=True), (_run_together(BAKE), FRY, concept("a", "fry food")))

    result = compare(old, new)

    assert result.kept == (BAKE.uri, FRY.uri)
    assert [change.uri for change in result.changed] == [FRY.uri]
    assert result.proposals == ()


def test_a_new_flat_text_is_named_by_its_first_words() -> None:
    new = replace(BAKE, uri="urn:x:new")

    [proposal] = report([BAKE], [new], flat=True).proposals

    assert proposal.reason.endswith("now belong to “bake bread make bread bake loaves …”")


@given(frameworks(), frameworks())
def test_every_entry_has_one_fate_and_proposals_only_name_what_is_there(
    old: Framework, new: Framework
) -> None:
    result = compare(old, new)

    assert set(result.kept) | set(result.gone) <= {entry.uri for entry in old.entries()}
    assert not set(result.kept) & set(result.gone)
    assert all(proposal.new and all(uri in new for uri in proposal.new)
               for proposal in result.proposals)  # fmt: skip
    assert (compare(old, old).changed, compare(old, old).gone) == ((), ())


def test_the_demo_framework_is_what_it_is() -> None:
    result = compare(demo(), demo())

    assert len(result.kept) == len(demo().entries())
    assert result.not_compared == ()


@pytest.fixture(scope="module")
def esco() -> tuple[Report, Path]:
    folder = shared("data/esco")
    old = load(folder / "esco-v1.1.1-en-csv.zip").framework
    new = load(
        folder / "esco-v1.2-skills-flattext.csv.gz",
        folder / "esco-v1.2-occupations-flattext.csv.gz",
    ).framework
    return compare(old, new), folder


def _addresses(folder: Path) -> tuple[set[str], set[str]]:
    """The addresses of both versions, read by other means."""
    old: set[str] = set()
    with zipfile.ZipFile(folder / "esco-v1.1.1-en-csv.zip") as archive:
        for name in ("skills_en.csv", "occupations_en.csv", "ISCOGroups_en.csv"):
            text = io.TextIOWrapper(archive.open(name), "utf-8-sig", newline="")
            old |= {row["conceptUri"] for row in csv.DictReader(text)}
    new: set[str] = set()
    for name in ("skills", "occupations"):
        path = folder / f"esco-v1.2-{name}-flattext.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
            new |= {row["id"] for row in csv.DictReader(stream)}
    return old, new


@pytest.mark.vectors
def test_from_esco_1_1_1_to_1_2_kept_gone_and_new_are_exact(esco: tuple[Report, Path]) -> None:
    result, folder = esco
    old, new = _addresses(folder)

    assert set(result.kept) == old & new
    assert set(result.gone) == old - new
    assert set(result.new) == new - old
    assert result.not_compared == ("group",)
    assert len(result.kept) == len(set(result.kept)) == 17_325


@pytest.mark.vectors
def test_from_esco_1_1_1_to_1_2_the_hand_checked_proposals_are_right(
    esco: tuple[Report, Path],
) -> None:
    result, _ = esco
    file = Path(__file__).with_name("esco_moves.csv")
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    judged = {_esco(row["old"]): _esco(row["new"]) for row in csv.DictReader(lines)}

    proposed = {proposal.old: proposal.new[0] for proposal in result.proposals}

    assert len(judged) >= 30
    assert {old: proposed.get(old) for old in judged} == judged


def _esco(end: str) -> str:
    return f"http://data.europa.eu/esco/{end if '/' in end else f'skill/{end}'}"
