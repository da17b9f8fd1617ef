"""Changes of standing for many awards: recorded as an order, carried out piece by piece.

The lock on the order is its lease: a piece and how far it came are one transaction, so a
process that is killed leaves the order where the last whole piece ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from sealwright.web.core.events import publish
from sealwright.web.core.points import reached
from sealwright.web.core.transactions import in_transaction, within_transaction
from sealwright.web.issuing.events import StandingOrdered
from sealwright.web.issuing.models import Award, PickedAward, StandingOrder
from sealwright.web.organisations.actors import Actor

PIECE: Final = 500
"""Awards of a piece; fewer where more than rows is written for each."""

SLOWER: Final[dict[str, int]] = {StandingOrder.Kind.SIGN_AGAIN: 100}

Work = Callable[[StandingOrder, Sequence[Award]], int]
"""Changes a piece of awards, which are locked; how many of them it changed."""

Selection = Callable[[StandingOrder], QuerySet[Award]]
"""The awards that an order is about."""

_works: dict[str, Work] = {}
_selections: list[Selection] = []


def register(kind: StandingOrder.Kind, work: Work) -> None:
    """How a kind of order is carried out. Called from `AppConfig.ready`."""
    _works[kind] = work


def register_selection(of_a_key: Selection) -> None:
    """Which awards an order about a key means. Called from `AppConfig.ready`."""
    _selections[:] = [of_a_key]


def make_order(
    actor: Actor, *, picked: Sequence[int] = (), wait: bool = False, **fields: Any
) -> StandingOrder:
    """Record an order with these `fields`, carried out at once where it is a piece or less.

    `wait` leaves it to the worker in any case.
    """

    def make() -> StandingOrder:
        order = StandingOrder.objects.create(
            organisation=actor.organisation,
            made_by=actor.label,
            made_by_name=actor.name,
            **fields,
        )
        PickedAward.objects.bulk_create(
            PickedAward(order=order, award_id=number) for number in picked
        )
        order.total = awards_of(order).count()
        order.save(update_fields=["total"])
        if order.total > PIECE or order.batch_id or order.key_id:
            publish(_ordered(order))
        if order.total <= PIECE and not wait:
            _piece(order)
        return order

    return within_transaction(make)


def carry_out(order: StandingOrder) -> Iterator[StandingOrder]:
    """Carry out an order to its end, here and now; the order after each piece."""
    while order.state == StandingOrder.State.RUNNING:
        in_transaction(partial(_next_piece, StandingOrder.objects.filter(pk=order.pk)))
        order.refresh_from_db()
        yield order


def carry_out_next() -> bool:
    """Carry out a piece of an order that waits; the worker's duty."""
    return in_transaction(partial(_next_piece, StandingOrder.objects.all()))


def awards_of(order: StandingOrder) -> QuerySet[Award]:
    """The awards that the order is about, as things are now: of a key, a batch, or picked."""
    if order.key_id is not None:
        return _selections[0](order)
    if order.batch_id is not None:
        return Award.objects.filter(batch=order.batch_id)
    return Award.objects.filter(pk__in=order.picked.values("award"))


def _next_piece(orders: QuerySet[StandingOrder]) -> bool:
    waiting = orders.filter(state=StandingOrder.State.RUNNING)
    skips = connection.features.has_select_for_update_skip_locked
    locked = waiting.select_for_update(no_key=True, skip_locked=skips, of=("self",))
    order = locked.select_related("organisation", "key").order_by("created_at", "pk").first()
    if order is None:
        return False
    _piece(order)
    return True


def _piece(order: StandingOrder) -> None:
    """The next piece of an order that is locked or new, within the caller's transaction."""
    rest = awards_of(order).filter(pk__gt=order.after).order_by("pk")
    size = min(PIECE, SLOWER.get(order.kind, PIECE))
    numbers = list(rest.values_list("pk", flat=True)[:size])
    awards = list(
        Award.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=numbers)
        .select_related("version__programme", "organisation", "holder", "recipient")
        .order_by("pk")
    )
    reached("standing")
    changed = _works[order.kind](order, awards) if awards else 0
    order.changed += changed
    order.passed_over += len(awards) - changed
    order.after = numbers[-1] if numbers else order.after
    if len(numbers) < size:
        order.state, order.ended_at = StandingOrder.State.DONE, timezone.now()
    order.save(update_fields=["changed", "passed_over", "after", "state", "ended_at"])
    reached("standing changed")


def _ordered(order: StandingOrder) -> StandingOrdered:
    details: dict[str, Any] = {"kind": order.kind, "awards": order.total}
    if order.reason:
        details["reason"] = order.reason
    if order.batch is not None:
        details["batch"] = order.batch.public_id
    if order.key is not None:
        details["key"] = order.key.name
    return StandingOrdered(
        organisation=order.organisation.public_id,
        actor=order.made_by,
        subject=order.public_id,
        reason=order.note,
        details=details,
    )
