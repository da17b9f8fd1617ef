"""Write the pages of the reference that follow from the program: codes, events and command line.

    python docs/generate.py           write them
    python docs/generate.py --check   exit with 1 if one of them is not current

The page of the command line is what argparse of Python 3.11 and 3.12 prints; later versions
put other blanks into it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

REFERENCE = Path(__file__).resolve().parent / "reference"
WEB = REFERENCE.parents[1] / "src" / "sealwright" / "web"
COLUMNS = "88"


def main(argv: list[str]) -> int:
    stale = [path for path, text in pages().items() if _stale(path, text)]
    if "--check" in argv:
        for path in stale:
            print(f"{path.name} is not current: run make reference")
        return 1 if stale else 0
    for path in stale:
        path.write_text(pages()[path], "utf-8")
        print(f"Wrote {path.name}")
    return 0


def pages() -> dict[Path, str]:
    """Every generated page by its path."""
    return {
        REFERENCE / "codes.md": "\n".join(codes()) + "\n",
        REFERENCE / "command-line.md": "\n".join(command_line()) + "\n",
        REFERENCE / "events.md": "\n".join(events()) + "\n",
    }


def codes() -> Iterator[str]:
    """The table of codes, one section a subject."""
    from sealwright.credentials import messages

    yield "# Codes of findings"
    yield ""
    yield "Every finding and every error carries one of these codes. They are stable: programs may"
    yield "rely on them. The sentence is the English one; `{words in braces}` come from the"
    yield "evidence of the finding. This page is generated."
    for module in _modules_of(messages):
        yield ""
        yield f"## {(module.__doc__ or '').strip().splitlines()[0].rstrip('.')}"
        yield ""
        yield "| code | sentence | clause |"
        yield "| --- | --- | --- |"
        for code, message in sorted(module.MESSAGES.items()):
            clause = f"[read]({message.clause})" if message.clause else ""
            yield f"| `{code}` | {_cell(message.text)} | {clause} |"


def events() -> Iterator[str]:
    """The table of what the trail of an organisation says, one section a subject."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
    for module in sorted(WEB.glob("*/events.py")):
        import_module(f"sealwright.web.{module.parent.name}.events")
    from sealwright.web.core.events import kinds

    yield "# Events in the trail"
    yield ""
    yield "Whatever changes something for an organisation is written into its trail: who did it,"
    yield "when and why. These are the names that the trail carries, in CSV and JSON as well;"
    yield "programs may rely on them. What begins with `person.` is about an account, and in the"
    yield "trail of no organisation. This page is generated."
    subject = ""
    for kind in (kind for kind in kinds() if kind.__module__.startswith("sealwright.")):
        if subject != kind.name.partition(".")[0]:
            subject = kind.name.partition(".")[0]
            yield ""
            yield f"## `{subject}`"
            yield ""
            yield "| event | title | meaning |"
            yield "| --- | --- | --- |"
        yield f"| `{kind.name}` | {kind.title} | {_cell(' '.join((kind.__doc__ or '').split()))} |"


def command_line() -> Iterator[str]:
    """What `--help` says, for the whole and for each command."""
    from sealwright.cli import build_parser

    os.environ["COLUMNS"] = COLUMNS
    yield "# The command line"
    yield ""
    yield "What `sealwright --help` and `sealwright COMMAND --help` say. This page is generated."
    yield ""
    yield "Exit codes of `verify`: 0 valid, 1 invalid, 2 undecided, 3 unreadable, the highest of"
    yield "all sources; 64 for a usage error."
    for name, parser in _parsers("sealwright", build_parser()):
        yield ""
        yield f"## `{name}`"
        yield ""
        yield "```text"
        yield parser.format_help().rstrip()
        yield "```"


def _modules_of(package: ModuleType) -> list[ModuleType]:
    found = (value for value in vars(package).values() if isinstance(value, ModuleType))
    return sorted(
        (module for module in found if hasattr(module, "MESSAGES")), key=lambda each: each.__name__
    )


def _parsers(
    name: str, parser: argparse.ArgumentParser
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command, below in action.choices.items():
                yield from _parsers(f"{name} {command}", below)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _stale(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_text("utf-8") != text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
