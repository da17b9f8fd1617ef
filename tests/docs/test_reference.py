"""The generated pages of the reference say what the program says today."""

from __future__ import annotations

import runpy
import sys

import pytest

from tests.docs.pages import DOCS

PAGES = runpy.run_path(str(DOCS / "generate.py"))["pages"]


@pytest.mark.parametrize("name", ["codes.md", "command-line.md", "events.md"])
def test_a_generated_page_is_current(name: str) -> None:
    if name == "command-line.md" and sys.version_info >= (3, 13):
        pytest.skip("argparse of this Python prints other blanks")
    page = DOCS / "reference" / name

    assert page.read_text("utf-8") == PAGES()[page], "run make reference"
