"""Was it the issuer who signed?

A signature that holds is somebody's. It is the issuer's when the method that made it is
listed, for making assertions, in the document of the identifier that the credential names
as its issuer. Who stands behind that identifier is another question: see `registry`.

https://www.w3.org/TR/vc-data-model-2.0/#issuer
"""

from __future__ import annotations

from sealwright.credentials.dids import VerificationMethod
from sealwright.credentials.errors import CredentialError, Refused
from sealwright.credentials.model.received import Securing
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.verify import openbadges2
from sealwright.credentials.verify.case import Case, Signature

_IS_ITS_KEY = ("did:key:", "did:jwk:")


def check_issuer(case: Case) -> list[Finding]:
    """One finding: some signature is the issuer's, or none is, or it cannot be told."""
    if case.received.securing is Securing.HOSTED:
        return openbadges2.check_scope(case)
    issuer = case.issuer
    problems: list[CredentialError] = []
    for signature in case.signatures:
        try:
            method = _method(case, signature, issuer)
            method.check_issuer(issuer)
        except CredentialError as problem:
            problems.append(problem)
        else:
            return [_bound(method, issuer), *_notes(method), *signature.remarks]
    undecided = [problem for problem in problems if not isinstance(problem, Refused)]
    return [Finding.of_error("issuer", (undecided or problems)[0])]


def _method(case: Case, signature: Signature, issuer: str) -> VerificationMethod:
    """The method behind a signature; a key that came with a token is looked up now."""
    if signature.method is not None:
        return signature.method
    document = case.resolver.resolve(issuer)
    return document.method_of_key(signature.key, purpose=case.use.purpose, at=case.at)


def _bound(method: VerificationMethod, issuer: str) -> Finding:
    evidence = {"issuer": issuer, "method": method.id}
    if issuer.startswith(_IS_ITS_KEY):
        return Finding("issuer", Outcome.PASSED, "issuer-is-its-key", evidence)
    code = "issuer-lists-key" if method.listed else "issuer-serves-key"
    return Finding("issuer", Outcome.PASSED, code, evidence)


def _notes(method: VerificationMethod) -> list[Finding]:
    if not method.tolerated:
        return []
    return [Finding("notes", Outcome.PASSED, method.tolerated, {"method": method.id})]
