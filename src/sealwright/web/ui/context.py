"""What every page is told."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from sealwright.web.ui.assets import fonts_are_made


def fonts(request: HttpRequest) -> dict[str, bool]:
    """Whether this installation has its own fonts, or leaves the choice to the system."""
    return {"has_fonts": fonts_are_made()}


def site(request: HttpRequest) -> dict[str, object]:
    """Where this site is, whether it is a demo, and of what moment a page is a kept copy."""
    return {
        "base_url": settings.BASE_URL,
        "is_demo": settings.DEMO,
        "copied_at": getattr(request, "copied_at", None),
    }
