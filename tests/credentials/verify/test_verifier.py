from __future__ import annotations

import json
import pickle
import random
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials import errors
from sealwright.credentials.model.report import Outcome, Report, Verdict
from sealwright.credentials.proofs.alike import LEARN_AFTER
from sealwright.credentials.verify import Verifier
from sealwright.credentials.verify.bulk import BATCHES_IN_FLIGHT
from tests.credentials.verify.samples import (
    NOON,
    STRANGER,
    a_badge,
    findings,
    said,
    signed,
    the,
    token_of,
    verify,
    web,
    with_subject,
)

GOOD = json.dumps(signed(a_badge()))
FORGED = GOOD.replace("Bread", "Cakes")


def test_what_is_no_credential_is_unreadable_and_says_what_to_ask_for() -> None:
    report = verify("%PDF-1.7")

    assert report.verdict is Verdict.UNREADABLE
    assert said(report, "input") == (Outcome.UNKNOWN, "pdf")
    assert report.credential == {}


def test_the_summary_is_made_when_it_is_looked_at() -> None:
    report = Verifier().verify(GOOD, at=NOON)

    assert report.credential["id"] == "https://elm.example/credentials/1"
    assert set(report.credential) >= {"id"}
    assert len(report.credential) == len(list(report.credential))
    assert "Summary(" in repr(report.credential)


def test_a_report_and_a_verifier_can_be_sent_to_another_process() -> None:
    verifier = pickle.loads(pickle.dumps(Verifier(fetcher=web({}))))

    for _ in range(2 * LEARN_AFTER):
        report = verifier.verify(GOOD, at=NOON)

    sent = pickle.dumps(report)
    assert pickle.loads(sent).as_json("x") == report.as_json("x")
    assert b"Skeleton" not in sent


def test_a_report_is_one_line_of_json() -> None:
    line = json.dumps(Verifier().verify(GOOD, at=NOON).as_json("badge.json"))

    assert "\n" not in line
    assert json.loads(line)["verdict"] == "valid"


@pytest.mark.parametrize("data", [GOOD, GOOD.encode()])
def test_text_and_bytes_are_the_same(data: str | bytes) -> None:
    assert Verifier().verify(data, at=NOON).verdict is Verdict.VALID


def test_many_come_back_in_order() -> None:
    inputs = [GOOD, FORGED, "nothing"] * 50

    with ThreadPoolExecutor(2) as pool:
        reports = list(Verifier().verify_many(inputs, at=NOON, executor=pool, chunk=7))

    expected = [Verdict.VALID, Verdict.INVALID, Verdict.UNREADABLE] * 50
    assert [report.verdict for report in reports] == expected


def test_of_many_only_some_are_on_the_way() -> None:
    class Counting(Executor):
        taken = 0

        def submit(self, work: Any, /, *given: Any, **named: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_result(work(*given, **named))
            return future

    def stream() -> Iterator[str]:
        for _ in range(100):
            executor.taken += 1
            yield "nothing"

    executor = Counting()

    first = next(Verifier().verify_many(stream(), at=NOON, executor=executor, chunk=2))

    assert isinstance(first, Report)
    assert executor.taken == 2 * (BATCHES_IN_FLIGHT + 1)


def test_the_proof_alone_can_be_asked_about() -> None:
    expired = json.dumps(signed(a_badge(validUntil="2026-01-02T00:00:00Z"), STRANGER))

    answer = Verifier().verify_proof_only(expired, at=NOON)

    assert answer.report.verdict is Verdict.VALID
    assert [finding.code for finding in answer.warnings] == ["key-not-issuers", "expired"]


def test_the_proof_alone_may_fail() -> None:
    answer = Verifier().verify_proof_only(FORGED, at=NOON)

    assert answer.report.verdict is Verdict.INVALID


@pytest.mark.parametrize("data", ["nothing", "https://elm.example/c/1"])
def test_the_proof_of_nothing_cannot_be_asked_about(data: str) -> None:
    answer = Verifier().verify_proof_only(data, at=NOON)

    assert answer.report.verdict is Verdict.UNREADABLE


def test_nothing_is_valid_a_minute_before_it_begins() -> None:
    start = NOON - timedelta(days=400)

    assert Verifier().verify(GOOD, at=start).verdict is Verdict.INVALID


# What must hold for every input


@cache
def experienced() -> Verifier:
    """A verifier that has seen many like this one, and takes short cuts."""
    for _ in range(2 * LEARN_AFTER):
        assert Verifier().verify(GOOD, at=NOON).verdict is Verdict.VALID
    return Verifier()


def test_experience_with_credentials_in_an_array_changes_nothing() -> None:
    for _ in range(2 * LEARN_AFTER):
        assert Verifier().verify(f"[{GOOD}]", at=NOON).verdict is Verdict.VALID


@given(st.integers(min_value=0, max_value=8 * len(GOOD.encode()) - 1))
def test_no_flipped_bit_goes_unnoticed(position: int) -> None:
    data = bytearray(GOOD.encode())
    data[position // 8] ^= 1 << position % 8

    report = experienced().verify(bytes(data), at=NOON)

    assert report.verdict is not Verdict.VALID or report.document == json.loads(GOOD)


@given(st.sampled_from(range(1, GOOD.count('"'), 2)), st.text("aZ0:/-. é\x7f", max_size=4))
def test_no_other_string_goes_unnoticed_and_experience_changes_no_finding(
    place: int, text: str
) -> None:
    pieces = GOOD.split('"')
    pieces[place] = text
    other = '"'.join(pieces)

    report = experienced().verify(other, at=NOON)

    assert report.verdict is not Verdict.VALID or report.document == json.loads(GOOD)
    unknown = Verifier().verify(f"{other[:-1]} }}", at=NOON)  # nobody else writes it like this
    assert codes(report) == codes(unknown)


def codes(report: Report) -> list[tuple[str, Outcome, str]]:
    return [(finding.check, finding.outcome, finding.code) for finding in report.findings]


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_whatever_comes_in_a_report_comes_out(data: bytes | str) -> None:
    assert Verifier().verify(data, at=NOON).verdict is Verdict.UNREADABLE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "hashed", "proof", "achievement", "endorsement", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
MEMBERS = [*a_badge(), "proof", "credentialStatus", "refreshService", "endorsement", "validUntil"]


@given(st.dictionaries(st.sampled_from(MEMBERS), JSON, max_size=4))
def test_whatever_a_signed_credential_holds_a_report_comes_out(changes: dict[str, Any]) -> None:
    """With a sound signature, so that every check gets to see the odd shapes."""
    token = token_of_anything({**a_badge(), **changes})

    report = Verifier().verify(token, at=NOON, recipient="did:example:ada")

    assert report.as_json("x")


def token_of_anything(document: dict[str, Any]) -> str:
    from tests.credentials.verify.samples import ELM_ACADEMY
    from tests.credentials.verify.tokens import compact

    return compact(document, ELM_ACADEMY, kid=ELM_ACADEMY.verification_method)


@given(st.randoms(use_true_random=False))
def test_no_member_can_be_taken_away_added_or_changed(chance: random.Random) -> None:
    document = json.loads(GOOD)
    place = chance.choice(list(_objects(document)))
    name = chance.choice([*place, "name", "url"])
    before = place.get(name)
    if name in place and chance.random() < 0.5:
        del place[name]
    else:
        place[name] = f"{before}x"

    report = experienced().verify(json.dumps(document), at=NOON)

    assert report.verdict is not Verdict.VALID


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            yield from _objects(item)


def test_every_error_becomes_a_finding_of_its_branch() -> None:
    report = Verifier().verify(token_of(with_subject(id=7)), at=NOON)

    assert report.verdict in set(Verdict)
    assert issubclass(errors.Refused, errors.CredentialError)
    assert findings(report, "proof")
    assert the(report, "proof").outcome is Outcome.PASSED
