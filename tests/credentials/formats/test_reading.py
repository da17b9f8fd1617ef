"""One door for everything people have."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats import images
from sealwright.credentials.formats.reading import MAX_BYTES, MAX_CONTAINED, read, read_value
from sealwright.credentials.model.received import Kind, Received, Securing, Standard
from sealwright.credentials.model.strict_json import UNKNOWN
from tests.credentials.formats.pictures import chunk, element, international, png, svg
from tests.credentials.formats.samples import (
    OB2,
    VC1,
    VC2,
    achievement,
    assertion,
    b64,
    badge,
    compact,
    presentation,
)

PROOF = {"type": "DataIntegrityProof"}
ISSUER = "did:web:provider.example.edu"
LINK = "https://provider.example.edu/assertions/1"


def code_of(data: bytes | str) -> str:
    with pytest.raises(UnreadableInput) as caught:
        read(data)
    assert str(caught.value) != caught.value.code
    return caught.value.code


def read_json(document: object) -> Received:
    return read(json.dumps(document))


def enveloped(
    token: str, *, media_type: str = "application/vc+jwt", kind: str = "Credential", **changes: Any
) -> dict[str, Any]:
    return {
        "@context": [VC2],
        "type": f"EnvelopedVerifiable{kind}",
        "id": f"data:{media_type},{token}",
    } | changes


# JSON


def test_a_signed_badge_in_json_is_read_as_it_is() -> None:
    document = badge(proof=[PROOF], evidence=[]) | {"name": None}

    received = read(json.dumps(document).encode())

    assert received.document == document
    assert received.kind is Kind.CREDENTIAL
    assert received.standard is Standard.VC_2_0
    assert received.securing is Securing.DATA_INTEGRITY
    assert received.is_open_badge
    assert (received.token, received.header, received.layers) == (None, None, ())


def test_the_traits_of_a_text_go_with_the_document_that_it_spells() -> None:
    text = json.dumps([{"@context": [VC2], "type": ["VerifiableCredential"]}])

    received = read(text)

    assert received.traits[:2] == (True, True)
    assert read_value(received.document).traits == UNKNOWN


def test_white_space_around_a_credential_is_no_part_of_it() -> None:
    assert read("\n\t " + json.dumps(badge()) + "\u00a0\r\n").document == badge()
    assert read("\n " + compact(badge()) + " \n").token == compact(badge())


@pytest.mark.parametrize(
    ("contexts", "standard"),
    [
        ([VC2], Standard.VC_2_0),
        (VC2, Standard.VC_2_0),
        ([VC1], Standard.VC_1_1),
        (["https://example.org/", {"a": "b"}, VC1, VC2], Standard.VC_1_1),
        ([], Standard.VC_2_0),
        (7, Standard.VC_2_0),
    ],
)
def test_the_data_model_is_known_by_its_context(contexts: object, standard: Standard) -> None:
    received = read_json(badge(**{"@context": contexts}))

    assert received.standard is standard
    assert received.securing is Securing.NONE


@pytest.mark.parametrize(
    "name",
    ["VerifiableCredential", "OpenBadgeCredential", "AchievementCredential", "ClrCredential"],
)
def test_every_type_of_credential_is_known(name: str) -> None:
    assert read_json(badge(type=[7, name])).kind is Kind.CREDENTIAL
    assert read_json(badge(type=name)).kind is Kind.CREDENTIAL


def test_only_some_credentials_are_open_badges() -> None:
    assert not read_json(badge(type="VerifiableCredential")).is_open_badge
    assert read_json(assertion()).is_open_badge


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({}, "no-credential-in-json"),
        ([], "no-credential-in-json"),
        (["a"], "no-credential-in-json"),
        ({"type": "Person"}, "no-credential-in-json"),
        ({"type": {"a": 1}}, "no-credential-in-json"),
        (badge(type=None), "no-credential-in-json"),
        ([badge(), badge()], "several-credentials"),
        ([1, 2], "no-credential-in-json"),
        ([[badge()]], "no-credential-in-json"),
        ("hello", "no-credential-in-json"),
        (achievement(), "definition-not-award"),
        ({"@context": OB2, "type": "BadgeClass"}, "definition-not-award"),
        ({"vct": "https://example.org/badge"}, "sd-jwt"),
        ({"recipient": "sha256$aa", "badge": {}, "verify": {}}, "open-badges-1"),
        (
            {"@context": "https://w3id.org/openbadges/v1", "type": "Assertion", "badge": LINK},
            "open-badges-1",
        ),
    ],
)
def test_json_that_is_no_credential_is_named(document: object, code: str) -> None:
    assert code_of(json.dumps(document)) == code


def test_a_list_or_a_text_may_wrap_one_credential() -> None:
    token = compact(badge())

    assert read_json([badge()]).layers == ("array",)
    assert read_json(token).layers == ("json-string", "vc-jose")
    assert read_json([token]).layers == ("array", "json-string", "vc-jose")
    assert read_value(badge()).document == badge()


# Open Badges 2.0


@pytest.mark.parametrize(
    ("verification", "securing"),
    [
        ({"type": "HostedBadge"}, Securing.HOSTED),
        ({"type": "hosted"}, Securing.HOSTED),
        (None, Securing.HOSTED),
        ({"type": "SignedBadge"}, Securing.NONE),
        ({"type": ["signed"]}, Securing.NONE),
    ],
)
def test_an_assertion_in_json_is_hosted_unless_it_ought_to_be_signed(
    verification: object, securing: Securing
) -> None:
    received = read_json(assertion(verification=verification))

    assert received.standard is Standard.OB_2_0
    assert received.securing is securing


def test_a_signed_assertion_is_its_payload_whole() -> None:
    payload = assertion(verification={"type": "SignedBadge"}, iss="x")

    received = read(compact(payload, {"alg": "RS256"}))

    assert received.document == payload
    assert received.securing is Securing.SIGNED_OB2
    assert received.layers == ("ob2-jws",)
    assert received.header == {"alg": "RS256"}


# Tokens


def test_a_token_around_a_whole_credential_gives_the_credential() -> None:
    claims = {
        "iss": ISSUER,
        "jti": badge()["id"],
        "sub": "did:example:learner",
        "nbf": 1772355600,
        "exp": 1803891600,
    }
    document = badge(validUntil="2027-03-01T09:00:00Z")

    received = read(compact(document | claims))

    assert received.document == document
    assert received.securing is Securing.JOSE
    assert received.claims == claims
    assert received.header == {"alg": "EdDSA", "typ": "JWT"}
    assert received.token == compact(document | claims)
    assert received.layers == ("vc-jose",)
    assert received.notes == ()


def test_a_token_of_version_1_1_gets_its_claims_put_back() -> None:
    inner = badge(
        **{"@context": [VC1]},
        id=None,
        issuer={"type": ["Profile"], "name": "Provider"},
        validFrom=None,
        credentialSubject={"type": ["AchievementSubject"], "achievement": achievement()},
    )
    claims = {
        "iss": ISSUER,
        "jti": "urn:uuid:1",
        "sub": "did:example:learner",
        "nbf": 1772355600,
        "exp": 1803891600.5,
    }

    received = read(compact({"vc": inner, **claims}))

    assert received.document == inner | {
        "id": "urn:uuid:1",
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Provider"},
        "issuanceDate": "2026-03-01T09:00:00Z",
        "expirationDate": "2027-03-01T09:00:00Z",
        "credentialSubject": {"id": "did:example:learner", **inner["credentialSubject"]},
    }
    assert received.standard is Standard.VC_1_1
    assert received.layers == ("vc-jwt",)
    assert received.claims == claims
    assert received.notes == ()


def test_what_version_1_1_left_out_wholly_comes_from_the_claims() -> None:
    inner = {"@context": [VC1], "type": "VerifiableCredential"}

    received = read(compact({"vc": inner, "iss": ISSUER, "sub": "did:example:learner"}))

    assert received.document == inner | {
        "issuer": ISSUER,
        "credentialSubject": {"id": "did:example:learner"},
    }


def test_a_credential_of_version_2_0_in_an_old_token_gets_its_own_members() -> None:
    received = read(compact({"vc": badge(validFrom=None), "nbf": 1772355600}))

    assert received.document == badge()
    assert received.standard is Standard.VC_2_0


@pytest.mark.parametrize("wrap", [lambda inner: inner, lambda inner: {"vc": inner}])
@pytest.mark.parametrize(
    ("claims", "claim", "code"),
    [
        ({"iss": "did:example:other"}, "iss", "claim-disagrees"),
        ({"iss": None}, "iss", "claim-disagrees"),
        ({"iss": ["x"]}, "iss", "claim-disagrees"),
        ({"jti": "urn:uuid:2"}, "jti", "claim-disagrees"),
        ({"sub": "did:example:other"}, "sub", "claim-disagrees"),
        ({"nbf": 1772355601}, "nbf", "claim-disagrees"),
        ({"nbf": "2026-03-01T09:00:00Z"}, "nbf", "claim-malformed"),
        ({"nbf": True}, "nbf", "claim-malformed"),
        ({"exp": 1803891599}, "exp", "claim-disagrees"),
        ({"exp": 10**400}, "exp", "claim-malformed"),
    ],
)
def test_a_claim_that_says_something_else_is_a_failed_finding(
    wrap: Any, claims: dict[str, Any], claim: str, code: str
) -> None:
    document = badge(validUntil="2027-03-01T09:00:00Z")

    received = read(compact(wrap(document) | claims))

    assert [(each.code, each.evidence["claim"]) for each in received.notes] == [(code, claim)]
    assert [each.outcome for each in received.notes] == ["failed"]
    assert [each.check for each in received.notes] == ["structure"]


@pytest.mark.parametrize(
    "claims",
    [
        {"nbf": 1772355600.9, "iat": 5, "aud": "x", "nonce": 1, "cnf": {}},
        {"exp": 1803891600},
        {},
    ],
)
def test_a_claim_that_the_document_says_nothing_about_contradicts_nothing(
    claims: dict[str, Any],
) -> None:
    assert read(compact(badge() | claims)).notes == ()


def test_the_subject_claim_may_name_any_of_several_subjects() -> None:
    subjects = [{"id": "did:example:a"}, "did:example:b", {"name": "c"}, 7]

    assert read(compact(badge(credentialSubject=subjects) | {"sub": "did:example:b"})).notes == ()
    assert read(compact(badge(credentialSubject=[{}]) | {"sub": "did:example:b"})).notes == ()


def test_malformed_dates_are_left_to_the_structure_check() -> None:
    assert read(compact(badge(validFrom="soon") | {"nbf": 1772355600})).notes == ()


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ([], "no-credential-in-token"),
        ("text", "no-credential-in-token"),
        ({"vc": 1}, "no-credential-in-token"),
        ({"vc": None}, "no-credential-in-token"),
        ({"vc": presentation()}, "no-credential-in-token"),
        ({"vp": badge()}, "no-credential-in-token"),
        ({"vc": assertion()}, "no-credential-in-token"),
        ({"vc": badge(), "vp": presentation()}, "token-ambiguous"),
        ({"vc": badge()} | badge(), "token-ambiguous"),
        ({"vc": badge(), "type": "x"}, "token-ambiguous"),
        ({"sub": "somebody"}, "no-credential-in-json"),
        ({"vct": "https://example.org/badge", "_sd": []}, "sd-jwt"),
        (achievement(), "definition-not-award"),
    ],
)
def test_a_token_without_one_credential_is_refused(payload: object, code: str) -> None:
    assert code_of(compact(payload)) == code


def test_a_token_with_a_member_given_twice_is_refused() -> None:
    twice = b'{"@context": [], "type": "VerifiableCredential", "type": "x"}'

    assert code_of(f"{b64(b'{}')}.{b64(twice)}.") == "token-malformed"
    assert code_of(f'{b64(b"""{"alg":"none"}""")}.{b64(twice)}.') == "json-duplicate-member"


# Envelopes


@pytest.mark.parametrize(
    "media_type",
    [
        "application/vc+jwt",
        "application/vc+ld+jwt",
        "application/vc+ld+json+jwt",
        "application/vc-ld+jwt;base64url",
        "application/vc+jwt;charset=utf-8",
        "application/vp+jwt",
        "application/jwt",
    ],
)
@pytest.mark.parametrize("separator", [",", ";"])
def test_an_envelope_is_opened(media_type: str, separator: str) -> None:
    address = f"data:{media_type}{separator}{compact(badge())}"

    received = read_json(enveloped("", id=address))

    assert received.document == badge()
    assert received.layers == ("enveloped", "vc-jose")


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (enveloped(compact(badge())) | {"@context": []}, "envelope-malformed"),
        (enveloped(compact(badge()), id=LINK), "envelope-malformed"),
        (enveloped(compact(badge()), id=7), "envelope-malformed"),
        (enveloped(compact(badge()), media_type="text/plain"), "envelope-malformed"),
        (enveloped(compact(presentation())), "envelope-malformed"),
        (enveloped("a.b.c~", media_type="application/vc+sd-jwt"), "sd-jwt"),
        (enveloped("o2M", media_type="application/vc+cose;base64"), "cbor"),
        (enveloped(compact(enveloped(compact(badge())))), "no-credential-in-json"),
        (enveloped("x"), "envelope-malformed"),
        (enveloped(";a" * 30_000), "envelope-malformed"),
        (enveloped("YR.YR.YR"), "token-malformed"),
    ],
)
def test_an_envelope_that_is_not_well_formed_is_refused(
    document: dict[str, Any], code: str
) -> None:
    assert code_of(json.dumps(document)) == code


# Presentations


def test_a_presentation_gives_its_credentials() -> None:
    token = compact(badge(id="urn:uuid:2"))

    received = read_json(presentation(badge(), enveloped(token), proof=PROOF))

    assert received.kind is Kind.PRESENTATION
    assert received.securing is Securing.DATA_INTEGRITY
    assert [each.document["id"] for each in received.contained] == [badge()["id"], "urn:uuid:2"]
    assert [each.layers for each in received.contained] == [(), ("enveloped", "vc-jose")]
    assert received.notes == ()


def test_a_presentation_may_hold_one_credential_without_a_list_or_none() -> None:
    one = presentation() | {"verifiableCredential": badge()}
    none = presentation() | {"verifiableCredential": None}

    assert [each.document for each in read_json(one).contained] == [badge()]
    assert (read_json(none).contained, read_json(none).notes) == ((), ())


def test_a_presentation_may_be_a_token_of_either_version() -> None:
    claims = {"iss": "did:example:learner", "aud": "x", "nonce": "n", "exp": 1}
    old = presentation(compact({"vc": badge(**{"@context": [VC1]})}), **{"@context": [VC1]})
    del old["holder"]

    new_token = read(compact(presentation(enveloped(compact(badge()))) | claims))
    old_token = read(compact({"vp": old, **claims}))
    envelope = read_json(
        enveloped(compact(presentation()), media_type="application/vp+jwt", kind="Presentation")
    )

    assert (new_token.kind, new_token.layers) == (Kind.PRESENTATION, ("vp-jose",))
    assert new_token.claims == claims
    assert (old_token.kind, old_token.layers) == (Kind.PRESENTATION, ("vp-jwt",))
    assert old_token.document["holder"] == "did:example:learner"
    assert old_token.contained[0].layers == ("vc-jwt",)
    assert envelope.layers == ("enveloped", "vp-jose")
    assert (new_token.notes, old_token.notes, envelope.notes) == ((), (), ())


def test_the_token_of_a_presentation_must_name_its_holder() -> None:
    received = read(compact(presentation() | {"iss": "did:example:other"}))

    assert [each.code for each in received.notes] == ["claim-disagrees"]
    assert received.notes[0].evidence == {"claim": "iss", "pointer": "/holder"}


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (compact(badge()), "presentation-entry"),
        (presentation(), "presentation-entry"),
        (7, "presentation-entry"),
        ({"id": "urn:uuid:1"}, "no-credential-in-json"),
        (enveloped("x"), "envelope-malformed"),
        (enveloped(compact(presentation()), kind="Presentation"), "presentation-entry"),
    ],
)
def test_what_is_presented_and_cannot_be_read_is_a_failed_finding(entry: object, code: str) -> None:
    received = read_json(presentation(badge(), entry))
    alone = read_json(presentation() | {"verifiableCredential": entry})

    assert len(received.contained) == 1
    assert [(each.code, each.outcome) for each in received.notes] == [(code, "failed")]
    assert received.notes[0].evidence["pointer"] == "/verifiableCredential/1"
    assert alone.notes[0].evidence["pointer"] == "/verifiableCredential"


def test_a_presentation_of_too_many_credentials_is_refused() -> None:
    entries = [badge()] * (MAX_CONTAINED + 1)

    assert code_of(json.dumps(presentation(*entries))) == "too-many-credentials"


# Images and links


@pytest.mark.parametrize(
    "payload", [json.dumps(badge()), compact(badge()), json.dumps(assertion())]
)
def test_a_baked_picture_gives_its_credential(payload: str) -> None:
    plain = read(payload)

    from_png = read(images.bake(png(), payload))
    from_svg = read(images.bake(svg(), payload))
    from_pasted_svg = read(images.bake(svg(), payload).decode())

    assert from_png.document == from_svg.document == from_pasted_svg.document == plain.document
    assert from_png.layers == ("png", *plain.layers)
    assert from_svg.layers == from_pasted_svg.layers == ("svg", *plain.layers)


def test_a_picture_may_begin_with_a_byte_order_mark_where_it_is_xml() -> None:
    assert read(images.bake(svg(before="\ufeff"), compact(badge()))).document == badge()


def test_a_link_is_received_for_the_caller_to_follow() -> None:
    baked = read(png(chunk(b"tEXt", b"openbadges\0" + LINK.encode())))
    hosted = element("assertion", namespace="http://openbadges.org", verify=LINK)

    assert read(f" {LINK}\n").kind is Kind.LINK
    assert read(LINK).link == baked.link == read(svg(hosted)).link == LINK
    assert (baked.layers, baked.document, baked.securing) == (("png",), {}, Securing.NONE)
    assert baked.standard is Standard.NONE
    assert not baked.is_open_badge


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (png(), "image-without-credential"),
        (svg(), "image-without-credential"),
        (png(international("openbadgecredential", svg())), "html-page"),
        (png(international("openbadgecredential", b"hello")), "no-credential"),
        (png(international("openbadgecredential", b"{}")), "no-credential-in-json"),
        (svg(before="<!DOCTYPE svg>"), "svg-with-doctype"),
    ],
)
def test_a_picture_without_a_credential_is_refused(image: bytes, code: str) -> None:
    assert code_of(image) == code


# Strangers


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "input-empty"),
        (b" \n", "input-empty"),
        ("hello", "no-credential"),
        ("did:web:provider.example.edu", "no-credential"),
        ("https://", "no-credential"),
        ("https://a.example/ https://b.example/", "no-credential"),
        ("\ufeff{}", "json-byte-order-mark"),
        ("\ufeffhello", "json-byte-order-mark"),
        (b"\xef\xbb\xbf{}", "json-byte-order-mark"),
        ('{"a": 1', "json-syntax"),
        (b'{"a": "\xff"}', "json-not-utf-8"),
        ("{}".encode("utf-16"), "json-not-utf-8"),
        ("eyJ.eyJ.eyJ~eyJ~", "sd-jwt"),
        ("a.b.c.d.e", "token-encrypted"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"GIF89a\1\0\1\0\x80", "picture"),
        (b"GIF89a\1\0\1\0", "picture"),
        (b"RIFF\xff\0\0\0WEBPVP8 ", "picture"),
        (b"\0\0\0\x18ftypheic\xff", "picture"),
        (b"PK\x03\x04\xff", "archive"),
        (b"PK\x03\x04", "archive"),
        (b"\xa2gversion", "cbor"),
        (b"\xd2\x84\x43\xa1", "cbor"),
        (b"\x84\x43\xa1", "cbor"),
        (b"\x00\xff", "json-not-utf-8"),
        ("<!DOCTYPE html><html></html>", "html-page"),
        ("<html><svg/></html>", "html-page"),
        ("openid-credential-offer://?credential_offer_uri=x", "wallet-invitation"),
        ("-----BEGIN PRIVATE KEY-----", "key-or-certificate"),
        ("<svg>\ud800</svg>", "svg-damaged"),
        ('{"a": "\ud800"}', "json-lone-surrogate"),
        ("\ud800", "no-credential"),
    ],
)
def test_what_is_no_credential_is_named(data: bytes | str, code: str) -> None:
    assert code_of(data) == code


@pytest.mark.parametrize("data", [b" " * (MAX_BYTES + 1), " " * (MAX_BYTES + 1)])
def test_input_is_capped_before_anything_is_looked_at(data: bytes | str) -> None:
    assert code_of(data) == "input-too-large"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
TYPES = st.sampled_from(
    [
        "VerifiableCredential",
        "VerifiablePresentation",
        "EnvelopedVerifiableCredential",
        "EnvelopedVerifiablePresentation",
        "Assertion",
        "BadgeClass",
    ]
)
ODD_DOCUMENTS = st.fixed_dictionaries(
    {"type": TYPES | st.lists(TYPES | JSON, max_size=3)},
    optional={
        "@context": JSON,
        "issuer": JSON,
        "holder": JSON,
        "credentialSubject": JSON,
        "verifiableCredential": JSON,
        "validFrom": JSON,
        "verification": JSON,
        "id": JSON,
        "jti": JSON,
        "iss": JSON,
        "sub": JSON,
        "nbf": JSON,
        "exp": JSON,
        "vc": JSON,
    },
)


@given(
    st.binary()
    | st.text()
    | JSON.map(json.dumps)
    | ODD_DOCUMENTS.map(json.dumps)
    | ODD_DOCUMENTS.map(compact)
    | ODD_DOCUMENTS.map(lambda inner: compact({"vc": inner}))
    | ODD_DOCUMENTS.map(lambda inner: compact({"vp": inner, "iss": "x", "sub": 1, "nbf": 1}))
    | ODD_DOCUMENTS.map(lambda inner: json.dumps(presentation(inner, enveloped(compact(inner)))))
)
@example('{"type": "VerifiablePresentation", "verifiableCredential": null}')
def test_any_input_is_read_or_refused(data: bytes | str) -> None:
    try:
        received = read(data)
    except UnreadableInput:
        return

    assert isinstance(received.document, dict)
