"""An organisation comes to be, says what it is, and closes."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from sealwright.web.audit.models import Entry
from sealwright.web.organisations.actors import actor_of_person
from sealwright.web.organisations.models import Organisation, Role
from sealwright.web.organisations.services.founding import (
    change_profile,
    close_organisation,
    found_organisation,
    proposed_slug,
    reopen_organisation,
)
from tests.web.factories import a_person, a_programme, an_actor, an_organisation, somebody
from tests.web.organisations.refusing import refused

pytestmark = pytest.mark.django_db


def events(organisation: Organisation) -> list[str]:
    entries = Entry.objects.filter(organisation=organisation.public_id).order_by("number")
    return list(entries.values_list("event", flat=True))


def test_who_founds_an_organisation_owns_it() -> None:
    person = a_person()

    college = found_organisation(person, name="Harbour College", slug="harbour", country="NL")

    actor = actor_of_person(person, college)
    assert actor is not None
    assert actor.organisation.country == "NL"
    assert college.grants.get().role == Role.OWNER
    assert events(college) == ["organisation.founded"]


def test_a_slug_belongs_to_one_organisation() -> None:
    an_organisation(slug="harbour")

    with refused(409, "harbour"):
        found_organisation(a_person(), name="Harbour", slug="harbour")

    assert Organisation.objects.count() == 1


def test_addresses_that_the_site_uses_are_no_slugs() -> None:
    with refused(409):
        found_organisation(a_person(), name="New", slug="new")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Harbour College", "harbour-college"),
        ("École d’été — Zürich", "ecole-dete-zurich"),
        ("New", "new-2"),
        ("x" * 80, "x" * 60),
        ("大学", ""),
        ("  -- ", ""),
    ],
)
def test_a_slug_is_proposed_from_the_name(name: str, slug: str) -> None:
    assert proposed_slug(name) == slug


def test_a_slug_that_is_taken_is_not_proposed() -> None:
    an_organisation(slug="harbour-college")
    an_organisation(slug="harbour-college-2")

    assert proposed_slug("Harbour College") == "harbour-college-3"


def test_a_profile_tells_the_trail_what_was_changed_but_not_to_what() -> None:
    college = an_organisation()
    actor = an_actor(Role.MANAGER, college)

    change_profile(actor=actor, name="Harbour University", email="info@harbour.example")

    college.refresh_from_db()
    entry = Entry.objects.get()
    assert college.name == "Harbour University"
    assert entry.details == {"changed": ["name", "email"]}


def test_saving_a_profile_unchanged_leaves_no_trace() -> None:
    college = an_organisation()

    change_profile(actor=an_actor(Role.OWNER, college), name=college.name)

    assert events(college) == []


def test_issuers_do_not_change_the_profile() -> None:
    with refused(403):
        change_profile(actor=an_actor(Role.ISSUER, an_organisation()), name="Mine now")


def test_nobody_acts_for_a_closed_organisation() -> None:
    college = an_organisation()
    person = somebody(Role.OWNER, college)
    actor = actor_of_person(person, college)
    assert actor is not None

    close_organisation(confirmation=college.slug, reason="Merged with Hill School", actor=actor)

    college.refresh_from_db()
    assert college.closed_at is not None
    assert actor_of_person(person, college) is None
    assert Entry.objects.get().reason == "Merged with Hill School"


def test_closing_has_to_be_meant_and_given_a_reason() -> None:
    college = an_organisation()
    owner = an_actor(Role.OWNER, college)

    with refused(422, college.slug):
        close_organisation(confirmation="yes", reason="Over", actor=owner)
    with refused(422, "why"):
        close_organisation(confirmation=college.slug, reason=" ", actor=owner)

    assert events(college) == []


def test_managers_do_not_close_an_organisation() -> None:
    college = an_organisation()

    with refused(403):
        close_organisation(
            confirmation=college.slug, reason="Over", actor=an_actor(Role.MANAGER, college)
        )


def test_an_organisation_with_programmes_cannot_be_deleted() -> None:
    college = an_organisation()
    a_programme(college)

    with pytest.raises(ProtectedError):
        college.delete()


def test_who_runs_the_site_can_open_a_closed_organisation_again() -> None:
    college = an_organisation(closed_at=timezone.now())
    operator = a_person(is_operator=True)

    reopen_organisation(college.public_id, reason="Closed by mistake", operator=operator)

    college.refresh_from_db()
    assert college.closed_at is None
    assert events(college) == ["organisation.reopened"]


def test_nobody_else_can() -> None:
    college = an_organisation(closed_at=timezone.now())

    with refused(404):
        reopen_organisation(college.public_id, reason="Mine", operator=a_person())
