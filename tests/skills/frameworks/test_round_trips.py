"""What is written in a format and read again is what it was."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from sealwright.skills.frameworks import Framework, case, ctdl, demo, index, load
from sealwright.skills.frameworks.reading import Intake, Problem
from tests.skills.frameworks.strategies import frameworks
from tests.skills.shared import shared

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
REAL = ("ConnectingCredentials", "ONET_Abilities_Competency_Framework_9-27-19", "bcsp-asp")


def through_json(document: Any) -> Any:
    return json.loads(json.dumps(document))


def by_case(framework: Framework) -> Framework:
    intake = Intake()
    again = case.read("a.json", through_json(case.write(framework, at=AT)), intake)
    assert intake.problems == []
    return again


def by_ctdl(framework: Framework) -> Framework:
    intake = Intake()
    again = ctdl.read("a.json", through_json(ctdl.write(framework)), intake)
    assert intake.problems == []
    return again


def by_index(framework: Framework, folder: Path) -> Framework:
    file = folder / "a.framework"
    with file.open("wb") as stream:
        index.write(framework, stream, source="esco")
    return load(file).framework


@given(frameworks())
def test_case_loses_nothing(framework: Framework) -> None:
    assert by_case(framework) == framework


@given(frameworks())
def test_ctdl_asn_loses_nothing(framework: Framework) -> None:
    assert by_ctdl(framework) == framework


@given(frameworks())
def test_each_format_keeps_what_only_another_has_a_place_for(framework: Framework) -> None:
    assert by_ctdl(by_case(framework)) == by_case(by_ctdl(framework)) == framework


@given(frameworks().filter(lambda one: bool(one.entries())))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_loses_nothing_and_is_the_same_bytes_each_time(
    tmp_path: Path, framework: Framework
) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    index.write(framework, first, source="case")
    index.write(framework, second, source="case")

    assert first.getvalue() == second.getvalue()
    assert by_index(framework, tmp_path) == framework


def test_the_demo_framework_passes_through_all_of_them(tmp_path: Path) -> None:
    assert by_case(demo()) == by_ctdl(demo()) == by_index(demo(), tmp_path) == demo()


def test_a_digest_follows_all_that_a_framework_says_and_nothing_else(tmp_path: Path) -> None:
    another = replace(demo(), occupations=demo().occupations[1:])

    assert index.digest(by_index(demo(), tmp_path)) == index.digest(demo())
    assert index.digest(another) != index.digest(demo())


def test_an_index_tells_again_what_was_left_out(tmp_path: Path) -> None:
    problem = Problem("skills_en.csv", 3, 9, "conceptUri", "nothing is here")
    file = tmp_path / "demo.framework"
    with file.open("wb") as stream:
        index.write(demo(), stream, source="esco", problems=[problem], left_out=7)

    imported = load(file)

    assert imported.problems == (problem,)
    assert imported.left_out == 7


@pytest.mark.vectors
@pytest.mark.parametrize("name", REAL)
def test_a_real_ctdl_asn_file_keeps_every_statement(name: str) -> None:
    file = shared("data/ctdl-asn") / f"{name}.json.gz"
    before = json.loads(gzip.decompress(file.read_bytes()))

    imported = load(file)

    after = through_json(ctdl.write(imported.framework))
    assert imported.problems == ()
    assert set(statements(before)) - set(statements(after)) == set()
    assert len(imported.framework.concepts) == len(before["@graph"]) - 1
    assert by_ctdl(imported.framework) == by_case(imported.framework) == imported.framework


def statements(document: Any) -> Iterator[tuple[str, str, str]]:
    """Every (subject, property, value) of a graph; written for this test, apart from ours."""
    yield "graph", "@id", str(document.get("@id"))
    for node in document["@graph"]:
        for name, value in node.items():
            for one in values(value):
                yield node["@id"], name, one


def values(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from values(one)
    elif isinstance(value, dict):
        for tag, texts in value.items():
            for text in values(texts):
                yield text if tag == "@id" else f"{tag}: {text}"
    else:
        yield json.dumps(value)
