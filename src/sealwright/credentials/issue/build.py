"""From values to an unsigned credential. Nothing is judged here; see `lint`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sealwright.credentials.issue.parts import (
    Achievement,
    CredentialRefresh,
    CredentialSchema,
    Evidence,
    Image,
    Instant,
    Profile,
    Recipient,
    Result,
    RevocationList,
    StatusEntry,
    TermsOfUse,
    told,
)
from sealwright.credentials.issue.vocabulary import CONTEXTS, OB_EXTENSIONS

_OF_THE_EXTENSIONS = (CredentialRefresh, CredentialSchema, RevocationList)


def build_credential(
    *,
    id: str,
    issuer: Profile,
    achievement: Achievement,
    recipient: Recipient,
    valid_from: Instant,
    valid_until: Instant | None = None,
    awarded_date: Instant | None = None,
    name: str = "",
    description: str = "",
    image: Image | None = None,
    evidence: Sequence[Evidence] = (),
    result: Sequence[Result] = (),
    activity_start_date: Instant | None = None,
    activity_end_date: Instant | None = None,
    credits_earned: float | None = None,
    role: str = "",
    term: str = "",
    license_number: str = "",
    narrative: str = "",
    credential_status: Sequence[StatusEntry | RevocationList] = (),
    credential_schema: Sequence[CredentialSchema] = (),
    refresh_service: CredentialRefresh | None = None,
    terms_of_use: Sequence[TermsOfUse] = (),
    endorsement: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """An unsigned OpenBadgeCredential (Open Badges 3.0 on VC 2.0).

    `name` is the achievement's unless told; instants must carry a time zone. `endorsement`
    holds signed endorsement credentials. One status entry is written as an object, as the
    1EdTech schema wants it; several as an array.
    https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential
    """
    subject = told(
        id=recipient.id,
        type=["AchievementSubject"],
        identifier=recipient.identifier,
        activityStartDate=activity_start_date,
        activityEndDate=activity_end_date,
        creditsEarned=credits_earned,
        role=role,
        term=term,
        licenseNumber=license_number,
        narrative=narrative,
        achievement=achievement,
        result=tuple(result),
    )
    return _credential(
        "OpenBadgeCredential",
        id=id,
        name=name or achievement.name,
        description=description,
        image=image,
        issuer=issuer,
        validFrom=valid_from,
        validUntil=valid_until,
        awardedDate=awarded_date,
        credentialSubject=subject,
        evidence=tuple(evidence),
        credentialStatus=tuple(credential_status),
        credentialSchema=tuple(credential_schema),
        refreshService=refresh_service,
        termsOfUse=tuple(terms_of_use),
        endorsement=tuple(endorsement),
    )


def build_endorsement(
    *,
    id: str,
    issuer: Profile,
    endorsed: str,
    comment: str,
    valid_from: Instant,
    valid_until: Instant | None = None,
    awarded_date: Instant | None = None,
    name: str = "",
    description: str = "",
    credential_status: Sequence[StatusEntry | RevocationList] = (),
) -> dict[str, Any]:
    """An unsigned EndorsementCredential about `endorsed`, the id of what is endorsed.

    Signed, it stands alone or goes into the `endorsement` of a credential, an achievement or
    a profile. https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential
    """
    subject = told(id=endorsed, type=["EndorsementSubject"], endorsementComment=comment)
    return _credential(
        "EndorsementCredential",
        id=id,
        name=name or "Endorsement",
        description=description,
        issuer=issuer,
        validFrom=valid_from,
        validUntil=valid_until,
        awardedDate=awarded_date,
        credentialSubject=subject,
        credentialStatus=tuple(credential_status),
    )


def _credential(kind: str, **members: Any) -> dict[str, Any]:
    values = [value for member in members.values() for value in _each(member)]
    extended = any(isinstance(value, _OF_THE_EXTENSIONS) for value in values)
    document = told(
        {"@context": [*CONTEXTS, *([OB_EXTENSIONS] if extended else [])]},
        id=members.pop("id"),
        type=["VerifiableCredential", kind],
        **members,
    )
    status = document.get("credentialStatus", ())
    if len(status) == 1:
        document["credentialStatus"] = status[0]
    return document


def _each(member: Any) -> tuple[Any, ...]:
    return member if isinstance(member, tuple) else (member,)
