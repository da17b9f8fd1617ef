"""A college and people of it who are signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from sealwright.web.organisations.models import Organisation, Role, Unit
from tests.web.factories import an_organisation, somebody
from tests.web.scenes import secured

SignIn = Callable[..., Client]


@pytest.fixture
def college() -> Organisation:
    return an_organisation("Harbour College", slug="harbour")


@pytest.fixture
def signed_in(college: Organisation) -> SignIn:
    """Signs somebody of the college in, by their role and perhaps unit."""

    def sign_in(role: Role = Role.MANAGER, unit: Unit | None = None) -> Client:
        client = Client()
        client.force_login(secured(somebody(role, college, unit)))
        return client

    return sign_in


@pytest.fixture
def manager(signed_in: SignIn) -> Client:
    return signed_in(Role.MANAGER)
