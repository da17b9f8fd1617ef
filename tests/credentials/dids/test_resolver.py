from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.dids import Resolver, VerificationMethod, did_key
from sealwright.credentials.errors import (
    CredentialError,
    MalformedCredential,
    Refused,
    ResolutionFailed,
    UnsupportedFeature,
)
from sealwright.credentials.fetching import RecordedWeb, Trail
from sealwright.credentials.keys import KeyKind, LocalSigner

AT = datetime(2026, 3, 1, tzinfo=UTC)
DID = "did:web:issuer.example"
DID_URL = "https://issuer.example/.well-known/did.json"
PROFILE = "https://issuer.example/profile"
KEYS = "https://issuer.example/keys"
KEY = LocalSigner.from_seed(b"1" * 32).public_key
P256 = LocalSigner.generate(KeyKind.P256, entropy=lambda n: b"4" * n).public_key


def listing(controller: str, **more: Any) -> dict[str, Any]:
    method = {
        "id": controller + "#key-1",
        "type": "Multikey",
        "controller": controller,
        "publicKeyMultibase": KEY.to_multikey(),
    }
    members = {"id": controller, "verificationMethod": [method], "assertionMethod": ["#key-1"]}
    return {**members, **more}


def resolver(**documents: Any) -> Resolver:
    urls = {"did": DID_URL, "profile": PROFILE, "keys": KEYS}
    return Resolver(RecordedWeb({urls[name]: {"body": body} for name, body in documents.items()}))


def find(source: Resolver, method_id: object) -> VerificationMethod:
    return source.method(method_id, at=AT)


def problem_of(source: Resolver, method_id: object) -> CredentialError:
    with pytest.raises(CredentialError) as refused:
        find(source, method_id)
    return refused.value


def test_a_did_web_is_resolved_through_its_document() -> None:
    method = find(resolver(did=listing(DID)), DID + "#key-1")

    assert method.key == KEY
    method.check_issuer(DID)


def test_a_context_that_nobody_knows_does_not_matter_there() -> None:
    document = listing(DID, **{"@context": ["https://unknown.example/context"]})

    assert find(resolver(did=document), DID + "#key-1").key == KEY


@pytest.mark.parametrize(
    "found", [listing("did:web:other.example"), {}, {"id": None}, {"id": DID + "#"}]
)
def test_the_document_of_somebody_else_is_not_taken(found: Any) -> None:
    problem = problem_of(resolver(did=found), DID + "#key-1")

    assert isinstance(problem, ResolutionFailed)
    assert problem.code == "document-id-mismatch"
    assert problem.evidence["expected"] == DID


@pytest.mark.parametrize("found", [[], "text", 7, None])
def test_a_document_that_is_no_object_is_malformed(found: Any) -> None:
    source = Resolver(RecordedWeb({DID_URL: {"body": [found]}, KEYS: {"body": [found]}}))

    assert problem_of(source, DID + "#key-1").code == "document-malformed"
    assert problem_of(source, KEYS).code == "document-malformed"


def test_a_document_that_cannot_be_had_leaves_it_open() -> None:
    problem = problem_of(resolver(), DID + "#key-1")

    assert isinstance(problem, ResolutionFailed)
    assert problem.code == "not-recorded"
    assert problem.evidence["url"] == DID_URL


@pytest.mark.parametrize("did", ["did:ion:abc#1", "did:example:123#1", "did:cheqd:x:y#1"])
def test_another_did_method_is_unsupported(did: str) -> None:
    problem = problem_of(resolver(), did)

    assert isinstance(problem, UnsupportedFeature)
    assert problem.code == "unsupported-did-method"
    assert problem.evidence["method"] == did.split(":")[1]


@pytest.mark.parametrize(
    "method_id",
    [
        "did:",
        "did:web",
        "did:Web:x",
        "did:web:x/path#1",
        "did:web:x?v=1#1",
        "did:web:" + "x" * 4096,
    ],
)
def test_a_did_of_no_known_form_is_malformed(method_id: str) -> None:
    problem = problem_of(resolver(), method_id)

    assert isinstance(problem, MalformedCredential)
    assert problem.code in {"did-malformed", "method-malformed"}


def test_an_identifier_may_be_so_long_and_no_longer() -> None:
    longest = "did:web:".ljust(4096, "x")

    assert problem_of(resolver(), longest).code == "url-malformed"
    assert problem_of(resolver(), longest + "x").code == "method-malformed"
    with pytest.raises(MalformedCredential):
        resolver().resolve(longest + "x")


@pytest.mark.parametrize("method_id", [None, 7, {}, [], "", "key-1", "#key-1", "x:" + "y" * 4096])
def test_what_is_no_address_of_a_key_is_malformed(method_id: object) -> None:
    problem = problem_of(resolver(), method_id)

    assert isinstance(problem, MalformedCredential)
    assert problem.code == "method-malformed"


@pytest.mark.parametrize("method_id", ["urn:uuid:1#key", "mailto:a@b.example", "x:y", "ipfs://z"])
def test_a_controller_that_is_neither_did_nor_web_is_unsupported(method_id: str) -> None:
    assert problem_of(resolver(), method_id).code == "unsupported-controller"


def test_a_profile_on_the_web_may_list_its_keys() -> None:
    source = resolver(profile=listing(PROFILE, type=["Profile"], name="A bakery"))

    method = find(source, PROFILE + "#key-1")

    assert method.listed
    method.check_issuer(PROFILE)
    assert source.resolve(PROFILE).id == PROFILE


def test_a_profile_that_does_not_list_the_key_refuses_it() -> None:
    problem = problem_of(resolver(profile=listing(PROFILE)), PROFILE + "#key-2")

    assert isinstance(problem, Refused)
    assert problem.code == "key-not-listed"


def test_a_key_in_the_fragment_of_an_address_is_no_key() -> None:
    fragment = KEY.to_multikey()

    problem = problem_of(resolver(profile={"id": PROFILE}), f"{PROFILE}#{fragment}")

    assert isinstance(problem, Refused)
    assert problem.code == "key-not-listed"


def test_a_profile_under_another_address_is_not_taken() -> None:
    problem = problem_of(resolver(profile=listing(PROFILE + "/2")), PROFILE + "#key-1")

    assert problem.code == "document-id-mismatch"


def test_a_json_web_key_speaks_for_an_issuer_on_its_host() -> None:
    method = find(resolver(keys={**P256.to_jwk(), "kid": "any"}), KEYS)

    assert method.key == P256
    assert not method.listed
    method.check_issuer(PROFILE)
    with pytest.raises(Refused):
        method.check_issuer("https://elsewhere.example/profile")


@pytest.mark.parametrize("asked", [KEYS + "#one", KEYS + "#two"])
def test_a_set_of_keys_is_searched_by_kid(asked: str) -> None:
    first = {**KEY.to_jwk(), "kid": "one"}
    second = {**P256.to_jwk(), "kid": KEYS + "#two"}

    method = find(resolver(keys={"keys": [first, second, "odd", {"kid": 7}]}), asked)

    assert method.key == (KEY if asked.endswith("one") else P256)
    assert method.id == asked


@pytest.mark.parametrize("key", [KEY.to_jwk(), {**KEY.to_jwk(), "kid": "other"}])
def test_the_only_key_of_a_set_needs_no_name(key: dict[str, str]) -> None:
    assert find(resolver(keys={"keys": [key]}), KEYS).key == KEY


@pytest.mark.parametrize(
    ("keys", "asked", "code"),
    [
        ([], KEYS, "key-not-listed"),
        ([KEY.to_jwk(), P256.to_jwk()], KEYS, "key-not-listed"),
        ([KEY.to_jwk()], KEYS + "#one", "key-not-listed"),
        ([{**KEY.to_jwk(), "kid": "one"}] * 2, KEYS + "#one", "document-malformed"),
        ({"kid": "one"}, KEYS + "#one", "document-malformed"),
        ([7], KEYS, "key-malformed"),
    ],
)
def test_a_set_without_the_one_key_is_refused(keys: Any, asked: str, code: str) -> None:
    assert problem_of(resolver(keys={"keys": keys}), asked).code == code


def standing_alone(**more: Any) -> dict[str, Any]:
    method = {"id": KEYS, "type": "Multikey", "controller": PROFILE}
    return {**method, "publicKeyMultibase": KEY.to_multikey(), **more}


def test_a_method_at_its_own_address_speaks_for_its_controller_on_the_same_host() -> None:
    method = find(resolver(keys=standing_alone()), KEYS)

    assert (method.controller, method.listed, method.key) == (PROFILE, False, KEY)
    method.check_issuer(PROFILE)
    with pytest.raises(Refused):
        method.check_issuer(PROFILE + "/2")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": KEYS + "/2"}, "document-id-mismatch"),
        ({"id": None}, "document-id-mismatch"),
        ({"controller": None}, "document-malformed"),
        ({"revoked": "2020-01-01T00:00:00Z"}, "key-revoked"),
        ({"type": "Sorcery"}, "unsupported-key-type"),
    ],
)
def test_a_method_at_its_own_address_is_held_against_the_same_rules(
    change: dict[str, Any], code: str
) -> None:
    assert problem_of(resolver(keys=standing_alone(**change)), KEYS).code == code


def test_nothing_is_fetched_for_a_did_key() -> None:
    trail = Trail(RecordedWeb({}))

    find(Resolver(trail), f"{did_key(KEY)}#{KEY.to_multikey()}")

    assert trail.urls == []


def test_a_did_key_is_read_once_for_each_purpose_and_a_wrong_one_never_passes() -> None:
    method_id = f"{did_key(KEY)}#{KEY.to_multikey()}"

    method = find(resolver(), method_id)

    assert find(resolver(), method_id) is method
    assert problem_of(resolver(), method_id + "x").code == "key-not-listed"
    assert problem_of(resolver(), method_id + "x").code == "key-not-listed"
    with pytest.raises(Refused, match="key"):
        resolver().method(method_id, purpose="keyAgreement", at=AT)


def test_one_document_is_fetched_for_a_did_web() -> None:
    trail = Trail(RecordedWeb({DID_URL: {"body": listing(DID)}}))

    find(Resolver(trail), DID + "#key-1")
    find(Resolver(trail), DID + "#key-1")

    assert trail.urls == [DID_URL]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([KEYS, "Multikey", "one", "OKP"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "kid", "kty", "keys", "type"]), inner)
    ),
    max_leaves=8,
)


@given(JSON, st.sampled_from([KEYS, KEYS + "#one"]))
def test_anything_at_a_key_address_is_answered_or_refused(body: Any, asked: str) -> None:
    with pytest.raises(CredentialError):
        find(Resolver(RecordedWeb({KEYS: {"body": body}})), asked)


@given(st.text(max_size=60) | st.text(max_size=60).map("https://issuer.example/{}".format))
def test_any_text_for_a_method_is_answered_or_refused(method_id: str) -> None:
    with pytest.raises(CredentialError):
        find(resolver(), method_id)
