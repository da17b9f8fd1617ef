"""The only way out to the network: public addresses, pinned, bounded in time and size.

Control T07 of the threat model. Built on sockets and not on an HTTP client, because the
three things that count (the address we connect to is the one we checked, one deadline for
everything, no byte more than allowed) are the three that clients keep to themselves.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException, HTTPResponse
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, cast

from sealwright.credentials.errors import NetworkRefused, ResolutionFailed
from sealwright.credentials.fetching.fetcher import (
    JSON_ACCEPT,
    MAX_BYTES,
    MAX_REDIRECTS,
    SECONDS,
    Answer,
    Fetched,
    follow,
)
from sealwright.credentials.fetching.policy import Destination, is_public

HEAD_BYTES = 64_000
"""What the status line and the headers may take together, and as much again the framing."""

MAX_ADDRESSES = 4
"""How many addresses of a host are tried."""

Resolve = Callable[[str, int], Iterable[str]]
Connect = Callable[[str, int, float], socket.socket]


def system_resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of `host` as the system knows them. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def system_connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an IP address. Raises `OSError`."""
    return socket.create_connection((address, port), seconds)


@cache
def system_tls() -> ssl.SSLContext:
    """TLS 1.2 or later with the authorities the system trusts."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


@dataclass(frozen=True, slots=True)
class GuardedFetcher:
    """Fetches over https from public addresses; see `policy.destination` for the rule.

    A name is looked up once for each request, every address it has must be public, and the
    connection goes to one of the addresses just checked, so that a second answer of the
    name server changes nothing. `seconds` bounds a whole fetch with its redirects. No
    cookies, no credentials, no proxy, no compression.

    `allow_local` names hosts with ports for development. `resolve`, `connect`, `tls` and
    `clock` stand for the outside world; the defaults are the real one. Immutable, and
    picklable as long as `tls` is None.
    """

    allow_local: frozenset[str] = frozenset()
    seconds: float = SECONDS
    max_redirects: int = MAX_REDIRECTS
    resolve: Resolve = system_resolve
    connect: Connect = system_connect
    tls: ssl.SSLContext | None = None
    clock: Callable[[], float] = time.monotonic

    def fetch(self, url: str, *, accept: str = JSON_ACCEPT, max_bytes: int = MAX_BYTES) -> Fetched:
        """The document at `url`.

        Raises as `follow` does; `NetworkRefused` for `address-not-public`, `timed-out`,
        `answer-too-large`; `ResolutionFailed` for `dns-failure`, `no-connection`,
        `tls-failure`, `answer-broken`, `encoding-refused`.
        """
        deadline = _Deadline(self.clock, self.seconds)

        def ask(where: Destination) -> Answer:
            return self._ask(where, accept, max_bytes, deadline)

        return follow(url, ask, allow_local=self.allow_local, max_redirects=self.max_redirects)

    def _ask(self, where: Destination, accept: str, max_bytes: int, deadline: _Deadline) -> Answer:
        try:
            addresses = self._addresses(where, deadline)
            with closing(self._connection(where, addresses, deadline)) as line:
                line.settimeout(deadline.left())
                line.sendall(_request(where, accept))
                return _answer(line, where.url, max_bytes, deadline)
        except TimeoutError as problem:
            raise NetworkRefused("timed-out", url=where.url, seconds=self.seconds) from problem
        except ssl.SSLError as problem:
            reason = getattr(problem, "verify_message", "") or problem.reason or "broken off"
            raise ResolutionFailed("tls-failure", url=where.url, problem=reason) from problem
        except HTTPException as problem:
            raise ResolutionFailed("answer-broken", url=where.url) from problem
        except OSError as problem:
            raise ResolutionFailed("no-connection", url=where.url) from problem

    def _addresses(self, where: Destination, deadline: _Deadline) -> list[str]:
        """The addresses of the host, all of them checked."""
        addresses = self._look_up(where, deadline)
        if not addresses:
            raise ResolutionFailed("dns-failure", url=where.url, host=where.host)
        for address in addresses:
            if not where.local and not is_public(address):
                raise NetworkRefused(
                    "address-not-public", url=where.url, host=where.host, address=address
                )
        return addresses[:MAX_ADDRESSES]

    def _look_up(self, where: Destination, deadline: _Deadline) -> list[str]:
        """Ask the name server, but no longer than the deadline.

        The system's look-up cannot be interrupted, so it runs in a thread of its own, which
        is left behind when it takes too long and ends with the name server's patience.
        """
        found: SimpleQueue[list[str]] = SimpleQueue()

        def look_up() -> None:
            try:
                found.put(list(self.resolve(where.host, where.port)))
            except (OSError, UnicodeError):
                found.put([])

        Thread(target=look_up, daemon=True).start()
        try:
            return found.get(timeout=deadline.left())
        except Empty as problem:
            raise TimeoutError from problem

    def _connection(
        self, where: Destination, addresses: list[str], deadline: _Deadline
    ) -> socket.socket:
        """A connection to the first address that takes one, with TLS unless it is plain."""
        *others, last = addresses
        for address in others:
            try:
                line = self.connect(address, where.port, deadline.left() / 2)
            except OSError:
                continue
            return self._secured(line, where, deadline)
        return self._secured(self.connect(last, where.port, deadline.left()), where, deadline)

    def _secured(
        self, line: socket.socket, where: Destination, deadline: _Deadline
    ) -> socket.socket:
        if where.scheme == "http":
            return line
        try:
            line.settimeout(deadline.left())
            return (self.tls or system_tls()).wrap_socket(line, server_hostname=where.host)
        except OSError:
            line.close()
            raise


class _Deadline:
    """How much of the time is left."""

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds left, more than 0. Raises `TimeoutError` when there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise TimeoutError
        return left


class _Incoming(io.RawIOBase):
    """The bytes of an answer, as long as there is time and not more than allowed."""

    def __init__(self, line: socket.socket, deadline: _Deadline, refusal: NetworkRefused) -> None:
        self._line = line
        self._allowance = HEAD_BYTES
        self._deadline = deadline
        self._refusal = refusal

    def allow(self, more: int) -> None:
        """Let `more` bytes come, beyond those of the head."""
        self._allowance += more

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._line.settimeout(self._deadline.left())
        count = self._line.recv_into(buffer)
        self._allowance -= count
        if self._allowance < 0:
            raise self._refusal
        return count

    def makefile(self, mode: str) -> io.BufferedReader:
        """What `HTTPResponse` asks of a socket, and all that it asks."""
        return io.BufferedReader(self)


def _request(where: Destination, accept: str) -> bytes:
    lines = (
        f"GET {where.target} HTTP/1.1",
        f"Host: {where.authority}",
        f"Accept: {accept}",
        "Accept-Encoding: identity",
        "User-Agent: sealwright",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def _answer(line: socket.socket, url: str, max_bytes: int, deadline: _Deadline) -> Answer:
    too_large = NetworkRefused("answer-too-large", url=url, max_bytes=max_bytes)
    incoming = _Incoming(line, deadline, too_large)
    response = HTTPResponse(cast("socket.socket", incoming), method="GET")
    with closing(response):
        response.begin()
        answer = Answer(
            status=response.status,
            content_type=response.getheader("Content-Type", ""),
            location=response.getheader("Location", ""),
        )
        if answer.status != 200:
            return answer
        for header, only in (("Content-Encoding", "identity"), ("Transfer-Encoding", "chunked")):
            encoding = response.getheader(header, only)
            if encoding.strip().lower() != only:
                raise ResolutionFailed("encoding-refused", url=url, encoding=encoding)
        if (response.length or 0) > max_bytes:
            raise too_large
        incoming.allow(max_bytes + HEAD_BYTES)
        body = response.read(max_bytes + 1)
        if len(body) > max_bytes:
            raise too_large
        if response.length:
            raise ResolutionFailed("answer-broken", url=url)
    return Answer(answer.status, answer.content_type, body=body)
