"""Static files and fonts, ready when the server is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from sealwright.web.ui import assets, fonts


@pytest.fixture
def site(settings: Any, tmp_path: Path) -> Any:
    settings.DATA = tmp_path
    settings.FONTS = tmp_path / "fonts"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [("fonts", settings.FONTS)]
    return settings


def manifest(site: Any) -> dict[str, str]:
    told: dict[str, str] = json.loads((site.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    return told


def test_files_get_names_from_their_contents(site: Any) -> None:
    assets.prepare()

    named = manifest(site)["ui/sealwright.css"]
    assert named != "ui/sealwright.css"
    assert (site.STATIC_ROOT / named).is_file()


def test_nothing_is_done_twice(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assets.prepare()
    calls: list[str] = []
    monkeypatch.setattr(assets, "call_command", lambda name, **_: calls.append(name))
    monkeypatch.setattr(fonts, "make", lambda folder: calls.append("fonts"))

    assets.prepare()

    assert calls in ([], ["fonts"])  # fonts cannot be made where the extra is not installed


def test_without_font_packages_the_system_provides(
    site: Any, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(fonts, "TOOLS", ("no_such_package",))

    assets.prepare()

    assert not assets.fonts_are_made()
    assert "fonts/" not in client.get("/").content.decode()


@pytest.mark.skipif(not fonts.can_be_made(), reason="the extra `assets` is not installed")
def test_fonts_are_subset_once_with_their_licences_and_stay_small(site: Any) -> None:
    assets.prepare()

    made = {path.name: path.stat().st_size for path in site.FONTS.iterdir()}
    assert set(made) == {
        "fonts.css", "sealwright.css",
        "sans.woff2", "sans-licence.txt", "serif.woff2", "serif-licence.txt",
    }  # fmt: skip
    assert made["sans.woff2"] + made["serif.woff2"] < 50_000
    assert "fonts/sealwright.css" in manifest(site)


def test_under_debug_files_are_served_from_where_they_lie(site: Any) -> None:
    site.DEBUG = True

    assets.prepare()

    assert not (site.STATIC_ROOT / "staticfiles.json").exists()


@pytest.mark.django_db  # closing an answer looks after the connections of earlier tests
def test_whitenoise_serves_a_file_for_a_year(client: Client) -> None:
    answer = client.get(staticfiles_storage.url("ui/sealwright.css"))

    assert answer.status_code == 200
    assert "max-age=315360000" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()
