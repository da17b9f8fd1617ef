"""The HTTP interface for programs, version 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.model import strict_json
from sealwright.web.core.failures import refused
from sealwright.web.core.refusals import BAD_REQUEST, NOT_FOUND, UNFIT, WRONG_TYPE, Refusal
from sealwright.web.issuing.api import router as issuing
from sealwright.web.verifying.api import router as verifying


class ErrorOut(Schema):
    """One thing that is wrong in a request."""

    pointer: str = Field(description="Where, as a JSON pointer into the request.")
    detail: str = Field(description="What is wrong there, and what would be right.")


class ProblemOut(Schema):
    """A problem document, RFC 9457."""

    type: str = Field(description="Where this kind of problem is explained.")
    title: str = Field(description="The kind of problem in a few words.")
    status: int = Field(description="The status of the answer, again.")
    detail: str = Field(description="What was wrong this time, and what to do.")
    errors: list[ErrorOut] = Field([], description="Each thing that is wrong, where known.")


class JsonParser(Parser):
    """Reads bodies as strictly as credentials: no member twice, no NaN, no half characters."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as JSON. Raises a `Refusal` for any other kind of content."""
        if request.content_type != "application/json":
            raise Refusal(WRONG_TYPE, _("Send application/json."))
        try:
            return strict_json.loads(request.body)
        except UnreadableInput as problem:
            raise Refusal(BAD_REQUEST, str(problem)) from problem


class Api(NinjaAPI):
    """Describes the problem documents that every operation may answer with."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        document = super().get_openapi_schema(**given)
        schemas = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"] |= {**schemas.pop("$defs"), "ProblemOut": schemas}
        return document


api = Api(
    title="Sealwright",
    version="1",
    description=(
        "Award and check Open Badges. Checking needs no key, and nothing that is sent is kept. "
        "Everything else is for programs of an organisation, which send its API key as "
        "`Authorization: Bearer swk_…`; each operation names the scope that the key must have. "
        "Failures are problem documents (RFC 9457)."
    ),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api-v1",
    parser=JsonParser(),
)
api.add_router("", verifying)
api.add_router("", issuing)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refused(request, refusal)


@api.exception_handler(ValidationError)
def _unfit(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    errors = [(_pointer(each["loc"]), f"{each['msg']}.") for each in problem.errors]
    pointer, said = errors[0]
    return refused(request, Refusal(UNFIT, f"{pointer or '/'}: {said}", errors=errors))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, problem: HttpError) -> HttpResponse:
    """Ninja wraps what the parser raises."""
    cause = problem.__cause__
    said = Refusal(BAD_REQUEST, _("The body cannot be read."))
    return refused(request, cause if isinstance(cause, Refusal) else said)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, problem: Http404) -> HttpResponse:
    return refused(request, Refusal(NOT_FOUND, _("There is no such thing here.")))


def _pointer(place: Sequence[str | int]) -> str:
    """Where something is in a request: of a body a JSON pointer, else the parameter's name.

    Ninja puts "body" or "query" and the name of the parameter in front.
    """
    kind, *path = place
    names = path[1:] if kind == "body" else path
    return "".join(f"/{name}" for name in names)
