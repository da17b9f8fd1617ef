"""A process that is killed while it issues: nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.web.issuing.killing import POINTS, RANDOM_KILLS

Outcome = dict[str, Any]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """What was there after each process that was killed, and the one that came after it."""
    folder = tmp_path_factory.mktemp("killed")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sealwright.web.config.settings",
        "SEALWRIGHT_DATA": str(folder),
        "SEALWRIGHT_DATABASE": an_empty_database(folder),
        "SEALWRIGHT_MAIL": "demo",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.issuing.killing"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def an_empty_database(folder: Path) -> str:
    server = os.environ.get("SEALWRIGHT_TEST_DATABASE")
    if not server:
        return str(folder / "killed.sqlite3")
    import psycopg

    name = f"killed_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def those(outcomes: list[Outcome], **found: Any) -> list[str]:
    """The cases in which something else was found."""
    wanted = {name.replace("_", " "): value for name, value in found.items()}
    return [each["case"] for each in outcomes if wanted.items() - each.items()]


def test_each_process_was_killed_at_its_point_and_the_next_one_went_on(
    outcomes: list[Outcome],
) -> None:
    named = [each["case"] for each in outcomes[: len(POINTS)]]

    assert named == list(POINTS)
    assert len(outcomes) == len(POINTS) + RANDOM_KILLS
    assert those(outcomes, killed=True, went_on=True) == []


def test_nobody_is_left_without_an_award_and_nobody_has_two(outcomes: list[Outcome]) -> None:
    assert those(outcomes, lost=0, twice=0, batches_done=1) == []


def test_what_was_signed_before_is_what_stands_afterwards(outcomes: list[Outcome]) -> None:
    assert any(each["stood"] for each in outcomes)
    assert those(outcomes, changed=0) == []


def test_no_place_of_a_status_list_is_given_out_twice(outcomes: list[Outcome]) -> None:
    assert those(outcomes, places_used_twice=0) == []


def test_revoking_is_carried_to_its_end_and_the_list_shows_it(outcomes: list[Outcome]) -> None:
    assert those(outcomes, revoked=4, list_is_right=True) == []


def test_everybody_gets_the_mail_and_only_a_kill_while_sending_repeats_one(
    outcomes: list[Outcome],
) -> None:
    assert those(outcomes, mails_lost=0) == []
    assert those(outcomes[: len(POINTS)], mails_twice=0) == []
    assert all(each["mails twice"] <= 1 for each in outcomes)


def test_trail_and_log_agree_with_what_was_issued(outcomes: list[Outcome]) -> None:
    assert those(outcomes, trail_is_right=True, log_is_right=True) == []
