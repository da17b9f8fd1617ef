"""The designer: each part opened, changed, saved, without scripts; rows; clashes; the preview."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from sealwright.web.catalogue.content import PARTS, Assessment, Content, Link, Skill
from sealwright.web.catalogue.models import Picture, Programme
from sealwright.web.catalogue.starters import STARTERS
from sealwright.web.organisations.models import Organisation, Role, Unit
from tests.web.catalogue.conftest import SignIn
from tests.web.catalogue.pages import fields_of, words_of
from tests.web.factories import a_programme, a_version, an_organisation

pytestmark = pytest.mark.django_db


def address(programme: Programme, part: str) -> str:
    return f"/o/{programme.organisation.slug}/programmes/{programme.public_id}/{part}"


def opened(client: Client, programme: Programme, part: str) -> dict[str, Any]:
    """The fields of a part, as a browser would send them back."""
    return fields_of(client.get(address(programme, part)).content.decode())


def content_of(programme: Programme) -> Content:
    return Programme.objects.get(pk=programme.pk).content


def a_badge(colour: str = "#0b5d57") -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (300, 300), colour).save(written, "PNG")
    return SimpleUploadedFile("badge.png", written.getvalue(), content_type="image/png")


# --- Opening and saving ---------------------------------------------------------------------


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.key)
@pytest.mark.parametrize("part", PARTS)
def test_saving_a_part_unchanged_changes_nothing(
    college: Organisation, manager: Client, part: str, starter: Any
) -> None:
    programme = Programme.objects.create(organisation=college, draft=starter.content.as_json())
    sent = opened(manager, programme, part)

    answer = manager.post(address(programme, part), sent | {"do": "save"})

    assert answer.status_code == 302, words_of(answer.content.decode())
    assert content_of(programme) == starter.content


@pytest.mark.parametrize(
    ("part", "sent", "changed"),
    [
        ("identity", {"title": " Night Sailing ", "country": "NO"},
         {"title": "Night Sailing", "country": "NO"}),
        ("identity", {"website": "sail.example/night"}, {"website": "https://sail.example/night"}),
        ("skills", {"outcomes": "- Plan\r\n\r\n• Sail\r\nPlan"}, {"outcomes": ("Plan", "Sail")}),
        ("level", {"hours": "12.5", "ects": "", "cost": "0"},
         {"hours": 12.5, "ects": None, "cost": 0.0}),
        ("assessment", {"retake": "Once\r\nor twice"},
         {"assessment": Assessment(type="performed-task", supervision="onsite",
                                   identity_check="document", retake="Once\nor twice")}),
        ("criteria", {"criteria": "1. Plan\r\n2. Sail"}, {"criteria": "1. Plan\n2. Sail"}),
        ("evidence", {"grading": "merit"}, {"grade": "merit"}),
        ("evidence", {"grading": "words", "grade_words": "Stars"}, {"grade": "Stars"}),
        ("design", {"name_signed": None, "valid_months": "24"},
         {"name_signed": False, "valid_months": 24}),
        ("stacking", {"further": "Boats are ours."}, {"further": "Boats are ours."}),
    ],
)  # fmt: skip
def test_what_is_written_is_what_the_draft_says(
    college: Organisation, manager: Client, part: str, sent: dict[str, Any], changed: dict[str, Any]
) -> None:
    programme = a_programme(college)
    before = programme.content
    fields = opened(manager, programme, part) | sent | {"do": "save"}

    manager.post(address(programme, part), {name: v for name, v in fields.items() if v is not None})

    assert content_of(programme) == replace(before, **changed)


def test_saving_leads_on_from_part_to_part_and_then_to_the_whole(
    college: Organisation, manager: Client
) -> None:
    programme = a_programme(college)
    page, seen = address(programme, "identity"), []

    while page.rsplit("/", 1)[1] in PARTS:
        seen.append(page.rsplit("/", 1)[1])
        sent = opened(manager, programme, seen[-1])
        page = manager.post(page, sent | {"do": "next"})["Location"]

    assert seen == list(PARTS)
    assert page == address(programme, "").rstrip("/")


CHOSEN = {"art", "skills-0-level"}
"""Fields to choose from: a choice that is none cannot be shown again."""


@pytest.mark.parametrize(
    ("part", "sent", "problem"),
    [
        ("identity", {"title": ""}, "This field is required"),
        ("identity", {"title": "x" * 161}, "at most 160 characters"),
        ("identity", {"website": "javascript:alert(1)"}, "Enter a valid URL"),
        ("skills", {"outcomes": "x" * 301}, "longer than 300 characters"),
        ("skills", {"outcomes": "\n".join(f"Do {n}" for n in range(21))}, "Up to 20 outcomes"),
        ("skills", {"skills-0-url": "ftp:nowhere"}, "Enter a valid URL"),
        ("skills", {"skills-0-level": "9"}, "Select a valid choice"),
        ("skills", {"skills-0-name": ""}, "This field is required"),
        ("level", {"hours": "many"}, "Enter a number"),
        ("level", {"hours": "nan"}, "Enter a number"),
        ("level", {"cost": "-1"}, "greater than or equal to 0"),
        ("level", {"hours": "75", "ects": "75"}, "Which of the two numbers is right?"),
        ("evidence", {"grading": "words", "grade_words": ""}, "what a grade looks like"),
        ("design", {"art": "picture"}, "Please choose a picture"),
        ("design", {"valid_months": "0"}, "greater than or equal to 1"),
        ("stacking", {"stacks_into-0-text": "/programmes/nowhere"}, "There is no programme"),
    ],
)
def test_what_is_not_right_is_said_kindly_and_nothing_is_lost(
    college: Organisation, manager: Client, part: str, sent: dict[str, str], problem: str
) -> None:
    programme = a_programme(college)
    before = programme.content
    fields = opened(manager, programme, part) | sent | {"do": "save"}

    answer = manager.post(address(programme, part), fields)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert problem in words_of(page)
    written = {name: text for name, text in sent.items() if name not in CHOSEN}
    assert written.items() <= fields_of(page).items()
    assert content_of(programme) == before


# --- Rows -----------------------------------------------------------------------------------


def names(page: str) -> list[str]:
    fields = fields_of(page)
    return [value for name, value in fields.items() if re.fullmatch(r"skills-\d+-name", name)]


@pytest.mark.parametrize(
    ("button", "left"),
    [
        ("add:skills", ["A", "B", "C", ""]),
        ("remove:skills:1", ["A", "C"]),
        ("up:skills:1", ["B", "A", "C"]),
        ("up:skills:0", ["A", "B", "C"]),
        ("down:skills:1", ["A", "C", "B"]),
        ("down:skills:2", ["A", "B", "C"]),
        ("remove:skills:9", ["A", "B", "C"]),
        ("remove:skills:x", ["A", "B", "C"]),
    ],
)
def test_rows_are_added_removed_and_moved_by_buttons(
    college: Organisation, manager: Client, button: str, left: list[str]
) -> None:
    programme = a_programme(college, skills=(Skill("A"), Skill("B", level=2), Skill("C")))
    sent = opened(manager, programme, "skills") | {"outcomes": "Not saved yet", "do": button}

    answer = manager.post(address(programme, "skills"), sent)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert names(page) == left
    assert fields_of(page)["outcomes"] == "Not saved yet"
    assert len(content_of(programme).skills) == 3


def test_a_moved_row_takes_everything_along_and_can_be_saved(
    college: Organisation, manager: Client
) -> None:
    first, second = Skill("A", "human", 4, shown_by="Shown."), Skill("B", url="https://b.example/")
    programme = a_programme(college, skills=(first, second))
    sent = opened(manager, programme, "skills") | {"do": "down:skills:0"}
    moved = manager.post(address(programme, "skills"), sent).content.decode()

    manager.post(address(programme, "skills"), fields_of(moved) | {"do": "save"})

    assert content_of(programme).skills == (second, first)


def test_an_added_row_that_stays_empty_is_no_skill(college: Organisation, manager: Client) -> None:
    programme = a_programme(college, skills=(Skill("A"),))
    sent = opened(manager, programme, "skills") | {"do": "add:skills"}
    more = manager.post(address(programme, "skills"), sent).content.decode()

    answer = manager.post(address(programme, "skills"), fields_of(more) | {"do": "save"})

    assert answer.status_code == 302
    assert content_of(programme).skills == (Skill("A"),)


def test_there_is_room_for_twenty_rows_and_no_more(college: Organisation, manager: Client) -> None:
    programme = a_programme(college, skills=tuple(Skill(f"Skill {n}") for n in range(20)))
    page = manager.get(address(programme, "skills")).content.decode()
    one_more = {"skills-20-name": "One more", "skills-20-kind": "technical", "do": "save"}

    answer = manager.post(address(programme, "skills"), fields_of(page) | one_more)

    assert 'value="add:skills"' not in page
    assert answer.status_code == 422
    assert "Up to 20, please." in answer.content.decode()


def test_rows_come_in_the_order_of_their_numbers_whatever_these_are(
    college: Organisation, manager: Client
) -> None:
    programme = a_programme(college)
    sent = {
        "seen": opened(manager, programme, "skills")["seen"],
        "skills-10-name": "B",
        "skills-10-kind": "technical",
        "skills-2-name": "A",
        "skills-2-kind": "human",
        "outcomes": "",
        "do": "save",
    }

    manager.post(address(programme, "skills"), sent)

    assert content_of(programme).skills == (Skill("A", "human"), Skill("B"))


def test_other_programmes_are_linked_by_choice_address_or_words(
    college: Organisation, manager: Client
) -> None:
    own, foreign = a_programme(college, "Own"), a_version(an_organisation(), "Foreign")
    programme = a_programme(college)
    sent = opened(manager, programme, "stacking") | {
        "prerequisites-0-programme": own.public_id,
        "prerequisites-0-text": "",
        "prerequisites-1-programme": "",
        "prerequisites-1-text": f"http://localhost:8000{foreign.programme.path}/versions/1",
        "prerequisites-2-programme": "",
        "prerequisites-2-text": "A course elsewhere",
        "do": "save",
    }

    manager.post(address(programme, "stacking"), sent)

    assert content_of(programme).prerequisites == (
        Link("Own", programme=own.public_id),
        Link("Foreign", programme=foreign.programme.public_id),
        Link("A course elsewhere"),
    )


def test_the_title_of_a_foreign_draft_is_not_told(college: Organisation, manager: Client) -> None:
    draft = a_programme(an_organisation(), "Nobody’s business")
    programme = a_programme(college)
    sent = opened(manager, programme, "stacking") | {
        "prerequisites-0-programme": "",
        "prerequisites-0-text": f"/programmes/{draft.public_id}",
        "do": "save",
    }

    answer = manager.post(address(programme, "stacking"), sent)

    assert answer.status_code == 422
    assert "Nobody’s business" not in answer.content.decode()


# --- Two at once ----------------------------------------------------------------------------


def test_two_who_save_the_same_part_see_both_and_lose_nothing(
    college: Organisation, manager: Client, signed_in: SignIn
) -> None:
    programme = a_programme(college)
    other = signed_in(Role.OWNER)
    mine, theirs = (opened(client, programme, "criteria") for client in (manager, other))
    other.post(address(programme, "criteria"), theirs | {"criteria": "Sail 40.", "do": "save"})

    answer = manager.post(
        address(programme, "criteria"), mine | {"criteria": "Sail 60.", "do": "save"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Owner of Harbour College saved this part while you were writing" in words_of(page)
    assert "yours: 60 theirs: 40" in words_of(page)
    assert fields_of(page)["criteria"] == "Sail 60."
    assert content_of(programme).criteria == "Sail 40."

    manager.post(address(programme, "criteria"), fields_of(page) | {"do": "save"})

    assert content_of(programme).criteria == "Sail 60."


# --- The picture ----------------------------------------------------------------------------


def test_a_picture_is_brought_with_what_it_shows(college: Organisation, manager: Client) -> None:
    programme = a_programme(college)
    sent = opened(manager, programme, "design") | {
        "art": "picture",
        "upload": a_badge(),
        "picture_caption": "A green square",
        "do": "save",
    }

    manager.post(address(programme, "design"), sent)

    picture = Picture.objects.get()
    assert content_of(programme).picture == picture.public_id
    assert content_of(programme).picture_caption == "A green square"
    assert picture.small_path in manager.get(address(programme, "design")).content.decode()


def test_a_picture_without_words_is_remembered_until_they_come(
    college: Organisation, manager: Client
) -> None:
    programme = a_programme(college)
    sent = opened(manager, programme, "design") | {
        "art": "picture", "upload": a_badge(), "do": "save",
    }  # fmt: skip
    asked = manager.post(address(programme, "design"), sent)

    told = fields_of(asked.content.decode()) | {"picture_caption": "A green square", "do": "save"}
    manager.post(address(programme, "design"), told)

    assert asked.status_code == 422
    assert "for people who cannot see it" in words_of(asked.content.decode())
    assert content_of(programme).picture == Picture.objects.get().public_id


def test_a_file_that_cannot_be_used_says_why_at_its_field(
    college: Organisation, manager: Client
) -> None:
    programme = a_programme(college)
    drawing = SimpleUploadedFile("badge.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    sent = opened(manager, programme, "design") | {
        "art": "picture", "upload": drawing, "picture_caption": "x", "do": "save",
    }  # fmt: skip

    answer = manager.post(address(programme, "design"), sent)

    assert answer.status_code == 422
    assert "SVG pictures are small programs" in words_of(answer.content.decode())
    assert not Picture.objects.exists()


def test_back_to_the_seal(college: Organisation, manager: Client) -> None:
    picture = Picture.objects.create(
        organisation=college, png=b"", sha256="0", width=300, height=300
    )
    programme = a_programme(college, picture=picture.public_id, picture_caption="A square")
    sent = opened(manager, programme, "design") | {"art": "seal", "do": "save"}

    manager.post(address(programme, "design"), sent)

    assert (content_of(programme).picture, content_of(programme).picture_caption) == ("", "")


# --- The preview ----------------------------------------------------------------------------


def test_the_preview_shows_what_is_in_the_form_and_saves_nothing(
    college: Organisation, manager: Client
) -> None:
    programme = a_programme(college)
    before = programme.content
    sent = opened(manager, programme, "skills") | {
        "skills-0-name": "Star navigation",
        "skills-0-level": "4",
        "skills-1-url": "not an address",
        "outcomes": "Find north",
    }

    answer = manager.post(address(programme, "skills/preview"), sent)

    words = words_of(answer.content.decode())
    assert answer.status_code == 200
    assert "Star navigation" in words
    assert "Expert, level 4 of 4" in words
    assert "Find north" in words
    assert "Calm under pressure" not in words  # its row is not right yet
    assert content_of(programme) == before


def test_without_scripts_the_preview_shows_what_is_saved(
    college: Organisation, manager: Client
) -> None:
    programme = a_programme(college, "Night Sailing")

    page = manager.get(address(programme, "identity")).content.decode()

    preview = words_of(page[page.index('id="preview"') :])
    assert "Night Sailing" in preview
    assert "75 hours, 3 ECTS" in preview


def test_the_outline_marks_what_is_needed_and_what_is_not_told(
    college: Organisation, manager: Client
) -> None:
    programme = Programme.objects.create(
        organisation=college, draft=Content(title="Half", skills=(Skill("A"),)).as_json()
    )

    page = manager.get(address(programme, "identity")).content.decode()

    marks = re.findall(r'<li data-standing="(\w+)"', page)
    assert marks == [
        "needed", "gaps", "gaps", "gaps", "needed", "optional", "done", "optional",
    ]  # fmt: skip
    assert "EU facts 5 of 11 told" in words_of(page)
    assert "Rigour 0 of 8 told" in words_of(page)


# --- Whose it is ----------------------------------------------------------------------------


def test_whoever_may_only_read_does_not_come_into_the_designer(
    college: Organisation, signed_in: SignIn
) -> None:
    programme = a_programme(college)

    assert signed_in(Role.READER).get(address(programme, "identity")).status_code == 403


def test_a_manager_of_a_unit_designs_what_is_of_that_unit(
    college: Organisation, signed_in: SignIn
) -> None:
    deck = Unit.objects.create(organisation=college, name="Deck")
    of_deck, of_all = a_programme(college, unit=deck), a_programme(college)
    client = signed_in(Role.MANAGER, deck)

    assert client.get(address(of_deck, "identity")).status_code == 200
    assert client.get(address(of_all, "identity")).status_code == 404


def test_a_part_that_is_none_is_not_found(college: Organisation, manager: Client) -> None:
    assert manager.get(address(a_programme(college), "nothing")).status_code == 404
