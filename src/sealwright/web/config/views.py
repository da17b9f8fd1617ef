"""The page that explains the HTTP interface, made from its own OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sealwright.web.config.api import api
from sealwright.web.core.access import open_to_all
from sealwright.web.core.refusals import KINDS

Document = Mapping[str, Any]


class Member(NamedTuple):
    """One member of a request or an answer. `shape` names the shape that it has, if any."""

    name: str
    kind: str
    required: bool
    description: str
    example: str
    shape: str


class Operation(NamedTuple):
    """One thing a program can ask for."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    examples: str
    parameters: Sequence[Member]
    bodies: Sequence[tuple[str, Sequence[Member]]]
    status: str
    answer: str


class Group(NamedTuple):
    """Operations about one subject."""

    name: str
    operations: Sequence[Operation]


class Shape(NamedTuple):
    """The members of something that operations take or give."""

    name: str
    description: str
    members: Sequence[Member]


@open_to_all
@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """Everything the OpenAPI document says, for people, without a script from anywhere."""
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    context = {
        "about": document["info"]["description"],
        "groups": list(_groups(document)),
        "shapes": list(_shapes(document)),
        "kinds": KINDS,
        "checks": settings.CHECKS_A_MINUTE,
        "calls": settings.CALLS_A_MINUTE,
    }
    return render(request, "ui/programs.html", context)


def _groups(document: Document) -> Iterator[Group]:
    by_tag: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            (tag,) = operation["tags"]
            by_tag.setdefault(tag, []).append(_operation(document, method, path, operation))
    for tag, operations in by_tag.items():
        yield Group(tag, operations)


def _operation(document: Document, method: str, path: str, operation: Document) -> Operation:
    content = operation.get("requestBody", {}).get("content", {})
    bodies = {kind: _resolved(document, body["schema"]) for kind, body in content.items()}
    status, answer = next(
        (status, said["content"]["application/json"]["schema"])
        for status, said in operation["responses"].items()
        if 200 <= int(status) < 300
    )
    return Operation(
        operation["operationId"],
        method.upper(),
        path,
        operation["summary"],
        operation["description"],
        operation.get("x-scope", ""),
        _examples(document, method, path, operation, bodies),
        list(_parameters(operation)),
        [(kind, list(_members(schema))) for kind, schema in bodies.items()],
        str(status),
        _shape_of(answer),
    )


def _shapes(document: Document) -> Iterator[Shape]:
    """What is not shown with an operation itself."""
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        if not _is_body(document, name):
            yield Shape(name, schema.get("description", ""), list(_members(schema)))


def _is_body(document: Document, name: str) -> bool:
    return any(
        _shape_of(body["schema"]) == name
        for methods in document["paths"].values()
        for operation in methods.values()
        for body in operation.get("requestBody", {}).get("content", {}).values()
    )


def _parameters(operation: Document) -> Iterator[Member]:
    for each in operation.get("parameters", ()):
        if each["in"] != "path":
            yield _member(each["name"], each["schema"], each["required"])


def _members(schema: Document) -> Iterator[Member]:
    required = schema.get("required", ())
    for name, member in schema["properties"].items():
        yield _member(name, member, name in required)


def _member(name: str, schema: Document, required: bool) -> Member:
    example = next(iter(schema.get("examples") or [""]))
    description = schema.get("description", "")
    return Member(name, _kind(schema), required, description, str(example), _shape_of(schema))


def _kind(schema: Document) -> str:
    if "enum" in schema:
        return " | ".join(filter(None, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(_kind(choice) for choice in schema["anyOf"])
    if "$ref" in schema:
        return "object"
    if "items" in schema:
        return f"array of {_kind(schema['items'])}"
    kind = str(schema.get("type", "object"))
    detail = schema.get("format")
    return f"{kind} ({detail})" if detail else kind


def _shape_of(schema: Document) -> str:
    """The name of the shape that a schema refers to, itself or by its choices or items."""
    inside = [schema, schema.get("items", {}), *schema.get("anyOf", ())]
    return next((each["$ref"].rpartition("/")[2] for each in inside if "$ref" in each), "")


def _resolved(document: Document, schema: Document) -> Document:
    found: Document = document["components"]["schemas"].get(_shape_of(schema), schema)
    return found


def _examples(
    document: Document, method: str, path: str, operation: Document, bodies: Document
) -> str:
    """Calls that could be made, as lines for a shell."""
    url = f"{settings.BASE_URL}{path}"
    key = " -H 'Authorization: Bearer swk_…'" if operation.get("security") else ""
    if method == "get":
        return f"curl{key} \\\n     {url}"
    calls = []
    for kind, schema in bodies.items():
        if kind == "multipart/form-data":
            calls.append(f"curl -F file=@badge.png {url}")
        else:
            body = json.dumps(_example(document, schema), ensure_ascii=False)
            calls.append(f"curl{key} -H 'Content-Type: {kind}' \\\n     -d '{body}' \\\n     {url}")
    return "\n\n".join(reversed(calls))


def _example(document: Document, schema: Document) -> dict[str, Any]:
    """An object with what must be there and what has an example; of several choices one."""
    choices = schema.get("oneOf", ())
    wanted = {*schema.get("required", ()), *(choices[-1]["required"] if choices else ())}
    passed_over = {name for choice in choices[:-1] for name in choice["required"]}
    told = {}
    for name, member in schema["properties"].items():
        if name in wanted or (member.get("examples") and not choices and name not in passed_over):
            told[name] = _example_value(document, member)
    return told


def _example_value(document: Document, member: Document) -> Any:
    if member.get("examples"):
        return member["examples"][0]
    if "items" in member:
        return [_example_value(document, member["items"])]
    if "$ref" in member:
        return _example(document, _resolved(document, member))
    return next(iter(member.get("enum", [""])))
