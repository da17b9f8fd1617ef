"""What every test may use: the published vectors, hypothesis profiles, and loopback."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import emptying

SHARED = Path(os.environ.get("SEALWRIGHT_SHARED", "../shared"))
# What `make test` installs has no browser driver in it; see requirements/test.txt.
collect_ignore = [] if find_spec("playwright") else ["journeys"]

LOOPBACK = ["127.0.0.1", "::1", "localhost"]

# Timings belong to the benchmarks, so no example has a deadline. The quick profile tries
# the same examples every time: a red run can be repeated, and a green one stays green.
settings.register_profile(
    "quick",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep",
    deadline=None,
    max_examples=10_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

emptying.quickly()


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The folder of published test vectors; the test is skipped where there is none."""
    folder = SHARED / "vectors"
    if not folder.is_dir():
        pytest.skip(f"no test vectors in {folder} (set SEALWRIGHT_SHARED)")
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let a test marked `loopback` or `browser` open sockets, to this machine only."""
    if item.get_closest_marker("loopback") or item.get_closest_marker("browser"):
        item.add_marker(pytest.mark.allow_hosts(LOOPBACK))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case by its argument where its value is bytes or long, and may change with time.

    Processes that share the work must agree on what the cases are called.
    """
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 40) else None
