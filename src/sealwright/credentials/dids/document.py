"""Whose key is it, for what, and until when: the controller's own document says so.

A key counts for nothing by itself. It counts when the document of its controller lists it
for the purpose of the proof, is that controller's document, and has not withdrawn the key.

https://www.w3.org/TR/cid-1.0/#retrieve-verification-method
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sealwright.credentials.errors import (
    KeyUnusable,
    MalformedCredential,
    Refused,
    ResolutionFailed,
    UnsupportedFeature,
)
from sealwright.credentials.fetching.policy import origin
from sealwright.credentials.keys import PublicKey
from sealwright.credentials.model.instants import parse_instant

RELATIONSHIPS = (
    "assertionMethod",
    "authentication",
    "capabilityInvocation",
    "capabilityDelegation",
)
"""The purposes a signature can have: https://www.w3.org/TR/cid-1.0/#verification-relationships"""

_SECRETS = ("secretKeyMultibase", "secretKeyJwk", "privateKeyMultibase", "privateKeyJwk")


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """A key with its place in the world.

    `id` is its address and `controller` who holds it. `listed` says that the controller's
    own document names it for the purpose that was asked; a key that was found at an address
    of its own is not listed. `expires` and `revoked` are kept for showing and writing.
    `tolerated` is the code of a note about something that is not quite as it should be.
    """

    id: str
    controller: str
    key: PublicKey
    expires: datetime | None = None
    revoked: datetime | None = None
    listed: bool = True
    tolerated: str = ""

    def check_time(self, at: datetime) -> None:
        """Raise `Refused` (`key-revoked`, `key-expired`) if the key may not be used at `at`.

        The time of verification counts, or one that a log proves: the time inside a
        proof is written by whoever holds the key, the thief included. So a key that was
        merely replaced should carry neither date.
        """
        if self.revoked and at >= self.revoked:
            raise Refused("key-revoked", method=self.id, since=self.revoked.isoformat())
        if self.expires and at >= self.expires:
            raise Refused("key-expired", method=self.id, since=self.expires.isoformat())

    def check_issuer(self, issuer: str) -> None:
        """Raise `Refused("key-not-issuers")` unless this key speaks for `issuer`.

        A listed key speaks for its controller and for nobody else. A key at an address of
        its own (the `kid` of an Open Badges token) speaks for an issuer with a web address
        on the same host and port, unless the key names another controller: whoever serves
        the one over TLS serves the other. An issuer that is a DID always has to list it.
        """
        if self.listed:
            bound = self.controller == issuer
        else:
            here = origin(self.id)
            bound = bool(here) and here == origin(issuer) and self.controller in ("", issuer)
        if not bound:
            raise Refused("key-not-issuers", method=self.id, issuer=issuer)


@dataclass(frozen=True, slots=True)
class ControllerDocument:
    """What a controller says about its keys: a DID document, or a profile that lists keys.

    `members` is the document as plain JSON. Its context is not looked at, because nothing
    here is signed: the terms mean what the standard says they mean.
    """

    id: str
    members: Mapping[str, Any]

    def method(self, method_id: str, *, purpose: str, at: datetime) -> VerificationMethod:
        """The method with this id, if the document lists it for `purpose` and it holds at `at`.

        Raises `Refused` (`key-not-listed`, `key-controller`, `key-revoked`, `key-expired`,
        or what is wrong with the key), `UnsupportedFeature` (`unsupported-key-type`) and
        `ResolutionFailed` (`document-malformed`).
        """
        tolerated = ""
        if method_id == self.id and self.id.startswith("did:key:"):
            # A did:key has one key; some issuers leave out the fragment that repeats it.
            method_id, tolerated = f"{self.id}#{self.id[8:]}", "method-without-fragment"
        method = self._read(self._find(method_id, purpose), tolerated)
        method.check_time(at)
        return method

    def method_of_key(self, key: PublicKey, *, purpose: str, at: datetime) -> VerificationMethod:
        """The method that has this very key: for a token that carries its key along.

        Raises as `method`. Methods that cannot be read are passed over.
        """
        for method_id in self._listed(purpose):
            try:
                method = self._read(self._find(method_id, purpose))
            except (Refused, ResolutionFailed, UnsupportedFeature):
                continue
            if method.key == key:
                method.check_time(at)
                return method
        raise Refused("key-not-listed", method="jwk", controller=self.id, purpose=purpose)

    def _listed(self, purpose: str) -> list[str]:
        found = (self._id_of(entry) for entry in self._entries(purpose))
        return list(dict.fromkeys(filter(None, found)))[:_MOST_METHODS]

    def _find(self, method_id: str, purpose: str) -> Mapping[str, Any]:
        entries = [entry for entry in self._entries(purpose) if self._id_of(entry) == method_id]
        described = [entry for entry in entries if isinstance(entry, dict)]
        if entries:
            described += (
                method
                for method in _items(self.members.get("verificationMethod"))
                if isinstance(method, dict) and self._id_of(method) == method_id
            )
        if not described:
            raise Refused("key-not-listed", method=method_id, controller=self.id, purpose=purpose)
        if any(other != described[0] for other in described):
            raise self._malformed(f"it describes {method_id} more than once")
        return described[0]

    def _entries(self, purpose: str) -> list[Any]:
        """The entries for a purpose. No other member of the document can be asked for."""
        return _items(self.members.get(purpose)) if purpose in RELATIONSHIPS else []

    def _id_of(self, entry: Any) -> str:
        """The absolute id of an entry, which may be an id or a method with one."""
        value = entry.get("id") if isinstance(entry, dict) else entry
        if not isinstance(value, str):
            return ""
        return self.id + value if value.startswith("#") else value

    def _read(self, described: Mapping[str, Any], tolerated: str = "") -> VerificationMethod:
        method_id = self._id_of(described)
        if described.get("controller") != self.id:
            raise Refused(
                "key-controller",
                method=method_id,
                controller=str(described.get("controller")),
                document=self.id,
            )
        try:
            expires, revoked = (_instant(described, name) for name in ("expires", "revoked"))
        except MalformedCredential as problem:
            raise self._malformed(str(problem)) from problem
        return VerificationMethod(
            id=method_id,
            controller=self.id,
            key=key_of(described),
            expires=expires,
            revoked=revoked,
            tolerated=tolerated,
        )

    def _malformed(self, problem: str) -> ResolutionFailed:
        return ResolutionFailed("document-malformed", url=self.id, problem=problem)


_MOST_METHODS = 32
"""How many keys of a document are tried for one that fits a token's own."""


def key_of(method: Mapping[str, Any]) -> PublicKey:
    """The key in a verification method.

    Raises `KeyUnusable` and `UnsupportedFeature` (`unsupported-key-type`, `unsupported-key`).
    """
    kind = method.get("type")
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise UnsupportedFeature("unsupported-key-type", type=str(kind))
    if any(secret in method for secret in _SECRETS):
        raise KeyUnusable("key-private")
    member, read = reader
    return read(method.get(member))


@lru_cache(maxsize=256)
def _multikey(text: str) -> PublicKey:
    """Keys seen lately: an issuer's credentials come many at a time."""
    return PublicKey.from_multikey(text)


def _read_multikey(value: object) -> PublicKey:
    return _multikey(value) if isinstance(value, str) else PublicKey.from_multikey(value)


_READERS: dict[str, tuple[str, Callable[[object], PublicKey]]] = {
    "Multikey": ("publicKeyMultibase", _read_multikey),
    "JsonWebKey": ("publicKeyJwk", PublicKey.from_jwk),
    "JsonWebKey2020": ("publicKeyJwk", PublicKey.from_jwk),
    "Ed25519VerificationKey2020": ("publicKeyMultibase", PublicKey.from_ed25519_2020),
}


def _instant(method: Mapping[str, Any], name: str) -> datetime | None:
    return parse_instant(method[name], pointer=f"/{name}") if name in method else None


def _items(value: Any) -> list[Any]:
    """A list as it is, one value as a list of one, nothing as an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
