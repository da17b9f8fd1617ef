"""What this site serves at its own addresses, for checks that are made here.

They get the same bytes as everybody else, without a way out to the network and back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final

from django.conf import settings

from sealwright.credentials.fetching import Fetched
from sealwright.web.issuing.models import Award, Credential
from sealwright.web.issuing.services import keys, status
from sealwright.web.organisations.models import Organisation

JSON: Final = "application/json"


def own_document(url: str) -> Fetched | None:
    """The document at `url`, or None for an address that is not ours or has none."""
    if not url.startswith(f"{settings.BASE_URL}/"):
        return None
    path = url.removeprefix(settings.BASE_URL).partition("#")[0]
    for pattern, find in _ADDRESSES:
        match = pattern.fullmatch(path)
        if match is not None:
            body = find(match[1])
            return None if body is None else Fetched(url, 200, JSON, body)
    return None


def signed_document(public_id: str) -> bytes | None:
    """The credential of an award as it was signed, unless only its holder may see it."""
    credentials = Credential.objects.filter(award__public_id=public_id).exclude(
        award__visibility=Award.Visibility.PRIVATE
    )
    document = credentials.current().values_list("document", flat=True).first()
    return None if document is None else bytes(document)


def _key_document(slug: str) -> bytes | None:
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        return None
    return json.dumps(keys.did_document(organisation)).encode()


def _list(public_id: str) -> bytes | None:
    found = status.published(public_id)
    if found is not None:
        return bytes(found.document or b"")
    revoked = status.onedtech_list(public_id)
    return None if revoked is None else revoked[1]


_ADDRESSES: Final[tuple[tuple[re.Pattern[str], Callable[[str], bytes | None]], ...]] = (
    (re.compile(r"/providers/([a-z0-9-]+)/did\.json"), _key_document),
    (re.compile(r"/status/([0-9A-Za-z]+)"), _list),
    (re.compile(r"/c/([0-9A-Za-z]+)(?:\.json)?"), signed_document),
)
