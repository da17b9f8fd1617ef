"""The web as this site sees it: public addresses, behind the guard."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from sealwright.credentials.fetching import Fetcher, GuardedFetcher


def guarded() -> Fetcher:
    """The public web behind the guard; `SEALWRIGHT_ALLOW_LOCAL` opens it for development."""
    return GuardedFetcher(allow_local=settings.ALLOW_LOCAL)


def fetcher() -> Fetcher:
    """The fetcher that the setting `VERIFYING_WEB` names: a function without arguments."""
    make: Callable[[], Fetcher] = import_string(settings.VERIFYING_WEB)
    return make()
