"""Taking one's data along, and leaving.

Apps above register here, in `AppConfig.ready`, what they hold of a person (`register_export`),
how they forget it (`register_erasure`), and why somebody cannot leave yet
(`register_objection`).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from sealwright.web.accounts.events import AccountClosed
from sealwright.web.accounts.mails import letter
from sealwright.web.accounts.models import AddressProof, RecoveryKit, User
from sealwright.web.core.events import publish
from sealwright.web.core.mail import queue
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import UNFIT, Refusal

Part = Callable[[User], Any]
"""What an app holds of a person, as values that JSON can say (dates and decimals included)."""

Eraser = Callable[[User], None]
Objection = Callable[[User], str | None]
"""Why this person cannot leave yet and what to do about it, or None."""

_parts: dict[str, Part] = {}
_erasers: list[Eraser] = []
_objections: list[Objection] = []


def register_export(name: str, part: Part) -> None:
    """Have `part(person)` become `<name>.json` in what a person takes along."""
    _parts[name] = part


def register_erasure(eraser: Eraser) -> None:
    """Have `eraser(person)` forget what an app holds; called while the addresses are known."""
    if eraser not in _erasers:
        _erasers.append(eraser)


def register_objection(objection: Objection) -> None:
    """Have `objection(person)` asked before somebody leaves."""
    if objection not in _objections:
        _objections.append(objection)


def objections(person: User) -> list[str]:
    """Everything that keeps this person from leaving, in words that say what to do."""
    return [reason for objection in _objections if (reason := objection(person))]


def export(person: User) -> bytes:
    """A ZIP of JSON files with everything that is held of a person, and a note what is what."""
    packed = io.BytesIO()
    parts = {"account": _own_part, **_parts}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        names = [f"{name}.json" for name in parts]
        context = {"person": person, "at": timezone.now(), "names": names}
        archive.writestr("README.txt", render_to_string("accounts/export.txt", context))
        for name, part in parts.items():
            text = json.dumps(part(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            archive.writestr(f"{name}.json", text + "\n")
    return packed.getvalue()


@transaction.atomic
def close_account(person: User) -> None:
    """Forget who this person is, here and in all apps. What was awarded keeps its id and state.

    Raises `Refusal` (422) with the objections, where there are any.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    reasons = objections(person)
    if reasons:
        raise Refusal(UNFIT, " ".join(reasons))
    addresses = person.addresses()
    receipts = [letter("account_closed", to=address) for address in addresses]
    for eraser in _erasers:
        eraser(person)
    shut(person)
    _forget_mails(addresses)
    queue(receipts)
    publish(AccountClosed(actor=person.label, subject=person.public_id))


def shut(person: User) -> None:
    """Leave a tombstone of an account: nothing signs in to it, nothing in it names anybody."""
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    RecoveryKit.objects.filter(person=person).delete()
    AddressProof.objects.filter(person=person).delete()
    person.name = person.email = person.demo_note = ""
    person.is_active = person.is_operator = False
    person.closed_at = timezone.now()
    person.sessions_ended += 1
    person.set_unusable_password()
    person.save()


def _forget_mails(addresses: list[str]) -> None:
    """Mails that wait are not sent any more; of those that were sent only the occasion stays."""
    mails = Message.objects.filter(to__in=addresses)
    mails.filter(state=Message.State.WAITING).update(state=Message.State.CANCELLED)
    mails.update(to="", subject="", text="", html="")


def _own_part(person: User) -> dict[str, Any]:
    addresses = EmailAddress.objects.filter(user=person).order_by("pk")
    factors = Authenticator.objects.filter(user=person).order_by("pk")
    return {
        "id": person.public_id,
        "name": person.name,
        "created": person.created_at,
        "last_signed_in": person.last_login,
        "has_password": person.has_usable_password(),
        "has_recovery_kit": RecoveryKit.objects.filter(person=person).exists(),
        "addresses": [
            {"address": one.email, "proven": one.verified, "main": one.primary} for one in addresses
        ],
        "second_factors": [
            {
                "kind": str(one.type),
                "name": str(one),
                "added": one.created_at,
                "last_used": one.last_used_at,
            }
            for one in factors
        ],
    }
