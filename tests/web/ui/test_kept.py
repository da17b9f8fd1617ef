"""Files that are made once and kept, in a folder that does not grow for ever."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from sealwright.web.ui import kept as keeping
from sealwright.web.ui.kept import kept


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "kept"


def test_the_same_is_made_once(folder: Path) -> None:
    made = []

    answers = [kept(lambda: made.append(1) or b"seal", "a", "b", kind="png") for _ in range(3)]  # type: ignore[func-returns-value]

    assert answers == [b"seal"] * 3
    assert len(made) == 1
    assert [path.suffix for path in folder.iterdir()] == [".png"]


def test_what_is_made_from_something_else_is_made_anew(folder: Path) -> None:
    first = kept(lambda: b"1", "ab", "c", kind="png")
    others = [kept(lambda: b"2", "a", "bc", kind="png"), kept(lambda: b"3", "ab", "c", kind="pdf")]

    assert [first, *others] == [b"1", b"2", b"3"]


def test_what_was_not_asked_for_longest_makes_room(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST", 40)
    for n in range(400):
        kept(lambda n=n: b"%d" % n, str(n), kind="png")  # type: ignore[misc]
        for path in folder.iterdir():
            if path.stat().st_mtime > 10_000:
                os.utime(path, (n, n))

    left = {int(path.read_bytes()) for path in folder.iterdir()}

    assert len(left) < 100
    assert min(left) > 250


def test_where_nothing_can_be_written_all_is_made_anew(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.write_text("in the way")

    answers = [kept(lambda: b"seal", "a", kind="png") for _ in range(2)]

    assert answers == [b"seal"] * 2
    assert "cannot be kept" in caplog.text
