"""Documents that verifiers fetch: keys and status lists. Nobody learns who asked."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sealwright.web.core.access import open_to_all
from sealwright.web.core.documents import public_document
from sealwright.web.issuing.services import keys, status
from sealwright.web.organisations.models import Organisation

LD_JSON: Final = "application/vc+ld+json"
VC: Final = "application/vc"
JSON: Final = "application/json"
DID_JSON: Final = "application/did+json"
KEY_DOCUMENT_KEPT: Final = timedelta(minutes=5)


@open_to_all
@require_safe
def status_list(request: HttpRequest, listed: str) -> HttpResponse:
    """A Bitstring list, or the revocation list of 1EdTech's kind."""
    found = status.published(listed)
    if found is not None:
        return public_document(
            request,
            bytes(found.document or b""),
            content_type=request.get_preferred_type([VC, LD_JSON, JSON]) or JSON,
            max_age=status.TTL,
            etag=found.etag,
        )
    revoked = status.onedtech_list(listed)
    if revoked is None:
        raise Http404
    etag, body = revoked
    return public_document(request, body, content_type=JSON, max_age=status.TTL, etag=etag)


@open_to_all
@require_safe
def did_document(request: HttpRequest, slug: str) -> HttpResponse:
    """The document behind the DID of a provider."""
    organisation = get_object_or_404(Organisation, slug=slug)
    return public_document(
        request,
        json.dumps(keys.did_document(organisation)).encode(),
        content_type=request.get_preferred_type([DID_JSON, JSON]) or JSON,
        max_age=KEY_DOCUMENT_KEPT,
    )
