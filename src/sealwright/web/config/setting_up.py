"""What happens before the site is served: tables, static files, the demo world."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sealwright.web.ui.assets import prepare


def set_up(say: Callable[[str], None]) -> None:
    """Bring the database up to date, collect the static files, and in a demo fill it."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    waiting = pending_migrations()
    if waiting:
        say(f"bringing the database up to date ({waiting} steps) …")
        call_command("migrate", interactive=False, verbosity=0)
    prepare()


def pending_migrations() -> int:
    """How many migrations the database has not seen."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
