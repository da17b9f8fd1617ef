"""From a published version to the document that is signed, with places for the person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from sealwright.credentials.issue import (
    Address,
    Evidence,
    Identity,
    Profile,
    Recipient,
    Result,
    StatusEntry,
    Template,
    build_credential,
    slot,
    slots_of,
)
from sealwright.credentials.model.instants import format_instant
from sealwright.credentials.proofs.jcs import canonical_json
from sealwright.web.catalogue.achievement import achievement_of, grade_id
from sealwright.web.catalogue.content import Content
from sealwright.web.catalogue.models import Version
from sealwright.web.core.refusals import UNFIT, Refusal
from sealwright.web.issuing.models import Intent, StatusBlock, StatusList
from sealwright.web.issuing.services.keys import StoredSigner
from sealwright.web.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Shape:
    """Which places a person fills: people of one shape share a template."""

    named: bool
    hashed: bool
    graded: bool
    evidenced: bool
    ends: bool


def shape_of(intent: Intent, content: Content) -> Shape:
    """The shape of the credential that the intent becomes."""
    values = intent.values
    return Shape(
        named=bool(content.name_signed and intent.name),
        hashed=bool(content.email_hashed and intent.address),
        graded=bool(content.grade and values.get("grade")),
        evidenced=bool(values.get("evidence_url")),
        ends=bool(values.get("valid_until")),
    )


def profile_of(organisation: Organisation) -> Profile:
    """The organisation as the issuer of a credential."""
    place = Address(
        address_country_code=organisation.country, address_locality=organisation.locality
    )
    told = organisation.country or organisation.locality
    return Profile(
        id=organisation.did,
        name=organisation.name,
        url=organisation.website or organisation.url,
        email=organisation.email,
        description=organisation.description,
        address=place if told else None,
    )


def document_of(version: Version, block: StatusBlock | None, shape: Shape) -> dict[str, Any]:
    """The unsigned document with its places; without a block, only to be looked at.

    Raises a `Refusal` for braces in the content.
    """
    achievement = achievement_of(version)
    if slots_of([achievement.as_json(), version.programme.organisation.name]):
        raise Refusal(UNFIT, _("The programme's text has double braces in it, which cannot be."))
    identifiers = []
    if shape.named:
        identifiers.append(Identity.of_name(slot("name")))
    if shape.hashed:
        identifiers.append(
            Identity(
                hashed=True,
                identity_hash=slot("identity_hash"),
                identity_type="emailAddress",
                salt=slot("salt"),
            )
        )
    grade = Result(result_description=grade_id(version), value=slot("grade"))
    evidence = Evidence(id=slot("evidence_url"), name=slot("evidence_name"))
    return build_credential(
        id=f"{settings.BASE_URL}/c/{slot('award_id')}",
        issuer=profile_of(version.programme.organisation),
        achievement=achievement,
        recipient=Recipient(id=slot("subject"), identifier=tuple(identifiers)),
        valid_from=slot("valid_from"),
        valid_until=slot("valid_until") if shape.ends else None,
        result=(grade,) if shape.graded else (),
        evidence=(evidence,) if shape.evidenced else (),
        credential_status=tuple(
            StatusEntry.at(each.url, slot("index"), purpose=each.purpose)
            for each in StatusList.objects.filter(block=block).order_by("purpose")
        ),
    )


def template_of(
    version: Version,
    block: StatusBlock | None,
    shape: Shape,
    *,
    signer: StoredSigner,
    created: datetime,
) -> Template:
    """The linted template behind every credential of this shape, kept for the next piece."""
    document = json.dumps(document_of(version, block, shape))
    return _template(document, signer, created)


def values_of(intent: Intent, shape: Shape) -> dict[str, str]:
    """What the intent puts into the places of its template."""
    values = {
        "award_id": intent.award_id,
        "subject": intent.subject.urn,
        "index": str(intent.index),
        "valid_from": str(intent.values.get("awarded") or format_instant(intent.created_at)),
    }
    if shape.named:
        values["name"] = intent.name
    if shape.hashed:
        hashed = Identity.of_email(intent.address, salt=intent.salt)
        values |= {"identity_hash": hashed.identity_hash, "salt": intent.salt}
    if shape.graded:
        values["grade"] = str(intent.values["grade"])
    if shape.evidenced:
        url = str(intent.values["evidence_url"])
        values |= {
            "evidence_url": url,
            "evidence_name": str(intent.values.get("evidence_name") or url),
        }
    if shape.ends:
        values["valid_until"] = str(intent.values["valid_until"])
    return values


def as_bytes(document: Mapping[str, Any]) -> bytes:
    """A signed document as it is stored and logged: canonical JSON, as a template writes it."""
    return canonical_json(document)


@lru_cache(maxsize=32)
def _template(document: str, signer: StoredSigner, created: datetime) -> Template:
    return Template(json.loads(document), signer=signer, created=created)
