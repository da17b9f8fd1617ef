"""How programs come in: `Authorization: Bearer swk_…`, one scope named at each operation.

    @router.post("/awards", auth=ApiKeyAuth(Permission.AWARD_ISSUE), …)
    def issue(request: ProgramRequest, …): … request.auth is the Actor

The scope at the door says that the program may do this somewhere; whether it reaches the unit
of what is asked for is the service's question, as for people.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from sealwright.web.core.ids import token_hash
from sealwright.web.core.limits import spend
from sealwright.web.core.refusals import UNAUTHENTICATED, Refusal
from sealwright.web.organisations.actors import Actor, actor_of_key
from sealwright.web.organisations.key_secrets import is_key
from sealwright.web.organisations.models import ApiKey
from sealwright.web.organisations.permissions import FOR_PROGRAMS, Permission

NOTED_EVERY: Final = timedelta(minutes=1)
"""A busy key's last use is written once in this time, not at every call."""


class ProgramRequest(HttpRequest):
    """A request of a program that showed a key."""

    auth: Actor


class ApiKeyAuth(HttpBearer):
    """The door of an operation for programs whose key has the scope `permission`.

    Turns away with a problem document: 401 without a key that is good, 403 without the
    scope, 429 when the key is used too often.
    """

    openapi_description = "An API key of an organisation: swk_ and 50 letters and digits."

    def __init__(self, permission: Permission) -> None:
        if permission not in FOR_PROGRAMS:
            raise ValueError(f"no key may be given {permission}")
        super().__init__()
        self.permission = permission

    def __call__(self, request: HttpRequest) -> Actor:
        kind, _blank, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != self.openapi_scheme:
            raise Refusal(UNAUTHENTICATED, _("Send an API key: Authorization: Bearer swk_…"))
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The program as an actor."""
        key = _good_key(token)
        spend("call", key.public_id, amount=1, a_minute=settings.CALLS_A_MINUTE)
        actor = actor_of_key(key)
        actor.require_somewhere(self.permission)
        _note_use(key)
        return actor


def _good_key(secret: str) -> ApiKey:
    """The key with this secret, unless it is of no use any more."""
    keys = ApiKey.objects.select_related("organisation")
    key = keys.filter(secret_hash=token_hash(secret)).first() if is_key(secret) else None
    if key is None:
        raise Refusal(UNAUTHENTICATED, _("We do not know this key. Was all of it copied?"))
    if key.revoked_at is not None:
        raise Refusal(UNAUTHENTICATED, _("This key was revoked. An owner can make a new one."))
    if key.expires_at is not None and key.expires_at <= timezone.now():
        raise Refusal(UNAUTHENTICATED, _("This key has expired. An owner can make a new one."))
    if key.organisation.closed_at is not None:
        raise Refusal(UNAUTHENTICATED, _("The organisation of this key is closed."))
    return key


def _note_use(key: ApiKey) -> None:
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
    if key.last_used_at is None or key.last_used_at < now - NOTED_EVERY:
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
