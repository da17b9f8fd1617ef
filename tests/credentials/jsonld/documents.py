"""Random documents drawn from the contexts themselves, for comparing with other processors.

A document is grown along the compiled tables: a node picks types, then members that are
defined inside such a node, then values of the member's kind. What the members mean is left
to the processors that are compared.
"""

from __future__ import annotations

from random import Random
from typing import Any

from sealwright.credentials.errors import CredentialError
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.jsonld._context import ABSENT
from sealwright.credentials.jsonld.tables import (
    GRAPH,
    IRI,
    JSON,
    LIST,
    TYPE,
    UNSUPPORTED,
    VOCAB,
    Entry,
    Table,
    root_table,
)

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
CONTEXTS = [
    [V2, OB + "context-3.0.3.json"],
    [V2, OB + "context-3.0.3.json", OB + "extensions.json"],
    [V2, OB + "context-3.0.2.json"],
    [V1, OB + "context-3.0.1.json", "https://w3id.org/security/suites/ed25519-2020/v1"],
    [V1, "https://w3id.org/dcc/v1"],
    [V1, "https://w3id.org/security/data-integrity/v2"],
    [V1, OB + "context.json"],
    [V2, CLR, OB + "context-3.0.3.json"],
    [V2],
    [V1, "https://w3id.org/security/suites/ed25519-2020/v1"],
    [V1, "https://w3id.org/vc/status-list/2021/v1"],
    ["https://w3id.org/security/data-integrity/v2", "https://w3id.org/security/multikey/v1"],
    [V2, "https://www.w3.org/ns/credentials/status/v1"],
]
TEXTS = [
    "plain",
    "",
    " ",
    "é漢字",
    "\U0001f600",
    'a "quote" \\',
    "line\nbreak\r\ttab",
    "\u2028",
    "0",
]
CONTROLS = ["\x01\x7f", "\b\f"]
LANGUAGES = ["en", "de-AT", "zh-Hant"]
ADDRESSES = ["https://a.example/1", "urn:uuid:1", "did:web:a.example#k", "http://é.example/", "x:y"]
PREFIXED = ["sec:a", "cred:b", "xsd:string", "obi:c", "ext:d"]
LITERALS: list[Any] = [{"b": 1, "a": [None, True, "é"]}, [], "text", 1.5, None]


class Grower:
    """Grows documents from one source of randomness."""

    def __init__(self, random: Random, contexts: ContextStore, *, controls: bool) -> None:
        self.random = random
        self.contexts = contexts
        self.texts = TEXTS + CONTROLS if controls else TEXTS
        self.left = 0

    def document(self) -> dict[str, Any]:
        urls = self.random.choice(CONTEXTS)
        table = root_table(urls, self.contexts)
        self.left = self.random.choice([3, 8, 20, 60])
        roots: list[str] = [
            t for t in ("VerifiableCredential", "DataIntegrityProof") if t in table.terms
        ]
        return {"@context": urls, **self.node(table, roots[:1], 0)}

    def node(self, base: Table, types: list[str], depth: int) -> dict[str, Any]:
        random = self.random
        found: dict[str, Any] = {}
        if random.random() < 0.4:
            found["id"] = self.address()
        if "type" in base.terms and random.random() < 0.9:
            capitals = [term for term in base.terms if term[:1].isupper()]
            types = types + random.sample(capitals, min(len(capitals), random.choice([0, 1, 1, 2])))
        table = base
        if types and "type" in base.terms:
            try:
                table, _ = base.with_types(tuple(types))
            except CredentialError:
                types = []
            found["type"] = types[0] if len(types) == 1 and random.random() < 0.5 else types
        members = [m for m, entry in table.terms.items() if TYPE < entry.kind < UNSUPPORTED]
        for member in random.sample(members, min(len(members), random.randrange(6))):
            if not member[:1].isupper() and self.left > 0:
                found[member] = self.values(base, table, member, depth)
        return found

    def values(self, base: Table, table: Table, member: str, depth: int) -> Any:
        entry = table.terms[member]
        if entry.kind == JSON:
            return self.random.choice(LITERALS)
        inner = base if entry.context is ABSENT else base.within(entry.context)
        count = self.random.choice([1, 1, 1, 1, 0, 2, 3])
        items = [self.value(inner, entry, depth) for _ in range(count)]
        if count > 1 and self.random.random() < 0.3:
            items[1] = items[0]
        if self.random.random() < 0.1:
            items.append(None)
        return items[0] if len(items) == 1 and self.random.random() < 0.5 else items

    def value(self, inner: Table, entry: Entry, depth: int) -> Any:
        self.left -= 1
        random = self.random
        nested = random.random() < (0.45 if entry.container != LIST else 0.2)
        if entry.container == GRAPH or (nested and depth < 5):
            return self.nested(inner, depth)
        if entry.kind == IRI:
            return random.choice(PREFIXED) if random.random() < 0.1 else self.address()
        if entry.kind == VOCAB:
            known = [t for t in inner.terms if t[:1].isupper()]
            return random.choice([*known, self.address()])
        return random.choice([self.text, self.text, self.number, self.value_object])()

    def nested(self, inner: Table, depth: int) -> dict[str, Any]:
        if self.random.random() < 0.1:
            urls = self.random.choice(CONTEXTS)
            try:
                return {"@context": urls, **self.node(inner.nested(urls), [], depth + 1)}
            except CredentialError:
                return {"id": self.address()}
        return self.node(inner, [], depth + 1)

    def address(self) -> str:
        if self.random.random() < 0.7:
            return f"https://a.example/{self.random.randrange(1000)}"
        return self.random.choice(ADDRESSES)

    def text(self) -> str:
        return self.random.choice(self.texts)

    def number(self) -> Any:
        return self.random.choice(
            [0, 1, -7, 2**53, 2.5, 0.1, 1.5e-7, 123456.789, -1.5, 1e300, True]
        )

    def value_object(self) -> dict[str, Any]:
        found = {"@value": self.text()}
        if self.random.random() < 0.5:
            found["@language"] = self.random.choice(LANGUAGES)
        elif self.random.random() < 0.3:
            found["@type"] = "https://a.example/type"
        return found
