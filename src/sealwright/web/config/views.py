"""The page that explains the HTTP interface, made from its own OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sealwright.web.config.api import api
from sealwright.web.core.access import open_to_all
from sealwright.web.core.refusals import KINDS


class Member(NamedTuple):
    """One member of a request or an answer."""

    name: str
    kind: str
    required: bool
    description: str
    example: str


class Operation(NamedTuple):
    """One thing a program can ask for."""

    method: str
    path: str
    summary: str
    description: str
    bodies: list[tuple[str, list[Member]]]
    answer: list[Member]
    finding: list[Member]


@open_to_all
@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """Everything the OpenAPI document says, for people, without a script from anywhere."""
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    context = {
        "about": document["info"]["description"],
        "operations": list(_operations(document)),
        "kinds": KINDS,
        "base_url": settings.BASE_URL,
        "checks": settings.CHECKS_A_MINUTE,
    }
    return render(request, "ui/programs.html", context)


def _operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation["requestBody"]["content"]
            yield Operation(
                method.upper(),
                path,
                operation["summary"],
                operation["description"],
                [(kind, list(_members(body["schema"]))) for kind, body in content.items()],
                list(_members(schemas["ReportOut"])),
                list(_members(schemas["FindingOut"])),
            )


def _members(schema: Mapping[str, Any]) -> Iterator[Member]:
    required = schema.get("required", ())
    for name, member in schema["properties"].items():
        examples = member.get("examples") or [""]
        yield Member(
            name, _kind(member), name in required, member.get("description", ""), str(examples[0])
        )


def _kind(member: Mapping[str, Any]) -> str:
    if "enum" in member:
        return " | ".join(member["enum"])
    if "anyOf" in member:
        kinds = [_kind(choice) for choice in member["anyOf"]]
        return " | ".join(kind for kind in kinds if kind != "null")
    kind = str(member.get("type", "object"))
    detail = member.get("format")
    return f"{kind} ({detail})" if detail else kind
