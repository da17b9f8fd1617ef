"""Which skill of our frameworks an alignment of a foreign credential means.

By its address first, because an address is meant to be exact; else by its words. Words that
two skills go by decide nothing. Nothing here guesses by likeness: what stays open is for a
matcher to suggest and a person to confirm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sealwright.skills.matching.index import Index, Target
from sealwright.skills.matching.names import By, plain, same
from sealwright.skills.matching.windows import LITTLE
from sealwright.skills.matching.wordpiece import words_in

LONGEST: Final = 8
"""Words of a name that is looked for in a text."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The skill that an alignment means, and what says so."""

    uri: str
    label: str
    by: By


@dataclass(frozen=True, slots=True)
class Mention:
    """A skill that a text calls by one of its names, and where."""

    uri: str
    label: str
    start: int
    stop: int


class Resolver:
    """Looks up addresses and names in the indexes of frameworks."""

    def __init__(self, *indexes: Index, target: Target = Target.SKILLS) -> None:
        found = (index.sections.get(target) for index in indexes)
        self._sections = [section for section in found if section is not None]

    def resolve(self, address: str = "", name: str = "") -> Resolution | None:
        """The one skill with this address, else the one with this name; None if not just one.

        An alternative name counts only where no skill has it as its label.
        """
        for by, text in (
            (By.ADDRESS, same(address)), (By.LABEL, plain(name)), (By.ALTERNATIVE, plain(name)),
        ):  # fmt: skip
            found = self._found(by, text) if text else {}
            if len(found) > 1 and by is not By.ADDRESS:
                return None
            for uri, label in found.items():
                return Resolution(uri, label, by)
        return None

    def label_of(self, uri: str) -> str | None:
        """The label of the skill with this address, if it is here."""
        return next(iter(self._found(By.ADDRESS, same(uri)).values()), None)

    def named_in(self, text: str) -> Iterator[Mention]:
        """The skills that a text calls by name, in its order; of names within one, the longest.

        One word alone counts only where it is the label of a skill, but for what stands there in
        brackets: frameworks list words such as "design" as other names of something narrower.
        """
        words = list(words_in(text))
        place = 0
        while place < len(words):
            for stop in range(min(place + LONGEST, len(words)), place, -1):
                some = words[place:stop]
                found = self._called([word.text for word in some])
                if found is not None:
                    yield Mention(found.uri, found.label, some[0].start, some[-1].stop)
                    place = stop
                    break
            else:
                place += 1

    def _called(self, words: list[str]) -> Resolution | None:
        if LITTLE.issuperset(words):
            return None
        name = " ".join(words)
        found = self.resolve(name=name)
        if found is None or len(words) > 1:
            return found
        return found if plain(found.label.partition("(")[0]) == name else None

    def _found(self, by: By, text: str) -> dict[str, str]:
        """The addresses and labels of the skills that go by `text`."""
        found: dict[str, str] = {}
        for section in self._sections:
            for owner in section.goes_by[by].owners_of(text):
                found.setdefault(section.uris[owner], section.labels[owner])
        return found
