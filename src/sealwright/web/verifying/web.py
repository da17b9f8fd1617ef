"""The web as a verification of this site sees it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sealwright.credentials.errors import NetworkRefused, ResolutionFailed
from sealwright.credentials.fetching import Fetched, Fetcher
from sealwright.credentials.transparency import Logged
from sealwright.credentials.verify import Evidence
from sealwright.web.core import web

LARGEST_MEMORY = 10_000_000
"""Bytes of answers that one request remembers."""


OwnDocument = Callable[[str], Fetched | None]
"""What this site itself serves at an address, or None where the address is not its own."""

_own: list[OwnDocument] = []


def register_own(find: OwnDocument) -> None:
    """Have `find` asked before the network. Called from `AppConfig.ready`."""
    if find not in _own:
        _own.append(find)


_evidence: list[Evidence] = []


def register_evidence(find: Evidence) -> None:
    """Have `find` vouch for what was logged here. Called from `AppConfig.ready`."""
    if find not in _evidence:
        _evidence.append(find)


def evidence(credential: str, digests: Sequence[bytes]) -> Logged | None:
    """What the log of this site shows about a credential; for a `Verifier`."""
    return next(filter(None, (find(credential, digests) for find in _evidence)), None)


def fetcher() -> Fetcher:
    """The web as `core.web` sees it, this site's own documents first."""
    return OwnFirst(web.fetcher())


@dataclass(frozen=True, slots=True)
class OwnFirst:
    """This site's own documents as its database has them; `fetcher` for everything else.

    A check of what was issued here needs no way back through the network to ourselves, which
    the guard would refuse on one's own machine.
    """

    fetcher: Fetcher

    def fetch(
        self, url: str, *, accept: str = "application/json", max_bytes: int = 1_000_000
    ) -> Fetched:
        """As the wrapped fetcher, which is asked for what is not ours."""
        for find in _own:
            found = find(url)
            if found is not None:
                if len(found.body) > max_bytes:
                    raise NetworkRefused("answer-too-large", url=url, max_bytes=max_bytes)
                return found
        return self.fetcher.fetch(url, accept=accept, max_bytes=max_bytes)


@dataclass(slots=True)
class OneRequest:
    """Goes where `fetcher` goes for all credentials of one request, `seconds` at most.

    Fifty badges of one issuer ask for its key and its status list once. What could not be
    had is not asked for again.
    """

    fetcher: Fetcher
    seconds: float
    clock: Callable[[], float] = time.monotonic
    _answers: dict[tuple[str, str, int], Fetched | ResolutionFailed] = field(default_factory=dict)
    _spent: float = 0.0
    _room: int = LARGEST_MEMORY

    def fetch(
        self, url: str, *, accept: str = "application/json", max_bytes: int = 1_000_000
    ) -> Fetched:
        """As the wrapped fetcher; `timed-out` too once the request has had its time."""
        asked = (url, accept, max_bytes)
        answer = self._answers.get(asked) or self._ask(*asked)
        if isinstance(answer, ResolutionFailed):
            raise answer
        return answer

    def _ask(self, url: str, accept: str, max_bytes: int) -> Fetched | ResolutionFailed:
        if self._spent >= self.seconds:
            return NetworkRefused("timed-out", url=url, seconds=self.seconds)
        started = self.clock()
        answer: Fetched | ResolutionFailed
        try:
            answer = self.fetcher.fetch(url, accept=accept, max_bytes=max_bytes)
        except ResolutionFailed as problem:
            answer = problem
        self._spent += self.clock() - started
        size = len(answer.body) if isinstance(answer, Fetched) else 0
        if size <= self._room:
            self._room -= size
            self._answers[url, accept, max_bytes] = answer
        return answer
