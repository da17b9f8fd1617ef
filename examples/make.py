"""Makes every file in this folder: `python examples/make.py`.

People, colleges and addresses are made up. The keys are made from phrases that stand here
for everybody to read, so they prove nothing to anybody: EXAMPLES ONLY, never for real use.
Keys, dates and ids are fixed, so that the same files come out every time.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256, shake_256
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from sealwright.credentials.dids import VerificationMethod, did_web_document
from sealwright.credentials.formats.images import bake
from sealwright.credentials.issue import (
    Achievement,
    Alignment,
    Criteria,
    Evidence,
    Image,
    Profile,
    Recipient,
    Result,
    ResultDescription,
    RubricCriterionLevel,
    StatusEntry,
    build_credential,
    build_endorsement,
    sign_credential,
    sign_token,
)
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import KeyKind, LocalSigner
from sealwright.credentials.keys.multibase import base64url_decode, base64url_encode
from sealwright.credentials.proofs import add_proof
from sealwright.credentials.status import encode_list, status_list_credential

HERE = Path(__file__).parent
SITE = "https://harbour-college.example"
COLLEGE = "did:web:harbour-college.example"
STATUS = f"{SITE}/status/1"
SUSPENDED = f"{SITE}/status/2"
GONE = "https://gone.example/status/1"
OWN_CONTEXT = "https://harbour-college.example/context.json"
PROGRAMME = f"{SITE}/programmes/coastal-navigation/versions/2"
EXAM, PASSAGE, MASTERED = (UUID(int=number).urn for number in (0xE1, 0xE2, 0xE3))

CREATED = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHECKED = datetime(2026, 9, 1, 12, tzinfo=UTC)
"""As of when the expected verdicts hold."""

REVOKED_INDEX, SUSPENDED_INDEX = 4711, 99_000


def entropy(phrase: str) -> Callable[[int], bytes]:
    """Bytes that everybody can make again. Never use this for a real key."""
    return lambda size: shake_256(f"sealwright, examples only: {phrase}".encode()).digest(size)


def key(kind: KeyKind, phrase: str, method: str = "") -> LocalSigner:
    return LocalSigner.generate(kind, entropy=entropy(phrase), verification_method=method)


SELF = key(KeyKind.ED25519, "the college's own key")
ED25519 = key(KeyKind.ED25519, "ed25519", f"{COLLEGE}#key-1")
P256 = key(KeyKind.P256, "p-256", f"{COLLEGE}#key-2")
P384 = key(KeyKind.P384, "p-384", f"{COLLEGE}#key-3")
RSA = LocalSigner.from_jwk(
    json.loads((HERE / "rsa-key.json").read_text("utf-8"))["key"],
    verification_method=f"{COLLEGE}#key-4",
)
STOLEN = key(KeyKind.ED25519, "stolen", f"{COLLEGE}#key-0")
STRANGER = key(KeyKind.ED25519, "somebody else's", f"{COLLEGE}#key-9")
LIGHTHOUSE = key(KeyKind.ED25519, "lighthouse")
GUILD = key(KeyKind.ED25519, "guild")


def issuer(signer: LocalSigner = SELF, name: str = "Harbour College") -> Profile:
    return Profile(id=signer.verification_method.partition("#")[0], name=name, url=f"{SITE}/")


def achievement(**changes: Any) -> Achievement:
    given: dict[str, Any] = {
        "id": PROGRAMME,
        "name": "Coastal Navigation",
        "description": "Plan and sail a passage along a coast, by day and by night.",
        "criteria": Criteria(narrative="Navigate a passage of 60 miles, and pass the exam."),
        "image": Image(id=f"{SITE}/navigation.png", caption="A compass rose"),
        "alignment": (
            Alignment(
                target_name="plot shipping navigation routes",
                target_url="https://skills.example/sea/plot-routes",
                target_framework="Skills of the Sea",
            ),
        ),
        "version": "2",
    }
    return Achievement(**given | changes)


def credential(number: int, signer: LocalSigner = SELF, **changes: Any) -> dict[str, Any]:
    """An unsigned credential. The number makes its id and the recipient's."""
    given: dict[str, Any] = {
        "id": UUID(int=0xC0DE_0000 + number).urn,
        "issuer": issuer(signer),
        "achievement": achievement(),
        "recipient": Recipient.opaque(UUID(int=0xBEEF_0000 + number), name="Mira Okafor"),
        "valid_from": CREATED,
    }
    return build_credential(**given | changes)


def signed(number: int, signer: LocalSigner = SELF, suite: str = "", **changes: Any) -> bytes:
    document = credential(number, signer, **changes)
    return written(sign_credential(document, signer, created=CREATED, suite=suite))


def written(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def entries(index: int) -> tuple[StatusEntry, ...]:
    return (
        StatusEntry.at(STATUS, index),
        StatusEntry.at(SUSPENDED, index, purpose="suspension"),
    )


# The credentials


def full() -> bytes:
    """Everything a credential may tell."""
    return signed(
        2,
        ED25519,
        achievement=achievement(
            credits_available=2.5,
            in_language="en",
            tag=("sailing", "safety"),
            result_description=(
                ResultDescription(
                    id=EXAM,
                    name="Exam",
                    result_type="Percent",
                    value_max="100",
                    required_value="70",
                ),
                ResultDescription(
                    id=PASSAGE,
                    name="Passage",
                    result_type="RubricCriterionLevel",
                    required_level=MASTERED,
                    rubric_criterion_level=(RubricCriterionLevel(id=MASTERED, name="Mastered"),),
                ),
            ),
        ),
        recipient=Recipient.of(
            UUID(int=0xBEEF_0002).urn, name="Mira Okafor", email="mira@learner.example", salt="5a17"
        ),
        valid_until=datetime(2099, 3, 1, tzinfo=UTC),
        awarded_date=CREATED,
        result=(
            Result(result_description=EXAM, value="88", status="Completed"),
            Result(result_description=PASSAGE, achieved_level=MASTERED),
        ),
        evidence=(
            Evidence(id=f"{SITE}/logs/7", name="Log book", narrative="62 miles, 9 of night."),
        ),
        credential_status=entries(7),
    )


def tampered() -> bytes:
    return signed(3).replace(b"Coastal Navigation", b"Ocean Navigation")


def with_somebody_elses_key() -> bytes:
    document = credential(8, ED25519)
    return written(
        add_proof(
            document,
            signer=STRANGER,
            suite="eddsa-rdfc-2022",
            created=CREATED,
            contexts=ContextStore.shipped(),
        )
    )


def with_a_context_of_its_own() -> bytes:
    text = written({"@context": {"boat": f"{OWN_CONTEXT}#boat"}})
    contexts = ContextStore.shipped().with_file(OWN_CONTEXT, text, sha256(text).hexdigest())
    document = credential(10) | {"boat": "Kestrel"}
    document["@context"] = [*document["@context"], OWN_CONTEXT]
    return written(sign_credential(document, SELF, created=CREATED, contexts=contexts))


def endorsed() -> bytes:
    endorsement = build_endorsement(
        id=UUID(int=0xE0D0).urn,
        issuer=issuer(GUILD, "Coastal Pilots' Guild"),
        endorsed=PROGRAMME,
        comment="Who has this badge may stand watch on our boats.",
        valid_from=CREATED,
    )
    statement = sign_credential(endorsement, GUILD, created=CREATED)
    return signed(11, achievement=achievement(endorsement=(statement,)))


def clr() -> bytes:
    """A record of two badges, signed as a whole."""
    first, second = (json.loads(signed(number)) for number in (12, 13))
    document = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": UUID(int=0xC14).urn,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Record of Mira Okafor",
        "issuer": issuer().as_json(),
        "validFrom": "2026-03-01T12:00:00Z",
        "credentialSubject": {
            "id": UUID(int=0xBEEF_0012).urn,
            "type": ["ClrSubject"],
            "verifiableCredential": [first, second],
        },
    }
    return written(sign_credential(document, SELF, created=CREATED))


def of_1_1() -> bytes:
    """The data model before the present one. We read it, and do not issue it."""
    document = credential(14)
    document["@context"] = [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://w3id.org/security/data-integrity/v2",
    ]
    document["issuanceDate"] = document.pop("validFrom")
    return written(
        add_proof(
            document,
            signer=SELF,
            suite="eddsa-rdfc-2022",
            created=CREATED,
            contexts=ContextStore.shipped(),
        )
    )


def enveloped() -> bytes:
    token = sign_token(credential(15, P256), P256)
    return written(
        {
            "@context": "https://www.w3.org/ns/credentials/v2",
            "id": f"data:application/vc+jwt,{token}",
            "type": "EnvelopedVerifiableCredential",
        }
    )


# Open Badges 2.0


OB2 = "https://w3id.org/openbadges/v2"
OB2_ISSUER, OB2_CLASS, OB2_KEY = (f"{SITE}/ob2/{name}" for name in ("issuer", "class", "key"))


def assertion(number: int, verification: dict[str, str]) -> dict[str, Any]:
    identity = f"sha256${sha256(b'mira@learner.example' + b'5a17').hexdigest()}"
    return {
        "@context": OB2,
        "type": "Assertion",
        "id": f"{SITE}/ob2/assertions/{number}",
        "recipient": {"type": "email", "hashed": True, "salt": "5a17", "identity": identity},
        "badge": OB2_CLASS,
        "verification": verification,
        "issuedOn": "2026-03-01T12:00:00Z",
    }


HOSTED = assertion(1, {"type": "HostedBadge"})
WITHDRAWN = assertion(2, {"type": "HostedBadge"})
SIGNED = assertion(3, {"type": "SignedBadge", "creator": OB2_KEY})


def signed_assertion() -> bytes:
    header, payload = (
        base64url_encode(json.dumps(part).encode()) for part in ({"alg": "RS256"}, SIGNED)
    )
    signature = base64url_encode(RSA.sign(f"{header}.{payload}".encode()))
    return f"{header}.{payload}.{signature}\n".encode()


def public_pem() -> str:
    members = RSA.public_key.to_jwk()
    n, e = (int.from_bytes(base64url_decode(members[name]), "big") for name in ("n", "e"))
    public = RSAPublicNumbers(e, n).public_key()
    octets = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return octets.decode()


# What we refuse, and say so


def sd_jwt() -> bytes:
    """A token with disclosures, in form only."""
    token = sign_token(credential(16, P256), P256)
    disclosure = base64url_encode(b'["5a17", "given_name", "Mira"]')
    return f"{token}~{disclosure}~\n".encode()


def of_1_x() -> bytes:
    return written(
        {
            "uid": "7",
            "recipient": {"type": "email", "hashed": False, "identity": "mira@learner.example"},
            "badge": f"{SITE}/ob1/class",
            "verify": {"type": "hosted", "url": f"{SITE}/ob1/assertions/7"},
            "issuedOn": "2012-03-01",
        }
    )


# Pictures


def compass(size: int = 64) -> bytes:
    """A small PNG in two colours: a compass needle. Stored, not packed, so it never varies."""
    rows = []
    for y in range(size):
        bits = "".join("1" if 2 * abs(x - 32) < 32 - abs(y - 32) else "0" for x in range(size))
        rows.append(b"\0" + int(bits, 2).to_bytes(size // 8, "big"))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", size, size, 1, 3, 0, 0, 0)),
            (b"PLTE", bytes.fromhex("f6f1e7 17594a")),
            (b"IDAT", zlib.compress(b"".join(rows), 0)),
            (b"IEND", b""),
        )
    )


SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img">
 <title>A compass needle</title>
 <circle cx="32" cy="32" r="31" fill="#f6f1e7" stroke="#17594a" stroke-width="2"/>
 <path d="M32 4 40 32 32 60 24 32Z" fill="#17594a"/>
</svg>
"""


# What the issuer publishes


def web() -> dict[str, Any]:
    """Every address that the examples need, for `--documents`."""
    methods = [
        VerificationMethod(signer.verification_method, COLLEGE, signer.public_key)
        for signer in (ED25519, P256, P384, RSA)
    ]
    stolen = VerificationMethod(
        STOLEN.verification_method,
        COLLEGE,
        STOLEN.public_key,
        revoked=datetime(2026, 2, 1, tzinfo=UTC),
    )
    published = {
        f"{SITE}/.well-known/did.json": did_web_document(COLLEGE, [*methods, stolen]),
        STATUS: status_list(STATUS, "revocation", REVOKED_INDEX),
        SUSPENDED: status_list(SUSPENDED, "suspension", SUSPENDED_INDEX),
        HOSTED["id"]: HOSTED,
        WITHDRAWN["id"]: WITHDRAWN | {"revoked": True, "revocationReason": "Issued in error"},
        OB2_CLASS: {
            "@context": OB2,
            "type": "BadgeClass",
            "id": OB2_CLASS,
            "name": "Coastal Navigation",
            "description": "Plan and sail a passage along a coast.",
            "image": f"{SITE}/navigation.png",
            "criteria": {"narrative": "Navigate a passage of 60 miles."},
            "issuer": OB2_ISSUER,
        },
        OB2_ISSUER: {
            "@context": OB2,
            "type": "Issuer",
            "id": OB2_ISSUER,
            "name": "Harbour College",
            "url": f"{SITE}/",
            "publicKey": OB2_KEY,
        },
        OB2_KEY: {
            "@context": OB2,
            "type": "CryptographicKey",
            "id": OB2_KEY,
            "owner": OB2_ISSUER,
            "publicKeyPem": public_pem(),
        },
    }
    return {
        url: {"status": 200, "content_type": "application/json", "body": body}
        for url, body in published.items()
    }


def status_list(url: str, purpose: str, index: int) -> dict[str, Any]:
    document = status_list_credential(
        url,
        issuer=COLLEGE,
        purposes=[purpose],
        encoded_list=encode_list([index]),
        valid_from=CREATED,
    )
    return sign_credential(document, ED25519, created=CREATED)


def registry() -> dict[str, Any]:
    """A register of known issuers, in the form of the Digital Credentials Consortium."""
    row = {"name": "Harbour College", "location": "Port Aurora", "url": f"{SITE}/"}
    return {"registry": dict.fromkeys((COLLEGE, issuer().id), row)}


class Example(NamedTuple):
    """A file, what it shows, the verdict, and the finding that says why (check and code)."""

    file: str
    shows: str
    verdict: str
    check: str
    code: str
    octets: bytes


def examples() -> Iterator[Example]:
    """Every credential in this folder."""
    good = signed(1)
    holds = ("valid", "proof", "proof-holds")
    token = ("valid", "proof", "token-holds")
    yield Example("good.json", "a good one; needs no network", *holds, good)
    yield Example("full.json", "everything a credential may tell", *holds, full())
    yield Example(
        "endorsed.json",
        "its achievement is endorsed by a guild",
        *("valid", "endorsements", "endorsement-valid"),
        endorsed(),
    )
    yield Example(
        "unknown-issuer.json",
        "a sound signature of an issuer that the register does not know",
        *("valid", "registry", "registry-unlisted"),
        signed(9, LIGHTHOUSE, issuer=issuer(LIGHTHOUSE, "Lighthouse Academy")),
    )
    yield from wrong()
    yield from undecided()
    yield Example(
        "eddsa-jcs-2022.json", "that suite", *holds, signed(20, ED25519, "eddsa-jcs-2022")
    )
    yield Example("ecdsa-rdfc-2019.json", "that suite, P-256", *holds, signed(21, P256))
    yield Example("ecdsa-rdfc-2019-p384.json", "that suite, P-384", *holds, signed(22, P384))
    yield Example(
        "ecdsa-jcs-2019.json", "that suite, P-256", *holds, signed(23, P256, "ecdsa-jcs-2019")
    )
    for number, (name, signer) in enumerate(
        (("ES256", P256), ("EdDSA", ED25519), ("RS256", RSA)), start=24
    ):
        octets = f"{sign_token(credential(number, signer), signer)}\n".encode()
        yield Example(f"vc-jwt-{name.lower()}.jwt", f"a token (VC-JWT), {name}", *token, octets)
    yield Example("enveloped.json", "a token in an envelope", *token, enveloped())
    yield Example("baked.png", "baked into a PNG picture", *holds, bake(compass(), good.decode()))
    yield Example("baked.svg", "baked into an SVG picture", *holds, bake(SVG, good.decode()))
    yield Example("clr.json", "a record of two badges (CLR 2.0)", *holds, clr())
    yield Example("vc-1.1.json", "the data model before this one", *holds, of_1_1())
    yield Example(
        "ob2-hosted.json",
        "Open Badges 2.0, true because its address serves it",
        *("valid", "proof", "assertion-served"),
        written(HOSTED),
    )
    yield Example("ob2-signed.jws", "Open Badges 2.0, signed", *token, signed_assertion())
    yield from unreadable()


def wrong() -> Iterator[Example]:
    """What does not hold, or no longer."""
    yield Example(
        "expired.json",
        "it ended",
        *("invalid", "validity", "expired"),
        signed(
            4,
            valid_from=datetime(2023, 3, 1, tzinfo=UTC),
            valid_until=datetime(2026, 3, 1, tzinfo=UTC),
        ),
    )
    yield Example(
        "not-yet-valid.json",
        "it has not begun",
        *("invalid", "validity", "not-yet-valid"),
        signed(5, valid_from=datetime(2099, 3, 1, tzinfo=UTC)),
    )
    yield Example(
        "revoked.json",
        "its issuer took it back",
        *("invalid", "status", "revoked"),
        signed(6, ED25519, credential_status=entries(REVOKED_INDEX)),
    )
    yield Example(
        "suspended.json",
        "its issuer took it back for a while",
        *("invalid", "status", "suspended"),
        signed(7, ED25519, credential_status=entries(SUSPENDED_INDEX)),
    )
    yield Example(
        "tampered.json",
        "a word was changed after signing",
        *("invalid", "proof", "signature-mismatch"),
        tampered(),
    )
    yield Example(
        "wrong-key.json",
        "signed with a key that the issuer does not list",
        *("invalid", "proof", "key-not-listed"),
        with_somebody_elses_key(),
    )
    yield Example(
        "stolen-key.json",
        "signed with a key that the issuer revoked",
        *("invalid", "proof", "key-revoked"),
        signed(17, STOLEN),
    )
    yield Example(
        "ob2-withdrawn.json",
        "Open Badges 2.0, taken back",
        *("invalid", "proof", "assertion-withdrawn"),
        written(WITHDRAWN),
    )


def undecided() -> Iterator[Example]:
    """What cannot be told from here."""
    yield Example(
        "unknown-context.json",
        "uses a vocabulary that we do not know",
        *("undecided", "proof", "unknown-context"),
        with_a_context_of_its_own(),
    )
    yield Example(
        "status-unreachable.json",
        "its status list cannot be had",
        *("undecided", "status", "status-list-not-fetched"),
        signed(18, ED25519, credential_status=(StatusEntry.at(GONE, 7),)),
    )


def unreadable() -> Iterator[Example]:
    """What holds no credential that we read; the refusal says what to ask for instead."""
    yield Example("sd-jwt.txt", "an SD-JWT: not yet", *("unreadable", "input", "sd-jwt"), sd_jwt())
    yield Example(
        "ob1.json", "Open Badges 1.x: too old", *("unreadable", "input", "open-badges-1"), of_1_x()
    )
    yield Example(
        "badge.png",
        "a picture to bake into",
        *("unreadable", "input", "image-without-credential"),
        compass(),
    )
    yield Example(
        "badge.svg",
        "a picture to bake into",
        *("unreadable", "input", "image-without-credential"),
        SVG,
    )


README = """\
# Examples

Small credentials to try things with. People, colleges and addresses are made up, and the keys
are public: **they prove nothing, never use them for anything real.** `python examples/make.py`
makes all of these files again, byte for byte.

```sh
sealwright verify examples/full.json \\
  --documents examples/web.json --registry examples/registry.json
```

`web.json` holds what the made-up issuers publish: a DID document, status lists, Open Badges 2.0
documents. `registry.json` is a register that knows one of them. With both, and as of
{checked}, the verdicts are these; `expected.json` says the same to programs,
with the finding that decides.

| file | what it shows | verdict |
|---|---|---|
{rows}

To issue: `navigation.toml` describes a badge, `recipients.csv` names three people who earned it.
"""


def files() -> dict[str, bytes]:
    """Every file that is made, by name."""
    made = list(examples())
    checked = CHECKED.isoformat().replace("+00:00", "Z")
    expected = {
        "at": checked,
        "documents": "web.json",
        "registry": "registry.json",
        "examples": [
            {
                "file": one.file,
                "shows": one.shows,
                "verdict": one.verdict,
                "finding": {"check": one.check, "code": one.code},
            }
            for one in made
        ],
    }
    rows = "\n".join(f"| [{one.file}]({one.file}) | {one.shows} | {one.verdict} |" for one in made)
    return {one.file: one.octets for one in made} | {
        "web.json": written(web()),
        "registry.json": written(registry()),
        "expected.json": written(expected),
        "README.md": README.format(checked=checked, rows=rows).encode(),
    }


def main() -> None:
    for name, octets in files().items():
        (HERE / name).write_bytes(octets)
        print(f"{len(octets):7} {name}")


if __name__ == "__main__":
    main()
