"""LinkedIn's form for adding a certificate to one's own profile, filled in, as a plain link.

Nothing is sent by us: the person follows the link, or does not. The form has no published
specification; the parameters are those in wide use.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.utils import timezone

from sealwright.web.issuing.models import Award

FORM: Final = "https://www.linkedin.com/profile/add"


def add_to_profile(award: Award) -> str:
    """The address of the form for this award. Months are plain numbers, without a zero."""
    organisation = award.organisation
    awarded = timezone.localtime(award.awarded_at)
    values: dict[str, object] = {
        "startTask": "CERTIFICATION_NAME",
        "name": award.version.title,
        "issueYear": awarded.year,
        "issueMonth": awarded.month,
        "certUrl": award.url,
        "certId": award.public_id,
    }
    if organisation.linkedin_id:
        values["organizationId"] = organisation.linkedin_id
    else:
        values["organizationName"] = organisation.name
    if award.valid_until is not None:
        ends = timezone.localtime(award.valid_until)
        values |= {"expirationYear": ends.year, "expirationMonth": ends.month}
    return f"{FORM}?{urlencode(values)}"
