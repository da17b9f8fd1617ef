"""The recovery kit: a long code on paper, the way back for who lost the last address.

It stands in for the code by mail and for nothing else: who has a second factor is still asked
for it. The code is shown once and works once; only its hash is kept.
"""

from __future__ import annotations

import secrets
from typing import Final

from django.db import transaction

from sealwright.web.accounts.events import KitUsed
from sealwright.web.accounts.mails import letter
from sealwright.web.accounts.models import RecoveryKit, User
from sealwright.web.core.events import publish
from sealwright.web.core.ids import token_hash
from sealwright.web.core.mail import queue

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, https://www.crockford.com/base32.html: no I, L, O or U."""

LENGTH: Final = 28
"""Characters: 140 bits."""

GROUP: Final = 4
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def new_code() -> str:
    """A code as it is printed: seven groups of four."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def normalised(code: str) -> str:
    """A code as it may have been typed from paper.

    >>> normalised(" o1il-abcd ")
    '0111ABCD'
    """
    return "".join(code.upper().split()).translate(_ALIKE)


def hash_of(code: str) -> str:
    """What is kept of a code."""
    return token_hash(normalised(code))


@transaction.atomic
def make_kit(person: User, *, occasion: str) -> str | None:
    """A new code for this person; the one before is void. None if `occasion` made one already."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if RecoveryKit.objects.filter(occasion=occasion).exists():
        return None
    RecoveryKit.objects.filter(person=person).delete()
    code = new_code()
    RecoveryKit.objects.create(person=person, code_hash=hash_of(code), occasion=occasion)
    queue(letter("kit_made", to=address, person=person) for address in person.addresses())
    return code


def person_with(code_hash: str) -> User | None:
    """Whose kit this is, if anybody's who may sign in."""
    kit = RecoveryKit.objects.filter(code_hash=code_hash, person__is_active=True)
    found = kit.select_related("person").first()
    return found.person if found else None


@transaction.atomic
def spend(code_hash: str, *, person: User) -> bool:
    """Void a kit that its person has just signed in with; False if somebody was faster.

    Ends all other sessions and tells every address that is known.
    """
    spent, _ = RecoveryKit.objects.filter(code_hash=code_hash, person=person).delete()
    if not spent:
        return False
    person.sessions_ended += 1
    person.save(update_fields=["sessions_ended"])
    queue(letter("kit_used", to=address, person=person) for address in person.addresses())
    publish(KitUsed(actor=person.label, subject=person.public_id))
    return True
