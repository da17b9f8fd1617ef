"""Is the site alive, and is it ready? For load balancers and whoever watches it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sealwright.web.config.setting_up import pending_migrations
from sealwright.web.core.access import open_to_all
from sealwright.web.core.models import Heartbeat, Message
from sealwright.web.issuing.models import Batch, SigningKey
from sealwright.web.issuing.services.kek import WrongKey
from sealwright.web.issuing.services.keys import signer_of

LEAST_DISK: Final = 200 * 1024 * 1024
WORKER_SEEN: Final = timedelta(minutes=2)
LONGEST_WAIT: Final = timedelta(minutes=30)


@open_to_all
@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else."""
    return HttpResponse("alive\n", content_type="text/plain")


@open_to_all
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Everything that is needed is there: 200, or 503 with the name of what is not.

    Says `ok` or what is wrong for each check, and nothing about people or data.
    """
    answers = {name: _ask(check) for name, check in CHECKS.items()}
    ready = all(answer == "ok" for answer in answers.values())
    return JsonResponse(answers, status=200 if ready else 503)


def _ask(check: Callable[[], str]) -> str:
    try:
        return check() or "ok"
    except DatabaseError:
        return "the database does not answer"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    waiting = pending_migrations()
    return f"{waiting} migrations are pending" if waiting else ""


def _signer() -> str:
    key = SigningKey.objects.filter(state=SigningKey.State.ACTIVE).order_by("-pk").first()
    if key is None:
        return ""
    try:
        signer_of(key)
    except (WrongKey, ImproperlyConfigured, OSError):
        return "the newest key cannot be opened with the key-encryption key"
    return ""


def _worker() -> str:
    seen = Heartbeat.objects.filter(at__gte=timezone.now() - WORKER_SEEN).exists()
    return "" if seen else "no background worker was seen for two minutes"


def _queues() -> str:
    limit = timezone.now() - LONGEST_WAIT
    mail = Message.objects.filter(state=Message.State.WAITING, attempts=0, due_at__lte=limit)
    batches = Batch.objects.filter(state=Batch.State.READY, created_at__lte=limit)
    late = [name for name, rows in (("mail", mail), ("batches", batches)) if rows.exists()]
    return f"waiting for more than half an hour: {', '.join(late)}" if late else ""


def _disk() -> str:
    free = shutil.disk_usage(settings.DATA).free
    return "" if free >= LEAST_DISK else "less than 200 MB are free in the data folder"


CHECKS: Final[dict[str, Callable[[], str]]] = {
    "database": _database,
    "migrations": _migrations,
    "signer": _signer,
    "worker": _worker,
    "queues": _queues,
    "disk": _disk,
}
