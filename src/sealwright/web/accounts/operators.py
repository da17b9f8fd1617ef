"""Who runs this site. Only who sits at its keyboard says so; no page does."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from sealwright.web.accounts.events import OperatorAppointed, OperatorDismissed
from sealwright.web.accounts.models import User
from sealwright.web.core.events import publish
from sealwright.web.core.refusals import NOT_FOUND, Refusal


def operators() -> list[User]:
    """Those who run this site now, the first of them first."""
    return list(User.objects.filter(is_operator=True, is_active=True).order_by("pk"))


@transaction.atomic
def appoint(email: str, *, by: str) -> User:
    """Have the person with this proven address run the site. Raises `Refusal` (404)."""
    person = _person_at(email)
    if not person.is_operator:
        person.is_operator = True
        person.save(update_fields=["is_operator"])
        publish(OperatorAppointed(actor=by, subject=person.public_id))
    return person


@transaction.atomic
def dismiss(email: str, *, by: str) -> User:
    """Have this person run the site no longer. Raises `Refusal` (404)."""
    person = _person_at(email)
    if person.is_operator:
        person.is_operator = False
        person.save(update_fields=["is_operator"])
        publish(OperatorDismissed(actor=by, subject=person.public_id))
    return person


def _person_at(email: str) -> User:
    people = User.objects.select_for_update(no_key=True, of=("self",)).filter(is_active=True)
    owned = EmailAddress.objects.filter(email=email.strip().lower(), verified=True)
    person = people.filter(pk__in=owned.values("user")).first()
    if person is None:
        raise Refusal(
            NOT_FOUND,
            _("Nobody here has proven the address %s. Sign up with it first.") % email,
        )
    return person
