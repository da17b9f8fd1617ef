"""The page of the signing keys: how they stand, a new one, and one that was stolen."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sealwright.web.audit.models import Entry
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import (
    Award,
    IssuerRecord,
    Reason,
    SigningKey,
    StandingOrder,
)
from sealwright.web.issuing.services.compromise import foresee
from sealwright.web.issuing.services.rotation import rotate_key, stop_issuing
from sealwright.web.issuing.services.standing import revoke_awards
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation, Role
from sealwright.web.transparency.models import Shard
from sealwright.web.transparency.services.publishing import publish
from tests.web.accounts.people import a_client
from tests.web.factories import a_version, an_actor, an_award, an_organisation, somebody
from tests.web.scenes import secured

pytestmark = pytest.mark.django_db(transaction=True)

State = SigningKey.State


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def owner(college: Organisation) -> Actor:
    return an_actor(Role.OWNER, college)


@pytest.fixture
def desk(college: Organisation) -> Client:
    """The browser of an owner who just signed in."""
    return a_client(secured(somebody(Role.OWNER, college)))


@pytest.fixture
def address(college: Organisation) -> str:
    return f"/o/{college.slug}/keys"


def shown(desk: Client, address: str) -> str:
    """What a page says, on one line."""
    answer = desk.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def logged(*, ago: timedelta = timedelta(hours=2)) -> None:
    """Sign checkpoints for all that was issued, so long ago."""
    for shard in Shard.objects.all():
        publish(shard, at=timezone.now() - ago)


def an_hour_ago() -> datetime:
    return timezone.now() - timedelta(hours=1)


def key_named(name: str) -> SigningKey:
    """The organisation's key of that name; the log has keys, too."""
    return SigningKey.objects.exclude(organisation=None).get(name=name)


def typed(moment: datetime) -> str:
    """A moment as a browser's field has it."""
    return f"{moment:%Y-%m-%dT%H:%M}"


# --- How they stand -------------------------------------------------------------------------


def test_the_page_shows_every_key_and_how_much_it_signed(
    college: Organisation, owner: Actor, desk: Client, address: str
) -> None:
    version = a_version(college)
    an_award(college, version=version)
    an_award(college, version=version)
    rotate_key(at_once=True, actor=owner)
    an_award(college, version=version)

    page = shown(desk, address)

    assert page.index("<h3>key-3</h3>") < page.index("<h3>key-1</h3>") < page.index("key-2</h3>")
    assert "Retired, still published" in page
    assert "<dt>Credentials signed</dt><dd>1</dd>" in page
    assert "<dt>Credentials signed</dt><dd>2</dd>" in page
    for key in SigningKey.objects.filter(organisation=college):
        assert key.public_multikey in page
    assert f"/providers/{college.slug}/did.json" in page


def test_an_organisation_that_never_issued_has_its_first_keys(desk: Client, address: str) -> None:
    page = shown(desk, address)

    assert "<h3>key-1</h3>" in page
    assert "<dt>Credentials signed</dt><dd>0</dd>" in page


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ISSUER])
def test_only_owners_see_it(college: Organisation, address: str, role: Role) -> None:
    client = a_client(secured(somebody(role, college)))

    assert client.get(address).status_code == 403


def test_another_organisations_keys_are_not_on_it(desk: Client, address: str) -> None:
    other = an_organisation("Hill School")
    an_award(other)

    page = shown(desk, address)

    assert not any(
        key.public_multikey in page for key in SigningKey.objects.filter(organisation=other)
    )


# --- A new one ------------------------------------------------------------------------------


def test_a_new_key_is_published_with_its_reason_and_waits(
    desk: Client, address: str, owner: Actor
) -> None:
    desk.get(address)

    answer = desk.post(f"{address}/new", {"purpose": "assertion", "reason": "The yearly change"})

    key = SigningKey.objects.get(state=State.PENDING)
    assert answer["Location"] == address
    assert Entry.objects.get(event="key.added").reason == "The yearly change"
    assert f"{key.name} is published" in shown(desk, address)


def test_a_new_key_is_used_at_once_in_an_emergency(desk: Client, address: str) -> None:
    desk.get(address)
    told = {"purpose": "status", "reason": "A breach", "at_once": "on"}

    desk.post(f"{address}/new", told)

    active = SigningKey.objects.get(purpose="status", state=State.ACTIVE)
    assert active.name == "key-3"


@pytest.mark.parametrize(
    "told", [{"purpose": "assertion"}, {"purpose": "log", "reason": "x"}, {"reason": "x"}]
)
def test_no_key_is_made_without_a_purpose_and_a_reason(
    desk: Client, address: str, told: dict[str, str]
) -> None:
    desk.get(address)

    desk.post(f"{address}/new", told)

    assert SigningKey.objects.filter(state=State.PENDING).count() == 0
    assert "Please say why" in shown(desk, address)


def test_a_second_new_key_waits_for_the_first(desk: Client, address: str) -> None:
    told = {"purpose": "assertion", "reason": "The yearly change"}
    desk.post(f"{address}/new", told)

    desk.post(f"{address}/new", told)

    assert SigningKey.objects.filter(state=State.PENDING).count() == 1
    assert "waits to be used already" in shown(desk, address)


def test_a_key_that_waits_is_taken_back(desk: Client, address: str) -> None:
    desk.post(f"{address}/new", {"purpose": "assertion", "reason": "By mistake"})

    desk.post(f"{address}/key-3/retire", {"reason": "By mistake"})
    desk.post(f"{address}/key-1/retire")

    assert key_named("key-3").state == State.RETIRED
    assert key_named("key-1").state == State.ACTIVE
    assert "Only a key that waits can be retired" in shown(desk, address)
    assert desk.post(f"{address}/key-9/retire").status_code == 404


# --- The stop switch ------------------------------------------------------------------------


def test_signing_is_stopped_for_a_reason_and_goes_on(desk: Client, address: str) -> None:
    desk.get(address)
    desk.post(f"{address}/stop", {"reason": " "})
    assert IssuerRecord.objects.get().stopped_at is None

    desk.post(f"{address}/stop", {"reason": "A laptop is gone"})
    stopped = shown(desk, address)
    desk.post(f"{address}/go")

    assert "Signing is stopped since" in stopped
    assert "A laptop is gone" in stopped
    assert IssuerRecord.objects.get().stopped_at is None


# --- One that was stolen --------------------------------------------------------------------


def test_what_follows_is_told_in_numbers_before_anything_is_done(
    college: Organisation, owner: Actor, desk: Client, address: str
) -> None:
    version = a_version(college)
    for _ in range(3):
        an_award(college, version=version)
    logged()
    revoked, _ = an_award(college, version=version), an_award(college, version=version)
    revoke_awards([revoked.public_id], reason=Reason.OTHER, actor=owner)

    page = shown(desk, f"{address}/key-1/stolen?since={typed(an_hour_ago())}")

    assert '<p class="large">1</p><h3>award is revoked</h3>' in page
    assert '<p class="large">3</p><h3>awards stay, and are signed again</h3>' in page
    assert "Revoke 1 award, sign 3 again" in page
    assert key_named("key-1").state == State.ACTIVE
    assert StandingOrder.objects.filter(key__isnull=False).count() == 0


def test_what_was_foreseen_is_what_happens(
    college: Organisation, owner: Actor, desk: Client, address: str
) -> None:
    version = a_version(college)
    for _ in range(3):
        an_award(college, version=version)
    logged()
    for _ in range(2):
        an_award(college, version=version)
    since = an_hour_ago()
    key = key_named("key-1")
    foreseen = foresee(key, since=since, actor=owner)

    answer = desk.post(
        f"{address}/key-1/stolen",
        {"since": typed(since), "why": "A laptop was stolen", "confirmation": "key-1"},
    )
    underway = shown(desk, answer["Location"])
    run_pending()

    assert "Sign again with another key" in underway
    assert "0 of 3" in underway
    key.refresh_from_db()
    assert key.state == State.COMPROMISED
    orders = StandingOrder.objects.order_by("pk")
    assert [order.changed for order in orders] == [foreseen.revoked, foreseen.signed_again]
    assert (foreseen.revoked, foreseen.signed_again) == (2, 3)
    assert Award.objects.exclude(revoked_at=None).count() == 2
    assert Entry.objects.get(event="key.compromised").reason == "A laptop was stolen"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"confirmation": "key-2"}, "Type key-1, if you mean this key."),
        ({"why": ""}, "This field is required."),
        ({"since": "2999-01-01T00:00"}, "has not come yet"),
    ],
)
def test_nothing_is_done_that_was_not_said_in_full(
    college: Organisation, desk: Client, address: str, change: dict[str, str], said: str
) -> None:
    an_award(college)
    told = {"since": typed(an_hour_ago()), "why": "Stolen", "confirmation": "key-1"}

    answer = desk.post(f"{address}/key-1/stolen", told | change)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert key_named("key-1").state == State.ACTIVE


def test_a_later_moment_is_refused_and_an_earlier_one_is_not(
    college: Organisation, desk: Client, address: str
) -> None:
    an_award(college)
    first = an_hour_ago()
    told = {"why": "Stolen", "confirmation": "key-1"}
    desk.post(f"{address}/key-1/stolen", told | {"since": typed(first)})

    later = desk.get(f"{address}/key-1/stolen?since={typed(first + timedelta(minutes=30))}")
    earlier = desk.get(f"{address}/key-1/stolen?since={typed(first - timedelta(days=1))}")

    assert later.status_code == 422
    assert "Name an earlier time" in later.content.decode()
    assert earlier.status_code == 200
    assert "It was lost even earlier" in shown(desk, address)


def test_a_stolen_key_of_lists_revokes_nothing(
    college: Organisation, desk: Client, address: str
) -> None:
    an_award(college)
    told = {"since": typed(an_hour_ago()), "why": "Stolen", "confirmation": "key-2"}

    page = shown(desk, f"{address}/key-2/stolen?since={told['since']}")
    desk.post(f"{address}/key-2/stolen", told)

    assert "signed anew at once" in page
    assert "Say that it was lost" in page
    assert StandingOrder.objects.count() == 0
    assert SigningKey.objects.get(purpose="status", state=State.ACTIVE).name == "key-3"


def test_who_signed_in_long_ago_shows_again_who_they_are(
    college: Organisation, owner: Actor, address: str
) -> None:
    stop_issuing(reason="To try it", actor=owner)
    client = a_client(secured(somebody(Role.OWNER, college)), lately=False)

    answers = [
        client.get(f"{address}/key-1/stolen"),
        *(client.post(f"{address}/{end}") for end in ("new", "stop", "go", "key-1/retire")),
    ]

    assert {answer.status_code for answer in answers} == {302}
    assert all("reauthenticate" in answer["Location"] for answer in answers)
    assert client.get(address).status_code == 200
