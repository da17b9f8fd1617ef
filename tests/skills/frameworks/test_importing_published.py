"""ESCO and O*NET as published import whole; the counts are taken from the files by other means."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sealwright.skills.frameworks import Format, Kind, Tier, load
from tests.skills.shared import esco, onet, shared

pytestmark = pytest.mark.vectors
Rows = list[dict[str, str]]


def esco_rows(name: str) -> Rows:
    for archive in sorted(shared("data/esco").glob("esco-v1.1.1-*.zip")):
        with zipfile.ZipFile(archive) as opened:
            if name in opened.namelist():
                text = io.TextIOWrapper(opened.open(name), "utf-8-sig", newline="")
                return list(csv.DictReader(text))
    raise AssertionError(name)


def onet_rows(version: str, name: str) -> Rows:
    [file] = shared(f"data/onet/{version}").glob(f"{name}.*.gz")
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        if ".txt" not in file.name:
            return list(csv.DictReader(stream))
        lines = [line.rstrip("\r\n").split("\t") for line in stream]
        return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def lines_of(name: str, wrong: set[str], columns: tuple[str, ...]) -> Iterator[int]:
    """Rows (the header is 1) in which one of these columns names something unknown."""
    for number, row in enumerate(esco_rows(name), start=2):
        if any(row[column] in wrong for column in columns):
            yield number


def test_esco_imports_with_the_counts_of_its_files_and_names_every_row_left_out() -> None:
    skills, groups = esco_rows("skills_en.csv"), esco_rows("skillGroups_en.csv")
    isco, jobs = esco_rows("ISCOGroups_en.csv"), esco_rows("occupations_en.csv")

    imported = esco()

    framework = imported.framework
    kinds = {kind: [c for c in framework.concepts if c.kind is kind] for kind in Kind}
    assert imported.format is Format.ESCO
    assert framework.about.version == "1.1.1"
    assert len(kinds[Kind.SKILL]) + len(kinds[Kind.KNOWLEDGE]) == len(skills) == 13_896
    assert len(kinds[Kind.KNOWLEDGE]) == sum(row["skillType"] == "knowledge" for row in skills)
    assert len(kinds[Kind.GROUP]) == len(groups)
    assert len(kinds[Kind.FIELD]) == len(isco)
    assert len(framework.occupations) == len(jobs) == 3_007
    for row in skills[::50]:
        concept = framework.concept(row["conceptUri"])
        others = dict.fromkeys(row["altLabels"].split("\n"))
        assert concept.label() == row["preferredLabel"].strip()
        assert {text for _, text in concept.alternatives} == {
            one.strip() for one in others if one.strip() not in ("", concept.label())
        }
        assert concept.description() == row["description"].strip()

    concepts = {row["conceptUri"] for row in (*skills, *groups, *isco)}
    entries = concepts | {row["conceptUri"] for row in jobs}
    expected = {}
    relations = 0
    for name, columns in {
        "occupationSkillRelations.csv": ("occupationUri", "skillUri"),
        "skillSkillRelations.csv": ("originalSkillUri", "relatedSkillUri"),
        "broaderRelationsSkillPillar.csv": ("conceptUri", "broaderUri"),
        "broaderRelationsOccPillar.csv": ("conceptUri", "broaderUri"),
    }.items():
        rows = esco_rows(name)
        unknown = {row[column] for row in rows for column in columns} - entries
        relations += len(rows)
        expected[name] = list(lines_of(name, unknown, columns))
    told = {name: [p.row for p in imported.problems if p.file == name] for name in expected}
    assert told == expected
    assert imported.left_out == len(imported.problems) == sum(map(len, expected.values()))
    held = sum(len(job.needs) + len(job.broader) for job in framework.occupations)
    held += sum(len(concept.related) + len(concept.broader) for concept in framework.concepts)
    assert held == relations - imported.left_out
    transversal = {row["conceptUri"] for row in esco_rows("transversalSkillsCollection_en.csv")}
    assert {c.uri for c in framework.concepts if "transversal" in c.collections} == transversal
    assert set(imported.unused) == {"conceptSchemes_en.csv", "skillsHierarchy_en.csv"}


def test_what_is_human_in_esco_is_what_stands_below_its_transversal_skills() -> None:
    framework = esco().framework
    collection = {row["conceptUri"] for row in esco_rows("transversalSkillsCollection_en.csv")}

    human = {concept.uri: concept.label() for concept in framework.concepts if concept.transversal}

    assert len(human.keys() & collection) == 57
    assert len(human) == 1_167
    labels = set(human.values())
    assert {"solve problems", "manage staff", "work in a construction team"} <= labels
    assert not {"move objects", "maintain financial records", "align components"} & labels
    shares = [
        sum(need.skill in human for need in job.needs) / len(job.needs)
        for job in framework.occupations
    ]
    assert 0.1 < sum(shares) / len(shares) < 0.15


def test_onet_29_3_imports_with_the_counts_of_its_sheets() -> None:
    imported = onet("29.3")

    framework = imported.framework
    elements = {
        row["Element ID"]
        for row in onet_rows("29.3", "Content_Model_Reference")
        if row["Element ID"][:3] in ("1.A", "1.C", "2.A", "2.B", "2.C")
    }
    tools = onet_rows("29.3", "Technology_Skills")
    rated = {
        (row["O*NET-SOC Code"], row["Element ID"])
        for name in ("Skills", "Knowledge", "Work_Styles")
        for row in onet_rows("29.3", name)
    }
    assert imported.problems == ()
    assert framework.about.version == "29.3"
    assert len(framework.occupations) == len(onet_rows("29.3", "Occupation_Data")) == 1_016
    assert {c.code for c in framework.concepts if c.code.startswith(("1.", "2."))} == elements
    technologies = {row["Example"] for row in tools}
    found = {c.label() for c in framework.concepts if c.kind is Kind.TECHNOLOGY}
    assert found == {example.strip() for example in technologies}
    held = [tool for job in framework.occupations for tool in job.tools]
    assert len(held) == len(tools) == 32_681
    assert sum(tool.in_demand for tool in held) == sum(row["In Demand"] == "Y" for row in tools)
    assert sum(len(job.needs) for job in framework.occupations) == len(rated)
    related = onet_rows("29.3", "Related_Occupations")
    assert sum(len(job.related) for job in framework.occupations) == len(related) == 18_460
    zones = onet_rows("29.3", "Job_Zones")
    assert sum(job.zone is not None for job in framework.occupations) == len(zones)
    titles = {
        (row["O*NET-SOC Code"], title)
        for name, columns in (
            ("Alternate_Titles", ("Alternate Title", "Short Title")),
            ("Sample_of_Reported_Titles", ("Reported Job Title",)),
        )
        for row in onet_rows("29.3", name)
        for title in (row[column].strip() for column in columns)
        if title not in ("", "n/a", row["Title"])
    }
    assert sum(len(job.alternatives) for job in framework.occupations) == len(titles)


def test_a_rating_of_onet_is_what_its_sheets_say() -> None:
    framework = onet("29.3").framework
    chief = next(job for job in framework.occupations if job.code == "11-1011.00")

    [need] = [need for need in chief.needs if need.skill.endswith("/2.A.1.a")]

    rows = {
        row["Scale ID"]: float(row["Data Value"])
        for row in onet_rows("29.3", "Skills")
        if row["O*NET-SOC Code"] == chief.code and row["Element ID"] == "2.A.1.a"
    }
    assert (need.importance, need.level, need.essential) == (rows["IM"], rows["LV"], True)
    assert chief.zone == 5
    assert chief.related[0].tier is Tier.PRIMARY_SHORT
    levels = framework.concept(need.skill).levels
    assert [level.value for level in levels] == sorted(level.value for level in levels) != []


def test_what_is_human_in_onet_follows_from_its_content_model() -> None:
    framework = onet("29.3").framework
    elements = onet_rows("29.3", "Content_Model_Reference")
    names = {row["Element ID"]: row["Element Name"] for row in elements}
    inner = {number.rpartition(".")[0] for number in names}
    headings = {
        "Verbal Abilities", "Idea Generation and Reasoning Abilities", "Work Styles",
        "Basic Skills", "Social Skills", "Complex Problem Solving Skills", "Systems Skills",
        "Resource Management Skills",
    }  # fmt: skip
    below = {
        name
        for number, name in names.items()
        for above, heading in names.items()
        if heading in headings and number.startswith(f"{above}.") and number not in inner
    }

    human = {concept.label() for concept in framework.concepts if concept.transversal}

    assert human == below - {"Mathematics", "Science"}
    assert len(human) == 49
    skills = {concept.uri: concept for concept in framework.skills() if concept.code}
    assert len(skills) - len(human) == 87
    for job in framework.occupations:
        rated = {skills[need.skill].transversal for need in job.needs}
        assert rated in (set(), {True, False})


def test_onet_30_2_imports_with_the_counts_of_its_text() -> None:
    imported = onet("30.2")

    framework = imported.framework
    tools, tasks = onet_rows("30.2", "Technology_Skills"), onet_rows("30.2", "Task_Statements")
    assert imported.problems == ()
    assert framework.about.version == "30.2"
    assert len(framework.occupations) == len(onet_rows("30.2", "Occupation_Data"))
    assert sum(len(job.tools) for job in framework.occupations) == len(tools) == 32_773
    assert sum(len(job.tasks) for job in framework.occupations) == len(
        {(row["O*NET-SOC Code"], row["Task"].strip()) for row in tasks}
    )
    hot = {c.label() for c in framework.concepts if "hot" in c.collections}
    assert hot == {row["Example"].strip() for row in tools if row["Hot Technology"] == "Y"}


def test_rich_skill_descriptors_import_with_their_groups() -> None:
    imported = load(shared("data/osmt") / "Skills-Import.csv.gz")

    framework = imported.framework
    assert imported.format is Format.OSMT
    assert [concept.kind for concept in framework.concepts].count(Kind.SKILL) == 2
    assert framework.skills()[0].related[0].uri.startswith("https://skills.emsidata.com/")


@pytest.mark.parametrize("name", ["oNet-Import.csv.gz"])
def test_the_occupations_of_that_tool_are_onets(name: str) -> None:
    imported = load(shared("data/osmt") / name)

    assert imported.format is Format.ONET
    assert len(imported.framework.occupations) > 900


def test_the_flat_texts_of_esco_1_2_can_be_read_for_comparing() -> None:
    folder: Path = shared("data/esco")

    imported = load(
        folder / "esco-v1.2-skills-flattext.csv.gz",
        folder / "esco-v1.2-occupations-flattext.csv.gz",
    )

    assert imported.framework.about.flat
    assert imported.framework.about.version == "1.2"
    assert len(imported.framework.skills()) == 13_939
    assert len(imported.framework.occupations) == 3_039
