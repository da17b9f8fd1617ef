"""Domains as people write them, and the file that shows whose they are."""

from __future__ import annotations

import re
from typing import Final

from django.conf import settings

from sealwright.credentials.errors import ResolutionFailed
from sealwright.credentials.fetching import destination

PATH: Final = "/.well-known/sealwright.txt"
"""Where the token lies (RFC 8615)."""

LARGEST_FILE: Final = 10_000
"""Bytes; room for the tokens of a hundred organisations that share a domain."""

_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def domain_of(text: str) -> str:
    """The domain that somebody means, in ASCII and small letters; empty where it is none.

    >>> domain_of(" https://Harbour.example/about "), domain_of("bücher.example")
    ('harbour.example', 'xn--bcher-kva.example')
    >>> domain_of("localhost"), domain_of("192.0.2.1"), domain_of("a b.example")
    ('', '', '')
    """
    host = text.strip().partition("://")[2] or text.strip()
    host = re.split(r"[/?#]", host, maxsplit=1)[0].rstrip(".").lower()
    if host in settings.ALLOW_LOCAL:
        return host
    try:
        ascii_ = host.encode("idna").decode()
        destination(f"https://{ascii_}/")
    except (UnicodeError, ResolutionFailed):
        return ""
    labels = ascii_.split(".")
    is_name = len(labels) > 1 and not labels[-1].isdigit() and len(ascii_) <= 253
    return ascii_ if is_name and all(map(_LABEL.fullmatch, labels)) else ""


def file_of(domain: str) -> str:
    """The address of the file under a domain; over http where the operator allowed it by name."""
    scheme = "http" if domain in settings.ALLOW_LOCAL else "https"
    return f"{scheme}://{domain}{PATH}"


def is_under(url: str, domain: str) -> bool:
    """Does what was found at `url` speak for the domain? A redirect to or from `www.` does.

    >>> is_under("https://www.harbour.example/x", "harbour.example")
    True
    >>> is_under("https://hosting.example/harbour", "harbour.example")
    False
    """
    host = url.partition("://")[2].partition("/")[0].lower()
    return host.removeprefix("www.") == domain.removeprefix("www.")
