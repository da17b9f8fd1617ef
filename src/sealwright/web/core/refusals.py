"""What the site turns down, and the words it does that with.

Raised anywhere below a view; one middleware makes a page, a fragment or an RFC 9457 problem
document of it, so no view catches a refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of refusal: its stable code, HTTP status, and a title people can read."""

    code: str
    status: HTTPStatus
    title: Words


BAD_REQUEST = Kind("bad-request", HTTPStatus.BAD_REQUEST, _("That request makes no sense to us"))
UNAUTHENTICATED = Kind(
    "unauthenticated", HTTPStatus.UNAUTHORIZED, _("We do not know who is asking")
)
FORBIDDEN = Kind("forbidden", HTTPStatus.FORBIDDEN, _("That is not open to you"))
FORM_EXPIRED = Kind("form-expired", HTTPStatus.FORBIDDEN, _("This form is no longer fresh"))
NOT_FOUND = Kind("not-found", HTTPStatus.NOT_FOUND, _("There is nothing at this address"))
WRONG_METHOD = Kind(
    "method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED, _("This address is used another way")
)
CONFLICT = Kind("conflict", HTTPStatus.CONFLICT, _("That does not go together"))
GONE = Kind("gone", HTTPStatus.GONE, _("This is no longer here"))
TOO_LARGE = Kind(
    "too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("That is more than we can take in")
)
WRONG_TYPE = Kind(
    "unsupported-media-type",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    _("We do not read that kind of content"),
)
UNFIT = Kind("unfit", HTTPStatus.UNPROCESSABLE_ENTITY, _("Something in the request does not fit"))
TOO_OFTEN = Kind("too-often", HTTPStatus.TOO_MANY_REQUESTS, _("Too often in a short time"))
OUR_FAULT = Kind("our-fault", HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong here"))

KINDS = (BAD_REQUEST, UNAUTHENTICATED, FORBIDDEN, FORM_EXPIRED, NOT_FOUND, WRONG_METHOD,
         CONFLICT, GONE, TOO_LARGE, WRONG_TYPE, UNFIT, TOO_OFTEN, OUR_FAULT)  # fmt: skip


class Refusal(Exception):
    """The request is turned down. `detail` says why and what to do, in plain words.

    `retry_after` is in seconds, where waiting helps. `errors` name each thing that is wrong,
    for programs: a JSON pointer into the request, and what is wrong there.
    """

    def __init__(
        self,
        kind: Kind,
        detail: Words,
        *,
        retry_after: int | None = None,
        errors: Sequence[tuple[str, Words]] = (),
    ) -> None:
        self.kind = kind
        self.detail = detail
        self.retry_after = retry_after
        self.errors = tuple(errors)
        super().__init__(kind.code)
