"""The operator's list of providers, as a register that verifications ask.

A provider is on it while somebody other than itself has confirmed that it is accredited or
listed in a register. What a provider says of itself, or a membership, puts nobody on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.credentials.fetching import Fetcher
from sealwright.credentials.verify import KnownIssuer
from sealwright.web.organisations.models import Organisation
from sealwright.web.trust.models import Recognition

ANCHORS = (Recognition.Kind.ACCREDITATION, Recognition.Kind.REGISTER)


@dataclass(frozen=True, slots=True)
class RecognisedHere:
    """Providers of this site whose recognition was confirmed, as of today."""

    @property
    def name(self) -> str:
        """Who says so, in words."""
        return _("The list of recognised providers at %(site)s") % {
            "site": urlsplit(settings.BASE_URL).netloc
        }

    @property
    def url(self) -> str:
        return f"{settings.BASE_URL}/providers"

    def find(self, issuer: str, *, fetcher: Fetcher) -> KnownIssuer | None:
        """What confirmed recognitions say about `issuer`. Nothing is fetched."""
        slug = _slug_of(issuer)
        if not slug:
            return None
        listed = confirmed_on(timezone.localdate()).filter(organisation__slug=slug)
        found = listed.select_related("organisation").first()
        return KnownIssuer(found.organisation.name, found.organisation.url) if found else None


def confirmed_on(day: date) -> QuerySet[Recognition]:
    """The confirmed recognitions that anchor a provider, in force on `day`."""
    return Recognition.objects.filter(
        Q(since=None) | Q(since__lte=day),
        Q(until=None) | Q(until__gte=day),
        kind__in=ANCHORS,
        confirmed_at__isnull=False,
    ).exclude(confirmed_by="")


def _slug_of(issuer: str) -> str:
    """The slug of a provider of this site in its DID; '' for anybody else's identifier."""
    ours = Organisation(slug="").did
    return issuer.removeprefix(ours) if issuer.startswith(ours) else ""
