"""An award keeps the version it was made under, whatever becomes of the programme."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from sealwright.web.catalogue.content import mark_of
from sealwright.web.catalogue.models import Version
from sealwright.web.catalogue.services import publish, retire, save_part
from sealwright.web.issuing.models import Award, Reason
from sealwright.web.organisations.models import Organisation, Role
from tests.web.factories import NOON, a_version, an_actor, an_award, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def college() -> Organisation:
    return an_organisation("Harbour College")


def edited(version: Version, criteria: str) -> Version:
    """The version after this one, with other criteria."""
    manager = an_actor(Role.MANAGER, version.programme.organisation)
    programme_id, seen = version.programme.public_id, mark_of(version.content, "criteria")
    save_part(programme_id, "criteria", {"criteria": criteria}, seen=seen, actor=manager)
    return publish(programme_id, actor=manager)


def signed(award: Award) -> dict[str, Any]:
    """The achievement inside the signed document of an award."""
    document = json.loads(bytes(award.credentials.get().document or b""))
    return dict(document["credentialSubject"]["achievement"])


def read(client: Client, address: str) -> dict[str, Any]:
    path = address.removeprefix(settings.BASE_URL)
    return dict(client.get(path, headers={"accept": "application/ld+json"}).json())


def test_editing_criteria_after_an_award_makes_version_2_and_the_award_still_says_version_1(
    client: Client, college: Organisation
) -> None:
    first = a_version(college)
    award = an_award(college, version=first)

    second = edited(first, "Sail 40 miles.")

    award.refresh_from_db()
    achievement = signed(award)
    assert second.number == 2
    assert award.version == first
    assert achievement["id"] == first.url
    assert achievement["criteria"]["narrative"].startswith("Plan a passage of 20 miles")
    assert read(client, achievement["id"]) == {
        "@context": read(client, achievement["id"])["@context"],
        **achievement,
    }


def test_the_next_award_says_version_2(college: Organisation) -> None:
    first = a_version(college)
    an_award(college, version=first)

    award = an_award(college, version=edited(first, "Sail 40 miles."))

    assert signed(award)["version"] == "2"
    assert signed(award)["criteria"]["narrative"] == "Sail 40 miles."


def test_what_is_signed_can_be_read_after_the_programme_is_retired(
    client: Client, college: Organisation
) -> None:
    award = an_award(college)
    retire(award.programme.public_id, reason="No quay", actor=an_actor(Role.MANAGER, college))

    assert read(client, signed(award)["id"])["id"] == award.version.url


def test_how_widely_it_is_given_is_counted_without_what_was_revoked(
    client: Client, college: Organisation
) -> None:
    version = a_version(college)
    for _ in range(3):
        award = an_award(college, version=version)
    Award.objects.filter(pk=award.pk).update(revoked_at=NOON, revocation_reason=Reason.OTHER)

    assert "<span>2 awards</span>" in client.get(version.programme.path).content.decode()
