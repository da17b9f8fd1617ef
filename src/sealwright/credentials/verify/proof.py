"""Does the signature hold, and with which key?

Only whether it holds: whose key it is, is asked next, by `issuer`. Each proof is tried by
itself. One that fails makes the answer "failed", whatever the others say: somebody has put
a false signature on the credential. One that cannot be tried (a suite or a key that we do
not know) is noted when another one holds, because any sound proof suffices, and leaves the
answer open when none does.

https://www.w3.org/TR/vc-data-integrity/#verify-proof
https://www.w3.org/TR/vc-jose-cose/#verifying
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from sealwright.credentials.dids import VerificationMethod
from sealwright.credentials.errors import CredentialError, Refused
from sealwright.credentials.fetching.policy import origin
from sealwright.credentials.keys import PublicKey
from sealwright.credentials.model.instants import format_instant
from sealwright.credentials.model.received import Securing
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.proofs import Known, proofs_of, relied_on, verify_proof
from sealwright.credentials.proofs.jose import verify_token
from sealwright.credentials.verify import openbadges2
from sealwright.credentials.verify.case import Case, Signature, short_name

NO_PROOF: Final = (Finding("proof", Outcome.FAILED, "proof-missing"),)

EXHAUSTED: Final = frozenset({"work-budget", "too-many-signatures"})
"""What it means that no more may be spent on this input."""

_WITHDRAWN: Final = frozenset({"key-revoked", "key-expired"})
_NEED_NO_NETWORK = ("did:key:", "did:jwk:")


def check_proof(case: Case) -> list[Finding]:
    """One `proof` finding for each proof that decides, and notes about the others."""
    return _CHECKS[case.received.securing](case)


def _check_nothing(case: Case) -> list[Finding]:
    return list(NO_PROOF)


def _check_data_integrity(case: Case) -> list[Finding]:
    proofs = proofs_of(case.received.document)
    if len(proofs) == 1:
        return [_try(case, proofs[0], proofs)]
    tried: list[Finding] = []
    known: Known = {}
    for proof in proofs:
        tried.append(_try(case, proof, proofs, known))
        if tried[-1].code in EXHAUSTED:
            break
    return _settled(proofs, tried)


def _try(
    case: Case,
    proof: Mapping[str, Any],
    proofs: tuple[Mapping[str, Any], ...],
    known: Known | None = None,
) -> Finding:
    """What became of one proof; one that holds is added to the case."""
    try:
        case.allowance.spend_signature()
        method, remarks = _method(case, proof.get("verificationMethod"))
        verify_proof(
            case.received.document,
            proof,
            method.key,
            contexts=case.contexts,
            at=case.at,
            all_proofs=proofs,
            purpose=case.use.purpose,
            domain=case.use.domain,
            challenge=case.use.challenge,
            known=known,
            work=case.allowance.work,
            traits=case.received.traits,
        )
    except CredentialError as problem:
        return Finding.of_error("proof", problem)
    case.signatures.append(Signature(method.key, method, remarks))
    evidence = {
        "suite": proof.get("cryptosuite", proof["type"]),
        "key": short_name(method),
        "method": method.id,
        "created": proof.get("created"),
        "document_sha256": case.sha256,
    }
    return Finding("proof", Outcome.PASSED, "proof-holds", evidence)


def _settled(proofs: tuple[Mapping[str, Any], ...], tried: list[Finding]) -> list[Finding]:
    """What several proofs come to: see the rule at the top of this module."""
    held = [finding.outcome is Outcome.PASSED for finding in tried]
    for position, finding in enumerate(tried):
        if held[position] and not _chain_holds(proofs, position, held):
            tried[position] = finding._replace(outcome=Outcome.UNKNOWN, code="proof-chain-open")
    if not any(finding.outcome is Outcome.PASSED for finding in tried):
        return tried
    return [_noted(finding) for finding in tried]


def _chain_holds(proofs: tuple[Mapping[str, Any], ...], position: int, held: list[bool]) -> bool:
    """Whether every proof that this one continues holds as well."""
    before = relied_on(proofs[position], proofs)
    sound = [proof for proof, holds in zip(proofs, held, strict=False) if holds]
    return all(any(link is proof for proof in sound) for link in before)


def _noted(finding: Finding) -> Finding:
    """A proof that could not be tried, or that a stranger made, beside one that holds."""
    if finding.outcome is Outcome.UNKNOWN:
        return finding._replace(check="notes")
    if finding.code == "key-of-a-stranger":
        return finding._replace(check="notes", outcome=Outcome.UNKNOWN)
    return finding


def _check_token(case: Case) -> list[Finding]:
    header = case.received.header or {}
    token = case.received.token or ""
    method: VerificationMethod | None = None
    remarks: tuple[Finding, ...] = ()
    if header.get("kid") is not None or "jwk" not in header:
        method, remarks = _method(case, _method_id(case, header.get("kid")))
        key = method.key
    else:
        key = PublicKey.from_jwk(header["jwk"])
    case.allowance.spend_signature()
    verify_token(token, key, types=case.use.token_types)
    case.signatures.append(Signature(key, method, remarks))
    evidence = {
        "algorithm": header.get("alg"),
        "key": short_name(method) if method else "that came with it",
        "method": method.id if method else "jwk",
        "document_sha256": case.sha256,
    }
    return [Finding("proof", Outcome.PASSED, "token-holds", evidence)]


def _method_id(case: Case, kid: object) -> object:
    """The method that a token's header means: a `kid` may leave out whose key it is.

    https://www.w3.org/TR/vc-jose-cose/#kid
    """
    if kid is None:
        if case.issuer.startswith("did:jwk:"):
            return f"{case.issuer}#0"
        if case.issuer.startswith("did:key:"):
            return case.issuer
        raise Refused("key-not-named", issuer=case.issuer)
    if isinstance(kid, str) and ":" not in kid:
        return f"{case.issuer}#{kid.removeprefix('#')}"
    return kid


def _method(case: Case, method_id: object) -> tuple[VerificationMethod, tuple[Finding, ...]]:
    """The method by its id, and what to say about it.

    Before the proof holds, no site but the issuer's is asked. A key that has been withdrawn
    is accepted for what a trusted log had before that.

    Raises `Refused("key-of-a-stranger")` for a method that would have to be asked elsewhere.
    """
    if isinstance(method_id, str) and not method_id.startswith(_NEED_NO_NETWORK):
        issuer = case.issuer
        controller = method_id.partition("#")[0]
        if controller != issuer and not _same_site(method_id, issuer):
            raise Refused("key-of-a-stranger", method=method_id, issuer=issuer)
    try:
        return case.resolver.method(method_id, purpose=case.use.purpose, at=case.at), ()
    except Refused as problem:
        logged = case.logged if problem.code in _WITHDRAWN else None
        if logged is None or logged.by is None:
            raise
        since = problem.evidence["since"]
    method = case.resolver.method(method_id, purpose=case.use.purpose, at=logged.by)
    return method, (_remark(method, since, logged.origin, logged.by),)


def _remark(method: VerificationMethod, since: str, log: str, by: datetime) -> Finding:
    evidence = {"method": method.id, "since": since, "log": log, "by": format_instant(by)}
    return Finding("notes", Outcome.PASSED, "key-withdrawn-later", evidence)


def _same_site(method_id: str, issuer: str) -> bool:
    here = origin(method_id)
    return bool(here) and here == origin(issuer)


_CHECKS: Final[dict[Securing, Callable[[Case], list[Finding]]]] = {
    Securing.DATA_INTEGRITY: _check_data_integrity,
    Securing.JOSE: _check_token,
    Securing.HOSTED: openbadges2.check_hosted,
    Securing.SIGNED_OB2: openbadges2.check_signed,
    Securing.NONE: _check_nothing,
}
