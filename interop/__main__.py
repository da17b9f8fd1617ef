"""Exchange badges with other people's code, both ways, and print who accepted what.

Theirs are issued by independent implementations and verified here; ours are issued here and
verified there. Each exchange is made twice: with the badge as it was signed, which must be
accepted, and with a changed copy, which must be refused, so that a peer that accepts
everything is noticed. Then every small change to a signed badge is tried on our verifier.

Fails on any mismatch. Without Node there is nobody to exchange with: it says so and ends.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import shake_256
from typing import Any, NamedTuple

from interop import mutations
from interop.demo import check_demo
from interop.peers import DB, DCC, FILES, JOSE, OBL, PEERS_PYTHON, answers, run
from sealwright.credentials.dids import did_jwk
from sealwright.credentials.issue import (
    Achievement,
    Alignment,
    Criteria,
    Evidence,
    Profile,
    Recipient,
    Result,
    ResultDescription,
    build_credential,
    sign_credential,
    sign_token,
)
from sealwright.credentials.keys import KeyKind, LocalSigner
from sealwright.credentials.keys.multibase import base64url_decode, base64url_encode
from sealwright.credentials.model.report import Verdict
from sealwright.credentials.verify import Verifier

NOW = datetime.now(UTC).replace(microsecond=0)
VERIFIER = Verifier()
SEED = b"Example College"


class Row(NamedTuple):
    """One exchange: what one side said about a genuine badge and about a changed one."""

    issuer: str
    suite: str
    verifier: str
    genuine: str
    changed: str
    holds: bool


class Ours(NamedTuple):
    """A suite that we issue with, by which kind of key, and who must accept the result."""

    suite: str
    kind: KeyKind
    peers: tuple[str, ...]


THEIRS = (
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "ecdsa-rdfc-2019",
    "Ed25519Signature2020",
    "vc-jwt ES256",
    "vc-jwt EdDSA",
    "vc-jwt RS256",
)
OURS = (
    Ours("eddsa-rdfc-2022", KeyKind.ED25519, (DB, DCC, OBL)),
    Ours("eddsa-jcs-2022", KeyKind.ED25519, (DB,)),
    Ours("ecdsa-rdfc-2019", KeyKind.P256, (DB,)),
    Ours("ecdsa-rdfc-2019 P-384", KeyKind.P384, (DB,)),
    Ours("vc-jwt ES256", KeyKind.P256, (JOSE,)),
    Ours("vc-jwt EdDSA", KeyKind.ED25519, (JOSE,)),
    Ours("vc-jwt RS256", KeyKind.RSA, (JOSE,)),
)


def main() -> int:
    if not shutil.which("node"):
        print("No Node here: the exchange with other people's code is skipped.")
        return 0
    FILES.mkdir(parents=True, exist_ok=True)
    print("Badges of other people's code, verified here …", flush=True)
    theirs = list(issue_theirs())
    rows = [verify_here(*badge) for badge in theirs]
    print("Badges of ours, verified by other people's code …", flush=True)
    ours = [(badge, issue_ours(badge)) for badge in OURS]
    rows += verify_there(ours)
    print_table(rows)
    signed = [*(text for _, _, text in theirs), *(text for _, text in ours)]
    accepted = try_changes(signed)
    print("The demo world, verified by other people's code …", flush=True)
    differing = check_demo()
    failed = [row for row in rows if not row.holds]
    print(f"{len(rows)} exchanges, {len(failed)} of them wrong.")
    return 1 if failed or accepted or differing else 0


# --- Theirs -------------------------------------------------------------------------------


def issue_theirs() -> Iterator[tuple[str, str, str]]:
    """Issuer, suite and text of a badge from each suite of each peer."""
    for suite in THEIRS:
        file = FILES / f"theirs-{suite.replace(' ', '-')}.txt"
        run("node", "exchange.mjs", "issue", suite, str(file))
        yield JOSE if suite.startswith("vc-jwt") else DB, suite, file.read_text("utf-8")
    file = FILES / "theirs-openbadgeslib.txt"
    run(str(PEERS_PYTHON), "openbadgeslib_check.py", "issue", str(file))
    yield OBL, "eddsa-rdfc-2022", file.read_text("utf-8")


def verify_here(issuer: str, suite: str, text: str) -> Row:
    genuine, changed = verdict_of(text), verdict_of(altered(text))
    holds = (genuine, changed) == (Verdict.VALID, Verdict.INVALID)
    return Row(issuer, suite, "sealwright", genuine.value, changed.value, holds)


def verdict_of(text: str) -> Verdict:
    return VERIFIER.verify(text, at=NOW).verdict


# --- Ours ---------------------------------------------------------------------------------


def issue_ours(badge: Ours) -> str:
    """The text of a badge that we sign, with a key made from a fixed seed."""
    signer = LocalSigner.generate(badge.kind, entropy=lambda size: shake_256(SEED).digest(size))
    if not badge.suite.startswith("vc-jwt"):
        signed = sign_credential(
            unsigned(signer), signer, suite=badge.suite.split()[0], created=NOW
        )
        return json.dumps(signed, indent=1)
    method = f"{did_jwk(signer.public_key)}#0"
    signer = LocalSigner.from_jwk(signer.to_jwk(), verification_method=method)
    return sign_token(unsigned(signer), signer)


def unsigned(signer: LocalSigner) -> dict[str, Any]:
    """A badge with something of everything: skills, a rubric, evidence, several languages."""
    return build_credential(
        id="urn:uuid:6a0c7f5e-34a7-4b0d-9d33-f0f7c0f9c001",
        issuer=Profile(
            id=signer.verification_method.partition("#")[0],
            name="Example College",
            url="https://college.example",
        ),
        achievement=Achievement(
            id="https://college.example/achievements/sql",
            name="SQL – Grundlagen 資料庫",
            description="Selects, joins and “aggregates”.\nTwo lines & a tab:\t.",
            criteria=Criteria(narrative="Pass the *exam* with 60 of 100."),
            credits_available=2.5,
            tag=("sql", "databases"),
            alignment=(
                Alignment(
                    target_name="SQL",
                    target_url="http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742",
                    target_framework="ESCO",
                    target_type="ext:ESCO",
                ),
                Alignment(
                    target_name="Data analysis",
                    target_url="https://college.example/skills/data-analysis",
                ),
            ),
            result_description=(
                ResultDescription(
                    id="urn:uuid:6a0c7f5e-34a7-4b0d-9d33-f0f7c0f9c002",
                    name="Exam",
                    result_type="Percent",
                    value_min="0",
                    value_max="100",
                ),
            ),
        ),
        recipient=Recipient(id="did:example:learner"),
        valid_from=datetime(2024, 1, 1, tzinfo=UTC),
        valid_until=datetime(2099, 1, 1, tzinfo=UTC),
        evidence=(
            Evidence(id="https://college.example/e/1", name="Exam", narrative="Proctored."),
            Evidence(id="https://college.example/e/2", name="Project"),
        ),
        result=(
            Result(result_description="urn:uuid:6a0c7f5e-34a7-4b0d-9d33-f0f7c0f9c002", value="87"),
        ),
    )


def verify_there(ours: Iterable[tuple[Ours, str]]) -> Iterator[Row]:
    """What every peer that must accept a badge says about it, and about a changed copy."""
    badges = list(ours)
    files: dict[str, tuple[Ours, str]] = {}
    for badge, text in badges:
        for state, content in (("genuine", text), ("changed", altered(text))):
            file = FILES / f"ours-{badge.suite.replace(' ', '-')}-{state}.txt"
            file.write_text(content, "utf-8")
            files[str(file)] = (badge, state)
    said = dict(answers("node", "exchange.mjs", "verify", *files))
    python = [file for file, (badge, _) in files.items() if OBL in badge.peers]
    said |= answers(str(PEERS_PYTHON), "openbadgeslib_check.py", "verify", *python)
    by_badge = {(badge, state): file for file, (badge, state) in files.items()}
    for badge, _ in badges:
        for peer in badge.peers:
            genuine = said[peer, by_badge[badge, "genuine"]]
            changed = said[peer, by_badge[badge, "changed"]]
            holds = genuine["verified"] is True and changed["verified"] is False
            yield Row("sealwright", badge.suite, peer, in_words(genuine), in_words(changed), holds)


def in_words(answer: dict[str, Any]) -> str:
    return "accepted" if answer["verified"] else "refused"


# --- Changes ------------------------------------------------------------------------------


def altered(text: str) -> str:
    """The same badge about another achievement, its proof kept."""
    if text.lstrip().startswith("{"):
        return json.dumps(renamed(json.loads(text)), indent=1)
    header, payload, signature = text.strip().split(".")
    changed = json.dumps(renamed(json.loads(base64url_decode(payload))), ensure_ascii=False)
    return ".".join((header, base64url_encode(changed.encode()), signature))


def renamed(badge: dict[str, Any]) -> dict[str, Any]:
    badge["credentialSubject"]["achievement"]["name"] += " (with honours)"
    return badge


def try_changes(signed: Iterable[str]) -> int:
    """Try every small change to every badge on our verifier; give how many were accepted."""
    tried, accepted = 0, []
    for text in signed:
        if text.lstrip().startswith("{"):
            changes: Iterable[tuple[str, str]] = (
                (deed, json.dumps(document))
                for deed, document in mutations.of_document(json.loads(text))
            )
        else:
            changes = mutations.of_token(text.strip())
        for deed, changed in changes:
            tried += 1
            if verdict_of(changed) is Verdict.VALID:
                accepted.append(deed)
    print(f"{tried} changes to signed badges, {len(accepted)} accepted.")
    for deed in accepted:
        print(f"  ACCEPTED {deed}")
    return len(accepted)


# --- Printing -----------------------------------------------------------------------------


def print_table(rows: Iterable[Row]) -> None:
    """One line an exchange, in columns."""
    heads = ("issued by", "suite", "verified by", "as signed", "changed", "")
    lines = [heads, *((*row[:5], "ok" if row.holds else "WRONG") for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    print()
    for line in lines:
        print("  ".join(map(str.ljust, line, widths)).rstrip())
    print()


if __name__ == "__main__":
    sys.exit(main())
