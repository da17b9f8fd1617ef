"""Batches that stop half-way, and how they go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sealwright.credentials.keys import KeyKind, LocalSigner
from sealwright.credentials.model.instants import format_instant
from sealwright.web.audit.models import Entry
from sealwright.web.core import points
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import Refusal
from sealwright.web.core.transactions import in_transaction
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import (
    Award,
    Batch,
    Credential,
    Intent,
    IssuerRecord,
    Recipient,
    SigningKey,
)
from sealwright.web.issuing.services import batches, intake, keys
from sealwright.web.issuing.services.batches import (
    Person,
    award_one,
    cancel_batch,
    carry_out,
    carry_out_next,
    make_batch,
    pause_batch,
    resume_batch,
    sweep,
)
from sealwright.web.organisations.models import Organisation, Role
from sealwright.web.transparency.models import Leaf
from tests.web.factories import NOON, a_version, an_actor, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

MIRA = Person("mira@people.example", name="Mira Holt")


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "PIECE", 3)
    monkeypatch.setattr(intake, "PIECE", 4)


class Killed(Exception):
    """The process ends here."""


@pytest.fixture
def kill_at() -> Iterator[Callable[[str], None]]:
    """Have the work end whenever it comes to a point; nowhere, for an empty name."""

    def set_point(point: str) -> None:
        def watch(reached: str) -> None:
            if reached == point:
                raise Killed

        points.watchers[:] = [watch] if point else []

    yield set_point
    points.watchers.clear()


def people(number: int) -> list[Person]:
    return [Person(f"p{n}@people.example", name=f"P {n}") for n in range(number)]


def a_batch(college: Organisation, number: int = 7, **told: Any) -> Batch:
    return make_batch(
        a_version(college),
        people(number),
        actor=an_actor(Role.ISSUER, college),
        source=Batch.Source.API,
        **told,
    )


def leased(batch: Batch) -> Batch:
    """The batch as a worker has it who took it and did nothing yet."""
    taken = in_transaction(lambda: batches._lease(batch.pk, held=False))
    assert taken is not None
    return taken


def again(batch: Batch) -> Batch:
    batch.refresh_from_db()
    return batch


def test_a_batch_of_many_pieces_is_carried_out_without_waiting_for_leases() -> None:
    batch = a_batch(an_organisation(), 7)

    run_pending()

    assert (again(batch).state, batch.issued, batch.total) == (Batch.State.DONE, 7, 7)


def test_what_is_done_a_second_time_has_the_same_bytes() -> None:
    batch = a_batch(an_organisation(), 3)

    first, second = batches._signed(batch), batches._signed(batch)

    assert [each.document for each in first.signed] == [each.document for each in second.signed]
    assert all(each.document for each in first.signed)


@pytest.mark.parametrize("point", ["insert", "index", "log leaf", "outbox", "audit"])
def test_a_piece_leaves_everything_behind_or_nothing(
    kill_at: Callable[[str], None], point: str
) -> None:
    batch = a_batch(an_organisation(), 3)
    kill_at(point)
    with pytest.raises(Killed):
        carry_out(batch.pk)

    for model in (Award, Recipient, Credential, Leaf, Message):
        assert not model.objects.exists()
    assert Entry.objects.count() == 1
    assert batch.intents.filter(state=Intent.State.PENDING).count() == 3


def test_the_batch_of_a_killed_worker_is_taken_over_when_its_lease_has_run_out() -> None:
    batch = a_batch(an_organisation(), 3)
    leased(batch)

    assert not carry_out_next()

    Batch.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    run_pending()
    assert again(batch).state == Batch.State.DONE


def test_a_small_batch_does_not_wait_for_a_large_one() -> None:
    college = an_organisation()
    large, small = a_batch(college, 9), a_batch(college, 2)

    for _ in range(2):
        carry_out_next()

    assert again(small).state == Batch.State.DONE
    assert again(large).issued == 3


def test_a_paused_batch_waits_and_goes_on_when_resumed() -> None:
    college = an_organisation()
    batch, actor = a_batch(college, 5), an_actor(Role.ISSUER, college)
    carry_out(batch.pk)

    pause_batch(batch.public_id, reason="Wrong list", actor=actor)
    run_pending()
    assert again(batch).issued == 3

    resume_batch(batch.public_id, actor=actor)
    run_pending()
    assert (again(batch).state, batch.issued) == (Batch.State.DONE, 5)
    events = list(Entry.objects.order_by("number").values_list("event", flat=True))
    assert [event for event in events if event.startswith("batch")] == [
        "batch.made",
        "batch.paused",
        "batch.resumed",
    ]


def test_a_cancelled_batch_keeps_what_was_issued_and_forgets_the_rest() -> None:
    college = an_organisation()
    batch, actor = a_batch(college, 5, key="order-1"), an_actor(Role.ISSUER, college)
    carry_out(batch.pk)

    cancel_batch(batch.public_id, reason="Wrong list", actor=actor)
    run_pending()

    assert (again(batch).state, batch.issued, batch.key) == (Batch.State.CANCELLED, 3, "")
    dropped = batch.intents.filter(state=Intent.State.DROPPED)
    assert {(each.address, each.name) for each in dropped} == {("", "")}
    with pytest.raises(Refusal) as refusal:
        resume_batch(batch.public_id, actor=actor)
    assert refusal.value.kind.status == 409


def test_a_piece_that_was_signed_when_the_batch_was_cancelled_is_not_stored() -> None:
    college = an_organisation()
    batch = a_batch(college, 2)
    piece = batches._signed(leased(batch))

    cancel_batch(batch.public_id, actor=an_actor(Role.ISSUER, college))
    in_transaction(lambda: batches._store(piece))

    assert not Award.objects.exists()


def test_a_batch_of_another_organisation_is_not_there() -> None:
    batch = a_batch(an_organisation())

    with pytest.raises(Refusal) as refusal:
        pause_batch(batch.public_id, actor=an_actor(Role.OWNER, an_organisation("Hill School")))

    assert refusal.value.kind.status == 404


def test_a_reader_cannot_pause() -> None:
    college = an_organisation()
    batch = a_batch(college)

    with pytest.raises(Refusal) as refusal:
        pause_batch(batch.public_id, actor=an_actor(Role.READER, college))

    assert refusal.value.kind.status == 403


def test_the_stop_switch_pauses_a_batch_in_the_middle_and_says_why() -> None:
    college = an_organisation()
    batch = a_batch(college, 5)
    carry_out(batch.pk)
    IssuerRecord.objects.update(stopped_at=NOON, stop_reason="A key may be known to others.")

    run_pending()

    assert (again(batch).state, batch.issued) == (Batch.State.PAUSED, 3)
    assert "A key may be known to others." in batch.trouble
    assert "A key may be known to others." in Entry.objects.get(event="batch.paused").reason
    IssuerRecord.objects.update(stopped_at=None)
    resume_batch(batch.public_id, actor=an_actor(Role.ISSUER, college))
    run_pending()
    assert (again(batch).state, batch.trouble) == (Batch.State.DONE, "")


def test_a_piece_signed_with_a_key_that_was_replaced_is_signed_anew() -> None:
    college = an_organisation()
    batch = a_batch(college, 2)
    piece = batches._signed(leased(batch))
    old = SigningKey.objects.filter(pk=piece.key.pk)
    old.update(state=SigningKey.State.RETIRED)
    keys.add_key(college, SigningKey.Purpose.ASSERTION, state=SigningKey.State.ACTIVE)

    in_transaction(lambda: batches._store(piece))
    assert not Award.objects.exists()

    carry_out(batch.pk, held=True)
    assert Award.objects.count() == 2
    assert set(Credential.objects.values_list("key__state", flat=True)) == {"active"}


def test_a_wrong_signature_never_leaves_the_house() -> None:
    college = an_organisation()
    batch = a_batch(college, 2)
    other = LocalSigner.generate(KeyKind.ED25519, entropy=lambda size: b"\x07" * size)
    SigningKey.objects.filter(purpose=SigningKey.Purpose.ASSERTION).update(
        public_multikey=other.public_key.to_multikey()
    )

    run_pending()

    assert again(batch).state == Batch.State.PAUSED
    assert "signature" in batch.trouble
    assert not Award.objects.exists()


def test_a_fault_that_nobody_foresaw_pauses_a_batch_in_the_end(
    kill_at: Callable[[str], None],
) -> None:
    batch = a_batch(an_organisation(), 2)
    kill_at("index")
    for _ in range(batches.STUMBLES):
        with pytest.raises(Killed):
            carry_out(batch.pk, held=True)

    assert again(batch).state == Batch.State.PAUSED
    assert batch.trouble


def test_one_award_that_cannot_be_signed_is_refused_and_nothing_is_left_to_do() -> None:
    college = an_organisation()
    version = a_version(college, criteria="Write {{name}} on the board.")

    with pytest.raises(Refusal, match="unfit"):
        award_one(version, MIRA, actor=an_actor(Role.ISSUER, college), source=Batch.Source.FORM)

    batch = Batch.objects.get()
    assert batch.state == Batch.State.CANCELLED
    assert "braces" in batch.trouble
    assert Intent.objects.get().address == ""


def test_a_request_that_broke_off_is_completed_when_it_comes_again(
    kill_at: Callable[[str], None],
) -> None:
    college = an_organisation()
    version, actor = a_version(college), an_actor(Role.ISSUER, college)
    kill_at("intent")
    for _ in range(2):
        with pytest.raises(Killed):
            make_batch(version, people(10), actor=actor, source=Batch.Source.API, key="order-1")
    kill_at("")
    batch = make_batch(version, people(10), actor=actor, source=Batch.Source.API, key="order-1")
    run_pending()

    assert (again(batch).total, batch.issued) == (10, 10)
    assert sorted(batch.intents.values_list("number", flat=True)) == list(range(1, 11))
    assert Batch.objects.count() == 1


def test_a_request_that_broke_off_for_good_is_swept_and_its_key_is_free(
    kill_at: Callable[[str], None],
) -> None:
    college = an_organisation()
    kill_at("intent")
    with pytest.raises(Killed):
        a_batch(college, 10, key="order-1")
    kill_at("")

    assert not sweep()
    Batch.objects.update(lease_until=timezone.now() - timedelta(hours=2))
    assert sweep()

    batch = Batch.objects.get()
    assert (batch.state, batch.key) == (Batch.State.CANCELLED, "")
    assert not batch.intents.exclude(address="").exists()
    a_batch(college, 2, key="order-1")
    assert Batch.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ({}, None),
        ({"awarded": "2026-01-31T10:00:00Z"}, "2027-02-28T10:00:00Z"),
        ({"valid_until": "2030-01-01T00:00:00Z"}, "2030-01-01T00:00:00Z"),
    ],
)
def test_an_award_ends_after_the_programmes_months_unless_told(
    values: dict[str, str], ends: str | None
) -> None:
    college = an_organisation()
    version = a_version(college, valid_months=13)

    award = award_one(
        version,
        Person("mira@people.example", values=values),
        actor=an_actor(Role.ISSUER, college),
        source=Batch.Source.FORM,
    )

    assert award.valid_until is not None
    document = bytes(award.credentials.get().document or b"").decode()
    told = ends or format_instant(award.valid_until)
    assert f'"validUntil":"{told}"' in document
    assert award.valid_until.isoformat().replace("+00:00", "Z") == told


def test_who_let_an_offer_run_out_may_be_awarded_again() -> None:
    college = an_organisation()
    version, actor = a_version(college), an_actor(Role.ISSUER, college)
    award_one(version, MIRA, actor=actor, source=Batch.Source.FORM)
    Award.objects.update(cancelled_at=NOON, revoked_at=NOON, revocation_reason="unclaimed")

    again = award_one(version, MIRA, actor=actor, source=Batch.Source.FORM)

    assert again.revision == 1
    with pytest.raises(Refusal):
        award_one(version, MIRA, actor=actor, source=Batch.Source.FORM)


def test_no_mail_is_sent_where_none_is_wanted() -> None:
    college = an_organisation()

    a_batch(college, 2, options={"send_mail": False})
    run_pending()

    assert Award.objects.filter(claim_hash="").count() == 2
    assert not Message.objects.exists()
