"""Files made to harm: nothing but our own error comes out, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sealwright.skills.errors import UnreadableFramework
from sealwright.skills.frameworks import case, ctdl, demo, index, load, reading
from tests.skills.frameworks.files import SKILLS, archive, document, esco_skill, table
from tests.skills.frameworks.test_importing_documents import AT, PACKAGE, ROOT, competency

HEADER = ",".join(SKILLS).encode()
GOOD = ",".join(esco_skill(1, "bake").get(name, "") for name in SKILLS).encode()


def refused(*paths: Path) -> str:
    with pytest.raises(UnreadableFramework) as problem:
        load(*paths)
    return str(problem.value)


def test_what_is_not_there_or_no_framework_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello", encoding="utf-8")
    (tmp_path / "other.json").write_text('{"a": 1}', encoding="utf-8")
    (tmp_path / "quotes.csv").write_bytes(b'"' + b"a" * 200_000)

    assert "cannot be read" in refused(tmp_path / "nothing.csv")
    for name in ("note.txt", "other.json", "quotes.csv"):
        assert "no file there" in refused(tmp_path / name)


def test_files_of_two_frameworks_are_refused(tmp_path: Path) -> None:
    one = table(tmp_path / "skills_en.csv", SKILLS, esco_skill(1, "bake"))
    two = document(tmp_path / "a.json", PACKAGE)
    three = document(tmp_path / "b.json", PACKAGE)

    assert "one framework at a time" in refused(one, two)
    assert "one such file at a time" in refused(two, three)


def test_a_framework_without_entries_is_refused(tmp_path: Path) -> None:
    assert "neither a skill" in refused(table(tmp_path / "skills_en.csv", SKILLS))


def test_damaged_archives_are_refused(tmp_path: Path) -> None:
    file = table(tmp_path / "skills_en.csv", SKILLS, esco_skill(1, "bake" * 100))
    whole = archive(tmp_path / "a.zip", file).read_bytes()
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(file.read_bytes())[:-12])
    body = bytearray(whole)
    body[60:90] = bytes(30)
    (tmp_path / "damaged.zip").write_bytes(bytes(body))

    assert "cannot be read" in refused(tmp_path / "cut.csv.gz")
    assert "cannot be read" in refused(tmp_path / "damaged.zip")


def test_a_bomb_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_TOTAL", 1_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("skills_en.csv", HEADER + b"\n" + (b"\n" * 3_000_000))
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as opened:
        for number in range(reading.MOST_PARTS + 1):
            opened.writestr(f"{number}.csv", b"")

    intake = reading.Intake(_left=1_000_000)
    [part] = reading.parts_of([tmp_path / "bomb.zip"])
    with pytest.raises(UnreadableFramework, match="too large"):
        intake.each(part, lambda row: None)
    assert "too many files" in refused(tmp_path / "many.zip")


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    file = table(tmp_path / "skills_en.csv", SKILLS, *(esco_skill(n, "a") for n in range(5)))

    assert "too many rows" in refused(file)


@pytest.mark.parametrize(
    "text",
    [
        '{"CFDocument": ' + "[" * 100_000,
        '{"CFDocument": NaN}',
        '{"CFDocument": "\\ud800"}',
        '{"CFDocument": 1' + "0" * 5_000 + "}",
        '{"CFDocument": {}',
        '{"CFDocument": "\x00"}',
        '{"@graph": [{"@id": "urn:x:1", "@type": "ceasn:CompetencyFramework", "ceasn:name": '
        + "[" * 600
        + "1"
        + ",1]" * 600
        + "}]}",
    ],
)
def test_json_that_is_none_or_too_deep_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")

    assert "cannot be read" in refused(tmp_path / "a.json")


def test_json_whose_members_come_late_is_still_recognised(tmp_path: Path) -> None:
    late = {"padding": "x" * 10_000, **PACKAGE}

    assert load(document(tmp_path / "a.json", late)).format == "case"


def test_bad_bytes_cost_their_row_only(tmp_path: Path) -> None:
    rows = [GOOD.replace(b"bake", b"b\xffke"), b'"' + b"x" * 200_000 + b'"', b"a,b", b"", GOOD]
    (tmp_path / "skills_en.csv").write_bytes(b"\n".join([b"\xef\xbb\xbf" + HEADER, *rows]) + b"\n")

    result = load(tmp_path / "skills_en.csv")

    assert [concept.label() for concept in result.framework.concepts] == ["bake"]
    assert [(problem.row, problem.line) for problem in result.problems] == [(2, 2), (3, 3), (4, 4)]
    assert result.problems[0].what == "is not text in UTF-8"
    assert "13" in result.problems[2].what


def test_control_characters_and_tricks_of_direction_are_taken_out(tmp_path: Path) -> None:
    file = table(tmp_path / "skills_en.csv", SKILLS, esco_skill(1, "ba\u202eke\x07"))

    assert load(file).framework.concepts[0].label() == "ba ke"


def test_a_label_may_be_only_so_long(tmp_path: Path) -> None:
    good, long = esco_skill(1, "bake"), esco_skill(2, "x" * 2_000)
    file = table(tmp_path / "skills_en.csv", SKILLS, good, long)

    [problem] = load(file).problems

    assert problem.what == "is longer than 1000 characters"


def test_only_the_first_problems_are_told_and_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_PROBLEMS", 2)
    bad = (esco_skill(number, "") for number in range(2, 7))
    file = table(tmp_path / "skills_en.csv", SKILLS, esco_skill(1, "bake"), *bad)

    result = load(file)

    assert len(result.problems) == 2
    assert result.left_out == 5


def test_progress_is_told_every_thousand_rows(tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []
    skills = (esco_skill(number, "bake") for number in range(2_500))
    items = [{"identifier": f"i-{n}", "fullStatement": "bake"} for n in range(1_500)]

    load(
        table(tmp_path / "skills_en.csv", SKILLS, *skills), progress=lambda *told: seen.append(told)
    )
    load(
        document(tmp_path / "a.json", {"CFDocument": PACKAGE["CFDocument"], "CFItems": items}),
        progress=lambda *told: seen.append(told),
    )

    assert seen == [
        ("skills_en.csv", 1_000), ("skills_en.csv", 2_000), ("skills_en.csv", 2_500),
        ("a.json CFItems", 1_000), ("a.json CFItems", 1_500), ("a.json CFAssociations", 0),
    ]  # fmt: skip


def test_folders_within_folders_and_litter_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    table(tmp_path / "skills_en.csv", SKILLS, esco_skill(1, "bake"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as opened:
        opened.writestr("folder/", b"")
        opened.writestr("__MACOSX/skills_en.csv", b"litter")
        opened.writestr("..\\..\\notes.txt", b"hello")

    result = load(tmp_path)

    assert result.unused == ("notes.txt",)


def an_index(head: dict[str, Any], *entries: Any) -> bytes:
    first = json.dumps({"format": "sealwright-framework", **head}, separators=(",", ":"))
    return gzip.compress("\n".join([first, *map(json.dumps, entries)]).encode())


ABOUT = {"address": "urn:x:f", "title": [["en", "F"]]}
ENTRY = {"uri": "urn:x:1", "labels": [["en", "one"]]}


@pytest.mark.parametrize(
    "packed",
    [
        an_index({"version": 2}),
        an_index({"version": 1}),
        an_index({"version": 1, "about": ABOUT, "concepts": True, "occupations": 0}),
        an_index({"version": 1, "about": ABOUT, "concepts": -1, "occupations": 0}),
        an_index({"version": 1, "about": ABOUT, "concepts": 2, "occupations": 0}, ENTRY),
        an_index({"version": 1, "about": ABOUT, "concepts": 0, "occupations": 0}, ENTRY),
        an_index({"version": 1, "about": ABOUT, "concepts": 2, "occupations": 0}, ENTRY, ENTRY),
        an_index({"version": 1, "about": ABOUT, "concepts": 1, "occupations": 0}, [ENTRY]),
        an_index({"version": 1, "about": ABOUT, "concepts": 1, "occupations": 0}, {"uri": "x"}),
        an_index(
            {"version": 1, "about": ABOUT, "concepts": 1, "occupations": 0},
            {**ENTRY, "kind": ["skill"]},
        ),
        an_index(
            {"version": 1, "about": ABOUT, "concepts": 1, "occupations": 0, "left_out": 0,
             "problems": [["f", -1, 0, "c", "w"]]}, ENTRY),
        gzip.compress(b'{"format":"sealwright-framework","version":1'),
    ],
)  # fmt: skip
def test_an_index_that_is_not_whole_is_refused(tmp_path: Path, packed: bytes) -> None:
    (tmp_path / "a.framework").write_bytes(packed)

    refused(tmp_path / "a.framework")


def _whole_index() -> bytes:
    stream = io.BytesIO()
    index.write(demo(), stream, source="demo")
    return gzip.decompress(stream.getvalue())[:6_000]


FILES = {
    "skills_en.csv": HEADER + b"\n" + GOOD + b"\n" + GOOD.replace(b"/1", b"/2") + b"\n",
    "case.json": json.dumps(PACKAGE).encode(),
    "ctdl.json": json.dumps({"@graph": [ROOT, competency(1), competency(2)]}).encode(),
    "a.framework": _whole_index(),
}


@given(st.sampled_from(sorted(FILES)), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_whatever_is_changed_in_a_file_only_our_own_error_comes_out(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 12))
        content[place : place + length] = data.draw(st.binary(max_size=6) | st.just(b"[1,null,{}]"))
    (tmp_path / name).write_bytes(bytes(content))

    try:
        framework = load(tmp_path / name).framework
    except UnreadableFramework:
        return
    json.dumps(case.write(framework, at=AT), ensure_ascii=False).encode()
    json.dumps(ctdl.write(framework), ensure_ascii=False).encode()
