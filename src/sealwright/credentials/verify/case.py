"""One credential under examination, and what it is examined with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sealwright.credentials.dids import Resolver, VerificationMethod
from sealwright.credentials.errors import MalformedCredential, WorkBudgetExceeded
from sealwright.credentials.fetching import Trail
from sealwright.credentials.jsonld import ContextStore, Work
from sealwright.credentials.keys import PublicKey
from sealwright.credentials.model.received import Kind, Received, Standard
from sealwright.credentials.model.report import Finding
from sealwright.credentials.proofs import ASSERTION
from sealwright.credentials.proofs.jose import CREDENTIAL_TYPES
from sealwright.credentials.transparency import Logged, digests_of

if TYPE_CHECKING:
    from sealwright.credentials.verify.registry import Registry


class Signature(NamedTuple):
    """A signature that holds, by the method that its proof names.

    `method` is None for a token that brings its key along and names no method. `remarks` say
    what else it took to accept the key.
    """

    key: PublicKey
    method: VerificationMethod | None
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """What a proof has to have been made for. `token_types` is what `typ` may say."""

    purpose: str = ASSERTION
    token_types: frozenset[str] = CREDENTIAL_TYPES
    domain: str | None = None
    challenge: str | None = None


ISSUING: Final = Use()

Evidence = Callable[[str, Sequence[bytes]], Logged | None]
"""Asked with the id of a credential and the hashes of what may be its signed bytes (see
`transparency.digests_of`), what a trusted log says about it, if anything."""

MAX_SIGNATURES: Final = 64
"""Signatures that are tried for one input, those of embedded credentials and of status
lists included. The slowest kind takes about a millisecond."""

MAX_LIST_BYTES: Final = 20_000_000
"""Bytes of all status lists together, as they come and unpacked: the longest list that we
take, and some short ones."""


@dataclass(slots=True)
class Allowance:
    """What one input may still cost, shared by everything that is embedded in it.

    Each part has limits of its own; a stranger chooses how many parts there are.
    """

    signatures: int = MAX_SIGNATURES
    list_bytes: int = MAX_LIST_BYTES
    work: Work = field(default_factory=Work)

    def spend_signature(self) -> None:
        """Count one more. Raises `WorkBudgetExceeded("too-many-signatures")`."""
        self.signatures -= 1
        if self.signatures < 0:
            raise WorkBudgetExceeded("too-many-signatures", limit=MAX_SIGNATURES)

    def spend_list_bytes(self, size: int) -> None:
        """Count the bytes of a status list. Raises `WorkBudgetExceeded("too-long-lists")`."""
        self.list_bytes -= size
        if self.list_bytes < 0:
            raise WorkBudgetExceeded("too-long-lists", limit=MAX_LIST_BYTES)


@dataclass(slots=True)
class Case:
    """One credential, the moment it is judged at, and the means of one verification.

    `trail`, `resolver` and `allowance` are shared by everything that is embedded in one
    input, so that its fetches and its cost are counted together. `signatures` is filled by
    the proof check and read by the issuer check. `depth` counts how deep the credential lies
    inside another. `sha256` is of the bytes handed in, or ''. For a hosted assertion,
    `received` becomes what its address serves, and `handed_in` keeps what it was compared
    with.
    """

    received: Received
    at: datetime
    trail: Trail
    resolver: Resolver
    contexts: ContextStore
    recipient: str | None = None
    registries: tuple[Registry, ...] = ()
    evidence: Evidence | None = None
    use: Use = ISSUING
    allowance: Allowance = field(default_factory=Allowance)
    sha256: str = ""
    depth: int = 0
    handed_in: Mapping[str, Any] | None = None
    signatures: list[Signature] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        """The identifier of who has to have signed. Raises `MalformedCredential`."""
        return issuer_of(self.received)

    @property
    def logged(self) -> Logged | None:
        """What a trusted log says about this credential; asked only where it matters."""
        identifier = self.received.document.get("id")
        if self.evidence is None or not isinstance(identifier, str):
            return None
        given = (bytes.fromhex(self.sha256),) if self.sha256 else ()
        digests = digests_of(self.received.token, self.received.document)
        return self.evidence(identifier, [*given, *digests])

    def about(self, received: Received) -> Case:
        """The case of a credential that belongs to this one: embedded, or fetched for it."""
        return Case(
            received,
            self.at,
            self.trail,
            self.resolver,
            self.contexts,
            evidence=self.evidence,
            allowance=self.allowance,
            depth=self.depth + 1,
        )


def short_name(method: VerificationMethod) -> str:
    """The method for people: a did:key repeats itself in its fragment, once is enough."""
    return method.controller if method.controller.startswith("did:key:") else method.id


def issuer_of(received: Received) -> str:
    """The identifier of the issuer of a credential, or of the holder of a presentation.

    Raises `MalformedCredential("identifier-missing")`.
    """
    if received.kind is Kind.PRESENTATION:
        return identifier_of(received.document.get("holder"), "/holder")
    if received.standard is Standard.OB_2_0:
        badge = received.document.get("badge")
        issuer = badge.get("issuer") if isinstance(badge, Mapping) else None
        return identifier_of(issuer, "/badge/issuer")
    return identifier_of(received.document.get("issuer"), "/issuer")


def identifier_of(value: object, pointer: str) -> str:
    """The identifier in `value`, which is a text or an object with an `id`.

    Raises `MalformedCredential("identifier-missing")` with `pointer`.
    """
    given = value.get("id") if isinstance(value, dict) else value
    if not isinstance(given, str) or not given:
        raise MalformedCredential("identifier-missing", pointer=pointer)
    return given


def objects(value: object) -> list[Mapping[str, Any]]:
    """The JSON objects in a member that may hold one, several or none."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """The texts in a member that may hold one, several or none."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
