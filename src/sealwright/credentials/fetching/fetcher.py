"""What a fetcher is, the one that never goes anywhere, and what was asked on the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urljoin

from sealwright.credentials.errors import NetworkRefused, ResolutionFailed, UnreadableInput
from sealwright.credentials.fetching.policy import Destination, destination
from sealwright.credentials.model.strict_json import loads

MAX_BYTES = 1_000_000
MAX_REDIRECTS = 3
SECONDS = 5.0
"""How long one document may take, from the look-up of the name to the last byte."""

JSON_ACCEPT = "application/json"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came. `url` is where it was found, after redirects."""

    url: str
    status: int
    content_type: str
    body: bytes


class Fetcher(Protocol):
    """Brings documents from the web, or says why not."""

    def fetch(self, url: str, *, accept: str = JSON_ACCEPT, max_bytes: int = MAX_BYTES) -> Fetched:
        """The document at `url`, answered with status 200.

        Raises `NetworkRefused` when we may not go there or stopped on the way, and
        `ResolutionFailed` when the other side did not give it.
        """
        ...


@dataclass(frozen=True, slots=True)
class Offline:
    """Goes nowhere."""

    def fetch(self, url: str, *, accept: str = JSON_ACCEPT, max_bytes: int = MAX_BYTES) -> Fetched:
        raise NetworkRefused("offline", url=url)


def fetch_json(
    fetcher: Fetcher, url: str, *, accept: str = JSON_ACCEPT, max_bytes: int = MAX_BYTES
) -> Any:
    """The JSON value at `url`, read by the strict reader.

    The content type is not looked at: many issuers serve their documents as plain text.
    Raises what `Fetcher.fetch` raises, and `ResolutionFailed("not-json")`.
    """
    fetched = fetcher.fetch(url, accept=accept, max_bytes=max_bytes)
    try:
        return loads(fetched.body, max_bytes=max_bytes)
    except UnreadableInput as problem:
        raise ResolutionFailed("not-json", url=url, problem=str(problem)) from problem


@dataclass(slots=True)
class Trail:
    """Goes where `fetcher` goes, once per address, and keeps what was asked in `urls`.

    For one verification: an address asked twice gives the first answer again, a site that
    did not answer is not asked for anything else, and neither the number of documents nor
    the time spent on them is for a stranger's credential to choose. What was refused by
    rule, before anything was asked, is not on the list.
    """

    fetcher: Fetcher
    max_fetches: int = 40
    seconds: float = 15.0
    clock: Callable[[], float] = time.monotonic
    urls: list[str] = field(default_factory=list)
    _answers: dict[tuple[str, str, int], Fetched | ResolutionFailed] = field(default_factory=dict)
    _silent: dict[str, ResolutionFailed] = field(default_factory=dict)
    _spent: float = 0.0

    def fetch(self, url: str, *, accept: str = JSON_ACCEPT, max_bytes: int = MAX_BYTES) -> Fetched:
        """As the wrapped fetcher; also raises `NetworkRefused("too-many-fetches")`."""
        if isinstance(self.fetcher, Offline):
            return self.fetcher.fetch(url)
        asked = (url, accept, max_bytes)
        if asked not in self._answers:
            self._answers[asked] = self._ask(*asked)
        answer = self._answers[asked]
        if isinstance(answer, ResolutionFailed):
            raise _again(answer)
        return answer

    def _ask(self, url: str, accept: str, max_bytes: int) -> Fetched | ResolutionFailed:
        silent = self._silent.get(_site(url))
        if silent:
            return _again(silent, url=url)
        if len(self._answers) >= self.max_fetches or self._spent >= self.seconds:
            return NetworkRefused("too-many-fetches", url=url, fetches=len(self._answers))
        started = self.clock()
        self.urls.append(url)
        try:
            return self.fetcher.fetch(url, accept=accept, max_bytes=max_bytes)
        except ResolutionFailed as problem:
            if problem.code in _REFUSED_BY_RULE and problem.evidence["url"] == url:
                self.urls.pop()
            if problem.code in _SILENCE:
                self._silent[_site(url)] = _again(problem)
            return _again(problem)
        finally:
            self._spent += self.clock() - started


_REFUSED_BY_RULE = frozenset(
    {"offline", "url-malformed", "scheme-refused", "port-refused", "address-not-public"}
)

_SILENCE = frozenset({"timed-out", "dns-failure", "no-connection", "tls-failure"})


def _again(problem: ResolutionFailed, **evidence: Any) -> ResolutionFailed:
    """The same problem without its traceback.

    A trail that kept tracebacks would be kept by them, and every verification that met a
    problem would leave its document to the garbage collector.
    """
    return type(problem)(problem.code, **{**problem.evidence, **evidence})


def _site(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from one address, a redirect perhaps."""

    status: int
    content_type: str = ""
    location: str = ""
    body: bytes = b""


def follow(
    url: str,
    ask: Callable[[Destination], Answer],
    *,
    allow_local: frozenset[str],
    max_redirects: int = MAX_REDIRECTS,
) -> Fetched:
    """Ask for `url` and for what it points to, each address held against the rule first.

    What the operator allowed by name may only be named by somebody who is local too: no
    redirect leads from the web into the house.

    Raises `NetworkRefused` (see `policy.destination`, and `too-many-redirects`) and
    `ResolutionFailed` (`http-not-found`, `http-gone`, `http-server-error`, `http-status`).
    """
    where = destination(url, allow_local=allow_local)
    for _ in range(max_redirects + 1):
        answer = ask(where)
        if answer.status == 200:
            return Fetched(where.url, 200, answer.content_type, answer.body)
        if answer.status not in _REDIRECTS or not answer.location:
            raise _status_problem(where.url, answer.status)
        where = destination(
            _joined(where.url, answer.location),
            allow_local=allow_local if where.local else frozenset(),
        )
    raise NetworkRefused("too-many-redirects", url=url, max_redirects=max_redirects)


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError as problem:
        raise NetworkRefused("url-malformed", url=location[:200], problem="no URL") from problem


def _status_problem(url: str, status: int) -> ResolutionFailed:
    if status == 404:
        return ResolutionFailed("http-not-found", url=url, status=status)
    if status == 410:
        return ResolutionFailed("http-gone", url=url, status=status)
    if 500 <= status <= 599:
        return ResolutionFailed("http-server-error", url=url, status=status)
    return ResolutionFailed("http-status", url=url, status=status)
