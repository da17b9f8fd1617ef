"""A JSON document to RDF quads, by the compiled tables of its contexts.

This is expansion and deserialisation of JSON-LD 1.1 in one walk
(https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm), for the forms
that credentials use. Every member either gives quads, and so is signed, or is refused with
its path. Only empty arrays and nulls pass without a trace, as JSON-LD has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import rfc8785

from sealwright.credentials.errors import (
    CredentialError,
    MalformedCredential,
    UndefinedTerm,
    UnsupportedFeature,
    WorkBudgetExceeded,
)
from sealwright.credentials.jsonld._context import ABSENT
from sealwright.credentials.jsonld.contexts import ContextStore
from sealwright.credentials.jsonld.tables import (
    END,
    GRAPH,
    IRI,
    JSON,
    LIST,
    RDF,
    SINGLE,
    STRING,
    UNSUPPORTED,
    VOCAB,
    Entry,
    Table,
    root_table,
)

MAX_DEPTH = 64
MAX_BLANK_NODES = 200
"""Nodes without an id, list cells aside. Naming them is what costs in canonicalisation."""

MAX_TABLES_A_DOCUMENT = 96
"""Distinct combinations of contexts and types in one document."""

XSD = "http://www.w3.org/2001/XMLSchema#"
P_FIRST, P_REST, NIL = f"<{RDF}first> ", f"<{RDF}rest> ", f"<{RDF}nil>"
BOOLEAN, INTEGER, DOUBLE = (f"^^<{XSD}{name}>" for name in ("boolean", "integer", "double"))
LARGEST_EXACT_INTEGER = 2**53

_must_escape = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff]').search
has_surrogate = re.compile("[\ud800-\udfff]").search
_is_language_tag = re.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*").fullmatch
_exponent = re.compile(r"(\d)0*E\+?(-?)0*(\d)")

ESCAPES = {number: f"\\u{number:04X}" for number in (*range(32), 127)}
ESCAPES.update({8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"})
"""The escapes of canonical N-Quads. https://www.w3.org/TR/rdf-canon/#canonical-quads"""

Subject = str | int
"""An IRI as "<iri> " or a blank node by its number."""


class Graph:
    """The quads of one graph, by subject, so that a subject is written and sorted once.

    Every blank node comes from a JSON object without an id, so it is the object of one quad
    at the most.
    """

    __slots__ = ("links", "tails")

    def __init__(self) -> None:
        self.tails: defaultdict[Subject, list[str]] = defaultdict(list)
        """For each subject, the rest of its lines: "<p> o .\\n", o not being a blank node."""
        self.links: list[tuple[Subject, str, int]] = []
        """(subject, "<p> ", blank node)"""

    def is_empty(self) -> bool:
        return not self.links and not any(self.tails.values())


class Dataset(Graph):
    """The quads of a document: the default graph, the named ones, and how many blank nodes."""

    __slots__ = ("cells", "graphs", "nodes", "tables")

    def __init__(self) -> None:
        super().__init__()
        self.graphs: list[tuple[int, Graph]] = []
        """(blank node that names the graph, its quads)"""
        self.nodes = 0
        """Blank nodes are numbered from 0; this is the next number."""
        self.cells = 0
        """How many of them are cells of lists."""
        self.tables: set[Table] = set()

    def blank_node(self) -> int:
        number = self.nodes
        if number - self.cells >= MAX_BLANK_NODES:
            raise WorkBudgetExceeded(problem=f"more than {MAX_BLANK_NODES} parts without an id")
        self.nodes = number + 1
        return number

    def cell(self) -> int:
        """A blank node for a cell of a list."""
        self.cells += 1
        number = self.nodes
        self.nodes = number + 1
        return number

    def met(self, table: Table) -> None:
        self.tables.add(table)
        if len(self.tables) > MAX_TABLES_A_DOCUMENT:
            raise WorkBudgetExceeded(problem="too many different combinations of types")


def transform(document: Mapping[str, Any], contexts: ContextStore, plain: bool = False) -> Dataset:
    """The quads of `document`, whose `@context` says what its members mean.

    `plain` spares looking through its texts, where it is known that none needs an escape.
    Raises `UnknownContext`, `UndefinedTerm`, `MalformedCredential`, `UnsupportedFeature` and
    `WorkBudgetExceeded`; where a member is at fault, `evidence["pointer"]` names it.
    """
    if "@context" not in document:
        raise MalformedCredential(problem="it is missing", pointer="/@context")
    table = root_table(document["@context"], contexts)
    dataset = Dataset()
    subject = _name(dataset, table, document)
    _Walk(dataset, dataset, plain).node(table, document, subject, MAX_DEPTH)
    return dataset


def literal(text: str) -> str:
    """`text` as a quoted N-Quads string. Raises `MalformedCredential` for a lone surrogate."""
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    if _must_escape(text):
        if has_surrogate(text):
            raise MalformedCredential(problem="half of a surrogate pair")
        return text.translate(ESCAPES)
    return text


def typed(quoted: str, datatype: str) -> str:
    """A literal with its datatype ("^^<...>"); strings go without, as canonical N-Quads asks."""
    return quoted if datatype == STRING else f"{quoted}{datatype}"


def number(value: float, datatype: str = "") -> str:
    """A JSON number or boolean as a typed literal; `datatype` is "^^<...>" or ''.

    https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion, items 8 to 11. Refused is
    what implementations disagree on: integers that a JavaScript number cannot hold, and
    fractions that JavaScript writes without a point, such as 1e-7. Refused are also fractions
    of which the canonical form, with its 16 digits, would sign less than is written.
    """
    if type(value) is int and abs(value) <= LARGEST_EXACT_INTEGER and datatype != DOUBLE:
        return typed(f'"{value}"', datatype or INTEGER)
    if isinstance(value, bool):
        return typed(f'"{"true" if value else "false"}"', datatype or BOOLEAN)
    if not abs(value) < float("inf"):
        raise MalformedCredential(problem="not a finite number")
    if value % 1 == 0 and abs(value) < 1e21 and datatype != DOUBLE:
        if abs(value) > LARGEST_EXACT_INTEGER:
            raise UnsupportedFeature("unsupported-json-ld", problem="an integer beyond 2^53")
        return typed(f'"{int(value)}"', datatype or INTEGER)
    if value % 1 and "." not in repr(value):
        raise UnsupportedFeature("unsupported-json-ld", problem="a fraction this small")
    text = _exponent.sub(r"\1E\2\3", f"{float(value):.15E}")
    if float(text) != value:
        raise UnsupportedFeature("unsupported-json-ld", problem="a number of over 16 digits")
    return typed(f'"{text}"', datatype or DOUBLE)


class _Walk:
    """Emits the quads of nodes into one graph of a dataset."""

    __slots__ = ("dataset", "graph", "plain")

    def __init__(self, dataset: Dataset, graph: Graph, plain: bool) -> None:
        self.dataset = dataset
        self.graph = graph
        self.plain = plain

    def node(self, base: Table, item: Mapping[str, Any], subject: Subject, depth: int) -> None:
        """The members of the object `item`, known as `subject`.

        `base` is the context around it; its own types may add to that, for its members only.
        Texts are written out here, since most members are texts and this is where the time
        goes.
        """
        if depth == 0:
            raise WorkBudgetExceeded(problem=f"nested more than {MAX_DEPTH} deep")
        tails = self.graph.tails[subject]
        table = self.types(base, item["type"], tails) if "type" in item else base
        silent, texts, iris = table.silent, table.texts, table.iris
        plain = self.plain
        member = ""
        try:
            for member, value in item.items():
                if member in silent:
                    continue
                kind = type(value)
                if kind is str:
                    if member in texts:
                        if not plain and (not value.isprintable() or '"' in value or "\\" in value):
                            value = _escaped(value)
                        tails.append(value.join(texts[member]))
                        continue
                    if member in iris:
                        tails.append(f"{iris[member]}{table.iri(value)}>{END}")
                        continue
                entry = table.terms.get(member) or table.entry(member)
                if not entry.is_plain:
                    self.special(base, table, entry, subject, value, depth)
                elif kind is dict:
                    self.child(base, table, entry, subject, value, depth)
                elif kind is list:
                    self.values((base, table), entry, subject, value, depth)
                elif value is not None:
                    tails.append(f"{entry.predicate}{_scalar(table, entry, value)}{END}")
        except CredentialError as problem:
            _at(problem, member)
            raise

    def child(
        self,
        base: Table,
        table: Table,
        entry: Entry,
        subject: Subject,
        item: Mapping[str, Any],
        depth: int,
    ) -> None:
        """An object: a value with its language or type, or a node of its own."""
        if "@value" in item:
            self.emit(subject, f"{entry.predicate}{_scalar(table, entry, item)}{END}")
            return
        if "@context" in item:
            base = base.nested(item["@context"])
            self.dataset.met(base)
        if "id" in item:
            name: Subject = _identified(base, item["id"])
            self.graph.tails[subject].append(f"{entry.predicate}{name}.\n")
        else:
            name = self.dataset.blank_node()
            self.graph.links.append((subject, entry.predicate, name))
        self.node(base, item, name, depth - 1)

    def types(self, base: Table, types: Any, tails: list[str]) -> Table:
        """Emit the types of a node, and return the table that they lead to."""
        key: Any = None
        if type(types) is list:
            key = tuple(types)
        elif type(types) is str:
            key = types
        try:
            known = base.typed.get(key)
        except TypeError:  # a list or an object among the types
            known = None
        table, ends = known or _new_types(base, key)
        tails += ends
        if table is not base and table not in self.dataset.tables:
            self.dataset.met(table)
        return table

    def emit(self, subject: Subject, tail: str) -> None:
        """A quad whose object is no blank node; `tail` is "<p> o .\\n"."""
        self.graph.tails[subject].append(tail)

    def special(
        self, base: Table, table: Table, entry: Entry, subject: Subject, value: Any, depth: int
    ) -> None:
        """A member whose values do not stand one by one in the context around it."""
        inner = base, table
        if entry.context is not ABSENT:
            inner = base.within(entry.context), table.within(entry.context)
            self.dataset.met(inner[0])
        if entry.kind == JSON:
            self.emit(subject, f"{entry.predicate}{_json(value)}{END}")
        elif entry.kind == UNSUPPORTED:
            raise UnsupportedFeature("unsupported-json-ld", problem=entry.predicate)
        elif entry.container == LIST:
            self.list(inner, entry, subject, value if type(value) is list else [value], depth)
        elif type(value) is list:
            self.values(inner, entry, subject, value, depth)
        else:
            self.value(inner, entry, subject, value, depth)

    def values(
        self,
        inner: tuple[Table, Table],
        entry: Entry,
        subject: Subject,
        values: list[Any],
        depth: int,
    ) -> None:
        """The values of one member. `inner`: the tables for nested nodes and for strings."""
        for index, item in enumerate(values):
            try:
                if type(item) is dict and entry.is_plain:
                    self.child(*inner, entry, subject, item, depth)
                elif type(item) is list:
                    raise UnsupportedFeature("unsupported-json-ld", problem="a list within a list")
                else:
                    self.value(inner, entry, subject, item, depth)
            except CredentialError as problem:
                _at(problem, str(index))
                raise

    def value(
        self, inner: tuple[Table, Table], entry: Entry, subject: Subject, value: Any, depth: int
    ) -> None:
        """One value of one member."""
        if value is None:
            return
        if entry.container == GRAPH:
            self.named_graph(inner[0], entry, subject, value, depth)
        elif type(value) is dict:
            self.child(*inner, entry, subject, value, depth)
        else:
            self.emit(subject, f"{entry.predicate}{_scalar(inner[1], entry, value)}{END}")

    def named_graph(
        self, base: Table, entry: Entry, subject: Subject, item: Any, depth: int
    ) -> None:
        """A node in a graph of its own. https://www.w3.org/TR/json-ld11/#graph-containers"""
        if type(item) is not dict or "@value" in item:
            raise MalformedCredential(problem="an object is expected")
        name = self.dataset.blank_node()
        self.graph.links.append((subject, entry.predicate, name))
        graph = Graph()
        self.dataset.graphs.append((name, graph))
        if "@context" in item:
            base = base.nested(item["@context"])
            self.dataset.met(base)
        node = _name(self.dataset, base, item)
        _Walk(self.dataset, graph, self.plain).node(base, item, node, depth - 1)
        if graph.is_empty():
            # Some processors keep an empty graph, others drop it with the member around it.
            raise UnsupportedFeature("unsupported-json-ld", problem="an object that says nothing")

    def list(
        self,
        inner: tuple[Table, Table],
        entry: Entry,
        subject: Subject,
        items: list[Any],
        depth: int,
    ) -> None:
        """An RDF list. https://www.w3.org/TR/json-ld11-api/#list-to-rdf-conversion"""
        first = entry._replace(predicate=P_FIRST, container=SINGLE)
        previous, predicate = subject, entry.predicate
        for index, item in enumerate(items):
            if item is None:
                continue
            cell = self.dataset.cell()
            _ = self.graph.tails[previous]  # every subject has its place, even without tails
            self.graph.links.append((previous, predicate, cell))
            try:
                if type(item) is list:
                    raise UnsupportedFeature("unsupported-json-ld", problem="a list within a list")
                self.value(inner, first, cell, item, depth)
            except CredentialError as problem:
                _at(problem, str(index))
                raise
            previous, predicate = cell, P_REST
        self.emit(previous, f"{predicate}{NIL}{END}")


def _new_types(base: Table, key: Any) -> tuple[Table, list[str]]:
    """What types lead to that were not met before. Raises as `Table.with_types` does."""
    try:
        if key is None or not all(type(name) is str for name in key):
            raise MalformedCredential(problem="a type must be a string or a list of strings")
        if "type" not in base.terms:
            raise UndefinedTerm()
        return base.with_types(key)
    except CredentialError as problem:
        _at(problem, "type")
        raise


def _name(dataset: Dataset, table: Table, item: Mapping[str, Any]) -> Subject:
    """A node's name: "<iri> " from its id, or a new blank node."""
    return _identified(table, item["id"]) if "id" in item else dataset.blank_node()


def _identified(table: Table, identifier: Any) -> str:
    """The name of a node with this id."""
    try:
        if type(identifier) is not str:
            raise MalformedCredential(problem="an id must be a string")
        return f"<{table.iri(identifier)}> "
    except CredentialError as problem:
        _at(problem, "id")
        raise


def _scalar(table: Table, entry: Entry, value: Any) -> str:
    """A string, number, boolean or value object as an N-Quads term."""
    if type(value) is str:
        if entry.kind == IRI:
            return f"<{table.iri(value)}>"
        if entry.kind == VOCAB:
            return f"<{table.vocabulary_iri(value)}>"
        return typed(literal(value), entry.datatype)
    if type(value) is dict:
        return _value_object(table, value)
    if isinstance(value, (bool, int, float)):
        return number(value, entry.datatype)
    raise MalformedCredential(problem=f"{type(value).__name__} is no JSON value")


def _value_object(table: Table, value: Mapping[str, Any]) -> str:
    """https://www.w3.org/TR/json-ld11/#value-objects, with a language or a type, not both."""
    extra = value.keys() - {"@value"}
    content = value["@value"]
    if not extra and type(content) is str:
        return literal(content)
    if extra == {"@language"} and type(content) is str:
        tag = value["@language"]
        if type(tag) is not str or not _is_language_tag(tag):
            raise MalformedCredential(problem="not a language tag", pointer="/@language")
        return f"{literal(content)}@{tag.lower()}"
    if extra == {"@type"} and type(content) is str and type(value["@type"]) is str:
        return typed(literal(content), f"^^<{table.vocabulary_iri(value['@type'])}>")
    raise UnsupportedFeature("unsupported-json-ld", problem="this kind of value object")


def _json(value: Any) -> str:
    """https://www.w3.org/TR/json-ld11/#json-literals, canonical by RFC 8785."""
    try:
        text = rfc8785.dumps(value).decode("utf-8")
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as problem:
        raise MalformedCredential(problem="not canonical JSON") from problem
    return f"{literal(text)}^^<{RDF}JSON>"


def _at(problem: CredentialError, member: str) -> None:
    """Put `member` before the JSON pointer (RFC 6901) of an error on its way up."""
    step = str(member).replace("~", "~0").replace("/", "~1")
    problem.evidence["pointer"] = f"/{step}{problem.evidence.get('pointer', '')}"
