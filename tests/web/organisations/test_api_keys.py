"""Keys for programs: what they look like, what they open, and when they stop."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from ninja import NinjaAPI

from sealwright.web.audit.models import Entry
from sealwright.web.config.urls import handler404, handler500, urlpatterns
from sealwright.web.core.failures import refused
from sealwright.web.core.ids import token_hash
from sealwright.web.core.refusals import Refusal
from sealwright.web.organisations.api_auth import ApiKeyAuth
from sealwright.web.organisations.key_secrets import is_key, new_key
from sealwright.web.organisations.models import ApiKey, Organisation, Role, Unit
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services.api_keys import make_api_key, revoke_api_key
from tests.web.factories import an_actor, an_api_key, an_organisation

__all__ = ["handler404", "handler500", "urlpatterns"]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

api = NinjaAPI(urls_namespace="keys-under-test", docs_url=None)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refused(request, refusal)


@api.get("/who", auth=ApiKeyAuth(Permission.AWARD_ISSUE))
def who(request: HttpRequest) -> dict[str, Any]:
    actor = request.auth  # type: ignore[attr-defined]
    return {"label": actor.label, "whole": actor.may(Permission.AWARD_ISSUE)}


urlpatterns = [*urlpatterns, path("api/keys/", api.urls)]


def ask(client: Client, secret: str, kind: str = "Bearer") -> Any:
    return client.get("/api/keys/who", headers={"Authorization": f"{kind} {secret}"})


def test_a_key_acts_for_its_organisation(client: Client) -> None:
    secret = an_api_key(an_organisation())

    answer = ask(client, secret)

    key = ApiKey.objects.get()
    assert answer.json() == {"label": f"key:{key.public_id}", "whole": True}
    assert key.last_used_at is not None


def test_only_the_hash_of_a_key_is_kept() -> None:
    secret = an_api_key(an_organisation())

    key = ApiKey.objects.get()
    assert key.secret_hash == token_hash(secret)
    assert key.prefix == secret[:12]
    assert not any(secret in str(value) for value in vars(key).values())


def test_a_key_can_be_told_from_what_only_looks_like_one() -> None:
    key = new_key()

    assert is_key(key)
    assert key.startswith("swk_")
    assert not is_key(key[:-1])
    assert not is_key(key[:10] + ("a" if key[10] != "a" else "b") + key[11:])


@pytest.mark.parametrize("secret", ["", "x", "swk_" + "0" * 50, new_key(), new_key()[:-1]])
def test_an_unknown_key_is_turned_away(client: Client, secret: str) -> None:
    answer = ask(client, secret)

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["type"].endswith("#unauthenticated")


def test_a_call_without_a_key_is_told_how_to_send_one(client: Client) -> None:
    answer = client.get("/api/keys/who")

    assert answer.status_code == 401
    assert "Authorization: Bearer" in answer.json()["detail"]


def test_another_kind_of_authorization_is_turned_away(client: Client) -> None:
    assert ask(client, an_api_key(an_organisation()), kind="Basic").status_code == 401


def test_a_revoked_key_opens_nothing(client: Client) -> None:
    organisation = an_organisation()
    secret = an_api_key(organisation)
    owner = an_actor(Role.OWNER, organisation)

    revoke_api_key(ApiKey.objects.get().public_id, reason="Leaked in a chat", actor=owner)

    answer = ask(client, secret)
    assert answer.status_code == 401
    assert "revoked" in answer.json()["detail"]


def test_an_expired_key_opens_nothing(client: Client) -> None:
    secret = an_api_key(an_organisation(), expires_at=timezone.now() - timedelta(seconds=1))

    answer = ask(client, secret)

    assert answer.status_code == 401
    assert "expired" in answer.json()["detail"]


def test_a_key_of_a_closed_organisation_opens_nothing(client: Client) -> None:
    organisation = an_organisation()
    secret = an_api_key(organisation)
    Organisation.objects.update(closed_at=timezone.now())

    assert ask(client, secret).status_code == 401


def test_a_key_without_the_scope_is_refused(client: Client) -> None:
    answer = ask(client, an_api_key(an_organisation(), Permission.AWARD_READ))

    assert answer.status_code == 403
    assert "award:issue" in answer.json()["detail"]


def test_a_key_of_a_unit_reaches_what_lies_below_it_and_no_further(client: Client) -> None:
    organisation = an_organisation()
    faculty = Unit.objects.create(organisation=organisation, name="Sea")
    below = Unit.objects.create(organisation=organisation, name="Tides", parent=faculty)
    beside = Unit.objects.create(organisation=organisation, name="Land")
    auth = ApiKeyAuth(Permission.AWARD_ISSUE)
    request = HttpRequest()
    request.META["HTTP_AUTHORIZATION"] = f"Bearer {an_api_key(organisation, unit=faculty)}"

    actor = auth(request)

    assert actor.may(Permission.AWARD_ISSUE, unit_id=below.pk)
    assert not actor.may(Permission.AWARD_ISSUE, unit_id=beside.pk)
    assert not actor.may(Permission.AWARD_ISSUE)


def test_a_key_that_is_used_too_often_is_told_to_wait(client: Client, settings: Any) -> None:
    settings.CALLS_A_MINUTE = 2
    organisation = an_organisation()
    secret, other = an_api_key(organisation), an_api_key(organisation)

    answers = [ask(client, secret).status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assert ask(client, other).status_code == 200


def test_a_busy_key_is_written_down_once_a_minute(
    client: Client, django_assert_num_queries: Any
) -> None:
    secret = an_api_key(an_organisation())
    ask(client, secret)

    with django_assert_num_queries(1):
        ask(client, secret)


@pytest.mark.parametrize(
    "scopes", [[], [Permission.KEY_MANAGE], [Permission.AWARD_READ, Permission.MEMBER_MANAGE]]
)
def test_no_key_is_given_what_only_people_may_do(scopes: list[Permission]) -> None:
    owner = an_actor(Role.OWNER, an_organisation())

    with pytest.raises(Refusal) as refusal:
        make_api_key(name="Too much", scopes=scopes, actor=owner)

    assert refusal.value.kind.status == 422


def test_no_operation_asks_for_a_scope_that_no_key_is_given() -> None:
    with pytest.raises(ValueError, match="member:manage"):
        ApiKeyAuth(Permission.MEMBER_MANAGE)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_only_owners_make_keys(role: Role) -> None:
    actor = an_actor(role, an_organisation())

    with pytest.raises(Refusal) as refusal:
        make_api_key(name="Ours", scopes=[Permission.AWARD_READ], actor=actor)

    assert refusal.value.kind.status == 403


def test_a_key_of_another_organisation_is_not_there() -> None:
    an_api_key(an_organisation())
    stranger = an_actor(Role.OWNER, an_organisation("Hill School"))

    with pytest.raises(Refusal) as refusal:
        revoke_api_key(ApiKey.objects.get().public_id, actor=stranger)

    assert refusal.value.kind.status == 404


def test_the_trail_tells_of_keys_but_not_their_secrets() -> None:
    organisation = an_organisation()
    secret = an_api_key(organisation)
    owner = an_actor(Role.OWNER, organisation)

    revoke_api_key(ApiKey.objects.get().public_id, reason="Leaked in a chat", actor=owner)

    made, revoked = Entry.objects.filter(organisation=organisation.public_id).order_by("number")
    assert (made.event, revoked.event) == ("api-key.made", "api-key.revoked")
    assert revoked.reason == "Leaked in a chat"
    assert secret not in str(made.details) + str(revoked.details)
