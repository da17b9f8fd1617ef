"""Time, randomness, network and raw JSON enter the pure package through arguments only."""

from __future__ import annotations

import ast

import pytest

from tests.house.source import calls, imports, modules

CLOCK = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "datetime.now",
    "datetime.utcnow",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}
RANDOMNESS = {"random", "secrets", "os.urandom", "uuid.uuid1", "uuid.uuid4"}
NETWORK = {"socket", "ssl", "http", "http.client", "urllib.request", "requests", "httpx"}
RAW_JSON = {"json.load", "json.loads", "json.JSONDecoder", "json.decoder.JSONDecoder"}

CREDENTIALS = modules("credentials")


def test_the_pure_package_never_asks_for_the_time() -> None:
    asked = {
        (path, name)
        for path, tree in CREDENTIALS.items()
        for name, _ in calls(tree)
        if name in CLOCK
    }

    assert asked == set()


def test_the_pure_package_draws_no_random_numbers() -> None:
    drawn = {
        (path, name)
        for path, tree in CREDENTIALS.items()
        for name in _used(tree)
        if name in RANDOMNESS or name.split(".")[0] in {"random", "secrets"}
    }

    assert drawn == set()


def test_only_fetching_opens_connections() -> None:
    opened = {
        (path, name)
        for path, tree in CREDENTIALS.items()
        if not path.startswith("credentials/fetching/")
        for name in imports(tree)
        if name in NETWORK
    }

    assert opened == set()


@pytest.mark.parametrize("under", ["credentials", "cli"])
def test_only_the_strict_reader_reads_json(under: str) -> None:
    read = {
        (path, name)
        for path, tree in modules(under).items()
        if path != "credentials/model/strict_json.py"
        for name, _ in calls(tree)
        if name in RAW_JSON
    }

    assert read == set()


def _used(tree: ast.Module) -> set[str]:
    return imports(tree) | {name for name, _ in calls(tree)}
