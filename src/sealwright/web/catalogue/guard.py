"""What is published never changes, says the database itself."""

from __future__ import annotations

from typing import Any

from sealwright.web.core.frozen import freeze

TABLES = ("catalogue_version", "catalogue_versionskill")


def guard(*, using: str = "default", **signal: Any) -> None:
    """Set the triggers where they are not set yet; heard after `migrate`."""
    freeze(*TABLES, words="what is published never changes", using=using)
