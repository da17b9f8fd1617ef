"""The door of an organisation's pages: makes an actor of who comes, or turns them away.

A stranger finds nothing (404), as if the organisation's console were not there; a member whose
role does not allow it is told so (403).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from sealwright.web.accounts.models import User
from sealwright.web.core.access import declare, sign_in_first
from sealwright.web.organisations.actors import Actor, actor_of_person
from sealwright.web.organisations.models import Organisation
from sealwright.web.organisations.permissions import NEEDS_SECOND_FACTOR, Permission

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


class ActorRequest(PersonRequest):
    """A request that came through the door of an organisation."""

    actor: Actor


Inside = Callable[Concatenate[Any, P], HttpResponseBase]


def of_organisation(permission: Permission) -> Callable[[Inside[P]], Inside[Any]]:
    """Only for whoever has `permission` in the organisation named by `slug`, or in a unit of it.

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
    return (settings.DEMO and person.is_demo) or is_mfa_enabled(person)
