"""Worker: openbadgeslib with its full Data Integrity verifier, as its users call it.

Run in the peers' own environment, never imported by the product.
"""

from __future__ import annotations

import hashlib
import json

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3 import ldp

from benchmarks.peers.worker import serve


class OpenBadgesLib:
    def __init__(self) -> None:
        key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"openbadgeslib").digest())
        self.pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        self.method = ldp.OB3LdpSigner(self.pem).verification_method
        self.did = self.method.split("#")[0]
        self.verifier = ldp.OB3LdpVerifier()

    def issue(self, text: str) -> str:
        return json.dumps(ldp.add_data_integrity_proof(json.loads(text), self.pem, self.method))

    def verify(self, text: str) -> object:
        return self.verifier.verify(text)


serve(OpenBadgesLib())
