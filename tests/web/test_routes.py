"""Every address of the site, taken from the site itself, walked by everybody.

A new route is walked without a word here. It must declare its rule (`core.access`, or
`organisations.doors.of_organisation`), and every gap in its address must be known to `scenes.GAPS`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import Parameter, Signature, signature
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sealwright.web.config.api import api
from sealwright.web.core.access import Rule
from sealwright.web.core.limits import counters
from sealwright.web.organisations.api_auth import ApiKeyAuth
from sealwright.web.organisations.models import Grant, Organisation, Role
from sealwright.web.organisations.permissions import (
    FOR_PROGRAMS,
    GRANTS,
    NEEDS_SECOND_FACTOR,
    OF_THE_WHOLE,
    Permission,
)
from tests.web.accounts.people import a_client as sign_in
from tests.web.factories import a_person, an_api_key, somebody
from tests.web.routing import OURS, ROUTES, Route
from tests.web.scenes import GAPS, Scene, secured

OPEN_OPERATIONS = {"verify"}
"""Operations of the interface for programs that need no key."""

METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
BODIES: tuple[tuple[Any, str], ...] = (
    ("", "application/x-www-form-urlencoded"),
    ("{", "application/json"),
    ("[]", "application/json"),
    (b"\xff\xfe\x00", "application/octet-stream"),
    (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
    ("<a/>", "application/xml"),
    ("a=1", "nonsense"),
)
INSIDE = [route for route in OURS if route.rule in {str(permission) for permission in Permission}]


@contextmanager
def undone() -> Iterator[None]:
    """A transaction as of a test case, in which services may open durable ones of their own."""
    counters.forget()
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def routes(*chosen: Route) -> Callable[[Any], Any]:
    """The test is about each of these, one after the other, in the scenes that it asks for.

    The routes of one app are one case, since a scene takes longer to set than a route to walk.
    What a route leaves behind is forgotten before the next one.
    """
    apps = sorted({route.app for route in chosen})
    cases = [[route for route in chosen if route.app == app] for app in apps]

    def walked(test: Callable[..., None]) -> Any:
        @functools.wraps(test)
        def walk(several: list[Route], **scenes: Scene) -> None:
            for route in several:
                try:
                    with undone():
                        test(route=route, **scenes)
                except BaseException as problem:
                    problem.add_note(f"on the way to /{route.path}")
                    raise

        own = [each for each in signature(test).parameters.values() if each.name != "route"]
        several = Parameter("several", Parameter.POSITIONAL_OR_KEYWORD)
        walk.__signature__ = Signature([several, *own])  # type: ignore[attr-defined]
        return pytest.mark.parametrize("several", cases, ids=apps)(walk)

    return walked


# --- What is declared -----------------------------------------------------------------------


def test_there_are_routes_to_walk() -> None:
    assert {"", "verify", "verify/table.csv", "api/v1/"} <= {route.path for route in OURS}
    assert "api/v1/verifications" in {route.path for route in ROUTES}


@pytest.mark.parametrize("route", OURS, ids=lambda route: f"/{route.path}")
def test_a_route_without_a_rule_is_no_route(route: Route) -> None:
    assert route.rule in {*Rule, *Permission}, (
        f"/{route.path} declares no rule: decorate its view with open_to_all, by_secret, signed_in "
        "or operator_only of core.access, or with of_organisation of organisations.doors"
    )


@routes(*OURS)
def test_every_gap_in_an_address_is_known(route: Route) -> None:
    assert all(route.gap(name) for name in route.gaps)


@routes(*INSIDE)
def test_what_an_organisation_keeps_to_itself_lies_below_its_own_address(route: Route) -> None:
    assert f"{route.path}/".startswith(("o/<slug:slug>/", "o/<slug>/"))


def test_every_operation_for_programs_asks_for_a_key_or_is_open_on_purpose() -> None:
    bare = {
        operation.operation_id or operation.view_func.__name__
        for _, operation in operations()
        if not all(isinstance(door, ApiKeyAuth) for door in operation.auth_callbacks)
        or not operation.auth_callbacks
    }

    assert bare == OPEN_OPERATIONS


def test_every_permission_is_granted_to_owners_and_no_role_has_what_is_none() -> None:
    granted = set().union(*GRANTS.values())

    assert granted == set(Permission) == GRANTS[Role.OWNER]
    assert set(GRANTS) == set(Role)
    assert set(OF_THE_WHOLE) | set(NEEDS_SECOND_FACTOR) | set(FOR_PROGRAMS) <= set(Permission)


def test_no_program_is_given_what_a_whole_organisation_keeps() -> None:
    assert not set(FOR_PROGRAMS) & OF_THE_WHOLE


# --- Who comes through which door -----------------------------------------------------------


@pytest.fixture
def own() -> Scene:
    return Scene("Harbour College")


@pytest.fixture
def of_unit() -> Scene:
    return Scene("Harbour College", in_unit=True)


@pytest.fixture
def foreign() -> Scene:
    return Scene("Hill School")


def visit(client: Client, address: str) -> Iterator[HttpResponse]:
    """The answers to GET and to an empty POST; what they change is forgotten."""
    for method in ("get", "post"):
        with undone():
            answer = getattr(client, method)(address)
        assert answer.status_code != 500, f"{method} {address}"
        if answer.status_code != 405:
            yield answer


def statuses(client: Client, address: str) -> set[int]:
    return {answer.status_code for answer in visit(client, address)}


def leads_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


def words(answer: HttpResponse) -> bytes:
    """What an answer says, without what differs from one form to the next."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)


@routes(*INSIDE)
def test_who_is_not_signed_in_is_led_to_sign_in(route: Route, own: Scene) -> None:
    answers = list(visit(sign_in(None), route.filled(own)))

    assert answers
    assert all(leads_to_sign_in(answer) for answer in answers)


@routes(*INSIDE)
def test_a_stranger_finds_nothing(route: Route, own: Scene, foreign: Scene) -> None:
    for stranger in (own.learner, foreign.owner, secured(a_person())):
        assert statuses(sign_in(stranger), route.filled(own)) == {404}


@routes(*INSIDE)
def test_nobody_finds_anything_in_a_closed_organisation(route: Route, own: Scene) -> None:
    Organisation.objects.update(closed_at=timezone.now())

    assert statuses(sign_in(own.owner), route.filled(own)) == {404}


@routes(*INSIDE)
def test_a_role_opens_what_it_is_granted_and_nothing_else(route: Route, own: Scene) -> None:
    permission = Permission(str(route.rule))
    for role in Role:
        person = secured(somebody(role, own.organisation))

        found = statuses(sign_in(person), route.filled(own))

        if permission in GRANTS[role]:
            assert not found & {403, 404}, f"{role} may {permission}"
        else:
            assert found == {403}, f"{role} may not {permission}"


@routes(*INSIDE)
def test_a_role_in_a_unit_opens_nothing_of_the_whole(route: Route, own: Scene) -> None:
    permission = Permission(str(route.rule))
    for role in Role:
        person = secured(somebody(role, own.organisation, own.unit))

        found = statuses(sign_in(person), route.filled(own))

        if permission not in GRANTS[role] - OF_THE_WHOLE:
            assert found == {403}, f"{role} of a unit may not {permission}"
        elif any(gap.in_units for _, gap in route.belonging()):
            assert found <= {403, 404}, f"{role} of a unit sees what is not of the unit"


@routes(*INSIDE)
def test_a_role_in_a_unit_opens_what_is_of_the_unit(route: Route, of_unit: Scene) -> None:
    permission, own = Permission(str(route.rule)), of_unit
    for role in Role:
        if permission in GRANTS[role] - OF_THE_WHOLE and not route.is_of_its_maker:
            person = secured(somebody(role, own.organisation, own.unit))

            found = statuses(sign_in(person), route.filled(own))

            assert not found & {403, 404}, f"{role} of a unit may {permission}"


@routes(*[route for route in INSIDE if route.rule in NEEDS_SECOND_FACTOR])
def test_who_has_no_second_factor_is_led_to_set_one_up(route: Route, own: Scene) -> None:
    person = somebody(Role.OWNER, own.organisation)

    answers = list(visit(sign_in(person), route.filled(own)))

    page = reverse("accounts:second-factor")
    assert answers
    assert all(answer["Location"].partition("?")[0] == page for answer in answers)


@routes(*[route for route in INSIDE if any(route.belonging())])
def test_what_is_another_organisations_is_as_if_it_were_not_there(
    route: Route, own: Scene, foreign: Scene
) -> None:
    client = sign_in(own.owner)
    for name, gap in route.belonging():
        theirs = list(visit(client, route.filled(own, **{name: gap.of(foreign)})))
        nobodys = list(visit(client, route.filled(own, **{name: gap.missing})))

        assert {answer.status_code for answer in theirs} == {404}, name
        assert [words(answer) for answer in theirs] == [words(answer) for answer in nobodys]


@routes(*[route for route in INSIDE if any(route.belonging())])
def test_who_has_a_part_in_two_organisations_does_not_mix_them(
    route: Route, own: Scene, foreign: Scene
) -> None:
    Grant.objects.create(organisation=foreign.organisation, person=own.owner, role=Role.OWNER)
    client = sign_in(own.owner)
    for name, gap in route.belonging():
        found = statuses(client, route.filled(own, **{name: gap.of(foreign)}))

        assert found == {404}, name


@routes(*[route for route in OURS if route.rule == Rule.SIGNED_IN])
def test_what_is_for_people_with_an_account_is_for_nobody_else(route: Route, own: Scene) -> None:
    assert all(leads_to_sign_in(answer) for answer in visit(sign_in(None), route.filled(own)))
    for person in (own.learner, own.owner):
        assert statuses(sign_in(person), route.filled(own))


@routes(*[r for r in OURS if any(r.gap(name).whose == "person" for name in r.gaps)])
def test_what_is_another_persons_is_as_if_it_were_not_there(
    route: Route, own: Scene, foreign: Scene
) -> None:
    client = sign_in(foreign.learner)
    for name in route.gaps:
        gap = route.gap(name)
        if gap.whose == "person":
            theirs = list(visit(client, route.filled(foreign, **{name: gap.of(own)})))
            nobodys = list(visit(client, route.filled(foreign, **{name: gap.missing})))

            assert {answer.status_code for answer in theirs} == {404}, name
            assert [words(answer) for answer in theirs] == [words(answer) for answer in nobodys]


@routes(*[route for route in OURS if route.rule == Rule.SECRET])
def test_without_the_secret_there_is_nothing(route: Route, own: Scene) -> None:
    secrets = [name for name in route.gaps if route.gap(name).whose == "secret"]
    for person in (None, own.learner, own.owner):
        for name in secrets:
            missing = route.filled(own, **{name: route.gap(name).missing})

            assert statuses(sign_in(person), missing) == {404}
    assert secrets


@routes(*[route for route in OURS if route.rule == Rule.OPERATOR])
def test_the_operators_pages_are_there_for_operators_alone(route: Route, own: Scene) -> None:
    operator = secured(a_person(is_operator=True))

    for person in (None, own.learner, own.owner):
        assert statuses(sign_in(person), route.filled(own)) == {404}
    assert not statuses(sign_in(operator), route.filled(own)) & {403, 404}


@routes(*[route for route in OURS if route.rule == Rule.OPEN])
def test_what_is_open_is_open(route: Route, own: Scene) -> None:
    for person in (None, own.learner, own.owner):
        answers = list(visit(sign_in(person), route.filled(own)))

        assert not any(leads_to_sign_in(answer) for answer in answers)


@routes(*[route for route in OURS if route.rule == Rule.UNDERWAY])
def test_a_sign_in_that_has_not_begun_leads_to_where_it_begins(route: Route, own: Scene) -> None:
    for answer in visit(sign_in(None), route.filled(own)):
        assert answer.status_code == 302
        assert answer["Location"].startswith(("/accounts/login/", "/accounts/signup/",
                                              "/accounts/password/reset/"))  # fmt: skip


# --- Programs -------------------------------------------------------------------------------


def operations() -> Iterator[tuple[str, Any]]:
    """Every operation of the interface for programs with its path, gaps in braces."""
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                yield f"/api/v1/{bound.prefix}{path}".replace("//", "/"), operation


GUARDED = [
    (path, method, operation.auth_callbacks[0].permission)
    for path, operation in operations()
    if operation.auth_callbacks
    for method in operation.methods
]
guarded = pytest.mark.parametrize(
    ("path", "method", "permission"), GUARDED, ids=lambda value: str(value)
)


def call(secret: str, method: str, path: str) -> int:
    head = {"Authorization": f"Bearer {secret}"} if secret else {}
    answer = Client().generic(method, path, "{}", content_type="application/json", headers=head)
    assert answer.status_code != 500
    return int(answer.status_code)


def braces(path: str, scene: Scene) -> str:
    values: Mapping[str, Any] = {name: gap.of(scene) for name, gap in GAPS.items()}
    for name in re.findall(r"{(\w+)}", path):
        assert name in values, f"{path}: add {name} to GAPS in tests/web/scenes.py"
    return path.format(**values)


@guarded
def test_no_operation_answers_without_its_scope(
    path: str, method: str, permission: Permission, own: Scene
) -> None:
    others = [scope for scope in FOR_PROGRAMS if scope != permission]
    address = braces(path, own)

    assert call("", method, address) == 401
    assert call(an_api_key(own.organisation, *others), method, address) == 403
    assert call(an_api_key(own.organisation), method, address) not in {401, 403, 404}


@guarded
def test_no_key_reaches_into_another_organisation(
    path: str, method: str, permission: Permission, own: Scene, foreign: Scene
) -> None:
    if "{" in path:
        assert call(an_api_key(own.organisation), method, braces(path, foreign)) in {404, 422}


# --- Whatever is sent ----------------------------------------------------------------------


@pytest.mark.parametrize("path", [*[route.path for route in ROUTES], "nothing", "verify/"])
def test_nothing_that_is_sent_is_a_fault_of_ours(client: Client, path: str) -> None:
    for method in METHODS:
        answer = getattr(client, method)(f"/{path}")
        assert answer.status_code != 500, method
        assert answer.status_code != 405 or answer.headers["Allow"], method
    for body, kind in BODIES:
        answer = client.generic("POST", f"/{path}", body, content_type=kind)
        assert answer.status_code != 500, kind


@pytest.mark.parametrize(
    "query", ["url=", "url=%00", "url=javascript:1", "url=https://x%20y", "sample=../..", "url=%ff"]
)
def test_no_query_is_a_fault_of_ours(client: Client, query: str) -> None:
    assert client.get(f"/verify?{query}").status_code == 200
