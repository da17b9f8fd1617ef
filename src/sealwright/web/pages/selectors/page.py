"""Everything a page of an award needs, gathered with a fixed number of questions."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from sealwright.web.catalogue.selectors import telling_of
from sealwright.web.issuing.models import Award
from sealwright.web.pages.award_page import AwardPage
from sealwright.web.pages.selectors.awards import Seen, check, credential_of, logged_at
from sealwright.web.trust.standing import standings_of
from sealwright.web.verifying.services import new_verifier


class InCommon:
    """What the pages of several awards have in common: looked up once, and kept a while.

    Whoever makes many pages takes a new one now and then, or the figures grow old.
    """

    def __init__(self) -> None:
        self.verifier = new_verifier()
        self.telling = lru_cache(maxsize=64)(telling_of)
        self.given = lru_cache(maxsize=64)(_given)


def award_page(seen: Seen, *, at: datetime, common: InCommon | None = None) -> AwardPage:
    """The page of an award, checked at `at`; many of them share what they have in `common`."""
    common = common or InCommon()
    award = seen.award
    credential = credential_of(award)
    issuer = award.organisation_id
    then, now = timezone.localdate(award.awarded_at), timezone.localdate(at)
    return AwardPage(
        award=award,
        credential=credential,
        report=check(credential, at=at, verifier=common.verifier),
        telling=common.telling(award.version),
        at=at,
        sight=seen.sight,
        issuer=standings_of([issuer], then=then, now=now)[issuer],
        logged_at=logged_at(credential),
        given=common.given(award.programme_id),
    )


def _given(programme: int) -> int:
    return Award.objects.filter(programme=programme).count()
