from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest

from sealwright.credentials.verify import Verifier
from sealwright.vcapi.certificate import self_made, server_context
from sealwright.vcapi.server import MAX_BODY, NotLoopback, Server, loopback
from sealwright.vcapi.service import Sandbox

pytestmark = pytest.mark.loopback


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def running(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    with Server(Sandbox(Verifier(), now), host, 0, tls) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def ask(
    line: http.client.HTTPConnection, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, Any]:
    text = None if body is None else json.dumps(body)
    line.request(method, path, text, headers)
    response = line.getresponse()
    return response.status, json.loads(response.read())


def test_it_issues_and_verifies_over_tls_with_a_certificate_of_its_own() -> None:
    certificate, key = self_made(now())
    trusted = ssl.create_default_context(cadata=certificate.decode())
    credential = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": {"name": "Elm Academy"},
        "credentialSubject": {"id": "did:example:ada"},
    }

    with running(tls=server_context(certificate, key)) as server:
        port = server.server_address[1]
        with closing(http.client.HTTPSConnection("localhost", port, context=trusted)) as line:
            issued = ask(
                line, "POST", "/eddsa-rdfc-2022/credentials/issue", {"credential": credential}
            )
            verified = ask(line, "POST", "/credentials/verify", issued[1])
        address = server.url

    assert issued[0] == 201
    assert verified[0] == 200
    assert address == f"https://localhost:{port}"


def test_a_client_that_speaks_no_tls_disturbs_nobody() -> None:
    certificate, key = self_made(now())
    trusted = ssl.create_default_context(cadata=certificate.decode())

    with running(tls=server_context(certificate, key)) as server:
        port = server.server_address[1]
        with (
            closing(http.client.HTTPConnection("localhost", port)) as plain,
            pytest.raises((http.client.HTTPException, OSError)),
        ):
            ask(plain, "GET", "/ids")
        with closing(http.client.HTTPSConnection("localhost", port, context=trusted)) as line:
            status, _ = ask(line, "GET", "/ids")

    assert status == 200


@pytest.mark.parametrize("length", ["", "many", str(MAX_BODY + 1), "-1"])
def test_a_body_without_a_bearable_length_is_not_read(length: str) -> None:
    with (
        running() as server,
        closing(http.client.HTTPConnection("127.0.0.1", server.server_address[1])) as line,
    ):
        line.putrequest("POST", "/credentials/verify")
        line.putheader("Content-Length", length)
        line.endheaders()
        status = line.getresponse().status
        address = server.url

    assert status == 413
    assert address.startswith("http://localhost:")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_loopback_addresses_are_this_machines(host: str) -> None:
    assert loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.1", "elm.example", ""])  # noqa: S104
def test_it_does_not_listen_where_others_could_reach_it(host: str) -> None:
    with pytest.raises(NotLoopback):
        Server(Sandbox(Verifier(), now, {}), host, 0)
