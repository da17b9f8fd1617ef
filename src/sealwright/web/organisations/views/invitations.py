"""Taking up an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sealwright.web.accounts.models import User
from sealwright.web.core.access import by_secret, sign_in_first
from sealwright.web.organisations.actors import actor_of_person
from sealwright.web.organisations.models import Invitation, Role
from sealwright.web.organisations.services.invitations import accept, invitation_of, is_for
from sealwright.web.organisations.views.founding import console_of
from sealwright.web.organisations.words import ROLES


@by_secret
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, by whom and to whom; and taking it up."""
    offered = invitation_of(token)
    person = request.user
    if request.method == "POST":
        if not isinstance(person, User):
            return sign_in_first(request)
        accept(token, person=person)
        messages.success(request, _("Welcome to %s.") % offered.organisation.name)
        return redirect(console_of(offered.organisation))
    context = {
        "invitation": offered,
        "state": _state(offered, person if isinstance(person, User) else None),
        "meaning": ROLES[Role(offered.role)],
        "masked": masked(offered.email),
    }
    return render(request, "organisations/invitation.html", context)


def _state(offered: Invitation, person: User | None) -> str:
    """What the page is about: see the template."""
    if person is not None and offered.accepted_at:
        return "member" if actor_of_person(person, offered.organisation) else "used"
    if offered.accepted_at:
        return "used"
    if offered.withdrawn_at:
        return "withdrawn"
    if offered.expires_at <= timezone.now():
        return "expired"
    if person is None:
        return "sign-in"
    return "open" if is_for(offered, person) else "other-address"


def masked(address: str) -> str:
    """An address that its owner knows again and nobody else can use.

    >>> masked("guest@people.example"), masked("")
    ('g…@people.example', '')
    """
    name, at, host = address.partition("@")
    return f"{name[:1]}…{at}{host}" if at else ""
