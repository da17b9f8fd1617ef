from __future__ import annotations

import pickle
from typing import Any

import pytest

from sealwright.credentials.errors import NetworkRefused, ResolutionFailed
from sealwright.credentials.fetching import (
    Fetched,
    Fetcher,
    Offline,
    RecordedWeb,
    Trail,
    fetch_json,
)

KEYS = "https://issuer.example/keys"


def web(**documents: object) -> RecordedWeb:
    return RecordedWeb({f"https://issuer.example/{name}": doc for name, doc in documents.items()})


def code_of(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(ResolutionFailed) as failed:
        fetcher.fetch(url)
    assert failed.value.evidence["url"] == url
    return failed.value.code


class Tick:
    """A clock that moves on by `step` seconds each time somebody looks."""

    def __init__(self, step: float) -> None:
        self.now = 0.0
        self.step = step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


class Counting:
    """Gives the same document for every address, and counts."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(self, url: str, *, accept: str = "", max_bytes: int = 0) -> Fetched:
        self.asked.append(url)
        return Fetched(url, 200, accept, b"{}")


def test_offline_goes_nowhere() -> None:
    assert code_of(Offline(), KEYS) == "offline"


def test_json_is_read_by_the_strict_reader() -> None:
    assert fetch_json(web(keys={"body": {"a": [1]}}), KEYS) == {"a": [1]}


@pytest.mark.parametrize("body", ['{"a": 1, "a": 2}', "", "<html>", '{"a": NaN}'])
def test_what_is_not_strict_json_could_not_be_had(body: str) -> None:
    with pytest.raises(ResolutionFailed) as failed:
        fetch_json(web(keys={"body": body}), KEYS)

    assert failed.value.code == "not-json"
    assert failed.value.evidence["url"] == KEYS


def test_a_trail_keeps_what_was_asked_in_order() -> None:
    trail = Trail(web(a={"body": 1}, b={"status": 404}))

    trail.fetch("https://issuer.example/a")
    assert code_of(trail, "https://issuer.example/b") == "http-not-found"
    assert code_of(trail, "https://issuer.example/c") == "not-recorded"

    assert [url[-1] for url in trail.urls] == ["a", "b", "c"]


def test_a_trail_asks_for_nothing_twice() -> None:
    counting = Counting()
    trail = Trail(counting)

    first = trail.fetch(KEYS)
    again = trail.fetch(KEYS)
    otherwise = trail.fetch(KEYS, accept="text/plain")

    assert first is again
    assert otherwise.content_type == "text/plain"
    assert counting.asked == [KEYS, KEYS]


def test_a_trail_gives_the_same_refusal_again() -> None:
    trail = Trail(web(keys={"status": 410}))

    assert code_of(trail, KEYS) == "http-gone"
    assert code_of(trail, KEYS) == "http-gone"
    assert trail.urls == [KEYS]


@pytest.mark.parametrize(
    "url", ["http://issuer.example/", "https://10.0.0.1/", "https://issuer.example:8443/", "data:,"]
)
def test_what_is_refused_by_rule_was_not_asked(url: str) -> None:
    trail = Trail(web())

    code_of(trail, url)

    assert trail.urls == []


def test_what_was_refused_behind_a_redirect_was_asked() -> None:
    trail = Trail(web(keys={"status": 302, "location": "https://10.0.0.1/"}))

    with pytest.raises(NetworkRefused, match=r"10\.0\.0\.1"):
        trail.fetch(KEYS)

    assert trail.urls == [KEYS]


def test_offline_was_nobody_asked() -> None:
    trail = Trail(Offline())

    assert code_of(trail, KEYS) == "offline"
    assert trail.urls == []


def test_a_trail_ends_after_so_many_documents() -> None:
    counting = Counting()
    trail = Trail(counting, max_fetches=2)

    for name in "ab":
        trail.fetch(f"https://issuer.example/{name}")

    assert code_of(trail, "https://issuer.example/c") == "too-many-fetches"
    assert len(counting.asked) == 2


def test_a_trail_ends_when_its_time_is_spent() -> None:
    trail = Trail(Counting(), seconds=6.0, clock=Tick(step=4.0))

    trail.fetch("https://issuer.example/a")
    trail.fetch("https://issuer.example/b")

    assert code_of(trail, "https://issuer.example/c") == "too-many-fetches"


def test_a_site_that_did_not_answer_is_not_asked_again() -> None:
    trail = Trail(web(a={"delay_seconds": 5}, b={"body": 1}))

    assert code_of(trail, "https://issuer.example/a") == "timed-out"
    assert code_of(trail, "https://issuer.example/b") == "timed-out"
    assert code_of(trail, "https://other.example/b") == "not-recorded"

    assert trail.urls == ["https://issuer.example/a", "https://other.example/b"]


@pytest.fixture(params=[Offline(), web(keys={"body": 1})], ids=["offline", "recorded"])
def fetcher(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_fetchers_cross_a_process_pool(fetcher: Fetcher) -> None:
    assert pickle.loads(pickle.dumps(fetcher)) == fetcher
