from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import NetworkRefused, ResolutionFailed
from sealwright.credentials.fetching import RecordedWeb

URL = "https://issuer.example/doc"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
MEMBERS = ["status", "content_type", "body", "location", "delay_seconds"]


def problem_of(record: Any, **limits: Any) -> ResolutionFailed:
    with pytest.raises(ResolutionFailed) as failed:
        RecordedWeb({URL: record}).fetch(URL, **limits)
    return failed.value


def test_a_recorded_text_comes_back_as_it_is() -> None:
    web = RecordedWeb({URL: {"content_type": "text/plain", "body": "h.p.s"}})

    fetched = web.fetch(URL)

    assert (fetched.url, fetched.status) == (URL, 200)
    assert (fetched.content_type, fetched.body) == ("text/plain", b"h.p.s")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"a": 1}, b'{"a": 1}'),
        ([], b"[]"),
        (None, b""),
        (b"\x00", b"\x00"),
        ("\u00fc", b"\xc3\xbc"),
    ],
)
def test_a_recorded_value_is_written_out(body: Any, expected: bytes) -> None:
    assert RecordedWeb({URL: {"body": body}}).fetch(URL).body == expected


@pytest.mark.parametrize("asked", ["https://ISSUER.example:443/doc", URL + "#key-1"])
def test_the_spelling_of_the_address_does_not_matter(asked: str) -> None:
    assert RecordedWeb({URL: {"body": "x"}}).fetch(asked).url == URL
    assert RecordedWeb({asked: {"body": "x"}}).fetch(URL).url == URL


def test_an_address_that_is_not_recorded_could_not_be_had() -> None:
    with pytest.raises(ResolutionFailed) as failed:
        RecordedWeb({}).fetch(URL)

    assert failed.value.code == "not-recorded"
    assert failed.value.evidence == {"url": URL}


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "http-not-found"),
        (410, "http-gone"),
        (500, "http-server-error"),
        (503, "http-server-error"),
        (599, "http-server-error"),
        (304, "http-status"),
        (403, "http-status"),
        (204, "http-status"),
        (302, "http-status"),
        (600, "http-status"),
    ],
)
def test_each_status_has_its_code(status: int, code: str) -> None:
    problem = problem_of({"status": status})

    assert problem.code == code
    assert problem.evidence == {"url": URL, "status": status}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_followed(status: int) -> None:
    there = "https://issuer.example/other"
    web = RecordedWeb({URL: {"status": status, "location": there}, there: {"body": "there"}})

    assert web.fetch(URL).body == b"there"


@pytest.mark.parametrize("location", ["/other", "https://issuer.example/other#x", "other"])
def test_a_recorded_redirect_is_followed(location: str) -> None:
    web = RecordedWeb(
        {
            URL: {"status": 307, "location": location},
            "https://issuer.example/other": {"body": "there"},
        }
    )

    assert web.fetch(URL).url == "https://issuer.example/other"
    assert web.fetch(URL).body == b"there"


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://issuer.example/", "scheme-refused"),
        ("https://127.0.0.1/", "address-not-public"),
        ("https://issuer.example:8443/", "port-refused"),
        ("//[", "url-malformed"),
        ("https://issuer.example/a b", "url-malformed"),
    ],
)
def test_a_redirect_is_held_against_the_same_rule(location: str, code: str) -> None:
    assert problem_of({"status": 301, "location": location}).code == code


def test_no_redirect_leads_from_the_web_to_a_local_host() -> None:
    home = "http://localhost:8000/"
    web = RecordedWeb(
        {URL: {"status": 302, "location": home}, home: {"body": "secret"}},
        allow_local=frozenset({"localhost:8000"}),
    )

    assert web.fetch(home).body == b"secret"
    with pytest.raises(NetworkRefused) as refused:
        web.fetch(URL)

    assert refused.value.code == "scheme-refused"


def test_a_local_host_may_redirect_to_itself() -> None:
    home = "http://localhost:8000/"
    web = RecordedWeb(
        {home: {"status": 302, "location": "/in"}, home + "in": {"body": "here"}},
        allow_local=frozenset({"localhost:8000"}),
    )

    assert web.fetch(home).body == b"here"


def test_three_redirects_are_followed_and_no_more() -> None:
    steps = {
        f"https://issuer.example/{n}": {"status": 302, "location": f"/{n + 1}"} for n in range(4)
    }
    web = RecordedWeb({**steps, "https://issuer.example/4": {"body": "end"}})

    assert web.fetch("https://issuer.example/1").body == b"end"
    with pytest.raises(NetworkRefused) as refused:
        web.fetch("https://issuer.example/0")

    assert refused.value.code == "too-many-redirects"


def test_a_recorded_delay_is_a_time_out_without_waiting() -> None:
    assert problem_of({"body": "late", "delay_seconds": 3600}).code == "timed-out"
    assert RecordedWeb({URL: {"body": "x", "delay_seconds": 4.9}}).fetch(URL).body == b"x"


def test_recorded_delays_add_up_over_redirects() -> None:
    web = RecordedWeb(
        {
            URL: {"status": 302, "location": "/b", "delay_seconds": 3},
            "https://issuer.example/b": {"body": "x", "delay_seconds": 3},
        }
    )

    with pytest.raises(NetworkRefused) as refused:
        web.fetch(URL)

    assert refused.value.code == "timed-out"


def test_a_recorded_document_may_be_too_large() -> None:
    problem = problem_of({"body": "12345"}, max_bytes=4)

    assert problem.code == "answer-too-large"
    assert problem.evidence["max_bytes"] == 4


@pytest.mark.parametrize(
    "record",
    [
        [],
        "text",
        {"status": "fine"},
        {"status": float("inf")},
        {"delay_seconds": []},
        {"delay_seconds": 10**400},
        {"body": {1, 2}},
    ],
)
def test_a_recording_of_another_form_is_named(record: Any) -> None:
    assert problem_of(record).code == "recording-malformed"


def test_an_address_that_can_never_be_asked_does_no_harm_in_the_file() -> None:
    web = RecordedWeb({"ftp://issuer.example/": {"body": "x"}, URL: {"body": "y"}})

    assert web.fetch(URL).body == b"y"


@given(st.dictionaries(st.sampled_from(MEMBERS), JSON) | JSON)
def test_any_recording_is_answered_or_refused(record: Any) -> None:
    try:
        fetched = RecordedWeb({URL: record}).fetch(URL)
    except ResolutionFailed:
        return
    assert fetched.status == 200
