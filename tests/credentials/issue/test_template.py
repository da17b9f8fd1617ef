from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import CredentialError, MalformedCredential
from sealwright.credentials.issue import (
    Evidence,
    Identity,
    Recipient,
    Result,
    Template,
    build_endorsement,
    sign_credential,
    slot,
)
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import KeyKind
from sealwright.credentials.model import strict_json
from sealwright.credentials.proofs import verify_proof
from sealwright.credentials.proofs.jcs import canonical_json
from sealwright.credentials.proofs.jose import verify_token
from tests.credentials.issue.samples import (
    CONTEXTS,
    CRITERION,
    MASTERED,
    METHOD,
    NOON,
    SIGNER,
    achievement,
    changed,
    credential,
    issuer,
    signer,
)

VALUES = {
    "id": "urn:uuid:6f0c1a52-0000-4000-8000-00000000000a",
    "holder": "did:example:mira",
    "name": "Mira Okafor",
    "hash": f"sha256${'a' * 64}",
    "salt": "00ff",
    "from": "2026-03-01T12:00:00Z",
    "until": "2031-03-01T12:00:00Z",
    "ended": "2026-02-28",
    "score": "88",
    "level": MASTERED,
    "log": "7",
    "note": "62 miles at 5 knots",
    "tag": "sailing",
    "index": "94567",
}


def document(**changes: Any) -> dict[str, Any]:
    """A credential with a place wherever bulk issuing needs one."""
    hashed = Identity(
        hashed=True,
        identity_hash=slot("hash"),
        identity_type="emailAddress",
        salt=slot("salt"),
    )
    url = "https://harbour.example/logs/{{log}}"
    given: dict[str, Any] = {
        "id": slot("id"),
        "recipient": Recipient(
            id=slot("holder"), identifier=(Identity.of_name(slot("name")), hashed)
        ),
        "valid_from": slot("from"),
        "valid_until": slot("until"),
        "activity_end_date": slot("ended"),
        "result": (
            Result(value=slot("score"), status="Completed"),
            Result(result_description=CRITERION, achieved_level=slot("level")),
        ),
        "evidence": (
            Evidence(id=url, name="Log of {{name}}", narrative=slot("note")),
            Evidence(id=f"{url}/chart", name="Chart, 100 % own work"),
        ),
        "achievement": achievement(tag=("safety", slot("tag"))),
    }
    built = credential(**given | changes)
    with_index: dict[str, Any] = changed(built, "/credentialStatus/statusListIndex", slot("index"))
    return with_index


TEMPLATE = Template(document(), signer=SIGNER, created=NOON)


def generally(
    values: dict[str, str], template: Template = TEMPLATE, contexts: ContextStore = CONTEXTS
) -> dict[str, Any]:
    """The same credential on the general path."""
    return sign_credential(template.fill(values), SIGNER, created=NOON, contexts=contexts)


def problem_of(values: dict[str, Any], template: Template = TEMPLATE) -> CredentialError:
    with pytest.raises(CredentialError) as caught:
        template.issue(values)
    return caught.value


def answer(action: Callable[[], Any]) -> Any:
    """What comes of it: a credential, or the code of a refusal."""
    try:
        given = action()
        return strict_json.loads(given) if isinstance(given, str) else given
    except CredentialError as problem:
        return problem.code


def test_a_template_issues_the_credential_of_the_general_path() -> None:
    issued = TEMPLATE.issue(VALUES)

    signed = strict_json.loads(issued)
    assert signed == generally(VALUES)
    verify_proof(signed, signed["proof"][0], SIGNER.public_key, contexts=CONTEXTS, at=NOON)


@pytest.mark.parametrize("note", ["plain", "“quoted” \\ \x07 é 𝄞"])
def test_what_a_template_issues_is_canonical_json(note: str) -> None:
    text = TEMPLATE.issue(VALUES | {"note": note})

    assert canonical_json(strict_json.loads(text)).decode() == text


def test_a_template_knows_the_names_of_its_places() -> None:
    assert set(TEMPLATE.names) == set(VALUES)
    assert TEMPLATE.names_at("/evidence/0/name") == ["name"]
    assert TEMPLATE.names_at("/evidence/0") == []


ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
HOSTILE = st.sampled_from(
    [
        "",
        "%(name)s",
        "100 %",
        "{{name}}",
        'quote " and \\ slash',
        "line\nbreak\r\ttab",
        "\x00\x07\x1f\x7f\x85\u2028\u2029",
        "sailing",
        "safety",
        "_:c14n0",
        '"^^<https://x.example>',
        "urn:place0-0-",
        "😀 漢字",
    ]
)
FREE = ("name", "salt", "score", "note", "tag")


@given(st.fixed_dictionaries(dict.fromkeys(FREE, ANY_TEXT | HOSTILE)))
def test_whatever_is_put_in_the_result_is_that_of_the_general_path(texts: dict[str, str]) -> None:
    values = VALUES | texts
    if TEMPLATE.problems(values):
        return

    issued = strict_json.loads(TEMPLATE.issue(values))

    assert issued == generally(values)
    verify_proof(issued, issued["proof"][0], SIGNER.public_key, contexts=CONTEXTS, at=NOON)


ADDRESSES = st.sampled_from(
    [
        "did:example:mira",
        "did:example:100%25",
        "https://harbour.example/people/é",
        "urn:uuid:1",
        "ftp://harbour.example/1",
        "schema:name",
        "name",
        "",
        "did:example:a b",
        "did:example:\x7f",
        'did:example:">',
        "_:b0",
        "//harbour.example",
        "https://harbour.example/programmes/nav/versions/2",
    ]
) | ANY_TEXT.map(lambda text: f"did:example:{text}")


@given(ADDRESSES, ADDRESSES, ANY_TEXT)
def test_whatever_address_is_put_in_the_result_is_that_of_the_general_path(
    id: str, holder: str, log: str
) -> None:
    values = VALUES | {"id": id, "holder": holder, "log": log}

    issued = answer(partial(TEMPLATE.issue, values))

    assert issued == answer(partial(generally, values))
    assert bool(TEMPLATE.problems(values)) == isinstance(issued, str)


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=6, max_size=6))
def test_unnamed_nodes_that_look_alike_are_named_as_the_general_path_does(
    texts: list[str],
) -> None:
    results = tuple(
        Result(value=slot(f"v{number}"), status="Completed") for number in range(len(texts))
    )
    template = Template(credential(result=results), signer=SIGNER, created=NOON)
    values = {f"v{number}": text for number, text in enumerate(texts)}

    issued = strict_json.loads(template.issue(values))

    assert issued == generally(values, template)
    verify_proof(issued, issued["proof"][0], SIGNER.public_key, contexts=CONTEXTS, at=NOON)


@given(st.text(alphabet="ab/-", max_size=3), st.text(alphabet="ab/-", max_size=3))
def test_places_that_happen_to_be_equal_are_one_statement(one: str, two: str) -> None:
    described = credential(
        achievement=achievement(tag=("a", "-b", "{{one}}", "{{two}}", "{{one}}-{{two}}")),
        evidence=(
            Evidence(id="https://harbour.example/{{one}}", name=slot("one")),
            Evidence(id="https://harbour.example/{{two}}", name=slot("one")),
        ),
    )
    template = Template(described, signer=SIGNER, created=NOON)
    values = {"one": one, "two": two}

    assert strict_json.loads(template.issue(values)) == generally(values, template)


def test_many_orders_of_unnamed_nodes_do_not_fill_the_memory() -> None:
    results = tuple(Result(value=slot(f"v{number}")) for number in range(6))
    template = Template(credential(result=results), signer=SIGNER, created=NOON)

    for turn in range(100):
        values = {f"v{number}": f"{turn} {number}" for number in range(6)}
        assert strict_json.loads(template.issue(values)) == generally(values, template)


@pytest.mark.parametrize(
    ("kind", "suite"),
    [
        (KeyKind.P256, "ecdsa-rdfc-2019"),
        (KeyKind.P384, "ecdsa-rdfc-2019"),
        (KeyKind.P256, "ecdsa-jcs-2019"),
        (KeyKind.ED25519, "eddsa-jcs-2022"),
    ],
)
def test_every_suite_can_be_used_for_a_template(kind: KeyKind, suite: str) -> None:
    key = signer(kind)
    template = Template(document(), signer=key, created=NOON, contexts=CONTEXTS, suite=suite)

    issued = strict_json.loads(template.issue(VALUES))

    assert issued == sign_credential(template.fill(VALUES), key, created=NOON, suite=suite)
    verify_proof(issued, issued["proof"][0], key.public_key, contexts=CONTEXTS, at=NOON)


def test_an_rsa_key_makes_tokens_from_a_template_but_no_proofs() -> None:
    key = signer(KeyKind.RSA)
    template = Template(document(), signer=key, created=NOON)

    token = verify_token(template.issue_token(VALUES), key.public_key)

    assert strict_json.loads(token.payload)["id"] == VALUES["id"]
    assert problem_of(VALUES, template).code == "key-without-suite"


def test_a_template_without_an_unnamed_node_works_too() -> None:
    plain = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:x:1",
        "type": ["VerifiableCredential"],
        "name": "Pass for {{name}}",
        "issuer": METHOD.partition("#")[0],
        "validFrom": "2026-03-01T12:00:00Z",
        "credentialSubject": {"id": "did:example:mira", "name": "{{name}}"},
    }
    template = Template(plain, signer=SIGNER, created=NOON)
    values = {"name": "Mira"}

    assert strict_json.loads(template.issue(values)) == generally(values, template)


def test_a_template_without_a_place_issues_the_same_credential_again_and_again() -> None:
    template = Template(credential(), signer=SIGNER, created=NOON)

    assert strict_json.loads(template.issue({})) == sign_credential(
        credential(), SIGNER, created=NOON
    )


def test_an_embedded_endorsement_takes_the_general_path() -> None:
    endorsement = sign_credential(
        build_endorsement(
            id="urn:uuid:6f0c1a52-0000-4000-8000-00000000000c",
            issuer=issuer(),
            endorsed=achievement().id,
            comment="Our pilots ask for it.",
            valid_from=NOON,
        ),
        SIGNER,
        created=NOON,
    )
    template = Template(document(endorsement=(endorsement,)), signer=SIGNER, created=NOON)

    assert strict_json.loads(template.issue(VALUES)) == generally(VALUES, template)


def test_places_inside_an_embedded_graph_are_left_to_the_general_path() -> None:
    comment = {
        "@context": document()["@context"],
        "id": "urn:x:comment",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": "did:web:guild.example", "type": ["Profile"]},
        "name": "Well done",
        "validFrom": "2026-03-01T12:00:00Z",
        "credentialSubject": {"id": "did:example:mira", "type": ["EndorsementSubject"]},
        "proof": [{"type": "DataIntegrityProof", "nonce": "{{note}}"}],
    }
    template = Template(document(endorsement=(comment,)), signer=SIGNER, created=NOON)

    assert strict_json.loads(template.issue(VALUES)) == generally(VALUES, template)


@pytest.mark.parametrize(
    "value",
    [{"@value": "{{note}}", "@type": "https://x.example/{{tag}}"}, {"@value": "{{note}}"}],
)
def test_a_value_object_may_have_places(value: dict[str, str]) -> None:
    described = changed(document(), "/evidence/0/name", value)
    if "@type" in value:
        with pytest.raises(MalformedCredential, match="structure"):
            Template(described, signer=SIGNER, created=NOON)
        return
    template = Template(described, signer=SIGNER, created=NOON)

    assert strict_json.loads(template.issue(VALUES)) == generally(VALUES, template)


def store_with(text: bytes) -> ContextStore:
    url = "https://harbour.example/context"
    return CONTEXTS.with_file(url, text, sha256(text).hexdigest())


def test_a_place_inside_a_json_literal_is_left_to_the_general_path() -> None:
    contexts = store_with(
        b'{"@context": {"log": {"@id": "https://harbour.example/#log", "@type": "@json"}}}'
    )
    described = document() | {"log": {"crew": ['"{{name}}"']}}
    described["@context"] = [*described["@context"], "https://harbour.example/context"]
    template = Template(described, signer=SIGNER, created=NOON, contexts=contexts)
    values = VALUES | {"name": 'quote " and é'}

    issued = strict_json.loads(template.issue(values))

    assert issued == sign_credential(template.fill(values), SIGNER, created=NOON, contexts=contexts)


def test_words_that_a_context_makes_prefixes_are_left_to_the_general_path() -> None:
    contexts = store_with(
        b'{"@context": {"did": {"@id": "https://harbour.example/did/", "@prefix": true},'
        b' "pier": {"@id": "https://harbour.example/pier/", "@prefix": true}}}'
    )
    described = changed(document(), "/evidence/1/id", "pier:{{log}}")
    described["@context"] = [*described["@context"], "https://harbour.example/context"]
    template = Template(described, signer=SIGNER, created=NOON, contexts=contexts)

    for log in ("7", "//7"):
        values = VALUES | {"log": log}

        issued = answer(partial(template.issue, values))

        assert issued == answer(partial(generally, values, template, contexts))


def test_a_value_that_makes_the_credential_wrong_is_refused() -> None:
    for name, value, code in (
        ("from", "tomorrow", "instant-malformed"),
        ("until", "2020-01-01T00:00:00Z", "window-backwards"),
        ("ended", "2026-02-30", "instant-without-zone"),
        ("holder", "mailto:mira@harbour.example", "lint-email-in-clear"),
        ("name", "mira@harbour.example", "lint-email-in-clear"),
        ("hash", "mira", "lint-identity-hash"),
        ("index", "-1", "lint-status-index"),
        ("level", "urn:x:other", "lint-result-not-described"),
        ("id", "no address", "url-expected"),
    ):
        values = VALUES | {name: value}

        problem = problem_of(values)

        assert problem.code == "not-issued"
        assert code in {found["code"] for found in problem.evidence["findings"]}
        assert code in {found.code for found in TEMPLATE.problems(values)}


def test_advice_does_not_stop_a_template() -> None:
    values = VALUES | {"from": "2026-03-01T13:00:00+01:00", "note": "Ask mira@harbour.example."}

    assert TEMPLATE.problems(values) == []
    assert strict_json.loads(TEMPLATE.issue(values)) == generally(values)


@pytest.mark.parametrize(
    ("values", "code", "name"),
    [
        (
            {name: text for name, text in VALUES.items() if name != "score"},
            "slot-without-value",
            "score",
        ),
        (VALUES | {"sore": "88"}, "slot-unknown", "sore"),
        (VALUES | {"score": 88}, "slot-not-text", "score"),
        (VALUES | {"note": "half \ud800"}, "half-a-character", "note"),
    ],
)
def test_the_places_take_one_text_each(values: dict[str, Any], code: str, name: str) -> None:
    problem = problem_of(values)

    assert problem.code == code
    assert problem.evidence["name"] == name


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/type/1", "{{kind}}"),
        ("/credentialSubject/type", "{{kind}}"),
        ("/@context/1", "{{context}}"),
        ("/evidence/0/name", {"@value": "Log", "@language": "{{language}}"}),
    ],
)
def test_a_place_that_would_change_the_structure_is_refused(pointer: str, value: Any) -> None:
    with pytest.raises(MalformedCredential) as caught:
        Template(changed(credential(), pointer, value), signer=SIGNER, created=NOON)

    assert caught.value.code == "slot-not-possible"


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/credentialSubject/achievement/achievementType", "{{kind}}"),
        ("/credentialSubject/achievement/inLanguage", "{{language}}"),
        ("/credentialSubject/result/0/status", "{{status}}"),
    ],
)
def test_a_word_of_a_list_may_be_left_open(pointer: str, value: str) -> None:
    template = Template(changed(credential(), pointer, value), signer=SIGNER, created=NOON)
    name = value.strip("{}")

    assert template.problems({name: "nonsense!"})
    assert template.issue({name: {"kind": "Badge", "language": "pt-BR"}.get(name, "Completed")})


def test_the_rest_of_the_document_is_linted_once() -> None:
    with pytest.raises(MalformedCredential, match="names no recipient"):
        Template(credential(recipient=Recipient()), signer=SIGNER, created=NOON)


def test_a_member_that_no_context_defines_is_found_behind_a_place() -> None:
    with pytest.raises(CredentialError) as caught:
        Template(
            changed(document(), "/credentialSubject/colour", slot("note")),
            signer=SIGNER,
            created=NOON,
        )

    assert "undefined-term" in {found["code"] for found in caught.value.evidence["findings"]}


def test_a_result_that_can_point_to_nothing_is_refused() -> None:
    described = document(achievement=achievement(result_description=(), tag=(slot("tag"),)))

    with pytest.raises(MalformedCredential) as caught:
        Template(described, signer=SIGNER, created=NOON)

    assert caught.value.code == "not-issued"


def test_another_issuers_key_makes_no_template() -> None:
    with pytest.raises(CredentialError) as caught:
        Template(
            changed(document(), "/issuer/id", "did:web:b.example"), signer=SIGNER, created=NOON
        )

    assert caught.value.code == "key-not-of-issuer"


def test_a_signed_document_makes_no_template() -> None:
    signed = sign_credential(credential(), SIGNER, created=NOON)

    with pytest.raises(MalformedCredential) as caught:
        Template(signed, signer=SIGNER, created=NOON)

    assert caught.value.code == "template-signed"


def test_a_template_can_be_sent_to_another_process() -> None:
    again: Template = pickle.loads(pickle.dumps(TEMPLATE))

    assert again.issue(VALUES) == TEMPLATE.issue(VALUES)


def test_a_text_that_looks_like_our_marker_does_no_harm() -> None:
    described = changed(document(), "/description", "urn:place0-0- and urn:place0-proof-")
    template = Template(described, signer=SIGNER, created=NOON)

    assert strict_json.loads(template.issue(VALUES)) == generally(VALUES, template)
