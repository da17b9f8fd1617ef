"""The test VC-API over HTTP, on this machine's loopback addresses only."""

from __future__ import annotations

import json
import socket
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any, Final

from sealwright.vcapi.service import Answer, Sandbox

MAX_BODY: Final = 5_000_000
SECONDS: Final = 30


class NotLoopback(ValueError):
    """The test VC-API was asked to listen where others could reach it."""


class Server(ThreadingHTTPServer):
    """Serves one `Sandbox`. Raises `NotLoopback` for any other address."""

    daemon_threads = True

    def __init__(
        self, service: Sandbox, host: str, port: int, tls: ssl.SSLContext | None = None
    ) -> None:
        address = loopback(host)
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.service = service
        self.tls = tls
        super().__init__((address, port), Handler)

    @property
    def url(self) -> str:
        """Where it can be reached."""
        return f"{'https' if self.tls else 'http'}://localhost:{self.server_address[1]}"

    def get_request(self) -> tuple[socket.socket, Any]:
        """Take a connection; its thread does the handshake, so that nobody waits for it."""
        connection, address = super().get_request()
        connection.settimeout(SECONDS)
        if self.tls:
            connection = self.tls.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        return connection, address

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up or speaks no TLS is no event here."""


def loopback(host: str) -> str:
    """`host` as an address of this machine. Raises `NotLoopback`."""
    address = "127.0.0.1" if host == "localhost" else host
    try:
        if ip_address(address).is_loopback:
            return address
    except ValueError:
        pass
    raise NotLoopback(host)


class Handler(BaseHTTPRequestHandler):
    """One request: a JSON text in, a JSON text out."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer from the service."""
        self._reply(self.server.service.answer("GET", self.path, b""))

    def do_POST(self) -> None:
        """Answer from the service, given the body."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MAX_BODY:
            self.close_connection = True
            self._reply(Answer(413, {"errors": ["Say how long the body is, at most 5 MB."]}))
            return
        body = self.rfile.read(int(length))
        self._reply(self.server.service.answer("POST", self.path, body))

    def _reply(self, answer: Answer) -> None:
        body = json.dumps(answer.document).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test suites on the other end report what matters."""
