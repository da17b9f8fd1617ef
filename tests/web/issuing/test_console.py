"""The issuer's console: issuing to one person, finding awards, changing their standing."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from sealwright.web.core.models import Message
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import Award, Batch, StandingOrder
from sealwright.web.issuing.services.batches import Person, award_one, make_batch
from sealwright.web.organisations.models import Organisation, Role
from tests.web.factories import a_version, an_actor, an_organisation, somebody
from tests.web.scenes import secured

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def desk(college: Organisation) -> Client:
    """The browser of an issuer."""
    client = Client()
    client.force_login(secured(somebody(Role.ISSUER, college)))
    return client


def issued(college: Organisation, number: int) -> list[Award]:
    people = [Person(f"p{n}@people.example", name=f"Person {n}") for n in range(number)]
    actor = an_actor(Role.ISSUER, college)
    make_batch(a_version(college), people, actor=actor, source=Batch.Source.API)
    run_pending()
    return list(Award.objects.order_by("pk"))


def test_one_person_is_awarded_from_a_form(desk: Client, college: Organisation) -> None:
    programme = a_version(college).programme
    told = {"name": "Mira Holt", "address": "mira@people.example", "note": "Well done."}

    answer = desk.post(f"/o/{college.slug}/programmes/{programme.public_id}/issue", told)

    award = Award.objects.get()
    assert answer["Location"] == f"/o/{college.slug}/awards/{award.public_id}"
    assert "Well done." in Message.objects.get().text
    page = desk.get(answer["Location"])
    assert b"mira@people.example" in page.content


def test_what_was_typed_is_kept_when_somebody_holds_it_already(
    desk: Client, college: Organisation
) -> None:
    version = a_version(college)
    actor = an_actor(Role.ISSUER, college)
    award_one(version, Person("mira@people.example"), actor=actor, source=Batch.Source.FORM)
    told = {"name": "Mira Typed", "address": "mira@people.example"}

    page = desk.post(f"/o/{college.slug}/programmes/{version.programme.public_id}/issue", told)

    assert page.status_code == 200
    assert b"Mira Typed" in page.content
    assert Award.objects.count() == 1


def test_awards_are_found_by_name_and_taken_along_as_a_table(
    desk: Client, college: Organisation
) -> None:
    issued(college, 12)

    page = desk.get(f"/o/{college.slug}/awards?q=person+7")
    table = desk.get(f"/o/{college.slug}/awards.csv")

    assert page.content.count(b"@people.example") == 1
    assert len(list(csv.reader(io.StringIO(table.getvalue().decode("utf-8-sig"))))) == 13


def test_a_revocation_is_shown_before_it_is_done_and_wants_the_number(
    desk: Client, college: Organisation
) -> None:
    awards = issued(college, 3)
    ids = [award.public_id for award in awards[:2]]
    url = f"/o/{college.slug}/awards/revoke"

    shown = desk.get(url, {"award": ids})
    unsure = desk.post(
        url, {"award": ids, "sure": "yes", "reason": "issued-in-error", "count": "3"}
    )
    done = desk.post(
        url,
        {"award": ids, "sure": "yes", "reason": "issued-in-error", "count": "2", "public": "on"},
    )
    run_pending()

    assert b"2 public pages will turn red" in shown.content
    assert unsure.status_code == 200
    assert done["Location"].startswith(f"/o/{college.slug}/orders/")
    assert Award.objects.filter(revoked_at__isnull=False).count() == 2
    assert b"2 awards were changed" in desk.get(done["Location"]).content


def test_a_whole_batch_is_suspended_and_put_back(desk: Client, college: Organisation) -> None:
    batch = issued(college, 3)[0].batch
    url = f"/o/{college.slug}/batches/{batch.public_id}"

    desk.post(f"{url}/suspend-all", {"sure": "yes", "count": "3"})
    run_pending()
    suspended = Award.objects.filter(suspended_at__isnull=False).count()
    desk.post(f"{url}/reinstate-all", {"sure": "yes", "count": "3"})
    run_pending()

    assert suspended == 3
    assert not Award.objects.filter(suspended_at__isnull=False).exists()
    assert StandingOrder.objects.filter(state="done").count() == 2


def test_progress_is_a_fragment_for_htmx_and_a_page_for_everybody(
    desk: Client, college: Organisation
) -> None:
    actor = an_actor(Role.ISSUER, college)
    batch = make_batch(
        a_version(college), [Person("a@b.example")], actor=actor, source=Batch.Source.API
    )
    url = f"/o/{college.slug}/batches/{batch.public_id}"

    page = desk.get(url)
    alone = desk.get(url, headers={"HX-Request": "true"})

    assert b"http-equiv" in page.content
    assert b"<html" not in alone.content
    assert b'hx-trigger="every 1s"' in alone.content


def test_an_award_is_corrected_and_the_old_one_points_to_it(
    desk: Client, college: Organisation
) -> None:
    (award,) = issued(college, 1)
    told = {"why": "Misspelt", "name": "Person Zero", "address": "p0@people.example"}

    desk.post(f"/o/{college.slug}/awards/{award.public_id}/correct", told)
    run_pending()

    award.refresh_from_db()
    assert award.superseded_by is not None
    assert award.superseded_by.recipient.name == "Person Zero"


def test_pages_of_lists_ask_the_same_number_of_questions_however_long(
    desk: Client, college: Organisation, django_assert_max_num_queries: object
) -> None:
    issued(college, 40)

    with django_assert_max_num_queries(20):  # type: ignore[operator]
        desk.get(f"/o/{college.slug}/awards")
