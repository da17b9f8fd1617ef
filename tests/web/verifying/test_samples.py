"""The three credentials to try are the project's own examples."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sealwright.credentials.model.report import Verdict
from sealwright.web.verifying.presentation import headline
from sealwright.web.verifying.samples import FOLDER, SAMPLES, check_sample
from sealwright.web.verifying.wording import Tone

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.mark.parametrize(
    ("key", "verdict", "tone"),
    [
        ("good", Verdict.VALID, Tone.GOOD),
        ("expired", Verdict.INVALID, Tone.CAUTION),
        ("tampered", Verdict.INVALID, Tone.BAD),
    ],
)
@pytest.mark.parametrize("year", [2027, 2035])
def test_a_sample_keeps_its_promise_for_years_and_asks_nobody(
    key: str, verdict: Verdict, tone: Tone, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(socket, "create_connection")

    report = check_sample(SAMPLES[key], at=datetime(year, 1, 1, tzinfo=UTC))

    assert report.verdict is verdict
    assert headline(report).tone is tone
    assert SAMPLES[key].tone is tone


@pytest.mark.parametrize(
    ("kept", "example"),
    [
        ("good", "full"),
        ("expired", "expired"),
        ("tampered", "tampered"),
        ("web", "web"),
        ("registry", "registry"),
    ],
)
def test_a_sample_is_the_example_of_the_project(kept: str, example: str) -> None:
    """After a change of the examples, copy them to `samples_data` again."""
    copy = (FOLDER / f"{kept}.json").read_bytes()

    assert copy == (EXAMPLES / f"{example}.json").read_bytes()
