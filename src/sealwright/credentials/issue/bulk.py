"""One description, issued for every row of a sheet.

The columns `name`, `email`, `recipient_id`, `id`, `awarded_date`, `valid_from` and
`valid_until` have their meaning; every other place in the description (`{{grade}}`) is filled
from the column of its name. All rows are checked before the first is signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.issue.describe import Description, as_instant
from sealwright.credentials.issue.parts import Identity, Recipient, looks_like_email
from sealwright.credentials.issue.sheet import Problem, Row, Sheet
from sealwright.credentials.issue.slots import slot
from sealwright.credentials.issue.template import Template
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import Signer
from sealwright.credentials.model.instants import format_instant
from sealwright.credentials.model.report import Finding

DATES = frozenset({"awarded_date", "valid_from", "valid_until"})
IDS = frozenset({"id", "recipient_id"})
COLUMNS = DATES | IDS | {"name", "email"}
"""The columns with a meaning of their own."""

_HASHED = Identity(
    hashed=True,
    identity_hash=slot("identity_hash"),
    identity_type="emailAddress",
    salt=slot("salt"),
)
_MADE = IDS | {"identity_hash", "salt"}
"""Places that are filled even where the sheet is silent."""

_SAMPLE = "urn:uuid:00000000-0000-4000-8000-000000000000"
_ID = re.compile(r"(did:[a-z0-9]+|urn:[A-Za-z0-9-]+|https):[^\s<>\"{}|\\^`]+")


class Bulk:
    """A description and the columns of a sheet, ready to issue row after row.

    `created` is written into the proofs, and is the start of validity where neither the
    description nor the row tells one. Raises `MalformedCredential`: `sheet-column-missing`,
    `sheet-email-in-text`, and what `Template` raises.
    """

    def __init__(
        self,
        description: Description,
        sheet: Sheet,
        *,
        signer: Signer,
        created: datetime,
        contexts: ContextStore | None = None,
        suite: str = "",
    ) -> None:
        self._description = description
        self._headings = sheet.headings
        self._signer = signer
        self._created = created
        self._contexts = contexts
        self._suite = suite
        self._templates: dict[frozenset[str], Template] = {}
        wanted = self._template(COLUMNS.intersection(sheet.headings)).names
        if "email" in wanted:
            raise MalformedCredential("sheet-email-in-text")
        for name in wanted:
            if name not in _MADE and name not in sheet.headings:
                raise MalformedCredential("sheet-column-missing", column=name)
        used = COLUMNS.union(wanted)
        self.unused = [text for name, text in sheet.headings.items() if name not in used]
        """Headings of columns that nothing asks for."""

    def check(self, rows: Iterable[Row]) -> Iterator[Problem]:
        """What is wrong, row by row; nobody may come twice."""
        seen: dict[str, int] = {}
        for row in rows:
            found = [*self._cells(row), *self._repeated(row, seen)]
            yield from found or self._values(row)

    def issue(self, row: Row, *, id: str, recipient: str, salt: str) -> str:
        """The signed credential for a row that `check` has nothing to say about.

        `id` and `recipient` (an opaque id) count where the row has none; `salt` is for the
        hash of an e-mail address. Raises `MalformedCredential`.
        """
        template = self._template_for(row)
        return template.issue(_values(template, row, id, recipient, salt))

    def issue_token(self, row: Row, *, id: str, recipient: str, salt: str) -> str:
        """The same credential as a compact token (VC-JWT)."""
        template = self._template_for(row)
        return template.issue_token(_values(template, row, id, recipient, salt))

    def _template_for(self, row: Row) -> Template:
        return self._template(frozenset(name for name in COLUMNS if row.cells.get(name)))

    def _template(self, told: frozenset[str]) -> Template:
        """The template for rows that tell these columns, made when first met."""
        template = self._templates.get(told)
        if template is None:
            template = self._templates[told] = Template(
                self._form(told),
                signer=self._signer,
                created=self._created,
                contexts=self._contexts,
                suite=self._suite,
            )
        return template

    def _form(self, told: frozenset[str]) -> dict[str, Any]:
        person = self._description.recipient
        name = person.name or (slot("name") if "name" in told else "")
        named = (Identity.of_name(name),) if name else ()
        hashed = (_HASHED,) if "email" in told else ()
        recipient = Recipient(id=person.id or slot("recipient_id"), identifier=named + hashed)
        dates: dict[str, Any] = {date: slot(date) for date in told & DATES}
        description = replace(self._description, **dates)
        return description.build(id=slot("id"), recipient=recipient, valid_from=self._created)

    def _cells(self, row: Row) -> Iterator[Problem]:
        """Cells that are empty, or not of the form that their column has."""
        for name in self._template_for(row).names:
            if name not in _MADE and not row.cells.get(name):
                yield self._problem(row, name, "sheet-cell-empty")
        for name, text in row.cells.items():
            if text and name in DATES and as_instant(text) is None:
                yield self._problem(row, name, "sheet-not-a-date")
            elif text and name in IDS and not _ID.fullmatch(text):
                yield self._problem(row, name, "sheet-not-an-id")
            elif text and name == "email" and not looks_like_email(text):
                yield self._problem(row, name, "sheet-not-an-email")

    def _repeated(self, row: Row, seen: dict[str, int]) -> Iterator[Problem]:
        for name in ("recipient_id", "email", "id"):
            text = row.cells.get(name, "").lower()
            first = seen.setdefault(f"{name} {text}", row.number)
            if text and first != row.number:
                yield self._problem(row, name, "sheet-repeated", first=first)

    def _values(self, row: Row) -> Iterator[Problem]:
        template = self._template_for(row)
        for finding in template.problems(_values(template, row, _SAMPLE, _SAMPLE, "0")):
            columns = [self._headings.get(name, name) for name in _named(template, finding)]
            value = ", ".join(row.cells.get(name, "") for name in _named(template, finding))
            yield Problem(row.number, ", ".join(columns), value, finding.code, finding.evidence)

    def _problem(self, row: Row, name: str, code: str, **evidence: Any) -> Problem:
        text = row.cells.get(name, "")
        found = {"column": self._headings.get(name, name), "value": text, **evidence}
        return Problem(row.number, found["column"], text, code, found)


def _named(template: Template, finding: Finding) -> list[str]:
    return template.names_at(finding.evidence.get("pointer", ""))


def _values(template: Template, row: Row, id: str, recipient: str, salt: str) -> dict[str, str]:
    """What the row puts into the template's places."""
    made = {"id": id, "recipient_id": recipient, "salt": salt}
    if row.cells.get("email"):
        made["identity_hash"] = Identity.of_email(row.cells["email"], salt=salt).identity_hash
    told = {name: text for name, text in row.cells.items() if text}
    for name in DATES & told.keys():
        instant = as_instant(told[name])
        told[name] = format_instant(instant) if instant else told[name]
    values = made | told
    return {name: values[name] for name in template.names}
