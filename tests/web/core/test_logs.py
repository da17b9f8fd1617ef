"""What a server writes down when something goes wrong."""

from __future__ import annotations

import logging
import sys

import pytest
from django.test import Client

from sealwright.web.core.logs import Discreet, Lines


def line(level: int) -> str:
    try:
        int("Mira Castell, born in 1990")
    except ValueError:
        record = logging.LogRecord(
            "site", level, "here.py", 7, "Oh: %s", ("/verify",), sys.exc_info()
        )
    return Discreet().format(record)


def test_a_fault_of_ours_is_told_by_its_place_and_kind_only() -> None:
    told = line(logging.ERROR)

    assert told.startswith("ERROR site: Oh: /verify")
    assert "test_logs.py" in told
    assert told.endswith("ValueError")
    assert "invalid literal" not in told


def test_a_request_that_was_turned_down_is_one_line() -> None:
    assert line(logging.WARNING) == "WARNING site: Oh: /verify"


@pytest.mark.django_db
@pytest.mark.parametrize("written", [Discreet(), Lines()], ids=["text", "json"])
def test_a_path_with_a_secret_is_not_written_down(
    client: Client, caplog: pytest.LogCaptureFixture, written: logging.Formatter
) -> None:
    for path in ("/claim/a-secret", "/nothing/a-secret"):
        client.get(path)

    told = [written.format(record) for record in caplog.records if record.name == "django.request"]
    assert len(told) == 2
    assert "Not Found: /claim/<" in told[0]
    assert "Not Found: (no page)" in told[1]
    assert "a-secret" not in "".join(told)
