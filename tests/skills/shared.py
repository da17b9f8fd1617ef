"""Published frameworks to test with: never in the repository, skipped where they are absent."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from sealwright.skills.frameworks import Imported, load

SHARED = Path(os.environ.get("SEALWRIGHT_SHARED", "../shared"))


def shared(folder: str) -> Path:
    """A folder of published files; the test is skipped where there is none."""
    path = SHARED / folder
    if not path.exists():
        pytest.skip(f"there is no {path} (set SEALWRIGHT_SHARED)")
    return path


def esco() -> Imported:
    """ESCO 1.1.1 with its relations, imported once for all tests."""
    folder = shared("data/esco")
    return _imported(folder / "esco-v1.1.1-en-csv.zip", folder / "esco-v1.1.1-relations-csv.zip")


def onet(version: str) -> Imported:
    """O*NET, imported once for all tests."""
    return _imported(shared(f"data/onet/{version}"))


@cache
def _imported(*paths: Path) -> Imported:
    return load(*paths)
