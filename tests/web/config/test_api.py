"""The whole interface for programs: as published, as explained, and under fire."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings

from sealwright.web.config.api import api
from sealwright.web.issuing.models import Award
from sealwright.web.organisations.models import Organisation
from tests.web.factories import an_api_key, an_award, an_organisation

SNAPSHOT = Path(__file__).parent / "openapi.json"


def test_the_interface_is_the_one_that_was_published() -> None:
    """After a change that is meant: write the document to `openapi.json` beside this file."""
    now = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))

    assert now == json.loads(SNAPSHOT.read_text("utf-8"))


def test_the_page_explains_every_operation_and_every_shape(client: Client) -> None:
    page = client.get("/api/v1/").content.decode()
    document = api.get_openapi_schema(path_prefix="/api/v1/")

    for methods in document["paths"].values():
        for operation in methods.values():
            assert f'<h2 id="{operation["operationId"]}">' in page
    for target in set(re.findall(r'href="#([\w-]+)"', page)):
        assert page.count(f'id="{target}"') == 1, target


def test_every_operation_says_which_problems_it_may_answer_with() -> None:
    document = api.get_openapi_schema(path_prefix="/api/v1/")

    for methods in document["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                is_problem = "application/problem+json" in response["content"]
                assert is_problem == (int(status) >= 400)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A real server gives every request a connection of its own; here all share the test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.django_db
@schema.parametrize()
@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
def test_no_call_that_the_document_allows_or_forbids_breaks_it(
    case: schemathesis.Case[Any], settings: Any
) -> None:
    settings.CHECKS_A_MINUTE = settings.CALLS_A_MINUTE = 1_000_000
    # RFC 3339 knows times that a credential may not name, such as those of a zone 17 hours
    # away, and the document cannot say what is there. Empty fields of a form and doubled
    # parameters are lost on the way, so what was wrong arrives as right.
    excluded = ["positive_data_acceptance"]
    if case.media_type == "multipart/form-data" or case.method == "GET":
        excluded.append("negative_data_rejection")
    checks: list[Any] = [schemathesis.checks.CHECKS.get_one(name) for name in excluded]
    headers = {"Accept-Encoding": "identity"}
    if "{slug}" in case.path:
        college, award = _college(), _award()
        headers["Authorization"] = f"Bearer {an_api_key(college)}"
        there = {"slug": college.slug, "award": award.public_id, "batch": award.batch.public_id}
        case.path_parameters = {name: there[name] for name in case.path_parameters}

    case.call_and_validate(headers=headers, excluded_checks=checks)


def _college() -> Organisation:
    return Organisation.objects.first() or an_organisation()


def _award() -> Award:
    return Award.objects.first() or an_award(_college())
