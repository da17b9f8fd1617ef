"""The proof beside each credential that it stands in the log."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sealwright.web.core.access import open_to_all
from sealwright.web.core.documents import public_document
from sealwright.web.issuing.services import log


@open_to_all
@require_safe
def log_proof(request: HttpRequest, award: str) -> HttpResponse:
    """Proofs for all that was signed for an award; none in the first minute or so."""
    proofs = log.proofs_of(award)
    if proofs is None:
        raise Http404
    return public_document(
        request,
        log.proof_document(award, proofs),
        content_type="application/json",
        max_age=timedelta(minutes=1),
    )
