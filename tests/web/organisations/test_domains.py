"""Showing that a domain is one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sealwright.web.audit.models import Entry
from sealwright.web.core.worker import run_pending
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.domains import domain_of, is_under
from sealwright.web.organisations.models import DomainProof, Organisation, Role
from sealwright.web.organisations.services.domains import (
    check_domain,
    check_due_domains,
    drop_domain,
    name_domain,
)
from tests.web.factories import an_actor, an_organisation
from tests.web.organisations.refusing import refused
from tests.web.recorded import DOCUMENTS

pytestmark = pytest.mark.django_db

FILE = "https://harbour.example/.well-known/sealwright.txt"


@pytest.fixture
def owner() -> Actor:
    return an_actor(Role.OWNER, an_organisation())


@pytest.fixture
def proof(owner: Actor) -> DomainProof:
    return name_domain("https://Harbour.example/about", actor=owner)


def put(text: str, url: str = FILE, **answer: Any) -> None:
    DOCUMENTS[url] = {"content_type": "text/plain", "body": text, **answer}


def test_a_token_under_the_domain_proves_it(owner: Actor, proof: DomainProof) -> None:
    put(f"# ours\r\n{proof.token}\r\n")

    checked = check_domain(proof.public_id, actor=owner)

    assert checked.proven_at == checked.confirmed_at == checked.checked_at
    assert (checked.problem, checked.read) == ("", proof.token)
    assert list(Entry.objects.values_list("event", flat=True)) == ["domain.proven", "domain.named"]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (None, "not-recorded"),
        ({"status": 404, "body": ""}, "http-not-found"),
        ({"status": 503, "body": ""}, "http-server-error"),
        ({"body": "x" * 20_000}, "answer-too-large"),
        ({"body": ""}, "file-empty"),
        ({"body": "sealwright-somebody-elses"}, "token-missing"),
        ({"body": "<html>Not found</html>"}, "token-missing"),
        ({"body": "x", "delay_seconds": 60}, "timed-out"),
    ],
)
def test_what_was_wrong_is_kept(
    owner: Actor, proof: DomainProof, answer: dict[str, Any] | None, problem: str
) -> None:
    if answer:
        DOCUMENTS[FILE] = answer

    checked = check_domain(proof.public_id, actor=owner)

    assert checked.problem == problem
    assert checked.checked_at is not None
    assert checked.proven_at is None


def test_a_token_within_a_longer_line_proves_nothing(owner: Actor, proof: DomainProof) -> None:
    put(f"was asked to put {proof.token} here")

    assert check_domain(proof.public_id, actor=owner).problem == "token-missing"


def test_a_redirect_to_another_domain_proves_nothing(owner: Actor, proof: DomainProof) -> None:
    put("", status=302, location="https://elsewhere.example/token")
    put(proof.token, url="https://elsewhere.example/token")

    assert check_domain(proof.public_id, actor=owner).problem == "other-domain"


def test_a_redirect_to_www_is_the_same_domain(owner: Actor, proof: DomainProof) -> None:
    there = FILE.replace("//", "//www.")
    put("", status=301, location=there)
    put(proof.token, url=there)

    assert check_domain(proof.public_id, actor=owner).proven_at is not None


def test_two_organisations_may_share_a_domain(owner: Actor, proof: DomainProof) -> None:
    other = an_actor(Role.OWNER, an_organisation("Harbour Press"))
    theirs = name_domain("harbour.example", actor=other)
    put(f"{proof.token}\n{theirs.token}\n")

    assert check_domain(proof.public_id, actor=owner).proven_at is not None
    assert check_domain(theirs.public_id, actor=other).proven_at is not None


def test_one_organisations_token_proves_nothing_for_another(
    owner: Actor, proof: DomainProof
) -> None:
    thief = an_actor(Role.OWNER, an_organisation("Hill School"))
    theirs = name_domain("harbour.example", actor=thief)
    put(proof.token)

    assert check_domain(theirs.public_id, actor=thief).problem == "token-missing"


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("harbour.example", "harbour.example"),
        ("HTTPS://Harbour.Example/a?b#c", "harbour.example"),
        ("harbour.example.", "harbour.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("localhost", ""),
        ("harbour.local", ""),
        ("192.0.2.1", ""),
        ("[::1]", ""),
        ("harbour.example:8443", ""),
        ("user@harbour.example", ""),
        ("har bour.example", ""),
        ("-harbour.example", ""),
        (f"{'a' * 64}.example", ""),
        ("", ""),
    ],
)
def test_a_domain_is_understood_however_it_is_written(text: str, domain: str) -> None:
    assert domain_of(text) == domain


def test_a_host_that_the_operator_allows_may_be_named(settings: Any) -> None:
    settings.ALLOW_LOCAL = frozenset({"localhost:8001"})

    assert domain_of("http://localhost:8001/x") == "localhost:8001"


@pytest.mark.parametrize(
    "url", ["https://evil-harbour.example/", "https://harbour.example.evil.example/x"]
)
def test_a_name_that_contains_the_domain_is_not_the_domain(url: str) -> None:
    assert not is_under(url, "harbour.example")


def test_what_is_no_domain_is_refused(owner: Actor) -> None:
    with refused(422):
        name_domain("not a domain", actor=owner)


def test_a_domain_is_named_once(owner: Actor, proof: DomainProof) -> None:
    with refused(409, "harbour.example"):
        name_domain("harbour.example", actor=owner)


def test_the_list_of_domains_ends(owner: Actor) -> None:
    for number in range(20):
        name_domain(f"d{number}.example", actor=owner)

    with refused(409, "20"):
        name_domain("one-more.example", actor=owner)


def test_a_domain_can_be_taken_off_the_list(owner: Actor, proof: DomainProof) -> None:
    assert drop_domain(proof.public_id, actor=owner) == "harbour.example"

    with refused(404):
        check_domain(proof.public_id, actor=owner)


def test_domains_of_another_organisation_are_not_there(proof: DomainProof) -> None:
    stranger = an_actor(Role.OWNER, an_organisation("Hill School"))

    with refused(404):
        check_domain(proof.public_id, actor=stranger)
    with refused(404):
        drop_domain(proof.public_id, actor=stranger)


# --- Looking again --------------------------------------------------------------------------


def later(**times: timedelta) -> None:
    """As if what happened to the domain had happened earlier."""
    proof = DomainProof.objects.get()
    for name, ago in times.items():
        setattr(proof, name, timezone.now() - ago)
    proof.save()


def test_the_worker_looks_again_every_day(owner: Actor, proof: DomainProof) -> None:
    put(proof.token)
    check_domain(proof.public_id, actor=owner)

    assert not check_due_domains()
    later(checked_at=timedelta(hours=25), confirmed_at=timedelta(hours=25))
    run_pending()

    confirmed = DomainProof.objects.get().confirmed_at
    assert confirmed is not None
    assert confirmed > timezone.now() - timedelta(minutes=1)


def test_a_proven_domain_outlives_a_bad_day(owner: Actor, proof: DomainProof) -> None:
    put(proof.token)
    check_domain(proof.public_id, actor=owner)
    DOCUMENTS.clear()

    later(checked_at=timedelta(days=2), confirmed_at=timedelta(days=2))
    run_pending()

    now = DomainProof.objects.get()
    assert now.proven_at is not None
    assert now.problem == "not-recorded"


def test_a_domain_that_fails_for_a_week_is_proven_no_more(owner: Actor, proof: DomainProof) -> None:
    put(proof.token)
    check_domain(proof.public_id, actor=owner)
    put("for sale")

    later(checked_at=timedelta(days=2), confirmed_at=timedelta(days=8))
    run_pending()

    assert DomainProof.objects.get().proven_at is None
    assert Entry.objects.first() == Entry.objects.get(event="domain.lost", actor="worker")


def test_hope_for_a_domain_that_was_never_proven_ends(proof: DomainProof) -> None:
    later(checked_at=timedelta(days=2), told_at=timedelta(days=31))

    assert not check_due_domains()


def test_domains_of_closed_organisations_are_left_alone(owner: Actor, proof: DomainProof) -> None:
    put(proof.token)
    check_domain(proof.public_id, actor=owner)
    later(checked_at=timedelta(days=2))
    Organisation.objects.update(closed_at=timezone.now())

    assert not check_due_domains()
