"""Pages about oneself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sealwright.web.core.access import signed_in


@signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """What to do where a role needs a passkey or a second factor: set one up."""
    return redirect("mfa_index")
