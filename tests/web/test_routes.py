"""Every address of the site, taken from the site itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.django_db

METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")


def routes(resolver: Any, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield f"/{route}"


ROUTES = sorted(set(routes(get_resolver("sealwright.web.config.urls"))))
BODIES: tuple[tuple[Any, str], ...] = (
    ("", "application/x-www-form-urlencoded"),
    ("{", "application/json"),
    ("[]", "application/json"),
    (b"\xff\xfe\x00", "application/octet-stream"),
    (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
    ("<a/>", "application/xml"),
    ("a=1", "nonsense"),
)


def test_there_are_routes_to_walk() -> None:
    assert {"/", "/verify", "/verify/table.csv", "/api/v1/", "/api/v1/verifications"} <= set(ROUTES)


@pytest.mark.parametrize("route", [*ROUTES, "/nothing", "/verify/", "/static/nothing.css"])
@pytest.mark.parametrize("method", METHODS)
def test_no_method_on_any_route_is_a_fault_of_ours(client: Client, route: str, method: str) -> None:
    answer = getattr(client, method)(route)

    assert answer.status_code < 500
    assert answer.status_code != 405 or answer.headers["Allow"]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("body", "kind"), BODIES)
def test_no_body_on_any_route_is_a_fault_of_ours(
    client: Client, route: str, body: Any, kind: str
) -> None:
    assert client.generic("POST", route, body, content_type=kind).status_code < 500


@pytest.mark.parametrize(
    "query", ["url=", "url=%00", "url=javascript:1", "url=https://x%20y", "sample=../..", "url=%ff"]
)
def test_no_query_is_a_fault_of_ours(client: Client, query: str) -> None:
    assert client.get(f"/verify?{query}").status_code == 200
