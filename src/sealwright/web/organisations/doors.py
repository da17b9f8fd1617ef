"""The door of an organisation's pages: makes an actor of who comes, or turns them away.

A stranger finds nothing (404), as if the organisation's console were not there; a member whose
role does not allow it is told so (403).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from sealwright.web.accounts.doors import ACCOUNT, PersonRequest
from sealwright.web.accounts.models import User
from sealwright.web.core.access import declare, operator_only, sign_in_first
from sealwright.web.organisations.actors import Actor, actor_of_person
from sealwright.web.organisations.models import Organisation
from sealwright.web.organisations.permissions import NEEDS_SECOND_FACTOR, Permission

P = ParamSpec("P")


class ActorRequest(PersonRequest):
    """A request that came through the door of an organisation."""

    actor: Actor


Inside = Callable[Concatenate[Any, P], HttpResponseBase]


def of_organisation(
    permission: Permission, *, lately: bool = False
) -> Callable[[Inside[P]], Inside[Any]]:
    """Only for whoever has `permission` in the organisation named by `slug`, or in a unit of it.

    `lately` asks people to show again who they are, unless they just did: for what a session
    that was left open must not do.

    The view gets `request.actor` instead of the slug. Whether the permission reaches the unit
    that something belongs to is the service's question.
    """

    def around(view: Inside[P]) -> Inside[Any]:
        @wraps(view)
        def door(request: Any, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            organisation = Organisation.objects.filter(slug=slug).first()
            actor = actor_of_person(request.user, organisation) if organisation else None
            if actor is None:
                raise Http404
            actor.require_somewhere(permission)
            if permission in NEEDS_SECOND_FACTOR and not has_second_factor(request.user):
                return _second_factor_first(request)
            if lately and not _is_of_demo(request.user):
                raise_if_reauthentication_required(request, app=ACCOUNT)
            request.actor = actor
            return view(request, *args, **kwargs)

        return declare(door, permission)

    return around


def _second_factor_first(request: HttpRequest) -> HttpResponseBase:
    """To the page that explains it, and back to where the person was going."""
    url = reverse("accounts:second-factor")
    going = {"next": request.get_full_path()} if request.method in ("GET", "HEAD") else {}
    return redirect(f"{url}?{urlencode(going)}" if going else url)


def has_second_factor(person: User) -> bool:
    """Has the person a passkey or an authenticator app? People of the demo need none."""
    return _is_of_demo(person) or is_mfa_enabled(person)


def _is_of_demo(person: User) -> bool:
    return settings.DEMO and person.is_demo


def operators_only(view: Inside[P]) -> Inside[Any]:
    """For who runs this site, signed in with a second factor."""

    @wraps(view)
    def door(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_second_factor(request.user):
            return _second_factor_first(request)
        return view(request, *args, **kwargs)

    return operator_only(door)
