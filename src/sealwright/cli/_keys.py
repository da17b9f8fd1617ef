"""Keys in files: JSON Web Keys, whose `kid` is the address of the key."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sealwright.cli._files import PRIVATE
from sealwright.cli._sources import read_bytes
from sealwright.cli._usage import UsageError
from sealwright.credentials.errors import CredentialError
from sealwright.credentials.keys import LocalSigner, PublicKey
from sealwright.credentials.model.strict_json import loads


def add_key(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which key signs."""
    parser.add_argument(
        "--key", required=True, metavar="FILE", help="the private key (see sealwright keygen)"
    )
    parser.add_argument(
        "--method",
        default="",
        metavar="ID",
        help="the key's address, such as did:web:college.example#key-1; by default the key's kid",
    )


def signer_of(arguments: argparse.Namespace) -> LocalSigner:
    """The signer that the options name. Raises `UsageError`."""
    return read_signer(arguments.key, arguments.method)


def read_signer(path: str, method: str = "") -> LocalSigner:
    """The signer whose private key is in a file; `method` counts more than its `kid`.

    Warns where others may read the file. Raises `UsageError`.
    """
    members = _members(path)
    try:
        signer = LocalSigner.from_jwk(members, verification_method=method or _kid(members))
    except CredentialError as problem:
        raise UsageError(f"{path}: {problem}") from problem
    if Path(path).stat().st_mode & ~PRIVATE & 0o777:
        print(f"sealwright: others can read {path}; chmod 600 would stop that", file=sys.stderr)
    return signer


def read_public(path: str) -> tuple[PublicKey, str]:
    """The public key in a file, which may hold the private one, and its address or ''.

    Raises `UsageError`.
    """
    members = _members(path)
    try:
        if "d" in members:
            return LocalSigner.from_jwk(members).public_key, _kid(members)
        return PublicKey.from_jwk(members), _kid(members)
    except CredentialError as problem:
        raise UsageError(f"{path}: {problem}") from problem


def private_jwk(signer: LocalSigner) -> str:
    """The text of a private key file."""
    return json.dumps({"kid": signer.verification_method, **signer.to_jwk()}, indent=2) + "\n"


def _members(path: str) -> Mapping[str, Any]:
    try:
        members = loads(read_bytes(path))
    except CredentialError as problem:
        raise UsageError(f"{path}: {problem}") from problem
    if not isinstance(members, dict):
        raise UsageError(f"{path}: a key is one JSON object (a JSON Web Key)")
    return members


def _kid(members: Mapping[str, Any]) -> str:
    kid = members.get("kid")
    return kid if isinstance(kid, str) and "#" in kid else ""
