"""What becomes of alignments when a framework's next version comes.

Kept, changed, gone and new are facts: they follow from addresses and from what stands at
them. Where a skill is gone, somebody has to choose what an alignment to it shall point at:
for that there are proposals, each with its reason. A skill usually leaves its labels to the
one that takes its place, so the labels are what proposals rest on. A person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from sealwright.skills.frameworks.model import (
    GROUPS,
    Concept,
    Entry,
    Framework,
    Occupation,
    Texts,
)
from sealwright.skills.frameworks.picker import folded

LEAST_LABELS: Final = 2
"""How many labels must have passed on where the preferred one has not."""
MOST_TARGETS: Final = 3


class Fate(StrEnum):
    """What became of an entry."""

    KEPT = "kept"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


class Move(StrEnum):
    """What a proposal takes to have happened."""

    MERGED = "merged"  # a skill that stays has taken it in
    RENAMED = "renamed"  # a new skill stands in its place
    SPLIT = "split"  # several skills share what it was


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that stays, and what about it is different."""

    uri: str
    label: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where an alignment could point from now on, for a person to decide."""

    move: Move
    old: str
    label: str
    new: tuple[str, ...]
    """Best first. In a split of a skill that stays, it is itself the first."""
    strength: float
    """Which share of its labels the first of them carries now, from 0 to 1."""
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The difference between two versions; addresses in the order of the old, then the new."""

    old_version: str
    new_version: str
    kept: tuple[str, ...]
    """Every address that stays, the changed ones included."""
    changed: tuple[Change, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    """The strongest first."""
    not_compared: tuple[str, ...]
    """Sorts of entries that only one of the two has: skill, group, field or occupation."""

    def fates(self) -> dict[str, Fate]:
        """What became of every address."""
        return {
            **dict.fromkeys(self.kept, Fate.KEPT),
            **{change.uri: Fate.CHANGED for change in self.changed},
            **dict.fromkeys(self.gone, Fate.GONE),
            **dict.fromkeys(self.new, Fate.NEW),
        }

    def proposals_for(self, uri: str) -> tuple[Proposal, ...]:
        """What could stand in for this address."""
        return tuple(proposal for proposal in self.proposals if proposal.old == uri)


def compare(old: Framework, new: Framework) -> Report:
    """Compare two versions of one framework."""
    sorts = _sorts(old), _sorts(new)
    common = set(sorts[0].values()) & set(sorts[1].values())
    before, after = (
        {entry.uri: entry for entry in one.entries() if of[entry.uri] in common}
        for one, of in zip((old, new), sorts, strict=True)
    )
    both = _Both(old, new, before, after)
    changed = tuple(change for uri in before if uri in after for change in both.change(uri))
    return Report(
        old_version=old.about.version,
        new_version=new.about.version,
        kept=tuple(uri for uri in before if uri in after),
        changed=changed,
        gone=tuple(uri for uri in before if uri not in after),
        new=tuple(uri for uri in after if uri not in before),
        proposals=both.proposals([change.uri for change in changed]),
        not_compared=tuple(sorted(set(sorts[0].values()) ^ set(sorts[1].values()))),
    )


def _sorts(framework: Framework) -> dict[str, str]:
    return {
        entry.uri: "occupation"
        if isinstance(entry, Occupation)
        else entry.kind.value
        if entry.kind in GROUPS
        else "skill"
        for entry in framework.entries()
    }


class _Both:
    """Two versions side by side."""

    def __init__(
        self,
        old: Framework,
        new: Framework,
        before: Mapping[str, Entry],
        after: Mapping[str, Entry],
    ) -> None:
        self._flat = old.about.flat, new.about.flat
        self._before = before
        self._after = after
        common = set(old.about.languages) & set(new.about.languages)
        self._languages = common or {*old.about.languages, *new.about.languages}

    def change(self, uri: str) -> Iterable[Change]:
        """What is different about an entry that stays, if anything."""
        old, new = self._before[uri], self._after[uri]
        if self._flat[1] and not self._flat[0]:
            names = _flat_changes(old, folded(new.labels[0][1]))
        elif type(old) is not type(new):
            names = ["kind"]
        else:
            names = [
                field.name
                for field in fields(old)
                if field.name not in ("uri", "extra")
                and self._shown(getattr(old, field.name)) != self._shown(getattr(new, field.name))
            ]
        if names:
            yield Change(uri, old.label("en"), tuple(names))

    def _shown(self, value: object) -> object:
        """A value as it is compared: texts in the languages of both only, lists in any order."""
        if not isinstance(value, tuple):
            return value
        return {
            one
            for one in value
            if not (isinstance(one, tuple) and len(one) == 2) or one[0] in self._languages
        }

    def proposals(self, changed: Iterable[str]) -> tuple[Proposal, ...]:
        """Where labels of what is gone, or lost by what stays, have gone to."""
        if self._flat[0]:
            return ()  # which of its words are labels is not told
        fresh = [uri for uri in self._after if uri not in self._before]
        heirs = _Heirs(self._before, self._after, [*changed, *fresh], flat=self._flat[1])
        found = [
            proposal
            for uri, entry in self._before.items()
            for proposal in (
                self._of_kept(entry, heirs, set(fresh))
                if uri in self._after
                else self._of_gone(entry, heirs)
            )
        ]
        return tuple(sorted(found, key=lambda one: (-one.strength, one.old, one.move)))

    def _of_gone(self, gone: Entry, heirs: _Heirs) -> Iterable[Proposal]:
        labels = _labels(gone)
        carried = {
            uri: [label for label in these if not self._had(uri, label)]
            for uri, these in heirs.of(labels, like=gone).items()
        }
        enough = {
            uri: these
            for uri, these in carried.items()
            if labels[0] in these or len([one for one in these if " " in one]) >= LEAST_LABELS
        }
        alike = {uri: _likeness(gone, self._after[uri]) for uri in enough}
        order = sorted(
            enough,
            key=lambda uri: (-len(enough[uri]), labels[0] not in enough[uri], -alike[uri], uri),
        )
        if not order:
            return
        best = order[0]
        sharing = [
            uri
            for uri in order[1:]
            if set(enough[uri]) - set(enough[best])
            or (len(enough[uri]) == len(enough[best]) and alike[uri] * 2 >= alike[best])
        ]
        targets = (best, *sharing[: MOST_TARGETS - 1])
        move = Move.MERGED if best in self._before else Move.RENAMED
        yield self._proposal(
            Move.SPLIT if sharing else move, gone, targets, enough[best], len(labels)
        )

    def _of_kept(self, kept: Entry, heirs: _Heirs, fresh: set[str]) -> Iterable[Proposal]:
        """A new skill that carries alternatives which this one has lost was split off from it."""
        lost = [label for label in _labels(kept)[1:] if not heirs.has(kept.uri, label)]
        for uri, these in heirs.of(lost, like=kept).items() if lost else ():
            several = [label for label in these if " " in label]
            if uri in fresh and len(several) >= LEAST_LABELS:
                share = len(_labels(kept))
                yield self._proposal(Move.SPLIT, kept, (kept.uri, uri), several, share)

    def _had(self, uri: str, label: str) -> bool:
        return uri in self._before and label in _labels(self._before[uri])

    def _proposal(
        self, move: Move, old: Entry, targets: tuple[str, ...], carried: list[str], many: int
    ) -> Proposal:
        named = old.label("en")
        holder = self._name(targets[1] if old.uri in targets else targets[0])
        if old.uri in targets:
            what = f"“{holder}” is new"
        elif move is Move.SPLIT:
            sharing = " and ".join(f"“{self._name(uri)}”" for uri in targets)
            what = f"“{named}” is gone; {sharing} share its labels"
        else:
            what = f"“{named}” is gone"
        which = "the preferred one" if carried[0] == _labels(old)[0] else f"“{carried[0]}”"
        how_many = f"{len(carried)} of its {many} labels, {which} among them, now belong"
        if many == 1:
            how_many = "its only label now belongs"
        reason = f"{what}: {how_many} to “{holder}”"
        return Proposal(move, old.uri, named, targets, round(len(carried) / many, 4), reason)

    def _name(self, uri: str) -> str:
        """The new label; of a flat text, the old one or its first words."""
        if not self._flat[1]:
            return self._after[uri].label("en")
        if uri in self._before:
            return self._before[uri].label("en")
        return " ".join(self._after[uri].label("en").split()[:6]) + " …"


class _Heirs:
    """Entries of the new version that could have taken over a label."""

    def __init__(
        self,
        before: Mapping[str, Entry],
        after: Mapping[str, Entry],
        uris: Iterable[str],
        *,
        flat: bool,
    ) -> None:
        self._flat = flat
        self._after = after
        self._texts: dict[str, str] = {}
        self._holders: dict[str, set[str]] = {}
        for uri in uris:
            labels = _labels(after[uri])
            if flat:
                # A description that has not changed holds no labels.
                known = folded(before[uri].description()) if uri in before else ""
                self._texts[uri] = f" {labels[0].removesuffix(known)} "
            for key in set(labels[0].split()) if flat else labels:
                self._holders.setdefault(key, set()).add(uri)

    def of(self, labels: Iterable[str], *, like: Entry) -> dict[str, list[str]]:
        """Who carries which of these labels; only entries of the same sort."""
        found: dict[str, list[str]] = {}
        for label in labels:
            for uri in sorted(self._carrying(label)):
                if isinstance(self._after[uri], type(like)) and self._same_sort(uri, like):
                    found.setdefault(uri, []).append(label)
        return found

    def has(self, uri: str, label: str) -> bool:
        """Whether an entry carries a label; one that was not indexed has not changed."""
        if self._flat:
            return uri not in self._texts or f" {label} " in self._texts[uri]
        return label in _labels(self._after[uri])

    def _carrying(self, label: str) -> set[str]:
        if not self._flat:
            return self._holders.get(label, set())
        words = [self._holders.get(word, set()) for word in label.split()]
        some = set.intersection(*words) if words else set()
        return {uri for uri in some if f" {label} " in self._texts[uri]}

    def _same_sort(self, uri: str, like: Entry) -> bool:
        other = self._after[uri]
        if isinstance(other, Concept) and isinstance(like, Concept):
            return (other.kind in GROUPS) == (like.kind in GROUPS)
        return True


def _flat_changes(old: Entry, text: str) -> list[str]:
    """What is different in a text that runs label, alternatives and description together."""
    label, description = folded(old.label()), folded(old.description())
    others = [folded(other) for _, other in old.alternatives]
    names = []
    if f"{text} ".startswith(f"{label} "):
        text = text[len(label) :].strip()
    else:
        names.append("labels")
    if f" {text}".endswith(f" {description}"):
        text = text[: len(text) - len(description)].strip()
    else:
        names.append("descriptions")
    whole = " ".join(others)
    if whole not in (text, _without(text, label)) and (
        not names or any(f" {other} " not in f" {text} " for other in others)
    ):
        names.append("alternatives")
    return names


def _without(text: str, label: str) -> str:
    """A text without one mention of the label, which some versions repeat among alternatives."""
    return " ".join(f" {text} ".replace(f" {label} ", " ", 1).split())


def _labels(entry: Entry) -> list[str]:
    """Its labels as they are compared, the preferred one first, each once."""
    texts: Texts = (*entry.labels, *entry.alternatives)
    return list(dict.fromkeys(folded(text) for _, text in texts))


def _likeness(one: Entry, other: Entry) -> float:
    """Which share of their words two entries have in common."""
    words = [
        {word for _, text in (*entry.labels, *entry.alternatives, *entry.descriptions)
         for word in folded(text).split()}
        for entry in (one, other)
    ]  # fmt: skip
    return len(words[0] & words[1]) / len(words[0] | words[1])
