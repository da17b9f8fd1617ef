"""Status lists: made from facts, served to everybody, and believed by a verifier."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from sealwright.credentials.model.report import Report, Verdict
from sealwright.credentials.status import decode_list, status_at
from sealwright.web.core.transactions import in_transaction
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import (
    Award,
    Credential,
    SigningKey,
    StatusFact,
    StatusList,
)
from sealwright.web.issuing.services.keys import ensure_issuer
from sealwright.web.issuing.services.places import take_places
from sealwright.web.issuing.services.status import published, rebuild, set_bits
from sealwright.web.verifying.services import check_all
from sealwright.web.verifying.sources import Source
from tests.web.factories import an_award, an_organisation
from tests.web.side_by_side import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)

REVOCATION, SUSPENSION = StatusList.Purpose.REVOCATION, StatusList.Purpose.SUSPENSION


def a_list(purpose: StatusList.Purpose = REVOCATION) -> StatusList:
    college = an_organisation()
    with transaction.atomic():
        [(block, _)] = take_places(college, 1)
    return StatusList.objects.get(block=block, purpose=purpose)


def bits_of(document: bytes) -> bytes:
    return decode_list(json.loads(document)["credentialSubject"]["encodedList"])


def a_check_of(document: bytes) -> Report:
    [report] = check_all([Source("badge", document)], at=timezone.now())
    return report


def record(place: tuple[int, int], purpose: StatusList.Purpose, value: bool) -> None:
    in_transaction(lambda: set_bits([place], purpose, value, at=timezone.now()))


def test_a_badge_of_this_site_is_valid_without_asking_the_network() -> None:
    award = an_award(an_organisation())
    document = bytes(Credential.objects.get(award=award).document or b"")

    report = a_check_of(document)

    assert report.verdict is Verdict.VALID, report.findings
    assert sum(finding.check == "status" for finding in report.findings) == 2


def test_a_link_to_a_badge_of_this_site_is_answered_from_the_database() -> None:
    award = an_award(an_organisation())

    [report] = check_all([Source("link", link=award.url)], at=timezone.now())
    Award.objects.update(visibility=Award.Visibility.PRIVATE)
    [hidden] = check_all([Source("link", link=award.url)], at=timezone.now())

    assert report.verdict is Verdict.VALID
    assert hidden.verdict is Verdict.UNREADABLE


@pytest.mark.parametrize(("purpose", "code"), [(REVOCATION, "revoked"), (SUSPENSION, "suspended")])
def test_a_set_bit_is_seen_by_the_next_check(purpose: StatusList.Purpose, code: str) -> None:
    credential = Credential.objects.get(award=an_award(an_organisation()))
    document = bytes(credential.document or b"")
    assert a_check_of(document).verdict is Verdict.VALID

    record((credential.block_id, credential.index), purpose, True)
    report = a_check_of(document)

    assert report.verdict is Verdict.INVALID
    assert code in [finding.code for finding in report.findings]


def test_the_newest_fact_of_a_place_counts() -> None:
    which = a_list(SUSPENSION)

    for value in (True, False, True, False):
        record((which.block_id, 11), SUSPENSION, value)
    record((which.block_id, 12), SUSPENSION, True)

    bits = bits_of(bytes(rebuild(which).document or b""))
    assert (status_at(bits, 11), status_at(bits, 12)) == (0, 1)


def test_a_list_is_made_anew_for_a_new_fact_a_new_day_and_a_new_key() -> None:
    which = a_list()
    first = published(which.public_id)
    assert first is not None

    assert published(which.public_id) == first
    record((which.block_id, 3), REVOCATION, True)
    with_fact = published(which.public_id)
    StatusList.objects.update(built_at=timezone.now() - timedelta(days=1, minutes=1))
    next_day = published(which.public_id)
    StatusList.objects.update(key=SigningKey.objects.get(purpose="assertion"))
    with_key = published(which.public_id)

    assert with_fact is not None
    assert with_fact.etag != first.etag
    assert next_day is not None
    assert next_day.built_at is not None
    assert next_day.built_at > timezone.now() - timedelta(minutes=1)
    assert with_key is not None
    assert with_key.key == SigningKey.objects.get(purpose="status")


def test_a_list_that_knows_less_never_replaces_one_that_knows_more() -> None:
    which = a_list()
    record((which.block_id, 3), REVOCATION, True)
    newer = rebuild(which)
    StatusList.objects.update(built_from=newer.built_from + 1)  # another process was faster

    after = rebuild(StatusList.objects.get(pk=which.pk))

    assert after.etag == newer.etag


def test_the_worker_publishes_lists_that_nobody_asked_for() -> None:
    which = a_list()

    run_pending()

    assert StatusList.objects.exclude(document=None).filter(block=which.block).count() == 2


def test_lists_are_served_with_a_tag_and_without_a_cookie(client: Client) -> None:
    which = a_list()

    answer = client.get(which.path)
    again = client.get(which.path, headers={"if-none-match": answer["ETag"]})
    head = client.head(which.path)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/vc"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert json.loads(answer.content)["credentialSubject"]["ttl"] == 300_000
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", answer["ETag"])


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/vc+ld+json", "application/vc+ld+json"),
        ("application/json", "application/json"),
        ("text/html", "application/json"),
    ],
)
def test_a_list_comes_as_the_kind_that_was_asked_for(
    client: Client, accept: str, kind: str
) -> None:
    assert client.get(a_list().path, headers={"accept": accept})["Content-Type"] == kind


def test_a_list_that_nobody_has_is_not_found(client: Client) -> None:
    assert client.get("/status/0000000000000000000000").status_code == 404


def test_the_key_document_of_a_provider_may_be_kept_for_minutes(client: Client) -> None:
    college = an_organisation()

    answer = client.get(f"{college.path}/did.json")
    again = client.get(f"{college.path}/did.json", headers={"if-none-match": answer["ETag"]})

    assert json.loads(answer.content)["id"] == college.did
    assert answer["Cache-Control"] == "public, max-age=300"
    assert again.status_code == 304


def test_the_list_of_1edtech_names_what_was_revoked_and_only_public_reasons(
    client: Client,
) -> None:
    college = an_organisation()
    award = an_award(college)
    kept, told = award, an_award(college)
    now = timezone.now()
    Award.objects.update(revoked_at=now, revocation_reason="misconduct")
    Award.objects.filter(pk=told.pk).update(reason_is_public=True)
    record_of = ensure_issuer(college)

    answer = client.get(f"/status/{record_of.onedtech_list}")

    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["revokedCredential"] == [
        {"id": kept.url, "revoked": True},
        {"id": told.url, "revoked": True, "revocationReason": "misconduct"},
    ]


def test_sixty_four_revocations_at_once_lose_no_bit_while_the_list_is_published() -> None:
    which = a_list()

    def revoke(first: int) -> None:
        for index in range(first, 64, 8):
            record((which.block_id, index * 1001), REVOCATION, True)

    def publish() -> None:
        for _ in range(20):
            rebuild(StatusList.objects.get(pk=which.pk))

    side_by_side([*(lambda first=n: revoke(first) for n in range(8)), publish, publish])

    assert StatusFact.objects.count() == 64
    served = published(which.public_id)
    assert served is not None
    bits = bits_of(bytes(served.document or b""))
    assert all(status_at(bits, index * 1001) for index in range(64))
    assert sum(bin(octet).count("1") for octet in bits) == 64
