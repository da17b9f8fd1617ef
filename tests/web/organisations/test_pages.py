"""The pages of an organisation, as people use them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sealwright.web.accounts.models import User
from sealwright.web.core.models import Message
from sealwright.web.organisations.key_secrets import is_key
from sealwright.web.organisations.models import (
    ApiKey,
    DomainProof,
    Grant,
    Invitation,
    Organisation,
    Role,
    Unit,
)
from tests.web.accounts.people import a_client
from tests.web.factories import a_person, an_organisation, somebody
from tests.web.recorded import DOCUMENTS
from tests.web.scenes import secured

pytestmark = pytest.mark.django_db


@pytest.fixture
def college() -> Organisation:
    return an_organisation(slug="harbour")


@pytest.fixture
def owner(college: Organisation) -> User:
    return secured(somebody(Role.OWNER, college))


@pytest.fixture
def client(owner: User) -> Client:
    return a_client(owner)


def text(answer: Any) -> str:
    """What a page says, in one line, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def told(client: Client, address: str, data: dict[str, Any] | None = None) -> str:
    """Post a form, follow where it leads, and read."""
    return text(client.post(address, data or {}, follow=True))


# --- Founding -------------------------------------------------------------------------------


def test_an_address_is_proposed_before_anything_is_made() -> None:
    client = a_client(a_person())
    form = {"name": "Hill School", "kinds": ["issues"]}

    first = client.post("/o/new", form)

    assert first.status_code == 422
    assert 'value="hill-school"' in first.content.decode()
    assert not Organisation.objects.exists()
    second = client.post("/o/new", form | {"slug": "hill-school"})
    assert second.status_code == 302
    assert Organisation.objects.get().slug == "hill-school"


def test_an_address_that_is_taken_brings_up_another(college: Organisation) -> None:
    client = a_client(a_person())

    answer = client.post("/o/new", {"name": "Harbour", "slug": "harbour", "kinds": ["hires"]})

    assert "“harbour” is taken. “harbour-2” is free." in text(answer)


def test_a_form_that_is_being_written_is_told_what_is_free() -> None:
    client = a_client(a_person())

    proposed = client.get("/o/new/address", {"name": "Hill School", "slug": ""})
    checked = client.get("/o/new/address", {"name": "Hill School", "slug": "the-hill"})

    assert 'value="hill-school"' in proposed.content.decode()
    assert "This address is free." in text(checked)


def test_an_organisation_does_at_least_one_thing() -> None:
    client = a_client(a_person())

    answer = client.post("/o/new", {"name": "Hill School", "slug": "hill"})

    assert answer.status_code == 422
    assert "Choose at least one" in text(answer)


def test_nobody_founds_dozens_of_organisations() -> None:
    client = a_client(a_person())

    answers = [
        client.post("/o/new", {"name": f"No. {n}", "slug": f"no-{n}", "kinds": ["issues"]})
        for n in range(4)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]


# --- Profile, units, closing ----------------------------------------------------------------


def test_a_profile_is_shown_and_saved(client: Client, college: Organisation) -> None:
    page = client.get("/o/harbour/organisation")
    form = {**page.context["form"].initial, "name": "Harbour University", "kinds": ["hires"]}

    said = told(client, "/o/harbour/organisation", form)

    college.refresh_from_db()
    assert "Saved." in said
    assert (college.name, college.issues, college.hires) == ("Harbour University", False, True)
    assert college.did in text(page)


def test_units_are_shown_as_a_tree(client: Client, college: Organisation) -> None:
    told(client, "/o/harbour/organisation/units", {"name": "Sea"})
    sea = Unit.objects.get()
    told(client, "/o/harbour/organisation/units", {"name": "Tides", "parent": sea.public_id})
    told(client, "/o/harbour/organisation/units", {"name": "Law"})

    depths = re.findall(
        r'data-depth="(\d)"[^?]*?<b>(\w+)',
        client.get("/o/harbour/organisation/units").content.decode(),
    )

    assert depths == [("0", "Law"), ("0", "Sea"), ("1", "Tides")]


def test_a_unit_is_renamed_closed_and_opened_again(client: Client, college: Organisation) -> None:
    unit = Unit.objects.create(organisation=college, name="Sea")
    base = f"/o/harbour/organisation/units/{unit.public_id}"

    assert "It is called Sea and Sky." in told(client, f"{base}/rename", {"name": "Sea and Sky"})
    assert "is closed" in told(client, f"{base}/close", {"reason": "Merged"})
    assert "open again" in told(client, f"{base}/reopen")


def test_closing_explains_and_asks_for_the_name(client: Client, college: Organisation) -> None:
    page = client.get("/o/harbour/organisation/closing")
    form = {"confirmation": "harbour", "reason": "Merged"}

    assert "Every award keeps its page" in text(page)
    assert client.post("/o/harbour/organisation/closing", {}).status_code == 422
    client.post("/o/harbour/organisation/closing", form | {"confirmation": "yes"})
    assert client.get("/o/harbour/organisation").status_code == 200
    client.post("/o/harbour/organisation/closing", form)
    assert client.get("/o/harbour/organisation").status_code == 404


# --- People ---------------------------------------------------------------------------------


def test_people_are_found_by_name_address_role_and_unit(
    client: Client, college: Organisation
) -> None:
    sea = Unit.objects.create(organisation=college, name="Sea")
    mira = a_person("mira@coast.example", name="Mira Holt")
    Grant.objects.create(organisation=college, unit=sea, person=mira, role=Role.ISSUER)
    Grant.objects.create(organisation=college, person=a_person(name="Jonas Berg"), role=Role.READER)

    def names(**asked: str) -> list[str]:
        page = client.get("/o/harbour/people", asked)
        return [str(member.person) for member in page.context["members"]]

    assert names(search="holt") == ["Mira Holt"]
    assert names(search="@coast") == ["Mira Holt"]
    assert names(role="reader") == ["Jonas Berg"]
    assert names(unit=sea.public_id) == ["Mira Holt"]
    assert names(search="nobody") == []


def test_the_list_of_people_asks_the_database_as_often_for_many_as_for_few(
    client: Client, college: Organisation
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/o/harbour/people")
        return len(queries)

    for _ in range(2):
        somebody(Role.READER, college)
    few = asked()
    for _ in range(20):
        somebody(Role.READER, college)

    assert asked() == few


def test_readers_see_no_addresses_and_no_invitations(college: Organisation) -> None:
    reader = somebody(Role.READER, college)
    Invitation.objects.create(
        organisation=college,
        email="guest@people.example",
        role=Role.READER,
        token_hash="x",
        invited_by="",
        expires_at=timezone.now() + timedelta(days=1),
    )

    page = a_client(reader).get("/o/harbour/people")

    assert "@" not in text(page)


def test_somebody_is_invited_and_joins(client: Client, college: Organisation) -> None:
    form = {"email": "guest@people.example", "role": "issuer", "unit": ""}

    said = told(client, "/o/harbour/people/invite", form)

    link = re.search(r"/invitations/\S+", Message.objects.get().text)
    assert link
    assert "A mail is on its way to guest@people.example." in said
    guest = a_person("guest@people.example")
    page = a_client(guest).get(link[0])
    assert "Issuer" in text(page)
    a_client(guest).post(link[0])
    assert Grant.objects.get(person=guest).role == Role.ISSUER


def test_nobody_is_offered_what_is_above_the_one_who_offers(college: Organisation) -> None:
    manager = a_client(secured(somebody(Role.MANAGER, college)))

    page = manager.get("/o/harbour/people/invite")
    answer = manager.post(
        "/o/harbour/people/invite", {"email": "friend@people.example", "role": "owner"}
    )

    assert "owner" not in dict(page.context["form"].fields["role"].choices)
    assert answer.status_code == 422


def test_an_invitation_is_sent_again_and_withdrawn(client: Client, college: Organisation) -> None:
    told(client, "/o/harbour/people/invite", {"email": "guest@people.example", "role": "reader"})
    base = f"/o/harbour/people/invitations/{Invitation.objects.get().public_id}"

    assert "A new mail is on its way" in told(client, f"{base}/again")
    assert "withdrawn" in told(client, f"{base}/withdraw")
    assert "guest@people.example" not in text(client.get("/o/harbour/people"))


def test_roles_are_given_changed_and_taken(client: Client, college: Organisation) -> None:
    person = somebody(Role.READER, college)
    base = f"/o/harbour/people/{person.public_id}"

    told(client, f"{base}/give", {"role": "issuer"})
    told(client, f"{base}/change", {"before": "reader", "now": "manager"})
    told(client, f"{base}/take", {"role": "issuer", "reason": "Done"})

    assert list(Grant.objects.filter(person=person).values_list("role", flat=True)) == ["manager"]


def test_a_member_is_removed(client: Client, college: Organisation) -> None:
    person = somebody(Role.READER, college)

    said = told(client, f"/o/harbour/people/{person.public_id}/remove", {"reason": "Left"})

    assert "has no part in the organisation any more" in said
    assert not Grant.objects.filter(person=person).exists()


def test_the_only_owner_is_told_so_instead_of_offered_a_way_out(
    client: Client, owner: User
) -> None:
    own_page = text(client.get(f"/o/harbour/people/{owner.public_id}"))
    leaving = client.get("/o/harbour/people/leave")

    assert "The only owner." in own_page
    assert "Take away" not in own_page
    assert "You are the only owner." in text(leaving)
    assert client.post("/o/harbour/people/leave").status_code == 409


def test_a_member_leaves(college: Organisation, owner: User) -> None:
    reader = somebody(Role.READER, college)
    client = a_client(reader)

    said = told(client, "/o/harbour/people/leave")

    assert "You have left Harbour College." in said
    assert client.get("/o/harbour/people").status_code == 404


# --- Invitations, from the other side -------------------------------------------------------


@pytest.fixture
def link(client: Client, college: Organisation) -> str:
    told(client, "/o/harbour/people/invite", {"email": "guest@people.example", "role": "reader"})
    found = re.search(r"/invitations/\S+", Message.objects.get().text)
    assert found
    return found[0]


def test_who_is_not_signed_in_is_led_there_and_back(link: str) -> None:
    page = Client().get(link)

    assert f"?next={link}" in page.content.decode()
    assert Client().post(link)["Location"].startswith(reverse("account_login"))


def test_a_stranger_is_told_what_to_do_and_not_whose_address_it_is(link: str) -> None:
    stranger = a_client(a_person())

    page = text(stranger.get(link))

    assert "g…@people.example" in page
    assert "guest@people.example" not in page
    assert "add it to your account" in page
    assert stranger.post(link).status_code == 403


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, "was good until"),
        ({"withdrawn_at": timezone.now()}, "was withdrawn"),
        ({"accepted_at": timezone.now()}, "was accepted"),
    ],
    ids=["expired", "withdrawn", "accepted"],
)
def test_an_invitation_that_is_over_says_why(link: str, change: dict[str, Any], words: str) -> None:
    Invitation.objects.update(**change)
    guest = a_client(a_person("guest@people.example"))

    assert words in text(guest.get(link))
    assert guest.post(link).status_code == 410


def test_an_invitation_page_is_kept_by_nobody(link: str) -> None:
    page = Client().get(link)

    assert "no-store" in page["Cache-Control"]
    assert 'content="noindex"' in page.content.decode()


# --- Keys and domains -----------------------------------------------------------------------


def test_a_key_is_shown_once(client: Client, college: Organisation) -> None:
    form = {"name": "Register", "scopes": ["award:issue"], "unit": "", "days": "365"}

    answer = client.post("/o/harbour/api-keys/new", form)

    shown = re.search(r'value="(swk_\w+)"', answer.content.decode())
    assert shown
    assert is_key(shown[1])
    assert "no-store" in answer["Cache-Control"]
    key = ApiKey.objects.get()
    assert key.expires_at is not None
    assert shown[1] not in text(client.get("/o/harbour/api-keys"))
    assert key.prefix in text(client.get("/o/harbour/api-keys"))


def test_a_key_needs_a_scope(client: Client) -> None:
    answer = client.post("/o/harbour/api-keys/new", {"name": "Register"})

    assert answer.status_code == 422
    assert not ApiKey.objects.exists()


def test_a_key_is_revoked(client: Client, college: Organisation) -> None:
    client.post("/o/harbour/api-keys/new", {"name": "Register", "scopes": ["award:read"]})

    said = told(client, f"/o/harbour/api-keys/{ApiKey.objects.get().public_id}/revoke")

    assert "“Register” opens nothing any more." in said
    assert "Revoked" in said


def test_a_domain_is_named_checked_and_dropped(client: Client, college: Organisation) -> None:
    page = told(client, "/o/harbour/organisation/domains", {"domain": "https://harbour.example/"})
    proof = DomainProof.objects.get()
    base = f"/o/harbour/organisation/domains/{proof.public_id}"
    url = "https://harbour.example/.well-known/sealwright.txt"

    assert url in page
    assert proof.token in page
    DOCUMENTS[url] = {"body": "something else"}
    assert "none of its lines is the token" in told(client, f"{base}/check")
    DOCUMENTS[url] = {"body": proof.token}
    assert "harbour.example is proven." in told(client, f"{base}/check")
    assert "off the list" in told(client, f"{base}/drop")


def test_the_web_is_not_asked_all_the_time(client: Client, college: Organisation) -> None:
    proof = DomainProof.objects.create(organisation=college, domain="harbour.example", token="t")
    check = f"/o/harbour/organisation/domains/{proof.public_id}/check"

    statuses = [client.post(check).status_code for _ in range(7)]

    assert statuses == [302] * 6 + [429]


def test_what_a_domain_served_cannot_break_the_page(client: Client, college: Organisation) -> None:
    DomainProof.objects.create(
        organisation=college,
        domain="harbour.example",
        token="t",
        checked_at=timezone.now(),
        problem="token-missing",
        read="<script>alert(1)</script>",
    )

    page = client.get("/o/harbour/organisation/domains").content.decode()

    assert "<script>alert" not in page


def test_who_may_change_roles_has_a_second_factor(college: Organisation) -> None:
    bare = a_client(somebody(Role.OWNER, college))

    answer = bare.get("/o/harbour/people/invite")

    assert answer["Location"].startswith(reverse("accounts:second-factor"))
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/o/harbour/api-keys/new",
        "/o/harbour/people/invite",
        "/o/harbour/organisation/closing",
    ],
)
def test_a_session_that_was_left_open_makes_no_keys_and_no_members(
    owner: User, address: str
) -> None:
    answer = a_client(owner, lately=False).get(address)

    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]


# --- Who runs the site ----------------------------------------------------------------------


def test_operators_open_a_closed_organisation_again(college: Organisation) -> None:
    Organisation.objects.update(closed_at=timezone.now())
    operator = a_client(secured(a_person(is_operator=True)))

    page = text(operator.get("/operator/organisations?state=closed"))
    said = told(
        operator, f"/operator/organisations/{college.public_id}/reopen", {"reason": "Asked to"}
    )

    assert "Harbour College" in page
    assert "Harbour College is open again." in said


def test_operators_need_a_second_factor() -> None:
    answer = a_client(a_person(is_operator=True)).get("/operator/organisations")

    assert answer["Location"].startswith(reverse("accounts:second-factor"))
