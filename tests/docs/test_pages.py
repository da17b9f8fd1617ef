"""Whatever the documentation tells a reader to do works, and shows what it says it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, blocks, follow

PAGES = sorted([*DOCS.glob("tutorials/*.md"), *DOCS.glob("how-to/*.md"), ROOT / "README.md"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_that_tells_what_to_do_can_be_followed(page: Path, tmp_path: Path) -> None:
    follow(page, tmp_path)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.stem)
def test_a_block_names_a_language_that_is_checked_or_meant_for_elsewhere(page: Path) -> None:
    known = {"bash", "text", "python", "sh", "json", "csv", "nginx", "ini", "toml"}

    assert {block.kind for block in blocks(page)} <= known
