"""The operator's list of recognised providers, for other people's verifiers."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sealwright.web.core.access import open_to_all
from sealwright.web.trust.selectors import registry_document


@open_to_all
@require_safe
def registry(request: HttpRequest) -> HttpResponse:
    """The list in the format of the Digital Credentials Consortium's registries."""
    document = json.dumps(registry_document(), ensure_ascii=False, indent=1)
    response = HttpResponse(document, content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response
