"""Shares, collections and the public profile: what is shown is the holder's choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.accounts.models import User
from sealwright.web.core.refusals import CONFLICT, UNFIT, Refusal
from sealwright.web.issuing.models import Award
from sealwright.web.wallet.models import (
    Collection,
    CollectionEntry,
    Item,
    Profile,
    Share,
    ShareEntry,
    ShareView,
)

MOST_ENTRIES: Final = 100
Chosen = list[tuple[Award | None, Item | None]]


@transaction.atomic
def share(
    keys: Sequence[str],
    *,
    title: str,
    message: str = "",
    shows_name: bool = True,
    until: datetime | None = None,
    owner: User,
) -> Share:
    """A link to a choice of what the person holds. Raises a `Refusal` for an empty choice."""
    chosen = _chosen(keys, owner)
    made = Share.objects.create(
        owner=owner, title=title, message=message, shows_name=shows_name, until=until
    )
    ShareEntry.objects.bulk_create(
        ShareEntry(share=made, award=award, item=item, position=position)
        for position, (award, item) in enumerate(chosen)
    )
    return made


@transaction.atomic
def end_share(share_id: str, *, owner: User) -> None:
    """From now on the link shows nothing."""
    own_share(share_id, owner)
    Share.objects.filter(public_id=share_id, ended_at=None).update(ended_at=timezone.now())


def own_share(share_id: str, owner: User) -> Share:
    """The person's own. Raises `Http404`."""
    found = Share.objects.filter(public_id=share_id, owner=owner).first()
    if found is None:
        raise Http404
    return found


def opened(share_id: str, *, looked_at_by: User | None) -> Share:
    """The share behind a link, if it is open; the look is counted, not who looked.

    Raises `Http404` for one that is not there, and for one that ended.
    """
    found = Share.objects.select_related("owner").filter(public_id=share_id).first()
    if found is None or not found.is_open or found.owner.closed_at is not None:
        raise Http404
    if looked_at_by is None or looked_at_by.pk != found.owner_id:
        _count(found)
    return found


def own_shares(owner: User) -> list[Share]:
    """The person's shares with the number of looks at each, as `looks`."""
    return list(Share.objects.filter(owner=owner).annotate(looks=Sum("views__number")))


@transaction.atomic
def collect(keys: Sequence[str], *, name: str, owner: User) -> Collection:
    """Put things into the collection of that name, made if need be; what is in it stays."""
    chosen = _chosen(keys, owner)
    collection, _made = Collection.objects.get_or_create(owner=owner, name=name.strip())
    inside = set(collection.entries.values_list("award_id", "item_id"))
    first = len(inside)
    CollectionEntry.objects.bulk_create(
        CollectionEntry(collection=collection, award=award, item=item, position=first + n)
        for n, (award, item) in enumerate(chosen)
        if (award and award.pk, item and item.pk) not in inside
    )
    return collection


@transaction.atomic
def remove_collection(collection_id: str, *, owner: User) -> None:
    """Forget a collection; what was in it stays in the wallet."""
    deleted, _rows = Collection.objects.filter(public_id=collection_id, owner=owner).delete()
    if not deleted:
        raise Http404


@transaction.atomic
def save_profile(
    *, handle: str, headline: str, about: str, is_published: bool, owner: User
) -> Profile:
    """Write the profile; published, everybody can see it. Raises a `Refusal` for a taken handle."""
    profile = Profile.objects.filter(owner=owner).first() or Profile(owner=owner)
    profile.handle, profile.headline, profile.about = handle, headline, about
    profile.published_at = (profile.published_at or timezone.now()) if is_published else None
    try:
        with transaction.atomic():
            profile.save()
    except IntegrityError as problem:
        raise Refusal(CONFLICT, _("Somebody has this address already.")) from problem
    return profile


def published_profile(handle: str) -> Profile:
    """A profile that may be seen. Raises `Http404`."""
    rows = Profile.objects.select_related("owner").filter(published_at__isnull=False)
    profile = rows.filter(handle=handle, owner__closed_at=None).first()
    if profile is None:
        raise Http404
    return profile


def _chosen(keys: Sequence[str], owner: User) -> Chosen:
    wanted = list(dict.fromkeys(keys))
    if len(wanted) > MOST_ENTRIES:
        raise Refusal(
            UNFIT,
            _("Up to %d at once. Narrow the wallet down with its filters first.") % MOST_ENTRIES,
        )
    ids = [key.partition(":")[2] for key in wanted]
    awards = {
        f"award:{award.public_id}": award
        for award in Award.objects.filter(public_id__in=ids, holder=owner, erased_at=None)
    }
    items = {
        f"item:{item.public_id}": item
        for item in Item.objects.filter(public_id__in=ids, owner=owner).defer("original")
    }
    chosen: Chosen = [(awards.get(key), items.get(key)) for key in wanted]
    if not chosen:
        raise Refusal(UNFIT, _("Choose at least one thing to show."))
    if (None, None) in chosen:
        raise Http404
    return chosen


@transaction.atomic
def _count(shared: Share) -> None:
    view, _made = ShareView.objects.get_or_create(share=shared, day=timezone.localdate())
    ShareView.objects.filter(pk=view.pk).update(number=F("number") + 1)
