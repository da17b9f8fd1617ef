"""Taking in what is to be issued: a batch, and an intent for each person, before any signature.

Everything random or dated that goes into a credential is drawn here. A batch of up to
`PIECE` people is taken in by one transaction, a larger one piece by piece; cut off in
between it stays `TAKING_IN` until the same request comes again, or is dropped in time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.credentials.model.instants import format_instant
from sealwright.web.catalogue.content import Content
from sealwright.web.catalogue.models import Version
from sealwright.web.core.addresses import normalised_address
from sealwright.web.core.events import publish
from sealwright.web.core.ids import new_id
from sealwright.web.core.points import reached
from sealwright.web.core.refusals import CONFLICT, Refusal
from sealwright.web.core.transactions import within_transaction
from sealwright.web.issuing.events import BatchMade
from sealwright.web.issuing.models import Batch, Intent, SigningKey
from sealwright.web.issuing.services import keys
from sealwright.web.issuing.services.dates import moment, months_later
from sealwright.web.issuing.services.places import take_places
from sealwright.web.issuing.services.recipients import recipient_key
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission

PIECE: Final = 1000
LEASE: Final = timedelta(seconds=30)
"""Far longer than a piece takes. Two who work on one piece by mistake do no harm."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is to be awarded, and what differs for them.

    `identifier` is what tells them apart where there is no address (a student number).
    `values` may have `grade`, `evidence_url`, `evidence_name`, `awarded` and `valid_until`
    (RFC 3339). `period` tells awards of one programme to one person apart (a year, a term),
    `revision` counts on where an earlier one was corrected or revoked. `number` is the row of
    a table, where they stand in one.
    """

    address: str = ""
    name: str = ""
    identifier: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""
    revision: int = 0
    number: int = 0

    @property
    def key(self) -> str:
        return recipient_key(self.address or self.identifier)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, apart from the people.

    `key` names the request, so that the same one makes no second batch. `options` may have
    `send_mail` (by default True) and `note`, which is added to the mails. A batch that is
    `held` belongs to the caller, who carries it out at once.
    """

    version: Version
    actor: Actor
    source: Batch.Source
    why: str = ""
    key: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    held: bool = False


def make_batch(
    version: Version,
    people: Iterable[Person],
    *,
    actor: Actor,
    source: Batch.Source,
    why: str = "",
    key: str = "",
    options: Mapping[str, Any] | None = None,
    held: bool = False,
) -> Batch:
    """Record what is to be issued, to whom; nothing is signed yet. See `Request`.

    Asked again with the same `key`, the batch of the first time comes back, completed if it
    was cut off. Raises a `Refusal` for what may not be issued at all.
    """
    request = Request(version, actor, source, why, key, options or {}, held)
    check_can_issue(request)
    rows = iter(people)
    taken = 0
    batch: Batch | None = None
    while batch is None or batch.state == Batch.State.TAKING_IN:
        piece = [
            person if person.number else replace(person, number=taken + n)
            for n, person in enumerate(islice(rows, PIECE), start=1)
        ]
        batch = within_transaction(partial(_taken_in, request, batch, piece))
        taken += len(piece)
        reached("intent")
    return batch


def check_can_issue(request: Request) -> None:
    """Raise a `Refusal` unless the actor may issue this version, and it can be issued now."""
    programme, actor = request.version.programme, request.actor
    actor.require(Permission.AWARD_ISSUE, unit_id=programme.unit_id)
    if programme.organisation_id != actor.organisation.pk:
        raise Refusal(CONFLICT, _("This programme belongs to another organisation."))
    if programme.retired_at is not None:
        raise Refusal(CONFLICT, _("This programme was retired. Open it again to issue."))
    keys.key_in_use(actor.organisation, SigningKey.Purpose.ASSERTION)


def begin(request: Request) -> tuple[Batch, bool]:
    """The batch of this request, within the caller's transaction, and whether it is new."""
    now = timezone.now()
    actor = request.actor
    fields: dict[str, Any] = {
        "version": request.version,
        "source": request.source,
        "state": Batch.State.TAKING_IN,
        "made_by": actor.label,
        "made_by_name": actor.name,
        "why": request.why,
        "options": dict(request.options),
        "created_at": now.replace(microsecond=0),
        "lease_until": now + LEASE,
    }
    if request.key:
        batch, made = Batch.objects.get_or_create(
            organisation=actor.organisation, key=request.key, defaults=fields
        )
    else:
        batch, made = Batch.objects.create(organisation=actor.organisation, **fields), True
    if made:
        publish(
            BatchMade(
                organisation=actor.organisation.public_id,
                actor=actor.label,
                subject=batch.public_id,
                reason=request.why,
                details={"version": request.version.path, "source": request.source.value},
            )
        )
    return batch, made


def take_in(number: int, people: Sequence[Person], *, last: bool, held: bool = False) -> Batch:
    """Add a piece of people to a batch that is being taken in; with the `last` one it is open.

    Within the caller's transaction. Rows that are there already are passed over.
    """
    batches = Batch.objects.select_for_update(no_key=True, of=("self",))
    batch = batches.select_related("version__programme", "organisation").get(pk=number)
    if batch.state != Batch.State.TAKING_IN:
        return batch
    wanted = [person.number for person in people]
    known = set(batch.intents.filter(number__in=wanted).values_list("number", flat=True))
    _record(batch, [person for person in people if person.number not in known])
    batch.lease_until = timezone.now() + LEASE
    if last:
        batch.state = Batch.State.READY
        batch.total = batch.intents.count()
        batch.lease_until = batch.lease_until if held else None
    batch.save(update_fields=["state", "total", "lease_until"])
    return batch


def _taken_in(request: Request, batch: Batch | None, people: Sequence[Person]) -> Batch:
    if batch is None:
        batch, _made = begin(request)
    if batch.state != Batch.State.TAKING_IN:
        return batch
    return take_in(batch.pk, people, last=len(people) < PIECE, held=request.held)


def _record(batch: Batch, people: Sequence[Person]) -> None:
    content = batch.version.content
    places = take_places(batch.organisation, len(people))
    Intent.objects.bulk_create(
        Intent(
            batch=batch,
            number=person.number,
            award_id=new_id(),
            subject=uuid.uuid4(),
            salt=new_id(),
            recipient_key=person.key,
            period=person.period,
            revision=person.revision,
            address=normalised_address(person.address),
            name=" ".join(person.name.split()),
            values=values_for(person, content, batch.created_at),
            block=block,
            index=index,
            created_at=batch.created_at,
        )
        for person, (block, index) in zip(people, places, strict=True)
    )


def values_for(person: Person, content: Content, at: datetime) -> dict[str, Any]:
    """The person's values, and when the award ends, unless that was told."""
    values = {name: value for name, value in person.values.items() if value not in ("", None)}
    if content.valid_months and "valid_until" not in values:
        start = moment(values.get("awarded")) or at
        values["valid_until"] = format_instant(months_later(start, content.valid_months))
    return values
