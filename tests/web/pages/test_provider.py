"""Providers as facts with their sources."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sealwright.web.catalogue.facts import Numbers
from sealwright.web.issuing.models import Award, Reason, SigningKey
from sealwright.web.issuing.services.keys import add_key
from sealwright.web.organisations.models import DomainProof, Organisation
from sealwright.web.pages.selectors import providers
from sealwright.web.pages.selectors.providers import FEW, Figures, Year, provider_page
from sealwright.web.trust.models import Recognition
from tests.web.factories import NOON, a_version, an_award, an_organisation
from tests.web.pages.conftest import accredited

pytestmark = pytest.mark.django_db(transaction=True)

QUESTIONS = 13


def page_of(client: Client, organisation: Organisation) -> str:
    answer = client.get(organisation.path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_others_confirm_is_kept_apart_from_what_is_claimed(
    college: Organisation, client: Client
) -> None:
    Recognition.objects.create(organisation=college, kind="membership", body="Coastal Network")

    page = page_of(client, college)

    assert "Accredited by Quality Agency of the North" in page
    assert "by: the operator, from the agency’s register." in page
    assert 'href="https://agency.example/register/7"' in page
    assert "Claimed, not checked" in page
    assert "nobody else has said so here" in page


def test_a_recognition_that_ended_is_called_that(client: Client) -> None:
    college = an_organisation()
    accredited(college, until=timezone.localdate() - timedelta(days=1))

    page = page_of(client, college)

    assert "Confirmed, not in force now" in page
    assert "Nobody we know vouches for this issuer" in page


def test_only_a_proven_domain_is_named(college: Organisation, client: Client) -> None:
    DomainProof.objects.create(organisation=college, domain="claimed.example", token="x")
    DomainProof.objects.create(
        organisation=college, domain="harbour.example", token="y", proven_at=timezone.now()
    )

    page = page_of(client, college)

    assert "harbour.example" in page
    assert "shown to be its own on" in page
    assert "claimed.example" not in page


def test_what_it_awarded_is_counted_by_year_revocations_too(college: Organisation) -> None:
    version = a_version(college, hours=40)
    a_version(college, "Night Watch", hours=80)
    a_version(college, "Knots", hours=None)
    awards = [an_award(college, version=version) for _ in range(3)]
    Award.objects.filter(pk=awards[0].pk).update(
        awarded_at=NOON.replace(year=2024), revoked_at=NOON, revocation_reason=Reason.OTHER
    )
    Award.objects.filter(pk__in=[award.pk for award in awards[1:]]).update(awarded_at=NOON)

    figures = provider_page(college, at=NOON).figures

    assert figures.years == (Year(2026, 2, 0), Year(2024, 1, 1))
    assert (figures.made, figures.revoked, figures.people) == (3, 1, 3)
    assert (figures.median_hours, figures.hours_told, figures.programmes) == (60, 2, 3)


def test_a_pass_rate_that_nobody_recorded_is_not_told(
    college: Organisation, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_version(college)
    silent = page_of(client, college)
    monkeypatch.setattr(
        providers, "numbers_of", lambda some: {one: Numbers(attempts=8, passes=6) for one in some}
    )

    counted = page_of(client, college)

    assert 'Passed, of those who tried</dt><dd><span class="not-told">not told' in silent
    assert "75 %<small>6 of 8" in counted


def test_whoever_is_new_or_small_is_too_young_to_rate(
    college: Organisation, client: Client
) -> None:
    assert "It has awarded nothing here yet." in page_of(client, college)
    an_award(college)
    assert "Too young to rate." in page_of(client, college)

    old = Figures(years=(Year(2024, FEW, 0),), first_at=NOON - timedelta(days=400))
    assert not old.is_young(NOON)
    assert old.is_young(NOON - timedelta(days=100))
    assert Figures(years=(Year(2024, FEW - 1, 0),), first_at=old.first_at).is_young(NOON)


def test_its_keys_are_published_and_its_programmes_listed(
    college: Organisation, client: Client
) -> None:
    version = an_award(college).version
    add_key(college, SigningKey.Purpose.ASSERTION, state=SigningKey.State.PENDING)

    page = page_of(client, college)

    assert reverse("issuing:did", args=[college.slug]) in page
    assert college.did in page
    assert "Published, not in use yet" in page
    assert reverse("pages:programme", args=[version.programme.public_id]) in page


def test_a_closed_provider_stays_to_be_seen(college: Organisation, client: Client) -> None:
    a_version(college)
    college.closed_at = timezone.now()
    college.save()

    page = page_of(client, college)

    assert "It issues nothing more; what it awarded stands" in page
    assert "Nothing is offered at the moment." in page
    assert "Closed" in client.get(reverse("pages:providers")).content.decode()


def test_employers_are_no_providers(client: Client) -> None:
    employer = an_organisation("Shipyard", issues=False)

    assert client.get(employer.path).status_code == 404
    assert "Shipyard" not in client.get(reverse("pages:providers")).content.decode()


def test_providers_are_listed_by_name_and_found_by_a_part_of_it(client: Client) -> None:
    for name in ("Zephyr School", "Harbour College", "Hill School"):
        an_organisation(name)

    all_of_them = client.get(reverse("pages:providers")).content.decode()
    some = client.get(reverse("pages:providers"), {"q": "school"}).content.decode()
    none = client.get(reverse("pages:providers"), {"q": "ocean"}).content.decode()

    assert all_of_them.index("Harbour") < all_of_them.index("Hill") < all_of_them.index("Zephyr")
    assert "Harbour" not in some
    assert "No provider of that name" in none


def test_a_list_asks_the_same_number_of_questions_however_long_it_is(
    client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        for n in range(3):
            accredited(an_organisation(f"College {n}"))
        with django_assert_num_queries(4):
            client.get(reverse("pages:providers"))


def test_a_page_asks_the_same_number_of_questions_however_much_it_tells(
    college: Organisation, client: Client, django_assert_num_queries: Any
) -> None:
    for n in range(2):
        an_award(college, version=a_version(college, f"Course {n}"))
        accredited(college)
        with django_assert_num_queries(QUESTIONS):
            client.get(college.path)


def test_the_address_of_a_provider_cannot_be_that_of_its_keys() -> None:
    with pytest.raises(ValidationError):
        Organisation(slug="harbour/did.json", name="x").full_clean()
