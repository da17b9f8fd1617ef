"""Worker: eddsa-rdfc-2022 as one would put it together from PyLD and cryptography.

Verifying means: read the JSON, canonise proof options and document, check the signature.
There are no other checks. Contexts are loaded once and marked as never changing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyld import jsonld

from benchmarks.peers.worker import serve

CONTEXTS = json.loads(Path(sys.argv[1]).read_text("utf-8"))
OPTIONS = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-06-01T00:00:00Z",
    "proofPurpose": "assertionMethod",
}


ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
DIGITS = {character: value for value, character in enumerate(ALPHABET)}


def b58encode(value: bytes) -> str:
    number, text = int.from_bytes(value, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = ALPHABET[digit] + text
    return text


def b58decode(text: str, size: int) -> bytes:
    number = 0
    for character in text:
        number = number * 58 + DIGITS[character]
    return number.to_bytes(size, "big")


def load(url: str, options: object = None) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": CONTEXTS[url],
        "tag": "static",
    }


def digest(document: dict[str, Any]) -> bytes:
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": load,
    }
    return hashlib.sha256(jsonld.normalize(document, options).encode()).digest()


class PyLD:
    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"pyld").digest())
        multikey = "z" + b58encode(b"\xed\x01" + self.key.public_key().public_bytes_raw())
        self.did = f"did:key:{multikey}"
        self.method = f"{self.did}#{multikey}"

    def issue(self, text: str) -> str:
        document = json.loads(text)
        proof = {**OPTIONS, "verificationMethod": self.method}
        message = digest({"@context": document["@context"], **proof}) + digest(document)
        value = "z" + b58encode(self.key.sign(message))
        return json.dumps({**document, "proof": {**proof, "proofValue": value}})

    def verify(self, text: str) -> None:
        document = json.loads(text)
        proof = document.pop("proof")
        proof = proof[0] if isinstance(proof, list) else proof
        signature = b58decode(proof.pop("proofValue")[1:], 64)
        raw = b58decode(proof["verificationMethod"].split("#z")[1], 34)[2:]
        message = digest({"@context": document["@context"], **proof}) + digest(document)
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, message)


serve(PyLD())
