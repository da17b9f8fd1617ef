"""The site's own settings, under an environment that is the same on every machine."""

from __future__ import annotations

import os
from pathlib import Path

FOR_TESTS = frozenset({"SHARED", "CHROMIUM", "TEST_DATABASE", "FUZZ"})

for name in [name for name in os.environ if name.startswith("SEALWRIGHT_")]:
    if name.removeprefix("SEALWRIGHT_") not in FOR_TESTS:
        del os.environ[name]
os.environ["SEALWRIGHT_DATA"] = str(Path(__file__).resolve().parents[1] / "build" / "test-data")
os.environ["SEALWRIGHT_SECRET_KEY"] = "only-for-tests"
if os.environ.get("SEALWRIGHT_TEST_DATABASE"):
    os.environ["SEALWRIGHT_DATABASE"] = os.environ["SEALWRIGHT_TEST_DATABASE"]

from sealwright.web.config.settings import *  # noqa: E402, F403

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file as in production, because one in memory is one connection for all threads.
    # Nobody misses it after a power cut, so it does not wait for the disk.
    DATABASES["default"]["TEST"] = {"NAME": DATA / f"tests-{os.getpid()}.sqlite3"}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
