"""Keys for programs: made, shown once, revoked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.core.events import publish
from sealwright.web.core.ids import token_hash
from sealwright.web.core.refusals import NOT_FOUND, UNFIT, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.events import ApiKeyMade, ApiKeyRevoked
from sealwright.web.organisations.key_secrets import SHOWN, new_key
from sealwright.web.organisations.models import ApiKey, Unit
from sealwright.web.organisations.permissions import FOR_PROGRAMS, Permission


@transaction.atomic
def make_api_key(
    *,
    name: str,
    scopes: Collection[Permission],
    actor: Actor,
    unit: Unit | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """A new key, and its secret, which is told this once and kept as a hash only.

    Raises `Refusal`: 403 without the permission, 422 for a scope that no program is given.
    """
    actor.require(Permission.API_KEY_MANAGE)
    if not scopes or not set(scopes) <= set(FOR_PROGRAMS):
        raise Refusal(UNFIT, _("A key needs at least one of the scopes offered."))
    if unit is not None and unit.organisation_id != actor.organisation.pk:
        raise Refusal(NOT_FOUND, _("There is no such unit."))
    secret = new_key()
    key = ApiKey.objects.create(
        organisation=actor.organisation,
        unit=unit,
        name=name,
        prefix=secret[:SHOWN],
        secret_hash=token_hash(secret),
        scopes=sorted(str(scope) for scope in scopes),
        created_by=actor.label,
        expires_at=expires_at,
    )
    publish(
        ApiKeyMade(
            organisation=actor.organisation.public_id,
            actor=actor.label,
            subject=key.public_id,
            details={
                "prefix": key.prefix,
                "scopes": key.scopes,
                "unit": unit.public_id if unit else "",
                "expires": expires_at.isoformat() if expires_at else "",
            },
        )
    )
    return key, secret


@transaction.atomic
def revoke_api_key(public_id: str, *, reason: str = "", actor: Actor) -> ApiKey:
    """Make a key useless from now on. Revoking twice is no fault.

    Raises `Refusal`: 403 without the permission, 404 outside the actor's organisation.
    """
    actor.require(Permission.API_KEY_MANAGE)
    keys = ApiKey.objects.visible_to(actor).select_for_update(no_key=True)
    key = keys.filter(public_id=public_id).first()
    if key is None:
        raise Refusal(NOT_FOUND, _("There is no such key."))
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        publish(
            ApiKeyRevoked(
                organisation=actor.organisation.public_id,
                actor=actor.label,
                subject=key.public_id,
                reason=reason,
                details={"prefix": key.prefix},
            )
        )
    return key
