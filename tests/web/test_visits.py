"""The list of pages that a browser walks has every page of the site in it."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase

from tests.web.routing import ROUTES
from tests.web.visits import BEGUN, NO_PAGES, VISITS, Who, World

VISITED = {visit.route for visit in VISITS} | BEGUN
REST = [route for route in ROUTES if route.rule and route.name not in VISITED | set(NO_PAGES)]


def test_no_page_is_listed_that_is_not_there() -> None:
    assert {*VISITED, *NO_PAGES} <= {route.name for route in ROUTES}
    assert not VISITED & set(NO_PAGES)


def test_whatever_is_not_listed_is_a_file_or_takes_forms_alone(settings: Any) -> None:
    settings.DEMO = True
    world = World()
    clients = [world.client(who) for who in (Who.ANYBODY, Who.LEARNER, Who.OWNER, Who.OPERATOR)]

    pages = [
        route.name
        for route in REST
        if not any(is_no_page(client.get(route.filled(world.scene))) for client in clients)
    ]

    assert not pages, f"add to VISITS in tests/web/visits.py: {', '.join(pages)}"


def is_no_page(answer: HttpResponseBase) -> bool:
    is_file = answer.status_code == 200 and not answer["Content-Type"].startswith("text/html")
    return is_file or answer.status_code == 405
