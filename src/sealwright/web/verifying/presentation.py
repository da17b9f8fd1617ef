"""From a report to what a page shows: values only, no template and no request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sealwright.credentials.model.report import (
    ADVISORY_CHECKS,
    Finding,
    Outcome,
    Report,
    Verdict,
)
from sealwright.web.verifying.card import MISLEADING, Card, card_of, honest, moment
from sealwright.web.verifying.wording import (
    FAILURES,
    ICONS,
    TONES,
    Tone,
    Words,
    brief_of,
    check_name,
    sentence_of,
    title_of,
)

CHAIN = ("proof", "issuer", "status", "validity", "recipient", "contained", "registry")
"""The checks of the strip, in the order a person asks them: first what was signed, last by
whom. The first and the last are the two statements that are never made into one."""

WEAKEST_FIRST = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED, Outcome.SKIPPED)

READ_IN_VAIN = frozenset({"link-is-a-page", "link-to-a-link"})
"""Links that did answer, with something that is no credential."""

LONGEST_EVIDENCE = 400
"""Characters of one piece of evidence that are shown; the raw view has the rest."""


@dataclass(frozen=True, slots=True)
class Step:
    """One statement: a check's answer in a few words, and the sentence behind it."""

    check: str
    tone: Tone
    title: Words
    sentence: str

    @property
    def icon(self) -> str:
        return ICONS[self.tone]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one check read: its answer, its evidence, and the clause that asks for it."""

    name: Words
    step: Step
    clause: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """The verdict in one line, and why."""

    tone: Tone
    icon: str
    title: str
    why: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One report as a page shows it.

    `name` is what the credential was brought as: a file's name, a link. `is_claim` says that
    nothing which the credential tells has been proven, because its signature was not.
    """

    name: str
    at: datetime
    report: Report
    headline: Headline
    chain: tuple[Step, ...]
    readings: tuple[Reading, ...]
    notes: tuple[str, ...]
    card: Card | None

    @property
    def mark(self) -> str:
        """The icon of the verdict's tone, where there is no room for the headline's own."""
        return self.headline.mark or ICONS[self.headline.tone]

    @property
    def is_claim(self) -> bool:
        proven = any(
            finding.check == "proof" and finding.outcome is Outcome.PASSED
            for finding in self.report.findings
        )
        return not proven

    @property
    def is_withdrawn(self) -> bool:
        """Whether its issuer took it back; its seal is then drawn hollow."""
        return any(
            finding.check == "status" and finding.outcome is Outcome.FAILED
            for finding in self.report.findings
        )

    @property
    def raw(self) -> str:
        """The signed document, laid out for reading."""
        document = self.report.document
        return visible(json.dumps(document, ensure_ascii=False, indent=2)) if document else ""

    @property
    def reason(self) -> str:
        """The headline's first sentence, for a table."""
        return self.headline.why[0] if self.headline.why else ""


def visible(text: str) -> str:
    """JSON text whose misleading characters are written as escapes: the same JSON.

    >>> visible('"\u202eevil"')
    '"\\\\u202eevil"'
    """
    return MISLEADING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def shown(report: Report, *, name: str, at: datetime) -> Shown:
    """Lay a report out for a page. `at` is the moment it was made for."""
    return Shown(
        name=name,
        at=at,
        report=report,
        headline=headline(report),
        chain=tuple(_chain(report.findings)),
        readings=tuple(_reading(finding) for finding in report.findings),
        notes=tuple(sentence_of(f) for f in report.findings if f.check == "notes"),
        card=card_of(report.credential),
    )


def step(finding: Finding) -> Step:
    """One finding as a statement."""
    return Step(finding.check, tone_of(finding), title_of(finding), sentence_of(finding))


def tone_of(finding: Finding) -> Tone:
    """How a finding is shown: a note informs; an unlisted issuer is for the reader to judge."""
    if finding.check == "notes":
        return Tone.NONE
    if finding.check == "registry" and finding.outcome is not Outcome.PASSED:
        return Tone.CAUTION
    return TONES[finding.outcome]


def known_issuer(report: Report) -> bool:
    """Whether a registry lists the issuer."""
    return any(f.check == "registry" and f.outcome is Outcome.PASSED for f in report.findings)


def headline(report: Report) -> Headline:
    """What the verdict bar says."""
    match report.verdict:
        case Verdict.VALID:
            return _valid(report)
        case Verdict.INVALID:
            return _invalid(_deciding(report, Outcome.FAILED))
        case Verdict.UNDECIDED:
            return _undecided(report)
        case Verdict.UNREADABLE:
            return _unreadable([f for f in report.findings if f.check == "input"])


def _valid(report: Report) -> Headline:
    if known_issuer(report):
        said = [f for f in report.findings if f.check == "registry" and f.outcome is Outcome.PASSED]
        return Headline(
            Tone.GOOD, "shield-check", _("Genuine and current"), (sentence_of(said[0]),)
        )
    return Headline(
        Tone.CAUTION,
        "shield-question-mark",
        _("Signature sound, issuer not known to us"),
        (
            _(
                "Nothing was changed since it was signed, and it still stands. Whether the "
                "issuer is who it says is for you to judge: anybody can make a key under any "
                "name."
            ),
        ),
    )


def _invalid(failed: Sequence[Finding]) -> Headline:
    checks = {finding.check: finding for finding in reversed(failed)}
    why = tuple(dict.fromkeys(sentence_of(finding) for finding in failed))[:3]
    if set(checks) == {"validity"}:
        return _out_of_date(checks["validity"], why)
    for check, title in (
        ("proof", _("Not genuine: its signature does not hold")),
        ("issuer", _("Not proven to come from the issuer it names")),
        ("structure", _("Not a well-formed credential")),
        ("status", _("No longer in force")),
        ("recipient", _("Awarded to somebody else")),
    ):
        if check in checks:
            exact = str(FAILURES.get(checks[check].code, title))
            return Headline(Tone.BAD, "shield-x", exact, why)
    return Headline(Tone.BAD, "shield-x", _("Does not hold"), why)


def _out_of_date(finding: Finding, why: tuple[str, ...]) -> Headline:
    """Sound, but not now: a matter of the calendar, not of trust."""
    starts = moment(str(finding.evidence.get("valid_from"))).day
    ends = moment(str(finding.evidence.get("valid_until"))).day
    if finding.code == "expired" and ends:
        title = _("Was sound, but ended on %(day)s") % {"day": ends}
    elif finding.code == "not-yet-valid" and starts:
        title = _("Sound, but starts only on %(day)s") % {"day": starts}
    else:
        title = _("Not within its dates")
    return Headline(Tone.CAUTION, "calendar-x", title, why, mark="clock")


def _undecided(report: Report) -> Headline:
    unknown = _deciding(report, Outcome.UNKNOWN)
    why = tuple(dict.fromkeys(sentence_of(finding) for finding in unknown))[:3]
    checks = {finding.check for finding in unknown}
    proven = any(f.check == "proof" and f.outcome is Outcome.PASSED for f in report.findings)
    if not proven:
        title = _("The signature could not be checked")
    elif "issuer" in checks:
        title = _("Signed, but the issuer’s key could not be read")
    elif "status" in checks:
        title = _("Signature sound, standing could not be read")
    else:
        title = _("Signature sound, but not all could be checked")
    return Headline(Tone.UNKNOWN, "shield-alert", title, why)


def _unreadable(findings: Sequence[Finding]) -> Headline:
    why = tuple(sentence_of(finding) for finding in findings)
    if any("url" in f.evidence and f.code not in READ_IN_VAIN for f in findings):
        return Headline(Tone.UNKNOWN, "unlink", _("The link could not be read"), why)
    return Headline(Tone.NONE, "file-question-mark", _("No credential found here"), why)


def _deciding(report: Report, outcome: Outcome) -> list[Finding]:
    return [
        finding
        for finding in report.findings
        if finding.outcome is outcome and finding.check not in ADVISORY_CHECKS
    ]


def _chain(findings: Sequence[Finding]) -> Iterator[Step]:
    """The weakest answer of each check of the strip; a credential without one has none."""
    if any(finding.check == "input" for finding in findings):
        return
    for check in CHAIN:
        answers = [finding for finding in findings if finding.check == check]
        if check == "registry" and any(f.outcome is Outcome.PASSED for f in answers):
            answers = [f for f in answers if f.outcome is Outcome.PASSED]
        answers.sort(key=lambda finding: WEAKEST_FIRST.index(finding.outcome))
        if answers:
            yield replace(step(answers[0]), sentence=brief_of(answers[0]))


def _reading(finding: Finding) -> Reading:
    evidence = tuple(
        (name.replace("_", " "), _evidence(value))
        for name, value in finding.evidence.items()
        if value not in (None, "", [], {})
    )
    return Reading(check_name(finding.check), step(finding), finding.clause, evidence)


def _evidence(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return honest(text, LONGEST_EVIDENCE)
