"""An organisation comes to be, says what it is, and closes."""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sealwright.web.accounts.models import User
from sealwright.web.core.events import publish
from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, UNFIT, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.events import (
    OrganisationChanged,
    OrganisationClosed,
    OrganisationFounded,
    OrganisationReopened,
)
from sealwright.web.organisations.models import SLUG_LENGTH, Grant, Organisation, Role
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services.telling import tell

RESERVED: Final = frozenset({"new"})
"""Slugs that addresses of the site itself use."""

CHANGEABLE: Final = (
    *("name", "legal_name", "description", "website", "email", "country", "locality"),
    *("linkedin_id", "issues", "hires"),
)
"""What the organisation may say of itself at any time. Its slug never changes."""


def proposed_slug(name: str) -> str:
    """A slug made from a name, one that is free now; empty where nothing can be made of it."""
    wish = slugify(name)[:SLUG_LENGTH].strip("-_").replace("_", "-")
    if not wish:
        return ""
    beginning = wish[: SLUG_LENGTH - 5]
    taken = set(
        Organisation.objects.filter(slug__startswith=beginning).values_list("slug", flat=True)
    )
    choices = [wish, *(f"{beginning}-{number}" for number in range(2, 1000))]
    return next((each for each in choices if each not in taken | RESERVED), "")


@transaction.atomic
def found_organisation(person: User, *, name: str, slug: str, **told: str | bool) -> Organisation:
    """A new organisation with the person as its owner. `told` are members of `CHANGEABLE`.

    Raises `Refusal`: 409 when the slug is taken, by another organisation or by the site.
    """
    if slug in RESERVED:
        raise _taken(slug)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                name=name, slug=slug, is_demo=person.is_demo, **told
            )
    except IntegrityError as problem:
        raise _taken(slug) from problem
    Grant.objects.create(
        organisation=organisation, person=person, role=Role.OWNER, granted_by=person.label
    )
    founder = Actor(person.label, str(person), organisation)
    tell(OrganisationFounded, organisation.public_id, actor=founder, slug=slug)
    return organisation


@transaction.atomic
def change_profile(*, actor: Actor, **told: str | bool) -> Organisation:
    """Change what the organisation says of itself. `told` are members of `CHANGEABLE`."""
    actor.require(Permission.ORGANISATION_EDIT)
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation.pk)
    changed = [key for key in CHANGEABLE if key in told and getattr(organisation, key) != told[key]]
    if changed:
        for key in changed:
            setattr(organisation, key, told[key])
        organisation.save(update_fields=changed)
        tell(OrganisationChanged, organisation.public_id, actor=actor, changed=changed)
    return organisation


@transaction.atomic
def close_organisation(*, confirmation: str, reason: str, actor: Actor) -> Organisation:
    """Close the organisation: from now on nobody acts for it. What it issued stays.

    `confirmation` is its slug, typed by hand. Raises `Refusal`: 422 without the slug or a
    reason.
    """
    actor.require(Permission.ORGANISATION_LEAVE)
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation.pk)
    if confirmation.strip() != organisation.slug:
        raise Refusal(UNFIT, _("To close the organisation, type %s.") % organisation.slug)
    if not reason.strip():
        raise Refusal(UNFIT, _("Say why the organisation closes. It is kept on its trail."))
    if organisation.closed_at is None:
        organisation.closed_at = timezone.now()
        organisation.save(update_fields=["closed_at"])
        tell(OrganisationClosed, organisation.public_id, actor=actor, reason=reason.strip())
    return organisation


@transaction.atomic
def reopen_organisation(public_id: str, *, reason: str, operator: User) -> Organisation:
    """Open a closed organisation again, on behalf of its owners. For who runs the site."""
    organisations = Organisation.objects.select_for_update(no_key=True)
    organisation = organisations.filter(public_id=public_id).first()
    if organisation is None or not operator.is_operator:
        raise Refusal(NOT_FOUND, _("There is no such organisation."))
    if organisation.closed_at is None:
        raise Refusal(CONFLICT, _("This organisation is open."))
    organisation.closed_at = None
    organisation.save(update_fields=["closed_at"])
    publish(
        OrganisationReopened(
            organisation=organisation.public_id,
            actor=operator.label,
            subject=organisation.public_id,
            reason=reason,
        )
    )
    return organisation


def _taken(slug: str) -> Refusal:
    return Refusal(CONFLICT, _("The address “%s” is taken. Please choose another one.") % slug)
