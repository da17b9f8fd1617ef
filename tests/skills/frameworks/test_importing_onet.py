"""O*NET's files, with what may be wrong in them."""

from __future__ import annotations

from pathlib import Path

from sealwright.skills.frameworks import Imported, Kind, Need, Tier, load
from sealwright.skills.frameworks.onet import (
    HUMAN,
    element_address,
    is_human,
    occupation_address,
    technology_address,
)
from tests.skills.frameworks.files import table

CODE = "O*NET-SOC Code"
RATINGS = (
    CODE, "Element ID", "Element Name", "Scale ID", "Data Value", "Recommend Suppress",
)  # fmt: skip
COOK = occupation_address("35-2014.00")


def rating(element: str, scale: str, value: str, suppress: str = "N") -> dict[str, str]:
    return {
        CODE: "35-2014.00", "Element ID": element, "Element Name": f"element {element}",
        "Scale ID": scale, "Data Value": value, "Recommend Suppress": suppress,
    }  # fmt: skip


def imported(tmp_path: Path, *, elements: bool = True) -> Imported:
    folder = tmp_path / "db_30_2_text"
    folder.mkdir()
    if elements:
        table(
            folder / "Content Model Reference.txt",
            ("Element ID", "Element Name", "Description"),
            {"Element ID": "2", "Element Name": "Worker Requirements"},
            {"Element ID": "2.A", "Element Name": "Basic Skills", "Description": "The basics."},
            {"Element ID": "2.A.1", "Element Name": 'Reading "aloud'},
            {"Element ID": "2.A.1", "Element Name": "Reading"},
            {"Element ID": "..", "Element Name": "nothing"},
            tab=True,
        )
        table(
            folder / "Level Scale Anchors.txt",
            ("Element ID", "Scale ID", "Anchor Value", "Anchor Description"),
            {"Element ID": "2.A.1", "Scale ID": "LV", "Anchor Value": "4",
             "Anchor Description": "Reads a letter"},
            {"Element ID": "2.A.1", "Scale ID": "LV", "Anchor Value": "2",
             "Anchor Description": "Reads a sign"},
            {"Element ID": "4.A.1", "Scale ID": "LV", "Anchor Value": "2",
             "Anchor Description": "Not ours"},
            {"Element ID": "2.A.1", "Scale ID": "LV", "Anchor Value": "two",
             "Anchor Description": "Odd"},
            tab=True,
        )  # fmt: skip
    table(
        folder / "Occupation Data.txt",
        (CODE, "Title", "Description"),
        {CODE: "35-2014.00", "Title": "Cooks", "Description": "Cook."},
        {CODE: "35-1011.00", "Title": "Chefs", "Description": "Direct."},
        {CODE: "cook", "Title": "Cooks", "Description": "Cook."},
        {CODE: "35-1011.00", "Title": "Chefs", "Description": "Twice."},
        tab=True,
    )
    table(
        folder / "Alternate Titles.txt",
        (CODE, "Alternate Title", "Short Title"),
        {CODE: "35-2014.00", "Alternate Title": "Grill Cook", "Short Title": "n/a"},
        {CODE: "35-2014.00", "Alternate Title": "Line Cook", "Short Title": "LC"},
        tab=True,
    )
    table(
        folder / "Sample of Reported Titles.csv",
        (CODE, "Reported Job Title"),
        {CODE: "35-2014.00", "Reported Job Title": "Line Cook"},
        {CODE: "99-9999.00", "Reported Job Title": "Nobody"},
    )
    table(
        folder / "Job Zones.txt",
        (CODE, "Job Zone"),
        {CODE: "35-2014.00", "Job Zone": "2"},
        {CODE: "35-1011.00", "Job Zone": "6"},
        tab=True,
    )
    table(
        folder / "Task Statements.txt",
        (CODE, "Task ID", "Task", "Task Type"),
        {CODE: "35-2014.00", "Task ID": "1", "Task": "Season food.", "Task Type": "Core"},
        tab=True,
    )
    table(
        folder / "Related Occupations.txt", (CODE, "Related " + CODE, "Relatedness Tier", "Index"),
        {CODE: "35-2014.00", "Related " + CODE: "35-1011.00", "Relatedness Tier": "Primary-Short",
         "Index": "2"},
        {CODE: "35-2014.00", "Related " + CODE: "35-2014.00", "Relatedness Tier": "Supplemental",
         "Index": "1"},
        tab=True,
    )  # fmt: skip
    table(
        folder / "Technology Skills.txt",
        (CODE, "Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand"),
        {CODE: "35-2014.00", "Example": "Till 5", "Commodity Code": "4321", "Hot Technology": "Y",
         "Commodity Title": "Tills", "In Demand": "N"},
        {CODE: "35-2014.00", "Example": "Till 5", "Commodity Code": "4322", "Hot Technology": "N",
         "Commodity Title": "Software", "In Demand": ""},
        {CODE: "35-1011.00", "Example": "Till 6", "Commodity Code": "4321", "Hot Technology": "N",
         "Commodity Title": "Tills", "In Demand": "Y"},
        tab=True,
    )  # fmt: skip
    table(
        folder / "Skills.txt", RATINGS,
        rating("2.A.1", "IM", "3.5"),
        rating("2.A.1", "LV", "4.25"),
        rating("2.A.1", "LV", "4.25"),
        rating("2.B.3.a", "IM", "1.5"),
        rating("2.C.1", "IM", "4.5", "Y"),
        rating("2.C.1", "XX", "4.5"),
        rating("4.A.1", "IM", "4.5"),
        rating("2.C.2", "LV", "8"),
        tab=True,
    )  # fmt: skip
    table(folder / "Education.txt", (*RATINGS, "Category"), rating("2.D.1", "RL", "1"), tab=True)
    return load(folder)


def test_ratings_become_needs(tmp_path: Path) -> None:
    job = imported(tmp_path).framework.occupation(COOK)

    assert job.needs == (
        Need(element_address("2.A.1"), True, 3.5, 4.25),
        Need(element_address("2.B.3.a"), False, 1.5),
        Need(element_address("2.C.1"), False),
    )


def test_elements_become_concepts_with_anchored_levels(tmp_path: Path) -> None:
    graph = imported(tmp_path).framework

    reading = graph.concept(element_address("2.A.1"))
    assert reading.label() == 'Reading "aloud'
    assert [(level.value, level.anchor) for level in reading.levels] == [
        (2, (("en", "Reads a sign"),)), (4, (("en", "Reads a letter"),)),
    ]  # fmt: skip
    assert reading.transversal
    assert graph.concept(element_address("2.A")).kind is Kind.GROUP
    assert not graph.concept(element_address("2.B.3.a")).transversal
    assert not graph.has_concept(element_address("2"))


def test_work_styles_of_late_versions_are_human_and_asked_for_where_they_help(
    tmp_path: Path,
) -> None:
    table(
        tmp_path / "Occupation Data.txt", (CODE, "Title", "Description"),
        {CODE: "35-2014.00", "Title": "Cooks", "Description": "Cook."},
        tab=True,
    )  # fmt: skip
    table(
        tmp_path / "Work Styles.txt", RATINGS[:5],
        rating("1.D.1.a", "WI", "1.4"),
        rating("1.D.1.a", "DR", "4"),
        rating("1.D.1.b", "WI", "2.5"),
        rating("1.D.1.c", "WI", "-0.5"),
        tab=True,
    )  # fmt: skip

    graph = load(tmp_path).framework

    assert graph.occupation(COOK).needs == (
        Need(element_address("1.D.1.a"), False),
        Need(element_address("1.D.1.b")),
    )
    assert {(c.kind, c.transversal) for c in graph.skills()} == {(Kind.STYLE, True)}


def test_a_branch_is_human_or_technical_as_a_whole_but_for_mathematics_and_science() -> None:
    assert all(is_human(f"{branch}x") for branch in HUMAN)
    technical = ("1.A.1.c.1", "1.A.3.a.1", "2.A.1.e", "2.A.1.f", "2.B.3.a", "2.C.1.a")
    assert not any(map(is_human, technical))


def test_the_ratings_name_the_elements_where_the_content_model_is_missing(tmp_path: Path) -> None:
    graph = imported(tmp_path, elements=False).framework

    assert graph.concept(element_address("2.A.1")).label() == "element 2.A.1"


def test_an_occupation_has_titles_zone_tasks_relatives_and_technologies(tmp_path: Path) -> None:
    graph = imported(tmp_path).framework

    job = graph.occupation(COOK)
    assert [text for _, text in job.alternatives] == ["Grill Cook", "Line Cook", "LC"]
    assert job.zone == 2
    assert job.tasks == (("en", "Season food."),)
    assert [other.tier for other in job.related] == [Tier.SUPPLEMENTAL, Tier.PRIMARY_SHORT]
    till = graph.concept(technology_address("Till 5"))
    assert [(tool.uri, tool.hot, tool.in_demand) for tool in job.tools] == [(till.uri, True, False)]
    assert till.broader == ("urn:unspsc:4321", "urn:unspsc:4322")
    assert till.kind is Kind.TECHNOLOGY
    assert graph.concept("urn:unspsc:4321").kind is Kind.GROUP


def test_bad_rows_are_named(tmp_path: Path) -> None:
    result = imported(tmp_path)

    told = {(problem.file, problem.row, problem.column) for problem in result.problems}
    assert told == {
        ("Content Model Reference.txt", 5, "Element ID"),
        ("Content Model Reference.txt", 6, "Element ID"),
        ("Level Scale Anchors.txt", 5, "Anchor Value"),
        ("Occupation Data.txt", 4, CODE),
        ("Occupation Data.txt", 5, CODE),
        ("Sample of Reported Titles.csv", 3, CODE),
        ("Job Zones.txt", 3, "Job Zone"),
        ("Skills.txt", 4, "Scale ID"),
        ("Skills.txt", 9, "Data Value"),
    }
    assert result.framework.about.version == "30.2"
    assert result.unused == ("Education.txt",)


def test_without_a_version_in_the_name_none_is_told(tmp_path: Path) -> None:
    table(
        tmp_path / "jobs.csv",
        (CODE, "Title", "Description"),
        {CODE: "35-2014.00", "Title": "Cooks", "Description": "Cook."},
    )

    assert load(tmp_path / "jobs.csv").framework.about.version == ""
