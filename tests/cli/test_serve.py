from __future__ import annotations

import argparse
import importlib.util
from typing import Any

import pytest

from sealwright.cli import _site, build_parser, serve
from sealwright.cli._usage import UsageError
from tests.cli.runs import Desk


def parsed(*arguments: str) -> argparse.Namespace:
    return build_parser().parse_args(["serve", *arguments])


@pytest.mark.loopback
@pytest.mark.parametrize("tls", [True, False])
def test_the_test_api_listens_on_this_machine(desk: Desk, tls: bool) -> None:
    certificate = desk.folder / "certificate.pem"
    flags = ["--tls", "--certificate-out", str(certificate)] if tls else []

    with serve.vc_api(parsed("--vc-api", "--port", "0", "--offline", *flags)) as server:
        url = server.url

    assert url.startswith("https://localhost:" if tls else "http://localhost:")
    assert certificate.exists() is tls


def test_a_certificate_need_not_be_written() -> None:
    arguments = parsed("--vc-api", "--tls", "--host", "elm.example")

    with pytest.raises(UsageError):
        serve.vc_api(arguments)


def test_the_test_api_does_not_listen_for_others(desk: Desk) -> None:
    ran = desk.run("serve", "--vc-api", "--host", "0.0.0.0")  # noqa: S104

    assert ran.code == 64
    assert "loopback only" in ran.err


@pytest.mark.loopback
def test_a_port_that_is_taken_is_said(desk: Desk) -> None:
    with serve.vc_api(parsed("--vc-api", "--port", "0", "--offline")) as server:
        port = str(server.server_address[1])
        ran = desk.run("serve", "--vc-api", "--port", port)

    assert ran.code == 64
    assert port in ran.err


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_what_is_no_port_is_wrong_usage(desk: Desk, port: str) -> None:
    assert desk.run("serve", "--port", port).code == 64


def test_without_the_extra_it_says_what_to_install(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str, *_: Any) -> None:
        return None

    monkeypatch.setattr(_site, "find_spec", absent)

    ran = desk.run("serve")

    assert ran.code == 64
    assert "sealwright[web]" in ran.err
    assert importlib.util.find_spec("sealwright")


@pytest.mark.parametrize(("host", "bind"), [("::1", "[::1]:8000"), ("localhost", "localhost:8000")])
def test_the_site_is_bound_where_it_was_asked_to(host: str, bind: str) -> None:
    site_module = pytest.importorskip("sealwright.web.config.server")

    def application() -> None:
        """Stands for the site."""

    site = site_module.Site(application, host, 8000)

    assert site.cfg.bind == [bind]
    assert site.load() is application
