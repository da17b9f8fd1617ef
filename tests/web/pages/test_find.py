"""The catalogue: words, filters, sorting, and programmes side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sealwright.web.catalogue import facts
from sealwright.web.catalogue.content import Assessment, Content, Link, Skill
from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.catalogue.search import Question, answer, costliest
from sealwright.web.catalogue.services.publishing import write_version
from tests.web.factories import NOON, a_content, a_programme, a_version, an_organisation

pytestmark = pytest.mark.django_db


def titles(**asked: str) -> list[str]:
    return [version.title for version in answer(Question.read(asked))]


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(page: str) -> list[str]:
    return re.findall(r'<h2><a href="/programmes/[^"]+">([^<]+)</a></h2>', page)


# --- What is found --------------------------------------------------------------------------


def test_only_current_versions_of_what_is_offered_are_found() -> None:
    college = an_organisation()
    a_programme(college, "A draft")
    Programme.objects.filter(pk=a_version(college, "Retired").programme_id).update(retired_at=NOON)
    a_version(an_organisation("Closed", closed_at=NOON), "Of a closed provider")
    old = a_version(college, "Old title")
    write_version(old.programme, a_content("New title"), number=2, by="person:test")

    assert titles() == ["New title"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("navigation", True),
        ("COASTAL  navigation", True),
        ("navigación", False),
        ("passage calm", True),
        ("harbour", True),
        ("night watch", True),
        ("sailing harbour", False),
        ("%", True),
        ("_", False),
        ("' OR 1=1 --", False),
        ("\0", True),
    ],
)
def test_every_word_must_be_there(words: str, found: bool) -> None:
    a_version(an_organisation("Harbour College"))

    assert bool(titles(q=words)) == found


def test_accents_make_no_difference() -> None:
    a_version(an_organisation(), "Pâtisserie élémentaire")

    assert titles(q="patisserie") == titles(q="PÂTISSERIE") == ["Pâtisserie élémentaire"]


def a_few() -> None:
    college, school = an_organisation("College", slug="college"), an_organisation("School")
    a_version(
        college,
        "Knots",
        hours=8.0,
        cost=0.0,
        field="Maritime",
        eqf="3",
        skills=(Skill("Knots", level=2),),
        participation="onsite",
    )
    a_version(college, "Sailing", hours=75.0, cost=240.0, field="Maritime", language="nl")
    a_version(
        school,
        "Statistics",
        hours=150.0,
        cost=90.0,
        currency="GBP",
        field="Data",
        eqf="6",
        participation="online",
        assessment=Assessment(type="supervised-exam", retake="Once", evidence="Script"),
        stacks_into=(Link("A degree"),),
    )
    a_version(school, "Reading", hours=None, cost=None, field="Languages", eqf="")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"skill": "knots"}, {"Knots"}),
        ({"field": "Maritime"}, {"Knots", "Sailing"}),
        ({"hours": "0-10"}, {"Knots"}),
        ({"hours": "40-150"}, {"Sailing", "Statistics"}),
        ({"hours": "150-"}, set()),
        ({"cost": "0"}, {"Knots"}),
        ({"cost": "100"}, {"Knots"}),
        ({"cost": "100", "currency": "GBP"}, {"Knots", "Statistics"}),
        ({"cost": "300"}, {"Knots", "Sailing"}),
        ({"language": "nl"}, {"Sailing"}),
        ({"participation": "online"}, {"Statistics"}),
        ({"assessment": "supervised-exam"}, {"Statistics"}),
        ({"eqf": "3"}, {"Knots"}),
        ({"provider": "college"}, {"Knots", "Sailing"}),
        ({"stacks": "1"}, {"Statistics"}),
        ({"provider": "college", "cost": "0"}, {"Knots"}),
        (
            {"participation": "by-pigeon", "sort": "'"},
            {"Knots", "Sailing", "Statistics", "Reading"},
        ),
    ],
)
def test_filters_narrow_what_is_found(asked: dict[str, str], found: set[str]) -> None:
    a_few()

    assert set(titles(**asked)) == found


@pytest.mark.parametrize(
    ("sort", "first"),
    [("short", "Knots"), ("told", "Statistics"), ("title", "Knots"), ("new", "Reading")],
)
def test_results_are_sorted(sort: str, first: str) -> None:
    a_few()

    assert titles(sort=sort)[0] == first


def test_what_is_not_told_never_beats_an_answer() -> None:
    a_few()

    assert titles(sort="short")[-1] == "Reading"
    assert "Reading" not in titles(cost="1000")
    assert "Reading" not in titles(hours="0-10")


def test_words_in_the_title_come_first() -> None:
    college = an_organisation()
    a_version(college, "Astronomy")
    a_version(college, "Sailing", skills=(Skill("Astronomy"),))

    assert titles(q="astronomy") == ["Astronomy", "Sailing"]


def test_the_filter_that_costs_most_is_named() -> None:
    a_few()

    asked = Question.read({"provider": "college", "language": "nl", "cost": "0"})

    assert not answer(asked)
    assert costliest(asked) == ("cost", 1)


def test_where_no_single_filter_is_to_blame_none_is_named() -> None:
    a_few()

    assert costliest(Question.read({"q": "zebra", "language": "tlh"})) is None


# --- The page -------------------------------------------------------------------------------


def test_the_page_lists_what_is_found_and_says_how_many(client: Client) -> None:
    a_few()

    page = page_of(client, "/find?field=Maritime")

    assert shown(page) == ["Sailing", "Knots"]
    assert '<p id="count" role="status" aria-live="polite">2 programmes</p>' in page


def test_every_filter_in_use_can_be_removed(client: Client) -> None:
    a_few()

    page = page_of(client, "/find?field=Maritime&cost=100&q=knots")

    links = re.findall(r'<a class="chip" href="([^"]+)">([^<]+)', page)
    chips = {words: address for address, words in links}
    assert chips == {
        "“knots”": "/find?field=Maritime&amp;cost=100&amp;currency=EUR",
        "Maritime": "/find?q=knots&amp;cost=100&amp;currency=EUR",
        "Up to 100 EUR": "/find?q=knots&amp;field=Maritime",
    }


def test_nothing_found_shows_what_there_is_without_the_costliest_filter(client: Client) -> None:
    a_few()

    page = page_of(client, "/find?provider=college&language=nl&cost=0")

    assert "Nothing fits all of it." in page
    assert "Without “Free” there is 1, shown here." in page
    assert shown(page) == ["Sailing"]


def test_nothing_at_all_says_so(client: Client) -> None:
    assert "No programmes yet" in page_of(client, "/find")
    assert "Nothing fits, whichever filter is left out" in page_of(client, "/find?q=zebra")


def test_a_form_that_was_sent_has_a_clean_address(client: Client) -> None:
    answer = client.get("/find?q=&field=Maritime&hours=&sort=")

    assert answer.status_code == 302
    assert answer["Location"] == "/find?field=Maritime"


def test_with_scripts_the_address_is_clean_as_well(client: Client) -> None:
    answer = client.get("/find?q=&field=Maritime", headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert answer["HX-Push-Url"] == "/find?field=Maritime"


@pytest.mark.parametrize(
    "query",
    ["q=%00", "page=x", "page=99", "cost=1e9", "compare=%00", "compare=" + "x" * 500, "q=%ff"],
)
def test_no_question_is_a_fault_of_ours(client: Client, query: str) -> None:
    a_few()

    assert client.get(f"/find?{query}").status_code == 200
    assert client.get(f"/find/compare?{query}").status_code == 200


def test_more_than_a_page_is_paged_with_the_filters_kept(client: Client) -> None:
    college = an_organisation()
    for n in range(25):
        a_version(college, f"Sailing {n}", field="Maritime")

    first, second = (
        page_of(client, "/find?field=Maritime"),
        page_of(client, "/find?field=Maritime&page=2"),
    )

    assert len(shown(first)) == 20
    assert len(shown(second)) == 5
    assert 'href="?field=Maritime&amp;page=2"' in first


@pytest.fixture
def _counted() -> Iterator[None]:
    known = dict(facts._counters)
    facts._counters.clear()
    facts.register_counter("attempts", lambda ids: dict.fromkeys(ids, 10))
    facts.register_counter("passes", lambda ids: dict.fromkeys(ids, 6))
    yield
    facts._counters.clear()
    facts._counters.update(known)


@pytest.mark.usefixtures("_counted")
def test_a_pass_rate_is_shown_where_attempts_are_recorded(client: Client) -> None:
    version = a_version(an_organisation())

    assert "<dt>Passed</dt><dd>60 %</dd>" in page_of(client, "/find")
    assert "6 of 10 (60 %)" in page_of(client, version.path)


def test_the_number_of_results_costs_no_queries(client: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client, address)
        return len(captured)

    first = a_version(an_organisation("First"))
    address = f"/find?compare={first.programme.public_id}"
    before = queries(address), queries("/find")
    for n in range(12):
        a_version(an_organisation(f"Provider {n}"), f"Sailing {n}")

    assert (queries(address), queries("/find")) == before


# --- Side by side ---------------------------------------------------------------------------


def ids_of(*versions: Version) -> str:
    return "&".join(f"compare={version.programme.public_id}" for version in versions)


def test_a_programme_is_put_into_the_tray_and_taken_out_by_links(client: Client) -> None:
    college = an_organisation()
    one, two = a_version(college, "One"), a_version(college, "Two")
    page = page_of(client, "/find?q=college")
    add = f"/find?q=college&amp;compare={one.programme.public_id}"

    assert f'href="{add}#row-{one.programme.public_id}"' in page
    tray = page_of(client, f"/find?q=college&{ids_of(one, two)}")
    assert f"/find/compare?{ids_of(one, two)}".replace("&", "&amp;") in tray
    assert f'href="/find?q=college&amp;{ids_of(two)}"' in tray


def test_filters_keep_what_is_in_the_tray(client: Client) -> None:
    one = a_version(an_organisation())

    page = page_of(client, f"/find?{ids_of(one)}")

    assert f'<input type="hidden" name="compare" value="{one.programme.public_id}">' in page


def test_four_are_the_most(client: Client) -> None:
    college = an_organisation()
    five = [a_version(college, f"Sailing {n}") for n in range(5)]

    page = page_of(client, f"/find?{ids_of(*five)}")

    assert "Four at most" in page
    assert "Compare 4" in page


def test_programmes_are_shown_side_by_side_fact_by_fact(client: Client) -> None:
    college = an_organisation()
    told = a_version(college, "Told", cost=120.0)
    untold = a_version(college, "Untold", hours=None, ects=None, assessment=Assessment())

    page = page_of(client, f"/find/compare?{ids_of(told, untold)}")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))

    assert "Workload Told 75 hours, 3 ECTS Untold not told" in words
    assert "Supervision Told On site Untold not told" in words
    assert "Rigour Told 5 of 8 told Untold 1 of 8 told" in words


def test_what_is_not_offered_is_not_compared(client: Client) -> None:
    draft = a_programme(an_organisation())

    assert "Nothing to compare yet" in page_of(client, f"/find/compare?compare={draft.public_id}")


def test_published_words_are_taken_from_the_content() -> None:
    version = a_version(an_organisation("Zeehaven"), outcomes=("Tie a bowline",))

    assert isinstance(version.content, Content)
    assert titles(q="bowline zeehaven") == ["Coastal Navigation"]
    assert version.published_at < timezone.now()
