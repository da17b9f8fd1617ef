from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.dids import (
    ControllerDocument,
    VerificationMethod,
    did_web,
    did_web_document,
    did_web_url,
)
from sealwright.credentials.errors import MalformedCredential, NetworkRefused, Refused
from sealwright.credentials.fetching import destination
from sealwright.credentials.keys import KeyKind, LocalSigner

AT = datetime(2026, 3, 1, tzinfo=UTC)
DID = "did:web:issuer.example"
KEY = LocalSigner.from_seed(b"1" * 32).public_key
RSA = LocalSigner.generate(KeyKind.RSA, entropy=bytes).public_key


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:issuer.example", "https://issuer.example/.well-known/did.json"),
        ("did:web:issuer.example:a:b", "https://issuer.example/a/b/did.json"),
        ("did:web:issuer.example%3A8443", "https://issuer.example:8443/.well-known/did.json"),
        ("did:web:issuer.example%3a8443:a", "https://issuer.example:8443/a/did.json"),
        ("did:web:localhost%3A8000:p:s", "http://localhost:8000/p/s/did.json"),
        ("did:web:issuer.example:m%C3%BCller", "https://issuer.example/m%C3%BCller/did.json"),
        ("did:web:issuer.example:a%40b", "https://issuer.example/a%40b/did.json"),
    ],
)
def test_a_did_web_says_where_its_document_is(did: str, url: str) -> None:
    assert did_web_url(did) == url


@pytest.mark.parametrize(
    "did",
    [
        "did:web:",
        "did:web::a",
        "did:web:issuer.example:",
        "did:web:issuer.example::a",
        "did:web:issuer.example:..:a",
        "did:web:issuer.example:a:.",
        "did:web:issuer.example:a%2Fb",
        "did:web:issuer.example:%2e%2e",
        "did:web:issuer.example:a%5cb",
        "did:web:issuer.example:a%25b",
        "did:web:issuer.example:a%0ab",
        "did:web:issuer.example:a%7f",
        "did:web:issuer.example:a%4",
        "did:web:issuer.example:a%zz",
        "did:web:issuer.example/a",
        "did:web:issuer.example?a",
        "did:web:user@issuer.example",
        "did:web:issuer.example%2Fa",
        "did:web:issuer%2Eexample",
        "did:web:issuer.example%3A",
        "did:web:issuer.example%3A123456",
        "did:web:issuer.example%3Ax",
        "did:web:[::1]",
        "did:web:issuer.example\n",
        "did:WEB:issuer.example",
        "did:key:z6Mk",
    ],
)
def test_a_did_web_of_another_form_is_malformed(did: str) -> None:
    with pytest.raises(MalformedCredential) as refused:
        did_web_url(did)

    assert refused.value.code == "did-malformed"


@pytest.mark.parametrize(
    ("did", "code"),
    [
        ("did:web:127.0.0.1", "address-not-public"),
        ("did:web:169.254.169.254", "address-not-public"),
        ("did:web:2130706433", "url-malformed"),
        ("did:web:intranet", "address-not-public"),
        ("did:web:issuer.example%3A8443", "port-refused"),
        ("did:web:localhost%3A8000", "scheme-refused"),
    ],
)
def test_the_guard_decides_where_a_did_web_may_lead(did: str, code: str) -> None:
    with pytest.raises(NetworkRefused) as refused:
        destination(did_web_url(did))

    assert refused.value.code == code


@given(st.from_regex(r"did:web:[a-z.%0-9A-F:\-]{1,40}", fullmatch=True))
def test_no_did_web_leads_out_of_its_path(did: str) -> None:
    try:
        url = did_web_url(did)
    except MalformedCredential:
        return
    assert url.endswith("/did.json")
    assert "/../" not in url
    assert "//" not in url.partition("://")[2]


@pytest.mark.parametrize(
    ("url", "did"),
    [
        ("https://issuer.example", "did:web:issuer.example"),
        ("https://issuer.example/", "did:web:issuer.example"),
        ("https://issuer.example/a/b/", "did:web:issuer.example:a:b"),
    ],
)
def test_a_web_address_has_a_did_web(url: str, did: str) -> None:
    assert did_web(url) == did


def test_a_local_address_has_one_too_when_it_is_allowed() -> None:
    allowed = frozenset({"localhost:8000"})

    assert did_web("http://localhost:8000/p", allow_local=allowed) == "did:web:localhost%3A8000:p"
    with pytest.raises(NetworkRefused):
        did_web("http://localhost:8000/p")


@pytest.mark.parametrize("path", ["a?b", "a%2Fb", "a//b", "a~b"])
def test_a_path_that_no_did_web_can_have_is_refused(path: str) -> None:
    with pytest.raises(MalformedCredential):
        did_web("https://issuer.example/" + path)


def test_a_written_document_is_read_back() -> None:
    retired = datetime(2030, 1, 1, tzinfo=UTC)
    methods = [
        VerificationMethod(DID + "#key-1", DID, KEY, expires=retired),
        VerificationMethod(DID + "#key-2", DID, RSA),
    ]

    written = did_web_document(DID, methods)

    document = ControllerDocument(DID, written)
    assert written["@context"][0] == "https://www.w3.org/ns/did/v1"
    assert written["@context"][2] == "https://w3id.org/security/jwk/v1"
    assert [
        document.method(method.id, purpose="assertionMethod", at=AT) for method in methods
    ] == methods


def test_a_document_without_rsa_needs_two_contexts() -> None:
    written = did_web_document(DID, [VerificationMethod(DID + "#key-1", DID, KEY)])

    assert len(written["@context"]) == 2
    assert written["id"] == DID


def test_a_written_document_lists_keys_for_the_purposes_that_are_asked() -> None:
    revoked = VerificationMethod(DID + "#key-1", DID, KEY, revoked=AT)

    written = did_web_document(DID, [revoked], purposes=["authentication"])

    assert written["authentication"] == [DID + "#key-1"]
    assert "assertionMethod" not in written
    with pytest.raises(Refused):
        ControllerDocument(DID, written).method(DID + "#key-1", purpose="authentication", at=AT)
