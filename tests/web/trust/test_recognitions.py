"""Who recognises an organisation: claimed by itself, confirmed by who runs the site."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sealwright.web.audit.models import Entry
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Role
from sealwright.web.trust.models import Recognition
from sealwright.web.trust.registry import confirmed_on
from sealwright.web.trust.services import (
    MOST,
    Claim,
    change_claim,
    claim,
    confirm,
    decline,
    remove_claim,
)
from tests.web.accounts.people import a_client
from tests.web.factories import a_person, an_actor, an_organisation, somebody
from tests.web.organisations.refusing import refused
from tests.web.scenes import secured

pytestmark = pytest.mark.django_db

SAID = Claim(
    kind="accreditation",
    body="Quality Agency of the North",
    url="https://quality.example/4711",
    since=date(2022, 1, 1),
    until=date(2028, 12, 31),
)
LOOKED_UP = "https://quality.example/register/4711"


@pytest.fixture
def owner() -> Actor:
    return an_actor(Role.OWNER, an_organisation(slug="harbour", locality="Harbourtown"))


def test_what_an_organisation_says_of_itself_is_a_claim(owner: Actor) -> None:
    said = claim(SAID, actor=owner)

    assert not said.is_confirmed
    assert not confirmed_on(date(2026, 1, 1)).exists()


def test_who_runs_the_site_confirms_what_was_looked_up(owner: Actor) -> None:
    said = claim(SAID, actor=owner)
    operator = a_person(is_operator=True)

    confirmed = confirm(said.public_id, source=LOOKED_UP, operator=operator)

    assert confirmed.is_confirmed
    assert "localhost" in confirmed.confirmed_by
    assert confirmed.source == LOOKED_UP
    assert confirmed_on(date(2026, 1, 1)).get() == said
    assert not confirmed_on(date(2021, 12, 31)).exists()
    assert Entry.objects.get(event="recognition.confirmed").actor == operator.label


def test_nobody_confirms_their_own(owner: Actor) -> None:
    said = claim(SAID, actor=owner)

    with refused(404):
        confirm(said.public_id, source=LOOKED_UP, operator=a_person())


def test_confirming_names_where_it_was_looked_up(owner: Actor) -> None:
    said = claim(SAID, actor=owner)

    with refused(422):
        confirm(said.public_id, source="", operator=a_person(is_operator=True))


def test_a_claim_that_changes_has_to_be_confirmed_anew(owner: Actor) -> None:
    said = claim(SAID, actor=owner)
    confirm(said.public_id, source=LOOKED_UP, operator=a_person(is_operator=True))

    same = change_claim(said.public_id, SAID, actor=owner)
    assert same.is_confirmed
    other = change_claim(said.public_id, replace(SAID, until=date(2035, 1, 1)), actor=owner)

    assert not other.is_confirmed
    assert other.source == ""
    assert Entry.objects.get(event="recognition.changed").details["changed"] == ["until"]


def test_a_confirmation_can_be_taken_back_with_a_reason(owner: Actor) -> None:
    said = claim(SAID, actor=owner)
    operator = a_person(is_operator=True)
    confirm(said.public_id, source=LOOKED_UP, operator=operator)

    with refused(422):
        decline(said.public_id, reason=" ", operator=operator)
    declined = decline(said.public_id, reason="Withdrawn by the agency", operator=operator)

    assert not declined.is_confirmed
    assert declined.declined_reason == "Withdrawn by the agency"
    again = confirm(said.public_id, source=LOOKED_UP, operator=operator)
    assert again.declined_at is None


def test_nothing_ends_before_it_begins(owner: Actor) -> None:
    with refused(422):
        claim(replace(SAID, until=date(2020, 1, 1)), actor=owner)


def test_the_list_of_claims_ends(owner: Actor) -> None:
    for number in range(MOST):
        claim(replace(SAID, body=f"Agency {number}"), actor=owner)

    with refused(409):
        claim(SAID, actor=owner)


def test_the_trail_remembers_what_was_removed(owner: Actor) -> None:
    said = claim(SAID, actor=owner)

    words = remove_claim(said.public_id, reason="Never ours", actor=owner)

    assert words == "Accredited by Quality Agency of the North"
    entry = Entry.objects.get(event="recognition.removed")
    assert (entry.reason, entry.details["body"]) == ("Never ours", SAID.body)


def test_recognitions_of_another_organisation_are_not_there(owner: Actor) -> None:
    said = claim(SAID, actor=owner)
    stranger = an_actor(Role.OWNER, an_organisation("Hill School"))

    with refused(404):
        change_claim(said.public_id, SAID, actor=stranger)
    with refused(404):
        remove_claim(said.public_id, actor=stranger)


def test_issuers_claim_nothing(owner: Actor) -> None:
    with refused(403):
        claim(SAID, actor=an_actor(Role.ISSUER, owner.organisation))


# --- Pages ----------------------------------------------------------------------------------


def test_an_organisation_says_changes_and_removes(owner: Actor) -> None:
    client = a_client(secured(somebody(Role.MANAGER, owner.organisation)))
    base = "/o/harbour/organisation/recognition"
    form = {"kind": "register", "body": "National Register", "since": "2020-01-01"}

    client.post(base, form)
    own = Recognition.objects.get()
    page = client.get(base).content.decode()
    client.post(f"{base}/{own.public_id}", form | {"scope": "Navigation"})

    assert "Listed by National Register" in page
    assert "Claimed by the provider" in page
    own.refresh_from_db()
    assert own.scope == "Navigation"
    client.post(f"{base}/{own.public_id}/remove")
    assert not Recognition.objects.exists()


def test_a_form_says_which_date_is_wrong(owner: Actor) -> None:
    client = a_client(secured(somebody(Role.MANAGER, owner.organisation)))
    form = {"kind": "register", "body": "X", "since": "2020-01-02", "until": "2020-01-01"}

    answer = client.post("/o/harbour/organisation/recognition", form)

    assert answer.status_code == 422
    assert "before the day it begins" in answer.content.decode()


def test_an_operator_works_through_what_waits(owner: Actor) -> None:
    first, second = claim(SAID, actor=owner), claim(replace(SAID, kind="register"), actor=owner)
    client = a_client(secured(a_person(is_operator=True)))

    waiting = client.get("/operator/recognitions").content.decode()
    client.post(f"/operator/recognitions/{first.public_id}/confirm", {"source": LOOKED_UP})
    client.post(f"/operator/recognitions/{second.public_id}/decline", {"reason": "Not listed"})

    assert waiting.count("Quality Agency of the North</h2>") == 2
    assert "No claim is in this state." in client.get("/operator/recognitions").content.decode()
    confirmed = client.get("/operator/recognitions?state=confirmed").content.decode()
    assert LOOKED_UP in confirmed
    declined = client.get("/operator/recognitions?state=declined&search=quality").content.decode()
    assert "Not listed" in declined


def test_an_operator_gives_a_source_that_can_be_opened(owner: Actor) -> None:
    said = claim(SAID, actor=owner)
    client = a_client(secured(a_person(is_operator=True)))

    answer = client.post(
        f"/operator/recognitions/{said.public_id}/confirm", {"source": "javascript:alert(1)"}
    )

    assert answer.status_code == 422


def test_the_registry_lists_whom_somebody_else_confirmed(owner: Actor) -> None:
    claim(SAID, actor=an_actor(Role.OWNER, an_organisation("Hill School")))
    said = claim(SAID, actor=owner)
    confirm(said.public_id, source=LOOKED_UP, operator=a_person(is_operator=True))

    answer = a_client().get("/registry.json")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["registry"] == {
        owner.organisation.did: {
            "name": "Harbour College",
            "url": owner.organisation.url,
            "location": "Harbourtown, Netherlands",
        }
    }
