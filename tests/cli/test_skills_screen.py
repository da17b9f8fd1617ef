"""`sealwright skills screen`: a file in, a table or the record out."""

from __future__ import annotations

import json
from typing import Any

from tests.cli.runs import Desk, Ran

DAY = ("--at", "2026-11-27")


def proof(skill: str, level: int, **more: Any) -> dict[str, Any]:
    told = {"strength": "performed-task", "when": "2026-11-27", "verified": True}
    return {"skill": skill, "level": level} | told | more


def a_request(**more: Any) -> dict[str, Any]:
    return {
        "requirements": [
            {"skill": "sql", "label": "SQL", "level": 3, "must": True, "weight": 3},
            {"skill": "talk", "label": "Presenting", "level": 2, "kind": "transversal"},
        ],
        "candidates": [
            {"key": "K7", "evidence": [proof("sql", 3), proof("talk", 2)], "name": "Mira Holt"},
            {"key": "C2", "evidence": [proof("sql", 2)], "refused": ["talk"]},
            {"key": "M1"},
        ],
    } | more


def ran(desk: Desk, content: Any, *options: str) -> Ran:
    return desk.run("skills", "screen", desk.file("request.json", content), *DAY, *options)


def test_the_table_has_places_states_and_what_would_help(desk: Desk) -> None:
    found = ran(desk, a_request())

    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines() == [
        "place  candidate  fit    SQL (must)  Presenting",
        "    1  K7         100.0  proven      proven",
        "    2  C2          50.0  below       refused",
        "C2: a current proof of SQL would make it 75, place 2.",
        "No proof, so no place: M1",
    ]


def test_with_a_framework_narrower_skills_that_candidates_hold_are_named(desk: Desk) -> None:
    framework = desk.file(
        "skills.json",
        {
            "CFDocument": {"identifier": "d", "uri": "https://s.example/d", "title": "small"},
            "CFItems": [
                {"identifier": n, "uri": f"https://s.example/{n}", "fullStatement": name}
                for n, name in (("sql", "SQL"), ("windows", "window functions"))
            ],
            "CFAssociations": [
                {
                    "identifier": "a",
                    "uri": "https://s.example/a",
                    "associationType": "isChildOf",
                    "originNodeURI": {"identifier": "windows", "uri": "https://s.example/windows"},
                    "destinationNodeURI": {"identifier": "sql", "uri": "https://s.example/sql"},
                }
            ],
        },
    )
    content = {
        "requirements": [{"skill": "https://s.example/sql", "label": "SQL", "level": 2}],
        "candidates": [{"key": "C2", "evidence": [proof("https://s.example/windows", 2)]}],
    }
    said = "C2: for SQL holds “window functions”, which is narrower."

    assert said in ran(desk, content, "--framework", framework).out.splitlines()
    assert said not in ran(desk, content).out
    told, plain = (
        json.loads(ran(desk, content, *more, "--json").out)["candidates"][0]["requirements"][0]
        for more in (("--framework", framework), ())
    )
    assert [each["label"] for each in told["near"]] == ["window functions"]
    assert told | {"near": []} == plain


def test_the_record_is_the_same_bytes_and_knows_no_name(desk: Desk) -> None:
    one, other = (ran(desk, a_request(), "--json").out for _ in range(2))

    assert one == other
    assert "Mira" not in one
    assert [each["key"] for each in json.loads(one)["candidates"]] == ["C2", "K7", "M1"]


def test_what_cannot_be_read_is_named_by_its_place(desk: Desk) -> None:
    found = ran(desk, a_request(requirements=[{"skill": "sql", "level": "three"}]))

    assert found.code != 0
    assert "requirements[0].level must be a whole number" in found.err
