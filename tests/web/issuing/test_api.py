"""Issuing for programs, over HTTP."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sealwright.web.catalogue.models import Version
from sealwright.web.core.models import Message
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import Award, Batch, Credential, IdempotencyKey
from sealwright.web.issuing.services import idempotency
from sealwright.web.issuing.services.batches import Person
from sealwright.web.issuing.services.claims import claim_by_link
from sealwright.web.issuing.services.idempotency import forget
from sealwright.web.issuing.services.offers import claim_token
from sealwright.web.issuing.shapes import AwardIn, BatchIn, RevocationIn
from sealwright.web.organisations.models import Organisation, Unit
from sealwright.web.organisations.permissions import Permission
from tests.web.factories import a_programme, a_version, an_api_key, an_award, an_organisation
from tests.web.side_by_side import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)

MIRA = {"email": "mira@people.example", "name": "Mira Holt"}


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def version(college: Organisation) -> Version:
    return a_version(college, grade="percent")


class Program:
    """A program of an organisation, with its key."""

    def __init__(self, organisation: Organisation, *scopes: Permission, **key: Any) -> None:
        self.root = f"/api/v1/organisations/{organisation.slug}"
        self.key = an_api_key(organisation, *scopes, **key)

    def get(self, path: str, **query: Any) -> Any:
        return Client().get(f"{self.root}{path}", query, headers=self._head())

    def post(self, path: str, body: Any, key: str = "") -> Any:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        more = {"Idempotency-Key": key} if key else {}
        return Client().post(
            f"{self.root}{path}", text, "application/json", headers=self._head() | more
        )

    def _head(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


@pytest.fixture
def program(college: Organisation) -> Program:
    return Program(college)


def one(of: Version, **more: Any) -> dict[str, Any]:
    person = MIRA | more.pop("person", {})
    return {"programme": of.programme.public_id, "person": person, **more}


def many(version: Version, number: int) -> dict[str, Any]:
    people = [{"email": f"p{n}@people.example", "name": f"P {n}"} for n in range(number)]
    return {"programme": version.programme.public_id, "people": people}


# --- One ------------------------------------------------------------------------------------


def test_a_program_awards_one_person(program: Program, version: Version) -> None:
    body = one(
        version,
        person={
            "grade": "87.5",
            "awarded": "2026-02-28",
            "evidence": {"url": "https://harbour.example/log/7"},
        },
        note="Well sailed.",
        reason="Exam board of March",
    )

    answer = program.post("/awards", body)

    award = Award.objects.get()
    told = answer.json()
    assert answer.status_code == 201
    assert answer["Location"] == f"{program.root}/awards/{award.public_id}"
    assert (told["id"], told["url"]) == (award.public_id, award.url)
    assert told["recipient"] == MIRA
    assert (told["standing"], told["holder_proof"], told["claimed"]) == ("in-force", "none", None)
    assert told["awarded"] == "2026-02-28T00:00:00Z"
    assert told["mail"]["state"] == "waiting"
    document = bytes(Credential.objects.get().document or b"").decode()
    assert "87.5" in document
    assert "https://harbour.example/log/7" in document
    assert "Well sailed." in Message.objects.get().text
    assert award.batch.why == "Exam board of March"
    assert program.get(f"/awards/{award.public_id}").json() == told


def test_who_holds_it_already_is_not_awarded_it_again(program: Program, version: Version) -> None:
    program.post("/awards", one(version))

    answer = program.post("/awards", one(version, person={"email": "MIRA@people.example"}))

    assert answer.status_code == 409
    assert answer.json()["type"] == "/api/v1/#conflict"
    assert "holds it already" in answer.json()["detail"]
    assert program.post("/awards", one(version, period="2027")).status_code == 201


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"person": {"email": "mira"}}, "/person/email"),
        ({"person": {"email": ""}}, "/person/email"),
        ({"person": {"name": ""}}, "/person/name"),
        ({"person": {"name": "mira@people.example"}}, "/person/name"),
        ({"person": {"grade": "101"}}, "/person/grade"),
        ({"person": {"grade": "A"}}, "/person/grade"),
        ({"person": {"awarded": "yesterday"}}, "/person/awarded"),
        ({"person": {"awarded": "2999-01-01"}}, "/person/awarded"),
        ({"person": {"valid_until": "2020-01-01"}}, "/person/valid_until"),
        ({"person": {"evidence": {"url": "log 7"}}}, "/person/evidence/url"),
        (
            {"person": {"evidence": {"url": "https://a.example", "kind": 1}}},
            "/person/evidence/kind",
        ),
        ({"person": {"nmae": "Mira"}}, "/person/nmae"),
        ({"person": {"name": "Mi\u0000ra"}}, "/person/name"),
        ({"programme": "x"}, "/programme"),
        ({"version": 7}, "/version"),
        ({"send_mail": "perhaps"}, "/send_mail"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_issued(
    program: Program, version: Version, change: dict[str, Any], pointer: str
) -> None:
    answer = program.post("/awards", one(version, **change))

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert answer.json()["detail"].startswith(f"{pointer}: ")
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 422, "unfit"),
        ("{", 400, "bad-request"),
        ("[]", 422, "unfit"),
        ('{"programme": "1", "programme": "2"}', 400, "bad-request"),
        (b"\xff", 400, "bad-request"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem_document(
    program: Program, body: str | bytes, status: int, code: str
) -> None:
    answer = program.post("/awards", body)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == f"/api/v1/#{code}"


def test_a_form_is_not_taken_for_json(program: Program) -> None:
    answer = Client().post(f"{program.root}/awards", {"programme": "1"}, headers=program._head())

    assert (answer.status_code, answer.json()["type"]) == (
        415,
        "/api/v1/#unsupported-media-type",
    )


def test_what_nobody_published_cannot_be_awarded(program: Program, college: Organisation) -> None:
    draft = a_programme(college)

    answer = program.post("/awards", {"programme": draft.public_id, "person": MIRA})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/programme")


def test_a_programme_of_another_organisation_is_not_there(program: Program) -> None:
    theirs = a_version(an_organisation("Hill School"))

    assert program.post("/awards", one(theirs)).status_code == 404
    assert program.post("/batches", many(theirs, 1)).status_code == 404


def test_an_award_of_another_organisation_is_not_there(program: Program) -> None:
    theirs = an_award(an_organisation("Hill School"))

    for answer in (
        program.get(f"/awards/{theirs.public_id}"),
        program.get(f"/batches/{theirs.batch.public_id}"),
        program.post(f"/awards/{theirs.public_id}/revocation", {"reason": "other"}),
        program.post(f"/awards/{theirs.public_id}/suspension", {}),
        program.post(f"/awards/{theirs.public_id}/reinstatement", {}),
    ):
        assert answer.status_code == 404


def test_the_address_must_name_the_organisation_of_the_key(college: Organisation) -> None:
    other = Program(an_organisation("Hill School"))
    other.root = f"/api/v1/organisations/{college.slug}"

    assert other.get("/awards").status_code == 404


def test_a_key_of_a_unit_awards_what_is_of_the_unit(college: Organisation) -> None:
    unit = Unit.objects.create(organisation=college, name="Sea")
    program = Program(college, unit=unit)
    own, other = a_version(college, unit=unit), a_version(college)

    assert program.post("/awards", one(own)).status_code == 201
    assert program.post("/awards", one(other)).status_code == 403
    assert [p["id"] for p in program.get("/programmes").json()["programmes"]] == [
        own.programme.public_id
    ]


def test_a_key_that_only_issues_is_told_what_it_issued(
    college: Organisation, version: Version
) -> None:
    program = Program(college, Permission.AWARD_ISSUE)

    assert program.post("/awards", one(version)).status_code == 201
    assert program.post("/batches", many(version, 2)).status_code == 202
    assert program.get("/awards").status_code == 403


# --- Once -----------------------------------------------------------------------------------


def test_the_same_request_again_is_answered_with_the_same_award(
    program: Program, version: Version
) -> None:
    first = program.post("/awards", one(version), key="order-1")

    second = program.post("/awards", one(version), key="order-1")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first["Location"] == second["Location"]
    assert Award.objects.count() == 1


def test_a_key_that_came_with_another_request_is_refused(
    program: Program, version: Version
) -> None:
    program.post("/awards", one(version), key="order-1")

    for path, body in (
        ("/awards", one(version, person={"name": "M. Holt"})),
        ("/batches", many(version, 1)),
    ):
        answer = program.post(path, body, key="order-1")
        assert answer.status_code == 409
        assert "another request" in answer.json()["detail"]

    assert Award.objects.count() == 1


def test_while_the_first_request_is_answered_the_second_is_asked_to_wait(
    program: Program, version: Version
) -> None:
    program.post("/awards", one(version), key="order-1")
    IdempotencyKey.objects.update(answer="", created_at=timezone.now())

    answer = program.post("/awards", one(version), key="order-1")

    assert (answer.status_code, answer["Retry-After"]) == (409, "1")


def test_a_request_that_broke_off_is_answered_with_what_it_made(
    program: Program, version: Version
) -> None:
    first = program.post("/awards", one(version), key="order-1")
    IdempotencyKey.objects.update(answer="", created_at=timezone.now() - idempotency.BROKEN_OFF)

    second = program.post("/awards", one(version), key="order-1")

    assert second.json() == first.json()
    assert Award.objects.count() == 1


def test_what_was_refused_may_be_asked_again_with_the_same_key(
    program: Program, version: Version
) -> None:
    program.post("/awards", one(version))

    refused = program.post("/awards", one(version), key="order-1")
    put_right = program.post(
        "/awards", one(version, person={"email": "rolf@people.example"}), key="order-1"
    )

    assert (refused.status_code, put_right.status_code) == (409, 201)
    assert put_right.json()["recipient"]["email"] == "rolf@people.example"


def test_thirty_two_at_once_with_one_key_make_one_award(program: Program, version: Version) -> None:
    made: list[str] = []

    def ask() -> None:
        answer = program.post("/awards", one(version), key="order-1")
        if answer.status_code == 201:
            made.append(answer.json()["id"])
        else:
            assert (answer.status_code, answer["Retry-After"]) == (409, "1")

    side_by_side([ask] * 32)

    assert Award.objects.count() == 1
    assert Message.objects.count() == 1
    assert set(made) == {Award.objects.get().public_id}


def test_thirty_two_at_once_without_a_key_make_one_award(
    program: Program, version: Version, settings: Any
) -> None:
    settings.CALLS_A_MINUTE = 1_000_000
    made: list[int] = []

    def ask() -> None:
        made.append(program.post("/awards", one(version)).status_code)

    side_by_side([ask] * 32)

    assert Award.objects.count() == 1
    assert made.count(201) == 1
    assert set(made) <= {201, 409}


def test_keys_of_two_organisations_do_not_meet(program: Program, version: Version) -> None:
    school = an_organisation("Hill School")
    program.post("/awards", one(version), key="order-1")

    answer = Program(school).post("/awards", one(a_version(school)), key="order-1")

    assert answer.status_code == 201
    assert Award.objects.count() == 2


@pytest.mark.parametrize("key", ["with a blank", "x" * 65])
def test_a_key_of_the_wrong_form_is_refused(program: Program, version: Version, key: str) -> None:
    assert program.post("/awards", one(version), key=key).status_code == 422


def test_keys_are_forgotten_in_the_end(program: Program, version: Version) -> None:
    program.post("/awards", one(version), key="order-1")
    forget()
    assert IdempotencyKey.objects.exists()

    late = timezone.now() - timedelta(days=31)
    IdempotencyKey.objects.update(created_at=late)
    Batch.objects.update(created_at=late)
    forget()

    assert not IdempotencyKey.objects.exists()
    assert Batch.objects.get().key == ""


# --- Many -----------------------------------------------------------------------------------


def test_a_program_awards_many_people_in_the_background(program: Program, version: Version) -> None:
    program.post("/awards", one(version, person={"email": "p1@people.example"}))

    answer = program.post("/batches", many(version, 3), key="list-1")

    batch = answer.json()
    assert answer.status_code == 202
    assert answer["Location"] == f"{program.root}/batches/{batch['id']}"
    assert (batch["state"], batch["total"], batch["issued"]) == ("ready", 3, 0)
    assert program.post("/batches", many(version, 3), key="list-1").json()["id"] == batch["id"]
    run_pending()
    now = program.get(f"/batches/{batch['id']}").json()
    assert (now["state"], now["issued"], now["refused"]) == ("done", 2, 1)
    assert now["refusals"] == [
        {
            "number": 2,
            "email": "p1@people.example",
            "code": "already-holds",
            "detail": "This person holds it already.",
        }
    ]
    assert len(program.get("/awards", batch=batch["id"]).json()["awards"]) == 2


def test_everything_wrong_in_a_batch_is_named_by_its_place(
    program: Program, version: Version
) -> None:
    body = many(version, 5)
    body["people"][1]["email"] = "nobody"
    body["people"][3] |= {"name": "", "grade": "A"}

    answer = program.post("/batches", body)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [
        "/people/1/email",
        "/people/3/name",
        "/people/3/grade",
    ]
    assert not Batch.objects.exists()


@pytest.mark.parametrize("number", [0, 1001])
def test_a_batch_has_its_limits(program: Program, version: Version, number: int) -> None:
    assert program.post("/batches", many(version, number)).status_code == 422


# --- Looking --------------------------------------------------------------------------------


def test_awards_are_listed_in_pieces_the_newest_first(
    program: Program, college: Organisation
) -> None:
    awards = [an_award(college).public_id for _ in range(5)]

    pieces = [program.get("/awards", limit=2).json()]
    while pieces[-1]["next"]:
        pieces.append(program.get("/awards", limit=2, after=pieces[-1]["next"]).json())

    assert [[award["id"] for award in piece["awards"]] for piece in pieces] == [
        awards[:-3:-1],
        awards[-3:-5:-1],
        awards[:1],
    ]


def test_awards_are_found_by_what_they_are(program: Program, college: Organisation) -> None:
    waiting, claimed, revoked, suspended = (an_award(college) for _ in range(4))
    for award in (claimed, suspended):
        claim_by_link(claim_token(award.public_id))
    program.post(f"/awards/{revoked.public_id}/revocation", {"reason": "other"})
    program.post(f"/awards/{suspended.public_id}/suspension", {})

    def ids(**query: str) -> list[str]:
        return [award["id"] for award in program.get("/awards", **query).json()["awards"]]

    assert ids(state="waiting") == [waiting.public_id]
    assert ids(state="claimed") == [suspended.public_id, claimed.public_id]
    assert ids(state="revoked") == [revoked.public_id]
    assert ids(state="suspended") == [suspended.public_id]
    assert ids(state="cancelled") == []
    assert ids(email=waiting.recipient.address.upper()) == [waiting.public_id]
    assert ids(programme=claimed.programme.public_id) == [claimed.public_id]
    assert ids(programme="0" * 22) == []
    assert ids(after="0" * 22) == []


def test_a_question_that_is_misspelt_is_not_answered_with_everything(program: Program) -> None:
    answer = program.get("/awards", stat="revoked")

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/stat"]


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    program: Program, college: Organisation, django_assert_num_queries: Any
) -> None:
    for _ in range(6):
        an_award(college)
    program.get("/awards")

    for limit in (1, 5):
        with django_assert_num_queries(3):  # the key, the awards, their mails
            program.get("/awards", limit=limit)


def test_programmes_are_listed_with_what_an_award_needs(
    program: Program, version: Version, college: Organisation
) -> None:
    draft = a_programme(college, "Night Sailing")

    first, second = program.get("/programmes").json()["programmes"]

    assert (first["id"], first["version"], first["title"]) == (
        draft.public_id,
        None,
        "Night Sailing",
    )
    assert (second["id"], second["version"]) == (version.programme.public_id, 1)
    assert (second["grade"], second["signs_name"]) == ("percent", True)


# --- Standing -------------------------------------------------------------------------------


def test_a_program_revokes_for_good(program: Program, college: Organisation) -> None:
    award = an_award(college)
    body = {"reason": "issued-in-error", "note": "Wrong course", "public": True}

    first = program.post(f"/awards/{award.public_id}/revocation", body)
    second = program.post(f"/awards/{award.public_id}/revocation", body)

    assert (first.status_code, first.json()["standing"]) == (200, "revoked")
    assert first.json()["revocation_reason"] == "issued-in-error"
    assert second.status_code == 409


def test_a_program_suspends_and_reinstates(program: Program, college: Organisation) -> None:
    award = an_award(college)

    suspended = program.post(f"/awards/{award.public_id}/suspension", {"note": "Under review"})
    back = program.post(f"/awards/{award.public_id}/reinstatement", {})

    assert suspended.json()["standing"] == "suspended"
    assert back.json()["standing"] == "in-force"


def test_a_key_that_may_not_revoke_revokes_nothing(college: Organisation) -> None:
    award = an_award(college)
    program = Program(college, Permission.AWARD_READ, Permission.AWARD_ISSUE)

    answer = program.post(f"/awards/{award.public_id}/revocation", {"reason": "other"})

    assert answer.status_code == 403
    award.refresh_from_db()
    assert award.revoked_at is None


def test_what_the_documentation_sends_is_understood() -> None:
    page = Path(__file__).parents[3] / "docs/how-to/issue-by-api.md"
    sent = [json.loads(body) for body in re.findall(r"-d '(.*?)'", page.read_text("utf-8"), re.S)]

    one, many, revocation = sent

    assert AwardIn.model_validate(one).person.name == "Mira Holt"
    assert len(BatchIn.model_validate(many).people) == 2
    assert RevocationIn.model_validate(revocation).public


def test_an_identifier_tells_people_apart_and_is_not_kept(
    program: Program, version: Version
) -> None:
    person = {"email": "", "identifier": "s-4711"}

    first = program.post("/awards", one(version, person=person))
    second = program.post("/awards", one(version, person=person))

    assert (first.status_code, second.status_code) == (201, 409)
    award = Award.objects.get()
    assert award.recipient_key == Person(identifier="S-4711 ").key
    assert "4711" not in str([vars(award), vars(award.recipient), vars(award.batch)])
    assert first.json()["mail"] is None
