"""The people of an organisation and their roles."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sealwright.web.core.limits import spend
from sealwright.web.core.refusals import UNFIT, Refusal
from sealwright.web.organisations import selectors
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.forms import InvitationForm, ReasonForm, RoleForm, sent
from sealwright.web.organisations.models import Role
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services import invitations as inviting
from sealwright.web.organisations.services import people as services
from sealwright.web.organisations.words import ROLES

A_PAGE = 25
INVITED_A_MINUTE = 30


@of_organisation(Permission.MEMBER_READ)
@require_safe
def people(request: ActorRequest) -> HttpResponse:
    """Who has a part in the organisation, and who is invited."""
    actor = request.actor
    asked = {key: request.GET.get(key, "").strip()[:120] for key in ("search", "role", "unit")}
    page = Paginator(selectors.people(actor, **asked), A_PAGE).get_page(request.GET.get("page"))
    manages = actor.may(Permission.MEMBER_MANAGE)
    context = {
        "page": page,
        "members": selectors.with_roles(actor, page.object_list),
        "asked": asked,
        "is_filtered": any(asked.values()),
        "roles": Role.choices,
        "units": selectors.open_units(actor.organisation),
        "manages": manages,
        "invitations": selectors.open_invitations(actor)[:100] if manages else [],
        "now": timezone.now(),
    }
    return render(request, "organisations/people.html", context)


@of_organisation(Permission.MEMBER_MANAGE, lately=True)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ActorRequest) -> HttpResponse:
    """Offer somebody a role by mail."""
    form = InvitationForm(sent(request), actor=request.actor)
    if request.method == "POST" and form.is_valid():
        slug = request.actor.organisation.slug
        spend("invite", slug, amount=1, a_minute=INVITED_A_MINUTE)
        told = form.cleaned_data | {"role": form.role}
        invitation = inviting.invite(actor=request.actor, **told)
        messages.success(request, _("A mail is on its way to %s.") % invitation.email)
        return redirect("organisations:people", slug)
    context = {"form": form, "roles": _explained(request)}
    status = 422 if form.errors else 200
    return render(request, "organisations/invite.html", context, status=status)


@of_organisation(Permission.MEMBER_MANAGE)
@require_safe
def member(request: ActorRequest, member: str) -> HttpResponse:
    """One member, and what may be changed about their roles."""
    actor = request.actor
    shown = selectors.member(member, actor)
    reach = selectors.roles_within_reach(actor)
    context = {
        "member": shown,
        "reach": reach,
        "is_self": shown.person == request.user,
        "is_above": any(Role(grant.role) not in reach for grant in shown.grants),
        "is_last_owner": selectors.is_last_owner(shown, actor.organisation),
        "form": RoleForm(actor=actor),
        "reason": ReasonForm(),
        "roles": _explained(request),
    }
    return render(request, "organisations/member.html", context)


@of_organisation(Permission.MEMBER_MANAGE, lately=True)
@require_POST
def give(request: ActorRequest, member: str) -> HttpResponse:
    """One more role for a member."""
    form = RoleForm(request.POST, actor=request.actor)
    person = selectors.member(member, request.actor).person
    if not form.is_valid():
        raise Refusal(UNFIT, _("Choose a role, and a unit that is open."))
    unit = form.cleaned_data["unit"]
    services.give_role(member, role=form.role, unit=unit, actor=request.actor)
    said = _("%(name)s is %(role)s now.") % {"name": person, "role": form.role.label}
    messages.success(request, said)
    return redirect("organisations:member", request.actor.organisation.slug, member)


@of_organisation(Permission.MEMBER_MANAGE, lately=True)
@require_POST
def change(request: ActorRequest, member: str) -> HttpResponse:
    """One role in exchange for another."""
    person = selectors.member(member, request.actor).person
    before, now = _role(request, "before"), _role(request, "now")
    unit = request.POST.get("unit", "")
    services.change_role(member, before=before, now=now, unit=unit, actor=request.actor)
    said = _("%(name)s is %(role)s now.") % {"name": person, "role": now.label}
    messages.success(request, said)
    return redirect("organisations:member", request.actor.organisation.slug, member)


@of_organisation(Permission.MEMBER_MANAGE)
@require_POST
def take(request: ActorRequest, member: str) -> HttpResponse:
    """One role less."""
    shown = selectors.member(member, request.actor)
    role, unit = _role(request, "role"), request.POST.get("unit", "")
    services.take_role(member, role=role, unit=unit, reason=_reason(request), actor=request.actor)
    said = _("%(name)s is %(role)s no more.") % {"name": shown.person, "role": role.label}
    messages.success(request, said)
    slug = request.actor.organisation.slug
    if len(shown.grants) == 1:
        return redirect("organisations:people", slug)
    return redirect("organisations:member", slug, member)


@of_organisation(Permission.MEMBER_MANAGE)
@require_POST
def remove(request: ActorRequest, member: str) -> HttpResponse:
    """No role any more."""
    person = selectors.member(member, request.actor).person
    services.remove_member(member, reason=_reason(request), actor=request.actor)
    messages.success(request, _("%s has no part in the organisation any more.") % person)
    return redirect("organisations:people", request.actor.organisation.slug)


@of_organisation(Permission.MEMBER_MANAGE)
@require_POST
def invite_again(request: ActorRequest, invitation: str) -> HttpResponse:
    """The mail once more, with a new link."""
    spend("invite", request.actor.organisation.slug, amount=1, a_minute=INVITED_A_MINUTE)
    sent = inviting.invite_again(invitation, actor=request.actor)
    messages.success(request, _("A new mail is on its way to %s.") % sent.email)
    return redirect("organisations:people", request.actor.organisation.slug)


@of_organisation(Permission.MEMBER_MANAGE)
@require_POST
def withdraw(request: ActorRequest, invitation: str) -> HttpResponse:
    """Make an invitation void."""
    inviting.withdraw(invitation, reason=_reason(request), actor=request.actor)
    messages.success(request, _("The invitation is withdrawn; its link opens nothing any more."))
    return redirect("organisations:people", request.actor.organisation.slug)


@of_organisation(Permission.CONSOLE_SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: ActorRequest) -> HttpResponse:
    """Give up one's own part in the organisation."""
    actor = request.actor
    if request.method == "POST":
        services.leave(request.user, actor=actor)
        messages.success(request, _("You have left %s.") % actor.organisation.name)
        return redirect("home")
    own = selectors.with_roles(actor, [request.user])[0]
    context = {
        "member": own,
        "is_last_owner": selectors.is_last_owner(own, actor.organisation),
    }
    return render(request, "organisations/leave.html", context)


def _explained(request: ActorRequest) -> list[tuple[Role, object]]:
    """The roles that the actor may give, each with what it means."""
    return [(role, ROLES[role]) for role in selectors.roles_within_reach(request.actor)]


def _role(request: ActorRequest, name: str) -> Role:
    try:
        return Role(request.POST.get(name, ""))
    except ValueError as problem:
        raise Refusal(UNFIT, _("Choose a role.")) from problem


def _reason(request: ActorRequest) -> str:
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""
