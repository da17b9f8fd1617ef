"""The public pages of awards and providers in a browser: for everybody, light, asking nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page

from sealwright.web.issuing.models import Award, Reason, StatusList
from sealwright.web.issuing.services.batches import Person
from sealwright.web.issuing.services.standing import correct_award
from sealwright.web.organisations.models import Organisation, Role
from tests.journeys.test_every_page import LARGEST, RULES, TOO_SMALL, open_all
from tests.web.factories import an_actor, an_award, an_organisation
from tests.web.pages.conftest import accredited, change

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = timezone.now


def corrected(award: Award) -> None:
    actor = an_actor(Role.ISSUER, award.organisation)
    correct_award(award.public_id, person=Person("m@people.example", name="M"), actor=actor, why="")


STATES: dict[str, Callable[[Award], object]] = {
    "valid": lambda award: change(award, holder_proof="key", claimed_at=NOW()),
    "unproven": lambda award: award,
    "unknown issuer": lambda award: award.organisation.recognitions.all().delete(),
    "revoked": lambda award: change(
        award, revoked_at=NOW(), revocation_reason=Reason.OTHER, reason_is_public=True
    ),
    "suspended": lambda award: change(award, suspended_at=NOW()),
    "corrected": corrected,
    "cancelled": lambda award: change(
        award, revoked_at=NOW(), cancelled_at=NOW(), revocation_reason=Reason.NEVER_CLAIMED
    ),
    "standing unread": lambda award: StatusList.objects.all().delete(),
    "private": lambda award: change(award, visibility=Award.Visibility.PRIVATE),
    "erased": lambda award: change(award, erased_at=NOW()),
}


@pytest.fixture
def page(browser: Browser, own_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=own_site, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def college() -> Organisation:
    college = an_organisation(description="A college by the sea.", website="https://hc.example")
    accredited(college)
    return college


@pytest.fixture
def award(college: Organisation) -> Award:
    return an_award(
        college,
        evidence_url="https://portfolio.example/plan.pdf",
        evidence_name="Passage plan",
    )


def is_fit_for_everybody(page: Page, path: str) -> None:
    """Axe finds nothing in both schemes and sizes, and nothing scrolls sideways."""
    page.goto(path)
    open_all(page)
    for across in (1280, 390):
        page.set_viewport_size({"width": across, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
            assert found.violations_count == 0, f"{across} {scheme} {found.generate_report()}"
    for across in (320, 640):
        page.set_viewport_size({"width": across, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= across
    assert page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("state", STATES)
def test_an_award_is_fit_for_everybody_in_every_state(page: Page, award: Award, state: str) -> None:
    STATES[state](award)

    is_fit_for_everybody(page, award.path)


@pytest.mark.parametrize("ending", ["/print", "/embed"])
def test_its_small_relatives_are_so_too(page: Page, award: Award, ending: str) -> None:
    is_fit_for_everybody(page, f"{award.path}{ending}")


def test_providers_and_missing_awards_are_so_too(
    page: Page, award: Award, college: Organisation
) -> None:
    for path in ("/providers", "/providers?q=nobody", college.path, "/c/nothing"):
        is_fit_for_everybody(page, path)


def test_a_page_is_light_and_asks_nobody_else(page: Page, award: Award, own_site: str) -> None:
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    sizes: list[float] = []
    asked: list[str] = []
    said: list[str] = []
    client.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    for path in (award.path, award.organisation.path):
        sizes.clear()
        asked.clear()
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if not url.startswith(own_site)] == []
        assert len(asked) <= 8
        assert sum(sizes) <= LARGEST
    assert said == []


def test_the_link_is_copied_and_the_code_is_shown(page: Page, award: Award, own_site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=own_site)
    page.goto(award.path)
    page.get_by_text("Link, QR code and files").click()

    page.get_by_role("button", name="Copy link").click()

    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == award.url
    shown = "document.querySelector('.qr').complete && document.querySelector('.qr').naturalWidth"
    assert page.wait_for_function(shown)


def test_the_card_fits_the_frame_that_the_code_asks_for(
    page: Page, award: Award, own_site: str
) -> None:
    framed = f'<iframe src="{award.path}/embed" width="420" height="172" title="x"></iframe>'
    page.route("**/elsewhere", lambda route: route.fulfill(body=framed, content_type="text/html"))
    page.goto("/elsewhere")

    shown = page.frame_locator("iframe").get_by_role("heading").inner_text()

    assert shown == "Coastal Navigation"
    assert page.frames[1].evaluate("document.documentElement.scrollHeight") <= 172


@pytest.mark.parametrize("ending", ["", "/print"])
def test_a_page_can_be_printed(page: Page, award: Award, ending: str) -> None:
    page.goto(f"{award.path}{ending}")
    page.emulate_media(media="print", color_scheme="dark")

    assert len(page.pdf(prefer_css_page_size=True)) > 10_000
    assert not page.locator(".acts, .printed nav").first.is_visible()
