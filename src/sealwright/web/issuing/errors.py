"""What can go wrong in issuing, and what a claim link may be answered with."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.utils.translation import gettext_lazy as _

from sealwright.web.core.refusals import Kind

LINK_UNKNOWN: Final = Kind("link-unknown", HTTPStatus.NOT_FOUND, _("We do not know this link"))
OFFER_EXPIRED: Final = Kind("offer-expired", HTTPStatus.GONE, _("This offer has run out"))
OFFER_CANCELLED: Final = Kind("offer-cancelled", HTTPStatus.GONE, _("This award was taken back"))
AWARD_REVOKED: Final = Kind("award-revoked", HTTPStatus.GONE, _("This award was revoked"))
CLAIMED_ALREADY: Final = Kind(
    "claimed-already", HTTPStatus.CONFLICT, _("This award was claimed already")
)


class SignatureWrong(Exception):
    """What our own signer signed does not verify with the key that we publish."""
