"""`sealwright skills`: an index of frameworks, and texts against it."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace

import pytest

from tests.cli.runs import Desk
from tests.skills.matching.tiny_model import HAS_EXTRA, a_folder, with_extra

TEXTS = "Lead a team\r\n\nno words … 日本\nadminister Linux servers\rfor a\u2028bank\n"


@pytest.fixture
def index(desk: Desk) -> str:
    """An index of the demo framework."""
    path = str(desk.folder / "demo.index")
    assert desk.run("skills", "build", "demo", "-o", path).code == 0
    return path


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put `text` on standard input."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))


def test_each_line_has_its_answer_in_order(
    desk: Desk, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, TEXTS)

    ran = desk.run("skills", "match", "--index", index, "--top", "2", "--json")

    assert ran.code == 0
    assert [len(each) for each in ran.lines] == [2, 0, 2, 2]
    assert all(set(hit) == {"uri", "label", "score", "window"} for hit in ran.lines[0])
    assert ran.lines[3][0]["label"] == "administer Linux"


def test_details_tell_how_sure_and_why(
    desk: Desk, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, "leading a team")

    ran = desk.run("skills", "match", "--index", index, "--json", "--details")

    assert {"confidence", "accepted", "terms", "engine"} <= set(ran.lines[0][0])


def test_a_table_is_for_people(desk: Desk, index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, "data engineer\n\n")

    ran = desk.run("skills", "match", "--index", index, "--occupations")

    assert "data engineer" in ran.out.lower()
    assert "nothing found" in ran.out


def test_a_framework_in_a_file_is_indexed(desk: Desk) -> None:
    about = {"identifier": "f", "uri": "https://f.example/f", "title": "Ours", "creator": "us"}
    item = {"identifier": "1", "uri": "https://f.example/f/1", "fullStatement": "bake bread"}
    document = {"CFDocument": about, "CFItems": [item]}
    other = json.loads(json.dumps(document).replace("f.example", "g.example"))
    files = [desk.file("one.json", document), desk.file("two.json", other)]

    one = desk.run("skills", "build", files[0], "-o", str(desk.folder / "one"))
    both = desk.run("skills", "build", *files, "demo", "-o", str(desk.folder / "both"))

    assert (one.code, both.code) == (0, 0)
    assert "1 skills, 0 occupations" in one.out
    assert (desk.folder / "both").stat().st_size > (desk.folder / "one").stat().st_size


@pytest.mark.parametrize("top", ["0", "101", "x", "-1"])
def test_a_number_that_cannot_be_is_a_usage_error(desk: Desk, index: str, top: str) -> None:
    assert desk.run("skills", "match", "--index", index, f"--top={top}").code == 64


def test_what_cannot_be_read_or_written_is_said(desk: Desk) -> None:
    nowhere = str(desk.folder / "no" / "index")
    text = desk.file("text", "no index")

    assert desk.run("skills", "match", "--index", nowhere).code == 64
    assert desk.run("skills", "match", "--index", text).code == 3
    assert desk.run("skills", "build", text, "-o", str(desk.folder / "x")).code == 3
    assert desk.run("skills", "build", "demo", "-o", nowhere).code == 64


@pytest.mark.skipif(HAS_EXTRA, reason="the extra onnx is there")
def test_a_model_without_its_extra_says_what_to_install(desk: Desk, index: str) -> None:
    for action in (("build", "demo", "-o", index), ("match", "--index", index)):
        ran = desk.run("skills", *action, "--model", str(desk.folder))

        assert (ran.code, ran.out) == (64, "")
        assert "pip install 'sealwright[onnx]'" in ran.err


@with_extra
def test_a_model_beside_adds_its_term(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, index = str(a_folder(desk.folder)), str(desk.folder / "with.index")
    assert desk.run("skills", "build", "demo", "--model", folder, "-o", index).code == 0
    given(monkeypatch, "lead a team")

    ran = desk.run("skills", "match", "--index", index, "--model", folder, "--json", "--details")

    assert "model" in ran.lines[0][0]["terms"]
    assert ran.lines[0][0]["engine"].startswith("sentence-1+")


@with_extra
def test_an_index_without_the_model_says_to_build_it_again(desk: Desk, index: str) -> None:
    ran = desk.run("skills", "match", "--index", index, "--model", str(a_folder(desk.folder)))

    assert ran.code == 3
    assert "build it again with it" in ran.err
