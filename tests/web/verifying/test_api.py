"""The interface for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sealwright.web.config.api import api
from tests.web import badges, recorded

PATH = "/api/v1/verifications"


def ask(client: Client, body: Any, kind: str = "application/json") -> Any:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.generic("POST", PATH, content, content_type=kind)


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ({"credential": badges.good()}, "valid"),
        ({"credential": json.loads(badges.good())}, "valid"),
        ({"credential": badges.token()}, "valid"),
        ({"credential": badges.ended()}, "invalid"),
        ({"credential": badges.ended(), "at": "2026-03-20T00:00:00Z"}, "valid"),
        ({"credential": badges.good(), "recipient": "mira@example.org"}, "valid"),
        ({"credential": badges.good(), "recipient": "else@example.org"}, "invalid"),
        ({"credential": badges.with_status()}, "undecided"),
        ({"credential": "hello"}, "unreadable"),
        ({"credential": {}}, "unreadable"),
        ({"url": badges.LINK}, "valid"),
    ],
)
def test_each_question_gets_its_verdict(client: Client, body: Any, verdict: str) -> None:
    recorded.DOCUMENTS[badges.LINK] = {"body": badges.good()}

    answer = ask(client, body)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.json()["verdict"] == verdict


def test_a_file_can_be_sent_as_it_is(client: Client) -> None:
    answer = client.post(PATH, {"file": SimpleUploadedFile("badge.png", badges.baked())})

    assert answer.json()["verdict"] == "valid"
    assert answer.json()["source"] == "badge.png"


def test_the_answer_has_the_shape_of_the_command_lines(client: Client) -> None:
    answer = ask(client, {"credential": badges.good()}).json()

    assert set(answer) == {"source", "verdict", "credential", "findings", "fetched"}
    assert answer["credential"]["title"] == "Welding in Confined Spaces"
    assert set(answer["findings"][0]) == {"check", "outcome", "code", "detail", "evidence"}


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("{", "application/json", 400, "bad-request"),
        ('{"url": 1, "url": 2}', "application/json", 400, "bad-request"),
        ("[]", "application/json", 422, "unfit"),
        ("{}", "application/json", 422, "unfit"),
        ({"credential": "x", "url": "https://a.example"}, "application/json", 422, "unfit"),
        ({"credential": 5}, "application/json", 422, "unfit"),
        ({"credential": "x", "at": "yesterday"}, "application/json", 422, "unfit"),
        ({"credential": "x", "stranger": 1}, "application/json", 422, "unfit"),
        ("a=1", "application/x-www-form-urlencoded", 415, "unsupported-media-type"),
        ("x", "text/plain", 415, "unsupported-media-type"),
        ("--b--", "multipart/form-data; boundary=b", 422, "unfit"),
        ("x", "multipart/form-data", 400, "bad-request"),
        (b" " * 7_000_000, "application/json", 413, "too-large"),
    ],
)
def test_a_question_that_does_not_fit_is_a_problem_document(
    client: Client, body: Any, kind: str, status: int, code: str
) -> None:
    answer = ask(client, body, kind)

    problem = json.loads(answer.content)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["type"] == f"/api/v1/#{code}"
    assert problem["status"] == status


def test_the_member_that_does_not_fit_is_named(client: Client) -> None:
    problem = json.loads(ask(client, {"credential": "x", "stranger": 1}).content)

    assert problem["detail"].startswith("/stranger: ")


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_another_method_is_a_problem_document_that_names_the_right_one(
    client: Client, method: str
) -> None:
    answer = getattr(client, method)(PATH)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert json.loads(answer.content)["type"] == "/api/v1/#method-not-allowed"


def test_nothing_at_an_address_is_a_problem_document(client: Client) -> None:
    answer = client.get("/api/v1/nothing")

    assert json.loads(answer.content)["type"] == "/api/v1/#not-found"


def test_sixty_questions_a_minute_and_no_more(client: Client, settings: Any) -> None:
    settings.CHECKS_A_MINUTE = 1
    ask(client, {"credential": "x"})

    answer = ask(client, {"credential": "x"})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"]


def test_every_kind_of_problem_is_explained_where_its_type_points(client: Client) -> None:
    page = client.get("/api/v1/").content.decode()

    for status, response in _operation()["responses"].items():
        assert status == 200 or "application/problem+json" in response["content"]
    for code in ("too-often", "unfit", "too-large", "unsupported-media-type", "bad-request"):
        assert f'id="{code}"' in page


def test_the_document_is_served_where_the_page_says(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")

    assert answer.json()["openapi"].startswith("3.")


def _operation() -> dict[str, Any]:
    operation: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")["paths"][PATH]
    return dict(operation["post"])
