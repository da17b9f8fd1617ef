"""The public page of a programme, and of each of its versions."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sealwright.web.catalogue.content import Assessment, Link, Skill, mark_of
from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.catalogue.services import publish, save_part
from sealwright.web.organisations.models import DomainProof, Role
from sealwright.web.trust.models import Recognition
from tests.web.factories import NOON, a_programme, a_version, an_actor, an_organisation

pytestmark = pytest.mark.django_db


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def two_versions() -> tuple[Programme, Version, Version]:
    college = an_organisation()
    manager = an_actor(Role.MANAGER, college)
    first = a_version(college)
    save_part(
        first.programme.public_id,
        "criteria",
        {"criteria": "Sail 40 miles."},
        seen=mark_of(first.content, "criteria"),
        actor=manager,
    )
    second = publish(first.programme.public_id, actor=manager)
    return second.programme, first, second


def test_the_page_says_what_the_version_says(client: Client) -> None:
    version = a_version(an_organisation("Harbour College"), cost=120.0, valid_months=24)

    words = words_of(page_of(client, version.programme.path))

    for told in (
        "Harbour College",
        "Coastal Navigation",
        "Passage planning",
        "Skilled, level 3 of 4",
        "Human skill",
        "Plan a passage of 20 miles and sail it under the eyes of an assessor.",
        "75 hours, 3 ECTS",
        "120 EUR",
        "2 years",
        "5 of 8 told",
        "11 of 11 told",
        "Version 1, published on 1 March 2026",
    ):
        assert told in words


def test_what_is_not_told_is_said_to_be_so(client: Client) -> None:
    version = a_version(an_organisation(), hours=None, ects=None, assessment=Assessment())

    words = words_of(page_of(client, version.programme.path))

    assert "Workload not told" in words
    assert "People who tried and passed not told" in words


def test_the_address_of_a_version_shows_that_version_for_ever(client: Client) -> None:
    _programme, first, second = two_versions()

    old, new = page_of(client, first.path), page_of(client, second.path)

    assert "Plan a passage of 20 miles" in old
    assert "A newer version exists" in old
    assert "Sail 40 miles." in new
    assert "A newer version exists" not in new


def test_the_address_of_the_programme_shows_the_current_version(client: Client) -> None:
    programme, first, second = two_versions()

    page = page_of(client, programme.path)

    assert "Sail 40 miles." in page
    assert f'<link rel="canonical" href="{second.url}">' in page
    assert f'href="{first.path}"' in page


@pytest.mark.parametrize("suffix", ["", "/versions/1", "/versions/1.json"])
def test_a_draft_is_nobodys_business(client: Client, suffix: str) -> None:
    programme = a_programme(an_organisation())

    assert client.get(f"{programme.path}{suffix}").status_code == 404


def test_a_version_that_is_not_there_is_not_found(client: Client) -> None:
    version = a_version(an_organisation())

    assert client.get(f"{version.programme.path}/versions/2").status_code == 404
    assert client.get(f"{version.programme.path}/versions/99999999999999999999").status_code == 404


@pytest.mark.parametrize("accept", ["application/ld+json", "application/json"])
def test_programs_get_the_achievement(client: Client, accept: str) -> None:
    programme, first, second = two_versions()

    of_version = client.get(first.path, headers={"accept": accept})
    of_programme = client.get(programme.path, headers={"accept": accept})

    assert of_version.headers["Content-Type"] == accept
    assert "Accept" in of_version.headers["Vary"]
    assert of_version.json()["id"] == first.url
    assert of_version.json()["criteria"]["narrative"].startswith("Plan a passage")
    assert of_programme.json()["id"] == second.url
    assert client.get(f"{first.path}.json").json() == of_version.json()


def test_programs_on_other_sites_may_read_it(client: Client) -> None:
    answer = client.get(f"{a_version(an_organisation()).path}.json")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_browsers_and_those_who_do_not_care_get_the_page(client: Client) -> None:
    path = a_version(an_organisation()).path
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    for headers in ({"accept": browser}, {"accept": "*/*"}, {"accept": "image/png"}, {}):
        assert client.get(path, headers=headers).headers["Content-Type"].startswith("text/html")


def described(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return dict(json.loads(found[1]))


def test_search_engines_are_told_what_it_is(client: Client) -> None:
    version = a_version(an_organisation("Harbour College"), valid_months=24)

    told = described(page_of(client, version.path))

    assert told["@type"] == "EducationalOccupationalCredential"
    assert told["url"] == version.url
    assert told["creator"]["name"] == "Harbour College"
    assert told["timeRequired"] == "PT75H"
    assert told["validFor"] == "P24M"
    assert [skill["name"] for skill in told["competencyRequired"]] == [
        "Passage planning",
        "Calm under pressure",
    ]


def test_no_text_breaks_out_of_its_place(client: Client) -> None:
    hostile = "</script><script>alert(1)</script>"
    version = a_version(
        an_organisation(),
        title=hostile[:160],
        summary=hostile,
        website="javascript:alert(1)",
        description=hostile,
        criteria=f"{hostile}\n\n![x](https://x.example/x.png) [y](javascript:alert(1))",
        skills=(Skill(hostile, url="javascript:alert(1)", shown_by=hostile),),
        prerequisites=(Link(hostile),),
    )

    page = page_of(client, version.path)

    assert "<script>alert" not in page
    assert "<img src=" not in page
    assert 'href="javascript:' not in page
    assert described(page)["name"] == hostile


def test_the_head_is_made_for_sharing(client: Client) -> None:
    version = a_version(an_organisation(), picture="p" * 22, picture_caption="A brass sextant")

    page = page_of(client, version.path)

    assert '<meta property="og:title" content="Coastal Navigation">' in page
    assert f'<meta property="og:url" content="{version.url}">' in page
    assert f'content="http://localhost:8000/pictures/{"p" * 22}.png"' in page
    assert 'alt="A brass sextant"' in page


def test_a_retired_programme_says_so(client: Client) -> None:
    version = a_version(an_organisation())
    Programme.objects.update(retired_at=NOON)

    assert "No longer offered since 1 March 2026" in page_of(client, version.path)


def test_what_a_closed_provider_published_stays(client: Client) -> None:
    college = an_organisation("Harbour College")
    version = a_version(college)
    college.closed_at = NOON
    college.save()

    assert "Harbour College closed on 1 March 2026" in page_of(client, version.path)


def test_only_what_somebody_confirmed_stands_beside_the_provider(client: Client) -> None:
    college = an_organisation()
    version = a_version(college)
    told = {"organisation": college, "kind": Recognition.Kind.ACCREDITATION}
    Recognition.objects.create(body="Agency A", **told)
    Recognition.objects.create(body="Agency B", confirmed_by="Register", confirmed_at=NOON, **told)
    Recognition.objects.create(
        body="Agency C",
        confirmed_by="Register",
        confirmed_at=NOON,
        until=timezone.localdate().replace(year=2020),
        **told,
    )
    DomainProof.objects.create(
        organisation=college, domain="harbour.example", token="x", proven_at=NOON
    )

    words = words_of(page_of(client, version.path))

    assert "Accredited by Agency B" in words
    assert "Domain proven: harbour.example" in words
    assert "Agency A" not in words
    assert "Agency C" not in words


def test_links_lead_to_the_version_that_was_meant(client: Client) -> None:
    link = Link("Day Skipper", programme="x" * 22, version=2)
    version = a_version(an_organisation(), prerequisites=(link,))

    assert f'<a href="/programmes/{"x" * 22}/versions/2">Day Skipper</a>' in page_of(
        client, version.path
    )


def test_the_number_of_versions_costs_no_queries(client: Client) -> None:
    programme, first, _second = two_versions()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page_of(client, first.path)
        return len(captured)

    before = queries()
    actor = an_actor(Role.OWNER, programme.organisation)
    for miles in range(3):
        content = Programme.objects.get().content
        save_part(
            programme.public_id,
            "criteria",
            {"criteria": f"Sail {miles} miles."},
            seen=mark_of(content, "criteria"),
            actor=actor,
        )
        publish(programme.public_id, actor=actor)

    assert queries() == before
