from __future__ import annotations

from typing import Any

import pytest

from sealwright.credentials.errors import ResolutionFailed
from sealwright.credentials.model.report import Outcome, Verdict
from sealwright.credentials.verify import KnownIssuer, ListedRegistry, RemoteRegistry
from tests.credentials.verify.samples import (
    ELM_ACADEMY,
    a_badge,
    did_of,
    findings,
    said,
    signed,
    the,
    verify,
)

ELM = did_of(ELM_ACADEMY)
LIST_URL = "https://registry.example/list.json"
ROW = {"name": "Elm Academy", "url": "https://elm.example", "location": "Elmtown"}
OURS = ListedRegistry("Ours", "", {ELM: KnownIssuer("Elm Academy", "https://elm.example")})
EMPTY = ListedRegistry("Empty", "", {})


def test_a_registry_that_lists_the_issuer_is_named() -> None:
    report = verify(signed(a_badge()), registries=(EMPTY, OURS))

    assert said(report, "registry") == (Outcome.PASSED, "registry-lists-issuer")
    assert the(report, "registry").evidence["registry"] == "Ours"


def test_an_issuer_that_no_registry_knows_is_valid_with_a_plain_note() -> None:
    report = verify(signed(a_badge()), registries=(EMPTY,))

    assert said(report, "registry") == (Outcome.UNKNOWN, "registry-unlisted")
    assert report.verdict is Verdict.VALID


def test_no_registry_is_no_answer() -> None:
    report = verify(signed(a_badge()))

    assert said(report, "registry") == (Outcome.SKIPPED, "registry-none")


def test_a_remote_registry_is_asked_after_the_proof() -> None:
    registry = RemoteRegistry("Remote", LIST_URL)

    report = verify(signed(a_badge()), {LIST_URL: {"registry": {ELM: ROW}}}, registries=(registry,))

    assert said(report, "registry") == (Outcome.PASSED, "registry-lists-issuer")
    assert report.fetched == (LIST_URL,)


def test_a_registry_that_cannot_be_asked_is_named_and_decides_nothing() -> None:
    report = verify(
        signed(a_badge()), {LIST_URL: 503}, registries=(RemoteRegistry("Remote", LIST_URL),)
    )

    codes = [finding.code for finding in findings(report, "registry")]
    assert codes == ["http-server-error", "registry-unlisted"]
    assert report.verdict is Verdict.VALID


@pytest.mark.parametrize("document", [[], {"registry": []}, "text", None])
def test_a_list_of_another_form_is_no_registry(document: Any) -> None:
    with pytest.raises(ResolutionFailed):
        ListedRegistry.from_document("Odd", "", document)


def test_rows_of_another_form_are_left_out() -> None:
    rows = {"registry": {"did:a": "text", "did:b": {"name": 1}, "did:c": {"name": "C", "url": 1}}}

    registry = ListedRegistry.from_document("Odd", "", rows)

    assert registry.issuers == {"did:c": KnownIssuer("C", "")}
