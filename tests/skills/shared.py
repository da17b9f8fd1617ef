"""Published frameworks to test with: never in the repository, skipped where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("SEALWRIGHT_SHARED", "../shared"))


def shared(folder: str) -> Path:
    """A folder of published files; the test is skipped where there is none."""
    path = SHARED / folder
    if not path.exists():
        pytest.skip(f"there is no {path} (set SEALWRIGHT_SHARED)")
    return path
