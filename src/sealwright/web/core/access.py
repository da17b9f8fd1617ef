"""Who may come through which door. Every view declares it; a test walks every route.

`rule_of(view)` is what was declared: `Rule.OPEN` (everybody), `Rule.UNDERWAY` (whoever has
begun to sign in or up; others are led to where that begins), `Rule.SIGNED_IN` (any person with
an account), `Rule.SECRET` (whoever holds the secret in the address), `Rule.OPERATOR` (who runs
this site), or the permission that `organisations.doors` asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., Any])


class Rule(StrEnum):
    """The rules that need no organisation."""

    OPEN = "open"
    UNDERWAY = "underway"
    SIGNED_IN = "signed-in"
    SECRET = "secret"  # noqa: S105 - a rule, not a password
    OPERATOR = "operator"


def declare(view: View, rule: str) -> View:
    """Write on a view which rule it keeps."""
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def rule_of(view: Any) -> str | None:
    """The rule that a view declared, or None."""
    rule = getattr(view, "access_rule", None)
    return None if rule is None else str(rule)


def open_to_all(view: View) -> View:
    """Everybody may see this."""
    return declare(view, Rule.OPEN)


def by_secret(view: View) -> View:
    """Whoever holds the secret in the address may see this; the view checks the secret."""
    return declare(view, Rule.SECRET)


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Anybody with an account; others are led to sign in and back."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return view(request, *args, **kwargs)

    return declare(door, Rule.SIGNED_IN)


def operator_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Who runs this site; for others there is nothing here."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not getattr(request.user, "is_operator", False):
            raise Http404
        return view(request, *args, **kwargs)

    return declare(door, Rule.OPERATOR)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back to where the person was going."""
    goes_on = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return redirect_to_login(goes_on)
