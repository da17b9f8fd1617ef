"""What every answer carries, and what happens to what is too much."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

PAGES = ["/", "/verify", "/api/v1/", "/api/v1/openapi.json", "/robots.txt", "/nothing-here"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_what_it_does_not_need(client: Client, path: str) -> None:
    headers = client.get(path).headers

    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert {rule for name, rule in policy.items() if name.endswith("-src")} == {"'none'", "'self'"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_https_is_remembered_where_the_site_has_it(client: Client, settings: Any) -> None:
    assert "Strict-Transport-Security" not in client.get("/", secure=True).headers
    settings.SECURE_HSTS_SECONDS = 31_536_000

    answer = Client().get("/", secure=True)

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/", "/verify", "/api/v1/", "/nothing-here"])
def test_no_page_has_a_style_or_script_of_its_own(client: Client, path: str) -> None:
    page = client.get(path).content.decode()

    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert " onclick=" not in page


def test_a_body_that_says_it_is_too_large_is_turned_down_unread(client: Client) -> None:
    answer = client.post("/verify", {"credential": "x"}, CONTENT_LENGTH="20000001")

    assert answer.status_code == 413
    assert "Up to 20 MB can be sent here at once." in answer.content.decode()


def test_a_file_that_is_too_large_is_turned_down(client: Client, settings: Any) -> None:
    settings.LARGEST_FILE = 1000

    answer = client.post("/verify", {"files": SimpleUploadedFile("a.json", b"x" * 1001)})

    assert answer.status_code == 413
    assert "<h1>That is more than we can take in</h1>" in answer.content.decode()


def test_more_files_than_we_take_are_turned_down(client: Client, settings: Any) -> None:
    settings.CHECKS_AT_ONCE = 2
    files = [SimpleUploadedFile(f"{n}.json", b"{}") for n in range(3)]

    said = client.post("/verify", {"files": files})
    assert (said.status_code, "Up to 2 files can be checked" in said.content.decode()) == (
        413,
        True,
    )
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    said = client.post("/screen", {"files": files})
    assert (said.status_code, "Up to 2 files can be sent" in said.content.decode()) == (413, True)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/verify", 20),
        ("/screen", 60),
        ("/me/bring", 20),
        ("/applications/1", 20),
        ("/o/harbour/issue/1/table", 20),
        ("/o/harbour/programmes/1/design", 20),
        ("/api/v1/verifications", 20),
    ],
)
def test_what_is_too_large_is_explained_whatever_was_sent(
    client: Client, path: str, most: int
) -> None:
    bytes_sent = str(most * 1_000_000 + 1)

    answer = client.post(path, CONTENT_LENGTH=bytes_sent, headers={"HX-Request": "true"})

    assert answer.status_code == 413
    words = answer.content.decode()
    assert f"Up to {most} MB can be sent here at once. Send less at once" in words
    assert "badge" not in words.lower()


def test_more_text_than_we_read_is_explained(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

    answer = client.post("/verify", {"credential": "x" * 1_000_001})

    assert answer.status_code == 413
    assert "Up to 1 MB of text can be sent at once." in answer.content.decode()


def test_a_form_without_its_mark_is_explained_and_not_checked() -> None:
    answer = Client(enforce_csrf_checks=True).post("/verify", {"credential": "{}"})

    assert answer.status_code == 403
    assert "This form is no longer fresh" in answer.content.decode()


def test_a_refusal_is_a_fragment_for_htmx(client: Client) -> None:
    answer = client.post(
        "/verify", {"credential": "x"}, CONTENT_LENGTH="20000001", headers={"HX-Request": "true"}
    )

    assert answer.status_code == 413
    assert "<html" not in answer.content.decode()
    assert 'id="verdict"' in answer.content.decode()


def test_a_refusal_is_a_problem_document_for_programs(client: Client) -> None:
    answer = client.post("/api/v1/verifications", {}, "application/json", CONTENT_LENGTH="20000001")

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["type"] == "/api/v1/#too-large"


def test_a_fault_of_ours_is_a_page_of_ours(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.web.preview_urls"

    answer = Client(raise_request_exception=False).get("/broken")

    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert "broken on purpose" not in answer.content.decode()


def test_a_host_name_that_is_not_ours_gets_a_page_of_ours(client: Client) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "That request makes no sense to us" in answer.content.decode()


def test_an_upload_never_reaches_the_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("an upload was written to the disk")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    monkeypatch.setattr("tempfile.mkstemp", refuse)

    answer = client.post("/verify", {"files": SimpleUploadedFile("a.json", b"x" * 4_500_000)})

    assert answer.status_code == 200
