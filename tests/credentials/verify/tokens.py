"""Tokens with headers that no issuer of ours would write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.keys.multibase import base64url_encode


def compact(payload: Mapping[str, Any], signer: LocalSigner, **header: Any) -> str:
    """A compact JWS over any payload, with `alg` and these members as its header."""
    full = {"alg": signer.public_key.kind.jose_algorithm, **header}
    signing_input = f"{_part(full)}.{_part(payload)}"
    return f"{signing_input}.{base64url_encode(signer.sign(signing_input.encode()))}"


def _part(value: Mapping[str, Any]) -> str:
    return base64url_encode(json.dumps(value).encode())
