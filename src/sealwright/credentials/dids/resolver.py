"""From the address of a key, or of its controller, to the document that lists it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sealwright.credentials.dids.document import (
    ControllerDocument,
    VerificationMethod,
)
from sealwright.credentials.dids.self_describing import did_jwk_document, did_key_document
from sealwright.credentials.dids.web import DID_ACCEPT, did_web_url
from sealwright.credentials.errors import (
    MalformedCredential,
    Refused,
    ResolutionFailed,
    UnsupportedFeature,
)
from sealwright.credentials.fetching import Fetcher, Offline, fetch_json
from sealwright.credentials.keys import PublicKey

ASSERTION = "assertionMethod"
MAX_ID_LENGTH = 4096

_DID = re.compile(r"did:([a-z0-9]+):[A-Za-z0-9._:%\-]+")
_WEB_ACCEPT = (
    "application/json, application/ld+json, application/jwk+json, application/jwk-set+json"
)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Finds verification methods. did:key and did:jwk need no network, the rest `fetcher`."""

    fetcher: Fetcher

    def method(
        self, method_id: object, *, purpose: str = ASSERTION, at: datetime
    ) -> VerificationMethod:
        """The key that a proof's `verificationMethod` or a token's `kid` names.

        It is looked up in the document of its own controller, so it is sound in itself;
        whether it speaks for an issuer is `VerificationMethod.check_issuer`.

        Raises `Refused` and `Undecidable` errors, as `ControllerDocument.method` and
        `resolve` do; `MalformedCredential("method-malformed")` for what is no address.
        """
        if not isinstance(method_id, str) or ":" not in method_id or len(method_id) > MAX_ID_LENGTH:
            raise MalformedCredential("method-malformed", method=str(method_id)[:200])
        if method_id.startswith("did:key:"):
            return _did_key_method(method_id, purpose)
        if method_id.startswith("did:"):
            document = self.resolve(method_id.partition("#")[0])
            return document.method(method_id, purpose=purpose, at=at)
        return self.resolve_key_url(method_id, purpose=purpose, at=at)

    def resolve(self, controller: str) -> ControllerDocument:
        """The document of a DID, or of an issuer with a web address.

        Raises `MalformedCredential` (`did-malformed`), `UnsupportedFeature`
        (`unsupported-did-method`, `unsupported-controller`) and `ResolutionFailed`
        (`document-id-mismatch`, `document-malformed`, or why it was not fetched).
        """
        if not controller.startswith("did:"):
            return _document(controller, controller, self._from_web(controller))
        parts = _DID.fullmatch(controller)
        if parts is None or len(controller) > MAX_ID_LENGTH:
            raise MalformedCredential(
                "did-malformed", did=controller[:200], problem="no DID has this form"
            )
        if parts[1] == "web":
            url = did_web_url(controller)
            return _document(controller, url, fetch_json(self.fetcher, url, accept=DID_ACCEPT))
        if parts[1] not in _SELF_DESCRIBING:
            raise UnsupportedFeature("unsupported-did-method", did=controller, method=parts[1])
        return _SELF_DESCRIBING[parts[1]](controller)

    def resolve_key_url(
        self, url: str, *, purpose: str = ASSERTION, at: datetime
    ) -> VerificationMethod:
        """The key at a web address.

        Three kinds of document may lie there: the document of a controller, which has to
        list the key for the purpose; a JSON Web Key or a set of them, as Open Badges 3.0
        section 8.2 has it for tokens; a verification method by itself. Only the first is
        somebody's word about whose key it is, see `VerificationMethod.check_issuer`. The
        fragment of an address is never read as a key.

        Raises as `resolve` and `ControllerDocument.method` do, and
        `Refused("key-not-listed")` when a set of keys has no such key.
        """
        address, _, fragment = url.partition("#")
        found = self._from_web(address)
        if not isinstance(found, dict):
            raise _malformed(address, "it is no JSON object")
        if "keys" in found:
            return _bare(url, "", PublicKey.from_jwk(_from_set(found, url, fragment)))
        if "kty" in found:
            return _bare(url, "", PublicKey.from_jwk(found))
        if "publicKeyMultibase" in found or "publicKeyJwk" in found:
            return _method_document(url, found, at)
        return _document(address, address, found).method(url, purpose=purpose, at=at)

    def _from_web(self, url: str) -> Any:
        if not url.startswith(("https://", "http://")):
            raise UnsupportedFeature("unsupported-controller", controller=url[:200])
        return fetch_json(self.fetcher, url, accept=_WEB_ACCEPT)


_SELF_DESCRIBING: dict[str, Callable[[str], ControllerDocument]] = {
    "key": did_key_document,
    "jwk": did_jwk_document,
}


@lru_cache(maxsize=256)
def _did_key_method(method_id: str, purpose: str) -> VerificationMethod:
    """Methods seen lately: an issuer's credentials come many at a time.

    All that there is to know about a did:key is its text, and no date is in it.
    """
    document = _NOWHERE.resolve(method_id.partition("#")[0])
    return document.method(method_id, purpose=purpose, at=_ANY_TIME)


_NOWHERE = Resolver(Offline())
_ANY_TIME = datetime.min.replace(tzinfo=UTC)


def _document(controller: str, url: str, found: Any) -> ControllerDocument:
    """What was found as the document of `controller`, if that is what it says it is."""
    if not isinstance(found, dict):
        raise _malformed(url, "it is no JSON object")
    if found.get("id") != controller:
        raise ResolutionFailed(
            "document-id-mismatch", url=url, expected=controller, found=str(found.get("id"))[:200]
        )
    return ControllerDocument(controller, found)


def _method_document(url: str, found: Mapping[str, Any], at: datetime) -> VerificationMethod:
    """A verification method that lies at its own address."""
    if found.get("id") != url:
        raise ResolutionFailed(
            "document-id-mismatch", url=url, expected=url, found=str(found.get("id"))[:200]
        )
    controller = found.get("controller")
    if not isinstance(controller, str):
        raise _malformed(url, "it names no controller")
    # Read as its controller's only method, which reads the dates too; unlisted all the same.
    alone = {"verificationMethod": [found], ASSERTION: [url]}
    method = ControllerDocument(controller, alone).method(url, purpose=ASSERTION, at=at)
    return VerificationMethod(
        url, controller, method.key, method.expires, method.revoked, listed=False
    )


def _bare(url: str, controller: str, key: PublicKey) -> VerificationMethod:
    return VerificationMethod(url, controller, key, listed=False)


def _from_set(found: Mapping[str, Any], url: str, fragment: str) -> Any:
    """The key of a set that `url` means: by its `kid`, or the only one there is."""
    keys = found["keys"]
    if not isinstance(keys, list):
        raise _malformed(url, "its keys are no list")
    names = {url, fragment} - {""}
    named = [key for key in keys if isinstance(key, dict) and _is_named(key, names)]
    if not fragment and len(keys) == 1:
        named = keys
    if not named:
        raise Refused("key-not-listed", method=url, controller=url, purpose="keys")
    if len(named) > 1:
        raise _malformed(url, "two keys of one kid")
    return named[0]


def _is_named(key: Mapping[str, Any], names: set[str]) -> bool:
    return isinstance(key.get("kid"), str) and key["kid"] in names


def _malformed(url: str, problem: str) -> ResolutionFailed:
    return ResolutionFailed("document-malformed", url=url, problem=problem)
