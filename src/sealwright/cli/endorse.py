"""`sealwright endorse`: a signed statement about somebody else's work."""

from __future__ import annotations

import argparse
import json
from typing import Any, Final
from uuid import uuid4

from sealwright.cli._files import write
from sealwright.cli._keys import add_key, signer_of
from sealwright.cli._sources import read_bytes
from sealwright.cli._usage import UsageError
from sealwright.cli.verify import moment
from sealwright.credentials.formats.reading import read
from sealwright.credentials.issue import Profile, build_endorsement, sign_credential, sign_token
from sealwright.credentials.issue.describe import as_instant

DESCRIPTION: Final = """\
Sign a statement about a provider, a programme or a credential. WHAT is the id of what is
endorsed, or a credential file: then --of says which of its parts is meant.
"""
PARTS: Final = ("credential", "achievement", "issuer")


def add_parser(commands: Any) -> None:
    """Add `endorse` to the command line."""
    parser = commands.add_parser("endorse", help="sign an endorsement", description=DESCRIPTION)
    parser.add_argument("what", metavar="WHAT", help="an id (did:, urn:, https:) or a file")
    parser.add_argument("--of", choices=PARTS, default="achievement", help="which part of a file")
    parser.add_argument("--comment", required=True, help="what you say about it (Markdown)")
    add_key(parser)
    parser.add_argument("--name", default="", help="your organisation's name")
    parser.add_argument("--url", default="", help="your organisation's web site")
    parser.add_argument("--id", help="the endorsement's id; else a new urn:uuid")
    parser.add_argument("--valid-until", metavar="DATE", help="when it ends")
    parser.add_argument("--created", metavar="RFC3339", help="sign as of this moment")
    parser.add_argument("--format", choices=("json", "jwt"), default="json")
    parser.add_argument("-o", "--output", metavar="FILE", help="instead of standard output")
    parser.add_argument("--force", action="store_true", help="replace the file")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Sign and write. Raises `CredentialError` and `UsageError`."""
    signer = signer_of(arguments)
    created = moment(arguments.created)
    until = as_instant(arguments.valid_until) if arguments.valid_until else None
    if arguments.valid_until and until is None:
        raise UsageError(f"--valid-until {arguments.valid_until}: say 2030-06-30")
    document = build_endorsement(
        id=arguments.id or uuid4().urn,
        issuer=Profile(
            id=signer.verification_method.partition("#")[0],
            name=arguments.name,
            url=arguments.url,
        ),
        endorsed=_endorsed(arguments.what, arguments.of),
        comment=arguments.comment,
        valid_from=created,
        valid_until=until,
    )
    if arguments.format == "jwt":
        text = sign_token(document, signer)
    else:
        text = json.dumps(
            sign_credential(document, signer, created=created), ensure_ascii=False, indent=2
        )
    write(arguments.output, f"{text}\n", force=arguments.force)
    return 0


def _endorsed(what: str, part: str) -> str:
    """The id that is endorsed: given, or read from a credential. Raises `UsageError`."""
    if what.startswith(("did:", "urn:", "https:", "http:")):
        return what
    document = read(read_bytes(what)).document
    owner: Any = document
    if part == "issuer":
        owner = document.get("issuer")
    elif part == "achievement":
        subject = document.get("credentialSubject")
        owner = subject.get("achievement") if isinstance(subject, dict) else None
    id = owner.get("id") if isinstance(owner, dict) else owner
    if not isinstance(id, str):
        raise UsageError(f"{what}: its {part} has no id to endorse")
    return id
