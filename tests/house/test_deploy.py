"""What `deploy/` says of the site is so: its commands, its variables, its limits and waits."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings

from sealwright.cli import build_parser
from sealwright.web.config.env import Env
from sealwright.web.config.server import LONGEST_ANSWER
from tests.house.source import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("systemd/*.service"))
SITE = DEPLOY / "systemd" / "sealwright-site.service"
PAGE = ROOT / "docs" / "how-to" / "run-behind-nginx.md"
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
SECONDS = {"": 1, "s": 1, "min": 60}
MEGABYTE = 1_000_000


def said(unit: Path, name: str) -> list[str]:
    """The values that a unit gives to a name."""
    return re.findall(rf"^{name}=(.*)$", unit.read_text("utf-8"), re.M)


def commands() -> list[str]:
    """Every command of ours that a service or a container starts."""
    lines = [line for unit in UNITS for line in said(unit, "ExecStart")]
    [container] = re.findall(r"^CMD (.*)$", CONTAINER, re.M)
    return [*lines, shlex.join(json.loads(container))]


def seconds(text: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([a-z]*)", text).groups()  # type: ignore[union-attr]
    return int(number) * SECONDS[unit]


def block(head: str) -> str:
    """What stands between the braces after `head` in nginx.conf."""
    [inside] = re.findall(rf"{re.escape(head)} {{([^{{}}]*)}}", NGINX)
    return str(inside)


def body_limit(inside: str) -> int:
    """Bytes; nginx counts in mebibytes."""
    [number] = re.findall(r"client_max_body_size (\d+)m;", inside)
    return int(number) * 1024 * 1024


def given() -> dict[str, str]:
    """The variables of site.env, those that are proposed in a comment among them."""
    text = (DEPLOY / "site.env").read_text("utf-8")
    return dict(re.findall(r"^#?(SEALWRIGHT_\w+)=(.*)$", text, re.M))


@pytest.mark.parametrize("line", commands())
def test_what_is_started_is_a_command(line: str) -> None:
    program, *arguments = shlex.split(line)

    assert program in ("sealwright", "/opt/sealwright/bin/sealwright")
    assert build_parser().parse_args(arguments).run


def test_a_site_as_it_is_deployed_has_a_worker_and_backups() -> None:
    started = {shlex.split(line)[1] for line in commands()}

    assert started == {"serve", "worker", "backup"}
    assert "sealwright-worker.service" in said(SITE, "Wants")[0]
    assert (DEPLOY / "systemd" / "sealwright-backup.timer").is_file()


def test_every_variable_that_is_set_is_a_setting() -> None:
    known = set(
        re.findall(r"`(SEALWRIGHT_\w+)`", (ROOT / "docs/reference/settings.md").read_text("utf-8"))
    )
    named = set(re.findall(r"SEALWRIGHT_[A-Z_]+", CONTAINER + NGINX + PAGE.read_text("utf-8")))

    assert set(given()) | named <= known


def test_the_settings_can_be_read_by_the_site_and_by_a_shell() -> None:
    env = Env(given(), "SEALWRIGHT_")

    assert env.address("BASE_URL", default="").startswith("https://")
    assert env.mail(env.text("MAIL"))["EMAIL_USE_TLS"]
    assert env.database("DATABASE", default=Path("file"))["NAME"] == "sealwright"
    assert all(shlex.split(value) == [value] for value in given().values())


def test_nginx_takes_what_the_site_takes_so_that_the_site_says_what_is_too_large() -> None:
    limits = {page: body_limit(block(f"location {page}")) for page in settings.LARGER_REQUESTS}
    limits["elsewhere"] = body_limit(NGINX.split("location")[0])

    for page, limit in limits.items():
        site = settings.LARGER_REQUESTS.get(page, settings.LARGEST_REQUEST)
        assert site < limit < site + 5 * MEGABYTE, page


def test_nothing_is_cut_off_that_the_site_is_still_answering() -> None:
    [stopping] = said(SITE, "TimeoutStopSec")

    assert seconds(stopping) > LONGEST_ANSWER
    for page in settings.LARGER_REQUESTS:
        [wait] = re.findall(r"proxy_read_timeout (\w+);", block(f"location {page}"))
        assert seconds(wait) >= LONGEST_ANSWER


def test_nginx_asks_where_the_site_listens() -> None:
    [line] = said(SITE, "ExecStart")
    port = build_parser().parse_args(shlex.split(line)[1:]).port

    assert set(re.findall(r"proxy_pass (\S+);", NGINX)) == {f"http://127.0.0.1:{port}"}


def test_the_page_tells_of_every_file_and_of_no_other() -> None:
    page = PAGE.read_text("utf-8")
    named = {name.rstrip("./") for name in re.findall(r"deploy/[\w.-]+", page)}

    assert named == {path.relative_to(ROOT).as_posix() for path in DEPLOY.iterdir()}
