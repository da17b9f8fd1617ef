"""`sealwright skills build` and `match`: an index of frameworks, and texts against it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sealwright.cli._terminal import Terminal, harmless
from sealwright.cli._usage import UsageError
from sealwright.skills.errors import UnreadableFramework

if TYPE_CHECKING:  # numpy is an extra: only who uses these actions imports it
    from sealwright.skills.frameworks import Framework
    from sealwright.skills.matching import Encoder, Match

DEMO: Final = "demo"
TOP: Final = 5
MOST: Final = 100
BUILD: Final = f"""\
FRAMEWORK is a file, folder or ZIP archive as its publisher offers it, several of them where one
framework comes in parts, or the word “{DEMO}” for the one that is shipped.
"""
MATCH: Final = """\
One text a line on standard input. With --json one JSON array a line, in the same order, of
objects with uri, label, score and window: the part of the text that is most like the skill.
"""


def add_actions(actions: Any) -> None:
    """Add the two actions."""
    build = actions.add_parser("build", help="index frameworks for matching", description=BUILD)
    build.add_argument("framework", metavar="FRAMEWORK", nargs="+")
    build.add_argument("-o", "--output", metavar="INDEX", required=True, type=Path)
    build.add_argument("--language", metavar="TAG", default="en", help="of the labels (en)")
    _add_model(build)
    build.set_defaults(run=_build)
    match = actions.add_parser("match", help="find the skills in texts", description=MATCH)
    match.add_argument("--index", metavar="INDEX", required=True, type=Path)
    match.add_argument("--top", metavar="N", type=_count, default=TOP, help=f"1 to {MOST} (5)")
    match.add_argument("--occupations", action="store_true", help="find occupations instead")
    match.add_argument("--json", action="store_true", help="print JSON instead of a table")
    match.add_argument(
        "--details", action="store_true", help="with confidence, terms and engine in the JSON"
    )
    _add_model(match)
    match.set_defaults(run=_match)


def _add_model(action: argparse.ArgumentParser) -> None:
    action.add_argument(
        "--model", metavar="FOLDER", type=Path, help="a sentence model beside (extra “onnx”)"
    )


def _model(folder: Path | None) -> Encoder | None:
    from sealwright.skills.matching.onnx import OnnxModel

    return None if folder is None else OnnxModel(folder)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {MOST}")
    return int(text)


def _build(arguments: argparse.Namespace) -> int:
    from sealwright.skills.matching import TokenTable, build, named

    frameworks = list(_frameworks(arguments.framework))
    both = [named(framework, arguments.language) for framework in frameworks]
    entries = {target: [each for one in both for each in one[target]] for target in both[0]}
    about = {"frameworks": [each.about.address for each in frameworks]}
    try:
        model = _model(arguments.model)
        counts = build(arguments.output, entries, TokenTable.shipped(), about, model)
    except OSError as problem:
        raise UsageError(f"{arguments.output} cannot be written: {problem.strerror}") from problem
    said = ", ".join(f"{count:,} {target.value}" for target, count in counts.items())
    print(f"{harmless(arguments.output)}: {said}")
    return 0


def _frameworks(names: Sequence[str]) -> Iterator[Framework]:
    """The frameworks; files that are no framework by themselves are read as parts of one."""
    from sealwright.skills.frameworks import demo, load

    paths = [Path(name) for name in names if name != DEMO]
    if len(paths) < len(names):
        yield demo()
    if not paths:
        return
    try:
        yield load(*paths).framework
    except UnreadableFramework:
        if len(paths) == 1:
            raise
        for path in paths:
            yield load(path).framework


def _match(arguments: argparse.Namespace) -> int:
    from sealwright.skills.matching import Matcher, SentenceMatcher, StaticMatcher, Target, load

    target = Target.OCCUPATIONS if arguments.occupations else Target.SKILLS
    model = _model(arguments.model)
    try:
        index = load(arguments.index)
    except OSError as problem:
        raise UsageError(f"{arguments.index} cannot be read: {problem.strerror}") from problem
    matcher: Matcher = SentenceMatcher(index, model) if model else StaticMatcher(index)
    terminal = Terminal.of(sys.stdout)
    # As bytes, because only a line feed ends a line here: the answers must stay in step.
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        found = matcher.match(text, top=arguments.top, target=target)
        if arguments.json:
            shown = [_object(each, arguments.details) for each in found]
            print(json.dumps(shown), flush=True)
        else:
            _show(terminal, text, found)
    return 0


def _object(match: Match, details: bool) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "uri": match.uri,
        "label": match.label,
        "score": round(match.score, 6),
        "window": match.window,
    }
    if details:
        found |= {
            "confidence": round(match.confidence, 4),
            "accepted": match.accepted,
            "terms": dict(match.terms),
            "signs": dict(match.signs),
            "engine": match.engine,
        }
    return found


def _show(terminal: Terminal, text: str, found: Sequence[Match]) -> None:
    terminal.say(terminal.tinted(harmless(text, terminal.width - 1), "bold"))
    for each in found:
        sure = "sure" if each.accepted else f"{each.confidence:.0%}"
        terminal.say(f"  {sure:>5}  {harmless(each.label, 60)}  “{harmless(each.window, 60)}”")
        terminal.say(terminal.tinted(f"         {harmless(each.uri)}", "faint"))
    if not found:
        terminal.say("  nothing found")
