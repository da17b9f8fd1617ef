"""CASE and CTDL-ASN as other publishers write them, and as nobody should."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sealwright.skills.errors import UnreadableFramework
from sealwright.skills.frameworks import Bond, Imported, Kind, case, ctdl, load
from sealwright.skills.frameworks.reading import Intake
from tests.skills.frameworks.files import document

AT = datetime(2026, 3, 1, tzinfo=UTC)
LINK = {"title": "Framework", "identifier": "d-1", "uri": "https://case.example/d-1"}
ITEM_1 = {"title": "One", "identifier": "i-1", "uri": "https://case.example/i-1"}
ITEM_2 = {"title": "Two", "identifier": "i-2", "uri": "urn:uuid:i-2"}


def link(sort: str, origin: dict[str, str], target: dict[str, str]) -> dict[str, Any]:
    return {
        "identifier": f"{sort} {origin['identifier']}",
        "associationType": sort,
        "originNodeURI": origin,
        "destinationNodeURI": target,
    }


PACKAGE: dict[str, Any] = {
    "CFDocument": {
        "identifier": "d-1",
        "uri": "https://case.example/d-1",
        "title": "Framework",
        "creator": "Board",
        "language": "fr",
        "adoptionStatus": "Adopted",
        "lastChangeDateTime": "2020-01-01T00:00:00Z",
        "licenseURI": {"title": "CC BY", "identifier": "l-1", "uri": "https://by.example/"},
        "extensions": {"theirs": {"colour": "blue"}},
    },
    "CFItems": [
        {**ITEM_1, "fullStatement": "One", "CFItemType": "Standard", "educationLevel": ["05"],
         "lastChangeDateTime": "2019-01-01T00:00:00Z", "notes": None,
         "extensions": {"theirs": 1}},
        {"identifier": "i-2", "fullStatement": "To do two", "abbreviatedStatement": "Two",
         "CFItemType": "Knowledge", "language": "en", "humanCodingScheme": "T.2"},
        {"identifier": "i-3", "fullStatement": "Clerk", "CFItemType": "Occupation"},
        {**ITEM_1, "fullStatement": "One again"},
        {"identifier": "i-4", "fullStatement": ""},
        {"identifier": "i-5", "fullStatement": 5},
        {"identifier": "i-6", "fullStatement": "Six", "language": "x" * 2_000},
        "no item",
    ],
    "CFAssociations": [
        link("isChildOf", ITEM_1, LINK),
        link("isChildOf", ITEM_2, ITEM_1),
        link("isRelatedTo", ITEM_1, ITEM_2),
        link("isPeerOf", ITEM_1, ITEM_2),
        link("isRelatedTo", {"identifier": "i-3", "uri": "", "title": ""}, ITEM_2),
        link("isChildOf", {"identifier": "i-9", "uri": "", "title": ""}, ITEM_2),
        {"associationType": "isChildOf"},
    ],
    "CFRubrics": [{"identifier": "r-1"}],
}  # fmt: skip


def imported(tmp_path: Path, value: Any) -> Imported:
    return load(document(tmp_path / "f.json", value))


def test_a_package_by_others_is_read_and_keeps_what_has_no_place_here(tmp_path: Path) -> None:
    result = imported(tmp_path, PACKAGE)

    framework = result.framework
    one, two = framework.concepts
    assert framework.about.publisher == "Board"
    assert framework.about.licence == "https://by.example/"
    assert framework.about.languages == ("fr",)
    assert one.labels == (("fr", "One"),)
    assert [(relation.uri, relation.bond) for relation in one.related] == [(two.uri, Bond.RELATED)]
    assert (two.label(), two.description(), two.code) == ("Two", "To do two", "T.2")
    assert (two.kind, two.broader) == (Kind.KNOWLEDGE, (one.uri,))
    assert [job.label() for job in framework.occupations] == ["Clerk"]

    again = case.write(framework, at=AT)
    assert again["CFDocument"]["licenseURI"] == PACKAGE["CFDocument"]["licenseURI"]
    assert again["CFDocument"]["extensions"]["theirs"] == {"colour": "blue"}
    assert again["CFDocument"]["lastChangeDateTime"] == "2020-01-01T00:00:00Z"
    assert again["CFRubrics"] == PACKAGE["CFRubrics"]
    item = again["CFItems"][0]
    for member in ("CFItemType", "educationLevel", "lastChangeDateTime", "identifier"):
        assert item[member] == PACKAGE["CFItems"][0][member]
    kept = PACKAGE["CFAssociations"][3:6]
    assert [entry for entry in again["CFAssociations"] if entry in kept] == kept
    assert case.read("again", again, Intake()) == framework


def test_bad_items_are_named_by_their_place(tmp_path: Path) -> None:
    problems = imported(tmp_path, PACKAGE).problems

    assert [(problem.file, problem.row, problem.column) for problem in problems] == [
        ("f.json CFItems", 4, "uri"),
        ("f.json CFItems", 5, "fullStatement"),
        ("f.json CFItems", 6, "fullStatement"),
        ("f.json CFItems", 8, "CFItem"),
        ("f.json CFAssociations", 7, "originNodeURI"),
        ("f.json CFItems", 4, "labels"),
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"CFDocument": {"title": "No address"}},
        {"CFDocument": {"uri": "https://case.example/", "title": None}},
        {"CFDocument": "text"},
        {"CFDocument": {"uri": "https://case.example/", "title": "Empty"}, "CFItems": 5},
        ["CFDocument"],
    ],
)
def test_a_package_without_a_document_is_refused(tmp_path: Path, value: Any) -> None:
    with pytest.raises(UnreadableFramework):
        imported(tmp_path, value)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("needs", 5), ("needs", [5]), ("needs", [["urn:x:1", "yes"]]), ("needs", [[1, True]]),
        ("needs", [["urn:x:1", True, "high"]]), ("needs", [["urn:x:1", True, 1e9]]),
        ("needs", [["urn:x:1", True, 1, 2, [1, 2]]]), ("zone", 9), ("related", [["urn:x:1", "n"]]),
        ("tools", [["urn:x:1"]]), ("tasks", [["en"]]), ("extra", [["a", "{"]]), ("labels", 1),
    ],
)  # fmt: skip
def test_our_own_extension_is_trusted_no_more_than_the_rest(
    tmp_path: Path, member: str, value: Any
) -> None:
    package = {
        "CFDocument": {**PACKAGE["CFDocument"], "extensions": []},
        "CFItems": [
            PACKAGE["CFItems"][1],
            {**PACKAGE["CFItems"][2], "extensions": {"sealwright": {member: value}}},
        ],
    }

    result = imported(tmp_path, package)

    assert [problem.column for problem in result.problems] == [member]
    assert len(result.framework.entries()) == 1


ROOT: dict[str, Any] = {
    "@id": "https://asn.example/f",
    "@type": ["ceasn:CompetencyFramework"],
    "ceasn:name": {"en-US": "Framework"},
}


def competency(number: int, **members: Any) -> dict[str, Any]:
    named = {name.replace("_", ":"): value for name, value in members.items()}
    text = {"ceasn:competencyText": {"en-US": f"text {number}"}}
    return {"@id": f"https://asn.example/{number}", "@type": "ceasn:Competency", **text, **named}


def graph(*nodes: Any) -> dict[str, Any]:
    return {"@id": "https://asn.example/graph", "@graph": [ROOT, *nodes]}


def test_a_graph_by_others_is_read_and_keeps_what_has_no_place_here(tmp_path: Path) -> None:
    two = competency(
        2, ceasn_competencyCategory={"en-US": "Knowledge"}, ceasn_weight="0.2",
        ceasn_isChildOf={"@id": "https://asn.example/f"}, ceasn_codedNotation=["a", "b"],
        ceasn_prerequisiteAlignment=["https://asn.example/1", "not an address"],
        ceasn_competencyLabel={"en": ["two", "zwei"], "fr": " deux"}, skos_altLabel="duo",
    )  # fmt: skip
    before = graph(
        competency(1, ceasn_hasChild=["https://asn.example/2", "https://elsewhere.example/9"]), two
    )

    framework = imported(tmp_path, before).framework

    one, second = framework.concepts
    assert second.kind is Kind.KNOWLEDGE
    assert second.broader == (one.uri,)
    assert second.labels == (("en", "zwei"), ("fr", "deux"))
    assert second.related[0].bond is Bond.ESSENTIAL
    assert second.alternatives == (("und", "duo"),)
    after = {node["@id"]: node for node in ctdl.write(framework)["@graph"]}
    written = after[second.uri]
    assert written["ceasn:isChildOf"] == [one.uri, {"@id": "https://asn.example/f"}]
    assert written["ceasn:prerequisiteAlignment"] == [one.uri, "not an address"]
    for name in ("ceasn:weight", "ceasn:codedNotation", "ceasn:competencyLabel", "skos:altLabel"):
        assert written[name] == two[name]
    assert set(after[one.uri]["ceasn:hasChild"]) == {second.uri, "https://elsewhere.example/9"}
    assert ctdl.read("again", json.loads(json.dumps(ctdl.write(framework))), Intake()) == framework


def test_bad_nodes_are_named_by_their_place(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        graph(
            competency(1),
            competency(1),
            {"@id": "https://asn.example/7", "@type": "ceasn:Rubric"},
            "text",
            competency(2, ceasn_competencyText=None),
            competency(3, sealwright_rest=5),
        ),
    )

    told = [(problem.row, problem.column) for problem in result.problems]
    assert told == [(3, "@id"), (4, "@type"), (5, "@graph"), (2, "labels"), (3, "sealwright:rest")]
    assert len(result.framework.concepts) == 1


@pytest.mark.parametrize(
    "value",
    [
        {"@graph": [competency(1)]},
        {"@graph": [ROOT, ROOT]},
        {"@graph": [{**ROOT, "@id": "f"}]},
        {"@graph": [{**ROOT, "ceasn:name": {"en": "x" * 60_000}}]},
        [competency(1)],
        ROOT,
    ],
)
def test_a_graph_without_one_framework_is_refused(tmp_path: Path, value: Any) -> None:
    with pytest.raises(UnreadableFramework):
        imported(tmp_path, value)


def test_a_graph_may_be_a_bare_list(tmp_path: Path) -> None:
    assert len(imported(tmp_path, [ROOT, competency(1)]).framework.concepts) == 1
