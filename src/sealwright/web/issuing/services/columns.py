"""The columns of a table: which one holds what, and the person that a row of it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sealwright.credentials.issue import Sheet as Table
from sealwright.credentials.issue.sheet import column_name
from sealwright.web.catalogue.content import Content
from sealwright.web.issuing.services.checks import MERITS, is_address
from sealwright.web.issuing.services.dates import as_written
from sealwright.web.issuing.services.intake import Person

FIELDS: Final[Mapping[str, str | Promise]] = {
    "email": _("E-mail address"),
    "name": _("Name"),
    "given_name": _("First name"),
    "family_name": _("Last name"),
    "identifier": _("Number or other identifier, where there is no address"),
    "grade": _("Grade"),
    "awarded": _("Date of the award"),
    "valid_until": _("Valid until"),
    "evidence_url": _("Link to evidence"),
    "evidence_name": _("Name of the evidence"),
}
"""What can be taken from a table, in the order in which it is asked for."""

NAMES: Final = frozenset({"name", "given_name", "family_name"})
"""Fields that make up the name of somebody."""

Mapped = Mapping[str, str]
"""The name of a column for each field that is taken from one."""

Cells = Mapping[str, str]
"""The texts of a row, by the names of their columns."""

_KNOWN: Final[Mapping[str, str]] = {
    "award_date": "awarded",
    "awarded_date": "awarded",
    "awarded_on": "awarded",
    "completed": "awarded",
    "completion_date": "awarded",
    "date": "awarded",
    "date_awarded": "awarded",
    "issue_date": "awarded",
    "issued_on": "awarded",
    "end_date": "valid_until",
    "expiration_date": "valid_until",
    "expiry": "valid_until",
    "expiry_date": "valid_until",
    "valid_to": "valid_until",
    "forename": "given_name",
    "first": "given_name",
    "first_name": "given_name",
    "firstname": "given_name",
    "given_names": "given_name",
    "last": "family_name",
    "last_name": "family_name",
    "lastname": "family_name",
    "surname": "family_name",
    "student": "name",
    "learner": "name",
    "participant": "name",
    "student_name": "name",
    "learner_name": "name",
    "display_name": "name",
    "student_email": "email",
    "learner_email": "email",
    "id": "identifier",
    "learner_id": "identifier",
    "matriculation_number": "identifier",
    "number": "identifier",
    "student_id": "identifier",
    "student_number": "identifier",
    "username": "identifier",
    "mark": "grade",
    "percent": "grade",
    "points": "grade",
    "result": "grade",
    "score": "grade",
    "evidence": "evidence_url",
    "evidence_link": "evidence_url",
    "link": "evidence_url",
    "portfolio": "evidence_url",
    "url": "evidence_url",
}
"""Headings that people give to columns, beside the names of the fields themselves."""

SAMPLES: Final = 3
_LOOKED_AT: Final = 50
_AS_NUMBER = re.compile(r"\d{1,3}([.,]\d+)?\s*%?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as people see it: its heading, some of its values, and what it seems to hold."""

    name: str
    heading: str
    samples: Sequence[str]
    field: str


def guess(headings: Mapping[str, str], rows: Iterable[Cells], content: Content) -> dict[str, str]:
    """Which column each field is probably in: by the heading, else by what the cells look like.

    `headings` gives each column's heading by its name. What the programme cannot use, such as
    a grade where it gives none, is not guessed.
    """
    looked_at = list(islice(rows, _LOOKED_AT))
    mapped: dict[str, str] = {}
    ours = {column_name(str(words)): field for field, words in FIELDS.items()}
    for name in headings:
        field = name if name in FIELDS else _KNOWN.get(name) or ours.get(name, "")
        if field and field not in mapped and _is_of_use(field, content):
            mapped[field] = name
    for name in headings:
        if (
            "email" not in mapped
            and name not in mapped.values()
            and _are_addresses(looked_at, name)
        ):
            mapped["email"] = name
    if "name" in mapped:
        mapped.pop("given_name", None)
        mapped.pop("family_name", None)
    return mapped


def wanted(content: Content) -> list[str]:
    """The fields that the programme can use, in the order in which they are asked for."""
    return [field for field in FIELDS if _can_be_used(field, content)]


def is_needed(field: str, content: Content) -> bool:
    """Must every person have this field? An identifier does where there is no address."""
    return field == "email" or (field == "name" and content.name_signed)


def columns_of(headings: Mapping[str, str], rows: Sequence[Cells], mapped: Mapped) -> list[Column]:
    """The columns in order, each with its first few values and the field it is taken for."""
    fields = {column: field for field, column in mapped.items()}
    return [
        Column(name, heading, list(_samples(rows, name)), fields.get(name, ""))
        for name, heading in headings.items()
    ]


def person_of(number: int, cells: Cells, mapped: Mapped, content: Content) -> Person:
    """The person that a row stands for. What cannot be understood stays as it is written."""
    told = {field: cells.get(column, "").strip() for field, column in mapped.items()}
    parts = (told.get("name"), told.get("given_name"), told.get("family_name"))
    values = {
        "grade": _grade(told.get("grade", ""), content.grade),
        "awarded": as_written(told.get("awarded", "")),
        "valid_until": as_written(told.get("valid_until", "")),
        "evidence_url": told.get("evidence_url", ""),
        "evidence_name": told.get("evidence_name", ""),
    }
    return Person(
        told.get("email", ""),
        " ".join(part for part in parts if part),
        told.get("identifier", ""),
        {name: value for name, value in values.items() if value},
        number=number,
    )


def column_for(field: str, mapped: Mapped) -> str:
    """The column that a field is taken from; empty where there is none."""
    if field == "name" and "name" not in mapped:
        return mapped.get("family_name") or mapped.get("given_name") or ""
    return mapped.get(field, "")


def headings_of(table: Table) -> list[dict[str, str]]:
    """The columns of a table as they are stored."""
    return [{"name": name, "heading": text} for name, text in table.headings.items()]


def _is_of_use(field: str, content: Content) -> bool:
    """Is it worth guessing? A name that is not signed is for the mail alone."""
    return _can_be_used(field, content) and (content.name_signed or field not in NAMES)


def _can_be_used(field: str, content: Content) -> bool:
    return field != "grade" or bool(content.grade)


def _are_addresses(rows: Sequence[Cells], name: str) -> bool:
    """Are the cells of this column addresses, as far as there are any?"""
    texts = [row[name] for row in rows if row.get(name)]
    return bool(texts) and sum(map(is_address, texts)) * 2 > len(texts)


def _samples(rows: Iterable[Cells], name: str) -> Iterator[str]:
    return islice((row[name] for row in rows if row.get(name)), SAMPLES)


def _grade(text: str, scale: str) -> str:
    """A grade as the scale writes it, where that changes nothing of what it says."""
    if scale == "percent" and _AS_NUMBER.fullmatch(text):
        return text.rstrip("% ").replace(",", ".")
    if scale == "letter":
        return text.upper()
    if scale == "merit":
        return next((name for name in MERITS if name.lower() == text.lower()), text)
    return text
