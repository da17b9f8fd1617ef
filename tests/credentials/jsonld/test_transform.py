"""What the transformer signs, and what it refuses with the member's path."""

from __future__ import annotations

import json
import pickle
from contextlib import suppress
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
    WorkBudgetExceeded,
)
from sealwright.credentials.jsonld import ContextStore, canonize
from sealwright.credentials.jsonld.transform import literal, number
from sealwright.credentials.model import strict_json

STORE = ContextStore.shipped()
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
V1 = "https://www.w3.org/2018/credentials/v1"
OB_UNPROTECTED = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCC = "https://w3id.org/dcc/v1"


def badge(**members: Any) -> dict[str, Any]:
    return {
        "@context": [V2, OB],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        **members,
    }


def lines(document: dict[str, Any]) -> list[str]:
    return canonize(document, contexts=STORE).decode().split("\n")[:-1]


def refused(document: dict[str, Any]) -> CredentialError:
    with pytest.raises(CredentialError) as caught:
        canonize(document, contexts=STORE)
    return caught.value


def test_a_member_becomes_a_line() -> None:
    found = lines(badge(name="SQL"))

    assert '<urn:uuid:1> <https://schema.org/name> "SQL" .' in found


@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans())
def test_texts_that_are_known_to_be_plain_need_no_second_look(name: str, ascii_only: bool) -> None:
    text = json.dumps(badge(name=name, description=["x", name]), ensure_ascii=ascii_only)
    document = strict_json.loads(text)

    found = canonize(document, contexts=STORE, plain=strict_json.traits_of(text).plain)

    assert found == canonize(document, contexts=STORE)


def test_a_document_that_says_nothing_has_no_lines() -> None:
    assert lines({"@context": [V2]}) == []


def test_a_language_tag_is_signed_in_lower_case() -> None:
    found = lines(badge(name={"@value": "Farbe", "@language": "de-AT"}))

    assert '<urn:uuid:1> <https://schema.org/name> "Farbe"@de-at .' in found


def test_a_value_may_name_its_own_type() -> None:
    typed = {"@value": "x", "@type": "https://a.example/t"}
    string = {"@value": "x", "@type": "http://www.w3.org/2001/XMLSchema#string"}

    assert any(line.endswith('"x"^^<https://a.example/t> .') for line in lines(badge(name=typed)))
    assert lines(badge(name=string)) == lines(badge(name={"@value": "x"}))


def test_empty_arrays_and_nulls_leave_no_trace() -> None:
    assert lines(badge(name=None, evidence=[], awardedDate=[None])) == lines(badge())


def listing(values: Any) -> dict[str, Any]:
    """A document whose `allowedValue` is an RDF list."""
    return {
        "@context": [V2, OB],
        "type": "ResultDescription",
        "id": "urn:r",
        "allowedValue": values,
    }


def test_an_empty_list_is_signed_as_empty() -> None:
    assert any(f"allowedValue> <{RDF}nil> ." in line for line in lines(listing([])))


def test_the_order_of_a_list_is_signed() -> None:
    assert lines(listing(["a", "b"])) != lines(listing(["b", "a"]))
    assert lines(listing(["a", None])) == lines(listing("a"))


def test_a_list_may_hold_nodes() -> None:
    found = lines(listing(["a", {"type": "Image"}, {"id": "urn:i", "type": "Image"}]))

    assert sum(f"<{RDF}first>" in line for line in found) == 3
    assert any(line.endswith(f"<{RDF}first> <urn:i> .") for line in found)


def test_lists_do_not_count_as_nodes_without_an_id() -> None:
    assert len(lines(listing([str(n) for n in range(300)]))) == 602


def test_a_long_list_of_equals_is_refused() -> None:
    assert isinstance(refused(listing(["a"] * 300)), WorkBudgetExceeded)
    assert isinstance(refused(listing(["a"] * 3000)), WorkBudgetExceeded)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        (False, '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        (2, '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (2.0, '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (-0.0, '"0"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (2.5, '"2.5E0"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (1e21, '"1.0E21"^^<http://www.w3.org/2001/XMLSchema#double>'),
    ],
)
def test_numbers_have_their_canonical_form(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("value", [2**53 + 1, -(2**60), 1e-7, 0.1 + 2**-54, 0.30000000000000004])
def test_numbers_that_implementations_disagree_on_are_refused(value: float) -> None:
    with pytest.raises(UnsupportedFeature):
        number(value)


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_what_is_no_json_number_is_refused(value: float) -> None:
    with pytest.raises(MalformedCredential):
        number(value)


def test_control_characters_are_escaped_as_the_standard_asks() -> None:
    assert literal('a\b\t\n\f\r"\\\x00\x7f') == '"a\\b\\t\\n\\f\\r\\"\\\\\\u0000\\u007F"'


def test_json_literals_are_canonical() -> None:
    schema = {"id": "urn:s", "type": "JsonSchema", "jsonSchema": {"b": 1, "a": [None, "é"]}}

    found = lines(badge(credentialSchema=schema))

    assert any('"{\\"a\\":[null,\\"é\\"],\\"b\\":1}"^^<http://www.w3.org' in line for line in found)


@pytest.mark.parametrize(
    ("document", "kind", "pointer"),
    [
        ({"id": "urn:1"}, MalformedCredential, "/@context"),
        (badge(nickname="x"), UndefinedTerm, "/nickname"),
        (badge(type=["VerifiableCredential", "Nonsense"]), UndefinedTerm, "/type"),
        (badge(type=7), MalformedCredential, "/type"),
        (badge(type=None), MalformedCredential, "/type"),
        (badge(type=[["x"]]), MalformedCredential, "/type"),
        (badge(id=None), MalformedCredential, "/id"),
        (badge(id="not-absolute"), MalformedCredential, "/id"),
        (badge(id="urn:a b"), MalformedCredential, "/id"),
        (badge(id="_:b0"), MalformedCredential, "/id"),
        (badge(id="urn:\ud800"), MalformedCredential, "/id"),
        (badge(id="https://\ud800"), MalformedCredential, "/id"),
        (dict([*badge().items(), (7, "x")]), MalformedCredential, "/7"),
        (badge(evidence=[{"id": "urn:1", "hue": 1}]), UndefinedTerm, "/evidence/0/hue"),
        (badge(evidence={"a/b~c": 1}), UndefinedTerm, "/evidence/a~1b~0c"),
        (badge(evidence=[[{"id": "urn:1"}]]), UnsupportedFeature, "/evidence/0"),
        (listing(["a", ["b"]]), UnsupportedFeature, "/allowedValue/1"),
        (listing(["a", "\ud800"]), MalformedCredential, "/allowedValue/1"),
        (badge(proof="text"), MalformedCredential, "/proof"),
        (badge(proof={"@value": "text"}), MalformedCredential, "/proof"),
        (badge(proof={}), UnsupportedFeature, "/proof"),
        (badge(proof=[{"id": "urn:1"}]), UnsupportedFeature, "/proof/0"),
        (badge(name={"@value": "x", "@direction": "ltr"}), UnsupportedFeature, "/name"),
        (badge(name={"@value": 7}), UnsupportedFeature, "/name"),
        (badge(name={"@value": "x", "@language": "n t"}), MalformedCredential, "/name/@language"),
        (badge(name={"@value": "x", "@language": 7}), MalformedCredential, "/name/@language"),
        (badge(name={"@value": "x", "@type": 7}), UnsupportedFeature, "/name"),
        (badge(name={"@value": "x", "@type": "no"}), UndefinedTerm, "/name"),
        (badge(name=("a", "tuple")), MalformedCredential, "/name"),
        (badge(name="\ud800"), MalformedCredential, "/name"),
        (badge(**{"@id": "urn:1"}), UnsupportedFeature, "/@id"),
        (badge(**{"https://a.example/p": 1}), UnsupportedFeature, "/https:~1~1a.example~1p"),
        (badge(evidence={"@context": {"x": "urn:x"}}), UnsupportedFeature, "/evidence"),
        (
            {"@context": [V1, DCC], "awardedOnCompletionOf": {}},
            UnsupportedFeature,
            "/awardedOnCompletionOf",
        ),
    ],
)
def test_what_would_not_be_signed_is_refused_with_its_path(
    document: dict[str, Any], kind: type[CredentialError], pointer: str
) -> None:
    problem = refused(document)

    assert type(problem) is kind
    assert problem.evidence["pointer"] == pointer


def test_an_unknown_context_is_named() -> None:
    problem = refused({"@context": [V2, "https://a.example/unknown"], "id": "urn:1"})

    assert isinstance(problem, UnknownContext)
    assert problem.evidence["url"] == "https://a.example/unknown"


def test_an_unknown_context_deep_inside_is_named_as_well() -> None:
    problem = refused(badge(evidence=[{"@context": "https://a.example/unknown", "id": "urn:1"}]))

    assert problem.evidence == {"url": "https://a.example/unknown", "pointer": "/evidence/0"}


@pytest.mark.parametrize("context", [{"x": "urn:x"}, [V2, {"x": "urn:x"}], 7, [V2, None]])
def test_contexts_written_into_the_document_are_refused(context: Any) -> None:
    assert refused({"@context": context, "id": "urn:1"}).code == "inline-context"


def test_a_long_row_of_contexts_is_refused() -> None:
    assert refused({"@context": [V2] * 9, "id": "urn:1"}).code == "too-many-contexts"


def test_a_json_literal_that_is_no_json_is_refused() -> None:
    schema = {"id": "urn:s", "type": "JsonSchema", "jsonSchema": {"n": 2**70}}

    assert refused(badge(credentialSchema=schema)).evidence["pointer"].endswith("/jsonSchema")


def test_nesting_stops_at_the_cap() -> None:
    deep: dict[str, Any] = {"id": "urn:1"}
    for _ in range(70):
        deep = {"id": "urn:1", "type": "VerifiableCredential", "credentialSubject": deep}

    assert isinstance(refused(badge(credentialSubject=deep)), WorkBudgetExceeded)


def test_types_that_contradict_each_other_are_refused() -> None:
    problem = refused(badge(evidence={"id": "urn:1", "type": ["Achievement", "Result"]}))

    assert problem.code == "protected-term-redefined"
    assert problem.evidence["pointer"] == "/evidence/type"


def test_nodes_without_an_id_are_capped() -> None:
    evidence = [{"type": "Evidence", "name": str(n)} for n in range(201)]

    assert isinstance(refused(badge(evidence=evidence)), WorkBudgetExceeded)


def test_combinations_of_types_are_capped() -> None:
    names = ["Achievement", "Evidence", "Image", "Result", "Profile", "Alignment", "Address"]
    evidence = [
        {"id": f"urn:{n}", "type": [name for bit, name in enumerate(names) if n >> bit & 1]}
        for n in range(1, 128)
    ]

    document = {"@context": [OB_UNPROTECTED, V1], "id": "urn:1", "proof": evidence}

    assert isinstance(refused(document), WorkBudgetExceeded)


def test_foreign_types_do_not_fill_the_memory() -> None:
    store = ContextStore.shipped().with_file("urn:c", b'{"@context": {}}', EMPTY_CONTEXT_HASH)

    for n in range(600):
        canonize(badge(evidence={"id": "urn:e", "type": f"urn:type:{n}"}), contexts=store)

    assert store.tables_made <= 512


def test_one_term_may_mean_two_things_inside_two_types() -> None:
    security = "https://w3id.org/security/suites/ed25519-2020/v1"
    document = {
        "@context": [V1, security],
        "id": "urn:1",
        "proof": [
            {
                "type": "Ed25519Signature2020",
                "proofPurpose": {"id": "urn:2", "assertionMethod": []},
            },
            {
                "type": "EcdsaSecp256k1Signature2019",
                "proofPurpose": {"id": "urn:3", "keyAgreement": "urn:4"},
            },
        ],
    }

    assert isinstance(refused(document), UndefinedTerm)


def test_an_error_keeps_its_evidence_when_pickled() -> None:
    problem = refused(badge(nickname="x"))

    again = pickle.loads(pickle.dumps(problem))

    assert (type(again), again.code, again.evidence) == (
        UndefinedTerm,
        problem.code,
        problem.evidence,
    )
    assert "/nickname" in str(again)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.just(V2),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "type", "name", "evidence", "proof", "@context", "@value", "x:y"]
            )
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values, st.sampled_from(["name", "evidence", "credentialSubject", "proof", "type"]))
def test_any_value_is_signed_or_refused_in_our_own_words(value: Any, member: str) -> None:
    with suppress(CredentialError):
        canonize(badge(**{member: value}), contexts=STORE)


EMPTY_CONTEXT_HASH = "fbdefbf798e09bf18cc7e68f4b9290fa1143927da225e6ed0a5dfffbb60d8e4b"
