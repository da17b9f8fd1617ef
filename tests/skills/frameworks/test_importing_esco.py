"""ESCO's files, with what may be wrong in them."""

from __future__ import annotations

from pathlib import Path

from sealwright.skills.frameworks import Bond, Framework, Imported, Kind, Reuse, load
from tests.skills.frameworks.files import ESCO, SKILLS, archive, esco_skill, table

GROUPS = ("conceptUri", "preferredLabel", "altLabels", "hiddenLabels", "scopeNote", "code")
ISCO = ("conceptUri", "code", "preferredLabel", "altLabels", "inScheme", "description")
JOBS = ("conceptUri", "iscoGroup", "preferredLabel", "altLabels", "inScheme", "description", "code")
COLLECTION = ("conceptUri", "preferredLabel", "altLabels", "broaderConceptUri")
BROADER = ("conceptType", "conceptUri", "broaderType", "broaderUri")
NEEDS = ("occupationUri", "relationType", "skillType", "skillUri")
RELATIONS = ("originalSkillUri", "relationType", "relatedSkillUri")


def imported(tmp_path: Path) -> Imported:
    folder = tmp_path / "ESCO dataset - v1.2.0 - en"
    folder.mkdir()
    table(
        folder / "skills_en.csv", SKILLS,
        esco_skill(1, "bake bread", altLabels="make bread\nbake loaves\nbake bread",
                   reuseLevel="sector-specific", scopeNote="Not cakes."),
        esco_skill(2, "knead", skillType="knowledge", status="draft"),
        esco_skill(3, ""),
        esco_skill(1, "twice"),
        {**esco_skill(5, "elsewhere"), "conceptUri": "javascript:alert(1)"},
        esco_skill(6, "odd", skillType="magic"),
        esco_skill(7, "bare", skillType="", reuseLevel=""),
    )  # fmt: skip
    table(
        folder / "skills_de.csv",
        SKILLS,
        esco_skill(1, "Brot backen", description="Brot in den Ofen schieben."),
    )
    table(
        folder / "skillGroups_en.csv",
        GROUPS,
        {"conceptUri": f"{ESCO}/skill/S1", "preferredLabel": "baking", "code": "S1"},
    )
    table(
        folder / "ISCOGroups_en.csv",
        ISCO,
        {"conceptUri": f"{ESCO}/isco/C7", "code": "7", "preferredLabel": "crafts"},
    )
    table(
        folder / "occupations_en.csv", JOBS,
        {"conceptUri": f"{ESCO}/occupation/1", "iscoGroup": "7512", "preferredLabel": "baker",
         "code": "7512.1"},
    )  # fmt: skip
    table(
        folder / "transversalSkillsCollection_en.csv",
        COLLECTION,
        {"conceptUri": f"{ESCO}/skill/2", "preferredLabel": "knead"},
        {"conceptUri": f"{ESCO}/skill/99", "preferredLabel": "gone"},
    )
    table(
        folder / "researchOccupationsCollection_en.csv",
        COLLECTION,
        {"conceptUri": f"{ESCO}/occupation/1", "preferredLabel": "baker"},
    )
    table(
        folder / "broaderRelationsSkillPillar.csv",
        BROADER,
        {"conceptUri": f"{ESCO}/skill/1", "broaderUri": f"{ESCO}/skill/S1"},
        {"conceptUri": f"{ESCO}/occupation/1", "broaderUri": f"{ESCO}/isco/C7"},
        {"conceptUri": f"{ESCO}/skill/1", "broaderUri": f"{ESCO}/skill/98"},
    )
    table(
        folder / "occupationSkillRelations.csv", NEEDS,
        {"occupationUri": f"{ESCO}/occupation/1", "relationType": "essential",
         "skillUri": f"{ESCO}/skill/1"},
        {"occupationUri": f"{ESCO}/occupation/1", "relationType": "optional",
         "skillUri": f"{ESCO}/skill/2"},
        {"occupationUri": f"{ESCO}/occupation/1", "relationType": "optional",
         "skillUri": f"{ESCO}/skill/1"},
        {"occupationUri": f"{ESCO}/occupation/9", "relationType": "optional",
         "skillUri": f"{ESCO}/skill/1"},
    )  # fmt: skip
    table(
        folder / "skillSkillRelations.csv", RELATIONS,
        {"originalSkillUri": f"{ESCO}/skill/1", "relationType": "optional",
         "relatedSkillUri": f"{ESCO}/skill/2"},
    )  # fmt: skip
    (folder / "skillsHierarchy_en.csv").write_text("Level 0 URI,Level 0 code\n", encoding="utf-8")
    return load(archive(tmp_path / "ESCO - v1.2.0.zip", *folder.iterdir()))


def framework(tmp_path: Path) -> Framework:
    return imported(tmp_path).framework


def test_skills_come_with_their_labels_in_every_language(tmp_path: Path) -> None:
    skill = framework(tmp_path).concept(f"{ESCO}/skill/1")

    assert skill.labels == (("de", "Brot backen"), ("en", "bake bread"))
    assert skill.alternatives == (("en", "make bread"), ("en", "bake loaves"))
    assert skill.description("en") == "Brot in den Ofen schieben."
    assert skill.reuse is Reuse.SECTOR
    assert skill.extra == (("esco:scopeNote", '"Not cakes."'),)


def test_the_graph_is_tied(tmp_path: Path) -> None:
    graph = framework(tmp_path)

    skill, job = graph.concept(f"{ESCO}/skill/1"), graph.occupation(f"{ESCO}/occupation/1")
    assert skill.broader == (f"{ESCO}/skill/S1",)
    assert [(one.uri, one.bond) for one in skill.related] == [(f"{ESCO}/skill/2", Bond.OPTIONAL)]
    assert job.broader == (f"{ESCO}/isco/C7",)
    assert job.code == "7512"
    assert [(need.skill[-1], need.essential) for need in job.needs] == [("1", True), ("2", False)]
    assert graph.concept(f"{ESCO}/skill/2").collections == ("transversal",)
    assert graph.concept(f"{ESCO}/skill/2").transversal
    kinds = [graph.concept(f"{ESCO}/{end}").kind for end in ("skill/2", "skill/S1", "isco/C7")]
    assert kinds == [Kind.KNOWLEDGE, Kind.GROUP, Kind.FIELD]


def test_the_version_is_told_by_the_name_of_the_download(tmp_path: Path) -> None:
    about = framework(tmp_path).about

    assert about.version == "1.2.0"
    assert about.languages == ("en", "de")
    assert "European Commission" in about.attribution


def test_a_bad_row_is_left_out_and_named_by_row_line_and_column(tmp_path: Path) -> None:
    result = imported(tmp_path)

    told = [(p.file, p.row, p.line, p.column, p.what) for p in result.problems]
    nowhere = "no concept in these files has this address"
    assert told == [
        ("skills_en.csv", 4, 6, "preferredLabel", "nothing is here"),
        ("skills_en.csv", 5, 7, "conceptUri", "this address was there before"),
        ("skills_en.csv", 6, 8, "conceptUri", "is no address that begins with http or urn"),
        ("skills_en.csv", 7, 9, "skillType", "“magic” is not known here"),
        ("transversalSkillsCollection_en.csv", 3, 3, "conceptUri", nowhere),
        ("broaderRelationsSkillPillar.csv", 4, 4, "broaderUri", nowhere),
        ("occupationSkillRelations.csv", 4, 4, "skillUri",
         "this occupation has named this skill before"),
        ("occupationSkillRelations.csv", 5, 5, "occupationUri",
         "no occupation in these files has this address"),
    ]  # fmt: skip
    assert result.left_out == 8
    assert result.unused == ("skillsHierarchy_en.csv",)
    assert result.framework.concept(f"{ESCO}/skill/7").kind is Kind.SKILL


def test_flat_texts_are_told_apart_by_their_addresses(tmp_path: Path) -> None:
    flat = table(
        tmp_path / "flat.csv", ("id", "description"),
        {"id": f"{ESCO}/skill/1", "description": "bake  bread\nmake bread"},
        {"id": f"{ESCO}/occupation/1", "description": "baker"},
        {"id": f"{ESCO}/isco/C7", "description": "crafts"},
        {"id": f"{ESCO}/isco/C7", "description": "crafts"},
    )  # fmt: skip

    result = load(flat, version="1.2")

    graph = result.framework
    assert graph.about.flat
    assert graph.about.version == "1.2"
    assert graph.concept(f"{ESCO}/skill/1").label() == "bake bread make bread"
    assert graph.concept(f"{ESCO}/isco/C7").kind is Kind.FIELD
    assert graph.occupation(f"{ESCO}/occupation/1").label() == "baker"
    assert [problem.row for problem in result.problems] == [5]


def human(tmp_path: Path, *groups: tuple[str, str], broader: dict[str, str]) -> set[str]:
    """The human ones of five skills, of which the first two are in the transversal collection."""
    table(tmp_path / "skills_en.csv", SKILLS, *(esco_skill(n, f"skill {n}") for n in range(1, 6)))
    table(
        tmp_path / "skillGroups_en.csv", GROUPS,
        *({"conceptUri": f"{ESCO}/skill/{code}", "preferredLabel": code, "code": code}
          for code, _ in groups),
    )  # fmt: skip
    table(
        tmp_path / "transversalSkillsCollection_en.csv", COLLECTION,
        *({"conceptUri": f"{ESCO}/skill/{n}", "preferredLabel": "skill"} for n in (1, 2)),
    )  # fmt: skip
    above = [(f"{ESCO}/skill/{code}", f"{ESCO}/skill/{parent}") for code, parent in groups]
    above += [
        (f"{ESCO}/skill/{uri}", f"{ESCO}/skill/{each}")
        for uri, parents in broader.items()
        for each in parents.split()
    ]
    table(
        tmp_path / "broaderRelationsSkillPillar.csv", BROADER,
        *({"conceptUri": uri, "broaderUri": parent} for uri, parent in above),
    )  # fmt: skip
    found = load(tmp_path).framework
    return {concept.uri.rpartition("/")[2] for concept in found.concepts if concept.transversal}


def test_narrower_than_a_human_skill_is_human_where_it_is_done_as_one(tmp_path: Path) -> None:
    groups = (("T4", "T"), ("T5", "T"), ("T", ""), ("S1", "S"), ("S6", "S"), ("S", ""))
    broader = {"1": "T4", "2": "T5", "3": "1 S1", "4": "1 S6", "5": "3"}

    assert human(tmp_path, *groups, broader=broader) == {"1", "3", "5"}


def test_the_collection_alone_is_human_where_no_branches_are_told(tmp_path: Path) -> None:
    assert human(tmp_path, broader={"3": "4"}) == {"1", "2"}
