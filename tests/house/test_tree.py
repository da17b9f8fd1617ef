"""The tree as a whole: nothing of anybody's machine in it, and the pages people expect."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, modules, tracked

TEXT = {"", ".cfg", ".conf", ".css", ".csv", ".html", ".in", ".ini", ".js", ".json", ".md",
        ".mjs", ".py", ".service", ".sh", ".svg", ".toml", ".txt", ".yaml", ".yml"}  # fmt: skip
MACHINE_PATHS = re.compile(r"(^|[^A-Za-z0-9_.:/-])/(home/[a-z]|Users/|work/[a-z]|tmp/[a-z]/)")
REGISTRY = re.compile(r"index.url|find.links|\"resolved\": *\"(http|file)|/simple/")
LARGEST = 1_000_000
"""Bytes; a larger file must earn its place by a line in `LARGE`."""
LARGE = frozenset({"src/sealwright/skills/data/token-table.bin"})  # what matching learnt
HERE = Path(__file__).name


def text_of(path: Path) -> str:
    return path.read_text("utf-8") if path.suffix in TEXT and path.is_file() else ""


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), match.group().strip())
        for path in tracked()
        if path.name != HERE
        for match in MACHINE_PATHS.finditer(text_of(path))
    }

    assert found == set()


def test_no_file_names_a_package_registry() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), match.group())
        for path in tracked()
        if path.name != HERE
        for match in REGISTRY.finditer(text_of(path))
    }

    assert found == set()


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=str)
def test_every_pinned_requirement_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pins = re.findall(r"^[A-Za-z0-9_.\[\],-]+==\S+.*?(?=^\S|\Z)", text, re.M | re.S)

    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "://" not in text


def test_no_file_is_larger_than_it_must_be() -> None:
    large = {
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.is_file() and path.stat().st_size > LARGEST
    }

    assert large <= LARGE


@pytest.mark.parametrize(
    "page",
    ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "docs/index.md"],
)
def test_the_pages_that_people_look_for_are_there(page: str) -> None:
    assert (ROOT / page).stat().st_size > 200


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(path for path in modules() if "/migrations/" not in path))
def test_a_module_says_what_it_is_for(path: str) -> None:
    tree = modules()[path]

    assert not tree.body or ast.get_docstring(tree), f"{PACKAGE.name}/{path}"


def test_every_page_of_the_documentation_is_in_its_index() -> None:
    index = (ROOT / "mkdocs.yml").read_text("utf-8")
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}

    assert {page for page in pages if page not in index} == set()
