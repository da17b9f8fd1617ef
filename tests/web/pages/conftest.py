"""One award, issued through the one door, and the page of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from sealwright.web.issuing.models import Award
from sealwright.web.organisations.models import Organisation
from sealwright.web.trust.models import Recognition
from tests.web.factories import an_award, an_organisation

Show = Callable[[Award], str]


@pytest.fixture
def college() -> Organisation:
    """A provider that a quality agency accredits, which the operator has confirmed."""
    college = an_organisation(legal_name="Stichting Harbour College", locality="Zeehaven")
    accredited(college)
    return college


@pytest.fixture
def award(college: Organisation) -> Award:
    return an_award(college)


@pytest.fixture
def show(client: Client) -> Show:
    """What the page of an award says, on one line."""

    def shown(award: Award) -> str:
        answer = client.get(award.path)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return shown


def accredited(
    organisation: Organisation, *, until: date | None = None, since: date | None = None
) -> Recognition:
    """An accreditation of the organisation that the operator confirmed."""
    return Recognition.objects.create(
        organisation=organisation,
        kind=Recognition.Kind.ACCREDITATION,
        body="Quality Agency of the North",
        url="https://agency.example/register/7",
        scope="Short courses",
        since=since,
        until=until,
        confirmed_by="the operator, from the agency’s register",
        confirmed_at=timezone.now(),
    )


def change(award: Award, **values: object) -> Award:
    """The award with other values, past every rule."""
    Award.objects.filter(pk=award.pk).update(**values)
    award.refresh_from_db()
    return award
