"""The guard against servers on loopback and against scripted connections.

A scripted connection is a pair of local sockets: the test writes what the server would
say, the guard reads it, and nothing leaves the process.
"""

from __future__ import annotations

import pickle
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import NetworkRefused, ResolutionFailed
from sealwright.credentials.fetching import GuardedFetcher, fetch_json
from sealwright.credentials.fetching.guard import system_connect, system_resolve, system_tls

HOME = "http://app.example:8000"
LOCAL = frozenset({"app.example:8000"})
PUBLIC = "93.184.216.34"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


@dataclass
class Script:
    """Stands for the network: one prepared answer a connection, in order."""

    answers: list[bytes]
    called: list[tuple[str, int]] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    ends: list[socket.socket] = field(default_factory=list)

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.called.append((address, port))
        near, far = socket.socketpair()
        far.sendall(self.answers.pop(0))
        far.shutdown(socket.SHUT_WR)
        self.ends.append(far)
        return near

    def request(self) -> bytes:
        return self.ends[-1].recv(65536)


@pytest.fixture
def play() -> Iterator[Callable[..., tuple[GuardedFetcher, Script]]]:
    """A guard whose connections answer with the given bytes."""
    scripts: list[Script] = []

    def start(*answers: bytes, **options: Any) -> tuple[GuardedFetcher, Script]:
        script = Script(list(answers))
        scripts.append(script)
        options = {"allow_local": LOCAL, "resolve": lambda host, port: ["10.1.2.3"], **options}
        return GuardedFetcher(connect=script.connect, **options), script

    yield start
    for script in scripts:
        for end in script.ends:
            end.close()


Play = Callable[..., tuple[GuardedFetcher, Script]]


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *headers, ""))
    return head.encode() + body


def problem_of(guard: GuardedFetcher, url: str = HOME + "/doc", **limits: Any) -> ResolutionFailed:
    with pytest.raises(ResolutionFailed) as failed:
        guard.fetch(url, **limits)
    assert "url" in failed.value.evidence
    return failed.value


def test_the_request_is_plain_and_asks_for_no_compression(play: Play) -> None:
    guard, script = play(OK)

    fetched = guard.fetch(HOME + "/doc?v=1#key", accept="text/plain")

    assert fetched.body == b"{}"
    assert fetched.content_type == "application/json"
    assert fetched.url == HOME + "/doc?v=1"
    assert script.request().split(b"\r\n") == [
        b"GET /doc?v=1 HTTP/1.1",
        b"Host: app.example:8000",
        b"Accept: text/plain",
        b"Accept-Encoding: identity",
        b"User-Agent: sealwright",
        b"Connection: close",
        b"",
        b"",
    ]


@pytest.mark.parametrize(
    "reply",
    [
        answer(b"{}", "Content-Length: 2"),
        answer(b"{}"),
        answer(b"{}", "Content-Length: two"),
        answer(b"{}", "Content-Encoding: Identity"),
        answer(b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
        b"HTTP/1.1 100 Continue\r\n\r\n" + OK,
        b"HTTP/1.0 200 OK\r\n\r\n{}",
    ],
)
def test_every_usual_framing_is_read(play: Play, reply: bytes) -> None:
    guard, _ = play(reply)

    assert guard.fetch(HOME).body == b"{}"


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"<html>",
        b"HTTP/1.1 banana\r\n\r\n",
        b"HTTP/3 200 OK\r\n\r\n",
        answer(b"{}", "Content-Length: 3"),
        answer(b"5\r\n{", "Transfer-Encoding: chunked"),
        answer(b"zz\r\n{}", "Transfer-Encoding: chunked"),
        answer(b"{}", *(f"X-{n}: x" for n in range(200))),
    ],
)
def test_an_answer_that_is_no_http_or_cut_short_is_broken(play: Play, reply: bytes) -> None:
    guard, _ = play(reply)

    assert problem_of(guard).code == "answer-broken"


@pytest.mark.parametrize(
    "header",
    ["Content-Encoding: gzip", "Content-Encoding: br", "Transfer-Encoding: gzip, chunked"],
)
def test_a_compressed_answer_is_refused_unopened(play: Play, header: str) -> None:
    guard, _ = play(answer(b"\x1f\x8b", header))

    problem = problem_of(guard)

    assert problem.code == "encoding-refused"
    assert problem.evidence["encoding"] == header.partition(": ")[2]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("404 Not Found", "http-not-found"),
        ("410 Gone", "http-gone"),
        ("502 Bad Gateway", "http-server-error"),
        ("304 Not Modified", "http-status"),
    ],
)
def test_another_status_is_told_by_its_code(play: Play, status: str, code: str) -> None:
    guard, _ = play(answer(b"", status=status))

    problem = problem_of(guard)

    assert problem.code == code
    assert problem.evidence["status"] == int(status[:3])


def test_a_size_that_is_announced_is_refused_before_it_is_read(play: Play) -> None:
    guard, _ = play(answer(b"", "Content-Length: 1000001"))

    assert problem_of(guard).code == "answer-too-large"


@pytest.mark.parametrize(
    "reply",
    [
        answer(b"12345"),
        answer(b"5\r\n12345\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
        answer(b"-1\r\n" + b"x" * 130_000, "Transfer-Encoding: chunked"),
        b"HTTP/1.1 100 Continue\r\n\r\n" * 3_000,
    ],
)
def test_a_size_that_is_not_announced_is_refused_on_the_way(play: Play, reply: bytes) -> None:
    guard, _ = play(reply)

    problem = problem_of(guard, max_bytes=4)

    assert problem.code == "answer-too-large"
    assert problem.evidence["max_bytes"] == 4


def test_a_head_has_a_size_of_its_own(play: Play) -> None:
    guard, _ = play(answer(b"{}", *(f"X-{n}: {'x' * 1000}" for n in range(80))))

    assert problem_of(guard).code == "answer-too-large"


def test_a_document_may_be_as_large_as_allowed(play: Play) -> None:
    announced = answer(b"1234", "Content-Length: 4")
    guard, _ = play(answer(b"1234"), announced, answer(b"x" * 150_000))

    assert guard.fetch(HOME, max_bytes=4).body == b"1234"
    assert guard.fetch(HOME, max_bytes=4).body == b"1234"
    assert len(guard.fetch(HOME, max_bytes=150_000).body) == 150_000


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda b: b"HTTP/1.1 200 OK\r\n" + b))
def test_whatever_a_server_sends_is_an_answer_or_a_refusal(reply: bytes) -> None:
    script = Script([reply])
    guard = GuardedFetcher(
        allow_local=LOCAL, connect=script.connect, resolve=lambda host, port: ["10.1.2.3"]
    )

    try:
        guard.fetch(HOME)
    except ResolutionFailed as failed:
        code = failed.code
    else:
        code = "fetched"
    script.ends[0].close()

    assert code in {"fetched", "answer-broken", "encoding-refused", "http-status"}


def test_redirects_are_followed_through_new_look_ups(play: Play) -> None:
    guard, script = play(answer(b"", "Location: /there", status="302 Found"), OK)

    assert guard.fetch(HOME).url == HOME + "/there"
    assert len(script.called) == 2


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://app.example:8001/", "scheme-refused"),
        ("https://localhost/", "address-not-public"),
        ("https://[::ffff:169.254.169.254]/", "address-not-public"),
        ("https://elsewhere.example/", "address-not-public"),
    ],
)
def test_a_redirect_to_a_forbidden_place_is_refused(play: Play, location: str, code: str) -> None:
    guard, script = play(answer(b"", f"Location: {location}", status="301 Moved"))

    assert problem_of(guard).code == code
    assert len(script.called) == 1


def test_the_connection_goes_to_the_address_that_was_checked(play: Play) -> None:
    looked_up: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return [PUBLIC] if len(looked_up) == 1 else ["127.0.0.1"]

    guard, script = play(b"", allow_local=frozenset(), resolve=rebinding)

    assert problem_of(guard, "https://issuer.example/").code in {"tls-failure", "no-connection"}
    assert script.called == [(PUBLIC, 443)]
    assert looked_up == ["issuer.example"]


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        [PUBLIC, "10.0.0.1"],
        ["::1"],
        ["::ffff:169.254.169.254"],
        ["64:ff9b::a9fe:a9fe"],
        ["fe80::1%eth0"],
        ["100.64.0.1"],
        ["169.254.169.254"],
        ["fd00:ec2::254"],
        ["not an address"],
    ],
)
def test_a_name_with_an_address_inside_is_never_connected_to(
    play: Play, addresses: list[str]
) -> None:
    guard, script = play(resolve=lambda host, port: addresses)

    problem = problem_of(guard, "https://issuer.example/")

    assert problem.code == "address-not-public"
    assert problem.evidence["address"] == addresses[-1]
    assert script.called == []


def _unknown(host: str, port: int) -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, "unknown")


def _unspeakable(host: str, port: int) -> list[str]:
    raise UnicodeError("label too long")


@pytest.mark.parametrize("resolve", [_unknown, _unspeakable, lambda host, port: []])
def test_a_name_without_an_address_is_a_dns_failure(
    play: Play, resolve: Callable[[str, int], list[str]]
) -> None:
    guard, _ = play(resolve=resolve)

    problem = problem_of(guard, "https://issuer.example/")

    assert problem.code == "dns-failure"
    assert problem.evidence["host"] == "issuer.example"


def test_a_name_server_that_says_nothing_is_not_waited_for(play: Play) -> None:
    finished = threading.Event()

    def silent(host: str, port: int) -> list[str]:
        finished.wait()
        return []

    guard, _ = play(resolve=silent, seconds=0.01)

    assert problem_of(guard).code == "timed-out"
    finished.set()


def test_the_next_address_is_tried_when_one_refuses() -> None:
    script = Script([OK])

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        if address == "10.0.0.1":
            raise ConnectionRefusedError
        return script.connect(address, port, seconds)

    guard = GuardedFetcher(
        allow_local=LOCAL,
        connect=connect,
        resolve=lambda host, port: ["10.0.0.1", "10.0.0.2", "10.0.0.3"],
    )

    assert guard.fetch(HOME).body == b"{}"
    assert script.called == [("10.0.0.2", 8000)]
    script.ends[0].close()


def test_only_the_first_addresses_are_tried() -> None:
    tried: list[str] = []

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    guard = GuardedFetcher(
        allow_local=LOCAL,
        connect=connect,
        resolve=lambda host, port: [f"10.0.0.{n}" for n in range(50)],
    )

    assert problem_of(guard).code == "no-connection"
    assert tried == ["10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3"]


class Ticking:
    """A clock that moves on by `step` seconds each time somebody looks."""

    def __init__(self, step: float) -> None:
        self.now = 0.0
        self.step = step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


class Dripping:
    """A connection that gives one byte at a time, for ever, and never times out itself."""

    def settimeout(self, seconds: float) -> None:
        pass

    def sendall(self, data: bytes) -> None:
        pass

    def recv_into(self, buffer: Any) -> int:
        buffer[:1] = b"H"
        return 1

    def close(self) -> None:
        pass


def test_a_server_that_drips_is_left_at_the_deadline() -> None:
    guard = GuardedFetcher(
        allow_local=LOCAL,
        connect=lambda address, port, seconds: Dripping(),  # type: ignore[arg-type,return-value]
        resolve=lambda host, port: ["10.1.2.3"],
        clock=Ticking(step=0.1),
    )

    problem = problem_of(guard)

    assert problem.code == "timed-out"
    assert problem.evidence["seconds"] == 5.0


def test_the_last_moment_is_too_late(play: Play) -> None:
    guard, script = play(OK, clock=Ticking(step=5.0))

    assert problem_of(guard).code == "timed-out"
    assert script.called == []


def test_the_deadline_spans_the_redirects(play: Play) -> None:
    onward = answer(b"", "Location: /next", status="302 Found")
    guard, script = play(onward, onward, OK, clock=Ticking(step=0.5), seconds=3.0)

    assert problem_of(guard).code == "timed-out"
    assert len(script.called) < 3


def test_the_guard_crosses_a_process_pool() -> None:
    guard = GuardedFetcher(allow_local=LOCAL)

    assert pickle.loads(pickle.dumps(guard)) == guard


def test_tls_is_modern_and_checks_names() -> None:
    context = system_tls()

    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert system_tls() is context


class Site(BaseHTTPRequestHandler):
    """A small web site: a document, a way out, and a page without end."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/did.json":
            body = b'{"id": "did:web:issuer.example"}'
            self.send_response(200)
            self.send_header("Content-Type", "application/did+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_response(302)
            self.send_header("Location", "https://169.254.169.254/latest/meta-data")
            self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def _serving(tls: ssl.SSLContext | None) -> tuple[ThreadingHTTPServer, int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server, server.server_address[1]


@dataclass(frozen=True)
class Authority:
    """A server's side and a client's side of TLS for issuer.example."""

    server: ssl.SSLContext
    client: ssl.SSLContext


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "issuer.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("issuer.example")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "site.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return Authority(server, ssl.create_default_context(cafile=str(pem)))


@pytest.fixture
def plain_site(request: pytest.FixtureRequest) -> Iterator[int]:
    server, port = _serving(None)
    yield port
    server.shutdown()
    server.server_close()


@pytest.fixture
def secure_site(authority: Authority) -> Iterator[int]:
    server, port = _serving(authority.server)
    yield port
    server.shutdown()
    server.server_close()


def _through(port: int) -> Callable[[str, int, float], socket.socket]:
    """Connections to the public address end at our own server on this machine."""

    def connect(address: str, asked: int, seconds: float) -> socket.socket:
        if (address, asked) != (PUBLIC, 443):
            raise ConnectionRefusedError
        return system_connect("127.0.0.1", port, seconds)

    return connect


@pytest.mark.loopback
def test_a_local_server_is_asked_when_the_operator_allows_it(plain_site: int) -> None:
    guard = GuardedFetcher(allow_local=frozenset({f"localhost:{plain_site}"}))

    document = fetch_json(guard, f"http://localhost:{plain_site}/did.json")

    assert document == {"id": "did:web:issuer.example"}


@pytest.mark.loopback
def test_a_local_server_is_not_asked_otherwise(plain_site: int) -> None:
    guard = GuardedFetcher()

    assert problem_of(guard, f"http://127.0.0.1:{plain_site}/").code == "scheme-refused"
    assert problem_of(guard, f"https://127.0.0.1:{plain_site}/").code == "port-refused"
    assert problem_of(guard, "https://127.0.0.1/").code == "address-not-public"


@pytest.mark.loopback
def test_a_server_may_not_lead_us_to_its_cloud(plain_site: int) -> None:
    guard = GuardedFetcher(allow_local=frozenset({f"127.0.0.1:{plain_site}"}))

    problem = problem_of(guard, f"http://127.0.0.1:{plain_site}/out")

    assert isinstance(problem, NetworkRefused)
    assert problem.code == "address-not-public"


@pytest.mark.loopback
def test_nobody_listening_is_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    guard = GuardedFetcher(allow_local=frozenset({f"127.0.0.1:{port}"}))

    assert problem_of(guard, f"http://127.0.0.1:{port}/").code == "no-connection"


@pytest.mark.loopback
def test_a_document_comes_over_tls_under_the_name_that_was_asked(
    secure_site: int, authority: Authority
) -> None:
    guard = GuardedFetcher(
        resolve=lambda host, port: [PUBLIC], connect=_through(secure_site), tls=authority.client
    )

    fetched = guard.fetch("https://issuer.example/did.json")

    assert fetched.content_type == "application/did+json"
    assert fetched.body == b'{"id": "did:web:issuer.example"}'


@pytest.mark.loopback
def test_a_certificate_for_another_name_is_a_tls_failure(
    secure_site: int, authority: Authority
) -> None:
    guard = GuardedFetcher(
        resolve=lambda host, port: [PUBLIC], connect=_through(secure_site), tls=authority.client
    )

    problem = problem_of(guard, "https://other.example/did.json")

    assert problem.code == "tls-failure"
    assert "other.example" in problem.evidence["problem"]


@pytest.mark.loopback
def test_a_certificate_that_nobody_vouches_for_is_a_tls_failure(secure_site: int) -> None:
    guard = GuardedFetcher(resolve=lambda host, port: [PUBLIC], connect=_through(secure_site))

    assert problem_of(guard, "https://issuer.example/did.json").code == "tls-failure"


@pytest.mark.loopback
def test_a_server_without_tls_is_a_tls_failure(plain_site: int) -> None:
    guard = GuardedFetcher(resolve=lambda host, port: [PUBLIC], connect=_through(plain_site))

    assert problem_of(guard, "https://issuer.example/did.json").code == "tls-failure"


@pytest.mark.loopback
def test_the_system_knows_the_addresses_of_this_machine() -> None:
    assert system_resolve("127.0.0.1", 443) == ["127.0.0.1"]
