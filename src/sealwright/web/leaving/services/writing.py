"""Writing a bundle, step by step, so that whoever writes it can stop in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from sealwright import __version__
from sealwright.web.issuing.models import Award, IssuerRecord
from sealwright.web.issuing.services.keys import ensure_issuer
from sealwright.web.issuing.services.status import VALID_KEPT
from sealwright.web.leaving.services import records
from sealwright.web.leaving.services.archive import Archive
from sealwright.web.leaving.services.website import Website
from sealwright.web.organisations.models import Organisation
from sealwright.web.transparency.services.publishing import publish_checkpoints

FORMAT: Final = 1
SITE, DATA = "site", "data"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: awards of how many, and the files and bytes written."""

    awards: int
    total: int
    files: int
    bytes: int


def write_bundle(
    organisation: Organisation,
    target: Path,
    *,
    at: datetime | None = None,
    as_folder: bool = False,
    has_png: bool = True,
) -> Iterator[Progress]:
    """Write everything of a provider to `target`, a ZIP archive or a folder.

    Tells how far it is after every award and every kind of data; whoever stops asking leaves
    nothing behind. Raises `FileExistsError` where the target is there already.
    """
    moment = at or timezone.now()
    total = Award.objects.filter(organisation=organisation).count()
    ensure_issuer(organisation)
    publish_checkpoints()
    website = Website(organisation, moment, has_png=has_png)
    done = 0
    with Archive(target, at=moment, as_folder=as_folder) as archive:

        def far() -> Progress:
            return Progress(done, total, archive.files, archive.bytes)

        for files in website.awards():
            for path, body in files:
                archive.add(f"{SITE}/{path}", body)
            done += 1
            total = max(total, done)
            yield far()
        for path, body in website.rest():
            archive.add(f"{SITE}/{path}", body)
        yield far()
        for table in records.TABLES:
            archive.add(f"{DATA}/schemas/{table.name}.json", records.schema_of(table))
            with archive.open(f"{DATA}/{table.name}.json") as file:
                for piece in records.written(table, organisation, at=moment):
                    file.write(piece)
            yield far()
        for path, body in records.evidence(organisation):
            archive.add(f"{DATA}/{path}", body)
        told = _told(organisation, moment)
        for name in ("README.txt", "nginx.conf"):
            archive.add(name, render_to_string(f"leaving/{name}", told).encode())
        archive.finish(
            {
                "format": FORMAT,
                "made_by": f"Sealwright {__version__}",
                "made_at": moment.isoformat(),
                "base_url": settings.BASE_URL,
                "organisation": organisation.did,
                "awards": done,
                "hash": "SHA-256",
            }
        )
    yield Progress(done, total, archive.files, archive.bytes)


def _told(organisation: Organisation, at: datetime) -> dict[str, object]:
    parts = urlsplit(settings.BASE_URL)
    return {
        "organisation": organisation,
        "at": at,
        "base_url": settings.BASE_URL,
        "host": parts.hostname,
        "port": parts.port or 80,
        "locally": "" if settings.HTTPS else f" --allow-local {parts.netloc}",
        "years": VALID_KEPT.days // 365,
        "record": IssuerRecord.objects.get(organisation=organisation),
        "example": Award.objects.filter(organisation=organisation).order_by("pk").first(),
    }
