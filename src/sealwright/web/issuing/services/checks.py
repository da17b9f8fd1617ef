"""What would be wrong with an award, said before it is asked for: field, value, reason.

The doors (forms, tables, programs) ask here first, so that people can put it right; what slips
through is refused by the lint when it is signed.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from sealwright.credentials.issue import Template
from sealwright.credentials.model.report import Finding
from sealwright.web.catalogue.models import Version
from sealwright.web.core.addresses import normalised_address
from sealwright.web.issuing.models import Award, Intent, SigningKey
from sealwright.web.issuing.services import documents, keys
from sealwright.web.issuing.services.dates import moment
from sealwright.web.issuing.services.intake import Person

LETTERS: Final = tuple("ABCDEF")
MERITS: Final = ("Pass", "Merit", "Distinction")
AHEAD: Final = timedelta(days=1)
"""Clocks and zones differ; what is further ahead has not been earned yet."""

_PERCENT = re.compile(r"100(\.0{1,4})?|\d{1,2}(\.\d{1,4})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_check_address = EmailValidator(allowlist=[])
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_PLACES: Final = {"valid_from": "awarded", "identity_hash": "email"}
"""Which field of a person fills a place of the document, where the names differ."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the field, its value, and what would be right.

    `field` is "email", "identifier", "name", "grade", "evidence_url", "evidence_name",
    "awarded" or "valid_until".
    """

    field: str
    value: str
    code: str
    detail: str


class Checker:
    """Finds what is wrong with people who are to be awarded one version, as of `at`."""

    def __init__(self, version: Version, *, at: datetime) -> None:
        self._version = version
        self._content = version.content
        self._at = at
        self._templates: dict[documents.Shape, Template] = {}

    def faults(self, person: Person) -> list[Fault]:
        """Everything wrong with this person's data; empty where they can be awarded."""
        found = [
            *self._recipient(person),
            *self._name(person),
            *self._grade(person),
            *self._evidence(person),
            *self._dates(person),
        ]
        return found or list(self._lint(person))

    def _recipient(self, person: Person) -> Iterator[Fault]:
        address = normalised_address(person.address)
        if not address and not person.identifier.strip():
            said = _("There is no e-mail address. Write one like mira@harbour.example.")
            yield Fault("email", "", "email-missing", said)
        elif address and not is_address(address):
            said = _("“%(value)s” is no e-mail address. Write it like mira@harbour.example.")
            yield _fault("email", person.address, "not-an-email", said)
        if len(person.identifier) > 200:
            said = _("This identifier is longer than 200 characters.")
            yield _fault("identifier", person.identifier, "too-long", said)

    def _name(self, person: Person) -> Iterator[Fault]:
        name = person.name.strip()
        if not name and self._content.name_signed:
            said = _("There is no name, and this programme signs the holder's name.")
            yield Fault("name", "", "name-missing", said)
        elif len(name) > 200:
            said = _("This name is longer than 200 characters.")
            yield _fault("name", name, "too-long", said)
        elif _CONTROL.search(name):
            said = _("The name holds a character that cannot be seen. Type it again.")
            yield _fault("name", name, "control-character", said)
        elif is_address(name.lower()):
            said = _("“%(value)s” is an e-mail address, which is never signed. Write the name.")
            yield _fault("name", name, "name-is-an-address", said)

    def _grade(self, person: Person) -> Iterator[Fault]:
        grade, scale = str(person.values.get("grade") or ""), self._content.grade
        if not grade:
            return
        if not scale:
            said = _("This programme gives no grades. Leave the grade out.")
            yield _fault("grade", grade, "no-grades", said)
        elif scale == "percent" and not _PERCENT.fullmatch(grade):
            said = _("“%(value)s” is no grade here. Write a number from 0 to 100, as in 87.5.")
            yield _fault("grade", grade, "not-a-grade", said)
        elif scale == "letter" and grade not in LETTERS:
            said = _("“%(value)s” is no grade here. Write a letter from A to F.")
            yield _fault("grade", grade, "not-a-grade", said)
        elif scale == "merit" and grade not in MERITS:
            said = _("“%(value)s” is no grade here. Write Pass, Merit or Distinction.")
            yield _fault("grade", grade, "not-a-grade", said)
        elif len(grade) > 100 or _CONTROL.search(grade):
            said = _("A grade is one line of up to 100 characters.")
            yield _fault("grade", grade, "not-a-grade", said)

    def _evidence(self, person: Person) -> Iterator[Fault]:
        url = str(person.values.get("evidence_url") or "")
        name = str(person.values.get("evidence_name") or "")
        if url and (len(url) > 500 or not _URL.fullmatch(url)):
            said = _("“%(value)s” is no web address. Write it like https://harbour.example/log.")
            yield _fault("evidence_url", url, "not-an-address", said)
        if name and (len(name) > 200 or _CONTROL.search(name)):
            said = _("The name of the evidence is one line of up to 200 characters.")
            yield _fault("evidence_name", name, "too-long", said)
        elif name and not url:
            said = _("The evidence “%(value)s” has no web address. Add one, or leave both out.")
            yield _fault("evidence_name", name, "evidence-without-address", said)

    def _dates(self, person: Person) -> Iterator[Fault]:
        for field in ("awarded", "valid_until"):
            text = str(person.values.get(field) or "")
            if text and moment(text) is None:
                said = _("“%(value)s” is no date. Write 2026-06-30, or 2026-06-30T10:00:00Z.")
                yield _fault(field, text, "not-a-date", said)
        awarded, ends = (moment(person.values.get(f)) for f in ("awarded", "valid_until"))
        if awarded is not None and awarded > self._at + AHEAD:
            said = _("%(value)s has not come yet. Nobody is awarded ahead of time.")
            yield _fault("awarded", str(person.values["awarded"]), "not-yet", said)
        if ends is not None and ends <= (awarded or self._at):
            said = _("The award would end on %(value)s, before it begins.")
            yield _fault("valid_until", str(person.values["valid_until"]), "ends-too-soon", said)

    def _lint(self, person: Person) -> Iterator[Fault]:
        """What the signer would refuse, as the field that it came from."""
        template, values = self._filled(specimen(person, dict(person.values), at=self._at))
        for finding in template.problems(values):
            yield from _faults_of(finding, template, values)

    def document(self, intent: Intent) -> dict[str, Any]:
        """What would be signed for the intent, without its entries in status lists."""
        template, values = self._filled(intent)
        return template.fill(values)

    def _filled(self, intent: Intent) -> tuple[Template, dict[str, str]]:
        shape = documents.shape_of(intent, self._content)
        template = self._template(shape, intent)
        filled = documents.values_of(intent, shape)
        return template, {name: filled[name] for name in template.names}

    def _template(self, shape: documents.Shape, intent: Intent) -> Template:
        if shape not in self._templates:
            organisation = self._version.programme.organisation
            key = keys.key_in_use(organisation, SigningKey.Purpose.ASSERTION)
            self._templates[shape] = documents.template_of(
                self._version, None, shape, signer=keys.signer_of(key), created=intent.created_at
            )
        return self._templates[shape]


def specimen(person: Person, values: dict[str, Any], *, at: datetime) -> Intent:
    """An intent to be looked at, never stored: what is drawn at random is nought."""
    return Intent(
        award_id="0" * 22,
        subject=uuid.UUID(int=0),
        salt="0" * 22,
        address=normalised_address(person.address),
        name=" ".join(person.name.split()),
        values=values,
        index=0,
        created_at=at.replace(microsecond=0),
    )


def holders(version: Version, wanted: Iterable[str]) -> set[tuple[str, str]]:
    """Those of the recipient keys, each with a period, that hold the programme already."""
    found: set[tuple[str, str]] = set()
    for part in _parts(sorted(wanted)):
        held = Award.objects.filter(
            programme=version.programme_id, recipient_key__in=part, cancelled_at=None
        )
        found.update(held.values_list("recipient_key", "period"))
    return found


def _parts(keys_: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys_), 500):
        yield keys_[start : start + 500]


def _faults_of(finding: Finding, template: Template, values: dict[str, str]) -> Iterator[Fault]:
    names = template.names_at(str(finding.evidence.get("pointer", ""))) or [""]
    for name in names:
        field = _PLACES.get(name, name)
        yield Fault(field, values.get(name, ""), finding.code, finding.detail[:300])


def _fault(field: str, value: str, code: str, said: str) -> Fault:
    short = value if len(value) <= 60 else f"{value[:59]}…"
    return Fault(field, value, code, said % {"value": short})


def is_address(text: str) -> bool:
    """Is the text an e-mail address, as far as its form tells?"""
    try:
        _check_address(text)
    except ValidationError:
        return False
    return len(text) <= 254
