"""did:key and did:jwk: DIDs that are their own document. Nothing is fetched.

https://w3c-ccg.github.io/did-key-spec/ and
https://github.com/quartzjer/did-jwk/blob/main/spec.md
"""

from __future__ import annotations

import json
from typing import Any

from sealwright.credentials.dids.document import RELATIONSHIPS, ControllerDocument
from sealwright.credentials.errors import MalformedCredential, UnreadableInput
from sealwright.credentials.keys import PublicKey
from sealwright.credentials.keys.multibase import base64url_decode, base64url_encode
from sealwright.credentials.model.strict_json import loads


def did_key(public: PublicKey) -> str:
    """The did:key of a public key. Raises `UnsupportedFeature` for RSA."""
    return f"did:key:{public.to_multikey()}"


def did_jwk(public: PublicKey) -> str:
    """The did:jwk of a public key: its identifying members, sorted, without blanks."""
    members = json.dumps(public.to_jwk(), separators=(",", ":"), sort_keys=True)
    return f"did:jwk:{base64url_encode(members.encode())}"


def did_key_document(did: str) -> ControllerDocument:
    """The document that a did:key stands for; the key in it is read when it is asked for.

    Raises `MalformedCredential("did-malformed")`.
    """
    value = did.removeprefix("did:key:")
    if not value.startswith("z"):
        raise MalformedCredential("did-malformed", did=did, problem="a did:key begins with z")
    method = {"type": "Multikey", "publicKeyMultibase": value}
    return _document(did, f"{did}#{value}", method)


def did_jwk_document(did: str) -> ControllerDocument:
    """The document that a did:jwk stands for.

    Raises `MalformedCredential("did-malformed")`.
    """
    try:
        jwk = loads(base64url_decode(did.removeprefix("did:jwk:")))
    except (MalformedCredential, UnreadableInput) as problem:
        raise MalformedCredential("did-malformed", did=did, problem=str(problem)) from problem
    return _document(did, f"{did}#0", {"type": "JsonWebKey", "publicKeyJwk": jwk})


def _document(did: str, method_id: str, method: dict[str, Any]) -> ControllerDocument:
    described = {"id": method_id, "controller": did, **method}
    members = {"id": did, "verificationMethod": [described]}
    return ControllerDocument(did, members | {name: [method_id] for name in RELATIONSHIPS})
