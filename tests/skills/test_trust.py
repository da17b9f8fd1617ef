"""How providers and programmes stand, and what moves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.defaults import DEFAULTS
from sealwright.skills.errors import UnfitRequest
from sealwright.skills.terms import total
from sealwright.skills.trust import (
    MEETING,
    RIGOUR,
    Fact,
    Indicator,
    Offered,
    Outline,
    Provider,
    Recognised,
    Recognition,
    Standing,
    Tally,
    Telling,
    doubt,
    inflation,
    judge,
    lower_bound,
    near_duplicates,
    standing,
)
from tests.skills.values import AT

AGENCY, GUILD = "https://agency.example", "https://guild.example"
ANCHORS = frozenset({AGENCY, GUILD})
MET: dict[str, str | float] = {
    "workload": 60.0,
    "level": 5.0,
    "assessment": "performed-task",
    "supervision": "onsite",
    "identity": "document",
    "retakes": "limited",
    "evidence": "kept",
    "review": "external",
    "pass-rate": 0.8,
}


def a_provider(
    *recognitions: Recognition, facts: tuple[Fact, ...] = (), **more: object
) -> Provider:
    programmes = (Offered("p:1", facts),)
    return Provider(
        "college",
        programmes=programmes,
        recognitions=recognitions,
        **more,  # type: ignore[arg-type]
    )


def stands(provider: Provider, programme: str = "") -> Standing:
    return standing(provider, anchors=ANCHORS, at=AT, programme=programme)


def term(found: Standing, name: str) -> float:
    return sum(each.value for each in found.terms if each.name.startswith(name))


def accredited(by: str = AGENCY, **more: object) -> Recognition:
    return Recognition(Recognised.ACCREDITATION, by, **more)  # type: ignore[arg-type]


def facts() -> st.SearchStrategy[Fact]:
    values = st.sampled_from([*MET.values(), None, "", "none", 0.99, 1.0])
    confirming = st.sampled_from(["", AGENCY, "https://nobody.example"])
    return st.builds(Fact, st.sampled_from(RIGOUR), values, confirming)


def recognitions() -> st.SearchStrategy[Recognition]:
    days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
    return st.builds(
        Recognition,
        st.sampled_from(Recognised),
        st.sampled_from([AGENCY, GUILD, "https://ring.example"]),
        days,
        days,
        days,
    )


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    awarded = draw(st.integers(0, 200))
    part = st.none() | st.integers(0, awarded)
    return Tally(
        draw(st.sampled_from(["p:1", "p:2"])),
        draw(st.sampled_from(["2024", "2025", "2026"])),
        awarded,
        draw(st.none() | st.integers(awarded, 400)),
        draw(part),
        draw(part),
        draw(st.integers(0, min(awarded, 20))),
    )


def providers() -> st.SearchStrategy[Provider]:
    offered = st.builds(Offered, st.sampled_from(["p:1", "p:2"]), st.lists(facts()).map(tuple))
    return st.builds(
        Provider,
        st.just("college"),
        st.none() | st.dates(date(2015, 1, 1), date(2027, 1, 1)),
        st.lists(offered, max_size=2).map(tuple),
        st.lists(recognitions(), max_size=4).map(tuple),
        st.lists(tallies(), max_size=4).map(tuple),
    )


# --- Rigour ---------------------------------------------------------------------------------


def test_to_tell_is_not_to_meet() -> None:
    assert judge(Fact("workload", 60.0)) is Telling.MET
    assert judge(Fact("workload", 2.0)) is Telling.TOLD
    assert judge(Fact("workload", "a weekend")) is Telling.TOLD
    assert judge(Fact("workload", "")) is Telling.NOT_TOLD
    assert judge(Fact("pass-rate", 0.8)) is Telling.MET
    assert judge(Fact("pass-rate", 0.99)) is Telling.TOLD
    assert judge(Fact("review")) is Telling.NOT_TOLD
    assert all(judge(Fact(name, "something else")) is Telling.TOLD for name in MEETING)


def test_there_are_nine_rigour_facts_and_no_other() -> None:
    assert set(RIGOUR) == set(MET)
    with pytest.raises(UnfitRequest, match="popularity"):
        Fact("popularity", 5.0)


def test_met_told_and_not_told_are_counted_apart() -> None:
    found = stands(a_provider(facts=(Fact("workload", 60.0), Fact("supervision", "none"))))

    assert found.counts == {Telling.MET: 1, Telling.TOLD: 1, Telling.NOT_TOLD: 7}


def test_the_best_there_is_stands_at_one() -> None:
    everything = a_provider(
        *(Recognition(kind, AGENCY) for kind in Recognised),
        facts=tuple(Fact(name, value, AGENCY) for name, value in MET.items()),
    )

    assert stands(everything).score == pytest.approx(1)
    assert stands(everything).upper == pytest.approx(1)
    assert stands(everything).part("rigour") == pytest.approx(1)
    assert stands(everything).part("recognition") == pytest.approx(1)
    assert stands(a_provider(accredited())).part("recognition") == pytest.approx(0.5)


def test_claims_of_the_young_count_half_and_confirmed_facts_in_full() -> None:
    young = a_provider(facts=(Fact("workload", 60.0),))
    confirmed = a_provider(facts=(Fact("workload", 60.0, AGENCY),))

    assert stands(young).score == pytest.approx(0.6 / 9 / 2)
    assert stands(young).upper == pytest.approx(0.6 / 9)
    assert stands(confirmed).score == pytest.approx(0.6 / 9)


def test_doubt_narrows_with_time_alone() -> None:
    years = [doubt(a_provider(since=AT - timedelta(365 * n)), AT) for n in range(-1, 30)]

    assert years[0] == years[1] == doubt(a_provider(), AT) == 0.5
    assert years == sorted(years, reverse=True)
    assert years[-1] == pytest.approx(0.2)


def test_contradicting_oneself_never_helps() -> None:
    both = (Fact("supervision", "onsite"), Fact("supervision", "none"))

    assert stands(a_provider(facts=both)).score == stands(a_provider(facts=both[1:])).score


def test_a_programme_stands_by_its_own_facts() -> None:
    provider = Provider(
        "college",
        programmes=(Offered("p:1", (Fact("workload", 60.0),)), Offered("p:2")),
        recognitions=(accredited(scope=frozenset({"p:2"})),),
        tallies=(Tally("p:1", "2025", 10), Tally("p:2", "2025", 5)),
    )

    assert term(stands(provider, "p:1"), "rigour") == pytest.approx(0.6 / 9 / 2)
    assert term(stands(provider, "p:2"), "rigour") == 0
    assert term(stands(provider, "p:2"), "recognition") == pytest.approx(0.2)
    assert term(stands(provider), "rigour") == pytest.approx(0.6 / 9 / 4)
    assert term(stands(provider), "recognition") == 0
    assert (stands(provider).awarded, stands(provider, "p:2").awarded) == (15, 5)
    with pytest.raises(UnfitRequest, match="does not offer p:3"):
        stands(provider, "p:3")


# --- Recognition ----------------------------------------------------------------------------


def test_twenty_endorsements_from_accounts_in_no_register_move_nothing() -> None:
    ring = [Recognition(Recognised.ENDORSEMENT, f"https://{n}.example") for n in range(20)]

    assert stands(a_provider(*ring)).score == stands(a_provider()).score
    assert stands(a_provider(*ring)).upper == stands(a_provider()).upper
    assert "20 that no register knows" in next(
        each.detail for each in stands(a_provider(*ring)).terms if "endorsement" in each.name
    )


@given(st.integers(1, 50))
def test_many_confirmations_of_one_kind_weigh_no_more_than_one(many: int) -> None:
    one = Recognition(Recognised.ENDORSEMENT, AGENCY)
    two = Recognition(Recognised.ENDORSEMENT, GUILD)

    assert stands(a_provider(*[one, two] * many)).score == stands(a_provider(one)).score


@pytest.mark.parametrize(
    ("recognition", "value"),
    [
        (accredited(), 0.2),
        (accredited(since=AT, until=AT), 0.2),
        (accredited(since=AT + timedelta(1)), 0.0),
        (accredited(until=AT - timedelta(1)), -0.2),
        (accredited(withdrawn=AT), -0.2),
        (accredited(withdrawn=AT + timedelta(1)), 0.2),
        (accredited(until=AT - timedelta(4 * 365)), 0.0),
        (accredited(by="https://nobody.example", until=AT - timedelta(1)), 0.0),
    ],
)
def test_an_accreditation_counts_while_it_holds_and_against_when_it_lapsed(
    recognition: Recognition, value: float
) -> None:
    assert stands(a_provider(recognition)).score == pytest.approx(value)


def test_an_accreditation_that_was_renewed_has_not_lapsed() -> None:
    old, new = accredited(until=AT - timedelta(9)), accredited(since=AT - timedelta(9))

    assert stands(a_provider(old, new)).score == pytest.approx(0.2)


# --- What speaks against --------------------------------------------------------------------


def raised(*rows: Tally) -> dict[str, Indicator]:
    return {each.name: each for each in inflation(rows) if each.raised}


def test_where_nearly_everybody_passes_an_indicator_is_raised() -> None:
    assert "passing" in raised(Tally("p:1", "2025", 1000, assessed=1001))
    assert not raised(Tally("p:1", "2025", 900, assessed=1000))
    assert not raised(Tally("p:1", "2025", 20, assessed=20))


def test_where_awards_come_sooner_than_the_work_allows_an_indicator_is_raised() -> None:
    assert "rushing" in raised(Tally("p:1", "2025", 100, rushed=40))
    assert not raised(Tally("p:1", "2025", 100, rushed=2))


def test_where_few_people_collect_many_awards_an_indicator_is_raised() -> None:
    assert "collecting" in raised(Tally("p:1", "2025", 100, holders=10))
    assert not raised(Tally("p:1", "2025", 100, holders=60))


def test_where_awards_grow_faster_than_people_assessed_an_indicator_is_raised() -> None:
    before = Tally("p:1", "2024", 40, assessed=100)

    assert "growing" in raised(before, Tally("p:1", "2025", 90, assessed=110))
    assert not raised(before, Tally("p:1", "2025", 80, assessed=200))
    assert not raised(before, Tally("p:1", "2025", 9, assessed=9))


def test_where_nothing_was_seen_nothing_is_raised() -> None:
    found = inflation([])

    assert [(each.value, each.raised) for each in found] == [(None, False)] * 4


@pytest.mark.parametrize("wrong", [{"assessed": 9}, {"rushed": 11}, {"revoked": -1}])
def test_a_part_is_no_larger_than_its_whole(wrong: dict[str, int]) -> None:
    with pytest.raises(UnfitRequest, match="larger than its whole"):
        Tally("p:1", "2025", 10, **wrong)


def test_revocations_count_by_their_share_with_doubt_for_small_numbers() -> None:
    few = stands(a_provider(tallies=(Tally("p:1", "2025", 3, revoked=1),)))
    many = stands(a_provider(tallies=(Tally("p:1", "2025", 300, revoked=100),)))
    rare = stands(a_provider(tallies=(Tally("p:1", "2025", 3000, revoked=30),)))

    assert term(few, "revocations") == pytest.approx(-0.3)
    assert term(many, "revocations") == pytest.approx(-0.3)
    assert -0.06 < term(rare, "revocations") < -0.04


def test_how_widely_a_badge_is_given_moves_nothing() -> None:
    few = stands(a_provider(tallies=(Tally("p:1", "2025", 10),)))
    many = stands(a_provider(tallies=(Tally("p:1", "2025", 1_000_000),)))

    assert few.score == many.score
    assert (few.awarded, many.awarded) == (10, 1_000_000)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_lower_bound_lies_below_its_share_and_rises_with_it(part: int, whole: int) -> None:
    if part + 1 <= whole:
        assert 0 <= lower_bound(part, whole) <= part / whole + 1e-12
        assert lower_bound(part + 1, whole) >= lower_bound(part, whole)


# --- What always holds ----------------------------------------------------------------------


@given(providers(), st.sampled_from(RIGOUR))
def test_a_favourable_confirmed_fact_never_lowers_standing(provider: Provider, name: str) -> None:
    favourable = Fact(name, MET[name], AGENCY)
    programmes = tuple(
        replace(each, facts=(*each.facts, favourable)) for each in provider.programmes
    )
    better = replace(provider, programmes=programmes)

    assert stands(better).score >= stands(provider).score - 1e-12


@given(providers(), st.sampled_from(Recognised), st.sampled_from([AGENCY, GUILD]))
def test_a_recognition_never_lowers_standing(provider: Provider, kind: Recognised, by: str) -> None:
    better = replace(provider, recognitions=(*provider.recognitions, Recognition(kind, by)))

    assert stands(better).score >= stands(provider).score - 1e-12


@given(providers(), facts())
def test_silence_never_beats_disclosure(provider: Provider, told: Fact) -> None:
    def telling(*more: Fact) -> Provider:
        return replace(
            provider,
            programmes=tuple(
                replace(each, facts=(*(f for f in each.facts if f.name != told.name), *more))
                for each in provider.programmes
            ),
        )

    assert stands(telling(told)).score >= stands(telling()).score - 1e-12


@given(providers(), st.integers(1, 5))
def test_a_revocation_never_raises_standing(provider: Provider, more: int) -> None:
    revoked = tuple(
        replace(row, revoked=min(row.revoked + more, row.awarded)) for row in provider.tallies
    )

    assert stands(replace(provider, tallies=revoked)).score <= stands(provider).score + 1e-12


@given(providers(), st.data())
def test_a_lapse_never_raises_standing(provider: Provider, data: st.DataObject) -> None:
    provider = replace(provider, recognitions=(*provider.recognitions, accredited()))
    place = data.draw(st.integers(0, len(provider.recognitions) - 1))
    ended = replace(provider.recognitions[place], withdrawn=AT)
    if provider.recognitions[place].is_current(AT):
        lapsed = replace(
            provider,
            recognitions=(
                *provider.recognitions[:place],
                ended,
                *provider.recognitions[place + 1 :],
            ),
        )

        assert stands(lapsed).score <= stands(provider).score + 1e-12


@given(providers())
def test_terms_add_up_and_the_score_is_never_above_what_could_be(provider: Provider) -> None:
    found = stands(provider)

    assert abs(found.score - sum(each.value for each in found.terms)) < 1e-9
    assert found.score <= found.upper + 1e-12


@given(providers(), st.sampled_from(RIGOUR))
def test_removing_a_named_fact_changes_standing_by_exactly_its_term(
    provider: Provider, name: str
) -> None:
    without = replace(
        provider,
        programmes=tuple(
            replace(each, facts=tuple(fact for fact in each.facts if fact.name != name))
            for each in provider.programmes
        ),
    )
    named = [each for each in stands(provider).terms if each.name.startswith(f"rigour {name}")]

    assert abs(stands(provider).score - total(named) - stands(without).score) < 1e-9


@given(providers())
def test_the_same_provider_stands_the_same_every_day(provider: Provider) -> None:
    assert repr(stands(provider)) == repr(stands(replace(provider)))


# --- Near-duplicates ------------------------------------------------------------------------


def test_programmes_that_certify_nearly_the_same_are_found() -> None:
    skills = frozenset({("s:1", 2), ("s:2", 2), ("s:3", 1)})
    found = near_duplicates(
        [
            Outline("p:1", "Data analyst", skills),
            Outline("p:3", "Cooking", frozenset({("s:9", 1)})),
            Outline("p:2", "Certified data analyst", skills),
            Outline("p:4", "Data analyst", frozenset({("s:1", 2)})),
            Outline("p:5", "", frozenset()),
        ]
    )

    assert [(pair.one, pair.other, round(pair.value, 3)) for pair in found] == [
        ("p:1", "p:2", 0.917)
    ]


def test_programmes_without_words_in_their_titles_can_be_compared() -> None:
    one = Outline("p:1", "", frozenset({("s:1", 2)}))

    assert near_duplicates([one, replace(one, address="p:2")])[0].title == 0
    assert DEFAULTS.duplicate_from <= 0.75
