"""A report as a card for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sealwright.cli._terminal import Terminal, harmless
from sealwright.credentials.model.instants import format_instant
from sealwright.credentials.model.report import Finding, Outcome, Report, Verdict

VERDICTS: Final[Mapping[Verdict, tuple[Outcome, str]]] = {
    Verdict.VALID: (Outcome.PASSED, "VALID"),
    Verdict.INVALID: (Outcome.FAILED, "NOT VALID"),
    Verdict.UNDECIDED: (Outcome.UNKNOWN, "COULD NOT BE DECIDED"),
    Verdict.UNREADABLE: (Outcome.SKIPPED, "NO CREDENTIAL FOUND"),
}
_MARKS: Final = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✗",
    Outcome.UNKNOWN: "?",
    Outcome.SKIPPED: "–",
}
_PLAIN_MARKS: Final = {
    Outcome.PASSED: "+",
    Outcome.FAILED: "x",
    Outcome.UNKNOWN: "?",
    Outcome.SKIPPED: "-",
}
_TONES: Final = {
    Outcome.PASSED: "good",
    Outcome.FAILED: "bad",
    Outcome.UNKNOWN: "caution",
    Outcome.SKIPPED: "faint",
}
LONGEST: Final = 400
"""Characters of one line that a stranger's text may fill."""

_LABEL_WIDTH: Final = 14


def show(terminal: Terminal, source: str, report: Report, at: datetime) -> None:
    """Print the verdict, what the credential says about itself, and one line a check."""
    outcome, words = VERDICTS[report.verdict]
    terminal.say(terminal.tinted(f"{_mark(terminal, outcome)} {words}", _TONES[outcome]))
    for label, value in _facts(source, report, at):
        terminal.say(_row(terminal, f"  {label}", harmless(value, LONGEST)))
    terminal.say()
    for finding in report.findings:
        terminal.say(_finding(terminal, finding))
    terminal.say()


def _facts(source: str, report: Report, at: datetime) -> Iterator[tuple[str, object]]:
    credential = report.credential
    issuer = _named(credential.get("issuer"))
    recipient = _named(credential.get("recipient"))
    yield "source", source
    if credential.get("title"):
        yield "title", credential["title"]
    if issuer:
        yield "issuer", issuer
    if recipient:
        yield "awarded to", recipient
    dates = [
        f"{words} {credential[member]}"
        for member, words in (("valid_from", "from"), ("valid_until", "until"))
        if credential.get(member)
    ]
    if dates:
        yield "valid", " ".join(dates)
    yield "checked as of", format_instant(at)


def _named(party: Mapping[str, Any] | None) -> str:
    """A party by its name, with its identifier behind it: the name is only its own claim."""
    party = party or {}
    name, identifier = party.get("name"), party.get("id")
    if name and identifier:
        return f"{name} ({identifier})"
    return str(name or identifier or "")


def _finding(terminal: Terminal, finding: Finding) -> str:
    row = _row(
        terminal,
        f"{_mark(terminal, finding.outcome)} {finding.check}",
        harmless(finding.detail, LONGEST),
    )
    mark, rest = row[0], row[1:]
    tinted = terminal.tinted(mark, _TONES[finding.outcome]) + rest
    return terminal.tinted(row, "faint") if finding.outcome is Outcome.SKIPPED else tinted


def _row(terminal: Terminal, label: str, text: str) -> str:
    hanging = _LABEL_WIDTH + 2
    return f"{label:{hanging}}{terminal.wrapped(text, hanging=hanging)}"


def _mark(terminal: Terminal, outcome: Outcome) -> str:
    return (_MARKS if terminal.marks else _PLAIN_MARKS)[outcome]
