"""What becomes of a wallet when two accounts of one person join, or one leaves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext

from sealwright.web.accounts import joining, leaving
from sealwright.web.accounts.models import User
from sealwright.web.wallet.models import Collection, Item, Profile, Share


def move(gone: User, kept: User) -> None:
    """Hand everything in the wallet over; what both had is kept once."""
    known = set(Item.objects.filter(owner=kept).values_list("sha256", flat=True))
    Item.objects.filter(owner=gone).exclude(sha256__in=known).update(owner=kept)
    Share.objects.filter(owner=gone).update(owner=kept)
    names = set(Collection.objects.filter(owner=kept).values_list("name", flat=True))
    Collection.objects.filter(owner=gone).exclude(name__in=names).update(owner=kept)
    if not Profile.objects.filter(owner=kept).exists():
        Profile.objects.filter(owner=gone).update(owner=kept)


def tells(gone: User) -> list[str]:
    """What would move, in lines for people."""
    number = Item.objects.filter(owner=gone).count()
    told = ngettext(
        "%(number)d credential from elsewhere", "%(number)d credentials from elsewhere", number
    )
    return [told % {"number": number}] if number else []


def export(person: User) -> dict[str, Any]:
    """Everything in the wallet, originals as text where they are text."""
    return {
        "imported": [
            {
                "name": item.name,
                "title": item.title,
                "issuer": item.issuer_name,
                "added": item.added_at,
                "verdict": item.verdict,
                "checked": item.checked_at,
                "original": bytes(item.original).decode("utf-8", "backslashreplace"),
            }
            for item in Item.objects.filter(owner=person)
        ],
        "shares": list(
            Share.objects.filter(owner=person).values("title", "created_at", "until", "ended_at")
        ),
        "collections": list(Collection.objects.filter(owner=person).values_list("name", flat=True)),
        "profile": Profile.objects.filter(owner=person)
        .values("handle", "headline", "about", "published_at")
        .first(),
    }


def erase(person: User) -> None:
    """Forget the whole wallet."""
    for rows in (Item, Share, Collection, Profile):
        rows._default_manager.filter(owner=person).delete()


def register() -> None:
    """Tell `accounts` of these."""
    joining.register(move, tells=tells)
    leaving.register_export("wallet", export)
    leaving.register_erasure(erase)
