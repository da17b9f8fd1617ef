"""How often people may try the ways in. The counts lie in the database: they outlast a restart
and hold for all processes together. allauth counts its own pages the same way."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sealwright.web.core.refusals import TOO_OFTEN, Refusal


def within(request: HttpRequest, what: str, *, key: str | None = None) -> None:
    """Count one try of `what` (a name in ACCOUNT_RATE_LIMITS); 429 when there are too many."""
    if not ratelimit.consume(request, app="allauth.account", action=what, key=key):
        raise Refusal(
            TOO_OFTEN, _("That was tried too often. Please wait a few minutes and go on.")
        )
