"""Context processing of JSON-LD 1.1, for the features that pinned contexts use.

Follows https://www.w3.org/TR/json-ld11-api/#context-processing-algorithms. What no known
context needs (`@base`, `@import`, `@language`, `@propagate`, index and language maps) is
refused when a context asks for it, so that nothing is half understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sealwright.credentials.errors import MalformedCredential, UnsupportedFeature

Loader = Callable[[str], Any]

MAX_NESTED_CONTEXTS = 16
SUPPORTED_MEMBERS = {"@version", "@vocab", "@protected"}
SUPPORTED_DEFINITION_MEMBERS = {"@id", "@type", "@container", "@context", "@protected", "@prefix"}
GENERIC_DELIMITERS = tuple(":/?#[]@")
ABSENT: Any = object()

SCHEME = "[A-Za-z][A-Za-z0-9+.-]*:"
IRI_CHARACTERS = r'(?:[!#-;=?-\[\]_a-z~]*+|[^\x00-\x20<>"{}|\\^`\ud800-\udfff]*)'
"""Mostly they are all in ASCII, which is quicker to match; the second half says the rule."""

is_absolute_iri = re.compile(SCHEME + IRI_CHARACTERS).fullmatch
"""RFC 3987 as N-Quads demands it: a scheme, and no character that an IRIREF may not hold."""

_looks_like_keyword = re.compile(r"@[A-Za-z]+").fullmatch


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term means. `iri` is '' for a term that is explicitly undefined.

    `unsupported` names the feature that keeps us from using the term at all.
    """

    iri: str
    type: str = ""
    container: frozenset[str] = frozenset()
    context: Any = field(default=ABSENT)
    protected: bool = False
    prefix: bool = False
    unsupported: str = ""

    def means_the_same_as(self, other: Definition) -> bool:
        """Equal in everything but the protection, as redefinition of protected terms asks."""
        return (
            self.iri == other.iri
            and self.type == other.type
            and self.container == other.container
            and self.context == other.context
            and self.prefix == other.prefix
            and self.unsupported == other.unsupported
        )


@dataclass(frozen=True, slots=True)
class Context:
    """An active context: what each term means, and where undefined terms go."""

    terms: Mapping[str, Definition] = field(default_factory=dict)
    vocab: str = ""

    def expand(self, value: str) -> str:
        """`value` as an IRI by prefix, or unchanged; terms are not looked up.

        https://www.w3.org/TR/json-ld11-api/#iri-expansion
        """
        prefix, colon, suffix = value.partition(":")
        if colon and not suffix.startswith("//"):
            definition = self.terms.get(prefix)
            if definition is not None and definition.prefix:
                return definition.iri + suffix
        return value

    def expand_vocab(self, value: str) -> str:
        """`value` as a vocabulary IRI: a term, by prefix, or under `@vocab`; '' if none fits."""
        definition = self.terms.get(value)
        if definition is not None:
            return definition.iri
        if ":" in value:
            return self.expand(value)
        return self.vocab + value if self.vocab else ""


EMPTY = Context()


def process(
    active: Context, local: Any, load: Loader, *, override_protected: bool = False
) -> Context:
    """`active` with the local context `local` (URL, object, list of them, or null) applied.

    Raises `UnknownContext`, `UnsupportedFeature` and, where a protected term would change
    its meaning, `MalformedCredential`.
    """
    return _process(active, local, load, override_protected, MAX_NESTED_CONTEXTS)


def _process(active: Context, local: Any, load: Loader, override: bool, depth: int) -> Context:
    if depth == 0:
        raise UnsupportedFeature("context-too-deep")
    for item in local if isinstance(local, list) else [local]:
        if item is None:
            if not override and any(term.protected for term in active.terms.values()):
                raise MalformedCredential("protected-term-redefined", term="null")
            active = EMPTY
        elif isinstance(item, str):
            active = _process(active, load(item), load, override, depth - 1)
        elif isinstance(item, dict):
            active = _Definer(active, item, override).result()
        else:
            raise UnsupportedFeature("unsupported-context", feature=type(item).__name__)
    return active


class _Definer:
    """Applies one context object. https://www.w3.org/TR/json-ld11-api/#create-term-definition"""

    def __init__(self, active: Context, local: Mapping[str, Any], override: bool) -> None:
        self.active = active
        self.local = local
        self.override = override
        self.protected = local.get("@protected", False) is True
        self.terms = dict(active.terms)
        self.vocab = active.vocab
        self.under_way: dict[str, bool] = {}

    def result(self) -> Context:
        for member, value in self.local.items():
            if member.startswith("@") and member not in SUPPORTED_MEMBERS:
                raise UnsupportedFeature("unsupported-context", feature=member)
            if member == "@vocab":
                self.vocab = self._vocabulary(value)
        for term in self.local:
            if not term.startswith("@"):
                self._define(term)
        return Context(self.terms, self.vocab)

    def _vocabulary(self, value: Any) -> str:
        if isinstance(value, str) and is_absolute_iri(value):
            return value
        raise UnsupportedFeature("unsupported-context", feature="@vocab")

    def _define(self, term: str) -> None:
        if term in self.under_way:
            if self.under_way[term]:
                raise UnsupportedFeature("unsupported-context", feature=f"cycle at {term}")
            return
        self.under_way[term] = True
        value = self.local[term]
        previous = self.active.terms.get(term)
        definition = self._definition(term, value)
        if previous is not None and previous.protected and not self.override:
            if not definition.means_the_same_as(previous):
                raise MalformedCredential("protected-term-redefined", term=term)
            definition = previous
        self.terms[term] = definition
        self.under_way[term] = False

    def _definition(self, term: str, value: Any) -> Definition:
        if value is None:
            return Definition("", protected=self.protected)
        if isinstance(value, str):
            return self._simple(term, value)
        if not isinstance(value, dict):
            raise UnsupportedFeature("unsupported-context", feature=f"definition of {term}")
        return self._expanded(term, value)

    def _simple(self, term: str, value: str) -> Definition:
        iri = self._iri(value, term)
        is_prefix = ":" not in term and "/" not in term and iri.endswith(GENERIC_DELIMITERS)
        return Definition(iri, protected=self.protected, prefix=is_prefix)

    def _expanded(self, term: str, value: Mapping[str, Any]) -> Definition:
        unsupported = next((m for m in value if m not in SUPPORTED_DEFINITION_MEMBERS), "")
        identifier = value.get("@id", value.get("@reverse", ABSENT))
        if identifier is None:
            return Definition("", protected=self.protected)
        if identifier is ABSENT or not isinstance(identifier, str):
            identifier = term
        container = value.get("@container", [])
        containers = container if isinstance(container, list) else [container]
        if not all(isinstance(name, str) for name in containers):
            unsupported = "@container"
            containers = []
        kind = value.get("@type", "")
        protected = value.get("@protected", self.protected)
        return Definition(
            iri=self._iri(identifier, term),
            type=self._iri(kind, term) if isinstance(kind, str) and kind else "",
            container=frozenset(containers),
            context=value.get("@context", ABSENT),
            protected=protected is True,
            prefix=value.get("@prefix", False) is True,
            unsupported=unsupported,
        )

    def _iri(self, value: str, term: str) -> str:
        """Expand with the terms defined so far, defining those that `value` needs first."""
        if value.startswith("@") and _looks_like_keyword(value):
            return value
        if value != term:
            self._define_first(value)
        definition = self.terms.get(value) if value != term else None
        if definition is not None:
            return definition.iri
        prefix, colon, suffix = value.partition(":")
        if colon:
            if not suffix.startswith("//"):
                self._define_first(prefix)
                known = self.terms.get(prefix)
                if known is not None and known.prefix:
                    return known.iri + suffix
            return value
        return self.vocab + value if self.vocab else ""

    def _define_first(self, term: str) -> None:
        if term in self.local and not term.startswith("@"):
            self._define(term)
