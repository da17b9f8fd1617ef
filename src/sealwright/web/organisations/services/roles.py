"""The rules for roles, whoever changes them in whichever way."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sealwright.web.core.refusals import CONFLICT, FORBIDDEN, NOT_FOUND, UNFIT, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Grant, Organisation, Role, Unit
from sealwright.web.organisations.permissions import GRANTS


def require_reach(actor: Actor, role: Role) -> None:
    """Raise a `Refusal` (403) where a role may do what the actor may not.

    Nobody gives, changes or takes what is above their own: a manager makes no owner.
    """
    if not GRANTS[role] <= actor.everywhere:
        raise Refusal(FORBIDDEN, _("Only an owner decides who is “%s”.") % role.label)


def unit_for_role(role: Role, unit: str, actor: Actor) -> Unit | None:
    """The unit that a role is to be for, or None for the whole; see `give_role`."""
    require_reach(actor, role)
    if not unit:
        return None
    if role is Role.OWNER:
        raise Refusal(UNFIT, _("An owner is always an owner of the whole."))
    part = Unit.objects.visible_to(actor).filter(public_id=unit).first()
    if part is None:
        raise Refusal(NOT_FOUND, _("There is no such unit."))
    if part.closed_at is not None:
        raise Refusal(CONFLICT, _("“%s” is closed and takes up nobody new.") % part.name)
    return part


def lock(organisation: Organisation) -> None:
    """One change of roles at a time, so that two owners cannot both be the second last."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def keep_an_owner(organisation: Organisation) -> None:
    """Raise a `Refusal` (409) when no owner is left. Called with the organisation locked."""
    if not Grant.objects.of_owners(organisation).exists():
        raise Refusal(
            CONFLICT,
            _("Somebody has to own the organisation. Make somebody else an owner first."),
        )
