"""Who runs the site is said at its keyboard, of people with an account."""

from __future__ import annotations

import pytest
from django.test import Client

from sealwright.cli import main
from sealwright.web.accounts.models import User
from sealwright.web.audit.models import Entry
from sealwright.web.core.events import SITE
from tests.web.factories import a_person

pytestmark = pytest.mark.django_db

ADDRESS = "ines@badges.example"


def test_somebody_with_an_account_is_made_operator_and_the_trail_says_so() -> None:
    person = a_person(ADDRESS)

    code = main(["operators", "add", "Ines@badges.example"])

    assert code == 0
    assert User.objects.get(is_operator=True) == person
    entry = Entry.objects.get(organisation=SITE)
    assert (entry.event, entry.subject) == ("operator.appointed", person.public_id)


def test_the_pages_of_operators_then_ask_for_a_second_factor(client: Client) -> None:
    client.force_login(a_person(ADDRESS))
    before = client.get("/operator/frameworks")
    main(["operators", "add", ADDRESS])
    after = client.get("/operator/frameworks")

    assert before.status_code == 404
    assert after["Location"].startswith("/account/second-factor")


def test_operators_are_listed_and_dismissed(capsys: pytest.CaptureFixture[str]) -> None:
    a_person(ADDRESS)
    main(["operators", "add", ADDRESS])
    capsys.readouterr()

    main(["operators", "list"])
    listed = capsys.readouterr().out
    main(["operators", "remove", ADDRESS])

    assert ADDRESS in listed
    assert not User.objects.filter(is_operator=True).exists()


def test_a_thing_said_twice_is_on_the_trail_once() -> None:
    a_person(ADDRESS)
    for action in ("add", "add", "remove", "remove"):
        main(["operators", action, ADDRESS])

    told = Entry.objects.filter(organisation=SITE).order_by("pk").values_list("event", flat=True)
    assert list(told) == ["operator.appointed", "operator.dismissed"]


def test_an_address_nobody_has_proven_makes_no_operator(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["operators", "add", ADDRESS]) == 64
    assert "Sign up with it first" in capsys.readouterr().err
