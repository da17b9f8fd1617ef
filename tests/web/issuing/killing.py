"""A program that issues, is killed (SIGKILL) and goes on, and tells what it found afterwards.

    SEALWRIGHT_DATABASE=… python -m tests.web.issuing.killing

On the empty database that the settings name. Every case is two processes: one that issues a
batch, revokes some of it, sends the mail and publishes the lists until it is killed at a named
point or at a random question to the database; and one that does the same from the start, as a
worker and a client who ask again would. A line of JSON a case goes to standard output.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import django
from django.db import connection
from django.db.models import QuerySet

django.setup()

from django.core.management import call_command  # noqa: E402

from sealwright.credentials.status import decode_list  # noqa: E402
from sealwright.web.audit.services import first_break  # noqa: E402
from sealwright.web.catalogue.models import Version  # noqa: E402
from sealwright.web.core import mail, points, worker  # noqa: E402
from sealwright.web.core.models import DeliveredMail, Message  # noqa: E402
from sealwright.web.issuing.models import (  # noqa: E402
    Award,
    Batch,
    Credential,
    Intent,
    Reason,
    StatusList,
)
from sealwright.web.issuing.services import batches, intake  # noqa: E402
from sealwright.web.issuing.services.batches import Person, make_batch  # noqa: E402
from sealwright.web.issuing.services.log import check_log  # noqa: E402
from sealwright.web.issuing.services.offers import claim_link  # noqa: E402
from sealwright.web.issuing.services.standing import revoke_awards  # noqa: E402
from sealwright.web.organisations.actors import Actor  # noqa: E402
from sealwright.web.organisations.models import Organisation, Role  # noqa: E402
from tests.web.factories import a_version, an_actor, an_organisation  # noqa: E402

POINTS: Final = ("intent", "lint", "sign", "insert", "index", "log leaf", "outbox", "audit",
                 "commit", "publish", "mail", "job end")  # fmt: skip
RANDOM_KILLS: Final = 20
SEED: Final = 20261127
PEOPLE: Final = 23
REVOKED: Final = 4
PIECE: Final = 8


@dataclass(frozen=True, slots=True)
class Case:
    """Where a process ends: at the nth time of a point, or at the nth question."""

    name: str
    point: str = ""
    nth: int = 1


def main() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    batches.PIECE = intake.PIECE = PIECE  # type: ignore[misc]
    # A lease that has run out, as it has when a worker comes back later.
    batches.LEASE = intake.LEASE = mail.LEASE = timedelta(0)  # type: ignore[misc, attr-defined]
    asked = undisturbed()
    chance = random.Random(SEED)
    for case in cases(chance, asked):
        sys.stdout.write(json.dumps(outcome(case)) + "\n")
        sys.stdout.flush()


def cases(chance: random.Random, asked: int) -> Iterator[Case]:
    """The named points, each at its second time where there is one, and random questions."""
    for point in POINTS:
        yield Case(point, point, 1 if point == "job end" else 2)
    for number in sorted(chance.sample(range(1, asked), RANDOM_KILLS)):
        yield Case(f"question {number} of {asked}", nth=number)


def undisturbed() -> int:
    """How many questions to the database a whole run takes."""
    college, version, actor = a_provider()
    asked = 0

    def count(execute: Callable[..., Any], *told: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*told)

    with connection.execute_wrapper(count):
        run(version, actor)
    assert findings(college)["lost"] == 0
    return asked


def outcome(case: Case) -> dict[str, Any]:
    """What is there after a process was killed and another one came."""
    college, version, actor = a_provider()
    ended = in_a_process(lambda: killed_run(case, version, actor))
    before = signed_documents(college)
    again = in_a_process(lambda: run(version, actor))
    after = signed_documents(college)
    return {
        "case": case.name,
        "killed": ended == -signal.SIGKILL,
        "went on": again == 0,
        "changed": sum(after.get(award) != digest for award, digest in before.items()),
        "stood": len(before),
        **findings(college),
    }


def in_a_process(work: Callable[[], None]) -> int:
    """Run `work` in a process of its own; its exit code, or the signal with a minus."""
    connection.close()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_run(case: Case, version: Version, actor: Actor) -> None:
    left = case.nth

    def come(point: str) -> None:
        nonlocal left
        left -= point == case.point
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    def asked(execute: Callable[..., Any], *told: Any) -> Any:
        come("")
        return execute(*told)

    points.watchers.append(come)
    with connection.execute_wrapper(asked):
        run(version, actor)


def run(version: Version, actor: Actor) -> None:
    """What clients and the worker do: issue, send the mail, revoke some, publish the lists."""
    people = [Person(f"p{n}@people.example", name=f"P {n}") for n in range(PEOPLE)]
    batch = make_batch(version, people, actor=actor, source=Batch.Source.API, key="autumn")
    worker.run_pending()
    awards = Award.objects.filter(batch=batch).order_by("recipient_key")
    chosen = list(awards.values_list("public_id", flat=True)[:REVOKED])
    if awards.filter(public_id__in=chosen, revoked_at=None).exists():
        revoke_awards(chosen, reason=Reason.ISSUED_IN_ERROR, actor=actor)
    worker.run_pending()


def a_provider() -> tuple[Organisation, Version, Actor]:
    college = an_organisation()
    return college, a_version(college), an_actor(Role.ISSUER, college)


def signed_documents(college: Organisation) -> dict[str, str]:
    credentials = Credential.objects.filter(award__organisation=college)
    return dict(credentials.values_list("award__public_id", "sha256"))


def findings(college: Organisation) -> dict[str, Any]:
    """What was lost, what is there twice, and whether the records agree with each other."""
    awards = Award.objects.filter(organisation=college)
    credentials = Credential.objects.filter(award__organisation=college)
    intents = Intent.objects.filter(batch__organisation=college)
    offers = Message.objects.filter(about__in=awards.values("public_id"))
    people = awards.values("recipient_key").distinct().count()
    texts = list(DeliveredMail.objects.values_list("text", flat=True))
    mails = [sum(claim_link(award) in text for text in texts) for award in awards]
    return {
        "lost": PEOPLE - people + intents.filter(state=Intent.State.PENDING).count(),
        "twice": awards.count() - people + credentials.count() - awards.count(),
        "places used twice": credentials.count() - different_places(credentials)
        + intents.count() - different_places(intents),
        "batches done": college.batches.filter(state=Batch.State.DONE).count(),
        "mails lost": mails.count(0) + offers.exclude(state=Message.State.SENT).count(),
        "mails twice": sum(number - 1 for number in mails if number > 1),
        "revoked": awards.filter(revoked_at__isnull=False).count(),
        "list is right": listed(college) == set(
            credentials.filter(award__revoked_at__isnull=False).values_list("index", flat=True)
        ),
        "trail is right": first_break(college.public_id) is None,
        "log is right": all(fault is None for _origin, _size, fault, _note in check_log()),
    }  # fmt: skip


def different_places(rows: QuerySet[Any]) -> int:
    return rows.values("block", "index").distinct().count()


def listed(college: Organisation) -> set[int]:
    """The places that the published list says are revoked."""
    published = StatusList.objects.get(
        block__organisation=college, purpose=StatusList.Purpose.REVOCATION
    )
    subject = json.loads(bytes(published.document or b""))["credentialSubject"]
    bits = decode_list(subject["encodedList"])
    return {n * 8 + bit for n, byte in enumerate(bits) for bit in range(8) if byte << bit & 128}


if __name__ == "__main__":
    main()
