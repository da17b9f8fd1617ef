"""What there is to know about the keys of an organisation, for the page about them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from sealwright.web.core.refusals import NOT_FOUND, Refusal
from sealwright.web.issuing.models import (
    Credential,
    IssuerRecord,
    SigningKey,
    StandingOrder,
    StatusList,
)
from sealwright.web.issuing.services.keys import ensure_issuer
from sealwright.web.organisations.actors import Actor

Purpose = SigningKey.Purpose
SHOWN_ORDERS = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A key, and how many documents it signed: credentials, or the lists that stand now."""

    key: SigningKey
    signed: int

    @property
    def fingerprint(self) -> str:
        """The beginning of the SHA-256 of the public key as it is published, in groups of four."""
        digest = sha256(self.key.public_multikey.encode()).hexdigest()[:24]
        return " ".join(digest[start : start + 4] for start in range(0, 24, 4))


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys for one purpose, the one in use first, then the newest."""

    purpose: SigningKey.Purpose
    keys: tuple[Shown, ...]

    @property
    def waits(self) -> bool:
        """Is a key published that is not in use yet? There is never a second one."""
        return any(shown.key.state == SigningKey.State.PENDING for shown in self.keys)


def keyrings(actor: Actor) -> tuple[Keyring, ...]:
    """The keys that sign awards, and those that sign status lists, in two queries each."""
    return (
        Keyring(Purpose.ASSERTION, _shown(actor, Purpose.ASSERTION, Credential.objects.all())),
        Keyring(Purpose.STATUS, _shown(actor, Purpose.STATUS, StatusList.objects.all())),
    )


def key_of(actor: Actor, name: str) -> SigningKey:
    """The key of that name. Raises a `Refusal` (404)."""
    found = SigningKey.objects.visible_to(actor).filter(name=name)
    key = found.select_related("organisation").first()
    if key is None:
        raise Refusal(NOT_FOUND, _("There is no such key."))
    return key


def record_of(actor: Actor) -> IssuerRecord:
    """Whether signing is stopped; the first keys are made with it where there were none."""
    return ensure_issuer(actor.organisation)


def key_orders(actor: Actor) -> list[StandingOrder]:
    """The work on awards that stolen keys gave, the newest first."""
    orders = StandingOrder.objects.filter(
        organisation=actor.organisation, key__isnull=False, total__gt=0
    )
    return list(orders.select_related("key").order_by("-created_at", "-pk")[:SHOWN_ORDERS])


def _shown(
    actor: Actor,
    purpose: SigningKey.Purpose,
    documents: QuerySet[Credential] | QuerySet[StatusList],
) -> tuple[Shown, ...]:
    keys = SigningKey.objects.visible_to(actor).filter(purpose=purpose)
    counted = documents.filter(key__in=keys).order_by().values_list("key")
    signed = dict(counted.annotate(number=Count("pk")))
    in_order = sorted(keys, key=lambda key: (key.state != SigningKey.State.ACTIVE, -key.pk))
    return tuple(Shown(key, signed.get(key.pk, 0)) for key in in_order)
