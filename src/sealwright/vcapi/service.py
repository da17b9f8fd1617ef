"""What the test VC-API answers, without any HTTP.

https://w3c-ccg.github.io/vc-api/#issuing and #verifying
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sealwright.credentials.errors import CredentialError, MalformedCredential
from sealwright.credentials.formats.reading import read_value
from sealwright.credentials.keys import KeyKind, LocalSigner
from sealwright.credentials.model.report import Finding, Outcome, Report, Verdict
from sealwright.credentials.model.shape import check_structure
from sealwright.credentials.model.strict_json import loads
from sealwright.credentials.proofs import add_proof
from sealwright.credentials.proofs.jose import sign_token
from sealwright.credentials.verify import Verifier

SUITES: Final[Mapping[str, tuple[str, KeyKind]]] = {
    "eddsa-rdfc-2022": ("eddsa-rdfc-2022", KeyKind.ED25519),
    "eddsa-jcs-2022": ("eddsa-jcs-2022", KeyKind.ED25519),
    "ecdsa-rdfc-2019": ("ecdsa-rdfc-2019", KeyKind.P256),
    "ecdsa-rdfc-2019-p384": ("ecdsa-rdfc-2019", KeyKind.P384),
    "ecdsa-jcs-2019": ("ecdsa-jcs-2019", KeyKind.P256),
    "ecdsa-jcs-2019-p384": ("ecdsa-jcs-2019", KeyKind.P384),
}
"""What comes first in the path of an issuing request: a suite and the kind of its key."""

TOKENS: Final[Mapping[str, KeyKind]] = {
    "vc-jose-eddsa": KeyKind.ED25519,
    "vc-jose-es256": KeyKind.P256,
    "vc-jose-es384": KeyKind.P384,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status code and the JSON document to go with it."""

    status: int
    document: Any


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Issues whatever it is given and verifies whatever it is shown. For tests only.

    Its keys are made when it is, and gone with it. `now` is asked at each request.
    """

    verifier: Verifier
    now: Callable[[], datetime]
    signers: Mapping[str, LocalSigner] = field(default_factory=lambda: new_signers())

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """Answer one request. Whatever is wrong with it, is told in the answer."""
        route = path.partition("?")[0].strip("/").split("/")
        try:
            match method, route:
                case "GET", ["ids"]:
                    return Answer(200, self.ids())
                case "POST", ["credentials", "verify"]:
                    return self._verify(_object(loads(body)))
                case "POST", ["presentations", "verify"]:
                    return self._verify_presentation(_object(loads(body)))
                case "POST", [suite, "credentials", "issue"] if suite in self.signers:
                    return self._issue(suite, _object(loads(body)))
        except CredentialError as problem:
            return Answer(400, {"verified": False, "errors": [_error(problem)]})
        return Answer(404, {"errors": [{"message": f"There is no {method} {path}."}]})

    def ids(self) -> dict[str, str]:
        """The issuer of each suite: the did:key of its key."""
        return {
            name: signer.verification_method.partition("#")[0]
            for name, signer in self.signers.items()
        }

    def _issue(self, suite: str, request: Mapping[str, Any]) -> Answer:
        credential = _object(request.get("credential"))
        options = _object(request.get("options", {}))
        signer = self.signers[suite]
        issuer = credential.get("issuer")
        if isinstance(issuer, dict) and "id" not in issuer:
            credential = {**credential, "issuer": {"id": self.ids()[suite], **issuer}}
        _check_shape(credential)
        if suite in TOKENS:
            token = sign_token(credential, signer, typ="vc+jwt")
            return Answer(201, {"verifiableCredential": _enveloped(token)})
        signed = add_proof(
            credential,
            signer=signer,
            suite=SUITES[suite][0],
            created=self.now(),
            contexts=self.verifier.contexts,
            proof_id=options.get("proofId"),
            previous=tuple(options.get("previousProof", ())),
        )
        if len(signed["proof"]) == 1:
            signed["proof"] = signed["proof"][0]
        return Answer(201, {"verifiableCredential": signed})

    def _verify(self, request: Mapping[str, Any]) -> Answer:
        data = json.dumps(request.get("verifiableCredential"))
        checks = _object(request.get("options", {})).get("checks")
        if checks == ["proof"]:
            layered = self.verifier.verify_proof_only(data, at=self.now())
            return _judged([layered.report], ["proof"], layered.warnings)
        return _judged([self.verifier.verify(data, at=self.now())], ["proof", "status"], ())

    def _verify_presentation(self, request: Mapping[str, Any]) -> Answer:
        options = _object(request.get("options", {}))
        presented = self.verifier.verify_presentation(
            json.dumps(request.get("verifiablePresentation")),
            at=self.now(),
            domain=options.get("domain"),
            challenge=options.get("challenge"),
        )
        if presented.is_signed:
            return _judged([presented.report, *presented.credentials], ["proof"], ())
        # The suites send presentations that nobody signed, and want them taken as they are.
        answer = _judged(presented.credentials, ["proof"], presented.report.findings)
        broken = [f for f in presented.report.findings if f.outcome in _SERIOUS]
        return Answer(400, _refusal(broken)) if broken else answer


_SERIOUS: Final = (Outcome.FAILED, Outcome.UNKNOWN)


def new_signers() -> dict[str, LocalSigner]:
    """A fresh key for each suite."""
    kinds = {name: kind for name, (_, kind) in SUITES.items()} | dict(TOKENS)
    return {
        name: LocalSigner.generate(kind, entropy=secrets.token_bytes)
        for name, kind in kinds.items()
    }


def _check_shape(credential: dict[str, Any]) -> None:
    """Refuse what would be no credential once it is signed. Raises `MalformedCredential`."""
    for finding in check_structure(read_value(credential)):
        if finding.outcome is Outcome.FAILED:
            raise MalformedCredential(finding.code, **finding.evidence)


def _judged(
    reports: list[Report] | tuple[Report, ...], checks: list[str], warnings: tuple[Finding, ...]
) -> Answer:
    if all(report.verdict is Verdict.VALID for report in reports):
        noted = [finding.as_json() for finding in warnings]
        return Answer(200, {"verified": True, "checks": checks, "warnings": noted, "errors": []})
    findings = [finding for report in reports for finding in report.findings]
    return Answer(400, _refusal([f for f in findings if f.outcome in _SERIOUS]))


def _refusal(findings: list[Finding]) -> dict[str, Any]:
    errors = [{**finding.as_json(), "message": finding.detail} for finding in findings]
    return {"verified": False, "errors": errors}


def _error(problem: CredentialError) -> dict[str, Any]:
    return {"code": problem.code, "message": str(problem)}


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedCredential(pointer="", problem="an object is needed")
    return value


def _enveloped(token: str) -> dict[str, str]:
    """https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials"""
    return {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:application/vc+jwt,{token}",
        "type": "EnvelopedVerifiableCredential",
    }
