"""`sealwright keygen`: a new key to sign with."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path
from typing import Any, Final

from sealwright.cli._files import PRIVATE, write_new
from sealwright.cli._keys import private_jwk
from sealwright.credentials.keys import KeyKind, LocalSigner

KINDS: Final = {
    "ed25519": KeyKind.ED25519,
    "p256": KeyKind.P256,
    "p384": KeyKind.P384,
    "rsa": KeyKind.RSA,
}
DESCRIPTION: Final = """\
Make a key and write it to a file that only you can read (a private JSON Web Key). The private
half is never shown. Without --method the key stands for itself, as a did:key (did:jwk for RSA);
an issuer with a web site says --method did:web:college.example#key-1 and publishes what
`sealwright did web` prints.
"""


def add_parser(commands: Any) -> None:
    """Add `keygen` to the command line."""
    parser = commands.add_parser("keygen", help="make a key to sign with", description=DESCRIPTION)
    parser.add_argument("file", metavar="FILE", help="where to write it; must not exist")
    parser.add_argument(
        "--kind",
        choices=KINDS,
        default="ed25519",
        help="ed25519 for embedded proofs (the default), p256 for these and tokens, p384, "
        "rsa for tokens",
    )
    parser.add_argument("--method", default="", metavar="ID", help="the key's address")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the key and say how it is called. Raises `UsageError`."""
    signer = LocalSigner.generate(
        KINDS[arguments.kind],
        entropy=secrets.token_bytes,
        verification_method=arguments.method,
    )
    write_new(Path(arguments.file), private_jwk(signer).encode(), mode=PRIVATE)
    print(f"key      {signer.verification_method}")
    print(f"issuer   {signer.verification_method.partition('#')[0]}")
    print(f"private  {arguments.file} (keep it secret, and keep a copy)")
    return 0
