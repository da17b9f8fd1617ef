"""For which other skills a skill speaks: the same one elsewhere, and broader ones.

Never the other way round: whoever holds a broader skill may hold any part of it. Groups are
passed over, because nobody is asked for a group, and so are skills that are merely related.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from sealwright.skills.evidence import Kin
from sealwright.skills.frameworks import GROUPS, Bond, Framework
from sealwright.skills.matching.names import plain, same


def kinship_of(
    held: Iterable[str],
    framework: Framework,
    *,
    names: Mapping[str, str] | None = None,
    meant: Mapping[str, str] | None = None,
    language: str = "en",
) -> dict[str, tuple[Kin, ...]]:
    """For each held skill, the skills of the framework for which it speaks too.

    `names` are labels of skills that the framework lacks. One of these is looked up by its
    address, and by its name where just one skill of the framework has that preferred name. With
    `meant`, nothing is looked up: it says which skill of the framework such an address means.
    """
    family = _Family(framework, names or {}, meant, language)
    return {skill: kin for skill in sorted(set(held)) if (kin := tuple(family.of(skill)))}


class _Family:
    def __init__(
        self,
        framework: Framework,
        names: Mapping[str, str],
        meant: Mapping[str, str] | None,
        language: str,
    ) -> None:
        self._framework = framework
        self._names = names
        self._meant = meant
        self._language = language
        self._same: dict[str, set[str]] = {}
        for concept in framework.skills():
            for relation in concept.related:
                if relation.bond is Bond.SAME:
                    self._same.setdefault(concept.uri, set()).add(relation.uri)
                    self._same.setdefault(relation.uri, set()).add(concept.uri)

    def of(self, skill: str) -> Iterable[Kin]:
        """Every skill once, by the shortest way."""
        label = self._label(skill)
        starts = dict.fromkeys((skill, *sorted(self._same.get(skill, ()))), False)
        means = None if self._framework.has_concept(skill) else self._meaning(skill)
        if means is not None:
            starts.setdefault(means, same(means) != same(skill))
        seen = {skill}
        for uri, named in starts.items():
            if uri != skill:
                seen.add(uri)
                yield Kin(uri, label, 0, named)
        waiting = [(uri, 0, named) for uri, named in starts.items()]
        for uri, steps, named in waiting:
            for above in self._broader(uri):
                if above not in seen:
                    seen.add(above)
                    waiting.append((above, steps + 1, named))
                    yield Kin(above, label, steps + 1, named)

    def _meaning(self, skill: str) -> str | None:
        if self._meant is not None:
            return self._meant.get(skill)
        spelt = self._addresses.get(same(skill))
        return spelt or self._labels.get(plain(self._names.get(skill, "")))

    def _label(self, skill: str) -> str:
        if self._framework.has_concept(skill):
            return self._framework.concept(skill).label(self._language)
        return self._names.get(skill, skill)

    def _broader(self, uri: str) -> Iterable[str]:
        if not self._framework.has_concept(uri):
            return ()
        above = self._framework.concept(uri).broader
        known = (each for each in above if self._framework.has_concept(each))
        return [each for each in known if self._framework.concept(each).kind not in GROUPS]

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {same(concept.uri): concept.uri for concept in self._framework.skills()}

    @cached_property
    def _labels(self) -> dict[str, str | None]:
        """The skill with a preferred name; None where two have it."""
        found: dict[str, str | None] = {"": None}
        for concept in self._framework.skills():
            words = plain(concept.label(self._language))
            found[words] = None if words in found else concept.uri
        return found
