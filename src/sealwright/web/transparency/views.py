"""The log as everybody may read it: a page for people, and files for programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sealwright.credentials.transparency import Tile, write_handovers
from sealwright.web.core.access import open_to_all
from sealwright.web.core.documents import public_document
from sealwright.web.transparency.models import Shard
from sealwright.web.transparency.services import reading
from sealwright.web.transparency.services.reading import newest_checkpoint

TEXT: Final = "text/plain; charset=utf-8"
BYTES: Final = "application/octet-stream"
FOR_EVER: Final = timedelta(days=365)


@open_to_all
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What the log is, how long it is, and how to check it."""
    return render(request, "transparency/log.html", told(Shard.objects.order_by("-year")))


@open_to_all
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The keys that sign the log, one a line, each under the name of a year's log."""
    body = reading.keys_of(Shard.objects.order_by("-year"))
    return public_document(request, body, content_type=TEXT, max_age=timedelta(minutes=5))


@open_to_all
@require_safe
def checkpoint(request: HttpRequest, year: int) -> HttpResponse:
    """The newest signed checkpoint of a year."""
    newest = newest_checkpoint(year)
    if newest is None:
        raise Http404
    body = newest.note.encode()
    return public_document(request, body, content_type=TEXT, max_age=timedelta(seconds=5))


@open_to_all
@require_safe
def handovers(request: HttpRequest, year: int) -> HttpResponse:
    """The notes with which one key of a year's log named the next; empty where none did."""
    shard = get_object_or_404(Shard, year=year)
    body = write_handovers(reading.handovers_of(shard))
    return public_document(request, body, content_type=TEXT, max_age=timedelta(seconds=5))


@open_to_all
@require_safe
def tile(request: HttpRequest, year: int, tile: str) -> HttpResponse:
    """A tile of hashes, or a bundle of entries. What is served here never changes."""
    asked = Tile.at(tile)
    body = reading.served(year, asked) if asked else None
    if body is None:
        raise Http404
    return public_document(request, body, content_type=BYTES, max_age=FOR_EVER)


def told(shards: Iterable[Shard]) -> dict[str, Any]:
    """What the template of the page is told of these shards, the newest first."""
    years = [(shard, newest_checkpoint(shard.year), reading.keys_now(shard)) for shard in shards]
    newest = years[0][0].url if years else f"{settings.BASE_URL}/log/{timezone.now().year}"
    here = urlsplit(settings.BASE_URL).netloc
    locally = "" if settings.HTTPS else f" --allow-local {here}"
    return {"years": years, "newest": newest, "locally": locally}
