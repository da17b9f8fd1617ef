"""What happens before the site is served: tables, static files, the demo world."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sealwright.web.core.models import SiteRecord
from sealwright.web.demo.services import load as load_demo
from sealwright.web.issuing.services.kek import key_encryption_keys
from sealwright.web.ui.assets import prepare


def set_up(say: Callable[[str], None]) -> None:
    """Bring the database up to date, collect the static files, and in a demo fill it.

    Raises `ImproperlyConfigured` where the site cannot be served as it is set.
    """
    settings.DATA.mkdir(parents=True, exist_ok=True)
    waiting = pending_migrations()
    if waiting:
        say(f"bringing the database up to date ({waiting} steps) …")
        call_command("migrate", interactive=False, verbosity=0)
    check_address()
    key_encryption_keys()  # refuses a site that could not sign, rather than its first visitor
    prepare()
    if settings.DEMO:
        load_demo(say)


def check_address() -> None:
    """Refuse to serve a database under another address than the one it has issued with.

    Raises `ImproperlyConfigured`. The address is part of ids and DIDs inside signatures, so
    under another one nothing that was issued would verify any more.
    """
    record, _ = SiteRecord.objects.get_or_create(defaults={"base_url": settings.BASE_URL})
    if record.base_url != settings.BASE_URL:
        raise ImproperlyConfigured(
            f"This database has issued as {record.base_url}, and is now to be served as "
            f"{settings.BASE_URL}. What it issued would no longer verify. Set "
            f"SEALWRIGHT_BASE_URL={record.base_url}, or choose another SEALWRIGHT_DATA; "
            "`make demo-reset` forgets a demo."
        )


def pending_migrations() -> int:
    """How many migrations the database has not seen."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
