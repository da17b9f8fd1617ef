"""Key files of the made-up college."""

from __future__ import annotations

from pathlib import Path

from sealwright.cli._keys import private_jwk
from sealwright.credentials.keys import KeyKind, LocalSigner
from tests.cli.runs import Desk
from tests.credentials.issue.samples import SIGNER, signer


def key_file(desk: Desk, kind: KeyKind = KeyKind.ED25519, name: str = "key.jwk") -> str:
    """A private key, readable by nobody else."""
    key: LocalSigner = SIGNER if kind is KeyKind.ED25519 else signer(kind)
    path = desk.file(name, private_jwk(key))
    Path(path).chmod(0o600)
    return path
