"""`sealwright frameworks`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sealwright.skills.frameworks import load
from tests.cli.runs import Desk
from tests.skills.frameworks.files import SKILLS, archive, esco_skill, table

FLAT = "id,description\n{0}1,bake bread make bread bake rolls make rolls\n{0}9,brew beer\n"


def esco(desk: Desk) -> str:
    file = table(
        desk.folder / "skills_en.csv", SKILLS,
        esco_skill(1, "bake bread", altLabels="make bread\nprepare bread"),
        esco_skill(2, "bake rolls", altLabels="make rolls"),
        esco_skill(3, ""),
    )  # fmt: skip
    return str(archive(desk.folder / "ESCO v1.1.1.zip", file))


def test_import_writes_one_index_and_says_what_is_in_it(desk: Desk) -> None:
    target = str(desk.folder / "esco.framework")

    ran = desk.run("frameworks", "import", esco(desk), "-o", target)

    assert ran.code == 0
    assert "ESCO 1.1.1 (esco)" in ran.out
    assert "skill                2" in ran.out
    assert "ESCO classification of the European" in ran.out
    assert "1 row was left out" in ran.out
    assert "skills_en.csv row 4 (line 5), preferredLabel: nothing is here" in ran.out
    assert len(load(Path(target)).framework.concepts) == 2


def test_import_tells_programs_the_same(desk: Desk) -> None:
    target = str(desk.folder / "esco.framework")

    ran = desk.run("frameworks", "import", esco(desk), "-o", target, "--json", "--label", "9")

    [facts] = ran.lines
    assert facts["counts"]["skill"] == 2
    assert facts["version"] == "9"
    assert facts["left_out"] == 1
    assert facts["problems"][0] == {
        "file": "skills_en.csv", "row": 4, "line": 5, "column": "preferredLabel",
        "what": "nothing is here",
    }  # fmt: skip


def test_import_never_writes_over_a_file_unasked(desk: Desk) -> None:
    target = desk.file("esco.framework", "mine")

    assert desk.run("frameworks", "import", esco(desk), "-o", target).code == 64
    assert desk.run("frameworks", "import", esco(desk), "-o", target, "--force").code == 0


def test_only_the_first_rows_left_out_are_shown(desk: Desk) -> None:
    rows = [esco_skill(1, "bake"), *(esco_skill(number, "") for number in range(2, 30))]
    file = table(desk.folder / "skills_en.csv", SKILLS, *rows)

    ran = desk.run("frameworks", "import", str(file), "-o", str(desk.folder / "x"))

    assert "and 8 more" in ran.out


@pytest.mark.parametrize(
    "command",
    [
        ("import", "{}", "-o", "out"),
        ("export", "{}", "--to", "case"),
        ("diff", "{}", "{}"),
    ],
)
def test_what_is_no_framework_is_unreadable(desk: Desk, command: tuple[str, ...]) -> None:
    other = desk.file("note.txt", "hello\x1b[2J")

    ran = desk.run("frameworks", *(part.format(other) for part in command))

    assert ran.code == 3
    assert "no file there is in a format" in ran.err


@pytest.mark.parametrize("form", ["case", "ctdl-asn"])
def test_export_writes_what_can_be_read_again(desk: Desk, form: str) -> None:
    index = str(desk.folder / "esco.framework")
    desk.run("frameworks", "import", esco(desk), "-o", index)
    target = str(desk.folder / "out.json")

    ran = desk.run("frameworks", "export", index, "--to", form, "-o", target)

    assert ran.code == 0
    assert load(Path(target)).framework == load(Path(index)).framework


def test_export_prints_where_no_file_is_named(desk: Desk) -> None:
    ran = desk.run("frameworks", "export", esco(desk), "--to", "ctdl-asn")

    assert json.loads(ran.out)["@graph"][0]["@type"] == "ceasn:CompetencyFramework"


def test_diff_shows_counts_and_proposals_with_their_reason(desk: Desk) -> None:
    new = desk.file("new.csv", FLAT.format("http://data.europa.eu/esco/skill/"))

    ran = desk.run("frameworks", "diff", esco(desk), new)

    assert ran.code == 0
    assert "ESCO 1.1.1 to new" in ran.out
    for line in (
        "kept             0",
        "changed          1",
        "gone             1",
        "new              1",
    ):
        assert line in ran.out
    assert "merged   100%" in ran.out
    assert "“bake rolls” is gone" in ran.out


def test_diff_tells_programs_the_whole_report(desk: Desk) -> None:
    new = desk.file("new.csv", FLAT.format("http://data.europa.eu/esco/skill/"))

    [report] = desk.run("frameworks", "diff", esco(desk), new, "--json").lines

    assert report["gone"] == ["http://data.europa.eu/esco/skill/2"]
    assert report["proposals"][0]["move"] == "merged"


def test_diff_says_what_it_did_not_compare(desk: Desk) -> None:
    skills = {"CFDocument": {"uri": "urn:x:f", "title": "F"}, "CFItems": []}
    items = [
        {"identifier": f"i-{number}", "fullStatement": f"skill {number}"} for number in range(30)
    ]
    old = desk.file("old.json", {**skills, "CFItems": [*items, {
        "identifier": "j", "fullStatement": "clerk", "CFItemType": "Occupation"}]})  # fmt: skip
    moved = [{**item, "identifier": f"n-{item['identifier']}"} for item in items]
    new = desk.file("new.json", {**skills, "CFItems": moved})

    ran = desk.run("frameworks", "diff", old, new)

    assert "Only one of them has: occupation." in ran.out
    assert "30 proposals" in ran.out
    assert "and 10 more" in ran.out
