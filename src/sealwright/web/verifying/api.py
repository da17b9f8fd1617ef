"""The same check for programs: one credential or link in, one report out."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from pydantic import ConfigDict, ValidationError

from sealwright.credentials.errors import CredentialError, UnreadableInput
from sealwright.credentials.model import strict_json
from sealwright.credentials.model.instants import parse_instant
from sealwright.web.core.failures import described
from sealwright.web.core.limits import caller, spend
from sealwright.web.core.refusals import (
    BAD_REQUEST,
    UNFIT,
    WRONG_TYPE,
    Refusal,
)
from sealwright.web.verifying.services import check_all
from sealwright.web.verifying.sources import Source, from_file

NOT_GIVEN: Any = None
"""A member that may be left out, but whose value is not null."""

router = Router(tags=["Verification"])


AT: Any = Field(
    NOT_GIVEN,
    max_length=40,
    json_schema_extra={"format": "date-time"},
    description="Judge as of this moment (RFC 3339, with a zone) instead of now.",
    examples=["2026-03-01T09:00:00Z"],
)
RECIPIENT: Any = Field(
    NOT_GIVEN,
    max_length=500,
    description="E-mail address or identifier of the person it should have been awarded to.",
    examples=["amara@example.org"],
)


class VerificationIn(Schema):
    """What to check: either a credential or the link to one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"oneOf": [{"required": ["credential"]}, {"required": ["url"]}]},
    )

    credential: dict[str, Any] | str = Field(
        NOT_GIVEN,
        description="The credential as a JSON object, or as text: JSON or a signed token (JWT).",
        examples=["eyJhbGciOiJFUzI1NiIsInR5cCI6InZjK2p3dCJ9.eyJ9.c2ln"],
    )
    url: str = Field(
        NOT_GIVEN,
        min_length=1,
        max_length=2000,
        description="A public https address of a credential, or of a page that names one.",
        examples=["https://badges.example.org/c/4f7kq2mx9b"],
    )
    at: str = AT
    recipient: str = RECIPIENT


class Conditions(Schema):
    """What the question is about, besides the file."""

    model_config = ConfigDict(extra="forbid")

    at: str = AT
    recipient: str = RECIPIENT


class FindingOut(Schema):
    """What one check concluded."""

    check: str = Field(description="The name of the check.", examples=["proof"])
    outcome: Literal["passed", "failed", "unknown", "skipped"] = Field(
        description="What it concluded. `unknown` says that it could not be told."
    )
    code: str = Field(
        description="A stable code for the conclusion.", examples=["signature-mismatch"]
    )
    detail: str = Field(description="The conclusion as an English sentence.")
    evidence: dict[str, Any] = Field(
        description="What it was concluded from; `clause` is the address of the standard's clause."
    )


class ReportOut(Schema):
    """The answer, in the shape that `sealwright verify --json` prints."""

    source: str = Field(description="What was checked: the link, the file's name, or “request”.")
    verdict: Literal["valid", "invalid", "undecided", "unreadable"] = Field(
        description="`undecided` says nothing against the credential; `unreadable` that there "
        "was none."
    )
    credential: dict[str, Any] = Field(
        description="What the credential tells of itself, proven or not."
    )
    findings: list[FindingOut] = Field(description="One for each answer, in the order of asking.")
    fetched: list[str] = Field(description="The addresses that were asked, in order.")


_FILE_BODY = Conditions.model_json_schema() | {
    "title": "VerificationOfFile",
    "description": "The file to check.",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "minLength": 1,
            "description": "A badge: PNG, SVG, PDF, JSON or JWT, or a photo of its QR code.",
        },
        **Conditions.model_json_schema()["properties"],
    },
}


@router.post(
    "/verifications",
    response=ReportOut,
    summary="Check a credential",
    operation_id="verify",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": VerificationIn.model_json_schema(
                        ref_template="#/components/schemas/{model}"
                    )
                },
                "multipart/form-data": {"schema": _FILE_BODY},
            },
        },
        "responses": {
            400: described("The body is not what its content type promises."),
            413: described("The file or the body is too large."),
            415: described("The body is neither JSON nor a multipart form."),
            422: described("A member is missing, unknown, or of the wrong form."),
            429: described("Too many checks in a minute; `Retry-After` says when."),
        },
    },
)
def verify(request: HttpRequest) -> Any:
    """Say whether a credential holds, and what each check concluded.

    Send either JSON with `credential` or `url`, or a form with a `file`. The answer is 200
    whatever the verdict; a body without a credential in it is answered with the verdict
    `unreadable`.
    """
    source, at, recipient = _asked(request)
    spend("check", caller(request), amount=1, a_minute=settings.CHECKS_A_MINUTE)
    (report,) = check_all([source], at=at, recipient=recipient)
    return report.as_json(source.name)


def _asked(request: HttpRequest) -> tuple[Source, datetime, str | None]:
    if request.content_type == "multipart/form-data":
        return _of_form(request)
    if request.content_type == "application/json":
        return _of_json(request)
    raise Refusal(WRONG_TYPE, _("Send application/json, or multipart/form-data with a file in it."))


def _of_json(request: HttpRequest) -> tuple[Source, datetime, str | None]:
    try:
        asked = VerificationIn.model_validate(strict_json.loads(request.body))
    except UnreadableInput as problem:
        raise Refusal(BAD_REQUEST, str(problem)) from problem
    except ValidationError as problem:
        raise _unfit(problem) from problem
    if len(asked.model_fields_set & {"credential", "url"}) != 1:
        raise Refusal(UNFIT, _("Give either credential or url."))
    if asked.url:
        return Source(asked.url, link=asked.url), _moment(asked.at), asked.recipient or None
    return (
        Source("request", data=_text_of(asked.credential)),
        _moment(asked.at),
        asked.recipient or None,
    )


def _of_form(request: HttpRequest) -> tuple[Source, datetime, str | None]:
    fields = {**request.POST.dict(), **dict.fromkeys(set(request.FILES) - {"file"}, "")}
    try:
        asked = Conditions.model_validate(fields)
    except ValidationError as problem:
        raise _unfit(problem) from problem
    files = request.FILES.getlist("file")
    if len(files) != 1:
        raise Refusal(UNFIT, _("Give one file."))
    return from_file(files[0]), _moment(asked.at), asked.recipient or None


def _text_of(credential: dict[str, Any] | str) -> str:
    return credential if isinstance(credential, str) else json.dumps(credential)


def _moment(text: str | None) -> datetime:
    if text is None:
        return timezone.now()
    try:
        return parse_instant(text, pointer="/at")
    except CredentialError as problem:
        raise Refusal(UNFIT, str(problem)) from problem


def _unfit(problem: ValidationError) -> Refusal:
    """The first thing that does not fit, with the path of the member."""
    first = problem.errors(include_url=False, include_context=False, include_input=False)[0]
    pointer = "".join(f"/{part}" for part in first["loc"])
    return Refusal(
        UNFIT,
        _("%(pointer)s: %(problem)s.") % {"pointer": pointer or "/", "problem": first["msg"]},
    )
