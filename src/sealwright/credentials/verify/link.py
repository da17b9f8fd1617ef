"""From a link to the bytes of a credential: content negotiation, or a page that names it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.fetching import Fetched, Fetcher
from sealwright.credentials.model.strict_json import MAX_BYTES

ACCEPT: Final = ", ".join(
    (
        "application/vc+ld+json",
        "application/vc+jwt",
        "application/vc",
        "application/ld+json",
        "application/json",
        "image/png",
        "image/svg+xml",
        "text/plain;q=0.8",
        "text/html;q=0.5",
    )
)
"""What a link is asked for: a credential in any form we read, then a page about it."""

_CREDENTIAL_TYPES = frozenset(
    {"application/vc+ld+json", "application/vc+jwt", "application/vc", "application/ld+json"}
)
_HEAD_BYTES = 200_000
_LINK = re.compile(r"<link\s([^<>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def fetch_credential(fetcher: Fetcher, url: str) -> bytes:
    """The bytes behind `url`; for a web page, of the credential that the page names.

    A page names it by `<link rel="alternate" type="application/vc+ld+json" href="…">` on
    its own site. Raises what `Fetcher.fetch` raises, and `UnreadableInput` for a page that
    names none.
    """
    answer = fetcher.fetch(url, accept=ACCEPT, max_bytes=MAX_BYTES)
    if not _is_page(answer):
        return answer.body
    for address in _alternates(answer):
        return fetcher.fetch(address, accept=ACCEPT, max_bytes=MAX_BYTES).body
    raise UnreadableInput("link-is-a-page", url=url)


def _is_page(answer: Fetched) -> bool:
    """Some sites call everything a page, so what is inside counts as well."""
    is_said = answer.content_type.lower().startswith(("text/html", "application/xhtml+xml"))
    return is_said and answer.body.lstrip().startswith(b"<")


def _alternates(page: Fetched) -> Iterator[str]:
    """The addresses on the page's own site where it says the credential itself is."""
    text = page.body[:_HEAD_BYTES].decode("utf-8", "replace")
    for tag in _LINK.finditer(text):
        attributes = {
            name.lower(): html.unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(tag[1])
        }
        if "alternate" not in attributes.get("rel", "").lower().split():
            continue
        if attributes.get("type", "").lower() in _CREDENTIAL_TYPES:
            address = _on_the_same_site(page.url, attributes.get("href", ""))
            if address:
                yield address


def _on_the_same_site(page: str, reference: str) -> str | None:
    try:
        address = urljoin(page, reference)
        same = urlsplit(address)[:2] == urlsplit(page)[:2]
    except ValueError:
        return None
    return address if same and address != page else None
