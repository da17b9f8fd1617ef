"""A web in a file: the documents a verification may see, and no others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sealwright.credentials.errors import NetworkRefused, ResolutionFailed
from sealwright.credentials.fetching.fetcher import (
    JSON_ACCEPT,
    MAX_BYTES,
    SECONDS,
    Answer,
    Fetched,
    follow,
)
from sealwright.credentials.fetching.policy import Destination, destination


@dataclass(frozen=True, slots=True)
class RecordedWeb:
    """Answers from `documents` under the same rules as the guard, without any network.

    `documents` maps an address to `{status, content_type, body, location, delay_seconds}`,
    all but `body` optional: `body` is a text, or a JSON value that is written out. A
    redirect has a `location`. Recorded delays are added up and never waited for; when they
    reach `seconds` the fetch has timed out.
    """

    documents: Mapping[str, Any]
    allow_local: frozenset[str] = frozenset()
    seconds: float = SECONDS
    _by_url: dict[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spelled = {self._spelling(url): record for url, record in self.documents.items()}
        object.__setattr__(self, "_by_url", spelled)

    def fetch(self, url: str, *, accept: str = JSON_ACCEPT, max_bytes: int = MAX_BYTES) -> Fetched:
        """The recorded document.

        Raises as `follow` does, `ResolutionFailed("not-recorded")` for an address that is
        not in the file, `recording-malformed`, and `NetworkRefused` for `timed-out` and
        `answer-too-large`.
        """
        waited = 0.0

        def ask(where: Destination) -> Answer:
            nonlocal waited
            record = self._by_url.get(where.url)
            if record is None:
                raise ResolutionFailed("not-recorded", url=where.url)
            delay, answer = _answer(where.url, record)
            waited += delay
            if waited >= self.seconds:
                raise NetworkRefused("timed-out", url=where.url, seconds=self.seconds)
            if len(answer.body) > max_bytes:
                raise NetworkRefused("answer-too-large", url=where.url, max_bytes=max_bytes)
            return answer

        return follow(url, ask, allow_local=self.allow_local)

    def _spelling(self, url: str) -> str:
        """The spelling that a fetch will look for; what can never be asked stays as it is."""
        try:
            return destination(url, allow_local=self.allow_local).url
        except NetworkRefused:
            return url


def _answer(url: str, record: Any) -> tuple[float, Answer]:
    try:
        delay = float(record.get("delay_seconds", 0))
        answer = Answer(
            status=int(record.get("status", 200)),
            content_type=str(record.get("content_type", JSON_ACCEPT)),
            location=str(record.get("location") or ""),
            body=_bytes(record.get("body")),
        )
    except (AttributeError, TypeError, ValueError, OverflowError, RecursionError) as problem:
        raise ResolutionFailed("recording-malformed", url=url) from problem
    return delay, answer


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode("utf-8", "surrogatepass")
