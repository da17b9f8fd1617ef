"""The shape of one message, and the addresses of the standards that messages point to."""

from __future__ import annotations

from typing import NamedTuple

VC2 = "https://www.w3.org/TR/vc-data-model-2.0/"
VC1 = "https://www.w3.org/TR/vc-data-model/"
DATA_INTEGRITY = "https://www.w3.org/TR/vc-data-integrity/"
EDDSA = "https://www.w3.org/TR/vc-di-eddsa/"
ECDSA = "https://www.w3.org/TR/vc-di-ecdsa/"
JOSE_COSE = "https://www.w3.org/TR/vc-jose-cose/"
BITSTRING = "https://www.w3.org/TR/vc-bitstring-status-list/"
CID = "https://www.w3.org/TR/cid-1.0/"
DID_WEB = "https://w3c-ccg.github.io/did-method-web/"
DID_KEY = "https://w3c-ccg.github.io/did-key-spec/"
DID_JWK = "https://github.com/quartzjer/did-jwk/blob/main/spec.md"
OB3 = "https://www.imsglobal.org/spec/ob/v3p0/"
OB2 = "https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html"
RDF_CANON = "https://www.w3.org/TR/rdf-canon/"
JSON_LD = "https://www.w3.org/TR/json-ld11/"
RFC8259 = "https://www.rfc-editor.org/rfc/rfc8259"
RFC7515 = "https://www.rfc-editor.org/rfc/rfc7515"
RFC7517 = "https://www.rfc-editor.org/rfc/rfc7517"
RFC7518 = "https://www.rfc-editor.org/rfc/rfc7518"
RFC8032 = "https://www.rfc-editor.org/rfc/rfc8032"
RFC8785 = "https://www.rfc-editor.org/rfc/rfc8785"
FIPS186 = "https://csrc.nist.gov/pubs/fips/186-5/final"
RFC3339 = "https://www.rfc-editor.org/rfc/rfc3339"


class Message(NamedTuple):
    """`text` is a sentence with `{parameters}`; `clause` an address with a fragment, or ''."""

    text: str
    clause: str = ""
