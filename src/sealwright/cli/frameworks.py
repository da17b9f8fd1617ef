"""`sealwright frameworks`: read frameworks of skills, write them for others, compare versions."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sealwright.cli._files import write
from sealwright.cli._site import OPERATOR, load_site
from sealwright.cli._terminal import Terminal, harmless
from sealwright.cli._usage import UsageError
from sealwright.skills.frameworks import (
    Framework,
    Imported,
    Problem,
    case,
    compare,
    ctdl,
    index,
    load,
)
from sealwright.skills.frameworks.migration import Report

SHOWN: Final = 20
"""How many problems and proposals people see; --json tells all."""


def add_parser(commands: Any) -> None:
    """Add `frameworks` and what it can do to the command line."""
    parser = commands.add_parser("frameworks", help="read, write and compare frameworks of skills")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    _add_import(actions)
    _add_export(actions)
    _add_diff(actions)


def _add_import(actions: Any) -> None:
    importing = actions.add_parser(
        "import",
        help="read a publisher's files into one index file",
        description="Read one framework (ESCO, O*NET, CASE, CTDL-ASN, OSMT) from its files, and "
        "write one index file. A row that cannot be used is left out and named.",
    )
    importing.add_argument("files", metavar="FILE", nargs="+", help="a file, a folder or a ZIP")
    importing.add_argument("-o", "--output", metavar="INDEX", help="file to write")
    importing.add_argument(
        "--site", action="store_true", help="bring it into this site, to pick skills from"
    )
    importing.add_argument(
        "--label",
        metavar="VERSION",
        default="",
        help="its version, if its files tell none or another",
    )
    importing.add_argument("--force", action="store_true", help="write over a file that exists")
    importing.add_argument("--json", action="store_true", help="print counts and problems as JSON")
    importing.set_defaults(run=_import)


def _add_export(actions: Any) -> None:
    export = actions.add_parser("export", help="write a framework for other programs")
    export.add_argument("framework", metavar="FRAMEWORK", help="an index, or a publisher's file")
    export.add_argument(
        "--to", choices=("case", "ctdl-asn"), required=True, help="CASE 1.1 or CTDL-ASN JSON-LD"
    )
    export.add_argument("-o", "--output", metavar="FILE", help="file to write, else print")
    export.add_argument("--force", action="store_true", help="write over a file that exists")
    export.set_defaults(run=_export)


def _add_diff(actions: Any) -> None:
    diff = actions.add_parser(
        "diff",
        help="say what becomes of alignments in the next version",
        description="Compare two versions of a framework: kept, changed, gone and new are exact; "
        "what could stand in for what is gone is proposed, with its reason.",
    )
    diff.add_argument("old", metavar="OLD", help="an index, or a publisher's file or folder")
    diff.add_argument("new", metavar="NEW", help="its next version")
    diff.add_argument("--json", action="store_true", help="print the whole report as JSON")
    diff.set_defaults(run=_diff)


def _import(arguments: argparse.Namespace) -> int:
    if not arguments.output and not arguments.site:
        raise UsageError("say where it shall go: -o INDEX, --site or both")
    terminal = Terminal.of(sys.stderr)
    progress = _Progress(terminal)
    files = [Path(file) for file in arguments.files]
    imported = load(*files, progress=progress, version=arguments.label)
    progress.end()
    if arguments.output:
        _write_index(imported, arguments)
    brought = _bring(imported.framework, progress) if arguments.site else None
    if arguments.json:
        print(json.dumps(_facts(imported), ensure_ascii=False))
    else:
        _show_import(imported, arguments.output, brought)
    return 0


def _bring(framework: Framework, progress: _Progress) -> Mapping[str, int]:
    """Bring it into the site; how many there are now of what."""
    load_site()
    from sealwright.web.catalogue.services import bring_framework

    total = len(framework.concepts) + len(framework.occupations)
    progress("an index for matching texts", total)
    kept = bring_framework(
        framework,
        by=OPERATOR,
        at=datetime.now(UTC),
        progress=lambda rows: progress(f"into the site, of {total:,}", rows),
    )
    progress.end()
    return kept.counts  # type: ignore[no-any-return]


def _write_index(imported: Imported, arguments: argparse.Namespace) -> None:
    stream = io.BytesIO()
    index.write(
        imported.framework,
        stream,
        source=imported.format.value,
        problems=imported.problems,
        left_out=imported.left_out,
    )
    write(arguments.output, stream.getvalue(), force=arguments.force)


def _export(arguments: argparse.Namespace) -> int:
    framework = load(Path(arguments.framework)).framework
    document = (
        case.write(framework, at=datetime.now(UTC))
        if arguments.to == "case"
        else ctdl.write(framework)
    )
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    write(arguments.output, text, force=arguments.force)
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    old, new = (load(Path(name)).framework for name in (arguments.old, arguments.new))
    report = compare(old, new)
    if arguments.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _show_diff(report, old, new)
    return 0


class _Progress:
    """One line that is written over, and only where somebody watches."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._shows = terminal.stream.isatty()

    def __call__(self, name: str, rows: int) -> None:
        if self._shows:
            line = f"{harmless(name, 50)}: {rows:,} rows"
            print(f"\r{line:70}", end="", file=self._terminal.stream, flush=True)

    def end(self) -> None:
        if self._shows:
            print(f"\r{'':70}\r", end="", file=self._terminal.stream, flush=True)


def _facts(imported: Imported) -> dict[str, Any]:
    framework = imported.framework
    return {
        "format": imported.format.value,
        "address": framework.about.address,
        "title": framework.about.title[0][1] if framework.about.title else "",
        "version": framework.about.version,
        "languages": list(framework.about.languages),
        "attribution": framework.about.attribution,
        "counts": _counts(framework),
        "left_out": imported.left_out,
        "problems": [asdict(problem) for problem in imported.problems],
        "unused": list(imported.unused),
    }


def _counts(framework: Framework) -> dict[str, int]:
    kinds = Counter(concept.kind.value for concept in framework.concepts)
    return {
        **dict(sorted(kinds.items())),
        "occupation": len(framework.occupations),
        "need": sum(len(job.needs) for job in framework.occupations),
        "relation": sum(
            len(concept.related) + len(concept.broader) for concept in framework.concepts
        ),
        "tool": sum(len(job.tools) for job in framework.occupations),
    }


def _show_import(imported: Imported, target: str | None, brought: Mapping[str, int] | None) -> None:
    terminal = Terminal.of(sys.stdout)
    facts = _facts(imported)
    named = f"{facts['title']} {facts['version']}".strip()
    terminal.say(terminal.tinted(harmless(f"{named} ({facts['format']})"), "bold"))
    for name, number in facts["counts"].items():
        if number:
            terminal.say(f"  {name:12} {number:>9,}")
    if target:
        terminal.say(f"Written to {harmless(target)}.")
    if brought is not None:
        skills, jobs = brought.get("pickable", 0), brought.get("occupation", 0)
        terminal.say(
            f"Brought into this site: {skills:,} skills can be picked, {jobs:,} occupations."
        )
    if facts["attribution"]:
        terminal.say(terminal.wrapped(f"Show with it: {harmless(facts['attribution'])}", hanging=2))
    if imported.left_out:
        many = imported.left_out
        what = "1 row was left out:" if many == 1 else f"{many:,} rows were left out:"
        terminal.say(terminal.tinted(what, "caution"))
        for problem in imported.problems[:SHOWN]:
            terminal.say(f"  {_place(problem)}: {harmless(problem.what)}")
        if imported.left_out > SHOWN:
            terminal.say(f"  and {imported.left_out - SHOWN:,} more; --json names them")


def _place(problem: Problem) -> str:
    line = f" (line {problem.line})" if problem.line not in (0, problem.row) else ""
    column = f", {problem.column}" if problem.column else ""
    return harmless(f"{problem.file} row {problem.row}{line}{column}")


def _show_diff(report: Report, old: Framework, new: Framework) -> None:
    terminal = Terminal.of(sys.stdout)
    title = old.about.title[0][1] if old.about.title else old.about.address
    versions = f"{title} {report.old_version or 'old'} to {report.new_version or 'new'}"
    terminal.say(terminal.tinted(harmless(versions), "bold"))
    unchanged = len(report.kept) - len(report.changed)
    for name, number in (
        ("kept", unchanged),
        ("changed", len(report.changed)),
        ("gone", len(report.gone)),
        ("new", len(report.new)),
    ):
        terminal.say(f"  {name:8} {number:>9,}")
    if report.not_compared:
        terminal.say(f"Only one of them has: {', '.join(report.not_compared)}.")
    if report.proposals:
        many = len(report.proposals)
        what = "1 proposal" if many == 1 else f"{many:,} proposals"
        terminal.say(f"{what}, for a person to decide:")
        for proposal in report.proposals[:SHOWN]:
            line = f"  {proposal.move.value:8} {proposal.strength:4.0%}  {proposal.reason}"
            terminal.say(terminal.wrapped(harmless(line), hanging=17))
        if len(report.proposals) > SHOWN:
            terminal.say(f"  and {len(report.proposals) - SHOWN:,} more; --json names them")
    if new.about.attribution:
        terminal.say(terminal.wrapped(harmless(new.about.attribution), hanging=0))
