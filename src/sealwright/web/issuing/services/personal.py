"""What is kept of a person here: moved with them, taken along, and forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from sealwright.web.accounts.models import User
from sealwright.web.core import mail
from sealwright.web.issuing.models import Award, AwardQuerySet, Credential, Intent, Recipient
from sealwright.web.issuing.services.naming import forget_people, rows_of
from sealwright.web.issuing.services.offers import OFFER, REMINDER


def move_awards(goes: User, stays: User) -> None:
    """What one account of a person holds, their other one holds from now on."""
    Award.objects.filter(holder=goes).update(holder=stays)


def tell_awards(goes: User) -> Iterable[str]:
    """What `move_awards` would move, in a line for people."""
    number = Award.objects.filter(holder=goes).count()
    if number:
        yield ngettext("%(number)d award", "%(number)d awards", number) % {"number": number}


def export_awards(person: User) -> list[dict[str, Any]]:
    """Every award that the person holds or that is made out to them, with what was signed."""
    awards = _awards_of(person).select_related(
        "version", "organisation", "recipient", "superseded_by"
    )
    return [_as_values(award) for award in awards.prefetch_related("credentials").order_by("pk")]


def export_rows(person: User) -> list[dict[str, Any]]:
    """The person's rows in tables that providers brought and did not issue."""
    return [
        {
            "provider": row.sheet.organisation.name,
            "programme": row.sheet.version.title,
            "brought": row.sheet.created_at,
            "kept_until": row.sheet.expires_at,
            "cells": row.cells,
        }
        for row in rows_of(person.addresses())
    ]


def erase_awards(person: User) -> None:
    """Forget whose the person's awards were. Their ids and how they stand remain.

    What was signed is forgotten as well, because it may name the person: who wants to keep
    it takes it along first. Called within a transaction, while the addresses are known.
    """
    addresses = person.addresses()
    numbers = list(_awards_of(person).values_list("pk", flat=True))
    awards = Award.objects.filter(pk__in=numbers)
    mail.cancel(list(awards.values_list("public_id", flat=True)), [OFFER, REMINDER])
    Recipient.objects.filter(award__in=numbers).delete()
    Credential.objects.filter(award__in=numbers).update(document=None, bound_to="")
    awards.update(
        holder=None, claim_hash="", erased_at=timezone.now(), visibility=Award.Visibility.PRIVATE
    )
    intents = Intent.objects.filter(address__in=addresses)
    intents.filter(state=Intent.State.PENDING).update(state=Intent.State.DROPPED)
    intents.update(address="", name="", values={})
    forget_people(addresses)


def _awards_of(person: User) -> AwardQuerySet:
    """Those in the account, and those made out to its addresses that nobody else took."""
    theirs = Q(holder=None, recipient__address__in=person.addresses())
    return Award.objects.filter(Q(holder=person) | theirs)


def _as_values(award: Award) -> dict[str, Any]:
    recipient = getattr(award, "recipient", None)
    return {
        "id": award.public_id,
        "url": award.url,
        "title": award.version.title,
        "programme": award.version.url,
        "provider": award.organisation.name,
        "awarded": award.awarded_at,
        "valid_until": award.valid_until,
        "claimed": award.claimed_at,
        "holder_proof": award.holder_proof,
        "visibility": award.visibility,
        "revoked": award.revoked_at,
        "suspended": award.suspended_at,
        "made_out_to": {"name": recipient.name, "address": recipient.address}
        if recipient
        else None,
        "credentials": [_document(each) for each in award.credentials.all()],
    }


def _document(credential: Credential) -> Any:
    if credential.document is None:
        return None
    text = bytes(credential.document).decode()
    return json.loads(text) if credential.format == Credential.Format.DATA_INTEGRITY else text
