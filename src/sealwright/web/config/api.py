"""The HTTP interface for programs, version 1."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema

from sealwright.web.core.failures import refused
from sealwright.web.core.refusals import Refusal
from sealwright.web.verifying.api import router as verifying


class ProblemOut(Schema):
    """A problem document, RFC 9457."""

    type: str = Field(description="Where this kind of problem is explained.")
    title: str = Field(description="The kind of problem in a few words.")
    status: int = Field(description="The status of the answer, again.")
    detail: str = Field(description="What was wrong this time, and what to do.")


class Api(NinjaAPI):
    """Describes the problem documents that every operation may answer with."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        document = super().get_openapi_schema(**given)
        document["components"]["schemas"]["ProblemOut"] = ProblemOut.model_json_schema()
        return document


api = Api(
    title="Sealwright",
    version="1",
    description=(
        "Check Open Badges and other verifiable credentials. No account and no key is needed; "
        "nothing that is sent is kept. Failures are problem documents (RFC 9457)."
    ),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api-v1",
)
api.add_router("", verifying)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refused(request, refusal)
