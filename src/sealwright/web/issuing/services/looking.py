"""What somebody of a table would get, put together without issuing anything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from sealwright.web.catalogue.content import Content
from sealwright.web.core.models import Message
from sealwright.web.issuing.models import Award, Intent, Sheet
from sealwright.web.issuing.services.checks import Checker, specimen
from sealwright.web.issuing.services.dates import moment
from sealwright.web.issuing.services.intake import Person, values_for
from sealwright.web.issuing.services.offers import CLAIMABLE, claim_link, offer_mail


@dataclass(frozen=True, slots=True)
class Look:
    """One person's award, as it would be if it were issued now."""

    person: Person
    intent: Intent
    content: Content
    mail: Message | None
    """None where no mail is sent, or there is no address."""
    document: str
    """What would be signed, as indented JSON. Its ids are nought: they are drawn on issuing."""

    @property
    def awarded_at(self) -> datetime:
        return moment(self.intent.values.get("awarded")) or self.intent.created_at

    @property
    def ends_at(self) -> datetime | None:
        return moment(self.intent.values.get("valid_until"))

    @property
    def grade(self) -> str:
        return str(self.intent.values.get("grade") or "")

    @property
    def evidence_url(self) -> str:
        return str(self.intent.values.get("evidence_url") or "")

    @property
    def evidence_name(self) -> str:
        return str(self.intent.values.get("evidence_name") or self.evidence_url)


def look_at(sheet: Sheet, person: Person) -> Look:
    """What the person would get, with the note that the table has now."""
    now = timezone.now()
    content = sheet.version.content
    intent = specimen(person, values_for(person, content, now.replace(microsecond=0)), at=now)
    document = Checker(sheet.version, at=now).document(intent)
    return Look(
        person,
        intent,
        content,
        _mail(sheet, intent) if sheet.send_mail and intent.address else None,
        json.dumps(document, ensure_ascii=False, indent=2),
    )


def _mail(sheet: Sheet, intent: Intent) -> Message:
    award = Award(public_id=intent.award_id, claim_until=intent.created_at + CLAIMABLE)
    mail = offer_mail(
        award,
        provider=sheet.version.programme.organisation.name,
        title=sheet.version.title,
        to=intent.address,
        name=intent.name,
        note=sheet.note,
    )
    mail.text = mail.text.replace(claim_link(award), f"{settings.BASE_URL}/claim/…")
    return mail
