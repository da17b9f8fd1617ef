"""A table of people in a browser: five steps to awards, with and without scripts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import Award, Batch, Sheet
from sealwright.web.organisations.models import Organisation, Role
from tests.journeys.looks import Eyes
from tests.web.factories import a_version, an_award, an_organisation, somebody
from tests.web.scenes import secured

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = [
    ["Name", "Mail", "Mark", "Remark"],
    ["Ida Berg", "ida@people.example", "91", "on time"],
    ["Rolf Arend", "rolf at people.example", "88", ""],
    ["Sana Idris", "sana@people.example", "very good", ""],
    ["Mira Holt", "mira@people.example", "73", "holds it"],
]


@pytest.fixture
def college(own_site: str) -> Organisation:
    college = an_organisation("Harbour College", slug="harbour")
    version = a_version(college, grade="percent")
    an_award(college, address="mira@people.example", version=version)
    return college


@pytest.fixture
def page(browser: Browser, own_site: str, college: Organisation, scripts: bool) -> Iterator[Page]:
    """A page of somebody who issues, which complained of nothing when the journey ends."""
    client = Client()
    client.force_login(secured(somebody(Role.ISSUER, college)))
    context = browser.new_context(
        base_url=own_site,
        java_script_enabled=scripts,
        reduced_motion="reduce",
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(10_000)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": own_site}])
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    yield opened
    context.close()
    assert complaints == []


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def bring(page: Page) -> None:
    page.goto("/o/harbour/issue")
    page.get_by_role("link", name="A table Coastal Navigation").click()
    page.get_by_label("A CSV file").set_input_files(
        {"name": "june.csv", "mimeType": "text/csv", "buffer": as_csv(ROWS)}
    )
    page.get_by_role("button", name="Go on to the columns").click()


def test_a_table_is_brought_matched_put_right_looked_at_and_issued(page: Page) -> None:
    bring(page)
    expect(page.get_by_label("Mail", exact=True)).to_have_value("email")
    expect(page.get_by_label("Remark")).to_have_value("")
    page.get_by_role("button", name="Check the rows").click()

    expect(page.locator(".rows-tally")).to_contain_text("1 ready 2 to fix 1 already holds it")
    rolf = page.locator("#row-3")
    expect(rolf).to_contain_text("“rolf at people.example” is no e-mail address")
    rolf.get_by_label("Row 3, Mail").fill("rolf@people.example")
    rolf.get_by_role("button", name="Save row 3").click()
    expect(page.get_by_text("Row 3 is ready.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/check\?at=3&show=faulty&page=1$"))
    expect(page.get_by_label("Row 4, Mark")).to_be_focused()
    page.get_by_label("Row 4, Mark").fill("excellent")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Row 4 is not right yet.")).to_be_visible()
    page.get_by_role("button", name="Leave out row 4").click()
    expect(page.get_by_text("Nothing is left to fix")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Leave out row 4").click()
    page.get_by_role("link", name="Left out 1").click()
    page.get_by_role("button", name="Take in again row 4").click()
    page.get_by_role("link", name="To fix 1").click()
    page.get_by_label("Row 4, Mark").fill("95,5")
    page.get_by_role("button", name="Save row 4").click()
    expect(page.locator(".rows-tally")).to_contain_text("3 ready 0 to fix")

    page.get_by_role("link", name="Look at the 3 who are ready").click()
    expect(page.get_by_role("heading", name="What Ida Berg would get")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    page.get_by_label("A word to everybody").fill("See you at the quay.")
    page.get_by_role("button", name="Show the mail like this").click()
    expect(page.locator(".letter")).to_contain_text("Hello Rolf Arend")
    expect(page.locator(".letter")).to_contain_text("See you at the quay.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Why").fill("Exam board of June")
    assert Award.objects.count() == 1
    page.get_by_role("button", name="Issue 3").dblclick()

    expect(page.get_by_text("You can close this page")).to_be_visible()
    run_pending()
    expect(page.get_by_role("heading", name="3 issued")).to_be_visible(timeout=20_000)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Receipt").click()
    lines = list(csv.reader(Path(waiting.value.path()).read_text("utf-8-sig").splitlines()))
    assert [line[:2] for line in lines[1:]] == [
        ["2", "Ida Berg"], ["3", "Rolf Arend"], ["4", "Sana Idris"],
    ]  # fmt: skip
    assert Batch.objects.filter(source=Batch.Source.CSV).count() == 1
    assert Award.objects.count() == 4


def test_cells_are_pasted_and_a_table_is_gone_on_with_or_discarded(page: Page) -> None:
    page.goto("/o/harbour/issue")
    page.get_by_role("link", name="A table Coastal Navigation").click()
    pasted = page.get_by_label("Or paste from your spreadsheet")
    pasted.fill("\t".join(ROWS[1]))
    page.get_by_role("button", name="Go on to the columns").click()
    expect(page.get_by_text("The first row must be headings")).to_be_visible()
    expect(pasted).to_have_value("\t".join(ROWS[1]))
    pasted.fill("\n".join("\t".join(row) for row in ROWS))
    page.get_by_role("button", name="Go on to the columns").click()
    expect(page.get_by_role("heading", name="Which column is which?")).to_be_visible()

    page.goto("/o/harbour/issue")
    page.get_by_role("link", name="Continue Coastal Navigation").click()
    page.get_by_role("button", name="Check the rows").click()
    page.goto("/o/harbour/issue")
    expect(page.get_by_text("1 of 4 ready, 2 to fix")).to_be_visible()
    page.get_by_role("link", name="Discard Coastal Navigation").click()
    page.get_by_role("button", name="Delete the table").click()

    expect(page.get_by_text("The table with 4 rows is deleted.")).to_be_visible()
    expect(page.get_by_role("link", name="Continue")).to_have_count(0)


def test_a_row_of_a_table_that_a_colleague_deleted_is_refused_in_words(page: Page) -> None:
    bring(page)
    page.get_by_role("button", name="Check the rows").click()
    theirs = page.context.new_page()  # the browser complains of the answer, and rightly
    theirs.goto(page.url)
    Sheet.objects.get().delete()

    theirs.get_by_label("Row 3, Mail").fill("rolf@people.example")
    theirs.get_by_role("button", name="Save row 3").click()

    expect(theirs.get_by_text("There is no such table.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True], indirect=True)
def test_every_step_is_readable_by_everybody_and_light_to_carry(page: Page, own_site: str) -> None:
    eyes = Eyes(page, own_site)

    def seen(heading: str) -> None:
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        page.wait_for_load_state("networkidle")  # or the end of this counts for the next
        eyes.look_at(page.url)

    page.goto("/o/harbour/issue")
    page.get_by_role("link", name="A table Coastal Navigation").click()
    seen("Bring your table")
    bring(page)
    seen("Which column is which?")
    page.get_by_role("button", name="Check the rows").click()
    seen("Rows to fix")
    page.get_by_role("link", name="Hold it already 1").click()
    seen("Who holds it already")
    page.get_by_role("link", name="Left out 0").click()
    seen("No row is left out")
    page.get_by_role("link", name="Look at the one who is ready").click()
    seen("What Ida Berg would get")
    page.get_by_role("button", name="Go on").click()
    seen("Issue to 1 person?")
    page.goto("/o/harbour/issue")
    seen("Tables begun, not issued yet")
    page.get_by_role("link", name="Discard june.csv").click()
    seen("Delete the table with its 4 rows?")
