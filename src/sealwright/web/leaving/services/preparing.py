"""Exit bundles asked for on a page, written by the worker a little at a time.

A bundle of 100,000 awards takes hours. So that its lease is renewed and the worker can be stopped,
a step of the duty writes for `SLICE` seconds and leaves the rest to the next one; what is half
written is kept by the process (`_open`). A process that is killed loses it: when its lease is
over, another one begins anew.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.accounts.models import User
from sealwright.web.core import mail
from sealwright.web.core.events import publish
from sealwright.web.core.ids import new_id
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import CONFLICT, GONE, NOT_FOUND, Refusal
from sealwright.web.core.transactions import in_transaction
from sealwright.web.issuing.models import Award
from sealwright.web.leaving.events import BundleAsked, BundleReady, BundleTaken
from sealwright.web.leaving.models import Bundle, BundleQuerySet, folder
from sealwright.web.leaving.services.writing import Progress, write_bundle
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission

logger = logging.getLogger(__name__)

KEPT: Final = timedelta(days=14)
LEASE: Final = timedelta(minutes=5)
SLICE: Final = 2.0
"""Seconds that a step of the duty may take, and a single award more."""

ATTEMPTS: Final = 3
ME: Final = new_id()
"""This process, among all that write bundles."""

State = Bundle.State
_open: dict[int, Iterator[Progress]] = {}


@transaction.atomic
def ask_for_bundle(*, actor: Actor) -> Bundle:
    """Have a bundle of the organisation written. Raises a `Refusal` while one is."""
    actor.require(Permission.ORGANISATION_LEAVE)
    try:
        with transaction.atomic():
            bundle = Bundle.objects.create(
                organisation=actor.organisation, made_by=actor.label, made_by_name=actor.name
            )
    except IntegrityError as problem:
        raise Refusal(CONFLICT, _("A bundle is being prepared already.")) from problem
    publish(
        BundleAsked(
            organisation=actor.organisation.public_id,
            actor=actor.label,
            subject=bundle.public_id,
        )
    )
    return bundle


@transaction.atomic
def take_bundle(public_id: str, *, actor: Actor) -> Bundle:
    """The bundle for somebody who takes it along, which is told on the trail.

    Raises a `Refusal`: 404 where there is none, 410 where it is not kept any more.
    """
    actor.require(Permission.ORGANISATION_LEAVE)
    bundle = bundle_of(actor, public_id)
    is_over = _over().filter(pk=bundle.pk).exists()
    if bundle.state != State.READY or is_over or not bundle.path.is_file():
        raise Refusal(GONE, _("This bundle is not kept any more. Prepare a new one."))
    publish(
        BundleTaken(
            organisation=actor.organisation.public_id,
            actor=actor.label,
            subject=bundle.public_id,
        )
    )
    return bundle


def bundle_of(actor: Actor, public_id: str) -> Bundle:
    """The bundle with this id in the actor's organisation. Raises a `Refusal` (404)."""
    bundle = Bundle.objects.visible_to(actor).filter(public_id=public_id).first()
    if bundle is None:
        raise Refusal(NOT_FOUND, _("There is no such bundle here."))
    return bundle


# --- The worker's duties ----------------------------------------------------------------------


def write_next() -> bool:
    """Write a little of the next bundle; the worker's duty."""
    bundle = in_transaction(_take)
    if bundle is None:
        _close_all()
        return False
    try:
        _write(bundle)
    except Exception:  # whatever it is must not stop the worker, and is told to who asked
        logger.exception("the bundle %s was not finished", bundle.public_id)
        _forget_open(bundle)
        _end(bundle, State.FAILED)
    return True


def forget_old() -> bool:
    """Delete the archives that are not to be kept any more; the worker's duty."""
    for bundle in _over().order_by("pk"):
        bundle.path.unlink(missing_ok=True)
        Bundle.objects.filter(pk=bundle.pk).update(state=State.FORGOTTEN)
    return False


def _over() -> BundleQuerySet:
    """Bundles that were kept long enough, and those that tell of somebody who was erased since."""
    erased = Award.objects.filter(
        organisation=OuterRef("organisation"), erased_at__gte=OuterRef("created_at")
    )
    ready = Bundle.objects.filter(state=State.READY)
    return ready.filter(Q(expires_at__lte=timezone.now()) | Exists(erased))


def _take() -> Bundle | None:
    """The bundle that this process goes on with, or takes over, with a new lease."""
    now = timezone.now()
    mine = Q(state=State.WRITING, writer=ME)
    left = Q(state=State.WAITING) | Q(state=State.WRITING, lease_until__lt=now)
    skips = connection.features.has_select_for_update_skip_locked
    locked = Bundle.objects.select_for_update(no_key=True, skip_locked=skips, of=("self",))
    found = locked.filter(mine | left).select_related("organisation").order_by("created_at", "pk")
    bundle = found.first()
    if bundle is None:
        return None
    if bundle.writer != ME or bundle.pk not in _open:
        _forget_open(bundle)
        bundle.attempts += 1
        bundle.done = 0
    bundle.state, bundle.writer, bundle.lease_until = State.WRITING, ME, now + LEASE
    if bundle.attempts > ATTEMPTS:
        bundle.state, bundle.ended_at = State.FAILED, now
    bundle.save()
    return bundle


def _write(bundle: Bundle) -> None:
    if bundle.state == State.FAILED:
        _remove_drafts(bundle)
        return
    if bundle.pk not in _open:
        _remove_drafts(bundle)
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)  # people's data is in there
        _open[bundle.pk] = iter(write_bundle(bundle.organisation, bundle.path))
    until = time.monotonic() + SLICE
    for progress in _open[bundle.pk]:
        _note(bundle, progress)
        if time.monotonic() >= until:
            _mine(bundle).update(done=bundle.done, total=bundle.total)
            return
    _forget_open(bundle)
    bundle.size = bundle.path.stat().st_size
    _end(bundle, State.READY)


def _note(bundle: Bundle, progress: Progress) -> None:
    bundle.done, bundle.total, bundle.files = progress.awards, progress.total, progress.files


def _end(bundle: Bundle, state: Bundle.State) -> None:
    """Write down that it is ready, or that it will not be; and tell who asked for it."""
    now = timezone.now()
    with transaction.atomic():
        ended = _mine(bundle).update(
            state=state,
            ended_at=now,
            expires_at=now + KEPT if state == State.READY else None,
            done=bundle.done,
            total=bundle.total,
            files=bundle.files,
            size=bundle.size,
        )
        if ended and state == State.READY:
            publish(
                BundleReady(
                    organisation=bundle.organisation.public_id,
                    actor="worker",
                    subject=bundle.public_id,
                    details={"awards": bundle.done, "files": bundle.files},
                )
            )
            mail.queue(_ready(bundle))


def _mine(bundle: Bundle) -> BundleQuerySet:
    return Bundle.objects.filter(pk=bundle.pk, writer=ME, state=State.WRITING)


def _forget_open(bundle: Bundle) -> None:
    _open.pop(bundle.pk, None)


def _close_all() -> None:
    """Nothing here is ours to write: what another process has taken over is let go."""
    _open.clear()


def _remove_drafts(bundle: Bundle) -> None:
    """What processes that were killed have left of it."""
    for path in folder().glob(f"{bundle.public_id}-*"):
        path.unlink()


def _ready(bundle: Bundle) -> list[Message]:
    person = User.objects.filter(public_id=bundle.made_by.partition(":")[2]).first()
    if person is None or not person.email:
        return []
    page = settings.BASE_URL + reverse("leaving:overview", args=[bundle.organisation.slug])
    told = {"name": bundle.organisation.name, "page": page, "days": KEPT.days}
    text = _(
        "The exit bundle of %(name)s is written. It holds personal data, so you are asked to "
        "sign in before you can download it:\n%(page)s\n\nIt is kept for %(days)s days.\n"
    )
    return [
        Message(
            key=f"bundle-ready:{bundle.public_id}",
            kind="bundle-ready",
            about=bundle.public_id,
            to=person.email,
            subject=_("The exit bundle of %(name)s is ready") % told,
            text=text % told,
        )
    ]
