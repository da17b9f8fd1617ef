"""Which skill of our frameworks an alignment of a foreign credential means.

By its address first, because an address is meant to be exact; else by its words. Words that
two skills go by decide nothing. Nothing here guesses by likeness: what stays open is for a
matcher to suggest and a person to confirm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sealwright.skills.matching.index import Named
from sealwright.skills.matching.wordpiece import words_of


class By(StrEnum):
    """What led to the skill, the surest first."""

    ADDRESS = "address"
    LABEL = "label"
    ALTERNATIVE = "alternative label"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The skill that an alignment means, and what says so."""

    uri: str
    label: str
    by: By


class Resolver:
    """Looks up addresses and labels of many skills. Make it once."""

    def __init__(self, entries: Iterable[Named]) -> None:
        self._addresses: dict[str, Named] = {}
        self._labels: dict[str, dict[str, Named]] = {}
        self._alternatives: dict[str, dict[str, Named]] = {}
        for each in entries:
            self._addresses.setdefault(_same(each.uri), each)
            self._labels.setdefault(_words(each.label), {})[each.uri] = each
            for name in each.alternatives:
                self._alternatives.setdefault(_words(name), {})[each.uri] = each

    def resolve(self, address: str = "", name: str = "") -> Resolution | None:
        """The one skill with this address, else the one with this name; None if not just one.

        >>> resolver = Resolver([Named("http://x.example/1", "cook", ("prepare meals",))])
        >>> resolver.resolve("https://x.example/1/").by.value
        'address'
        >>> resolver.resolve("urn:other", "Prepare  meals").by.value
        'alternative label'
        """
        entry = self._addresses.get(_same(address))
        if entry is not None:
            return Resolution(entry.uri, entry.label, By.ADDRESS)
        words = _words(name)
        for by, names in ((By.LABEL, self._labels), (By.ALTERNATIVE, self._alternatives)):
            found = list(names.get(words, {}).values()) if words else []
            if found:
                return Resolution(found[0].uri, found[0].label, by) if len(found) == 1 else None
        return None


def _same(address: str) -> str:
    """An address without what two spellings of one address differ in."""
    return address.strip().removeprefix("https://").removeprefix("http://").rstrip("/")


def _words(name: str) -> str:
    return " ".join(words_of(name))
