"""Who is on the operator's list, as verifications ask for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sealwright.credentials.fetching import Offline
from sealwright.web.organisations.models import Organisation
from sealwright.web.trust.models import Recognition
from sealwright.web.trust.registry import RecognisedHere
from tests.web.factories import an_organisation

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def name_of(issuer: str) -> str | None:
    found = RecognisedHere().find(issuer, fetcher=Offline())
    return found.name if found else None


def recognised(**fields: Any) -> Organisation:
    college = an_organisation()
    told = {
        "kind": Recognition.Kind.ACCREDITATION,
        "body": "Quality Agency of the North",
        "confirmed_by": "the operator",
        "confirmed_at": timezone.now(),
    }
    Recognition.objects.create(organisation=college, **told | fields)
    return college


@pytest.mark.parametrize(
    "fields",
    [{}, {"kind": "register"}, {"since": TODAY, "until": TODAY}, {"since": date(2000, 1, 1)}],
)
def test_a_confirmed_recognition_makes_an_issuer_known(fields: dict[str, Any]) -> None:
    assert name_of(recognised(**fields).did) == "Harbour College"


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_by": ""},
        {"confirmed_at": None},
        {"kind": "membership"},
        {"since": TODAY + DAY},
        {"until": TODAY - DAY},
    ],
)
def test_a_claim_a_membership_and_what_is_not_in_force_do_not(fields: dict[str, Any]) -> None:
    assert name_of(recognised(**fields).did) is None


def test_nobody_elsewhere_is_on_the_list() -> None:
    college = recognised()

    for issuer in ("", "did:key:z6Mk", f"did:web:elsewhere.example:providers:{college.slug}",
                   college.slug, f"{college.did}:more", Organisation(slug="").did):  # fmt: skip
        assert name_of(issuer) is None


def test_the_list_says_whose_it_is() -> None:
    assert RecognisedHere().name == "The list of recognised providers at localhost:8000"
    assert RecognisedHere().url == "http://localhost:8000/providers"
