"""A key fell into other hands: what stands, what falls, and that a thief gains nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from sealwright.credentials.issue import sign_credential
from sealwright.credentials.model.report import Report, Verdict
from sealwright.credentials.proofs.jcs import canonical_json
from sealwright.web.audit.models import Entry
from sealwright.web.audit.services import first_break
from sealwright.web.core.models import Message
from sealwright.web.core.points import watchers
from sealwright.web.core.refusals import CONFLICT, FORBIDDEN, NOT_FOUND, UNFIT, Refusal
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import (
    Award,
    Batch,
    Credential,
    SigningKey,
    StandingOrder,
    StatusList,
)
from sealwright.web.issuing.services import orders
from sealwright.web.issuing.services.batches import Person, make_batch
from sealwright.web.issuing.services.compromise import declare_compromised
from sealwright.web.issuing.services.keys import key_in_use, signer_of
from sealwright.web.issuing.services.log import check_log
from sealwright.web.issuing.services.standing import revoke_awards, suspend_awards
from sealwright.web.issuing.services.status import published
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation, Role
from sealwright.web.transparency.models import Shard
from sealwright.web.transparency.services.publishing import publish
from sealwright.web.verifying.services import check_all
from sealwright.web.verifying.sources import Source
from tests.web.factories import a_version, an_actor, an_award, an_organisation
from tests.web.issuing.lists import bits_set

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def owner(college: Organisation) -> Actor:
    return an_actor(Role.OWNER, college)


def an_hour_ago() -> datetime:
    return timezone.now() - timedelta(hours=1)


def logged(*, ago: timedelta = timedelta(hours=2)) -> None:
    """Sign checkpoints for all that was issued, so long ago."""
    for shard in Shard.objects.all():
        publish(shard, at=timezone.now() - ago)


def issued(college: Organisation, actor: Actor, number: int, title: str) -> list[Award]:
    people = [Person(f"{title}{n}@people.example") for n in range(number)]
    batch = make_batch(a_version(college, title), people, actor=actor, source=Batch.Source.CSV)
    while Batch.objects.exclude(state=Batch.State.DONE).exists():
        from sealwright.web.issuing.services.batches import carry_out_next

        carry_out_next()
    return list(Award.objects.filter(batch=batch).order_by("pk"))


def served(award: Award) -> bytes:
    """What is served at the award's address now."""
    document = Credential.objects.filter(award=award).current()[0].document
    return bytes(document or b"")


def reports(documents: Iterable[bytes]) -> list[Report]:
    now = timezone.now()
    return [check_all([Source("badge", each)], at=now)[0] for each in documents]


def verdicts(documents: Iterable[bytes]) -> set[Verdict]:
    return {report.verdict for report in reports(documents)}


def declared(college: Organisation, owner: Actor, **fields: Any) -> None:
    declare_compromised(
        "key-1", since=fields.pop("since", an_hour_ago()), why="A laptop was stolen", actor=owner
    )
    run_pending()


# --- The drill ------------------------------------------------------------------------------


def test_a_thousand_awards_are_parted_by_the_log_and_none_is_missed(
    college: Organisation, owner: Actor
) -> None:
    good = issued(college, owner, 600, "Before")
    logged()
    bad = issued(college, owner, 400, "After")
    old = {award.pk: served(award) for award in good}

    declared(college, owner)

    revoking, signing = StandingOrder.objects.order_by("pk")
    assert (revoking.kind, revoking.total, revoking.changed) == ("revoke", 400, 400)
    assert (signing.kind, signing.total, signing.changed) == ("sign-again", 600, 600)
    assert Award.objects.filter(pk__in=[a.pk for a in bad], revoked_at=None).count() == 0
    assert Award.objects.filter(pk__in=[a.pk for a in good]).exclude(revoked_at=None).count() == 0
    assert (
        Credential.objects.filter(key=key_in_use(college, SigningKey.Purpose.ASSERTION))
        .filter(award__in=good)
        .count()
        == 600
    )
    which = StatusList.objects.get(purpose="revocation")
    assert bits_set(published(which.public_id)) == set(
        Credential.objects.filter(award__in=bad).values_list("index", flat=True)
    )
    assert verdicts(served(award) for award in good[::20]) == {Verdict.VALID}
    assert verdicts(old[award.pk] for award in good[::20]) == {Verdict.VALID}
    assert verdicts(served(award) for award in bad[::20]) == {Verdict.INVALID}
    assert first_break(college.public_id) is None
    run_pending()
    assert [fault for _, _, fault, _ in check_log()] == [None]


def test_the_page_and_its_files_show_the_copy_that_was_signed_again(
    client: Client, college: Organisation, owner: Actor
) -> None:
    (award,) = issued(college, owner, 1, "Before")
    old = served(award)
    logged()

    declared(college, owner)

    file = client.get(f"/c/{award.public_id}.json")
    assert file.content == served(award) != old
    page = client.get(f"/c/{award.public_id}").text
    assert "Signature sound" in page
    assert f"{college.slug}#key-3" in page


# --- What stands ----------------------------------------------------------------------------


def test_the_good_ones_are_signed_again_under_the_same_address(
    college: Organisation, owner: Actor
) -> None:
    award = an_award(college)
    logged()
    before = json.loads(served(award))

    declared(college, owner)

    after = json.loads(served(award))
    changing = {"proof", "credentialStatus"}
    assert {k: v for k, v in after.items() if k not in changing} == {
        k: v for k, v in before.items() if k not in changing
    }
    assert after["proof"][0]["verificationMethod"].endswith("#key-3")
    assert after["credentialStatus"] != before["credentialStatus"]
    assert served(award) == canonical_json(after)
    first, second = Credential.objects.filter(award=award).order_by("pk")
    assert json.loads(bytes(first.document or b"")) == before
    assert (first.key.name, second.key.name) == ("key-1", "key-3")
    assert Entry.objects.get(event="award.signed-again").subject == award.public_id
    assert "signed again" in Message.objects.get(kind="signed-again").subject


def test_an_old_copy_of_a_good_one_stands_by_the_log_and_says_so(
    college: Organisation, owner: Actor
) -> None:
    award = an_award(college)
    logged()
    old = served(award)

    declared(college, owner)
    [report] = reports([json.dumps(json.loads(old), indent=2).encode()])

    assert report.verdict is Verdict.VALID
    assert "key-withdrawn-later" in [finding.code for finding in report.findings]


def test_the_proof_beside_the_award_lets_anybody_else_accept_the_old_copy(
    college: Organisation, owner: Actor, client: Client
) -> None:
    from sealwright.credentials.fetching import RecordedWeb
    from sealwright.credentials.transparency import LogProofs, NoteKey, read_proofs
    from sealwright.credentials.verify import Verifier

    award = an_award(college)
    logged()
    old = served(award)
    declared(college, owner)
    paths = [f"{college.path}/did.json", *(each.path for each in StatusList.objects.all())]
    web = RecordedWeb(
        {f"http://localhost:8000{path}": {"body": client.get(path).content} for path in paths},
        allow_local=frozenset({"localhost:8000"}),
    )
    proofs = read_proofs(client.get(f"/c/{award.public_id}/log.json").content)
    keys = [NoteKey.parse(line) for line in client.get("/log/key").content.decode().splitlines()]
    believed = LogProofs(tuple(proofs), tuple(keys))

    alone = Verifier(fetcher=web).verify(old, at=timezone.now())
    with_log = Verifier(fetcher=web, evidence=believed).verify(old, at=timezone.now())
    current = Verifier(fetcher=web).verify(served(award), at=timezone.now())

    assert alone.verdict is Verdict.INVALID
    assert with_log.verdict is Verdict.VALID
    assert current.verdict is Verdict.VALID


def test_revoking_later_revokes_the_old_copy_and_the_new_one(
    college: Organisation, owner: Actor
) -> None:
    award = an_award(college)
    logged()
    old = served(award)
    declared(college, owner)

    revoke_awards([award.public_id], reason="other", actor=owner)  # type: ignore[arg-type]

    assert verdicts([old, served(award)]) == {Verdict.INVALID}


def test_what_is_suspended_stays_suspended(college: Organisation, owner: Actor) -> None:
    award = an_award(college)
    logged()
    suspend_awards([award.public_id], actor=owner)

    declared(college, owner)

    [report] = reports([served(award)])
    assert "suspended" in [finding.code for finding in report.findings]


def test_what_is_revoked_or_erased_is_not_signed_again(college: Organisation, owner: Actor) -> None:
    revoked, erased = an_award(college), an_award(college)
    logged()
    revoke_awards([revoked.public_id], reason="other", actor=owner)  # type: ignore[arg-type]
    Credential.objects.filter(award=erased).update(document=None)

    declared(college, owner)

    order = StandingOrder.objects.get(kind="sign-again")
    assert (order.total, order.changed, order.passed_over) == (2, 0, 2)


def test_what_a_wallet_was_given_later_falls_though_the_award_stands(
    college: Organisation, owner: Actor
) -> None:
    award = an_award(college)
    logged()
    first = Credential.objects.get()
    other = an_award(college)  # takes the place in the list and the log of a bound one
    bound = Credential.objects.get(award=other)
    Award.objects.filter(pk=other.pk).update(recipient_key="gone")
    Credential.objects.filter(pk=bound.pk).update(award=award, bound_to="did:key:z6Mk")

    declared(college, owner)

    award.refresh_from_db()
    assert award.revoked_at is None
    assert Credential.objects.filter(award=award).count() == 4
    which = StatusList.objects.get(purpose="revocation", block=first.block)
    assert bits_set(published(which.public_id)) == {bound.index}


# --- What falls -----------------------------------------------------------------------------


def test_what_a_thief_signs_is_refused_whatever_date_it_bears(
    college: Organisation, owner: Actor
) -> None:
    award = an_award(college)
    logged()
    stolen = signer_of(key_in_use(college, SigningKey.Purpose.ASSERTION))
    template = json.loads(served(award))
    del template["proof"]
    long_ago = timezone.now() - timedelta(days=30)
    forged = [
        canonical_json(sign_credential(document, stolen, created=long_ago))
        for document in (
            template | {"name": "Admiral"},
            template | {"id": f"http://localhost:8000/c/{'0' * 22}"},
        )
    ]
    assert verdicts(forged) == {Verdict.VALID}

    declared(college, owner)

    assert verdicts(forged) == {Verdict.INVALID}
    codes = [finding.code for report in reports(forged) for finding in report.findings]
    assert codes.count("key-revoked") == 2


def test_what_no_checkpoint_covers_from_before_is_revoked_and_its_holder_told(
    college: Organisation, owner: Actor
) -> None:
    award = an_award(college)
    logged(ago=timedelta(minutes=30))

    declared(college, owner)

    award.refresh_from_db()
    assert award.standing is Award.Standing.REVOKED
    assert (award.revocation_reason, award.reason_is_public) == ("key-compromised", True)
    assert any("fell into other hands" in each.body for each in mail.outbox)


def test_an_earlier_time_told_later_revokes_more_and_a_later_one_is_refused(
    college: Organisation, owner: Actor
) -> None:
    first = an_award(college)
    logged(ago=timedelta(days=3))
    second = an_award(college)
    logged(ago=timedelta(days=1))
    declared(college, owner)
    assert verdicts([served(first), served(second)]) == {Verdict.VALID}

    declared(college, owner, since=timezone.now() - timedelta(days=2))
    with pytest.raises(Refusal) as refused:
        declared(college, owner)

    second.refresh_from_db()
    assert second.revoked_at is not None
    assert verdicts([served(first)]) == {Verdict.VALID}
    assert Credential.objects.filter(award=first).count() == 2
    assert refused.value.kind is CONFLICT


# --- How it is done -------------------------------------------------------------------------


def test_the_document_of_the_issuer_revokes_the_key_from_that_moment(
    college: Organisation, owner: Actor, client: Client
) -> None:
    an_award(college)
    since = an_hour_ago()

    done = declare_compromised("key-1", since=since, why="Stolen", actor=owner)

    document = json.loads(client.get(f"{college.path}/did.json").content)
    told = {each["id"].partition("#")[2]: each.get("revoked") for each in
            document["verificationMethod"]}  # fmt: skip
    assert told == {"key-3": None, "key-2": None, "key-1": f"{since:%Y-%m-%dT%H:%M:%SZ}"}
    assert done.successor is not None
    assert done.successor.state == "active"
    entry = Entry.objects.get(event="key.compromised")
    assert (entry.subject, entry.reason) == ("key-1", "Stolen")


def test_it_goes_on_after_a_kill_in_any_piece(
    college: Organisation, owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "PIECE", 3)
    good = issued(college, owner, 7, "Before")
    logged()
    bad = issued(college, owner, 7, "After")

    class Killed(BaseException):
        pass

    def kill(point: str) -> None:
        if point in ("standing changed", "signed again"):
            seen.append(point)
            if len(seen) % 3 == 0:
                raise Killed

    seen: list[str] = []
    declare_compromised("key-1", since=an_hour_ago(), why="Stolen", actor=owner)
    watchers.append(kill)
    kills = 0
    while StandingOrder.objects.filter(state="running").exists():
        try:
            run_pending()
        except Killed:
            kills += 1
    watchers.remove(kill)

    assert kills > 2
    assert Award.objects.exclude(revoked_at=None).count() == len(bad)
    assert Credential.objects.filter(award__in=good).count() == 2 * len(good)
    assert len(set(Credential.objects.values_list("block", "index"))) == Credential.objects.count()
    assert first_break(college.public_id) is None


def test_a_stolen_key_of_the_lists_is_replaced_and_awards_stand(
    college: Organisation, owner: Actor
) -> None:
    award = an_award(college)

    done = declare_compromised("key-2", since=an_hour_ago(), why="Stolen", actor=owner)
    run_pending()

    assert done.orders == ()
    assert verdicts([served(award)]) == {Verdict.VALID}


def test_a_retired_key_can_be_compromised_too_and_the_one_in_use_stays(
    college: Organisation, owner: Actor
) -> None:
    from sealwright.web.issuing.services.rotation import rotate_key

    award = an_award(college)
    rotate_key(at_once=True, actor=owner)

    done = declare_compromised("key-1", since=an_hour_ago(), why="Stolen", actor=owner)
    run_pending()

    award.refresh_from_db()
    assert done.successor is None
    assert key_in_use(college, SigningKey.Purpose.ASSERTION).name == "key-3"
    assert award.revoked_at is not None


def test_a_key_that_waited_beside_the_lost_one_is_not_used(
    college: Organisation, owner: Actor
) -> None:
    from sealwright.web.issuing.services.rotation import rotate_key

    an_award(college)
    waiting = rotate_key(actor=owner)

    done = declare_compromised("key-1", since=an_hour_ago(), why="Stolen", actor=owner)

    waiting.refresh_from_db()
    assert waiting.state == "retired"
    assert done.successor is not None
    assert done.successor.name == "key-4"


def test_good_awards_are_signed_again_even_while_issuing_is_stopped(
    college: Organisation, owner: Actor
) -> None:
    from sealwright.web.issuing.services.rotation import stop_issuing

    award = an_award(college)
    logged()
    stop_issuing(reason="Stolen", actor=owner)

    declared(college, owner)

    assert verdicts([served(award)]) == {Verdict.VALID}


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"name": "key-9"}, NOT_FOUND),
        ({"since": timedelta(hours=1)}, UNFIT),
        ({"why": " "}, UNFIT),
    ],
)
def test_what_makes_no_sense_is_refused(
    college: Organisation, owner: Actor, fields: dict[str, Any], kind: Any
) -> None:
    an_award(college)
    since = timezone.now() + fields.get("since", -timedelta(hours=1))

    with pytest.raises(Refusal) as refused:
        declare_compromised(
            fields.get("name", "key-1"), since=since, why=fields.get("why", "x"), actor=owner
        )

    assert refused.value.kind is kind
    assert not SigningKey.objects.filter(state="compromised").exists()


def test_only_owners_declare(college: Organisation) -> None:
    an_award(college)

    with pytest.raises(Refusal) as refused:
        declare_compromised(
            "key-1", since=an_hour_ago(), why="x", actor=an_actor(Role.MANAGER, college)
        )

    assert refused.value.kind is FORBIDDEN
