"""Reading everything people have: one door from bytes or text to what was received.

Nothing here is believed yet and nothing is fetched. What holds no credential is refused with
a code whose sentence says what to ask for instead; a credential that contradicts itself is
read, and the contradiction is among its notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats import pdf, png, strangers, svg
from sealwright.credentials.formats.claims import (
    completed,
    disagreements,
    registered,
    without_registered,
)
from sealwright.credentials.formats.tokens import CompactToken, is_token, parse_token
from sealwright.credentials.model import strict_json
from sealwright.credentials.model.received import (
    VC_1_1_CONTEXT,
    VC_2_0_CONTEXT,
    Kind,
    Received,
    Securing,
    Standard,
    types_of,
)
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.model.strict_json import Traits

MAX_BYTES = strict_json.MAX_BYTES
MAX_CONTAINED = 16
"""Credentials of one presentation."""

OB_1_1_CONTEXT = "https://w3id.org/openbadges/v1"

CREDENTIAL_TYPES = frozenset(
    {
        "VerifiableCredential",
        "OpenBadgeCredential",
        "AchievementCredential",
        "ClrCredential",
        "EndorsementCredential",
    }
)
PRESENTATION_TYPE = "VerifiablePresentation"
ENVELOPES = {
    "EnvelopedVerifiableCredential": Kind.CREDENTIAL,
    "EnvelopedVerifiablePresentation": Kind.PRESENTATION,
}
_SHORT = {Kind.CREDENTIAL: "vc", Kind.PRESENTATION: "vp"}
_DEFINITIONS = frozenset({"Achievement", "BadgeClass", "Issuer", "Profile"})
_STANDARDS = {VC_2_0_CONTEXT: Standard.VC_2_0, VC_1_1_CONTEXT: Standard.VC_1_1}

_NO_CREDENTIAL = frozenset({"input-empty", "no-credential", "no-credential-in-json", "html-page"})
"""What other files that are attached to a PDF turn out to be."""

_LINK = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
# Drafts of VC-JOSE-COSE had other media types, and a semicolon where the comma belongs.
_ENVELOPE = re.compile(
    r"data:application/(?:v[cp][-+])?(?:ld\+)?(?:json\+)?jwt"
    r"(?:;[A-Za-z0-9-]+(?:=[A-Za-z0-9-]+)?)*"
    r"[,;]([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)"
)
_OTHER_ENVELOPES = (("+sd-jwt", "sd-jwt"), ("+cose", "cbor"))


def read(data: bytes | str) -> Received:
    """The one credential, presentation or link in `data`: a file's bytes, or pasted text.

    Reads JSON, compact tokens, enveloped credentials, baked PNG and SVG images, and what is
    attached to a PDF. Raises `UnreadableInput`, and nothing else, for whatever holds none.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInput("input-too-large", limit=MAX_BYTES)
    if isinstance(data, str):
        return _read_text(data, ())
    if data.startswith(png.SIGNATURE):
        return _read_text(png.extract(data), ("png",))
    if data.startswith(pdf.SIGNATURE):
        return attached_to(data)[1]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableInput(strangers.name_of_bytes(data)) from None
    return _read_text(text, ())


def attached_to(document: bytes) -> tuple[str, Received]:
    """The one credential or presentation attached to a PDF, as its text and as it was read.

    Further files may be attached; a second credential may not, nor anything that another
    reader could take for one. Raises `UnreadableInput`.
    """
    found = []
    for text in pdf.attached(document):
        try:
            received = _read_text(text, ("pdf",))
        except UnreadableInput as problem:
            if problem.code in _NO_CREDENTIAL:
                continue
            raise
        if received.kind is not Kind.LINK:
            found.append((text.strip(), received))
    if len(found) > 1:
        raise UnreadableInput("pdf-with-several-credentials", count=len(found))
    if not found:
        raise _nothing_attached(document)
    return found[0]


def _nothing_attached(document: bytes) -> UnreadableInput:
    """What to do about a PDF that carries nothing; a single link on it may lead further."""
    addresses = pdf.links(document)
    if len(addresses) == 1:
        return UnreadableInput("pdf-with-a-link", link=addresses[0][:300])
    return UnreadableInput("pdf-without-credential")


def read_value(
    value: object, layers: tuple[str, ...] = (), traits: Traits = strict_json.UNKNOWN
) -> Received:
    """The same for JSON that is parsed already, by `strict_json`: an object or a token.

    A list or a text may wrap one credential. `layers` names what it was taken from, `traits`
    are those of the text that it was parsed from.
    """
    if isinstance(value, dict):
        return _read_object(value, layers, traits)
    if isinstance(value, str) and is_token(value):
        return _read_token(value, (*layers, "json-string"))
    if isinstance(value, list) and "array" not in layers:
        if len(value) == 1:
            # The text spells the array, not the document that is learnt from.
            inner = traits._replace(spelling=None)
            return read_value(value[0], (*layers, "array"), inner)
        if len(value) > 1 and all(isinstance(item, dict | str) for item in value):
            raise UnreadableInput("several-credentials", count=len(value))
    raise UnreadableInput("no-credential-in-json")


def _read_text(text: str, layers: tuple[str, ...]) -> Received:
    text = text.strip()
    if not text:
        raise UnreadableInput("input-empty")
    if text.startswith("\ufeff<"):  # XML may begin with a byte order mark, JSON may not
        text = text[1:]
    if text[0] in '{["\ufeff':
        value, traits = strict_json.loads_with_traits(text)
        return read_value(value, layers, traits)
    if text[0] == "<" and not layers and svg.is_svg(text):
        return _read_text(svg.extract(text.encode("utf-8", "surrogatepass")), ("svg",))
    if is_token(text):
        return _read_token(text, layers)
    if _LINK.fullmatch(text):
        return Received({}, Standard.NONE, Securing.NONE, Kind.LINK, layers=layers, link=text)
    raise UnreadableInput(strangers.name_of_text(text))


def _read_object(
    document: dict[str, Any], layers: tuple[str, ...], traits: Traits = strict_json.UNKNOWN
) -> Received:
    types = types_of(document)
    if not ENVELOPES.keys().isdisjoint(types):
        envelope = next(name for name in ENVELOPES if name in types)
        return _read_envelope(document, ENVELOPES[envelope], layers)
    kind, standard = _recognised(document, types)
    if standard is Standard.OB_2_0:
        return Received(document, standard, _securing_of_assertion(document), layers=layers)
    securing = Securing.DATA_INTEGRITY if document.get("proof") else Securing.NONE
    return _with_contained(
        Received(document, standard, securing, kind, layers=layers, traits=traits)
    )


def _recognised(document: Mapping[str, Any], types: tuple[str, ...]) -> tuple[Kind, Standard]:
    """What sort of document this is. Raises `UnreadableInput` where it is none of ours."""
    if not CREDENTIAL_TYPES.isdisjoint(types):
        return Kind.CREDENTIAL, _standard(document)
    if PRESENTATION_TYPE in types:
        return Kind.PRESENTATION, _standard(document)
    if _is_open_badges_1(document, types):
        raise UnreadableInput("open-badges-1")
    if "Assertion" in types:
        return Kind.CREDENTIAL, Standard.OB_2_0
    if "vct" in document:
        raise UnreadableInput("sd-jwt")
    if not _DEFINITIONS.isdisjoint(types):
        raise UnreadableInput("definition-not-award")
    raise UnreadableInput("no-credential-in-json")


def _standard(document: Mapping[str, Any]) -> Standard:
    """The data model by the first context that names one; without any, the newer one."""
    for url in _contexts(document):
        if url in _STANDARDS:
            return _STANDARDS[url]
    return Standard.VC_2_0


def _contexts(document: Mapping[str, Any]) -> list[str]:
    given = document.get("@context")
    entries = given if isinstance(given, list) else [given]
    return [entry for entry in entries if isinstance(entry, str)]


def _is_open_badges_1(document: Mapping[str, Any], types: tuple[str, ...]) -> bool:
    """1.1 by its context; 1.0 had neither context nor type."""
    if OB_1_1_CONTEXT in _contexts(document):
        return True
    return not types and "@context" not in document and {"badge", "recipient"} <= document.keys()


def _securing_of_assertion(document: Mapping[str, Any]) -> Securing:
    """An assertion in plain JSON is hosted, unless it says that it ought to be signed.

    https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#VerificationObject
    """
    verification = document.get("verification")
    types = types_of(verification) if isinstance(verification, dict) else ()
    return Securing.NONE if {"SignedBadge", "signed"} & set(types) else Securing.HOSTED


def _read_envelope(document: Mapping[str, Any], kind: Kind, layers: tuple[str, ...]) -> Received:
    """The token in the `data:` URL of an enveloped credential or presentation.

    https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials
    """
    address = document.get("id")
    if not isinstance(address, str) or VC_2_0_CONTEXT not in _contexts(document):
        raise UnreadableInput("envelope-malformed")
    media_type = address[:80].partition(",")[0].lower()
    for suffix, code in _OTHER_ENVELOPES:
        if suffix in media_type:
            raise UnreadableInput(code)
    match = _ENVELOPE.fullmatch(address)
    if match is None:
        raise UnreadableInput("envelope-malformed")
    received = _read_token(match.group(1), (*layers, "enveloped"))
    if received.kind is not kind:
        raise UnreadableInput("envelope-malformed")
    return received


def _read_token(text: str, layers: tuple[str, ...]) -> Received:
    token = parse_token(text)
    payload = strict_json.loads(token.payload)
    if not isinstance(payload, dict):
        raise UnreadableInput("no-credential-in-token")
    if "vc" in payload or "vp" in payload:
        return _of_vc_1_1_token(token, payload, layers)
    kind, standard = _recognised(payload, types_of(payload))
    if standard is Standard.OB_2_0:
        return Received(
            payload,
            standard,
            Securing.SIGNED_OB2,
            token=token.text,
            header=token.header,
            layers=(*layers, "ob2-jws"),
        )
    claims = registered(payload)
    document = without_registered(payload)
    layers = (*layers, f"{_SHORT[kind]}-jose")
    return _of_token(token, document, claims, kind, standard, layers)


def _of_vc_1_1_token(
    token: CompactToken, payload: Mapping[str, Any], layers: tuple[str, ...]
) -> Received:
    """The document in the claim `vc` or `vp`, completed by the other claims.

    A payload that is a document of its own as well could be read either way.
    """
    if ("vc" in payload and "vp" in payload) or "@context" in payload or "type" in payload:
        raise UnreadableInput("token-ambiguous")
    wrapped = payload.get("vc", payload.get("vp"))
    if not isinstance(wrapped, dict):
        raise UnreadableInput("no-credential-in-token")
    kind, standard = _recognised(wrapped, types_of(wrapped))
    if _SHORT[kind] not in payload or standard is Standard.OB_2_0:
        raise UnreadableInput("no-credential-in-token")
    claims = registered(payload)
    document = completed(wrapped, claims, kind, standard)
    return _of_token(token, document, claims, kind, standard, (*layers, f"{_SHORT[kind]}-jwt"))


def _of_token(
    token: CompactToken,
    document: dict[str, Any],
    claims: Mapping[str, Any],
    kind: Kind,
    standard: Standard,
    layers: tuple[str, ...],
) -> Received:
    return _with_contained(
        Received(
            document,
            standard,
            Securing.JOSE,
            kind,
            token=token.text,
            header=token.header,
            claims=claims,
            layers=layers,
            notes=disagreements(document, claims, kind, standard),
        )
    )


def _with_contained(received: Received) -> Received:
    """A presentation with its credentials read; one that cannot be read is a finding.

    https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations
    """
    if received.kind is not Kind.PRESENTATION:
        return received
    given = received.document.get("verifiableCredential")
    entries = given if isinstance(given, list) else [given] if given is not None else []
    if len(entries) > MAX_CONTAINED:
        raise UnreadableInput("too-many-credentials", count=len(entries), limit=MAX_CONTAINED)
    contained: list[Received] = []
    notes = list(received.notes)
    for index, entry in enumerate(entries):
        pointer = f"/verifiableCredential/{index}" if given is entries else "/verifiableCredential"
        try:
            contained.append(_contained(entry, received.standard))
        except UnreadableInput as problem:
            evidence = {**problem.evidence, "pointer": pointer}
            notes.append(Finding("structure", Outcome.FAILED, problem.code, evidence))
    return replace(received, contained=tuple(contained), notes=tuple(notes))


def _contained(entry: object, standard: Standard) -> Received:
    """One credential of a presentation: an object, in VC 1.1 a token as well."""
    if isinstance(entry, str) and standard is Standard.VC_1_1:
        received = _read_token(entry, ())
    elif isinstance(entry, dict) and PRESENTATION_TYPE not in types_of(entry):
        received = _read_object(entry, ())
    else:
        raise UnreadableInput("presentation-entry")
    if received.kind is not Kind.CREDENTIAL:
        raise UnreadableInput("presentation-entry")
    return received
