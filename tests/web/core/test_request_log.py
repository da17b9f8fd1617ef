"""A line for every request, with nothing in it of whoever asked."""

from __future__ import annotations

import json
import logging

import pytest
from django.test import Client

from sealwright.web.core.logs import Lines
from sealwright.web.core.middleware import requests_logger
from tests.web.factories import a_person

pytestmark = pytest.mark.django_db


def test_a_line_has_the_route_and_never_the_path(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    person = a_person("canary@people.example", name="Canary Castell")
    client.force_login(person)
    with caplog.at_level(logging.INFO, logger=requests_logger.name):
        client.get("/verify?url=https://canary.example/c/1", headers={"User-Agent": "canary"})

    line = Lines().format(caplog.records[-1])

    told = json.loads(line)
    assert told["route"] == "verify"
    assert told["status"] == 200
    assert told["ms"] > 0
    assert "canary" not in line.lower()


def test_every_answer_has_the_id_of_its_request(client: Client) -> None:
    assert len(client.get("/").headers["X-Request-ID"]) == 22
