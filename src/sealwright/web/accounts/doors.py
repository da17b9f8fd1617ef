"""The door to what must not be done with a session that was left open or taken."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest, HttpResponse

from sealwright.web.accounts.adapter import ADDRESSES
from sealwright.web.accounts.models import User

ACCOUNT: Final = "sealwright.web.accounts"


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


View = Callable[..., HttpResponse]


def lately(view: View, *, what: str = ACCOUNT) -> View:
    """Only for who signed in, or showed again who they are, a few minutes ago.

    Others are asked, and what they were about to do goes on from there. Comes below `signed_in`.
    """

    @wraps(view)
    def door(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise_if_reauthentication_required(request, app=what)
        return view(request, *args, **kwargs)

    return door


def lately_or_recovered(view: View) -> View:
    """As `lately`; also for who came in with the code on paper, to add the address they have."""
    return lately(view, what=ADDRESSES)
