"""Mails that tell holders how their awards stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from sealwright.web.core.models import Message
from sealwright.web.issuing.models import Award

OFFERING: Final = ("offer", "reminder")
"""Kinds of mail that ask somebody to claim an award."""


def revoked(awards: Iterable[Award]) -> list[Message]:
    """To the holders of awards that were revoked for good."""
    text = _(
        "%(provider)s has revoked your award “%(title)s”.\n\n%(reason)s"
        "Whoever checks it from now on is told that it was revoked. Its page stays:\n%(link)s\n\n"
        "If you think this is a mistake, please write to %(provider)s%(contact)s.\n"
    )
    return [
        _mail(award, "revoked", _("“%(title)s” was revoked"), text)
        for award in awards
        if _address(award)
    ]


def suspended(awards: Iterable[Award], *, occasion: str) -> list[Message]:
    """To the holders of awards that are out of force for now."""
    text = _(
        "%(provider)s has suspended your award “%(title)s”. Until this is lifted, whoever checks "
        "it is told so. Its page stays:\n%(link)s\n\n"
        "If you do not know why, please write to %(provider)s%(contact)s.\n"
    )
    return [
        _mail(award, "suspended", _("“%(title)s” is suspended"), text, occasion=occasion)
        for award in awards
        if _address(award)
    ]


def reinstated(awards: Iterable[Award], *, occasion: str) -> list[Message]:
    """To the holders of awards that are in force again."""
    text = _(
        "%(provider)s has lifted the suspension of your award “%(title)s”. It is in force "
        "again:\n%(link)s\n"
    )
    return [
        _mail(award, "reinstated", _("“%(title)s” is in force again"), text, occasion=occasion)
        for award in awards
        if _address(award)
    ]


def cancelled(awards: Iterable[Award]) -> list[Message]:
    """To people who were told of an award that was taken back before they claimed it."""
    text = _(
        "%(provider)s has taken back the award “%(title)s” that we wrote to you about. The link "
        "in that mail no longer works, and there is nothing you need to do.\n\n"
        "If you think this is a mistake, please write to %(provider)s%(contact)s.\n"
    )
    return [
        _mail(award, "cancelled", _("“%(title)s” was taken back"), text)
        for award in awards
        if _address(award)
    ]


def superseded(old: Award, new: Award) -> list[Message]:
    """To the holder of an award that a corrected one replaced."""
    text = _(
        "%(provider)s has corrected your award “%(title)s”. The corrected one takes its "
        "place:\n%(new)s\n\nThe old one is revoked. Where you have shown it, please show the new "
        "one instead.\n"
    )
    if not _address(old):
        return []
    return [_mail(old, "superseded", _("“%(title)s” was corrected"), text, new=new.url)]


def signed_again(awards: Iterable[Award]) -> list[Message]:
    """To the holders of awards that were signed again with another key."""
    text = _(
        "A key of %(provider)s fell into other hands. Your award “%(title)s” was signed before "
        "that, as the public log shows, and it stands. It has been signed again with a new "
        "key:\n%(link)s\n\nIf you keep a copy elsewhere, in another wallet or as a file, please "
        "replace it from this page: other people's software may not accept the old one.\n"
    )
    return [
        _mail(award, "signed-again", _("“%(title)s” was signed again"), text)
        for award in awards
        if _address(award)
    ]


def told_of(awards: Sequence[Award]) -> set[str]:
    """Public ids of the awards whose people were sent an offer."""
    sent = Message.objects.filter(
        about__in=[award.public_id for award in awards],
        kind__in=OFFERING,
        state=Message.State.SENT,
    )
    return set(sent.values_list("about", flat=True))


def _mail(
    award: Award, kind: str, subject: str, text: str, *, occasion: str = "", **more: str
) -> Message:
    provider = award.organisation
    values = {
        "provider": provider.name,
        "title": award.version.title,
        "link": award.url,
        "reason": _reason(award),
        "contact": f" ({provider.email})" if provider.email else "",
        **more,
    }
    return Message(
        key=":".join(filter(None, (kind, award.public_id, occasion))),
        kind=kind,
        about=award.public_id,
        to=_address(award),
        subject=" ".join((subject % values).split())[:200],
        text=text % values,
    )


def _reason(award: Award) -> str:
    """The reason for a revocation as the holder reads it: theirs to know, public or not."""
    said = award.get_revocation_reason_display()
    if not said:
        return ""
    line = _("Reason: %(reason)s.") % {"reason": said}
    return f"{line}\n{award.revocation_note}\n\n" if award.revocation_note else f"{line}\n\n"


def _address(award: Award) -> str:
    """Where the holder reads mail: their own choice, else where the award was sent."""
    if award.holder is not None:
        return award.holder.email
    recipient = getattr(award, "recipient", None)
    return recipient.address if recipient is not None else ""
