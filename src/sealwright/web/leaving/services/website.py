"""The public side of a bundle: the addresses of a provider as files that any server can serve.

A file lies where its address says, and a page in a folder of that name as `index.html`. What
the site shows to everybody is there, and nothing more: of an award that its holder keeps
private only the page that says so, and of an erased one the tombstone. Status and log answer
for all of them, as they name nobody. Folders without a page get one, because most servers
list what lies in a folder otherwise, and the number of an award is meant to be known only to
whom its holder gave it.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles.finders import find
from django.http import HttpRequest
from django.template.loader import render_to_string

from sealwright.credentials.transparency import write_handovers
from sealwright.web.catalogue.achievement import document_of as achievement_document
from sealwright.web.catalogue.models import Picture, Version
from sealwright.web.issuing.models import Award, Credential, StatusList
from sealwright.web.issuing.services import keys, log, status
from sealwright.web.organisations.models import Organisation
from sealwright.web.pages import drawings
from sealwright.web.pages.award_page import state_of
from sealwright.web.pages.codes import qr_svg
from sealwright.web.pages.selectors.awards import Seen, Sight, document_of, seen_by, to_show
from sealwright.web.pages.selectors.page import InCommon, award_page
from sealwright.web.pages.selectors.providers import provider_page
from sealwright.web.pages.views.award import told as told_of_award
from sealwright.web.pages.views.programme import told as told_of_version
from sealwright.web.transparency.models import Shard
from sealwright.web.transparency.services import reading
from sealwright.web.transparency.views import told as told_of_log

PIECE: Final = 100
"""Awards that are read, and shown with one look at keys, lists and figures."""

File = tuple[str, bytes]
"""Where it lies, and what is in it."""

_STATIC: Final = re.compile(rb'(?:href|src)="/static/([^"?#]+)')
_URL: Final = re.compile(r"""url\(["']?([^"')?#]+)""")


@dataclass(slots=True)
class Website:
    """The files of one provider, as of `at`. `has_png` adds the badges as PNG pictures, which
    take longer than everything else."""

    organisation: Organisation
    at: datetime
    has_png: bool = True
    _static: set[str] = field(default_factory=set)
    _bare: set[str] = field(default_factory=set)
    """Folders in which files lie, and perhaps no page."""
    _pages: set[str] = field(default_factory=set)

    def awards(self) -> Iterator[list[File]]:
        """The files of each award."""
        trees = lru_cache(maxsize=4)(reading.subtrees)
        after = 0
        while piece := self._awards_after(after):
            common = InCommon()
            for award in piece:
                yield self._noted(self._of_award(award, common, trees))
            after = piece[-1].pk

    def rest(self) -> Iterator[File]:
        """Everything else. Last, so that keys and lists are newer than every page."""
        for files in (self._provider(), self._programmes(), self._log(), self._for_verifiers()):
            for file in files:
                yield from self._noted([file], remember=True)
        start = self._page("index.html", "leaving/start.html", self._start())
        yield from self._noted([start], remember=True)
        for file in self._static_files():
            yield from self._noted([file])
        for folder in sorted(self._bare - self._pages):
            yield self._page(f"{folder}/index.html", "leaving/folder.html", {})

    # --- What everybody needs to verify -----------------------------------------------------

    def _for_verifiers(self) -> Iterator[File]:
        organisation = self.organisation
        document = json.dumps(keys.did_document(organisation)).encode()
        yield f"{organisation.path[1:]}/did.json", document
        lists = StatusList.objects.filter(block__organisation=organisation)
        for each in lists.select_related("block__organisation").order_by("pk").iterator():
            yield each.path[1:], status.list_to_keep(each, at=self.at)
        record = keys.ensure_issuer(organisation)
        revoked = status.onedtech_list(record.onedtech_list)
        if revoked is not None:
            yield f"status/{record.onedtech_list}", revoked[1]

    def _log(self) -> Iterator[File]:
        """The log of the years in which something was issued, as far as it is signed."""
        shards = self._shards()
        yield self._page("log/index.html", "transparency/log.html", told_of_log(shards))
        yield "log/key", reading.keys_of(shards)
        for shard in shards:
            yield f"log/{shard.year}/handovers", write_handovers(reading.handovers_of(shard))
            newest = reading.newest_checkpoint(shard.year)
            if newest is None:
                continue
            yield f"log/{shard.year}/checkpoint", newest.note.encode()
            for tile in reading.tiles_of(newest):
                body = reading.served(shard.year, tile)
                if body is not None:
                    yield f"log/{shard.year}/tile/{tile.path}", body

    def _shards(self) -> list[Shard]:
        years = Credential.objects.filter(award__organisation=self.organisation)
        return list(Shard.objects.filter(year__in=years.values("log_year")).order_by("-year"))

    # --- Pages ------------------------------------------------------------------------------

    def _awards_after(self, number: int) -> list[Award]:
        awards = to_show().filter(organisation=self.organisation, pk__gt=number)
        return list(awards.order_by("pk")[:PIECE])

    def _of_award(self, award: Award, common: InCommon, trees: reading.Trees) -> Iterator[File]:
        path, seen = award.path[1:], seen_by(AnonymousUser(), award)
        proofs = log.proofs_of(award.public_id, trees=trees) or []
        yield f"{path}/log.json", log.proof_document(award.public_id, proofs)
        if seen.sight is Sight.PRIVATE:
            yield self._page(f"{path}/index.html", "pages/private.html", {})
        elif seen.sight is Sight.ERASED:
            told = {"award": award, "standing": award.standing}
            yield self._page(f"{path}/index.html", "pages/erased.html", told)
        else:
            yield from self._of_open_award(seen, common)

    def _of_open_award(self, seen: Seen, common: InCommon) -> Iterator[File]:
        page = award_page(seen, at=self.at, common=common)
        award, document = page.award, document_of(page.credential)
        path, state = award.path[1:], {"page": page, "state": state_of(page)}
        has_png = self.has_png or drawings.has_picture(award)
        told = told_of_award(page, has_png=has_png)
        yield self._page(f"{path}/index.html", "pages/award.html", told)
        yield self._page(f"{path}/print/index.html", "pages/print.html", state)
        yield self._page(f"{path}/embed/index.html", "pages/embed.html", state)
        yield f"{path}/qr.svg", qr_svg(award.url).encode()
        yield f"{path}.json", document
        yield f"{path}.svg", drawings.baked_svg(award, document)
        if has_png:
            yield f"{path}.png", drawings.baked_png(award, document)

    def _provider(self) -> Iterator[File]:
        page = provider_page(self.organisation, at=self.at)
        told = {"page": page, "provider": self.organisation}
        yield self._page(f"{self.organisation.path[1:]}/index.html", "pages/provider.html", told)
        for picture in Picture.objects.filter(organisation=self.organisation).iterator(20):
            yield picture.path[1:], bytes(picture.png)
            yield picture.small_path[1:], bytes(picture.small)

    def _programmes(self) -> Iterator[File]:
        versions = Version.objects.filter(programme__organisation=self.organisation)
        related = versions.select_related("programme__organisation", "programme__current")
        for version in related.order_by("pk").iterator(chunk_size=PIECE):
            path, told = version.path[1:], told_of_version(version)
            document = json.dumps(achievement_document(version), ensure_ascii=False)
            yield f"{path}.json", document.encode()
            yield self._page(f"{path}/index.html", "pages/programme.html", told)
            if version == version.programme.current:
                current = f"{version.programme.path[1:]}/index.html"
                yield self._page(current, "pages/programme.html", told)

    def _start(self) -> dict[str, Any]:
        awards = Award.objects.filter(organisation=self.organisation).count()
        return {"provider": self.organisation, "awards": awards, "at": self.at}

    def _page(self, path: str, template: str, told: dict[str, Any]) -> File:
        return path, render_to_string(template, told, self._request(path)).encode()

    def _request(self, path: str) -> HttpRequest:
        """What the templates need of a request: that nobody is signed in, and that it is a copy."""
        request = HttpRequest()
        request.method = "GET"
        request.path = request.path_info = f"/{path.removesuffix('index.html').rstrip('/')}"
        request.user = AnonymousUser()
        request.copied_at = self.at  # type: ignore[attr-defined]
        return request

    # --- Folders, and what pages look like --------------------------------------------------

    def _noted(self, files: Iterable[File], *, remember: bool = False) -> list[File]:
        """The files, having noted what they need besides: what pages look like, and folders.

        `remember` is for files whose folder may get its page, or other files, another time.
        """
        noted, folders, pages = list(files), set[str](), set[str]()
        for path, body in noted:
            folder = posixpath.dirname(path)
            if path.endswith("index.html"):
                pages.add(folder)
                self._static.update(name.decode() for name in _STATIC.findall(body))
            while folder:
                folders.add(folder)
                folder = posixpath.dirname(folder)
        self._bare |= folders - pages
        if remember:
            self._pages |= pages
        return noted

    def _static_files(self) -> Iterator[File]:
        waiting, done = sorted(self._static), set[str]()
        while waiting:
            name = waiting.pop()
            found = _static_file(name)
            if name in done or found is None:
                continue
            done.add(name)
            body = found.read_bytes()
            yield f"static/{name}", body
            if name.endswith(".css"):
                here = posixpath.dirname(name)
                named = _URL.findall(body.decode())
                waiting += [posixpath.normpath(posixpath.join(here, each)) for each in named]


def _static_file(name: str) -> Path | None:
    collected = Path(settings.STATIC_ROOT) / name
    if collected.is_file():
        return collected
    found = find(name)
    return Path(found) if isinstance(found, str) else None
