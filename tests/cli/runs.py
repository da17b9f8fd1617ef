"""Running the command line in this process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sealwright.cli import main


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """The JSON lines that were printed."""
        return [json.loads(line) for line in self.out.splitlines()]


class Desk:
    """A folder with files, and a command line to use them with."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def file(self, name: str, content: Any) -> str:
        """A file with this content; what is neither text nor bytes is written as JSON."""
        path = self.folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, "utf-8")
        return str(path)

    def web(self, documents: Mapping[str, Any]) -> str:
        """A recorded web of JSON bodies; a number stands for a status code."""
        records = {
            url: {"status": body} if isinstance(body, int) else {"body": body}
            for url, body in documents.items()
        }
        return self.file("web.json", records)

    def run(self, *arguments: str) -> Ran:
        """Run `sealwright` with these arguments."""
        try:
            code = main(arguments)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        printed = self._capsys.readouterr()
        return Ran(code, printed.out, printed.err)
