"""The pinned contexts, and how contexts are processed."""

from __future__ import annotations

import hashlib
import json
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import (
    CredentialError,
    MalformedCredential,
    UndefinedTerm,
    UnknownContext,
    UnsupportedFeature,
)
from sealwright.credentials.jsonld import ContextStore, canonize
from sealwright.credentials.jsonld.contexts import _pinned
from sealwright.credentials.jsonld.tables import root_table

URL = "https://a.example/context"
SECURITY = "https://w3id.org/security/multikey/v1"
SHIPPED = ContextStore.shipped()


def store(*contexts: Any) -> ContextStore:
    found = SHIPPED
    for number, context in enumerate(contexts):
        text = json.dumps({"@context": context}).encode()
        url = URL if number == 0 else f"{URL}/{number}"
        found = found.with_file(url, text, hashlib.sha256(text).hexdigest())
    return found


def canonical(context: Any, **members: Any) -> str:
    document = {"@context": URL, **members}
    return canonize(document, contexts=store(context)).decode()


def refused(context: Any, **members: Any) -> CredentialError:
    with pytest.raises(CredentialError) as caught:
        canonical(context, **members)
    return caught.value


def test_every_shipped_context_is_pinned_and_says_where_it_comes_from() -> None:
    for url in SHIPPED.urls:
        pinned = SHIPPED.pinned(url)

        assert hashlib.sha256(pinned.text).hexdigest() == pinned.sha256
        assert pinned.package
        assert pinned.version
        assert pinned.licence
        assert pinned.parse()


def test_the_published_hashes_of_the_w3c_are_ours() -> None:
    # https://www.w3.org/TR/vc-data-model-2.0/#base-context and
    # https://www.w3.org/TR/vc-data-integrity/#contexts-and-vocabularies
    assert SHIPPED.pinned("https://www.w3.org/ns/credentials/v2").sha256.startswith("59955ced")
    multikey = SHIPPED.pinned("https://w3id.org/security/multikey/v1")
    assert multikey.sha256.startswith("ba2c182d")


def test_a_damaged_package_is_noticed() -> None:
    with pytest.raises(UnsupportedFeature) as caught:
        _pinned(b"{}", {"url": URL, "sha256": "00"})

    assert caught.value.code == "context-hash-mismatch"


def test_an_operator_may_add_a_context_by_file_and_hash(tmp_path: Path) -> None:
    file = tmp_path / "context.json"
    file.write_text('{"@context": {"hue": "https://a.example/hue"}}', "utf-8")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()

    found = canonize(
        {"@context": URL, "hue": "red"}, contexts=SHIPPED.with_file(URL, file, digest.upper())
    )

    assert found == b'_:c14n0 <https://a.example/hue> "red" .\n'


def test_an_added_context_must_have_the_hash_it_was_given() -> None:
    with pytest.raises(UnsupportedFeature) as caught:
        SHIPPED.with_file(URL, b'{"@context": {}}', "00")

    assert caught.value.code == "context-hash-mismatch"


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"[" * 100_000])
def test_what_is_no_context_cannot_be_added(text: bytes) -> None:
    with pytest.raises(UnsupportedFeature) as caught:
        SHIPPED.with_file(URL, text, hashlib.sha256(text).hexdigest())

    assert caught.value.code == "not-a-context"


def test_stores_can_be_sent_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(SHIPPED)) is SHIPPED

    added = pickle.loads(pickle.dumps(store({"hue": "https://a.example/hue"})))

    assert canonize({"@context": URL, "hue": "red"}, contexts=added)


def test_an_unknown_address_is_named() -> None:
    with pytest.raises(UnknownContext) as caught:
        SHIPPED.load(URL)

    assert caught.value.evidence == {"url": URL}


def test_prefixes_expand_members_types_and_addresses() -> None:
    context = {
        "ex": "https://a.example/#",
        "id": "@id",
        "type": "@type",
        "of": {"@id": "ex:of", "@type": "@id"},
        "long": {"@id": "ex:long", "@type": "ex:kind"},
        "late": {"@id": "later:x"},
        "later": {"@id": "https://b.example/", "@prefix": True},
    }

    found = canonical(context, id="ex:a", type="ex:T", of="ex:b", long="1", late="2")

    assert "<https://a.example/#a> <https://a.example/#of> <https://a.example/#b> ." in found
    assert '"1"^^<https://a.example/#kind>' in found
    assert "<https://b.example/x>" in found


def test_a_term_that_is_no_prefix_leaves_addresses_alone() -> None:
    context = {
        "urn": {"@id": "https://a.example/"},
        "id": "@id",
        "of": {"@id": "x:of", "@type": "@id"},
    }

    assert "<urn:1> <x:of> <urn:2> ." in canonical(context, id="urn:1", of="urn:2")


def test_undefined_members_go_under_the_vocabulary() -> None:
    context = {"@vocab": "https://a.example/#", "type": "@type", "none": None}

    found = canonical(context, type="Thing", hue="red", deep={"hue": "blue"})

    assert '<https://a.example/#hue> "red"' in found
    assert "<https://a.example/#Thing>" in found
    assert isinstance(refused(context, none="x"), UndefinedTerm)
    assert isinstance(refused(context, id="urn:1"), UndefinedTerm)


@given(
    st.from_regex(r"[a-z]{0,2}:?(//)?[!-~]{0,6}", fullmatch=True) | st.text(max_size=8),
    st.characters(),
)
def test_an_address_is_a_scheme_and_no_character_that_n_quads_refuses(
    text: str, character: str
) -> None:
    address = text + character

    try:
        accepted = root_table(SECURITY, SHIPPED).iri(address) == address
    except MalformedCredential:
        accepted = False

    rule = r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\ud800-\udfff]*'
    assert accepted == bool(re.fullmatch(rule, address))


def test_vocabulary_values_are_terms_or_addresses() -> None:
    context = {"kind": {"@id": "x:kind", "@type": "@vocab"}, "Big": "x:Big"}

    assert "<x:Big>" in canonical(context, kind="Big")
    assert "<x:other>" in canonical(context, kind="x:other")
    assert isinstance(refused(context, kind="small"), UndefinedTerm)


def test_terms_defined_as_nothing_are_undefined() -> None:
    assert isinstance(refused({"hue": None}, hue="red"), UndefinedTerm)
    assert isinstance(refused({"hue": {"@id": None}}, hue="red"), UndefinedTerm)
    assert isinstance(refused({"hue": {"@type": "@id"}}, hue="red"), UndefinedTerm)


@pytest.mark.parametrize(
    "definition",
    [
        {"@reverse": "x:of"},
        {"@id": "x:of", "@container": "@index"},
        {"@id": "x:of", "@container": [["@set"]]},
        {"@id": "x:of", "@language": "en"},
        "@graph",
    ],
)
def test_features_that_no_standard_context_needs_are_refused_on_use(definition: Any) -> None:
    context = {"of": definition, "hue": "x:hue"}

    assert canonical(context, hue="red")
    assert refused(context, of="x").code == "unsupported-json-ld"


def test_id_and_type_cannot_be_given_another_meaning() -> None:
    assert refused({"id": "x:id"}, id="urn:1").code == "unsupported-json-ld"
    assert refused({"type": "x:type"}, type="Thing").code == "undefined-term"
    assert refused({"hue": "x:hue"}, type="Thing").evidence == {"pointer": "/type"}


@pytest.mark.parametrize(
    "context",
    [
        {"@base": "https://a.example/"},
        {"@import": "https://a.example/"},
        {"@language": "en"},
        {"@vocab": ""},
        {"@vocab": 7},
        {"of": 7},
        {"a": "b:x", "b": "a:x"},
        7,
    ],
)
def test_contexts_beyond_our_means_are_refused(context: Any) -> None:
    assert refused(context).code == "unsupported-context"


def test_a_context_that_leads_to_itself_is_refused() -> None:
    assert refused(URL).code == "context-too-deep"


def test_a_context_may_name_others() -> None:
    contexts = store([f"{URL}/1", {"hue": "https://a.example/hue"}], {"size": "x:size"})

    found = canonize({"@context": URL, "hue": "red", "size": "L"}, contexts=contexts)

    assert found.count(b"\n") == 2


def test_protected_terms_keep_their_meaning() -> None:
    protected = {"@protected": True, "hue": "x:hue", "size": {"@id": "x:size", "@protected": False}}
    twice = store(protected, {"hue": "x:hue"}, {"hue": "x:other"}, {"size": "x:other"})

    same = {"@context": [URL, f"{URL}/1"], "hue": "red"}
    other = {"@context": [URL, f"{URL}/2"], "hue": "red"}
    free = {"@context": [URL, f"{URL}/3"], "size": "L"}

    assert canonize(same, contexts=twice) == b'_:c14n0 <x:hue> "red" .\n'
    assert canonize(free, contexts=twice) == b'_:c14n0 <x:other> "L" .\n'
    with pytest.raises(MalformedCredential) as caught:
        canonize(other, contexts=twice)
    assert caught.value.evidence["term"] == "hue"


def test_protected_terms_cannot_be_cleared_away() -> None:
    protected = {"@protected": True, "Clear": {"@id": "x:C", "@context": None}, "type": "@type"}

    assert refused(protected, type="Clear").code == "protected-term-redefined"
    free = {"Clear": {"@id": "x:C", "@context": None}, "type": "@type"}
    assert isinstance(refused(free, type="Clear"), UndefinedTerm)


def test_a_property_may_start_from_nothing() -> None:
    context = {
        "@protected": True,
        "in": {"@id": "x:in", "@context": [None, {"hue": "x:inner"}]},
        "hue": "x:outer",
    }

    found = canonical(context, hue="red", **{"in": {"hue": "blue"}})

    assert '<x:inner> "blue"' in found
    assert '<x:outer> "red"' in found
