"""The page for recruiters: from an advert and a pile of files to a table with reasons."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sealwright.skills.screening.scoring import State
from tests.web import badges
from tests.web.catalogue.pages import words_of
from tests.web.hiring import awkward
from tests.web.hiring.awkward import SKILL, Case, file, zipped

pytestmark = pytest.mark.django_db(transaction=True)


def good() -> SimpleUploadedFile:
    return file("Mira Castell.json", badges.good())


def asked(*labels: str, **told: Any) -> dict[str, Any]:
    """The form with a row for each skill."""
    data: dict[str, Any] = {
        "step": "screen",
        "asked-TOTAL_FORMS": len(labels),
        "asked-INITIAL_FORMS": len(labels),
    }
    row = {"use": "on", "level": 1, "weight": 2, "within": "", "accepts": "unsupervised-quiz"}
    for number, label in enumerate(labels):
        data |= {f"asked-{number}-{name}": value for name, value in row.items()}
        data[f"asked-{number}-label"] = label
    return data | told


def found(page: str) -> str:
    """What the page carries of what was checked."""
    match = re.search(r'name="found" value="([^"]+)"', page)
    assert match is not None
    return match[1]


def rows(client: Client, page: str, **told: Any) -> list[dict[str, str]]:
    answer = client.post("/screen/table.csv", asked(SKILL, found=found(page), **told))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(text)))


def test_an_advert_becomes_rows_to_confirm(client: Client) -> None:
    advert = (
        "We look for somebody who can query databases with SQL and handle security incidents. "
        "No experience in sales needed. We offer a private health plan and coaching."
    )
    page = client.post("/screen", {"step": "find", "advert": advert}).text

    assert 'value="query databases with SQL"' in page
    assert 'value="respond to security incidents"' in page
    assert "sell products" not in page.partition("<datalist")[0]
    assert "What the job asks for" in page


def test_a_list_of_skills_is_taken_at_its_word(client: Client) -> None:
    page = client.post("/screen", {"step": "find", "advert": "- SQL\n- Flower arranging\n- SQL"})

    assert page.text.count('value="SQL"') == 1
    assert page.text.count('value="Flower arranging"') == 1


def test_a_text_without_a_skill_says_so_and_leaves_room(client: Client) -> None:
    page = client.post(
        "/screen", {"step": "find", "advert": "Xyzzy is where we all have been for so very long."}
    )

    assert "No skill that we know stands in that text" in page.text
    assert page.text.count('name="asked-0-label"') == 1


def test_a_badge_is_checked_and_ranked_with_its_reasons(client: Client) -> None:
    page = client.post("/screen", asked(SKILL, files=[good()], issuer=badges.ISSUER)).text

    assert "Verified and current" in page
    assert "a reviewed project" in page
    assert "Candidate " in page
    assert "<b>Mira Castell</b>" not in page
    shown = client.post("/screen", asked(SKILL, found=found(page), names="shown")).text
    assert "<b>Mira Castell</b>" in shown


def test_an_issuer_that_no_register_names_counts_once_it_is_accepted(client: Client) -> None:
    page = client.post("/screen", asked(SKILL, files=[good()])).text
    (before,) = rows(client, page)
    (after,) = rows(client, page, issuer=badges.ISSUER)

    assert "1 issuer is named by no register" in page
    assert before[SKILL] == "Verified, but not proof enough"
    assert after[SKILL] == "Verified and current"
    assert (before["Fit of 100"], float(after["Fit of 100"]) > 70) == ("0.00", True)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return list(awkward.cases())


def test_sixty_awkward_files_each_come_to_the_right_state(
    client: Client, cases: list[Case]
) -> None:
    awkward.publish_lists()
    files = [each.file for each in cases]
    page = client.post("/screen", asked(SKILL, files=files)).text
    states = {row["Candidate"]: row for row in rows(client, page, issuer=badges.ISSUER)}

    assert len(cases) == 60
    wrong = {}
    for case in cases:
        row = states[case.candidate]
        said = None if row["Rank"] == "no proof" and not _is_refused(row) else row[SKILL]
        if said != (None if case.state is None else _words(case.state)):
            wrong[case.candidate] = row
    assert wrong == {}


def _words(state: State) -> str:
    from sealwright.web.hiring.board import WORDS

    return str(WORDS[state])


def _is_refused(row: dict[str, str]) -> bool:
    return row[SKILL] == _words(State.REFUSED)


def test_somebody_elses_badge_counts_when_the_recruiter_has_cleared_it_up(client: Client) -> None:
    page = client.post("/screen", asked(SKILL, files=[file("Tomas Bakker.json", badges.good())]))
    (before,) = rows(client, page.text, issuer=badges.ISSUER)
    (after,) = rows(client, page.text, issuer=badges.ISSUER, count="0")

    assert before["Needs a look"] == "It is made out to Mira Castell."
    assert before[SKILL] == "Withdrawn, false, or not theirs"
    assert after[SKILL] == "Verified and current"


def test_one_badge_of_two_candidates_counts_for_whom_it_names(client: Client) -> None:
    twins = [good(), file("badge.json", badges.good())]
    page = client.post("/screen", asked(SKILL, files=twins)).text
    mira, other = rows(client, page, issuer=badges.ISSUER)

    assert (mira["Candidate"], mira[SKILL]) == ("Mira Castell", "Verified and current")
    assert other["Needs a look"] == "Mira Castell brought the same credential."


def test_where_nothing_is_a_must_those_who_prove_all_of_it_are_counted(client: Client) -> None:
    data = {"files": [good()], "issuer": badges.ISSUER}
    page = client.post("/screen", asked(SKILL, "Flower arranging", **data)).text
    must = client.post("/screen", asked(SKILL, found=found(page), issuer=badges.ISSUER)
                       | {"asked-0-must": "on"}).text  # fmt: skip

    assert "<dt>prove every skill</dt><dd>0</dd>" in page
    assert "<dt>prove every must</dt><dd>1</dd>" in must


def test_a_row_says_in_short_how_many_skills_stand_how(client: Client) -> None:
    page = client.post("/screen", asked(SKILL, "Flower arranging", files=[good()],
                                        issuer=badges.ISSUER)).text  # fmt: skip
    row = words_of(page).partition("Fit of 100")[2]

    assert "0 of 2 skills" not in row
    assert "1 current 1 no sign Verified and current No sign of it" in row


def test_what_age_takes_stands_beside_what_a_skill_gives(client: Client) -> None:
    old = json.dumps(badges.signed(valid_from=datetime(2016, 3, 14, tzinfo=UTC)))
    form = asked(SKILL, files=[file("Mira Castell.json", old)], issuer=badges.ISSUER)
    page = words_of(client.post("/screen", form).text)

    assert re.search(r"Mar 2016, 1\d\d months old \+80 −\d\d for age", page)


def test_the_same_badge_twice_weighs_once(client: Client) -> None:
    inside = zipped(**{"mira/a.json": badges.good().encode(), "mira/b.png": badges.baked()})
    page = client.post("/screen", asked(SKILL, files=[file("a.zip", inside)])).text
    (row,) = rows(client, page, issuer=badges.ISSUER)

    assert (row["Candidate"], row["Rank"]) == ("mira", "1")


def test_links_are_followed_and_name_candidates(client: Client) -> None:
    from tests.web import recorded

    recorded.DOCUMENTS[badges.LINK] = {"body": badges.good()}
    pasted = f"Mira: {badges.LINK}\nTomas: https://badges.example.org/c/2"
    page = client.post("/screen", asked(SKILL, pasted=pasted)).text
    found_rows = {row["Candidate"]: row for row in rows(client, page, issuer=badges.ISSUER)}

    assert found_rows["Mira"]["Rank"] == "1"
    assert found_rows["Tomas"]["Rank"] == "no proof"


def test_who_brought_no_proof_is_listed_apart(client: Client) -> None:
    files = [good(), file("Tomas.png", badges.picture())]
    page = client.post("/screen", asked(SKILL, files=files)).text

    assert "1 candidate brought no proof." in page
    assert "They are not ranked lower" in page


def test_what_was_checked_in_parts_comes_together(client: Client) -> None:
    parts = [
        client.post("/screen/check", {"files": [each]}).json()
        for each in (good(), file("Tomas.json", badges.tampered()))
    ]
    page = client.post("/screen", asked(SKILL, found=[each["found"] for each in parts])).text

    assert [each["checked"] for each in parts] == [1, 1]
    assert {row["Candidate"] for row in rows(client, page)} == {"Mira Castell", "Tomas"}


def test_the_record_has_every_term_no_name_and_the_same_bytes(client: Client) -> None:
    page = client.post("/screen", asked(SKILL, files=[good()])).text
    form = asked(SKILL, found=found(page), issuer=badges.ISSUER)
    one, other = (client.post("/screen/record.json", form).content for _ in range(2))

    record = json.loads(one)
    assert one == other
    assert record["format"] == "sealwright-screening/1"
    (row,) = record["candidates"]
    assert row["requirements"][0]["state"] == "proven"
    assert row["requirements"][0]["terms"]


def test_a_table_that_somebody_made_up_is_refused(client: Client) -> None:
    for url in ("/screen", "/screen/table.csv", "/screen/record.json"):
        answer = client.post(url, asked(SKILL, found="made up"))
        assert answer.status_code == 400
        assert "did not come from here" in answer.text


def test_a_table_cannot_be_taken_before_there_is_one(client: Client) -> None:
    assert client.post("/screen/table.csv", asked(SKILL)).status_code == 400
    assert client.post("/screen/record.json", {}).status_code == 400


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (asked(), "Name at least one skill"),
        (asked("SQL", "sql"), "is there twice"),
        (asked("SQL") | {"asked-0-level": "9"}, "Select a valid choice"),
    ],
)
def test_rows_that_cannot_stand_are_explained_and_nothing_is_lost(
    client: Client, form: dict[str, Any], said: str
) -> None:
    page = client.post("/screen", form | {"files": [file("Mira.json", badges.good())]}).text

    assert said in page
    assert "1 credential was checked and is still here" in page
    assert found(page)


def test_without_credentials_the_page_asks_for_some(client: Client) -> None:
    assert "Choose files, or paste links" in client.post("/screen", asked(SKILL)).text


def test_more_than_one_screening_takes_is_turned_down(client: Client) -> None:
    inside = zipped(**{f"p{n}/a.json": b"{}" for n in range(301)})

    assert client.post("/screen", asked(SKILL, files=[file("a.zip", inside)])).status_code == 413


def test_whoever_asks_for_too_much_is_told_to_wait(client: Client, settings: Any) -> None:
    settings.SCREENED_A_MINUTE = 1
    two = [good(), file("b.json", "{}")]

    assert client.post("/screen", asked(SKILL, files=two)).status_code == 429


def test_a_zip_of_a_stranger_harms_nobody(client: Client, settings: Any) -> None:
    settings.LARGEST_FILE = 20_000
    inside = zipped(**{"big/a.json": b"0" * 30_000, "mira/b.json": badges.good().encode()})
    damaged = inside[:-30]
    nested = zipped(**{"deep/inner.zip": zipped(**{"a.json": b"{}"})})
    files = [file("a.zip", inside), file("b.zip", damaged), file("c.zip", nested)]
    page = client.post("/screen", asked(SKILL, files=files)).text

    assert {row["Candidate"] for row in rows(client, page)} == {"big", "mira", "b", "deep"}
    assert "It is larger than a credential may be." in page
    assert "This ZIP is damaged." in page


def test_a_name_is_no_formula_in_the_table(client: Client) -> None:
    hostile = SimpleUploadedFile("=HYPERLINK(1).json", badges.good().encode())
    page = client.post("/screen", asked(SKILL, files=[hostile])).text

    assert [row["Candidate"] for row in rows(client, page)] == ["'=HYPERLINK(1)"]
