from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.dids import ControllerDocument, VerificationMethod, key_of
from sealwright.credentials.errors import (
    CredentialError,
    KeyUnusable,
    Refused,
    ResolutionFailed,
    UnsupportedFeature,
)
from sealwright.credentials.keys import KeyKind, LocalSigner, PublicKey

DID = "did:web:issuer.example"
AT = datetime(2026, 3, 1, tzinfo=UTC)
KEY = LocalSigner.from_seed(b"1" * 32).public_key
OTHER = LocalSigner.from_seed(b"2" * 32).public_key


def multikey(name: str = "#key-1", key: PublicKey = KEY, **more: Any) -> dict[str, Any]:
    method = {"id": DID + name, "type": "Multikey", "controller": DID}
    return {**method, "publicKeyMultibase": key.to_multikey(), **more}


def document(*methods: Any, **more: Any) -> ControllerDocument:
    listed = [method["id"] for method in methods]
    members = {"id": DID, "verificationMethod": list(methods), "assertionMethod": listed}
    return ControllerDocument(DID, {**members, **more})


def find(doc: ControllerDocument, method_id: str = DID + "#key-1") -> VerificationMethod:
    return doc.method(method_id, purpose="assertionMethod", at=AT)


def refusal(doc: ControllerDocument, method_id: str = DID + "#key-1") -> CredentialError:
    with pytest.raises(CredentialError) as refused:
        find(doc, method_id)
    return refused.value


def test_a_listed_method_is_found_with_its_key() -> None:
    method = find(document(multikey(), multikey("#key-2", OTHER)))

    assert method == VerificationMethod(id=DID + "#key-1", controller=DID, key=KEY)


@pytest.mark.parametrize("entry", [DID + "#key-1", "#key-1", multikey(), multikey(id="#key-1")])
def test_an_entry_may_be_an_id_a_fragment_or_the_method_itself(entry: Any) -> None:
    described = [] if isinstance(entry, dict) else [multikey()]

    method = find(document(verificationMethod=described, assertionMethod=[entry]))

    assert method.id == DID + "#key-1"
    assert method.key == KEY


def test_a_single_entry_needs_no_list() -> None:
    doc = document(verificationMethod=multikey(), assertionMethod="#key-1")

    assert find(doc).key == KEY


def test_a_method_may_be_described_in_relative_terms() -> None:
    assert find(document(multikey(id="#key-1"), assertionMethod=["#key-1"])).key == KEY


@pytest.mark.parametrize(
    "members",
    [
        {"assertionMethod": []},
        {"assertionMethod": None},
        {"assertionMethod": ["#key-2"]},
        {"assertionMethod": [DID + "#key-2", 7, None, {}, {"id": 7}]},
        {"assertionMethod": ["#KEY-1"]},
        {"assertionMethod": [], "authentication": ["#key-1"]},
        {"verificationMethod": []},
        {"verificationMethod": ["#key-1"]},
        {"verificationMethod": "#key-1"},
    ],
)
def test_a_method_that_is_not_listed_for_the_purpose_does_not_count(
    members: dict[str, Any],
) -> None:
    problem = refusal(document(multikey(), **members))

    assert isinstance(problem, Refused)
    assert problem.code == "key-not-listed"
    assert problem.evidence["controller"] == DID


def test_only_a_did_key_may_leave_out_the_fragment() -> None:
    problem = refusal(document(multikey()), DID)

    assert problem.code == "key-not-listed"
    assert problem.evidence["method"] == DID


@pytest.mark.parametrize("purpose", ["verificationMethod", "keyAgreement", "id", "", "service"])
def test_no_other_member_passes_for_a_purpose(purpose: str) -> None:
    doc = document(multikey(), service=[multikey()], keyAgreement=[multikey()])

    with pytest.raises(Refused) as refused:
        doc.method(DID + "#key-1", purpose=purpose, at=AT)

    assert refused.value.code == "key-not-listed"


def test_each_purpose_has_its_own_list() -> None:
    doc = document(multikey(), assertionMethod=[], authentication=["#key-1"])

    method = doc.method(DID + "#key-1", purpose="authentication", at=AT)

    assert method.key == KEY


@pytest.mark.parametrize("controller", ["did:web:other.example", None, [DID], 7])
def test_a_method_that_somebody_else_controls_does_not_count(controller: Any) -> None:
    problem = refusal(document(multikey(controller=controller)))

    assert isinstance(problem, Refused)
    assert problem.code == "key-controller"


def test_a_method_described_in_two_ways_could_not_be_had() -> None:
    problem = refusal(document(multikey(), multikey(key=OTHER)))

    assert isinstance(problem, ResolutionFailed)
    assert problem.code == "document-malformed"


def test_a_method_described_twice_alike_does_no_harm() -> None:
    assert find(document(multikey(), multikey(), assertionMethod=[multikey()])).key == KEY


@pytest.mark.parametrize(
    ("member", "code"), [("revoked", "key-revoked"), ("expires", "key-expired")]
)
def test_a_withdrawn_key_is_refused_from_its_time_on(member: str, code: str) -> None:
    withdrawn = document(multikey() | {member: "2026-03-01T00:00:00Z"})
    still_good = document(multikey() | {member: "2026-03-01T00:00:01Z"})

    problem = refusal(withdrawn)
    method = find(still_good)

    assert isinstance(problem, Refused)
    assert problem.code == code
    assert problem.evidence["since"] == "2026-03-01T00:00:00+00:00"
    assert getattr(method, member) == datetime(2026, 3, 1, 0, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("value", ["yesterday", None, 0, "2026-03-01"])
def test_a_date_that_cannot_be_read_is_not_passed_over(value: Any) -> None:
    problem = refusal(document(multikey(revoked=value)))

    assert isinstance(problem, ResolutionFailed)
    assert problem.code == "document-malformed"


@pytest.mark.parametrize(
    "signer",
    [
        LocalSigner.from_seed(b"3" * 32),
        LocalSigner.generate(KeyKind.P256, entropy=lambda n: b"4" * n),
        LocalSigner.generate(KeyKind.P384, entropy=lambda n: b"5" * n),
    ],
    ids=lambda signer: str(signer.public_key.kind),
)
@pytest.mark.parametrize("kind", ["Multikey", "JsonWebKey", "JsonWebKey2020"])
def test_keys_are_read_in_each_spelling(signer: LocalSigner, kind: str) -> None:
    public = signer.public_key

    read = key_of(
        {
            "type": kind,
            "publicKeyMultibase": public.to_multikey(),
            "publicKeyJwk": public.to_jwk(),
        }
    )

    assert read == public


def test_the_ed25519_type_of_2020_holds_ed25519_only() -> None:
    p256 = LocalSigner.generate(KeyKind.P256, entropy=lambda n: b"4" * n).public_key
    method = {"type": "Ed25519VerificationKey2020", "publicKeyMultibase": KEY.to_multikey()}

    assert key_of(method) == KEY
    with pytest.raises(KeyUnusable):
        key_of({**method, "publicKeyMultibase": p256.to_multikey()})


@pytest.mark.parametrize("kind", ["EcdsaSecp256k1VerificationKey2019", None, ["Multikey"], {}])
def test_a_type_of_key_that_we_do_not_know_is_unsupported(kind: Any) -> None:
    with pytest.raises(UnsupportedFeature) as refused:
        key_of({"type": kind, "publicKeyMultibase": KEY.to_multikey()})

    assert refused.value.code == "unsupported-key-type"


@pytest.mark.parametrize("value", [None, 7, "", "z", ["z6Mk"], {"z": 1}])
def test_a_key_that_is_no_key_is_unusable(value: Any) -> None:
    with pytest.raises(KeyUnusable):
        key_of({"type": "Multikey", "publicKeyMultibase": value})


@pytest.mark.parametrize("member", ["secretKeyMultibase", "privateKeyJwk"])
def test_a_key_whose_secret_is_published_is_unusable(member: str) -> None:
    problem = refusal(document(multikey() | {member: "z3u2"}))

    assert problem.code == "key-private"


def test_a_key_is_found_by_itself() -> None:
    unreadable = {"id": DID + "#x", "type": "Unknown", "controller": DID}
    doc = document(unreadable, multikey(), multikey("#key-2", OTHER))

    method = doc.method_of_key(OTHER, purpose="assertionMethod", at=AT)

    assert method.id == DID + "#key-2"


def test_a_key_that_is_not_among_them_is_not_listed() -> None:
    with pytest.raises(Refused) as refused:
        document(multikey()).method_of_key(OTHER, purpose="assertionMethod", at=AT)

    assert refused.value.code == "key-not-listed"


def test_a_withdrawn_key_is_not_found_by_itself_either() -> None:
    doc = document(multikey(revoked="2020-01-01T00:00:00Z"))

    with pytest.raises(Refused) as refused:
        doc.method_of_key(KEY, purpose="assertionMethod", at=AT)

    assert refused.value.code == "key-revoked"


PROFILE = "https://issuer.example/profile"


@pytest.mark.parametrize(
    ("method_id", "controller", "listed", "issuer"),
    [
        (DID + "#1", DID, True, DID),
        (PROFILE + "#1", PROFILE, True, PROFILE),
        ("https://issuer.example/keys/1", "", False, PROFILE),
        ("https://issuer.example/keys/1", PROFILE, False, PROFILE),
        ("https://issuer.example:443/keys/1", "", False, PROFILE),
        ("https://ISSUER.example/keys/1", "", False, PROFILE),
        ("https://issuer.example/keys/1", "", False, "http://issuer.example/profile"),
        ("https://issuer.example:8443/keys/1", "", False, "https://issuer.example:8443/"),
    ],
)
def test_a_key_speaks_for_its_issuer(
    method_id: str, controller: str, listed: bool, issuer: str
) -> None:
    VerificationMethod(method_id, controller, KEY, listed=listed).check_issuer(issuer)


@pytest.mark.parametrize(
    ("method_id", "controller", "listed", "issuer"),
    [
        (DID + "#1", DID, True, "did:web:other.example"),
        (DID + "#1", DID, True, PROFILE),
        (PROFILE + "#1", PROFILE, True, "https://issuer.example/other"),
        ("https://elsewhere.example/keys/1", "", False, PROFILE),
        ("https://elsewhere.example/keys/1", PROFILE, False, PROFILE),
        ("https://issuer.example/keys/1", "https://issuer.example/other", False, PROFILE),
        ("https://issuer.example:8443/keys/1", "", False, PROFILE),
        ("https://issuer.example/keys/1", "", False, "https://issuer.example@evil.example/"),
        ("https://issuer.example/keys/1", "", False, DID),
        ("https://issuer.example/keys/1", DID, False, DID),
        ("urn:key", "", False, "urn:issuer"),
    ],
)
def test_a_key_speaks_for_nobody_else(
    method_id: str, controller: str, listed: bool, issuer: str
) -> None:
    method = VerificationMethod(method_id, controller, KEY, listed=listed)

    with pytest.raises(Refused) as refused:
        method.check_issuer(issuer)

    assert refused.value.code == "key-not-issuers"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["#key-1", DID, "Multikey", "z6M"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "controller", "publicKeyMultibase", "expires"]), inner
        )
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(["id", "verificationMethod", "assertionMethod"])


@given(st.dictionaries(NAMES, JSON))
def test_any_document_is_answered_or_refused(members: dict[str, Any]) -> None:
    doc = ControllerDocument(DID, members)

    with pytest.raises(CredentialError):
        find(doc)
    with pytest.raises(CredentialError):
        doc.method_of_key(KEY, purpose="assertionMethod", at=AT)
