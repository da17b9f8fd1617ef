from __future__ import annotations

import copy
from typing import Any

import pytest

from sealwright.credentials.model.report import Outcome, Report, Verdict
from sealwright.credentials.verify.embedded import MAX_CONTAINED, MAX_ENDORSEMENTS
from tests.credentials.verify.samples import (
    ELM_ACADEMY,
    ENDORSER,
    NOON,
    STRANGER,
    VC2,
    a_badge,
    an_endorsement,
    did_of,
    findings,
    said,
    signed,
    the,
    token_of,
    verify,
)
from tests.credentials.verify.test_status import ENTRY, LIST, a_list

CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
OB3_IN_CLR = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
BADGE = "https://elm.example/credentials/1"
ACHIEVEMENT = "https://elm.example/achievements/bread"
ELM = did_of(ELM_ACADEMY)


def endorsed(*endorsements: Any) -> Report:
    return verify(signed(a_badge(endorsement=list(endorsements))))


def a_record(*contained: Any, **changes: Any) -> dict[str, Any]:
    """A learner record (CLR 2.0) that brings credentials together."""
    return {
        "@context": [VC2, CLR, OB3_IN_CLR],
        "id": "https://elm.example/records/1",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Transcript",
        "issuer": {"id": ELM, "type": ["Profile"], "name": "Elm Academy"},
        "validFrom": "2026-03-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ada",
            "type": ["ClrSubject"],
            "verifiableCredential": list(contained),
        },
        **changes,
    }


def recorded(*contained: Any) -> Report:
    return verify(signed(a_record(*contained), suite="eddsa-jcs-2022"))


def test_an_endorsement_has_a_small_report_of_its_own() -> None:
    report = endorsed(signed(an_endorsement(BADGE), ENDORSER))

    finding = the(report, "endorsements")
    assert (finding.outcome, finding.code) == (Outcome.PASSED, "endorsement-valid")
    assert finding.evidence["issuer"] == did_of(ENDORSER)
    assert finding.evidence["pointer"] == "/endorsement/0"
    checks = [row["check"] for row in finding.evidence["findings"]]
    assert checks == ["structure", "proof", "issuer", "status", "validity"]


def test_an_endorsement_may_be_a_token() -> None:
    badge = a_badge(endorsementJwt=[token_of(an_endorsement(BADGE), ENDORSER)])

    report = verify(token_of(badge))

    assert said(report, "endorsements") == (Outcome.PASSED, "endorsement-valid")


def test_endorsements_of_achievement_issuer_and_creator_are_found() -> None:
    badge = a_badge()
    achievement = badge["credentialSubject"]["achievement"]
    achievement["creator"] = {"id": "did:example:maker", "type": ["Profile"]}
    hosts = (badge["issuer"], achievement, achievement["creator"])
    for host in hosts:
        host["endorsement"] = [signed(an_endorsement(host["id"]), ENDORSER)]

    report = verify(signed(badge))

    assert [f.code for f in findings(report, "endorsements")] == ["endorsement-valid"] * 3


def test_an_endorsement_of_something_else_does_not_count() -> None:
    report = endorsed(signed(an_endorsement("https://elm.example/credentials/2"), ENDORSER))

    assert said(report, "endorsements") == (Outcome.FAILED, "endorsement-elsewhere")
    assert report.verdict is Verdict.VALID


def test_what_has_no_identifier_cannot_be_endorsed() -> None:
    badge = a_badge(endorsement=[signed(an_endorsement(BADGE), ENDORSER)])
    del badge["id"]

    report = verify(signed(badge))

    assert said(report, "endorsements") == (Outcome.FAILED, "endorsement-elsewhere")


def test_a_forged_endorsement_counts_for_nothing_and_decides_nothing() -> None:
    forged = {**signed(an_endorsement(BADGE), ENDORSER), "name": "Praise"}

    report = endorsed(forged)

    assert said(report, "endorsements") == (Outcome.FAILED, "endorsement-invalid")
    assert report.verdict is Verdict.VALID


def test_an_endorsement_that_cannot_be_decided_says_so() -> None:
    endorsement = signed(an_endorsement(BADGE), ENDORSER)
    endorsement["proof"][0]["cryptosuite"] = "quantum-2040"

    report = verify(signed(a_badge(endorsement=endorsement), suite="eddsa-jcs-2022"))

    assert said(report, "endorsements") == (Outcome.UNKNOWN, "endorsement-undecided")


@pytest.mark.parametrize(
    "odd", ["text", {"type": "Profile"}, {"type": "VerifiablePresentation"}, 7, []]
)
def test_an_endorsement_that_is_none_cannot_be_read(odd: object) -> None:
    report = verify(signed(a_badge(endorsement=[odd]), suite="eddsa-jcs-2022"))

    assert said(report, "endorsements") == (Outcome.UNKNOWN, "embedded-unreadable")
    assert report.verdict is Verdict.VALID


def test_only_so_many_endorsements_are_read() -> None:
    endorsements = [signed(an_endorsement(BADGE), ENDORSER)] * (MAX_ENDORSEMENTS + 1)

    report = verify(signed(a_badge(endorsement=endorsements), suite="eddsa-jcs-2022"))

    codes = [finding.code for finding in findings(report, "endorsements")]
    assert codes == ["endorsement-valid"] * MAX_ENDORSEMENTS + ["embedded-too-many"]


def with_twins(document: dict[str, Any], rungs: int) -> dict[str, Any]:
    """The document with parts that only a lot of work tells apart."""
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "message",
        "statusListIndex": "0",
        "statusListCredential": "https://guild.example/status",
        "statusMessage": [{"status": "0x0", "message": "m"} for _ in range(rungs)],
    }
    return {**document, "credentialStatus": [entry, copy.deepcopy(entry)]}


def test_after_one_that_costs_too_much_no_other_is_tried() -> None:
    cheap = signed(an_endorsement(BADGE), ENDORSER)
    dear = with_twins(cheap, rungs=12)

    report = verify(signed(a_badge(endorsement=[dear, cheap]), suite="eddsa-jcs-2022"))

    codes = [finding.code for finding in findings(report, "endorsements")]
    assert codes == ["endorsement-undecided", "embedded-too-many"]


def test_all_parts_of_one_input_share_what_it_may_cost() -> None:
    dear = signed(with_twins(an_endorsement(BADGE), rungs=5), ENDORSER)

    alone = verify(signed(a_badge(endorsement=[dear]), suite="eddsa-jcs-2022"))
    many = verify(signed(a_badge(endorsement=[dear] * 16), suite="eddsa-jcs-2022"))

    assert "work-budget" not in str(the(alone, "endorsements").evidence)
    assert "work-budget" in str(findings(many, "endorsements")[-2].evidence)


def test_only_so_many_signatures_are_tried_for_one_input() -> None:
    part = signed(an_endorsement(BADGE), ENDORSER)
    part["proof"] *= 8

    report = verify(signed(a_badge(endorsement=[part] * 9), suite="eddsa-jcs-2022"))

    codes = [finding.code for finding in findings(report, "endorsements")]
    assert codes == ["endorsement-valid"] * 8 + ["embedded-too-many"]
    assert "too-many-signatures" in str(findings(report, "endorsements")[-2].evidence)


def test_a_record_of_which_parts_were_left_out_is_undecided() -> None:
    part = signed(a_badge())
    part["proof"] *= 8

    report = recorded(*[part] * 9)

    codes = [finding.code for finding in findings(report, "contained")]
    assert codes == ["contained-valid"] * 8 + ["embedded-too-many"]
    assert report.verdict is Verdict.UNDECIDED


def test_a_record_is_as_good_as_what_it_contains() -> None:
    report = recorded(signed(a_badge()), {**_enveloped(token_of(a_badge()))})

    assert [f.code for f in findings(report, "contained")] == ["contained-valid"] * 2
    assert report.verdict is Verdict.VALID


def test_a_record_with_a_forged_part_is_not_valid() -> None:
    report = recorded({**signed(a_badge()), "name": "Master baker"})

    assert said(report, "contained") == (Outcome.FAILED, "contained-invalid")
    assert report.verdict is Verdict.INVALID


def test_a_record_may_contain_what_has_expired() -> None:
    report = recorded(signed(a_badge(validUntil="2026-02-01T00:00:00Z")))

    assert findings(report, "contained") == []
    assert said(report, "notes") == (Outcome.FAILED, "contained-out-of-date")
    assert report.verdict is Verdict.VALID


def test_what_the_issuer_of_a_record_says_itself_needs_no_second_signature() -> None:
    report = recorded(a_badge())

    assert said(report, "contained") == (Outcome.PASSED, "contained-valid")
    assert "covered-by-the-whole" in str(the(report, "contained").evidence)


def test_what_the_issuer_of_a_record_took_back_is_taken_back_in_the_record_too() -> None:
    status_list = signed(a_list(5))

    report = verify(signed(a_record(a_badge(credentialStatus=ENTRY))), {LIST: status_list})

    assert said(report, "contained") == (Outcome.FAILED, "contained-invalid")
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("issuer", [did_of(STRANGER), None])
def test_what_others_are_made_to_say_without_a_signature_is_not_valid(issuer: object) -> None:
    report = recorded(a_badge(issuer=issuer))

    assert said(report, "contained") == (Outcome.FAILED, "contained-invalid")
    assert report.verdict is Verdict.INVALID


def test_a_record_with_an_undecided_part_is_undecided() -> None:
    part = signed(a_badge())
    part["proof"][0]["cryptosuite"] = "quantum-2040"

    report = recorded(part)

    assert said(report, "contained") == (Outcome.UNKNOWN, "contained-undecided")
    assert report.verdict is Verdict.UNDECIDED


def test_only_so_many_parts_are_read() -> None:
    report = recorded(*[a_badge()] * (MAX_CONTAINED + 1))

    assert findings(report, "contained")[-1].code == "embedded-too-many"
    assert report.verdict is Verdict.UNDECIDED


def test_records_in_records_end_somewhere() -> None:
    record = signed(a_badge())
    for _ in range(3):
        record = signed(a_record(record), suite="eddsa-jcs-2022")

    report = verify(record, at=NOON)

    assert report.verdict is Verdict.UNDECIDED


def test_several_subjects_are_all_looked_at() -> None:
    subject = a_record(signed(a_badge()))["credentialSubject"]

    report = verify(
        signed(a_record(credentialSubject=[subject, subject, "odd"]), suite="eddsa-jcs-2022")
    )

    assert len(findings(report, "contained")) == 2


def test_a_single_embedded_value_needs_no_list() -> None:
    record = a_record()
    record["credentialSubject"]["verifiableCredential"] = signed(a_badge())

    report = verify(signed(record, suite="eddsa-jcs-2022"))

    finding = the(report, "contained")
    assert finding.evidence["pointer"] == "/credentialSubject/verifiableCredential"


def _enveloped(token: str) -> dict[str, Any]:
    return {
        "@context": VC2,
        "id": f"data:application/vc+jwt,{token}",
        "type": "EnvelopedVerifiableCredential",
    }
