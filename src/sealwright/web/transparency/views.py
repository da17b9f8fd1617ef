"""The log as everybody may read it: a page for people, and files for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sealwright.credentials.transparency import Tile
from sealwright.web.core.access import open_to_all
from sealwright.web.core.documents import public_document
from sealwright.web.transparency.models import Shard
from sealwright.web.transparency.services import reading
from sealwright.web.transparency.services.keys import note_keys
from sealwright.web.transparency.services.reading import newest_checkpoint

TEXT: Final = "text/plain; charset=utf-8"
BYTES: Final = "application/octet-stream"
FOR_EVER: Final = timedelta(days=365)


@open_to_all
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What the log is, how long it is, and how to check it."""
    shards = list(Shard.objects.order_by("-year"))
    years = [
        (shard, newest_checkpoint(shard.year), [str(key) for key in note_keys(shard.origin)])
        for shard in shards
    ]
    context = {
        "years": years,
        "newest": shards[0].url if shards else f"{settings.BASE_URL}/log/{timezone.now().year}",
        "locally": "" if settings.HTTPS else f" --allow-local {urlsplit(settings.BASE_URL).netloc}",
    }
    return render(request, "transparency/log.html", context)


@open_to_all
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The keys that sign the log, one a line, each under the name of a year's log."""
    lines = [
        str(key) for shard in Shard.objects.order_by("-year") for key in note_keys(shard.origin)
    ]
    body = "".join(f"{line}\n" for line in lines).encode()
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
def tile(request: HttpRequest, year: int, tile: str) -> HttpResponse:
    """A tile of hashes, or a bundle of entries. What is served here never changes."""
    asked = Tile.at(tile)
    body = reading.served(year, asked) if asked else None
    if body is None:
        raise Http404
    return public_document(request, body, content_type=BYTES, max_age=FOR_EVER)
