"""The JSON-LD contexts we know: shipped in the package, pinned by hash, never fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sealwright.credentials.errors import UnknownContext, UnreadableInput, UnsupportedFeature
from sealwright.credentials.model.strict_json import loads

MAX_TABLES = 512
"""How many compiled tables a store keeps before it starts afresh; types are foreign input."""


@dataclass(frozen=True, slots=True)
class PinnedContext:
    """One context document: its address, its bytes' SHA-256 and where it was taken from."""

    url: str
    sha256: str
    text: bytes
    package: str = "added by the operator"
    version: str = ""
    licence: str = ""

    def parse(self) -> Any:
        """The value of the document's `@context`. Raises `UnsupportedFeature` on other JSON."""
        try:
            return loads(self.text)["@context"]
        except (UnreadableInput, KeyError, TypeError) as problem:
            raise UnsupportedFeature("not-a-context", url=self.url) from problem


class ContextStore:
    """The pinned contexts by address, and the tables compiled from them so far.

    A store only ever grows by making a new one (`with_file`). The compiled tables are a
    memo of pure results, kept within `MAX_TABLES`; so are the `outlines` of documents that
    come again and again (see `proofs.alike`).
    """

    def __init__(self, contexts: Mapping[str, PinnedContext]) -> None:
        self._contexts = dict(contexts)
        self._parsed: dict[str, Any] = {}
        self.tables: dict[Any, Any] = {}
        self.tables_made = 0
        self.outlines: dict[Any, Any] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        if self is _shipped():
            return _shipped, ()
        return ContextStore, (self._contexts,)

    @classmethod
    def shipped(cls) -> ContextStore:
        """The contexts of the standards, as listed in `contexts/manifest.json`."""
        return _shipped()

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses known to this store, in order."""
        return tuple(self._contexts)

    def pinned(self, url: str) -> PinnedContext:
        """The document behind `url`. Raises `UnknownContext`."""
        try:
            return self._contexts[url]
        except KeyError:
            raise UnknownContext(url=url) from None

    def load(self, url: str) -> Any:
        """The parsed `@context` value behind `url`. Raises `UnknownContext`."""
        if url not in self._parsed:
            self._parsed[url] = self.pinned(url).parse()
        return self._parsed[url]

    def with_file(self, url: str, source: Path | bytes, sha256: str) -> ContextStore:
        """A store that also knows `url`, taken from a file whose SHA-256 (hex) must match.

        Raises `UnsupportedFeature` (`context-hash-mismatch`, `not-a-context`).
        """
        text = source if isinstance(source, bytes) else source.read_bytes()
        found = hashlib.sha256(text).hexdigest()
        if found != sha256.lower():
            raise UnsupportedFeature("context-hash-mismatch", url=url, expected=sha256, found=found)
        added = PinnedContext(url=url, sha256=found, text=text)
        added.parse()
        return ContextStore({**self._contexts, url: added})


@cache
def _shipped() -> ContextStore:
    folder = files(__package__).joinpath("contexts")
    rows = loads(folder.joinpath("manifest.json").read_bytes())
    return ContextStore(
        {row["url"]: _pinned(folder.joinpath(row["file"]).read_bytes(), row) for row in rows}
    )


def _pinned(text: bytes, row: Mapping[str, str]) -> PinnedContext:
    found = hashlib.sha256(text).hexdigest()
    if found != row["sha256"]:
        raise UnsupportedFeature(
            "context-hash-mismatch",
            url=row["url"],
            expected=row["sha256"],
            found=found,
        )
    return PinnedContext(
        url=row["url"],
        sha256=row["sha256"],
        text=text,
        package=row["package"],
        version=row["version"],
        licence=row["licence"],
    )
