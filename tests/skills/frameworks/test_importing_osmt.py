"""Rich skill descriptors, with what may be wrong in them."""

from __future__ import annotations

from pathlib import Path

from sealwright.skills.frameworks import Imported, Kind, load
from tests.skills.frameworks.files import table

COLUMNS = (
    "Canonical URL", "RSD Name", "Skill Statement", "Categories", "Keywords", "Collections",
    "Alignment URL",
)  # fmt: skip


def imported(tmp_path: Path) -> Imported:
    return load(
        table(
            tmp_path / "library.csv", COLUMNS,
            {"Canonical URL": "https://osmt.example/1", "RSD Name": "Weld", "Categories": "Metal",
             "Skill Statement": "Join metal.", "Keywords": "welding; MIG", "Collections": "Trades",
             "Alignment URL": "https://skills.example/weld"},
            {"RSD Name": "Solder", "Skill Statement": "Join small parts.", "Categories": "Metal"},
            {"RSD Name": "Solder", "Skill Statement": "Join small parts.", "Categories": "Metal"},
            {"Canonical URL": "https://osmt.example/1", "RSD Name": "Weld again"},
            {"Skill Statement": "Nameless."},
            {"RSD Name": "Rivet", "Alignment URL": "ftp://old.example/"},
        )
    )  # fmt: skip


def test_a_descriptor_keeps_all_that_its_row_says(tmp_path: Path) -> None:
    weld = imported(tmp_path).framework.concept("https://osmt.example/1")

    assert weld.label() == "Weld"
    assert weld.description() == "Join metal."
    assert weld.collections == ("Trades",)
    assert [relation.uri for relation in weld.related] == ["https://skills.example/weld"]
    assert weld.extra == (("osmt:Keywords", '["welding","MIG"]'),)


def test_categories_become_groups_and_a_row_without_an_address_gets_a_lasting_one(
    tmp_path: Path,
) -> None:
    framework = imported(tmp_path).framework

    group, weld, solder = framework.concepts
    assert group.kind is Kind.GROUP
    assert group.label() == "Metal"
    assert weld.broader == solder.broader == (group.uri,)
    assert solder.uri == "urn:uuid:6a098527-0525-5462-a7e3-1bb377812dba"


def test_bad_descriptors_are_named(tmp_path: Path) -> None:
    problems = imported(tmp_path).problems

    assert [(problem.row, problem.column) for problem in problems] == [
        (4, "RSD Name"), (5, "Canonical URL"), (6, "RSD Name"), (7, "Alignment URL"),
    ]  # fmt: skip
