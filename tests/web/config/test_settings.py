"""Starting the site: without any variable on one's own machine, never carelessly elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PRINT = (
    "from sealwright.web.config import settings as s;"
    "print(s.BASE_URL, s.DEBUG, s.IS_LOCAL, len(s.SECRET_KEY) > 40, s.SECURE_HSTS_SECONDS,"
    " s.CSRF_COOKIE_SECURE, ' '.join(s.ALLOWED_HOSTS))"
)


def start(folder: Path, code: str = PRINT, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a fresh Python whose environment has nothing of ours but `variables`."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    given = {f"SEALWRIGHT_{name}": value for name, value in variables.items()}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**kept, **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_needs_to_be_set_on_ones_own_machine(tmp_path: Path) -> None:
    done = start(tmp_path)

    assert done.stdout.split() == [
        "http://localhost:8000", "False", "True", "True", "0", "False",
        "localhost", "127.0.0.1", "[::1]",
    ]  # fmt: skip
    assert (tmp_path / "var" / "secret-key").is_file()


def test_a_site_for_others_needs_a_secret_key_and_says_how_to_make_one(tmp_path: Path) -> None:
    done = start(tmp_path, BASE_URL="https://badges.example.org")

    assert done.returncode == 1
    assert "SEALWRIGHT_SECRET_KEY is not set" in done.stderr
    assert "secrets.token_urlsafe" in done.stderr
    assert not (tmp_path / "var").exists()


def test_a_further_host_name_makes_it_a_site_for_others(tmp_path: Path) -> None:
    done = start(tmp_path, HOSTS="badges.example.org")

    assert "SEALWRIGHT_SECRET_KEY is not set" in done.stderr


def test_a_site_for_others_with_a_secret_key_insists_on_https(tmp_path: Path) -> None:
    done = start(tmp_path, BASE_URL="https://badges.example.org", SECRET_KEY="k" * 50)

    assert done.stdout.split()[:6] == [
        "https://badges.example.org", "False", "False", "True", "31536000", "True",
    ]  # fmt: skip


def test_a_site_for_others_never_shows_its_inside(tmp_path: Path) -> None:
    done = start(tmp_path, BASE_URL="https://badges.example.org", SECRET_KEY="k" * 50, DEBUG="true")

    assert done.returncode == 1
    assert "SEALWRIGHT_DEBUG is true" in done.stderr


@pytest.mark.parametrize("door", ["wsgi", "asgi"])
def test_a_server_can_start_in_an_empty_folder(tmp_path: Path, door: str) -> None:
    code = f"from sealwright.web.config.{door} import application; print(application)"

    done = start(tmp_path, code, DATA=str(tmp_path / "data"))

    assert "Handler" in done.stdout, done.stderr
    assert done.stderr == ""
    assert (tmp_path / "data" / "static" / "staticfiles.json").is_file()


def test_cookies_of_a_site_for_others_travel_encrypted_and_are_not_for_scripts(
    tmp_path: Path,
) -> None:
    code = (
        "from sealwright.web.config import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,"
        " s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY, s.CSRF_COOKIE_SAMESITE)"
    )

    done = start(tmp_path, code, BASE_URL="https://badges.example.org", SECRET_KEY="k" * 50)

    assert done.stdout.split() == ["True", "True", "Lax", "True", "True", "Lax"]
