"""What happens to every request: safety headers, a size limit, refusals put into words."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse

from sealwright.web.core.failures import refused, too_large, too_much, wrong_method
from sealwright.web.core.ids import new_id
from sealwright.web.core.refusals import TOO_LARGE, Refusal

Answer = Callable[[HttpRequest], HttpResponse]

requests_logger = logging.getLogger("sealwright.requests")

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FOR_FRAMES = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""For the few small pages that other sites may show in a frame (`response.may_be_framed`)."""
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("browsing-topics", "geolocation", "microphone", "payment", "usb")
)


def request_log(get_response: Answer) -> Answer:
    """Give every request an id, and write one line about it where such lines are wanted.

    The line has the route, not the path: paths hold secrets and names. Who acted is told by
    the id that the trail uses.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.META["SEALWRIGHT_REQUEST_ID"] = name = new_id()
        response = get_response(request)
        response["X-Request-ID"] = name
        if requests_logger.isEnabledFor(logging.INFO):
            told = _told(request, response, name, time.perf_counter() - started)
            requests_logger.info("request", extra={"told": told})
        return response

    return answer


def _told(
    request: HttpRequest, response: HttpResponse, name: str, seconds: float
) -> dict[str, object]:
    match = request.resolver_match
    actor = getattr(request, "actor", None)
    user = getattr(request, "_cached_user", None)  # never asks the database just for the log
    return {
        "request": name,
        "method": request.method,
        "route": match.route if match else "",
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "actor": actor.label if actor else getattr(user, "label", ""),
        "organisation": actor.organisation.public_id if actor else "",
    }


def security_headers(get_response: Answer) -> Answer:
    """A page of ours loads nothing from elsewhere and runs no script that is not a file.

    Other sites load nothing of ours, unless a view says that something is made for them.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = (
            FOR_FRAMES if getattr(response, "may_be_framed", False) else CONTENT_SECURITY_POLICY
        )
        response["Permissions-Policy"] = f"camera=(self), {PERMISSIONS_POLICY}"
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer


def body_limit(get_response: Answer) -> Answer:
    """Turn down a body that is too large before a byte of it is read.

    WSGI bodies end where Content-Length says, so the announced length is the truth.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = _largest(request.path_info)
        if length.isdigit() and int(length) > most:
            return refused(request, Refusal(TOO_LARGE, too_large(most)))
        return get_response(request)

    return answer


def _largest(path: str) -> int:
    for page, largest in settings.LARGER_REQUESTS.items():
        if path == page or path.startswith(f"{page}/"):
            return int(largest)
    return int(settings.LARGEST_REQUEST)


class Refusals:
    """Turns a `Refusal`, wherever it was raised, and a bare 405 into something readable."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and "problem" not in response.get("Content-Type", ""):
            return wrong_method(request, response.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, RequestDataTooBig | TooManyFilesSent):
            problem = Refusal(TOO_LARGE, too_much(problem))
        return refused(request, problem) if isinstance(problem, Refusal) else None
