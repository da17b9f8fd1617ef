"""The list of addresses at the door, the page after it, and every mail that allauth may send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.models import EmailAddress
from allauth.urls import urlpatterns as theirs
from django.conf import settings as site
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import URLPattern
from django.utils import timezone

from sealwright.web.accounts import mails, selectors
from sealwright.web.accounts.entrance import urlpatterns as ours
from sealwright.web.accounts.models import AddressProof, User
from sealwright.web.accounts.reactions import tidy
from sealwright.web.accounts.selectors import Place
from sealwright.web.core.access import rule_of
from sealwright.web.core.models import Message
from tests.web.accounts.people import a_client
from tests.web.factories import a_person

pytestmark = pytest.mark.django_db

NEVER_SENT = {
    "email_changed", "email_confirm", "email_deleted",  # our own services write these
    "password_reset_key",  # we reset by code
    "base",
}  # fmt: skip
NEVER_SHOWN = {
    "account/confirm_phone_verification_code", "account/phone_change",
    "account/email", "account/email_change", "mfa/index", "mfa/webauthn/authenticator_list",
    "account/email_confirm", "account/verification_sent",  # codes, not links
    "account/password_reset_done", "mfa/trust",
}  # fmt: skip
"""Pages of allauth that no address of ours leads to."""

TEMPLATES = Path(mails.__file__).parent / "templates"
LETTERS = TEMPLATES / "accounts" / "mail"


def patterns(entries: list[Any], path: str = "") -> Iterator[tuple[str | None, str]]:
    for entry in entries:
        if isinstance(entry, URLPattern):
            yield entry.name, path + str(entry.pattern)
        else:
            yield from patterns(entry.url_patterns, path + str(entry.pattern))


def test_allauths_pages_are_at_our_door_under_their_names_and_none_is_new() -> None:
    here = {name: route for name, route in patterns(ours) if route.startswith("accounts/")}

    assert here == {name: f"accounts/{route}" for name, route in patterns(theirs)}


def test_every_page_at_the_door_declares_its_rule() -> None:
    assert [entry.name for entry in ours if rule_of(entry.callback) is None] == []


def test_every_mail_that_allauth_may_send_is_written_by_us() -> None:
    templates = Path(allauth.__file__).parent / "templates"
    names = {
        path.name.removesuffix("_message.txt")
        for folder in ("account", "mfa")
        for path in (templates / folder / "email").glob("*_message.txt")
    } - NEVER_SENT

    for name in names:
        assert get_template(f"accounts/mail/{name}.txt")


def test_every_page_of_allauth_that_can_be_reached_is_ours() -> None:
    sources = Path(allauth.__file__).parent
    modules = [
        path
        for folder in ("account", "mfa")
        for path in (sources / folder).rglob("*.py")
        if "views" in path.relative_to(sources).as_posix()
    ]
    named = {
        name
        for module in modules
        for name in re.findall(r'"((?:account|mfa)/\w[\w/]*)\.', module.read_text("utf-8"))
    }

    foreign = {name for name in named if not list(TEMPLATES.glob(f"{name}.*"))}

    assert {"account/login", "mfa/webauthn/add_form"} <= named
    assert foreign == NEVER_SHOWN


@pytest.mark.parametrize("name", sorted(path.stem for path in LETTERS.glob("[a-z]*.txt")))
def test_a_mail_has_a_subject_of_one_line_and_says_where_it_is_from(name: str) -> None:
    letter = mails.letter(
        name, to="mira@people.example", person=a_person(), code="BCDF-GHJK", email="a&b@c.example"
    )

    assert 10 < len(letter.subject) < 80
    assert not letter.subject.endswith(".")
    assert letter.text.strip().endswith(f"Sealwright\n{site.BASE_URL}")
    assert "&amp;" not in letter.text
    assert "\n\n\n" not in letter.text


def test_a_code_is_sent_before_the_awards_that_wait() -> None:
    Message.objects.create(key="award", kind="offer", to="a@b.example", subject="s", text="t")
    a_client().post("/accounts/signup/", {"email": "mira@people.example"})

    first = Message.objects.order_by("due_at").first()

    assert first is not None
    assert first.to == "mira@people.example"


def test_the_first_page_names_what_is_ones_own_and_then_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = Place("Your wallet", "3 badges", "/wallet", "wallet")
    monkeypatch.setattr(selectors, "_places", [lambda person: [place]])

    page = a_client(a_person(name="Mira Holt")).get("/start").content.decode()

    assert page.index("Welcome, Mira Holt") < page.index("Your wallet") < page.index("I issue")


def test_what_is_over_is_forgotten_and_what_lasts_is_kept() -> None:
    long_ago = timezone.now() - timedelta(days=2)
    person = a_person()
    unfinished = User.objects.create_user(email="no@body.example", created_at=long_ago)
    EmailAddress.objects.create(user=unfinished, email="no@body.example")
    AddressProof.objects.create(
        person=person, email="x@y.example", tries_left=5, expires_at=long_ago
    )
    for kind in ("account.login_code", "offer"):
        Message.objects.create(
            key=kind, kind=kind, to="x@y.example", state=Message.State.SENT, created_at=long_ago
        )

    tidy()

    assert [message.kind for message in Message.objects.all()] == ["offer"]
    assert list(User.objects.all()) == [person]
    assert not AddressProof.objects.exists()


def test_a_template_that_is_not_there_is_an_error_and_not_an_empty_mail() -> None:
    with pytest.raises(TemplateDoesNotExist):
        mails.letter("nothing", to="mira@people.example")
