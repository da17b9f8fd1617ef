"""Bringing a credential from elsewhere: the bytes are kept as they came, and checked.

Nothing is signed again. What cannot be read is refused with the reason; what is read but does
not hold is kept with its verdict, because an expired or revoked badge is still theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.credentials.errors import CredentialError
from sealwright.credentials.fetching import Fetcher
from sealwright.credentials.model.report import Report, Verdict
from sealwright.credentials.verify.link import fetch_credential
from sealwright.web.accounts.models import User
from sealwright.web.core.refusals import CONFLICT, TOO_LARGE, UNFIT, Refusal
from sealwright.web.issuing.models import Award
from sealwright.web.verifying.services import new_verifier
from sealwright.web.verifying.sources import Source
from sealwright.web.verifying.wording import sentence_of
from sealwright.web.wallet.models import Item

MOST_ITEMS: Final = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of bringing something. `known` are holdings with the same id from before."""

    item: Item
    is_new: bool
    known: tuple[Item, ...] = ()


def bring(source: Source, *, owner: User, now: datetime | None = None) -> Imported:
    """Keep a credential and what was checked of it. Raises a `Refusal` that says why not.

    The network is asked before anything is written.
    """
    at = now or timezone.now()
    verifier = new_verifier()
    data = _bytes_of(source, verifier.fetcher)
    report = verifier.verify(data, at=at)
    if report.verdict is Verdict.UNREADABLE:
        raise Refusal(UNFIT, " ".join(sentence_of(finding) for finding in report.findings))
    return _kept(source, data, report, owner=owner, at=at)


def check_again(item_id: str, *, owner: User) -> Item:
    """Check a kept credential as of now."""
    item = own_item(item_id, owner)
    at = timezone.now()
    report = new_verifier().verify(bytes(item.original), at=at)
    item.verdict, item.report, item.checked_at = (
        report.verdict.value,
        report.as_json(item.name),
        at,
    )
    item.save(update_fields=["verdict", "report", "checked_at"])
    return item


def remove(item_id: str, *, owner: User) -> None:
    """Delete a kept credential, from shares and collections as well."""
    own_item(item_id, owner).delete()


def own_item(item_id: str, owner: User) -> Item:
    """The person's own. Raises `Http404`."""
    item = Item.objects.filter(public_id=item_id, owner=owner).first()
    if item is None:
        raise Http404
    return item


def _bytes_of(source: Source, look: Fetcher) -> bytes:
    if not source.link:
        data = source.data
        return data.encode() if isinstance(data, str) else data
    try:
        return fetch_credential(look, source.link)
    except CredentialError as problem:
        raise Refusal(UNFIT, str(problem)) from problem


@transaction.atomic
def _kept(source: Source, data: bytes, report: Report, *, owner: User, at: datetime) -> Imported:
    if len(data) > settings.LARGEST_FILE:
        raise Refusal(TOO_LARGE, _("This is larger than a credential may be."))
    if Item.objects.filter(owner=owner).count() >= MOST_ITEMS:
        raise Refusal(CONFLICT, _("Your wallet is full. Remove something first."))
    told = _told(report)
    if told["credential_id"].startswith(f"{settings.BASE_URL}/c/"):
        _refuse_own(told["credential_id"], owner)
    digest = sha256(data).hexdigest()
    known = Item.objects.filter(owner=owner, credential_id=told["credential_id"]).exclude(
        credential_id=""
    )
    before = tuple(known.exclude(sha256=digest).defer("original"))
    try:
        with transaction.atomic():
            item = Item.objects.create(
                owner=owner,
                original=data,
                sha256=digest,
                name=source.name[:160],
                source_url=source.link[:2000],
                verdict=report.verdict.value,
                report=report.as_json(source.name),
                checked_at=at,
                **told,
            )
    except IntegrityError:
        return Imported(Item.objects.get(owner=owner, sha256=digest), is_new=False)
    return Imported(item, is_new=True, known=before)


def _refuse_own(credential_id: str, owner: User) -> None:
    """What was issued here is claimed, not imported."""
    award = Award.objects.filter(public_id=credential_id.rpartition("/")[2]).first()
    if award is not None and award.holder_id == owner.pk:
        raise Refusal(CONFLICT, _("You hold this already: it was issued here."))
    raise Refusal(
        CONFLICT,
        _("This was issued here. Claim it by the link in your mail, or add the e-mail address "
          "that it was sent to to your account."),
    )  # fmt: skip


def _told(report: Report) -> dict[str, Any]:
    told = report.credential
    issuer = told.get("issuer") or {}
    return {
        "credential_id": str(told.get("id") or "")[:500],
        "title": str(told.get("title") or "")[:300],
        "issuer_name": str(issuer.get("name") or "")[:300],
        "issuer_id": str(issuer.get("id") or "")[:500],
        "awarded": str(told.get("awarded") or told.get("valid_from") or "")[:40],
        "valid_until": str(told.get("valid_until") or "")[:40],
        "skills": [str(skill.get("name") or "") for skill in told.get("skills", ())][:50],
    }
