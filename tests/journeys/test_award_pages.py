"""The public pages of awards and providers in a browser: for everybody, light, asking nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from sealwright.web.issuing.models import Award, Reason, StatusList
from sealwright.web.issuing.services.batches import Person
from sealwright.web.issuing.services.standing import correct_award
from sealwright.web.organisations.models import Organisation, Role
from tests.journeys.looks import Eyes
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
STATUSES = {"private": 403, "erased": 410}


@pytest.fixture
def page(browser: Browser, own_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=own_site, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def eyes(page: Page, own_site: str) -> Eyes:
    return Eyes(page, own_site)


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


@pytest.mark.parametrize("state", STATES)
def test_an_award_is_fit_for_everybody_in_every_state(eyes: Eyes, award: Award, state: str) -> None:
    STATES[state](award)

    eyes.look_at(award.path, status=STATUSES.get(state, 200))


def test_providers_that_are_not_found_and_missing_awards_are_so_too(eyes: Eyes) -> None:
    eyes.look_at("/providers?q=nobody")
    eyes.look_at("/c/nothing", status=404)


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
