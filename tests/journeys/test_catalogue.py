"""Programmes in a browser: designed, published, found and compared, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sealwright.web.catalogue.models import Programme
from sealwright.web.organisations.models import Organisation, Role
from tests.web.factories import a_programme, a_version, an_organisation, somebody
from tests.web.scenes import secured

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def college(own_site: str) -> Organisation:
    return an_organisation("Harbour College", slug="harbour")


@pytest.fixture
def manager(college: Organisation) -> Client:
    client = Client()
    client.force_login(secured(somebody(Role.MANAGER, college)))
    return client


def signed_in(browser: Browser, site: str, client: Client, *, scripts: bool) -> BrowserContext:
    context = browser.new_context(
        base_url=site, java_script_enabled=scripts, viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(10_000)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    return context


@pytest.fixture
def page(browser: Browser, own_site: str, manager: Client, scripts: bool) -> Iterator[Page]:
    context = signed_in(browser, own_site, manager, scripts=scripts)
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(browser: Browser, own_site: str, manager: Client) -> Iterator[Page]:
    context = signed_in(browser, own_site, manager, scripts=True)
    yield context.new_page()
    context.close()


def test_a_programme_is_begun_designed_published_and_found(page: Page) -> None:
    page.goto("/o/harbour/programmes")
    page.get_by_role("link", name="Begin a programme").click()
    page.get_by_role("button", name="Begin with this Safety training").click()
    page.get_by_label("Title").fill("Working on Masts")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Add a skill").click()
    page.get_by_role("group", name="Skill 5").get_by_label("Skill", exact=True).fill("Splicing")
    page.get_by_role("button", name="Move 5 up").click()
    fourth = page.get_by_role("group", name="Skill 4").get_by_label("Skill", exact=True)
    expect(fourth).to_have_value("Splicing")
    page.get_by_role("button", name="Remove 1").click()
    expect(page.get_by_role("group", name="Skill 5")).to_have_count(0)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#preview")).to_contain_text("Splicing")
    expect(page.locator("#preview")).not_to_contain_text("Use of fall protection")

    page.get_by_role("link", name="Review and publish").click()
    page.get_by_role("button", name="Publish version 1").click()
    page.get_by_role("link", name="Public page").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Working on Masts")
    page.goto("/find?q=splicing")
    expect(page.locator("#results h2")).to_have_text("Working on Masts")


def test_the_preview_follows_the_form(scripted: Page, college: Organisation) -> None:
    programme = a_programme(college)
    scripted.goto(f"/o/harbour/programmes/{programme.public_id}/identity")

    scripted.get_by_label("Title").fill("Night Sailing")

    expect(scripted.locator("#preview h2").first).to_have_text("Night Sailing")
    assert Programme.objects.get(pk=programme.pk).title == "Coastal Navigation"


def test_a_new_row_is_ready_to_be_written_in(scripted: Page, college: Organisation) -> None:
    programme = a_programme(college)
    scripted.goto(f"/o/harbour/programmes/{programme.public_id}/skills")

    scripted.get_by_role("button", name="Add a skill").click()

    name = scripted.get_by_role("group", name="Skill 3").get_by_label("Skill", exact=True)
    expect(name).to_be_focused()


def test_choosing_a_filter_is_enough(scripted: Page, college: Organisation) -> None:
    a_version(college, "Knots", field="Maritime")
    a_version(college, "Statistics", field="Data")
    scripted.goto("/find")

    scripted.get_by_label("Field").select_option("Data")

    expect(scripted.locator("#count")).to_have_text("1 programme")
    expect(scripted).to_have_url(re.compile(r"/find\?field=Data$"))
