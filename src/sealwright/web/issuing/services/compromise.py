"""What is done when a key fell into other hands. See docs/decisions/0010.

The key is marked as revoked in the issuer's document from the moment it may have been used by
somebody else, and a new one signs from now on. A date inside a credential proves nothing,
because the thief writes it; a signed checkpoint of the log does. So awards are parted by the
log: what a checkpoint from before that moment covers stays good and is signed again with the
new key, under the same address; everything else the key signed is revoked. Both are orders,
carried out in pieces by the worker.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.credentials.issue import StatusEntry, sign_credential
from sealwright.web.core import mail
from sealwright.web.core.events import publish, publish_all
from sealwright.web.core.points import reached
from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, UNFIT, Refusal
from sealwright.web.core.transactions import within_transaction
from sealwright.web.issuing.events import AwardSignedAgain, KeyCompromised
from sealwright.web.issuing.models import (
    Award,
    Credential,
    Reason,
    SigningKey,
    StandingOrder,
    StatusBlock,
    StatusList,
)
from sealwright.web.issuing.services import keys, notices
from sealwright.web.issuing.services.documents import as_bytes
from sealwright.web.issuing.services.orders import make_order
from sealwright.web.issuing.services.places import take_places
from sealwright.web.issuing.services.rotation import activate, locked_keys
from sealwright.web.issuing.services.status import set_bits
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation
from sealwright.web.organisations.permissions import Permission
from sealwright.web.transparency.models import Checkpoint
from sealwright.web.transparency.services import append, leaf_data

Kind = StandingOrder.Kind
State = SigningKey.State


@dataclass(frozen=True, slots=True)
class Compromise:
    """What was set going: the key that signs now, and the work on awards, if there is any."""

    key: SigningKey
    successor: SigningKey | None
    orders: tuple[StandingOrder, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What declaring would do to awards that stand: how many are revoked, how many stay good
    and are signed again."""

    revoked: int
    signed_again: int

    @property
    def all(self) -> int:
        return self.revoked + self.signed_again


def foresee(key: SigningKey, *, since: datetime, actor: Actor) -> Foreseen:
    """What `declare_compromised` would do to the awards of a key. Nothing is changed."""
    actor.require(Permission.KEY_MANAGE)
    if key.purpose != SigningKey.Purpose.ASSERTION:
        return Foreseen(0, 0)
    supposed = copy(key)
    supposed.compromised_since = since.replace(microsecond=0)

    def counted(kind: StandingOrder.Kind) -> int:
        order = StandingOrder(organisation=actor.organisation, kind=kind, key=supposed)
        return awards_of_key(order).filter(revoked_at=None).count()

    return Foreseen(counted(Kind.REVOKE), counted(Kind.SIGN_AGAIN))


def declare_compromised(name: str, *, since: datetime, why: str, actor: Actor) -> Compromise:
    """Say that a key of the organisation may have been used by others from `since` on.

    `since` counts in whole seconds, as the issuer's document has it. Told again with an
    earlier one, more is revoked; a later one is refused, because what was revoked stays so.
    Raises a `Refusal`.
    """
    actor.require(Permission.KEY_MANAGE)
    if since > timezone.now():
        raise Refusal(UNFIT, _("A key cannot be compromised from a time to come."))
    if not why.strip():
        raise Refusal(UNFIT, _("Please say what happened, for those who come after you."))
    second = since.replace(microsecond=0)
    return within_transaction(lambda: _declare(name, second, why.strip(), actor))


def awards_of_key(order: StandingOrder) -> QuerySet[Award]:
    """The awards that an order about a compromised key means.

    An award is judged by the credential that was signed first for it: not proven to be from
    before, it is revoked; else everything that the key signed for it is signed again.
    """
    mine = Credential.objects.filter(award=OuterRef("pk"), key=order.key)
    first = Credential.objects.filter(award=OuterRef("award")).order_by("pk").values("pk")[:1]
    unproven = mine.exclude(proven_before(order.key)).filter(pk=Subquery(first))
    awards = Award.objects.filter(organisation=order.organisation_id)
    if order.kind == Kind.REVOKE:
        return awards.filter(Exists(unproven))
    return awards.filter(Exists(mine)).exclude(Exists(unproven))


def proven_before(key: SigningKey | None) -> Q:
    """The credentials that a checkpoint covers from before the key was compromised."""
    before = None if key is None else key.compromised_since
    if before is None:
        return Q()
    sizes = Checkpoint.objects.filter(at__lt=before).values("shard__year").annotate(n=Max("size"))
    proven = Q(pk__in=[])
    for year, size in sizes.values_list("shard__year", "n"):
        proven |= Q(log_year=year, log_index__lt=size)
    return proven


def sign_again(order: StandingOrder, awards: Sequence[Award]) -> int:
    """Sign what the order's key signed for these awards with the key that is in use now.

    The address, the content and its dates stay; the proof is new, and the places in the
    status lists are. The bytes of before are kept. What is revoked or erased is passed over.
    """
    standing = {each.pk: each for each in awards if each.revoked_at is None}
    old = _to_sign_again(order, standing)
    if not old:
        return 0
    now = timezone.now().replace(microsecond=0)
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=order.organisation_id)
    _revoke_unproven(order, standing, at=now)
    key = keys.key_in_use(organisation, SigningKey.Purpose.ASSERTION, even_if_stopped=True)
    signer = keys.signer_of(key)
    places = take_places(organisation, len(old))
    lists = _addresses({block for block, _index in places})
    documents = [
        as_bytes(sign_credential(_placed(each, lists[block.pk], index), signer, created=now))
        for each, (block, index) in zip(old, places, strict=True)
    ]
    reached("signed again")
    _store(old, documents, places, key, at=now)
    suspended = [
        (block.pk, index)
        for each, (block, index) in zip(old, places, strict=True)
        if standing[each.award_id].suspended_at is not None
    ]
    set_bits(suspended, StatusList.Purpose.SUSPENSION, True, at=now)
    done = [standing[number] for number in dict.fromkeys(each.award_id for each in old)]
    publish_all(
        AwardSignedAgain(
            organisation=organisation.public_id,
            actor=order.made_by,
            subject=award.public_id,
            details={"key": key.name, "order": order.public_id},
        )
        for award in done
    )
    mail.queue(notices.signed_again(done))
    return len(done)


# --- Declaring ------------------------------------------------------------------------------


def _declare(name: str, since: datetime, why: str, actor: Actor) -> Compromise:
    organisation = actor.organisation
    key = locked_keys(organisation).filter(name=name).first()
    if key is None:
        raise Refusal(NOT_FOUND, _("There is no such key."))
    if key.compromised_since is not None and since >= key.compromised_since:
        said = _("This key counts as compromised since %(since)s already.")
        raise Refusal(CONFLICT, said % {"since": f"{key.compromised_since:%Y-%m-%d %H:%M} UTC"})
    was_in_use = key.state == State.ACTIVE
    key.state, key.compromised_since = State.COMPROMISED, since
    key.save(update_fields=["state", "compromised_since"])
    publish(
        KeyCompromised(
            organisation=organisation.public_id,
            actor=actor.label,
            subject=key.name,
            reason=why,
            details={"since": since.isoformat(timespec="seconds"), "purpose": key.purpose},
        )
    )
    successor = _successor(key, actor) if was_in_use else None
    return Compromise(key, successor, tuple(_orders(key, actor)))


def _successor(key: SigningKey, actor: Actor) -> SigningKey:
    """A new key, in use at once. One that waited lay beside the lost one, and is retired."""
    waiting = locked_keys(key.organisation).filter(purpose=key.purpose, state=State.PENDING)
    waiting.update(state=State.RETIRED, retired_at=timezone.now())
    purpose = SigningKey.Purpose(key.purpose)
    successor = keys.add_key(key.organisation, purpose, state=State.PENDING)
    activate(successor, by=actor.label)
    return successor


def _orders(key: SigningKey, actor: Actor) -> list[StandingOrder]:
    """The work on awards; none for a key that signs no awards."""
    if key.purpose != SigningKey.Purpose.ASSERTION:
        return []
    revoking = make_order(
        actor, kind=Kind.REVOKE, key=key, reason=Reason.KEY_COMPROMISED, is_public=True, wait=True
    )
    signing = make_order(actor, kind=Kind.SIGN_AGAIN, key=key, wait=True)
    return [order for order in (revoking, signing) if order.total]


# --- Signing again --------------------------------------------------------------------------


def _to_sign_again(order: StandingOrder, awards: Mapping[int, Award]) -> list[Credential]:
    """Of each award, and of each wallet it is bound to, the newest that the key signed.

    What was signed again by a sound key since then is left out.
    """
    later = Credential.objects.filter(
        award=OuterRef("award"), bound_to=OuterRef("bound_to"), pk__gt=OuterRef("pk")
    )
    found = Credential.objects.filter(
        ~Exists(later),
        award__in=list(awards),
        key=order.key,
        document__isnull=False,
        format=Credential.Format.DATA_INTEGRITY,
    )
    return list(found.select_related("block").order_by("award", "pk"))


def _addresses(blocks: set[StatusBlock]) -> dict[int, dict[str, str]]:
    """The address of each block's list, by purpose."""
    found: dict[int, dict[str, str]] = {block.pk: {} for block in blocks}
    for each in StatusList.objects.filter(block__in=blocks):
        found[each.block_id][each.purpose] = each.url
    return found


def _placed(credential: Credential, lists: Mapping[str, str], index: int) -> dict[str, Any]:
    """The document without its proof, at another place in the status lists."""
    document: dict[str, Any] = json.loads(bytes(credential.document or b""))
    del document["proof"]
    document["credentialStatus"] = [
        StatusEntry.at(lists[purpose], index, purpose=purpose).as_json()
        for purpose in (entry["statusPurpose"] for entry in document["credentialStatus"])
    ]
    return document


def _store(
    old: Sequence[Credential],
    documents: Sequence[bytes],
    places: Sequence[tuple[StatusBlock, int]],
    key: SigningKey,
    *,
    at: datetime,
) -> None:
    digests = [sha256(document) for document in documents]
    salts = [os.urandom(16) for _each in documents]
    leaves = [leaf_data(salt, digest.digest()) for salt, digest in zip(salts, digests, strict=True)]
    year, first = append(leaves, at=timezone.now())
    Credential.objects.bulk_create(
        Credential(
            award_id=each.award_id,
            document=document,
            sha256=digest.hexdigest(),
            key=key,
            bound_to=each.bound_to,
            block=block,
            index=index,
            signed_at=at,
            salt=salt,
            log_year=year,
            log_index=first + n,
        )
        for n, (each, document, digest, salt, (block, index)) in enumerate(
            zip(old, documents, digests, salts, places, strict=True)
        )
    )


def _revoke_unproven(order: StandingOrder, awards: Mapping[int, Award], *, at: datetime) -> None:
    """Later copies of good awards, for a wallet perhaps, whose time nothing proves."""
    signed = Credential.objects.filter(award__in=list(awards), key=order.key)
    unproven = signed.exclude(proven_before(order.key)).values_list("block", "index")
    set_bits(unproven, StatusList.Purpose.REVOCATION, True, at=at)
