"""What people do with their own account. The actor is always the person."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from sealwright.web.accounts.events import AddressProven, AddressRemoved
from sealwright.web.accounts.mails import letter
from sealwright.web.accounts.models import AddressProof, User
from sealwright.web.core.events import publish
from sealwright.web.core.ids import new_id
from sealwright.web.core.mail import queue
from sealwright.web.core.refusals import NOT_FOUND, UNFIT, Refusal

PROOF_LASTS: Final = timedelta(minutes=15)
TRIES: Final = 5


class Outcome(StrEnum):
    """What a code that was entered led to."""

    ADDED = "added"
    ELSEWHERE = "elsewhere"
    """Right, and the address belongs to another account."""
    WRONG = "wrong"
    OVER = "over"
    """Too late, or wrong too often: a new code is needed."""


def rename(person: User, *, name: str) -> None:
    """Set what this person is called."""
    person.name = name
    person.save(update_fields=["name"])


@transaction.atomic
def start_proof(person: User, *, email: str) -> AddressProof:
    """Send a code to an address, whoever it belongs to, so that nothing is told by that.

    Raises `Refusal` (422) where the person has the address already, or too many of them.
    """
    own = EmailAddress.objects.filter(user=person, verified=True)
    if own.filter(email=email).exists():
        raise Refusal(UNFIT, _("This address is yours already."))
    if own.count() >= settings.ACCOUNT_MAX_EMAIL_ADDRESSES:
        raise Refusal(UNFIT, _("You have as many addresses as we keep. Remove one first."))
    code = generate_user_code()
    proof_id = new_id()
    proof, _created = AddressProof.objects.update_or_create(
        person=person,
        defaults={
            "public_id": proof_id,
            "email": email,
            "code_hash": _hash_of_code(proof_id, code),
            "tries_left": TRIES,
            "expires_at": timezone.now() + PROOF_LASTS,
            "proven_at": None,
            "cleared_at": None,
        },
    )
    queue([letter("prove_address", to=email, about=person.public_id, code=code)])
    return proof


@transaction.atomic
def enter_code(person: User, *, code: str) -> Outcome:
    """Check the code of the running proof, and add the address if it is free."""
    proof = AddressProof.objects.select_for_update(no_key=True).filter(person=person).first()
    if proof is None or proof.expires_at <= timezone.now() or not proof.tries_left:
        return Outcome.OVER
    if not constant_time_compare(proof.code_hash, _hash_of_code(proof.public_id, code)):
        AddressProof.objects.filter(pk=proof.pk).update(tries_left=F("tries_left") - 1)
        return Outcome.WRONG if proof.tries_left > 1 else Outcome.OVER
    if _add(person, proof.email):
        proof.delete()
        return Outcome.ADDED
    proof.proven_at = timezone.now()
    proof.expires_at = timezone.now() + PROOF_LASTS
    proof.save(update_fields=["proven_at", "expires_at"])
    return Outcome.ELSEWHERE


def clear_proof(proof: AddressProof) -> None:
    """The other account's second factor was shown too, or it has none: the two may be joined."""
    proof.cleared_at = timezone.now()
    proof.save(update_fields=["cleared_at"])


@transaction.atomic
def make_main(person: User, *, address_id: int) -> None:
    """Send mails to this address from now on. 404 unless it is a proven one of the person's."""
    address = _own_address(person, address_id)
    before = person.email
    _set_main(person, address)
    if before and before != address.email:
        queue([letter("main_address_changed", to=before, person=person, email=address.email)])


@transaction.atomic
def remove_address(person: User, *, address_id: int) -> EmailAddress:
    """Take an address off the account. Raises `Refusal` (422) for the only proven one."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    address = _own_address(person, address_id)
    others = EmailAddress.objects.filter(user=person, verified=True).exclude(pk=address.pk)
    heir = others.order_by("pk").first()
    if heir is None:
        raise Refusal(
            UNFIT,
            _("This is your only address, and without one nobody could reach you. Add another "
              "first."),
        )  # fmt: skip
    queue([letter("address_removed", to=address.email, person=person, email=address.email)])
    address.delete()
    if address.primary:
        _set_main(person, heir)
    publish(AddressRemoved(actor=person.label, subject=person.public_id))
    return address


def end_other_sessions(request: HttpRequest, person: User) -> None:
    """Sign the person out everywhere but here."""
    person.sessions_ended += 1
    person.save(update_fields=["sessions_ended"])
    update_session_auth_hash(request, person)


def sign_in_demo(request: HttpRequest, person: User) -> None:
    """Sign a person of the demo world in, in demo mode only (404 otherwise)."""
    if not settings.DEMO or not person.is_demo or not person.is_active:
        raise Http404
    adapter = get_adapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    adapter.login(request, person)


def _add(person: User, email: str) -> bool:
    """Add a proven address; False where another account has proven it before."""
    if EmailAddress.objects.filter(email=email, verified=True).exclude(user=person).exists():
        return False
    main = not EmailAddress.objects.filter(user=person, primary=True).exists()
    try:
        with transaction.atomic():
            EmailAddress.objects.update_or_create(
                user=person, email=email, defaults={"verified": True, "primary": main}
            )
    except IntegrityError:
        return False
    if main:
        person.email = email
        person.save(update_fields=["email"])
    publish(AddressProven(actor=person.label, subject=person.public_id))
    known = [address for address in person.addresses() if address != email]
    queue(letter("address_added", to=address, person=person, email=email) for address in known)
    return True


def _set_main(person: User, address: EmailAddress) -> None:
    EmailAddress.objects.filter(user=person, primary=True).update(primary=False)
    EmailAddress.objects.filter(pk=address.pk).update(primary=True)
    person.email = address.email
    person.save(update_fields=["email"])


def _own_address(person: User, address_id: int) -> EmailAddress:
    address = EmailAddress.objects.filter(pk=address_id, user=person, verified=True).first()
    if address is None:
        raise Refusal(NOT_FOUND, _("You have no such address."))
    return address


def _hash_of_code(proof_id: str, code: str) -> str:
    """Keyed: a code is short enough to be guessed from a plain hash."""
    value = f"{proof_id}/{normalize_user_code(code)}"
    return salted_hmac("sealwright.accounts.proof", value, algorithm="sha256").hexdigest()
