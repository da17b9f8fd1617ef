"""The door for WSGI servers: `gunicorn sealwright.web.config.wsgi:application`."""

from __future__ import annotations

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sealwright.web.config.settings")
django.setup()

from sealwright.web.config import urls  # noqa: E402 - needs Django to be set up
from sealwright.web.ui.assets import prepare  # noqa: E402 - as above

__all__ = ["application", "urls"]
"""The addresses are loaded here, before a server forks, so that no first visitor waits."""

prepare()
application = get_wsgi_application()
