"""Showing that a domain belongs to the organisation, and looking again every day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.credentials.errors import ResolutionFailed
from sealwright.credentials.fetching import Fetcher
from sealwright.web.core.ids import new_token
from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, UNFIT, Refusal
from sealwright.web.core.web import fetcher
from sealwright.web.organisations.actors import Actor, worker
from sealwright.web.organisations.domains import LARGEST_FILE, domain_of, file_of, is_under
from sealwright.web.organisations.events import (
    DomainDropped,
    DomainLost,
    DomainNamed,
    DomainProven,
)
from sealwright.web.organisations.models import DomainProof
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services.telling import tell

AGAIN: Final = timedelta(days=1)
PATIENCE: Final = timedelta(days=7)
"""How long checks of a proven domain may fail before it counts as proven no more."""

HOPE: Final = timedelta(days=30)
"""How long we look by ourselves for the file of a domain that was never proven."""

MOST: Final = 20


@transaction.atomic
def name_domain(text: str, *, actor: Actor) -> DomainProof:
    """Say that a domain is the organisation's own; it gets a token to put there.

    Raises `Refusal`: 422 for what is no domain, 409 for one named before or too many.
    """
    actor.require(Permission.ORGANISATION_EDIT)
    domain = domain_of(text)
    if not domain:
        raise Refusal(UNFIT, _("That is no domain. Write it as in harbour-college.org."))
    if DomainProof.objects.visible_to(actor).count() >= MOST:
        raise Refusal(CONFLICT, _("There is room for %d domains.") % MOST)
    try:
        with transaction.atomic():
            proof = DomainProof.objects.create(
                organisation=actor.organisation, domain=domain, token=f"sealwright-{new_token()}"
            )
    except IntegrityError as problem:
        raise Refusal(CONFLICT, _("%s is on the list already.") % domain) from problem
    tell(DomainNamed, proof.public_id, actor=actor, domain=domain)
    return proof


@transaction.atomic
def drop_domain(public_id: str, *, actor: Actor) -> str:
    """Take a domain off the list; which one. Raises `Refusal`: 404 elsewhere."""
    actor.require(Permission.ORGANISATION_EDIT)
    proof = _one(public_id, actor)
    proof.delete()
    tell(DomainDropped, public_id, actor=actor, domain=proof.domain)
    return proof.domain


def check_domain(public_id: str, *, actor: Actor) -> DomainProof:
    """Look for the token now. What was read, or what was wrong, is kept with the domain.

    Raises `Refusal`: 404 elsewhere. Not to be called within a transaction: it asks the web.
    """
    actor.require(Permission.ORGANISATION_EDIT)
    proof = _one(public_id, actor)
    return _keep(proof, look(proof, fetcher()), actor=actor)


def check_due_domains() -> bool:
    """Check one domain that is due, as the worker; whether there may be more."""
    now = timezone.now()
    hopeful = Q(proven_at__isnull=False) | Q(told_at__gt=now - HOPE)
    due = DomainProof.objects.filter(
        hopeful,
        Q(checked_at=None, told_at__lt=now - timedelta(hours=1)) | Q(checked_at__lt=now - AGAIN),
        organisation__closed_at=None,
    )
    proof = due.select_related("organisation").order_by("checked_at", "pk").first()
    if proof is None:
        return False
    # Whoever sets the time first does it; who loses the race looks for another one.
    same = DomainProof.objects.filter(pk=proof.pk, checked_at=proof.checked_at)
    if same.update(checked_at=now):
        _keep(proof, look(proof, fetcher()), actor=worker(proof.organisation))
    return True


@dataclass(frozen=True, slots=True)
class Look:
    """What a look under a domain found. `problem` is empty where the token was there."""

    problem: str
    read: str = ""


def look(proof: DomainProof, web: Fetcher) -> Look:
    """Read the file under the domain, and say whether the token is a line of it.

    Problems: the codes of `Fetcher.fetch`, `other-domain` after a redirect elsewhere,
    `token-missing`, `file-empty`.
    """
    url = file_of(proof.domain)
    try:
        found = web.fetch(url, accept="text/plain", max_bytes=LARGEST_FILE)
    except ResolutionFailed as problem:
        return Look(problem.code)
    text = found.body.decode("utf-8", errors="replace").replace("\x00", "")
    lines = [line.strip().lstrip("\ufeff") for line in text.splitlines()]
    beginning = text.strip()[:200]
    if not is_under(found.url, proof.domain):
        return Look("other-domain", found.url[:200])
    if proof.token in lines:
        return Look("", proof.token)
    return Look("token-missing" if beginning else "file-empty", beginning)


@transaction.atomic
def _keep(proof: DomainProof, look: Look, *, actor: Actor) -> DomainProof:
    kept = DomainProof.objects.select_for_update(no_key=True).filter(pk=proof.pk).first()
    if kept is None:
        raise Refusal(NOT_FOUND, _("There is no such domain."))
    now = timezone.now()
    was_proven = kept.proven_at is not None
    kept.checked_at, kept.problem, kept.read = now, look.problem[:60], look.read
    if not look.problem:
        kept.confirmed_at = now
        kept.proven_at = kept.proven_at or now
    elif was_proven and _is_lost(kept, now):
        kept.proven_at = None
    kept.save()
    if was_proven != (kept.proven_at is not None):
        kind = DomainLost if was_proven else DomainProven
        tell(kind, kept.public_id, actor=actor, domain=kept.domain, problem=look.problem)
    return kept


def _is_lost(proof: DomainProof, now: datetime) -> bool:
    return proof.confirmed_at is None or proof.confirmed_at < now - PATIENCE


def _one(public_id: str, actor: Actor) -> DomainProof:
    proof = DomainProof.objects.visible_to(actor).filter(public_id=public_id).first()
    if proof is None:
        raise Refusal(NOT_FOUND, _("There is no such domain."))
    return proof
