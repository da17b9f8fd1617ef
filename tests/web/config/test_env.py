"""Reading the environment."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from sealwright.web.config.env import Env, local_secret


def env(**values: str) -> Env:
    return Env({f"SEALWRIGHT_{name}": value for name, value in values.items()}, "SEALWRIGHT_")


def test_a_variable_that_must_be_set_is_named_when_it_is_not() -> None:
    with pytest.raises(ImproperlyConfigured, match="SEALWRIGHT_THING is not set"):
        env().text("THING")


def test_an_empty_variable_counts_as_one_that_is_not_set() -> None:
    assert env(THING="  ").text("THING", default="something") == "something"


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("hush\n")

    assert env(KEY_FILE=str(file)).secret("KEY") == "hush"
    assert env(KEY="direct").secret("KEY") == "direct"
    assert env().secret("KEY") is None


@pytest.mark.parametrize("contents", [None, " \n"])
def test_a_secret_file_that_says_nothing_is_refused(tmp_path: Path, contents: str | None) -> None:
    file = tmp_path / "secret"
    if contents is not None:
        file.write_text(contents)

    with pytest.raises(ImproperlyConfigured, match="SEALWRIGHT_KEY_FILE"):
        env(KEY_FILE=str(file)).secret("KEY")


@pytest.mark.parametrize(("text", "value"), [("true", True), ("False", False), ("", False)])
def test_a_flag_is_true_or_false(text: str, value: bool) -> None:
    assert env(FLAG=text).flag("FLAG", default=False) is value


def test_a_flag_that_says_something_else_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="say true or false"):
        env(FLAG="yes").flag("FLAG", default=False)


@pytest.mark.parametrize("text", ["-1", "1.5", "many", "٣"])
def test_a_number_is_whole_and_not_negative(text: str) -> None:
    assert env(N="12").number("N", default=0) == 12
    with pytest.raises(ImproperlyConfigured, match="say a whole number"):
        env(N=text).number("N", default=0)


def test_words_are_parted_by_commas_or_spaces() -> None:
    assert env(WORDS="a, b  c").words("WORDS") == ["a", "b", "c"]
    assert env().words("WORDS", default=["x"]) == ["x"]


@pytest.mark.parametrize(
    "address",
    ["https://badges.example.org", "http://localhost:8000", "http://[::1]:8000"],
)
def test_an_address_of_a_site_is_scheme_host_and_port(address: str) -> None:
    assert env(URL=f"{address}/").address("URL", default="") == address


@pytest.mark.parametrize(
    "address",
    ["badges.example.org", "ftp://example.org", "https://", "https://example.org/path",
     "https://example.org:port", "https://example.org?x", "https://[::1", "HTTPS://example.org"],
)  # fmt: skip
def test_an_address_with_more_or_less_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="say the site's address"):
        env(URL=address).address("URL", default="")


def test_a_database_is_a_file_unless_it_is_an_address(tmp_path: Path) -> None:
    file = env().database("DATABASE", default=tmp_path / "db.sqlite3")
    server = env(DATABASE="postgresql://seal:p%40ss@db:5433/wright").database(
        "DATABASE", default=tmp_path
    )

    assert file["ENGINE"].endswith("sqlite3")
    assert file["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (server["USER"], server["PASSWORD"], server["HOST"], server["PORT"], server["NAME"]) == (
        "seal", "p@ss", "db", "5433", "wright",
    )  # fmt: skip


def test_a_database_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="starts with mysql"):
        env(DATABASE="mysql://db/x").database("DATABASE", default=tmp_path)


def test_the_secret_of_ones_own_machine_is_made_once_and_is_for_its_owner_only(
    tmp_path: Path,
) -> None:
    path = tmp_path / "data" / "secret-key"

    first, second = local_secret(path), local_secret(path)

    assert first == second
    assert len(first) >= 60
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
