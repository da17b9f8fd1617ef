"""Documentation pages as programs: what they tell a reader to do is done, top to bottom.

* A block of `bash` is run; one shell goes through the whole page, in an empty folder that
  has only `examples/` in it, as a fresh clone has. The exit code is 0, or what the comment
  `# exits with N` on the block's last line says.
* A block of `text` after it is what a reader sees. Its lines stand in the output in this
  order; `…` stands for anything.
* A block with a `title` is a file of that name, and one of `python` is run.
* A block of `sh` is for another place than this one (a server), and is not run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<kind>\w+)(?P<rest>[^\n]*)\n(?P<text>.*?)^(?P=indent)```$", re.M | re.S
)
TITLE = re.compile(r'title="([^"]+)"')
EXIT = re.compile(r"# exits with (\d+)\s*$")
SECONDS = 60


class Block(NamedTuple):
    """A fenced block: the language it names, the file it is, and its text."""

    kind: str
    title: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    whole = page.read_text("utf-8")
    for found in BLOCK.finditer(whole):
        title = TITLE.search(found["rest"])
        text = re.sub(rf"^{found['indent']}", "", found["text"], flags=re.M)
        line = whole.count("\n", 0, found.start()) + 1
        yield Block(found["kind"], title[1] if title else "", text, line)


def follow(page: Path, folder: Path) -> None:
    """Do what a page says, in `folder`; an `AssertionError` names the line that is not so."""
    (folder / "examples").symlink_to(ROOT / "examples")
    said = ""
    for block in blocks(page):
        where = f"{page.relative_to(ROOT)}:{block.line}"
        if block.title:
            (folder / block.title).write_text(block.text, "utf-8")
        elif block.kind == "bash":
            said = _run(["bash", "-eu", "-c", block.text], folder, _code(block), where)
        elif block.kind == "python":
            said = _run([sys.executable, "-W", "error", "-c", block.text], folder, 0, where)
        elif block.kind == "text":
            assert _shows(said, block.text), (
                f"{where}: a reader sees\n{said}\nand not\n{block.text}"
            )


def _run(command: list[str], folder: Path, code: int, where: str) -> str:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": programs, "HOME": str(folder), "LANG": "C.UTF-8", "COLUMNS": "90"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == code, f"{where}: exit {done.returncode}, not {code}\n{done.stdout}"
    return done.stdout


def _code(block: Block) -> int:
    found = EXIT.search(block.text)
    return int(found[1]) if found else 0


def _shows(said: str, wanted: str) -> bool:
    lines = [re.escape(line.strip()).replace("…", ".*") for line in wanted.splitlines()]
    pattern = r"(\n.*)*?\n".join(rf"\s*{line}\s*?" for line in lines if line)
    return re.search(rf"^{pattern}$", said, re.M) is not None
