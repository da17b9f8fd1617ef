"""The demo's doors, which are walls everywhere else."""

from __future__ import annotations

from typing import Any

import pytest

from sealwright.web.accounts.models import DemoSide, User
from sealwright.web.core.models import DeliveredMail
from tests.web.accounts.people import a_client
from tests.web.factories import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]


def somebody(**fields: Any) -> User:
    told: dict[str, Any] = {
        "is_demo": True,
        "demo_side": DemoSide.PROVIDER,
        "demo_note": "Issuer at Harbour",
    }
    return a_person(name="Tomas Bakker", **told | fields)


@pytest.mark.parametrize("path", ["/demo", "/demo/outbox", "/demo/outbox/1"])
def test_where_there_is_no_demo_its_pages_are_not_there(path: str) -> None:
    DeliveredMail.objects.create(pk=1, sender="a@b.example", to="c@d.example", subject="s")

    assert a_client().get(path).status_code == 404


def test_where_there_is_no_demo_nobody_signs_in_with_one_click() -> None:
    client = a_client()

    answer = client.post("/demo/sign-in", {"person": somebody().public_id})

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo")
def test_one_click_signs_in_as_somebody_of_the_demo_world() -> None:
    person = somebody()
    client = a_client(a_person())

    answer = client.post("/demo/sign-in", {"person": person.public_id})

    assert answer["Location"] == "/start"
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("fields", [{"is_demo": False}, {"is_active": False}])
def test_nobody_else_is_signed_in_with_one_click(fields: dict[str, bool]) -> None:
    client = a_client()

    answer = client.post("/demo/sign-in", {"person": somebody(**fields).public_id})

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo")
def test_the_people_stand_in_groups_with_what_they_do() -> None:
    somebody()
    somebody(demo_side=DemoSide.LEARNER, demo_note="Nurse in the community")

    page = a_client().get("/demo").content.decode()

    for words in ("Learners", "Providers", "Issuer at Harbour", "Nurse in the community"):
        assert words in page
    assert "Employers" not in page


@pytest.mark.usefixtures("demo")
def test_the_outbox_is_searched_by_address() -> None:
    for to in ("mira@people.example", "sol@people.example"):
        DeliveredMail.objects.create(sender="us@here.example", to=to, subject=f"For {to}")

    page = a_client().get("/demo/outbox?q=mira").content.decode()

    assert "For mira@people.example" in page
    assert "For sol@people.example" not in page


@pytest.mark.usefixtures("demo")
def test_a_mail_has_links_to_follow_and_nothing_in_it_is_run() -> None:
    mail = DeliveredMail.objects.create(
        sender="us@here.example",
        to="mira@people.example",
        subject="<script>alert(1)</script>",
        text="Open http://localhost:8000/c/1?a=1&b=<script>alert(2)</script>",
        html="<img src=x onerror=alert(3)>",
    )

    page = a_client().get(f"/demo/outbox/{mail.pk}").content.decode()

    assert '<a href="http://localhost:8000/c/1?a=1&amp;b=' in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
