from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from typing import Any

import pytest

from sealwright.cli._terminal import Terminal, harmless
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.proofs import add_proof
from tests.cli.runs import Desk
from tests.credentials.transparency.logs import KEY
from tests.credentials.verify import test_logged as logged
from tests.credentials.verify.samples import (
    ELM_ACADEMY,
    EXTENSIONS,
    NOON,
    OB3,
    VC2,
    a_badge,
    did_of,
    signed,
    with_subject,
)
from tests.credentials.verify.test_status import ENTRY, LIST, a_list

AT = ("--at", "2026-06-01T12:00:00Z")
GOOD = signed(a_badge())
FORGED = {**GOOD, "name": "Master baker"}
OPEN = {**GOOD, "proof": [{**GOOD["proof"][0], "cryptosuite": "quantum-2040"}]}
LINK = "https://elm.example/c/1"


@pytest.mark.parametrize(
    ("content", "verdict", "code"),
    [
        (GOOD, "valid", 0),
        (FORGED, "invalid", 1),
        (OPEN, "undecided", 2),
        ("not a credential", "unreadable", 3),
    ],
)
def test_each_verdict_has_its_exit_code(desk: Desk, content: Any, verdict: str, code: int) -> None:
    source = desk.file("badge.json", content)

    ran = desk.run("verify", "--json", "--offline", *AT, source)

    assert ran.code == code
    assert [line["verdict"] for line in ran.lines] == [verdict]


def test_a_line_tells_source_verdict_credential_findings_and_what_was_fetched(desk: Desk) -> None:
    source = desk.file("badge.json", signed(a_badge(credentialStatus=ENTRY)))
    web = desk.web({LIST: signed(a_list())})

    ran = desk.run("verify", "--json", "--documents", web, *AT, source)

    (line,) = ran.lines
    assert list(line) == ["source", "verdict", "credential", "findings", "fetched"]
    assert line["source"] == source
    assert line["credential"]["id"] == "https://elm.example/credentials/1"
    assert line["fetched"] == [LIST]
    assert all(
        list(finding) == ["check", "outcome", "code", "detail", "evidence"]
        for finding in line["findings"]
    )


def test_every_source_is_checked_and_the_worst_counts(desk: Desk) -> None:
    good, forged = desk.file("good.json", GOOD), desk.file("forged.json", FORGED)
    missing = str(desk.folder / "missing.json")

    ran = desk.run("verify", "--json", "--offline", *AT, good, missing, forged, good)

    assert ran.code == 3
    assert [line["verdict"] for line in ran.lines] == ["valid", "unreadable", "invalid", "valid"]
    assert [line["source"] for line in ran.lines] == [good, missing, forged, good]


def test_a_file_that_is_not_there_is_unreadable_and_says_so(desk: Desk) -> None:
    ran = desk.run("verify", "--json", "--offline", str(desk.folder / "missing.json"))

    assert ran.lines[0]["findings"][0]["code"] == "file-not-found"


def test_a_folder_is_no_file(desk: Desk) -> None:
    ran = desk.run("verify", "--json", "--offline", str(desk.folder))

    assert ran.lines[0]["findings"][0]["code"] == "file-not-readable"


def test_a_name_that_no_file_can_have_is_no_file(desk: Desk) -> None:
    ran = desk.run("verify", "--json", "--offline", "a\0b")

    assert ran.lines[0]["findings"][0]["code"] == "file-not-found"


def test_a_file_beyond_the_cap_is_refused(desk: Desk) -> None:
    ran = desk.run("verify", "--json", "--offline", desk.file("big.json", b" " * 5_000_001))

    assert ran.lines[0]["findings"][0]["code"] == "input-too-large"


def test_standard_input_is_a_source(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO(json.dumps(GOOD).encode()))
    monkeypatch.setattr(sys, "stdin", given)

    ran = desk.run("verify", "--json", "--offline", *AT, "-")

    assert (ran.code, ran.lines[0]["source"]) == (0, "-")


def test_an_address_is_a_source_from_the_recorded_web(desk: Desk) -> None:
    web = desk.web({LINK: GOOD})
    ran = desk.run("verify", "--json", "--offline", "--documents", web, *AT, LINK)

    assert ran.code == 0
    assert ran.lines[0]["fetched"] == [LINK]


def test_with_a_recording_nothing_else_is_fetched(desk: Desk) -> None:
    ran = desk.run("verify", "--json", "--documents", desk.web({}), *AT, LINK)

    assert ran.lines[0]["verdict"] == "unreadable"
    assert ran.lines[0]["findings"][0]["code"] == "not-recorded"


def test_offline_an_address_is_not_asked(desk: Desk) -> None:
    ran = desk.run("verify", "--json", "--offline", LINK)

    assert ran.code == 3
    assert ran.lines[0]["findings"][0]["code"] == "offline"


@pytest.mark.parametrize(("marked", "verdict", "code"), [((), "valid", 0), ((5,), "invalid", 1)])
def test_a_recorded_web_has_status_lists(
    desk: Desk, marked: tuple[int, ...], verdict: str, code: int
) -> None:
    source = desk.file("badge.json", signed(a_badge(credentialStatus=ENTRY)))

    ran = desk.run(
        "verify", "--json", "--documents", desk.web({LIST: signed(a_list(*marked))}), *AT, source
    )

    assert (ran.code, ran.lines[0]["verdict"]) == (code, verdict)


def test_a_status_list_that_is_too_slow_leaves_it_open(desk: Desk) -> None:
    source = desk.file("badge.json", signed(a_badge(credentialStatus=ENTRY)))
    web = desk.file("web.json", {LIST: {"body": signed(a_list()), "delay_seconds": 60}})

    ran = desk.run("verify", "--json", "--documents", web, *AT, source)

    assert ran.code == 2


def test_the_moment_can_be_chosen(desk: Desk) -> None:
    source = desk.file("badge.json", signed(a_badge(validUntil="2026-03-01T00:00:00Z")))

    before = desk.run("verify", "--offline", "--at", "2026-02-01T00:00:00+01:00", source)
    after = desk.run("verify", "--offline", "--at", "2026-04-01T00:00:00Z", source)

    assert (before.code, after.code) == (0, 1)


def test_without_a_moment_it_is_now(desk: Desk) -> None:
    source = desk.file("badge.json", signed(a_badge(validFrom="9000-01-01T00:00:00Z")))

    assert desk.run("verify", "--offline", source).code == 1


def test_the_recipient_can_be_asked_about(desk: Desk) -> None:
    source = desk.file("badge.json", GOOD)

    hers = desk.run("verify", "--offline", *AT, "--recipient", "did:example:ada", source)
    his = desk.run("verify", "--offline", *AT, "--recipient", "did:example:bob", source)

    assert (hers.code, his.code) == (0, 1)


def test_a_registry_of_issuers_can_be_given(desk: Desk) -> None:
    source = desk.file("badge.json", GOOD)
    rows = {did_of(ELM_ACADEMY): {"name": "Elm Academy", "url": "https://elm.example"}}
    registry = desk.file("ours.json", {"registry": rows})

    ran = desk.run("verify", "--json", "--offline", *AT, "--registry", registry, source)

    found = [f["code"] for f in ran.lines[0]["findings"] if f["check"] == "registry"]
    assert found == ["registry-lists-issuer"]


# Contexts


def test_what_a_trusted_log_had_before_a_key_was_withdrawn_stands(desk: Desk) -> None:
    badge = json.dumps(logged.BADGE)
    web = desk.web(logged.documents())
    proof = desk.file("proof.json", logged.evidence(data=badge.encode()).proofs[0].as_json())
    verify = ("verify", desk.file("badge.json", badge), "--documents", web, *AT)

    alone = desk.run(*verify)
    believed = desk.run(*verify, "--log-proof", proof, "--log-key", str(KEY))
    keyless = desk.run(*verify, "--log-proof", proof)

    assert (alone.code, believed.code, keyless.code) == (1, 0, 64)
    assert "so it stands" in " ".join(believed.out.split())


VOCABULARY = "https://elm.example/vocabulary"
DEFINITION = json.dumps({"@context": {"grade": "https://elm.example/vocabulary#grade"}})


def a_graded_badge(desk: Desk) -> str:
    digest = hashlib.sha256(DEFINITION.encode()).hexdigest()
    contexts = ContextStore.shipped().with_file(VOCABULARY, DEFINITION.encode(), digest)
    badge = with_subject(grade="A")
    badge["@context"] = [VC2, OB3, EXTENSIONS, VOCABULARY]
    signed_badge = add_proof(
        badge, signer=ELM_ACADEMY, suite="eddsa-rdfc-2022", created=NOON, contexts=contexts
    )
    return desk.file("graded.json", signed_badge)


def test_an_unknown_context_is_undecided_until_it_is_given(desk: Desk) -> None:
    source = a_graded_badge(desk)
    context = desk.file("vocabulary.json", DEFINITION)

    without = desk.run("verify", "--offline", *AT, source)
    given = desk.run("verify", "--offline", *AT, "--context", f"{VOCABULARY}={context}", source)

    assert (without.code, given.code) == (2, 0)


def test_a_context_can_be_held_to_its_hash(desk: Desk) -> None:
    source = a_graded_badge(desk)
    place = f"{VOCABULARY}={desk.file('vocabulary.json', DEFINITION)}#sha256="
    digest = hashlib.sha256(DEFINITION.encode()).hexdigest()

    right = desk.run("verify", "--offline", *AT, "--context", place + digest, source)
    wrong = desk.run("verify", "--offline", *AT, "--context", place + "0" * 64, source)

    assert (right.code, wrong.code) == (0, 64)


# Wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("verify",),
        ("check", "badge.json"),
        ("verify", "--at", "yesterday", "-"),
        ("verify", "--at", "2026-06-01T12:00:00", "-"),
        ("verify", "--documents", "missing.json", "-"),
        ("verify", "--context", "nothing", "-"),
        ("verify", "--context", "https://elm.example/v=missing.json", "-"),
        ("verify", "--registry", "missing.json", "-"),
    ],
)
def test_wrong_usage_exits_with_64_and_says_why(desk: Desk, arguments: tuple[str, ...]) -> None:
    ran = desk.run(*arguments)

    assert ran.code == 64
    assert "sealwright" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("content", ["[]", "{", b"\xff"])
def test_a_recording_of_another_form_is_wrong_usage(desk: Desk, content: Any) -> None:
    ran = desk.run("verify", "--documents", desk.file("web.json", content), "-")

    assert ran.code == 64


@pytest.mark.parametrize("content", ["[]", "{"])
def test_a_registry_of_another_form_is_wrong_usage(desk: Desk, content: str) -> None:
    assert desk.run("verify", "--registry", desk.file("r.json", content), "-").code == 64


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("verify", "--help")])
def test_asking_for_help_is_no_error(desk: Desk, arguments: tuple[str, ...]) -> None:
    assert desk.run(*arguments).code == 0


# The card


def test_the_card_says_the_verdict_first_and_one_line_a_check(desk: Desk) -> None:
    source = desk.file("badge.json", signed(a_badge(validUntil="2027-01-01T00:00:00Z")))

    ran = desk.run("verify", "--offline", *AT, source)

    assert ran.out.startswith("✓ VALID\n")
    assert "Elm Academy" in ran.out
    assert did_of(ELM_ACADEMY) in ran.out
    assert "Bread baking" in ran.out
    assert "until 2027-01-01" in ran.out
    assert "✓ proof" in ran.out
    assert "– recipient" in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (FORGED, "✗ NOT VALID"),
        (OPEN, "? COULD NOT BE DECIDED"),
        ("nothing", "– NO CREDENTIAL FOUND"),
    ],
)
def test_every_verdict_has_its_words(desk: Desk, content: Any, words: str) -> None:
    ran = desk.run("verify", "--offline", *AT, desk.file("badge.json", content))

    assert ran.out.startswith(words)


def test_what_a_stranger_wrote_never_drives_the_terminal(desk: Desk) -> None:
    name = "Ada\x1b[2J\x07\u202e\u2028VALID\r\n\u009b31m"
    badge = signed(a_badge(name=name), suite="eddsa-jcs-2022")

    ran = desk.run("verify", "--offline", *AT, desk.file("badge.json", badge))

    printed = set(ran.out) - {"\n"}
    assert not {c for c in printed if ord(c) < 32 or 127 <= ord(c) < 160}
    assert "\u202e" not in printed
    assert "\u2028" not in printed


def test_a_very_long_text_does_not_bury_the_verdict(desk: Desk) -> None:
    badge = signed(a_badge(name="long " * 50_000), suite="eddsa-jcs-2022")

    ran = desk.run("verify", "--offline", *AT, desk.file("badge.json", badge))

    assert len(ran.out) < 8_000


def test_joined_letters_and_emoji_are_left_alone() -> None:
    assert harmless("👩‍🔬 নির্ণয়") == "👩‍🔬 নির্ণয়"


class Screen(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(environment: dict[str, str], coloured: bool) -> None:
    screen = Screen(io.BytesIO(), encoding="utf-8")

    terminal = Terminal.of(screen, environment)

    assert terminal.colour is coloured
    assert ("\x1b" in terminal.tinted("x", "good")) is coloured


def test_a_stream_without_typographic_marks_gets_plain_ones() -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="ascii")
    terminal = Terminal.of(stream, {})

    terminal.say("✓ Ädä")

    stream.flush()
    assert terminal.marks is False
    assert written.getvalue() == b"\\u2713 \\xc4d\\xe4\n"


class Interrupted(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise KeyboardInterrupt


def test_stopping_it_is_not_a_verdict(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Interrupted()))

    assert desk.run("verify", "--offline", "-").code == 130


# As a process


def run_process(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "sealwright", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_a_reader_that_goes_away_is_not_a_verdict(desk: Desk) -> None:
    source = desk.file("badge.json", GOOD)
    process = run_process("verify", "--json", "--offline", *[source] * 300)
    assert process.stdout is not None
    process.stdout.close()

    with process:
        _, errors = process.communicate()

    assert process.returncode == 141
    assert errors == b""


def test_a_terminal_of_another_encoding_does_not_stop_it(desk: Desk) -> None:
    source = desk.file("badge.json", GOOD)
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}

    with run_process("verify", "--offline", *AT, source, env=environment) as process:
        printed, errors = process.communicate()

    assert (process.returncode, errors) == (0, b"")
    assert printed.startswith(b"+ VALID")
