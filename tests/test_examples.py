"""The examples are what their table says, and can be made again."""

from __future__ import annotations

import json
import runpy
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sealwright.credentials.fetching import Offline, RecordedWeb
from sealwright.credentials.status import decode_list
from sealwright.credentials.verify import ListedRegistry, Verifier
from tests.cli.runs import Desk

FOLDER = Path(__file__).resolve().parents[1] / "examples"


def document(name: str) -> Any:
    return json.loads((FOLDER / name).read_text("utf-8"))


EXPECTED = document("expected.json")
AT = datetime.fromisoformat(EXPECTED["at"])
VERIFIER = Verifier(
    fetcher=RecordedWeb(document(EXPECTED["documents"])),
    registries=(ListedRegistry.from_document("Register", "", document(EXPECTED["registry"])),),
)
WRITTEN_BY_HAND = {"make.py", "rsa-key.json", "navigation.toml", "recipients.csv"}


@cache
def made() -> dict[str, bytes]:
    """The files as `make.py` makes them now."""
    files: dict[str, bytes] = runpy.run_path(str(FOLDER / "make.py"))["files"]()
    return files


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


@pytest.mark.parametrize("example", EXPECTED["examples"], ids=lambda one: one["file"])
def test_an_example_has_the_verdict_that_is_expected_of_it(example: dict[str, Any]) -> None:
    report = VERIFIER.verify((FOLDER / example["file"]).read_bytes(), at=AT)

    found = [{"check": one.check, "code": one.code} for one in report.findings]
    assert report.verdict == example["verdict"]
    assert example["finding"] in found


def test_a_good_example_needs_no_network() -> None:
    report = Verifier(fetcher=Offline()).verify((FOLDER / "good.json").read_bytes(), at=AT)

    assert report.verdict == "valid"
    assert report.fetched == ()


def test_every_example_is_expected_and_every_file_is_made() -> None:
    present = {path.name for path in FOLDER.iterdir() if path.is_file()}

    assert present == {*made(), *WRITTEN_BY_HAND}
    assert {example["file"] for example in EXPECTED["examples"]} < present


@pytest.mark.parametrize("name", sorted({*made()} - {"web.json"}))
def test_an_example_comes_out_the_same_every_time(name: str) -> None:
    assert (FOLDER / name).read_bytes() == made()[name]


def test_what_the_issuers_publish_comes_out_the_same_but_for_the_packing_of_lists() -> None:
    assert unpacked(document("web.json")) == unpacked(json.loads(made()["web.json"]))


def unpacked(web: Any) -> Any:
    """The recorded web with its lists unpacked: not every zlib packs alike."""
    for answer in web.values():
        subject = answer["body"].get("credentialSubject")
        if subject:
            subject["encodedList"] = decode_list(subject["encodedList"])
            del answer["body"]["proof"]
    return web


def test_the_examples_are_small() -> None:
    assert all(len(octets) < 10_000 for octets in made().values())


def test_the_sheet_of_the_examples_can_be_issued(desk: Desk) -> None:
    key, badges = str(desk.folder / "college.key"), desk.folder / "badges"
    desk.run("keygen", key)

    ran = desk.run(
        "issue", str(FOLDER / "navigation.toml"), "--key", key,
        "--recipients", str(FOLDER / "recipients.csv"), "-o", str(badges),
    )  # fmt: skip
    checked = desk.run("verify", "--offline", "--json", *map(str, sorted(badges.glob("*.json"))))

    assert ran.code == 0, ran.err
    assert [line["verdict"] for line in checked.lines] == ["valid"] * 3
