"""Pages, fragments and problem documents for requests that were turned down or failed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sealwright.web.core.refusals import (
    BAD_REQUEST,
    FORBIDDEN,
    FORM_EXPIRED,
    NOT_FOUND,
    OUR_FAULT,
    TOO_LARGE,
    TOO_OFTEN,
    UNAUTHENTICATED,
    WRONG_METHOD,
    Kind,
    Refusal,
    Words,
)

API = "/api/"
PROBLEMS = "/api/v1/#"
"""Where each kind of problem is explained; the kind's code is the fragment."""

PROBLEM_JSON = "application/problem+json"


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as whatever the caller can read."""
    response = failure(request, refusal.kind, refusal.detail, errors=refusal.errors)
    if refusal.kind is UNAUTHENTICATED:
        response["WWW-Authenticate"] = "Bearer"  # RFC 9110 section 15.5.2 wants a challenge
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def failure(
    request: HttpRequest, kind: Kind, detail: Words, *, errors: Sequence[tuple[str, Words]] = ()
) -> HttpResponse:
    """A page; a fragment for htmx; a problem document (RFC 9457) below /api/."""
    if request.path_info.startswith(API):
        named = [{"pointer": pointer, "detail": str(said)} for pointer, said in errors]
        return problem(kind, detail, **({"errors": named} if named else {}))
    template = "ui/_failure.html" if "HX-Request" in request.headers else "ui/failure.html"
    response = render(request, template, {"kind": kind, "detail": detail}, status=kind.status)
    response["Cache-Control"] = "no-store"
    return response


def problem(kind: Kind, detail: Words, **members: Any) -> HttpResponse:
    """A problem document, RFC 9457 section 3. `members` are extension members."""
    body = {
        "type": f"{PROBLEMS}{kind.code}",
        "title": str(kind.title),
        "status": int(kind.status),
        "detail": str(detail),
        **members,
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=kind.status, content_type=PROBLEM_JSON
    )


def described(description: str) -> dict[str, Any]:
    """A problem document as one of the answers that an OpenAPI document tells of."""
    schema = {"$ref": "#/components/schemas/ProblemOut"}
    return {"description": description, "content": {PROBLEM_JSON: {"schema": schema}}}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also what Django makes of a body or form that goes beyond the limits in the settings."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return failure(request, TOO_LARGE, too_much(exception))
    detail = _("Your browser or program sent something incomplete. Please try again.")
    return failure(request, BAD_REQUEST, detail)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return failure(request, FORBIDDEN, _("You may not see or do this."))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF protection found no fresh mark on the form."""
    detail = _(
        "The form was opened long ago or on another site, or the browser keeps no cookies. "
        "Nothing was checked. Open the page again and repeat what you did."
    )
    return failure(request, FORM_EXPIRED, detail)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    detail = _("The link may be mistyped or out of date.")
    return failure(request, NOT_FOUND, detail)


def too_often(request: HttpRequest) -> HttpResponse:
    """What allauth answers with when somebody tries its pages too often."""
    detail = _("That was tried too often. Please wait a few minutes and go on.")
    return failure(request, TOO_OFTEN, detail)


def server_error(request: HttpRequest) -> HttpResponse:
    detail = _("The fault is ours. Nothing you sent was kept. Please try again in a minute.")
    return failure(request, OUR_FAULT, detail)


def too_large(most: int) -> str:
    """What to do about a request of more than `most` bytes, whatever is in it."""
    return gettext(
        "Up to %(most)d MB can be sent here at once. Send less at once, or a smaller file."
    ) % {"most": most // 1_000_000}


def too_much(problem: RequestDataTooBig | TooManyFilesSent) -> str:
    """What to do about a request with too many files, or with more text than Django reads."""
    if isinstance(problem, TooManyFilesSent):
        return gettext("Up to %d files can be sent at once. Send the rest after these.") % (
            settings.DATA_UPLOAD_MAX_NUMBER_FILES
        )
    return gettext("Up to %d MB of text can be sent at once. Send less, or send a file.") % (
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000
    )


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """A 405 that still names the methods which are allowed (RFC 9110 section 15.5.6)."""
    detail = _("This address answers to %(methods)s only.") % {"methods": allowed}
    response = failure(request, WRONG_METHOD, detail)
    response["Allow"] = allowed
    return response
