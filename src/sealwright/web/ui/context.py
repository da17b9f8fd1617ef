"""What every page is told."""

from __future__ import annotations

from django.http import HttpRequest

from sealwright.web.ui.assets import fonts_are_made


def fonts(request: HttpRequest) -> dict[str, bool]:
    """Whether this installation has its own fonts, or leaves the choice to the system."""
    return {"has_fonts": fonts_are_made()}
