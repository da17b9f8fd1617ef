"""Checking what people bring. Nothing of it is kept, logged or sent anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.model.report import Finding, Report, Verdict
from sealwright.credentials.verify import Verifier
from sealwright.web.trust.registry import RecognisedHere
from sealwright.web.verifying import pictures, web
from sealwright.web.verifying.sources import Source, from_text


def check_all(
    sources: Iterable[Source], *, at: datetime, recipient: str | None = None
) -> list[Report]:
    """A report for each source, in order, judged at `at`.

    They share one look at the web, which ends after `VERIFYING_SECONDS`; what could not be
    had by then is undecided.
    """
    verifier = new_verifier()
    return [check(source, verifier=verifier, at=at, recipient=recipient) for source in sources]


def new_verifier(*, seconds: float | None = None) -> Verifier:
    """A verifier for one request: this site's own documents first, then the web, for a while.

    That is `VERIFYING_SECONDS` unless `seconds` are given.
    """
    shared = web.OneRequest(web.fetcher(), seconds or settings.VERIFYING_SECONDS)
    return Verifier(fetcher=shared, registries=(RecognisedHere(),), evidence=web.evidence)


def check(
    source: Source, *, verifier: Verifier, at: datetime, recipient: str | None = None
) -> Report:
    """A report on one source. A picture without badge data is searched for a QR code."""
    if source.link:
        return verifier.verify_link(source.link, at=at, recipient=recipient)
    report = verifier.verify(source.data, at=at, recipient=recipient)
    if report.verdict is not Verdict.UNREADABLE or not isinstance(source.data, bytes):
        return report
    if not pictures.is_picture(source.data):
        return report
    return _check_picture(source.data, verifier=verifier, at=at, recipient=recipient)


def _check_picture(
    data: bytes, *, verifier: Verifier, at: datetime, recipient: str | None
) -> Report:
    try:
        text = pictures.read_code(data)
    except UnreadableInput as problem:
        return unreadable(problem)
    report = check(from_text(text), verifier=verifier, at=at, recipient=recipient)
    if report.verdict is Verdict.UNREADABLE and not report.fetched:
        return unreadable(UnreadableInput("code-without-credential", text=text[:120]))
    return report


def unreadable(problem: UnreadableInput) -> Report:
    """The report on an input that holds no credential."""
    return Report((Finding.of_error("input", problem),))
