"""Every award of the demo world, verified by other people's code, and their word beside ours.

Loads the demo into an empty database, hands each signed credential to
@digitalcredentials/verifier-core, which gets the issuers' documents and status lists from a
file instead of the network, and to openbadgeslib, which gets the keys; then compares: is it
signed by that issuer, within its dates, and in force?
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from interop.peers import DCC, FILES, OBL, PEERS_PYTHON, answers
from sealwright.credentials.keys import PublicKey

BASE_URL = "http://localhost:8000"


class Told(NamedTuple):
    """What somebody says about a credential."""

    signed: bool
    in_date: bool
    in_force: bool | None
    """None where the lists were not asked."""


def check_demo() -> int:
    """Verify the demo world with the peers; how many answers differ from ours."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        awards = FILES / "demo"
        shutil.rmtree(awards, ignore_errors=True)
        awards.mkdir(parents=True)
        ours, published = export(awards)
    listed = FILES / "demo-published.json"
    listed.write_text(json.dumps(published), "utf-8")
    files = list(ours)
    said = dict(answers("node", "exchange.mjs", "demo", str(listed), *files))
    said |= answers(str(PEERS_PYTHON), "openbadgeslib_check.py", "demo", str(listed), *files)
    wrong = list(differences(ours, said))
    kinds = Counter(ours.values())
    print(f"{len(ours)} awards of the demo world; by what is so:")
    for told, number in sorted(kinds.items()):
        print(f"  {number:4} {'in date' if told.in_date else 'expired'}, "
              f"{'in force' if told.in_force else 'revoked or suspended'}")  # fmt: skip
    print(f"{DCC} and {OBL}: {len(wrong)} answers that differ from ours.")
    for line in wrong[:20]:
        print(f"  DIFFERS {line}")
    return len(wrong) + (len(ours) == 0)


def differences(
    ours: dict[str, Told], said: dict[tuple[str, str], dict[str, Any]]
) -> Iterator[str]:
    """Where a peer says something else than we do."""
    for file, told in ours.items():
        dcc = said[DCC, file]
        steps = dcc.get("steps") or {}
        theirs = Told(
            steps.get("valid_signature") is True,
            steps.get("expiration") is True,
            steps.get("revocation_status") is True and steps.get("suspension_status") is True,
        )
        if theirs != told:
            yield f"{DCC}: {theirs}, ours: {told}, {Path(file).name}: {dcc['why']}"
        obl = said[OBL, file]
        if obl["verified"] is not (told.signed and told.in_date):
            yield f"{OBL}: {obl['verified']}, ours: {told}, {Path(file).name}: {obl['why']}"


# --- The demo world -------------------------------------------------------------------------


def prepare(folder: Path) -> None:
    """Load the demo world into a database in `folder`."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "sealwright.web.config.settings",
        "SEALWRIGHT_DATA": str(folder),
        "SEALWRIGHT_DATABASE": str(folder / "demo.sqlite3"),
        "SEALWRIGHT_BASE_URL": BASE_URL,
        "SEALWRIGHT_DEMO": "true",
    }
    import django

    django.setup()
    from sealwright.web.config.setting_up import set_up

    set_up(lambda line: print(f"  {line}", flush=True))


def export(folder: Path) -> tuple[dict[str, Told], dict[str, Any]]:
    """Each credential as a file with what we say of it; and what issuers publish.

    `documents` by address, as a did:web is looked for with https even on this machine; and
    `keys` in PEM, by verification method.
    """
    from sealwright.credentials.model.report import Outcome
    from sealwright.web.issuing.models import Credential, SigningKey, StatusList
    from sealwright.web.issuing.services.keys import did_document, method_of
    from sealwright.web.issuing.services.status import published
    from sealwright.web.organisations.models import Organisation
    from sealwright.web.verifying.services import new_verifier

    now, verifier = datetime.now(UTC), new_verifier()
    ours = {}
    for credential in Credential.objects.select_related("award").order_by("pk"):
        file = folder / f"{credential.award.public_id}.json"
        file.write_bytes(bytes(credential.document or b""))
        found = verifier.verify(file.read_bytes(), at=now).findings
        outcomes = {(finding.check, finding.outcome) for finding in found}
        ours[str(file)] = Told(
            ("proof", Outcome.PASSED) in outcomes and ("issuer", Outcome.PASSED) in outcomes,
            ("validity", Outcome.PASSED) in outcomes,
            ("status", Outcome.FAILED) not in outcomes,
        )
    documents: dict[str, Any] = {
        f"{each.url}/did.json".replace("http://", "https://"): did_document(each)
        for each in Organisation.objects.filter(issues=True)
    }
    for each in StatusList.objects.all():
        listed = published(each.public_id)
        if listed is not None:
            documents[each.url] = json.loads(bytes(listed.document or b""))
    keys = SigningKey.objects.filter(organisation__isnull=False).select_related("organisation")
    pems = {method_of(key): pem_of(key.public_multikey) for key in keys}
    return ours, {"documents": documents, "keys": pems}


def pem_of(multikey: str) -> str:
    """An Ed25519 key as other people's libraries take it."""
    raw = PublicKey.from_multikey(multikey).raw
    key = Ed25519PublicKey.from_public_bytes(raw)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


if __name__ == "__main__":
    raise SystemExit(check_demo() != 0)
