"""What was found in the input: one credential, one presentation, or a link to follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sealwright.credentials.model.report import Finding
from sealwright.credentials.model.strict_json import UNKNOWN, Traits


class Kind(StrEnum):
    """What sort of thing was received."""

    CREDENTIAL = "credential"
    PRESENTATION = "presentation"
    LINK = "link"


class Standard(StrEnum):
    """Which data model the document is written in. `NONE` is a link, before it is followed."""

    VC_2_0 = "vc-2.0"
    VC_1_1 = "vc-1.1"
    OB_2_0 = "ob-2.0"
    NONE = "none"


class Securing(StrEnum):
    """How the document is meant to be protected. Says nothing about whether that holds.

    `HOSTED` is an OB 2.0 assertion that is true because its address serves it; `SIGNED_OB2`
    is one inside a compact JWS.
    """

    DATA_INTEGRITY = "data-integrity"
    JOSE = "jose"
    HOSTED = "hosted"
    SIGNED_OB2 = "signed-ob2"
    NONE = "none"


WINDOW = {
    Standard.VC_2_0: ("validFrom", "validUntil"),
    Standard.VC_1_1: ("issuanceDate", "expirationDate"),
    Standard.OB_2_0: ("issuedOn", "expires"),
    Standard.NONE: ("", ""),
}
"""The members that say from when and until when a document of each standard holds."""

VC_2_0_CONTEXT = "https://www.w3.org/ns/credentials/v2"
VC_1_1_CONTEXT = "https://www.w3.org/2018/credentials/v1"
OB_2_0_CONTEXT = "https://w3id.org/openbadges/v2"

OPEN_BADGE_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})


@dataclass(frozen=True, slots=True)
class Received:
    """The one thing that the input held, unpacked but not yet believed.

    `document` is the JSON exactly as it was parsed, nulls and empty arrays included, because
    suites that sign canonical JSON sign those too; `summary.summarise` is the view without
    them. From a token it is the credential itself: in VC 1.1 the `vc` claim completed by the
    registered claims, in VC 2.0 the payload without them. `claims` keeps those registered
    claims, `token` the compact text that the signature covers, `header` its protected header.

    `layers` names what was unwrapped, outermost first, like ("png", "enveloped", "vc-jwt").
    `contained` are the credentials of a presentation. A `link` (kind LINK, document empty) is
    the address that a baked image or a pasted line names instead of holding a credential.
    `notes` are findings made while reading; `shape.check_structure` hands them on. `traits`
    are those of the text that `document` was read from, as long as it is what that text says.
    """

    document: dict[str, Any]
    standard: Standard
    securing: Securing
    kind: Kind = Kind.CREDENTIAL
    token: str | None = None
    header: Mapping[str, Any] | None = None
    claims: Mapping[str, Any] = field(default_factory=dict)
    layers: tuple[str, ...] = ()
    notes: tuple[Finding, ...] = ()
    contained: tuple[Received, ...] = ()
    link: str | None = None
    traits: Traits = UNKNOWN

    @property
    def types(self) -> tuple[str, ...]:
        """The types of the document, as far as they are texts."""
        return types_of(self.document)

    @property
    def is_open_badge(self) -> bool:
        """An Open Badge of any version we read."""
        return self.standard is Standard.OB_2_0 or not OPEN_BADGE_TYPES.isdisjoint(self.types)


def types_of(value: Mapping[str, Any]) -> tuple[str, ...]:
    """The `type` of a JSON object as a tuple; whatever is not a text is left out.

    >>> types_of({"type": "Profile"})
    ('Profile',)
    """
    given = value.get("type")
    if isinstance(given, str):
        return (given,)
    if isinstance(given, list):
        return tuple([name for name in given if isinstance(name, str)])
    return ()
