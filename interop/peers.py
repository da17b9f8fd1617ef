"""The programs of other people that badges are exchanged with, and how they are asked."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build"
FILES = BUILD / "interop"
PEERS_PYTHON = BUILD / "peers" / "bin" / "python"

OBL, DB, DCC, JOSE = (
    "openbadgeslib",
    "@digitalbazaar/vc",
    "@digitalcredentials/verifier-core",
    "jose",
)


def answers(*command: str) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """What the peers answered, by peer and file."""
    for line in run(*command).splitlines():
        answer = json.loads(line)
        yield (answer["peer"], answer["file"]), answer


def run(*command: str) -> str:
    """What a peer's program printed. What it said on the way is kept for a failure."""
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed:\n{done.stderr}")
    return done.stdout
