"""Showing what a stranger's credential says: as text, and never as anything else."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sealwright.web.verifying.sources import shortened

register = template.Library()


@register.filter
def is_outside(address: object) -> bool:
    """Whether this is an https address that we may offer as a link."""
    if not isinstance(address, str) or not address.startswith("https://"):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and "@" not in parts.netloc and address.isprintable()


@register.simple_tag
def outside(address: str) -> SafeString:
    """A link to somebody else's page. Its words are its address, so it cannot pose as another.

    We vouch for nothing there: no follow, no opener, no referrer.
    """
    return format_html(
        '<a href="{}" rel="nofollow noopener noreferrer" target="_blank" dir="ltr">{}'
        '<span class="vh"> ({})</span></a>',
        address,
        shortened(address.removeprefix("https://").removesuffix("/")),
        _("opens in a new tab"),
    )
