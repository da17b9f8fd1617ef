"""No page with a list asks the database more often because the list is longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web import crowds
from tests.web.accounts.people import a_client
from tests.web.factories import a_person, an_api_key
from tests.web.scenes import Scene, secured

pytestmark = pytest.mark.django_db(transaction=True)

FEW, MANY = 2, 7


@dataclass(frozen=True)
class List:
    """A page with a list: its route, who looks, and what makes it longer."""

    route: str
    who: str
    more: Callable[[Scene], None]
    query: str = ""

    def path(self, scene: Scene) -> str:
        slug = {"slug": scene.organisation.slug}
        gaps = {
            "catalogue:remove-framework": {"framework": scene.framework.public_id},
            "wallet:shared": {"share": scene.share.public_id},
            "wallet:public-profile": {"handle": scene.profile.handle},
        }
        inside = self.who in {"owner", "program"} or self.route == "pages:provider"
        return reverse(self.route, kwargs=gaps.get(self.route, slug if inside else {})) + self.query


LISTS = [
    List("issuing:awards", "owner", crowds.more_awards),
    List("issuing:batches", "owner", crowds.more_programmes),
    List("issuing:batches", "owner", crowds.more_tables),
    List("issuing:overview", "owner", crowds.more_programmes),
    List("catalogue:programmes", "owner", crowds.more_programmes),
    List("assessing:applications", "owner", crowds.more_applications),
    List("organisations:people", "owner", crowds.more_people),
    List("organisations:units", "owner", crowds.more_settings),
    List("organisations:domains", "owner", crowds.more_settings),
    List("organisations:api-keys", "owner", crowds.more_settings),
    List("organisations:trail", "owner", crowds.more_awards),
    List("issuing:keys", "owner", crowds.more_settings),
    List("leaving:overview", "owner", crowds.more_settings),
    List("trust:recognitions", "owner", crowds.more_settings),
    List("organisations:all", "operator", crowds.more_providers),
    List("trust:claims", "operator", crowds.more_settings),
    List("catalogue:frameworks", "operator", crowds.more_frameworks),
    List("catalogue:remove-framework", "operator", crowds.more_that_name),
    List("wallet:wallet", "learner", crowds.more_held),
    List("wallet:shares", "learner", crowds.more_shares),
    List("wallet:resume", "learner", crowds.more_held),
    List("assessing:own", "learner", crowds.more_applications),
    List("wallet:shared", "anybody", crowds.more_held),
    List("wallet:public-profile", "anybody", crowds.more_held),
    List("pages:find", "anybody", crowds.more_programmes),
    List("pages:find", "anybody", crowds.more_providers, "?q=coastal"),
    List("pages:providers", "anybody", crowds.more_providers),
    List("pages:provider", "anybody", crowds.more_programmes),
    List("outbox", "anybody", crowds.more_mail),
    List("demo", "anybody", crowds.more_of_the_demo),
    List("api-v1:awards", "program", crowds.more_awards),
    List("api-v1:programmes", "program", crowds.more_programmes),
]
"""Every page with a list whose length other people decide."""


def somebody_who_looks(who: str, scene: Scene) -> Client:
    match who:
        case "owner":
            return a_client(scene.owner)
        case "learner":
            return a_client(scene.learner)
        case "operator":
            return a_client(secured(a_person(is_operator=True)))
        case "program":
            secret = an_api_key(scene.organisation)
            return Client(headers={"Authorization": f"Bearer {secret}"})
    return a_client(None)


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: f"{listed.route}{listed.query}")
def test_a_list_asks_the_database_as_often_for_many_as_for_few(listed: List, settings: Any) -> None:
    settings.DEMO = True
    scene = Scene("Harbour College")
    client = somebody_who_looks(listed.who, scene)

    def asked() -> tuple[int, int]:
        client.get(listed.path(scene))  # what a first look settles once
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(listed.path(scene))
        assert answer.status_code == 200
        return len(queries), len(answer.content)

    for _ in range(FEW):
        listed.more(scene)
    few, short = asked()
    for _ in range(MANY - FEW):
        listed.more(scene)
    many, long = asked()

    assert many == few
    assert long > short, "the list did not grow"
