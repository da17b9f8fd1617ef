"""Setting up Django for the commands that need the site."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import Final

from sealwright.cli._usage import UsageError

OPERATOR: Final = "operator"
"""What the trail calls whoever sits at the keyboard."""


def load_site() -> None:
    """Load the site's settings and apps. Raises `UsageError` where its packages are absent."""
    if any(find_spec(package) is None for package in ("django", "gunicorn", "allauth")):
        raise UsageError('the web site needs more packages: pip install "sealwright[web]"')
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sealwright.web.config.settings")
    # The extra's packages are loaded here and not before.
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise UsageError(str(problem)) from problem
