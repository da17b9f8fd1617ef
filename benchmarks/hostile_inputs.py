"""The kept corpus of hostile inputs, made the same way every time.

Grouped by what they attack. Most are signed by the made-up key of an attacker, who may sign
anything: the signature only decides how far an input gets. An input that was ever found slow
stays here.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from benchmarks.workload import OB, V2, credential
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.proofs import add_proof
from sealwright.credentials.proofs.alike import LEARN_AFTER

AT = datetime(2027, 1, 1, tzinfo=UTC)
SIGNER = LocalSigner.from_seed(hashlib.sha256(b"attacker").digest())
DID = SIGNER.verification_method.partition("#")[0]
STORE = ContextStore.shipped()
SIZE = 63_000
LIST = "https://attacker.example/list"
PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-01-01T00:00:00Z",
    "verificationMethod": SIGNER.verification_method,
    "proofPurpose": "assertionMethod",
    "proofValue": "z" + "3" * 87,
}


@dataclass(frozen=True, slots=True)
class Hostile:
    """An input, and what the web holds while it is verified.

    `seen` says how often it was verified before the time that counts.
    """

    name: str
    data: bytes
    web: dict[str, Any] = field(default_factory=dict)
    may_be_valid: bool = False
    seen: int = 0


def hostile_inputs() -> Iterator[Hostile]:
    """The whole corpus."""
    yield from canonicalisation()
    yield from proofs()
    yield from nesting()
    yield from texts()
    yield from tokens()
    yield from images()
    yield from documents()
    yield from lists()
    yield from spellings()


def friendly() -> str:
    """A credential that holds, to warm up with."""
    return signed(credential(1, DID, "small"))


def signed(document: dict[str, Any]) -> str:
    """The document with a sound proof of the attacker's."""
    created = datetime(2026, 1, 1, tzinfo=UTC)
    return json.dumps(
        add_proof(document, signer=SIGNER, suite="eddsa-rdfc-2022", created=created, contexts=STORE)
    )


def badge(**members: Any) -> dict[str, Any]:
    return {**credential(1, DID, "small"), "proof": PROOF, **members}


def packed(document: object) -> bytes:
    return json.dumps(document, separators=(",", ":")).encode()


def filled(start: str, part: str, end: str, size: int = SIZE) -> bytes:
    """`part` repeated until the whole has nearly `size` bytes."""
    return (start + part * ((size - len(start) - len(end)) // len(part)) + end).encode()


# --- Canonicalisation: unnamed nodes that resemble each other ------------------------------


def canonicalisation() -> Iterator[Hostile]:
    def status(count: int) -> dict[str, Any]:
        message = {"status": "0x0", "message": "ok"}
        entry = {"type": "BitstringStatusListEntry", "statusMessage": [message] * count}
        return {**entry, "statusPurpose": "message"}

    for count in (5, 7, 9, 12, 90):
        yield Hostile(f"twins of {count}", packed(badge(credentialStatus=[status(count)] * 2)))
    yield Hostile("twenty of nine", packed(badge(credentialStatus=[status(9)] * 20)))
    for depth in (3, 5, 20):
        tree: dict[str, Any] = {"type": "Profile", "name": "x"}
        for _ in range(depth):
            tree = {"type": "Profile", "parentOrg": [tree, tree] if depth < 8 else tree}
        yield Hostile(f"tree of {depth} levels", packed(badge(evidence=tree, issuer=tree)))
    same = {"type": "Evidence", "name": "x"}
    yield Hostile("200 equal nodes", packed(badge(evidence=[same] * 198)))
    yield Hostile("2000 equal nodes", packed(badge(evidence=[same] * 2000)))
    long = {"type": "Evidence", "narrative": "x" * 280}
    yield Hostile("200 equal nodes with long texts", packed(badge(evidence=[long] * 190)))
    for count in (60, 100, 3000):
        description = {
            "type": "ResultDescription",
            "id": "urn:r",
            "name": "n",
            "resultType": "Percent",
            "allowedValue": ["x"] * count,
        }
        document = badge()
        document["credentialSubject"]["achievement"]["resultDescription"] = [description] * 2
        yield Hostile(f"lists of {count} equals", packed(document))
    for count in (4, 30):
        graph = {"type": "DataIntegrityProof", "nonce": "x"}
        endorsement = {"type": "VerifiableCredential", "proof": [graph] * count}
        yield Hostile(f"graphs, {count} in each", packed(badge(evidence=[endorsement] * 6)))
    names = [name for name in ContextStore.shipped().load(OB) if name[:1].isupper()]
    pairs = [[a, b] for a in names for b in names]
    nodes = [{"id": f"urn:{n}", "type": pair} for n, pair in enumerate(pairs)][:1300]
    yield Hostile("pairs of types", packed(badge(evidence=nodes)))
    singles = [{"id": f"urn:{n}", "type": f"urn:type:{n}"} for n in range(1500)]
    yield Hostile("foreign types", packed(badge(evidence=singles)))
    urls = [url for url in STORE.urls if "ob/v3p0/context" in url]
    nested = [
        {"@context": urls[n % len(urls) :] + [V2] * (n % 4), "id": f"urn:{n}"} for n in range(150)
    ]
    yield Hostile("contexts inside", packed(badge(evidence=nested)))
    yield Hostile("all contexts at once", packed(badge(**{"@context": [V2, *urls, *urls]})))
    yield Hostile("long row of contexts", packed(badge(**{"@context": [V2, OB] * 800})))
    many = [{"id": f"urn:{n}", "type": "Evidence", "name": "x"} for n in range(1200)]
    yield Hostile("1200 named nodes", packed(badge(evidence=many)))
    escapes = filled("", '"\\', "").decode()
    yield Hostile("a text of characters to escape", packed(badge(name=escapes[: SIZE // 3])))


# --- Proofs and keys -----------------------------------------------------------------------


def proofs() -> Iterator[Hostile]:
    message = {"status": "0x0", "message": "ok"}
    entry = {"type": "BitstringStatusListEntry", "statusMessage": [message] * 5}
    twins = [{**entry, "statusPurpose": "message"}] * 2
    eight = [{**PROOF, "id": f"urn:p{n}"} for n in range(8)]
    yield Hostile("eight proofs over twins", packed(badge(credentialStatus=twins, proof=eight)))
    chained = [{**p, "previousProof": [q["id"] for q in eight if q is not p]} for p in eight]
    yield Hostile("eight proofs in a ring", packed(badge(credentialStatus=twins, proof=chained)))
    chain = [
        {**p, **({"previousProof": [eight[n - 1]["id"]]} if n else {})} for n, p in enumerate(eight)
    ]
    yield Hostile("eight proofs in a chain", packed(badge(credentialStatus=twins, proof=chain)))
    large = {**credential(1, DID, "large"), "proof": eight}
    yield Hostile("eight proofs over 20 KB", packed(large))
    yield Hostile("nine proofs", packed(badge(proof=[PROOF] * 9)))
    yield Hostile("300 proofs", packed(badge(proof=[PROOF] * 150)))
    for name, value in (("digits", "z" + "z" * SIZE), ("ones", "z" + "1" * SIZE)):
        yield Hostile(
            f"proof value of 63 KB of {name}", packed(badge(proof={**PROOF, "proofValue": value}))
        )
    for prefix in ("did:key:z", "did:key:z6Mk", "did:jwk:", "did:web:"):
        method = prefix + "5" * (SIZE - 3000)
        proof = {**PROOF, "verificationMethod": method}
        yield Hostile(f"method of 60 KB after {prefix}", packed(badge(proof=proof, issuer=method)))
    for bits in (4096, 16384, 150_000):
        modulus = base64.urlsafe_b64encode(b"\xff" * (bits // 8)).rstrip(b"=").decode()
        jwk = base64.urlsafe_b64encode(
            json.dumps({"kty": "RSA", "n": modulus, "e": "AQAB"}).encode()
        ).rstrip(b"=")
        did = f"did:jwk:{jwk.decode()}"
        proof = {**PROOF, "verificationMethod": f"{did}#0"}
        yield Hostile(f"RSA key of {bits} bits", packed(badge(proof=proof, issuer=did)))
    jcs = {**PROOF, "cryptosuite": "eddsa-jcs-2022"}
    numbers = filled("[", "1e-7,", "1]").decode()
    yield Hostile("numbers for the JSON suite", packed(badge(proof=jcs, name=json.loads(numbers))))
    members = {f"{n}\U0001f600": n for n in range(2500)}
    yield Hostile("members to sort for the JSON suite", packed(badge(proof=jcs, extra=members)))
    endorsement = {
        **credential(2, DID, "small"),
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "proof": PROOF,
    }
    yield Hostile("30 endorsements", packed(badge(endorsement=[endorsement] * 30)))

    def endorsed(number: int, *endorsements: str) -> str:
        own = [json.loads(endorsement) for endorsement in endorsements]
        return signed({**credential(number, DID, "small"), "endorsement": own})

    sixteen = endorsed(1, *(endorsed(n) for n in range(2, 18)))
    yield Hostile("signed, with 16 sound endorsements", sixteen.encode(), may_be_valid=True)
    inner = endorsed(20)
    for number in range(8):
        inner = endorsed(number, inner)
    yield Hostile("endorsements within endorsements", inner.encode(), may_be_valid=True)
    wide = endorsed(
        1, *(endorsed(n, *(endorsed(4 * n + m) for m in range(3))) for n in range(2, 9))
    )
    yield Hostile("endorsed endorsements, 28 in all", wide.encode(), may_be_valid=True)


# --- Nesting -------------------------------------------------------------------------------


def nesting() -> Iterator[Hostile]:
    yield Hostile("deep arrays", b"[" * SIZE)
    yield Hostile("deep arrays, closed", b"[" * (SIZE // 2) + b"]" * (SIZE // 2))
    yield Hostile("deep objects", b'{"a":' * (SIZE // 5))
    yield Hostile("shallow brackets", filled('{"a":[', "[],", "[]]}"))
    yield Hostile("brackets in a text", filled('{"a":"', "[{", '"}'))
    yield Hostile("texts that never end", filled("[", '"\\"', ""))
    yield Hostile("backslashes", filled('["', "\\", ""))
    yield Hostile("quotes", filled("", '"', ""))
    deep: Any = {"id": "urn:x"}
    for _ in range(60):
        deep = {"type": "VerifiableCredential", "id": "urn:x", "credentialSubject": deep}
    yield Hostile("60 subjects deep", packed(badge(credentialSubject=deep)))
    inner = badge()
    for _ in range(3):
        token = base64.b64encode(packed(inner)).decode()
        inner = {
            "@context": [V2],
            "type": "EnvelopedVerifiableCredential",
            "id": f"data:application/vc+jwt;base64,{token}",
        }
    yield Hostile("envelopes in envelopes", packed(inner))


# --- Texts: JSON as such -------------------------------------------------------------------


def texts() -> Iterator[Hostile]:
    yield Hostile("members given twice", filled("{", '"a":1,', '"a":1}'))
    yield Hostile("many members", packed({f"m{n}": n for n in range(5000)}))
    yield Hostile("a number of 60,000 digits", filled("[", "9", "]"))
    yield Hostile("4300 digits, many times", filled("[", "9" * 4300 + ",", "1]"))
    yield Hostile("a fraction of 60,000 digits", filled("[0.", "9", "]"))
    yield Hostile("exponents", filled("[", "1e308,", "1]"))
    yield Hostile("half characters", filled('["', "\\ud800", '"]'))
    yield Hostile("escaped characters", filled('["', "\\u0000", '"]'))
    yield Hostile("white space", filled("", " ", "x"))
    yield Hostile("white space before JSON", filled("", "\n", "{}"))
    yield Hostile("UTF-16", packed(badge()).decode().encode("utf-16"))
    yield Hostile("no UTF-8", b"\xff" * SIZE)
    yield Hostile("zero bytes", bytes(SIZE))
    yield Hostile("an unbroken word", b"a" * SIZE)
    yield Hostile("tildes", b"~" * SIZE)
    yield Hostile("an address of 63 KB", b"https://attacker.example/" + b"a" * SIZE)
    yield Hostile("a web page", filled("<html>", "<p>", "</html>"))
    date = "2026-01-01T00:00:00." + "0" * (SIZE - 3000) + "Z"
    yield Hostile("a date of 60 KB", packed(badge(validFrom=date)))
    yield Hostile("an id of 60 KB", packed(badge(id="urn:" + "a" * (SIZE - 3000))))
    yield Hostile("types of 60 KB", packed(badge(type=["VerifiableCredential"] * 2500)))
    yield Hostile("5 MB of brackets", b"[" * 4_999_999)
    yield Hostile("5 MB of one text", b'["' + b"x" * 4_999_000 + b'"]')
    yield Hostile("5 MB of members", packed({f"m{n}": n for n in range(330_000)})[:5_000_000])
    yield Hostile("6 MB", b" " * 6_000_000)


# --- Tokens --------------------------------------------------------------------------------


def _b64(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def tokens() -> Iterator[Hostile]:
    payload = _b64({k: v for k, v in badge().items() if k != "proof"})

    def token(header: object, signature: str = "A" * 86) -> bytes:
        return f"{_b64(header)}.{payload}.{signature}".encode()

    yield Hostile("dots", b"." * SIZE)
    yield Hostile("a token without end", b"eyJ" + b"A" * SIZE)
    yield Hostile("parts without end", b"eyJhbGciOiJFZERTQSJ9." * (SIZE // 21))
    for alg in ("none", "HS256", "RS256", "ES256", "EdDSA"):
        yield Hostile(
            f"token with alg {alg}", token({"alg": alg, "kid": SIGNER.verification_method})
        )
    yield Hostile("token with a deep header", token(json.loads("[" * 60 + "]" * 60)))
    yield Hostile(
        "token with a long kid", token({"alg": "EdDSA", "kid": "did:key:z" + "5" * 40_000})
    )
    yield Hostile("token with crit", token({"alg": "EdDSA", "crit": ["b64"], "b64": False}))
    modulus = _b64(b"\xff" * 20_000)
    jwk = {"kty": "RSA", "n": modulus, "e": "AQAB"}
    yield Hostile("token with a huge key", token({"alg": "RS256", "jwk": jwk}))
    even = {"kty": "RSA", "n": _b64(b"\xff" * 512), "e": _b64(b"\xff" * 400)}
    yield Hostile("token with a huge exponent", token({"alg": "RS256", "jwk": even}, "A" * 683))
    yield Hostile("token with a long signature", token({"alg": "ES256"}, "A" * 55_000))


# --- Images --------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, width: int = 8, height: int = 8) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return PNG + header + b"".join(chunks) + chunk(b"IEND", b"")


def images() -> Iterator[Hostile]:
    text = b"openbadgecredential\0\0\0\0\0"
    packed_text = b"openbadgecredential\0\1\0\0\0"
    bomb = zlib.compress(bytes(40_000_000), 9)
    yield Hostile("PNG, compressed bomb", png(chunk(b"iTXt", packed_text + bomb)))
    yield Hostile("PNG, two credentials", png(chunk(b"iTXt", text + b"{}"), chunk(b"iTXt", text)))
    yield Hostile("PNG, 5000 empty chunks", png(chunk(b"tEXt", b"") * 5000))
    yield Hostile("PNG, 60,000 pixels square", png(width=60_000, height=60_000))
    yield Hostile("PNG, chunk of 4 GB announced", PNG + b"\xff\xff\xff\xffIDAT" + bytes(1000))
    yield Hostile("PNG, deep JSON inside", png(chunk(b"iTXt", text + b"[" * 60_000)))
    yield Hostile("PNG, cut off", png(chunk(b"iTXt", text + b"{}"))[:-20])
    link = b"openbadges\0https://127.0.0.1/secret"
    yield Hostile("PNG, link to this machine", png(chunk(b"tEXt", link)))
    head = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:o='https://purl.imsglobal.org/ob/v3p0'>"
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 9))
    laughs = f"<!DOCTYPE svg [<!ENTITY e0 'ha'>{entities}]>{head}&e8;</svg>"
    yield Hostile("SVG, entities", laughs.encode())
    outside = "<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    yield Hostile("SVG, entity from outside", f"{outside}{head}&e;</svg>".encode())
    yield Hostile("SVG, deep", filled(head, "<g>", ""))
    yield Hostile("SVG, wide", filled(head, "<g/>", "</svg>"))
    yield Hostile(
        "SVG, attributes", (head + "<g " + " ".join(f"a{n}=''" for n in range(7000))).encode()
    )
    yield Hostile(
        "SVG, namespaces",
        (head + "<g " + " ".join(f"xmlns:a{n}='u:{n}'" for n in range(3500)) + "/></svg>").encode(),
    )
    credentials = "<o:credential><![CDATA[{}]]></o:credential>" * 1000
    yield Hostile("SVG, 1000 credentials", f"{head}{credentials}</svg>".encode())
    yield Hostile(
        "SVG, text in pieces", filled(f"{head}<o:credential>", "&#65;", "</o:credential></svg>")
    )


# --- PDF documents -------------------------------------------------------------------------


def pdf(*objects: bytes) -> bytes:
    """A document of these objects, numbered from 1; the first is its catalogue."""
    parts, offsets = [b"%PDF-1.7\n"], []
    for number, content in enumerate(objects, start=1):
        offsets.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = sum(map(len, parts))
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return b"".join([*parts, table, trailer, b"startxref\n%d\n%%%%EOF\n" % start])


def catalogue(more: bytes) -> bytes:
    return b"<< /Type /Catalog /Pages << /Type /Pages /Kids [] /Count 0 >> %s >>" % more


def stream(members: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (members, len(data), data)


def documents() -> Iterator[Hostile]:
    flate, lzw = b"/Filter /FlateDecode", b"/Filter /LZWDecode"
    bomb = zlib.compress(bytes(40_000_000), 9)
    one = catalogue(b"/AF << /EF << /F 2 0 R >> >>")
    yield Hostile("PDF, compressed bomb", pdf(one, stream(flate, bomb)))
    twice = b"/Filter [/FlateDecode /FlateDecode]"
    yield Hostile("PDF, bomb in a bomb", pdf(one, stream(twice, zlib.compress(bomb, 9))))
    yield Hostile("PDF, LZW bomb", pdf(one, stream(lzw, b"\x80\x0b\x60\x50" * 15_000)))
    predictor = flate + b" /DecodeParms << /Predictor 15 /Columns 1 >>"
    dots = zlib.compress(bytes(990_000), 9)
    yield Hostile("PDF, rows of one column", pdf(one, stream(predictor, dots)))
    yield Hostile("PDF, hexadecimal", pdf(one, stream(b"/Filter /ASCIIHexDecode", b"20" * 30_000)))
    yield Hostile("PDF, base 85", pdf(one, stream(b"/Filter /ASCII85Decode", b"z" * 60_000)))
    many = b" ".join(b"/K%d %d 0 R" % (n, n + 2) for n in range(16))
    whole = [stream(flate, zlib.compress(b"[" + b" " * 990_000 + b"]", 9))] * 16
    yield Hostile("PDF, 16 large files", pdf(catalogue(b"/AF << /EF << %s >> >>" % many), *whole))
    names = catalogue(b"/Names << /EmbeddedFiles 2 0 R >>")
    yield Hostile("PDF, tree that bites its tail", pdf(names, b"<< /Kids [2 0 R 2 0 R] >>"))
    row = [b"<< /Kids [%d 0 R] >>" % (n + 3) for n in range(1000)]
    yield Hostile("PDF, row of 1000 names", pdf(names, *row))
    wide = b"<< /Names [%s] >>" % (b"(f) << >> " * 6000)
    yield Hostile("PDF, 6000 names", pdf(names, wide))
    for name, part in (("arrays", b"["), ("dictionaries", b"<</A"), ("brackets", b"(")):
        yield Hostile(f"PDF, deep {name}", pdf(filled("<< /A ", part.decode(), ">>")))
        yield Hostile(f"PDF, deep {name}, no end", filled("%PDF-1.7\n1 0 obj\n", part.decode(), ""))
    yield Hostile("PDF, escapes", pdf(filled("<< /A (", "\\051", ") >>")))
    yield Hostile("PDF, names of signs", pdf(filled("<< ", "/#20 1 ", ">>")))
    yield Hostile("PDF, wide dictionary", pdf(filled("<< ", "/A 1 ", ">>")))
    yield Hostile("PDF, long number", pdf(filled("<< /A ", "9", " >>")))
    yield Hostile("PDF, comments", filled("%PDF-1.7\n", "%\n", "startxref\n0\n%%EOF"))
    yield Hostile("PDF, blanks", filled("%PDF-1.7\n", " ", "startxref\n9\n%%EOF"))
    yield Hostile("PDF, ends without end", filled("%PDF-1.7\n", "startxref\n1\n", "%%EOF"))
    yield Hostile("PDF, objects without table", filled("%PDF-1.7\n", "1 0 obj\n", "%%EOF"))
    yield Hostile("PDF, trailers without table", filled("%PDF-1.7\n", "trailer <<>>\n", "%%EOF"))
    rows = filled("%PDF-1.7\nxref\n0 3000\n", "0000000009 00000 n \n", "")
    yield Hostile("PDF, table without end", rows + b"trailer <<>> startxref\n9\n%%EOF")
    table = b"%PDF-1.7\nxref\n0 0\ntrailer << /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF"
    yield Hostile("PDF, table before itself", table)
    offsets, tables = 9, b""
    while len(tables) < SIZE:
        part = b"xref\n0 0\ntrailer << /Root 1 0 R /Prev %d >>\n" % offsets
        offsets = 9 + len(tables)
        tables += part
    chained = b"%%PDF-1.7\n%sstartxref\n%d\n%%%%EOF" % (tables, offsets)
    yield Hostile("PDF, 1000 tables", chained)
    index = b"/Type /XRef /Size 9999 /W [1 2 1] /Index [%s]" % (b"0 1 " * 9000)
    yield Hostile("PDF, table as a stream", b"%%PDF-1.7\n1 0 obj\n%s\nendobj\nstartxref\n9\n%%%%EOF"
                  % stream(index, bytes(4000)))  # fmt: skip
    packed_objects = b"/Type /ObjStm /N 9999 /First 9 /Filter /FlateDecode"
    inside = zlib.compress(b"1 0 " * 200_000, 9)
    entries = b"".join(struct.pack(">BHB", 2, 2, n) for n in range(250))
    cross = stream(b"/Type /XRef /Size 250 /W [1 2 1] /Root 1 0 R", entries)
    yield Hostile(
        "PDF, objects in a stream",
        b"%%PDF-1.7\n2 0 obj\n%s\nendobj\n3 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF"
        % (stream(packed_objects, inside), cross, 9 + 16 + len(stream(packed_objects, inside))),
    )
    page = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"
    yield Hostile("PDF, pages in pages", pdf(b"<< /Type /Catalog /Pages 2 0 R >>", page))
    link = b"<< /A << /URI (https://attacker.example) >> >> "
    linked = b"<< /Type /Page /Annots [%s] >>" % (link * 1200)
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    yield Hostile("PDF, 1200 links", pdf(b"<< /Type /Catalog /Pages 2 0 R >>", pages, linked))


# --- Status lists --------------------------------------------------------------------------


def lists() -> Iterator[Hostile]:
    def pointing(encoded: str, **entry: Any) -> Hostile:
        status = {
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "5",
            "statusListCredential": LIST,
            **entry,
        }
        listing = {
            "@context": [V2],
            "id": LIST,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": DID,
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {
                "id": f"{LIST}#list",
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": encoded,
            },
        }
        body = json.loads(signed(listing))
        web = {LIST: {"status": 200, "content_type": "application/vc+ld+json", "body": body}}
        document = {**credential(1, DID, "small"), "credentialStatus": status}
        return Hostile("", signed(document).encode(), web)

    def packed_list(raw: bytes) -> str:
        return "u" + _b64(gzip.compress(raw, 9, mtime=0))

    def named(name: str, encoded: str, **entry: Any) -> Hostile:
        found = pointing(encoded, **entry)
        return Hostile(name, found.data, found.web)

    yield named("list, bomb of 40 MB", packed_list(bytes(40_000_000)))
    yield named("list, bomb just above 16 MB", packed_list(bytes(17_000_000)))
    yield named("list, bomb in a bomb", packed_list(gzip.compress(bytes(50_000_000))))
    members = gzip.compress(b"", mtime=0) * 2000
    yield named("list, 2000 empty parts", "u" + _b64(members))
    yield named("list, too short", packed_list(bytes(100)))
    yield named("list, no gzip", "u" + "A" * 60_000)
    yield named("list, index without end", packed_list(bytes(16_384)), statusListIndex="9" * 50_000)
    yield named("list, negative index", packed_list(bytes(16_384)), statusListIndex="-5")
    yield named(
        "list, entries of 2^31 bits",
        packed_list(bytes(16_384)),
        statusPurpose="message",
        statusSize=2**31,
        statusMessage=[{"status": "0x0", "message": "x", "id": "urn:m"}],
    )
    entries = [
        {
            "id": f"urn:e{n}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(n),
            "statusListCredential": f"{LIST}/{n}",
        }
        for n in range(250)
    ]
    document = {**credential(1, DID, "small"), "credentialStatus": entries}
    yield Hostile("250 status entries", signed(document).encode())


# --- Spellings: what is worth an outline, and costs as much as may be ---------------------------


def spellings() -> Iterator[Hostile]:
    """Signed, so that they are learnt from; what counts is the time that makes the outline."""
    many = {
        "unnamed parts": [{"type": ["Evidence"], "name": f"{n}"} for n in range(180)],
        "parts of two texts": [
            {"type": ["Evidence"], "name": f"{n}", "genre": f"{n}"} for n in range(140)
        ],
        "named parts": [
            {"id": f"https://attacker.example/{n}", "type": ["Evidence"]} for n in range(280)
        ],
        "odd addresses": [{"id": f"attacker:{n}", "type": ["Evidence"]} for n in range(280)],
        "long texts": [{"type": ["Evidence"], "name": "x" * 100} for _ in range(2)]
        + [{"type": ["Evidence"], "name": f"{n:0100}"} for n in range(150)],
    }
    for name, evidence in many.items():
        document = {**credential(1, DID, "small"), "evidence": evidence}
        text = signed(document).encode()
        yield Hostile(f"learnt, {name}", text, may_be_valid=True, seen=LEARN_AFTER - 1)
    tags = credential(1, DID, "small")
    tags["credentialSubject"]["achievement"]["tag"] = [f"tag {n}" for n in range(280)]
    text = signed(tags).encode()
    yield Hostile("learnt, many values", text, may_be_valid=True, seen=LEARN_AFTER - 1)
