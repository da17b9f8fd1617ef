"""What goes into a credential, as values: achievement, recipient, evidence, results, status.

Attributes are the standard's members in snake case. Each value writes itself as the JSON that
the 1EdTech schema asks for: types as arrays where the schema has arrays, and nothing that is
empty, because no signature covers an empty member.
https://www.imsglobal.org/spec/ob/v3p0/#data-models
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.model.instants import format_instant

Instant = datetime | str
"""An instant with its zone, or the text to be written for it (a place to fill in)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A value that becomes a JSON object. A class names its type once; data has none."""

    TYPE: ClassVar[str | tuple[str, ...]] = ()

    def as_json(self) -> dict[str, Any]:
        """This value as a JSON object, without what is empty or not told."""
        members = {camel(field.name): getattr(self, field.name) for field in fields(self)}
        if self.TYPE:
            members = {"id": members.get("id"), "type": self.TYPE} | members
        return told(members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Part):
    """A picture by address or `data:` URI. `caption` is for those who cannot see it."""

    TYPE = "Image"

    id: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria(Part):
    """How the achievement is earned: in words (Markdown), by address, or both."""

    id: str = ""
    narrative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment(Part):
    """A node of a framework (ESCO, CASE, CTDL, one's own) that something aligns to."""

    TYPE = ("Alignment",)

    target_name: str
    target_url: str
    target_code: str = ""
    target_framework: str = ""
    target_description: str = ""
    target_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricCriterionLevel(Part):
    """One level of a rubric, such as "Mastered". A result points at it by `id`."""

    TYPE = ("RubricCriterionLevel",)

    id: str
    name: str
    description: str = ""
    level: str = ""
    points: str = ""
    alignment: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDescription(Part):
    """A result that can be reached, and what is needed. `allowed_value` runs low to high."""

    TYPE = ("ResultDescription",)

    id: str
    name: str
    result_type: str
    value_min: str = ""
    value_max: str = ""
    required_value: str = ""
    required_level: str = ""
    allowed_value: tuple[str, ...] = ()
    rubric_criterion_level: tuple[RubricCriterionLevel, ...] = ()
    alignment: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Part):
    """Where an organisation is; `address_country_code` is ISO 3166-1 alpha-2."""

    TYPE = ("Address",)

    address_country: str = ""
    address_country_code: str = ""
    address_region: str = ""
    address_locality: str = ""
    street_address: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierEntry(Part):
    """Another identifier of an organisation or achievement, such as `ext:ror`."""

    TYPE = "IdentifierEntry"

    identifier: str
    identifier_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Part):
    """An organisation: the issuer, or who made an achievement. `id` is its DID or address."""

    TYPE = ("Profile",)

    id: str
    name: str = ""
    url: str = ""
    email: str = ""
    phone: str = ""
    description: str = ""
    image: Image | None = None
    address: Address | None = None
    official: str = ""
    other_identifier: tuple[IdentifierEntry, ...] = ()
    endorsement: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related(Part):
    """Another achievement that has to do with this one."""

    TYPE = ("Related",)

    id: str
    version: str = ""
    in_language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement(Part):
    """What is recognised. `id` is the address of the published version, for ever."""

    TYPE = ("Achievement",)

    id: str
    name: str
    description: str
    criteria: Criteria
    achievement_type: str = "MicroCredential"
    image: Image | None = None
    creator: Profile | None = None
    alignment: tuple[Alignment, ...] = ()
    result_description: tuple[ResultDescription, ...] = ()
    credits_available: float | None = None
    field_of_study: str = ""
    specialization: str = ""
    human_code: str = ""
    in_language: str = ""
    version: str = ""
    tag: tuple[str, ...] = ()
    other_identifier: tuple[IdentifierEntry, ...] = ()
    related: tuple[Related, ...] = ()
    endorsement: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Part):
    """A result that was reached; `result_description` and `achieved_level` are ids."""

    TYPE = ("Result",)

    result_description: str = ""
    value: str = ""
    status: str = ""
    achieved_level: str = ""
    alignment: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Part):
    """Something that shows the achievement. `id` is its address, where it has one."""

    TYPE = ("Evidence",)

    id: str = ""
    name: str = ""
    narrative: str = ""
    description: str = ""
    genre: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity(Part):
    """A name or identifier of the recipient, in clear or as `sha256$hex` of value and salt.

    https://www.imsglobal.org/spec/ob/v3p0/#identityobject
    """

    TYPE = "IdentityObject"

    hashed: bool
    identity_hash: str
    identity_type: str
    salt: str = ""

    @classmethod
    def of_name(cls, name: str) -> Identity:
        """The name that the issuer signs, in clear."""
        return cls(hashed=False, identity_hash=name, identity_type="name")

    @classmethod
    def of_email(cls, address: str, *, salt: str) -> Identity:
        """A salted hash of an e-mail address, never the address itself.

        The address is hashed without spaces around it and in lower case, as people type it
        when they check. The salt is public: who has a list of addresses can still find out
        which one it was.

        >>> Identity.of_email("a@example.com", salt="Kosher").identity_hash[:13]
        'sha256$b5809d'
        """
        plain = address.strip().lower()
        if not looks_like_email(plain):
            raise MalformedCredential("not-an-email", value=address)
        digest = sha256((plain + salt).encode()).hexdigest()
        return cls(
            hashed=True, identity_hash=f"sha256${digest}", identity_type="emailAddress", salt=salt
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who earned it: the holder's DID or an opaque id, with names and hashed identifiers.

    An e-mail address in clear has no way in. A recipient without `id` cannot become a
    VC-JWT, and cannot prove later that the credential is theirs.
    """

    id: str = ""
    identifier: tuple[Identity, ...] = ()

    @classmethod
    def of(cls, id: str = "", *, name: str = "", email: str = "", salt: str = "") -> Recipient:
        """The usual recipient: an id, a name to be signed, an e-mail address to be hashed."""
        named = (Identity.of_name(name),) if name else ()
        hashed = (Identity.of_email(email, salt=salt),) if email else ()
        return cls(id=id, identifier=named + hashed)

    @classmethod
    def opaque(cls, number: UUID, *, name: str = "") -> Recipient:
        """A recipient whose id says nothing about them; claiming links it to a person."""
        return cls.of(number.urn, name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusEntry(Part):
    """A place in a Bitstring Status List. `id` is wanted by the 1EdTech schema; its own is
    the list's address, `#` and the index.

    https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry
    """

    TYPE = "BitstringStatusListEntry"

    status_list_credential: str
    status_list_index: str
    status_purpose: str = "revocation"
    id: str = ""

    @classmethod
    def at(cls, url: str, index: int | str, *, purpose: str = "revocation") -> StatusEntry:
        """The entry for bit `index` of the list at `url`.

        >>> StatusEntry.at("https://harbour.example/status/1", 7).as_json()["id"]
        'https://harbour.example/status/1#7'
        """
        return cls(status_list_credential=url, status_list_index=str(index), status_purpose=purpose)

    def as_json(self) -> dict[str, Any]:
        members = super(StatusEntry, self).as_json()
        return {"id": f"{self.status_list_credential}#{self.status_list_index}"} | members


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationList(Part):
    """A list of revoked ids in the form of 1EdTech, at the address `id`."""

    TYPE = "1EdTechRevocationList"

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRefresh(Part):
    """Where a newer state of the credential can be had (1EdTech Credential Refresh)."""

    TYPE = "1EdTechCredentialRefresh"

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSchema(Part):
    """A JSON Schema that the credential says it follows."""

    TYPE = "1EdTechJsonSchemaValidator2019"

    id: str = (
        "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
        "ob_v3p0_achievementcredential_schema.json"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsOfUse(Part):
    """What a holder or verifier may do; `type` is an absolute address that names the kind."""

    type: str
    id: str = ""


def looks_like_email(text: str) -> bool:
    """Is the whole text an e-mail address, as far as its shape tells?

    >>> looks_like_email("mira@harbour.example"), looks_like_email("did:key:z6Mk")
    (True, False)
    """
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


_EMAIL = re.compile(r"[^\s@:/<>\"']{1,64}@[^\s@:/<>\"']+\.[^\s@:/<>\"'.]+")


def told(members: Mapping[str, Any] | None = None, /, **more: Any) -> dict[str, Any]:
    """The members as JSON: parts and instants written out, what is empty left out.

    >>> told(name="Mira", email="", tag=("data", "sql"))
    {'name': 'Mira', 'tag': ['data', 'sql']}
    """
    written = {
        name: _as_json(value, f"/{name}") for name, value in {**(members or {}), **more}.items()
    }
    return {name: value for name, value in written.items() if value not in (None, "", [], {})}


def _as_json(value: Any, pointer: str) -> Any:
    if isinstance(value, Part):
        return value.as_json()
    if isinstance(value, tuple):
        return [_as_json(item, pointer) for item in value]
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise MalformedCredential("instant-without-zone", pointer=pointer)
        return format_instant(value)
    return value


def camel(name: str) -> str:
    """The member of the standard behind an attribute.

    >>> camel("target_url")
    'targetUrl'
    """
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
