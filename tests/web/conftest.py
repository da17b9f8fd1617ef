"""The site under test: its static files collected once, its web recorded, its counters at 0."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import translation
from whitenoise import WhiteNoise

from sealwright.web.core import limits
from sealwright.web.ui.assets import prepare
from tests.web import recorded


def pytest_configure() -> None:
    """Collect the static files first of all: some modules load the site when imported.

    Each client of a test starts the site anew, which need not look at every file again.
    """
    prepare()
    kept: dict[tuple[object, ...], dict[str, object]] = {}

    def once(self: WhiteNoise, root: str, prefix: str) -> None:
        asked = (root, prefix, type(self), self.max_age)
        if asked not in kept:
            look(self, root, prefix)
            kept[asked] = dict(self.files)
        self.files.update(kept[asked])

    look = WhiteNoise.update_files_dictionary
    setattr(WhiteNoise, "update_files_dictionary", once)  # noqa: B010


def pytest_itemcollected(item: pytest.Item) -> None:
    """A request may look for a session, so every test of the site has a database."""
    if "tests/web" in item.path.as_posix() and not item.get_closest_marker("django_db"):
        item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def _fresh_site(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # No minute ends while a test counts what happens in one.
    monkeypatch.setattr(limits, "clock", lambda: 30.0)
    settings.SKILL_INDEXES = tmp_path / "skill-indexes"
    settings.VERIFYING_WEB = "tests.web.recorded.web"
    recorded.DOCUMENTS.clear()
    limits.counters.forget()
    with translation.override(django_settings.LANGUAGE_CODE):
        yield
