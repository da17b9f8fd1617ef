"""Every page of the product, seen by whoever it is for, with long lists and with nothing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from tests.journeys.conftest import served
from tests.journeys.looks import Eyes
from tests.web.visits import VISITS, Visit, Who, World

pytestmark = pytest.mark.browser

ROWS = 30
"""How much longer than one line every list is."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A site with something of everything, for all pages together; nothing changes it."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        made = World()
        made.fill(ROWS)
        yield made
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def address(world: World) -> Iterator[str]:
    with served() as site:
        yield site


@pytest.fixture(scope="module")
def eyes(browser: Browser, world: World, address: str) -> Iterator[Callable[[Who], Eyes]]:
    """A browser for each person, signed in once."""
    opened: dict[Who, Eyes] = {}

    def of(who: Who) -> Eyes:
        if who not in opened:
            context = browser.new_context(base_url=address, reduced_motion="reduce")
            context.set_default_timeout(15_000)
            for name, morsel in world.client(who).cookies.items():
                context.add_cookies([{"name": name, "value": morsel.value, "url": address}])
            opened[who] = Eyes(context.new_page(), address)
        return opened[who]

    yield of
    for each in opened.values():
        each.page.context.close()


@pytest.mark.parametrize("visit", VISITS, ids=str)
def test_every_page_is_light_and_fit_for_everybody(
    visit: Visit, world: World, eyes: Callable[[Who], Eyes]
) -> None:
    eyes(visit.who).look_at(visit.path(world))
