"""Contexts compiled to flat tables, so that a document is walked with one look-up a member.

A table says for each term what to emit. Type-scoped and property-scoped contexts lead to
further tables, made when first met and kept on the table they start from.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sealwright.credentials.errors import (
    MalformedCredential,
    UndefinedTerm,
    UnsupportedFeature,
)
from sealwright.credentials.jsonld._context import (
    ABSENT,
    EMPTY,
    IRI_CHARACTERS,
    SCHEME,
    Context,
    Definition,
    is_absolute_iri,
    process,
)
from sealwright.credentials.jsonld.contexts import MAX_TABLES, ContextStore

ID, TYPE, PLAIN, TYPED, IRI, VOCAB, JSON, UNSUPPORTED = range(8)
"""What a term's value is: a node's name or types, a literal (plain, typed, rdf:JSON), an
IRI, a vocabulary IRI; or something that we refuse."""

SINGLE, LIST, GRAPH = range(3)
"""How values are held: one by one (sets included), in an RDF list, each in its own graph."""

MAX_CONTEXTS = 8
"""Addresses in one `@context`; the standards' own credentials use two or three."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
P_TYPE = f"<{RDF}type> "

CONTAINERS = {
    frozenset(): SINGLE,
    frozenset({"@set"}): SINGLE,
    frozenset({"@list"}): LIST,
    frozenset({"@graph"}): GRAPH,
    frozenset({"@graph", "@set"}): GRAPH,
}

END = " .\n"
STRING = "^^<http://www.w3.org/2001/XMLSchema#string>"


class Entry(NamedTuple):
    """What a term means, ready to be written out."""

    is_plain: bool
    """Whether its values stand one by one, in the context around them."""
    kind: int
    predicate: str
    """"<predicate> "; for `UNSUPPORTED`, the name of the feature."""
    datatype: str
    """"^^<IRI>" or ''."""
    container: int
    context: Any
    """The term's own context, or ABSENT."""


_has_authority = re.compile(f"{SCHEME}//{IRI_CHARACTERS}").fullmatch


class Table:
    """One active context, compiled."""

    __slots__ = (
        "_nested",
        "_scoped",
        "context",
        "iris",
        "silent",
        "store",
        "terms",
        "texts",
        "typed",
    )

    def __init__(self, context: Context, store: ContextStore) -> None:
        self.context = context
        self.store = store
        self.terms: dict[str, Entry] = {
            term: _entry(term, definition)
            for term, definition in context.terms.items()
            if definition.iri
        }
        self.silent = {"@context"} | {
            term for term, entry in self.terms.items() if entry.kind in (ID, TYPE)
        }
        """Members that give no line of their own: whoever comes to the node has read them."""
        self.texts = {
            term: (f'{entry.predicate}"', f'"{_end(entry)}')
            for term, entry in self.terms.items()
            if entry.kind in (PLAIN, TYPED) and entry.container == SINGLE
        }
        """For members whose values are literals one by one: what goes before and after a text."""
        self.iris = {
            term: f"{entry.predicate}<"
            for term, entry in self.terms.items()
            if entry.kind == IRI and entry.is_plain
        }
        """For members whose values are addresses one by one: what goes before one."""
        self.typed: dict[Any, tuple[Table, list[str]]] = {}
        """What `with_types` found so far."""
        self._scoped: dict[int, tuple[Table, Any]] = {}
        self._nested: dict[tuple[str, ...], Table] = {}

    def with_types(self, types: str | tuple[str, ...]) -> tuple[Table, list[str]]:
        """The table inside a node of these types, and the ends of lines that state them.

        Type-scoped contexts apply in the order of the sorted types, and are not passed on
        to nested nodes. https://www.w3.org/TR/json-ld11/#type-scoped-contexts
        """
        known = self.typed.get(types)
        if known is None:
            names = (types,) if isinstance(types, str) else types
            known = self.typed[types] = self._derive_types(names)
            _count(self.store)
        return known

    def _derive_types(self, types: tuple[str, ...]) -> tuple[Table, list[str]]:
        iris = [f"{P_TYPE}<{self.vocabulary_iri(name)}>{END}" for name in types]
        context = self.context
        for name in sorted(types):
            definition = self.context.terms.get(name)
            if definition is not None and definition.context is not ABSENT:
                context = process(context, definition.context, self.store.load)
        return (self if context is self.context else Table(context, self.store)), iris

    def within(self, local: Any) -> Table:
        """The table for the values of a term whose own context is `local`.

        Two types may give one term different contexts, so the context itself is the key; it
        is kept beside the table, so that its identity is not given to another.
        https://www.w3.org/TR/json-ld11/#property-scoped-contexts
        """
        known = self._scoped.get(id(local))
        if known is None:
            context = process(self.context, local, self.store.load, override_protected=True)
            known = self._scoped[id(local)] = (Table(context, self.store), local)
            _count(self.store)
        return known[0]

    def nested(self, value: Any) -> Table:
        """The table inside a node that brings its own `@context`."""
        urls = context_urls(value)
        table = self._nested.get(urls)
        if table is None:
            context = process(self.context, list(urls), self.store.load)
            table = self._nested[urls] = Table(context, self.store)
            _count(self.store)
        return table

    def entry(self, member: str) -> Entry:
        """What `member` means where `terms` does not know it: by `@vocab`, or not at all."""
        if type(member) is not str:
            raise MalformedCredential(problem="the name of a member must be a text")
        if member.startswith("@"):
            raise UnsupportedFeature("unsupported-json-ld", problem=f"the keyword {member}")
        if ":" in member:
            raise UnsupportedFeature("unsupported-json-ld", problem="an address as a member")
        if not self.context.vocab or member in self.context.terms or member in ("id", "type"):
            raise UndefinedTerm()
        predicate = f"<{_checked(self.context.vocab + member)}> "
        return Entry(True, PLAIN, predicate, "", SINGLE, ABSENT)

    def iri(self, value: str) -> str:
        """`value` as an absolute IRI, prefixes expanded. Raises `MalformedCredential`."""
        if _has_authority(value):  # most have one, and such an address has no prefix
            return value
        return _checked(self.context.expand(value))

    def vocabulary_iri(self, value: str) -> str:
        """`value` as the IRI of a type or vocabulary term. Raises `UndefinedTerm`."""
        iri = self.context.expand_vocab(value)
        if not iri:
            raise UndefinedTerm()
        return _checked(iri)


def root_table(context: Any, store: ContextStore) -> Table:
    """The table for a document whose `@context` is `context`: an address or a list of them."""
    urls = context_urls(context)
    table = store.tables.get(urls)
    if table is None:
        made = Table(process(EMPTY, list(urls), store.load), store)
        _count(store)
        table = store.tables[urls] = made
    return table


def context_urls(value: Any) -> tuple[str, ...]:
    """The addresses in a `@context` value. Raises `UnsupportedFeature` for inline contexts."""
    urls = value if isinstance(value, list) else [value]
    for url in urls:
        if not isinstance(url, str):
            raise UnsupportedFeature("inline-context")
    if len(urls) > MAX_CONTEXTS:
        raise UnsupportedFeature("too-many-contexts", count=len(urls), most=MAX_CONTEXTS)
    return tuple(urls)


def _count(store: ContextStore) -> None:
    """Types and contexts are foreign input: drop all tables rather than keep too many."""
    store.tables_made += 1
    if store.tables_made > MAX_TABLES:
        store.tables.clear()
        store.tables_made = 0


def _checked(iri: str) -> str:
    if not is_absolute_iri(iri):
        raise MalformedCredential(problem=f"“{iri[:200]}” is not a complete address")
    return iri


def _entry(term: str, definition: Definition) -> Entry:
    iri = definition.iri
    if iri in ("@id", "@type") and term == iri[1:]:
        return Entry(False, ID if iri == "@id" else TYPE, "", "", SINGLE, ABSENT)
    container = CONTAINERS.get(definition.container)
    if definition.unsupported or iri.startswith("@") or container is None or term in ("id", "type"):
        feature = definition.unsupported or (iri if iri.startswith("@") else f"container of {term}")
        return Entry(False, UNSUPPORTED, feature, "", SINGLE, ABSENT)
    kind, datatype = _kind(definition.type)
    is_plain = kind != JSON and container == SINGLE and definition.context is ABSENT
    return Entry(is_plain, kind, f"<{iri}> ", datatype, container, definition.context)


def _end(entry: Entry) -> str:
    """What follows a text: its datatype, which strings go without, and the full stop."""
    return END if entry.datatype == STRING else entry.datatype + END


def _kind(coercion: str) -> tuple[int, str]:
    if coercion in ("", "@none"):
        return PLAIN, ""
    if coercion == "@id":
        return IRI, ""
    if coercion == "@vocab":
        return VOCAB, ""
    if coercion == "@json":
        return JSON, ""
    return TYPED, f"^^<{coercion}>"
