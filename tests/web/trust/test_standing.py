"""What is said of providers, read once for every page that tells of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sealwright.web.organisations.models import DomainProof, Organisation
from sealwright.web.trust.models import Recognition
from sealwright.web.trust.standing import Standing, standings_of
from tests.web.factories import NOON, an_organisation

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)
YEAR = timedelta(days=365)


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


def said_of(college: Organisation, body: str, *, confirmed: bool = True, **more: Any) -> None:
    by = {"confirmed_by": "the register", "confirmed_at": NOON} if confirmed else {}
    told = {"kind": Recognition.Kind.ACCREDITATION, **by, **more}
    Recognition.objects.create(organisation=college, body=body, **told)


def standing(college: Organisation, **more: Any) -> Standing:
    return standings_of([college.pk], now=TODAY, **more)[college.pk]


def test_confirmed_and_valid_recognitions_come_first_and_claims_last(college: Organisation) -> None:
    said_of(college, "Claimed", confirmed=False)
    said_of(college, "Lapsed", until=TODAY - timedelta(days=1))
    said_of(college, "Valid", until=TODAY)

    found = standing(college)

    assert [each.recognition.body for each in found.recognitions] == ["Valid", "Lapsed", "Claimed"]
    assert [each.recognition.body for each in found.confirmed] == ["Valid"]


def test_a_membership_makes_nobody_known(college: Organisation) -> None:
    said_of(college, "Network", kind=Recognition.Kind.MEMBERSHIP)
    assert standing(college).known_by is None

    said_of(college, "Agency")
    known = standing(college).known_by

    assert known is not None
    assert known.words == "Accredited by Agency"


def test_a_recognition_is_told_as_of_then_and_as_of_now(college: Organisation) -> None:
    said_of(college, "Agency", since=TODAY - YEAR)

    before = standing(college, then=TODAY - 2 * YEAR).recognitions[0]
    after = standing(college, then=TODAY - YEAR).recognitions[0]

    assert (before.then, before.now) == (False, True)
    assert (after.then, after.now) == (True, True)


def test_the_newest_proven_domain_comes_first_and_others_are_left_out(
    college: Organisation,
) -> None:
    for domain, proven_at in (("old", NOON - YEAR), ("new", NOON), ("never", None)):
        DomainProof.objects.create(
            organisation=college, domain=f"{domain}.example", token="x", proven_at=proven_at
        )

    assert [each.domain for each in standing(college).domains] == ["new.example", "old.example"]


def test_many_providers_are_two_questions(
    college: Organisation, django_assert_num_queries: Any
) -> None:
    another = an_organisation()
    said_of(another, "Agency")

    with django_assert_num_queries(2):
        found = standings_of([college.pk, another.pk], now=TODAY)

    assert found[college.pk] == Standing()
    assert len(found[another.pk].confirmed) == 1
