"""A screening from what was brought: check it, see whose it is, compare, and keep nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from sealwright.skills.evidence import Evidence, Kin, Strength
from sealwright.skills.frameworks.picker import folded
from sealwright.skills.matching.names import same
from sealwright.skills.screening.scoring import Candidate, Requirement, Screening, screen
from sealwright.web.hiring import proofs
from sealwright.web.hiring.asking import own_skill
from sealwright.web.hiring.bringing import Brought
from sealwright.web.hiring.proofs import Proof, day, proof_of, unreadable
from sealwright.web.hiring.sources import Source
from sealwright.web.verifying.services import check, new_verifier

LONG_AGO: Final = date(1970, 1, 1)
"""What a proof without a date counts as."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the recruiter decided after seeing what was brought."""

    issuers: frozenset[str] = frozenset()
    """Identifiers of issuers that no register names and that count all the same."""
    counted: frozenset[str] = frozenset()
    """Places of proofs that count although the name on them is another one."""


@dataclass(frozen=True, slots=True)
class Look:
    """A proof that somebody should look at, and why it does not count as it is."""

    place: str
    proof: Proof
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """The screening, and everything about the proofs that is not in it."""

    screening: Screening
    candidates: tuple[Candidate, ...]
    proofs: Mapping[str, tuple[Proof, ...]]
    """By candidate, in the order they were brought."""
    looks: tuple[Look, ...]
    issuers: tuple[Issuer, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer of what was brought: who it says it is, and whether that counts."""

    identifier: str
    name: str
    credentials: int
    is_listed: bool
    is_accepted: bool


@dataclass(slots=True)
class _Gathered:
    evidence: list[Evidence] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)


def check_brought(brought: Iterable[Brought], *, at: datetime) -> list[Proof]:
    """Each credential as it was found at `at`, in order. The web is asked for a while."""
    verifier = new_verifier(seconds=settings.SCREENING_SECONDS)
    found = []
    for each in brought:
        if each.problem:
            headline = _("It could not be read")
            found.append(unreadable(each.candidate, each.source.name, each.problem, headline))
        else:
            report = check(each.source, verifier=verifier, at=at)
            found.append(proof_of(each.candidate, each.source.name, report, at=at))
    return found


def screened(
    found: Sequence[Proof],
    requirements: Sequence[Requirement],
    *,
    at: datetime,
    source: Source,
    choices: Choices = Choices(),
) -> Result:
    """Compare what was found with what is asked, as `source` knows it. Raises `UnfitRequest`."""
    looks = list(_looks(found, choices))
    waiting = {look.place for look in looks}
    asked = _Asked(requirements, source)
    gathered: dict[str, _Gathered] = {}
    for number, proof in enumerate(found):
        mine = gathered.setdefault(proof.candidate, _Gathered())
        if proof.digest and _is_repeated(found, number):
            continue
        if proof.state == proofs.REFUSED or str(number) in waiting:
            mine.refused |= {skill for each in proof.skills if (skill := asked.meant_by(each))}
        else:
            mine.evidence += _evidence(proof, asked, choices)
    candidates = tuple(
        Candidate(key, tuple(each.evidence), frozenset(each.refused))
        for key, each in gathered.items()
    )
    by_candidate: defaultdict[str, list[Proof]] = defaultdict(list)
    for proof in found:
        by_candidate[proof.candidate].append(proof)
    return Result(
        screen(requirements, candidates, at=at.date(), kinship=_kinship(found, asked, source)),
        candidates,
        {key: tuple(each) for key, each in by_candidate.items()},
        tuple(looks),
        tuple(_issuers(found, choices)),
        source,
    )


class _Asked:
    """Which of the skills that are asked for a credential names."""

    def __init__(self, requirements: Iterable[Requirement], source: Source) -> None:
        self._finder = source.finder
        self._skills: dict[str, str] = {}
        names: defaultdict[str, list[str]] = defaultdict(list)
        for each in requirements:
            self._skills[same(each.skill)] = each.skill
            names[folded(each.label)].append(each.skill)
        self._names = {name: skills[0] for name, skills in names.items() if len(skills) == 1}

    def meant_by(self, skill: proofs.NamedSkill) -> str:
        """By its address, by its name, else by the known skill that it means; empty if none.

        What the framework has at its address is that skill and no other, whatever its name.
        """
        by_address = self._skills.get(same(skill.url), "")
        if by_address or self._finder.resolver.label_of(skill.url) is not None:
            return by_address
        by_name = self._names.get(folded(skill.name), "")
        return by_name or self._skills.get(same(self._finder.meant(skill.name)), "")

    def address_of(self, skill: proofs.NamedSkill) -> str:
        """Under which address evidence of it is kept."""
        return self.meant_by(skill) or skill.url or own_skill(skill.name)

    def known(self, skill: proofs.NamedSkill) -> str:
        """The skill of the framework that it means, asked for or not; empty if none."""
        found = self._finder.resolver.resolve(address=skill.url)
        return found.uri if found is not None else self._finder.meant(skill.name)


def _evidence(proof: Proof, asked: _Asked, choices: Choices) -> list[Evidence]:
    """What the proof says of skills that are asked for, and of others under their own names."""
    is_sound = proof.state == proofs.SOUND
    is_known = proof.is_listed or proof.issuer in choices.issuers
    pieces = {}
    for skill in _named(proof):
        address = asked.address_of(skill)
        pieces[address] = Evidence(
            skill=address,
            level=skill.level,
            strength=Strength(proof.strength) if is_known else Strength.OWN_CLAIM,
            when=day(proof.when) or LONG_AGO,
            until=day(proof.until),
            verified=is_sound,
            confirmed_by=proof.issuer_name or proof.issuer,
            credential=proof.id or proof.digest,
            provider=proof.issuer,
            programme=proof.title,
        )
    return list(pieces.values())


def _named(proof: Proof) -> Sequence[proofs.NamedSkill]:
    """The skills that a proof names; its title where it names none."""
    return proof.skills or (proofs.NamedSkill(proof.title),)


def _kinship(found: Iterable[Proof], asked: _Asked, source: Source) -> Mapping[str, Sequence[Kin]]:
    """For which other skills those that were brought speak."""
    brought = {skill for proof in found if proof.state == proofs.SOUND for skill in _named(proof)}
    names: dict[str, str] = {}
    meant: dict[str, str] = {}
    for skill in sorted(brought, key=lambda it: (it.url, it.name, it.level)):
        address = asked.address_of(skill)
        names.setdefault(address, skill.name)
        if known := asked.known(skill):
            meant.setdefault(address, known)
    return source.kinship(names, meant)


def _looks(found: Sequence[Proof], choices: Choices) -> Iterable[Look]:
    """Proofs made out to another name, or brought by more than one candidate."""
    bringers: defaultdict[str, set[str]] = defaultdict(set)
    for proof in found:
        if proof.digest:
            bringers[proof.digest].add(proof.candidate)
    for number, proof in enumerate(found):
        place = str(number)
        if proof.state != proofs.SOUND or place in choices.counted:
            continue
        if proof.holder and _are_different(proof.holder, proof.candidate):
            said = _("It is made out to %(name)s.") % {"name": proof.holder}
            yield Look(place, proof, said)
        elif len(bringers[proof.digest]) > 1 and not _is_made_out_to(proof):
            others = sorted(bringers[proof.digest] - {proof.candidate})
            said = _("%(others)s brought the same credential.") % {"others": ", ".join(others)}
            yield Look(place, proof, said)


def _is_made_out_to(proof: Proof) -> bool:
    return bool(_words(proof.holder) & _words(proof.candidate))


def _are_different(holder: str, candidate: str) -> bool:
    """Whether two names have no word in common; one word alone is no name of a person."""
    ours, theirs = _words(holder), _words(candidate)
    return len(ours) > 1 and len(theirs) > 1 and not ours & theirs


def _words(name: str) -> set[str]:
    return {word for word in folded(name).split() if word.isalpha() and len(word) > 1}


def _is_repeated(found: Sequence[Proof], number: int) -> bool:
    """Whether the candidate has brought the same credential before: once is enough."""
    this = found[number]
    return any(
        each.digest == this.digest and each.candidate == this.candidate for each in found[:number]
    )


def _issuers(found: Sequence[Proof], choices: Choices) -> Iterable[Issuer]:
    sound = {each.digest: each for each in found if each.state == proofs.SOUND and each.issuer}
    counts = Counter(each.issuer for each in sound.values())
    seen: dict[str, Proof] = {}
    for proof in sound.values():
        seen.setdefault(proof.issuer, proof)
    for identifier, number in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        proof = seen[identifier]
        accepted = proof.is_listed or identifier in choices.issuers
        yield Issuer(identifier, proof.issuer_name, number, proof.is_listed, accepted)
