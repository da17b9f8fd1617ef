"""Everything a page of an award needs, gathered with a fixed number of questions."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sealwright.credentials.verify import Verifier
from sealwright.web.catalogue.selectors import telling_of
from sealwright.web.issuing.models import Award
from sealwright.web.pages.award_page import AwardPage
from sealwright.web.pages.selectors.awards import Seen, check, credential_of, logged_at
from sealwright.web.pages.selectors.recognition import domains_of, recognitions_of


def award_page(seen: Seen, *, at: datetime, verifier: Verifier | None = None) -> AwardPage:
    """The page of an award, checked at `at`; many of them share one `verifier`."""
    award = seen.award
    credential = credential_of(award)
    domains = domains_of(award.organisation)
    return AwardPage(
        award=award,
        credential=credential,
        report=check(credential, at=at, verifier=verifier),
        telling=telling_of(award.version),
        at=at,
        sight=seen.sight,
        recognitions=tuple(
            recognitions_of(
                award.organisation,
                then=timezone.localdate(award.awarded_at),
                now=timezone.localdate(at),
            )
        ),
        domain=domains[0].domain if domains else "",
        logged_at=logged_at(credential),
        given=Award.objects.filter(programme=award.programme_id).count(),
    )
