from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sealwright.credentials.dids import signing_key
from sealwright.credentials.dids.openbadges2 import read_pem
from sealwright.credentials.errors import CredentialError, KeyUnusable, UnsupportedFeature
from sealwright.credentials.fetching import RecordedWeb
from sealwright.credentials.keys import KeyKind

ISSUER = "https://issuer.example/profile"
KEY = "https://issuer.example/keys/1"


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    public = key.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


PEM = pem(rsa.generate_private_key(65537, 2048))


def described(**more: Any) -> dict[str, Any]:
    return {"type": "CryptographicKey", "id": KEY, "owner": ISSUER, "publicKeyPem": PEM, **more}


def web(listed: Any, key: Any = None) -> RecordedWeb:
    documents = {ISSUER: {"body": {"id": ISSUER, "type": "Issuer", "publicKey": listed}}}
    return RecordedWeb({**documents, KEY: {"body": key or described()}})


def code_of(source: RecordedWeb, creator: Any = KEY) -> str:
    with pytest.raises(CredentialError) as refused:
        signing_key(source, creator, issuer=ISSUER)
    return refused.value.code


@pytest.mark.parametrize("listed", [KEY, [KEY], described(), [described(), "other"], [7, KEY]])
def test_a_key_that_the_profile_lists_signs_for_it(listed: Any) -> None:
    method = signing_key(web(listed), KEY, issuer=ISSUER)

    assert method.key.kind is KeyKind.RSA
    assert method.id == KEY
    method.check_issuer(ISSUER)


def test_the_only_key_of_a_profile_needs_no_name() -> None:
    assert signing_key(web(KEY), None, issuer=ISSUER).id == KEY


@pytest.mark.parametrize(
    ("listed", "creator"),
    [
        (None, KEY),
        ([], None),
        ([KEY, "https://issuer.example/keys/2"], None),
        ("https://issuer.example/keys/2", KEY),
        (KEY, 7),
    ],
)
def test_a_key_that_the_profile_does_not_list_is_refused(listed: Any, creator: Any) -> None:
    assert code_of(web(listed), creator) == "key-not-listed"


def test_a_key_with_another_owner_is_refused() -> None:
    assert code_of(web(KEY, described(owner="https://other.example/"))) == "key-controller"


def test_a_key_document_with_another_id_is_not_taken() -> None:
    assert code_of(web(KEY, described(id=KEY + "/2"))) == "document-id-mismatch"


def test_a_profile_that_is_no_object_is_not_taken() -> None:
    assert code_of(RecordedWeb({ISSUER: {"body": [1]}})) == "document-malformed"


@pytest.mark.parametrize("text", [None, 7, "", "PEM", "x" * 8193, "\ud800", PEM[:200]])
def test_a_text_that_holds_no_key_is_unusable(text: Any) -> None:
    with pytest.raises(KeyUnusable) as refused:
        read_pem(text)

    assert refused.value.code == "key-malformed"


def test_a_key_of_another_kind_is_unsupported() -> None:
    with pytest.raises(UnsupportedFeature):
        read_pem(pem(ec.generate_private_key(ec.SECP256R1())))


def test_a_small_key_is_refused() -> None:
    with pytest.raises(KeyUnusable) as refused:
        read_pem(pem(rsa.generate_private_key(65537, 1024)))  # noqa: S505

    assert refused.value.code == "key-size"
