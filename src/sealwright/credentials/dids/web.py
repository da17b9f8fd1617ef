"""did:web: a DID that is the address of its document.

https://w3c-ccg.github.io/did-method-web/
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sealwright.credentials.dids.document import VerificationMethod
from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.fetching.policy import destination
from sealwright.credentials.keys import KeyKind
from sealwright.credentials.model.instants import format_instant

DID_ACCEPT = "application/did+json, application/did+ld+json, application/json"

_DID_CONTEXT = "https://www.w3.org/ns/did/v1"
_MULTIKEY_CONTEXT = "https://w3id.org/security/multikey/v1"
_JWK_CONTEXT = "https://w3id.org/security/jwk/v1"

# An escape may stand for a letter of another script or a sign, but not for what gives a
# path its form (. / \ %) nor for a control character: servers and proxies differ on those.
_SEGMENT = r"(?:[A-Za-z0-9._\-]|%(?!2[Ee5Ff]|5[Cc]|[01]|7[Ff])[0-9A-Fa-f]{2})+"
_DID_WEB = re.compile(
    rf"did:web:(?P<host>[A-Za-z0-9.\-]+)(?:%3[Aa](?P<port>[0-9]{{1,5}}))?(?P<path>(?::{_SEGMENT})*)"
)


def did_web_url(did: str) -> str:
    """Where the document of a did:web is.

    The scheme is https. Only on `localhost`, where nobody has a certificate, it is http;
    the fetcher refuses that unless the operator allowed the host and port by name.

    Raises `MalformedCredential("did-malformed")`.

    >>> did_web_url("did:web:example.com")
    'https://example.com/.well-known/did.json'
    >>> did_web_url("did:web:localhost%3A8000:providers:bakery")
    'http://localhost:8000/providers/bakery/did.json'
    """
    parts = _DID_WEB.fullmatch(did)
    if parts is None:
        raise MalformedCredential("did-malformed", did=did, problem="no did:web has this form")
    segments = parts["path"].split(":")[1:]
    if "." in segments or ".." in segments:
        raise MalformedCredential("did-malformed", did=did, problem="the path has dots for steps")
    scheme = "http" if parts["host"].lower() == "localhost" else "https"
    port = f":{parts['port']}" if parts["port"] else ""
    path = "/".join(segments or [".well-known"])
    return f"{scheme}://{parts['host']}{port}/{path}/did.json"


def did_web(url: str, *, allow_local: frozenset[str] = frozenset()) -> str:
    """The did:web whose document lies under `url`: its host, port and path.

    Raises `NetworkRefused` for an address that no verifier would ask, and
    `MalformedCredential` for a path that a did:web cannot have.

    >>> did_web("https://example.com/issuers/bakery")
    'did:web:example.com:issuers:bakery'
    """
    where = destination(url, allow_local=allow_local)
    path = where.target.strip("/").replace("/", ":")
    did = f"did:web:{where.authority.replace(':', '%3A')}" + (f":{path}" if path else "")
    did_web_url(did)
    return did


def did_web_document(
    did: str,
    methods: Iterable[VerificationMethod],
    *,
    purposes: Iterable[str] = ("assertionMethod",),
) -> dict[str, Any]:
    """The document to publish at `did_web_url(did)`.

    Keep the methods of retired keys in it, or what they signed stops verifying.
    """
    described = [_described(did, method) for method in methods]
    contexts = [_DID_CONTEXT, _MULTIKEY_CONTEXT]
    if any("publicKeyJwk" in method for method in described):
        contexts.append(_JWK_CONTEXT)
    listed = [method["id"] for method in described]
    return {
        "@context": contexts,
        "id": did,
        "verificationMethod": described,
        **{purpose: list(listed) for purpose in purposes},
    }


def _described(did: str, method: VerificationMethod) -> dict[str, Any]:
    described: dict[str, Any] = {"id": method.id, "controller": did}
    if method.key.kind is KeyKind.RSA:
        described |= {"type": "JsonWebKey", "publicKeyJwk": method.key.to_jwk()}
    else:
        described |= {"type": "Multikey", "publicKeyMultibase": method.key.to_multikey()}
    for name, instant in (("expires", method.expires), ("revoked", method.revoked)):
        if instant:
            described[name] = format_instant(instant)
    return described
