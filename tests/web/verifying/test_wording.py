"""Findings in the reader's language."""

from __future__ import annotations

import re
import shutil
import string
from gettext import NullTranslations
from typing import Any

import pytest
from django.utils.translation import override, trans_real

from sealwright.credentials.messages import MESSAGES
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.web.verifying.management.commands.makemessages import catalogue
from sealwright.web.verifying.wording import (
    BRIEF,
    CODE_TITLES,
    FAILURES,
    TITLES,
    brief_of,
    sentence_of,
    title_of,
)

CODES = sorted(MESSAGES)


class InItalian(NullTranslations):
    """A translation of one sentence, and a broken one of another."""

    SENTENCES = {
        "timed-out": "{url} non ha risposto entro {seconds} secondi.",
        "signature-mismatch": "La firma {non_esiste} non va bene.",
    }

    def gettext(self, message: str) -> str:
        context = message.partition("\x04")[0]
        return self.SENTENCES.get(context, message)


@pytest.fixture
def italian(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(trans_real._translations, "it", InItalian())  # type: ignore[attr-defined]
    with override("it"):
        yield


def a_finding(code: str) -> Finding:
    blanks = [name for _, name, _, _ in string.Formatter().parse(MESSAGES[code].text) if name]
    return Finding("proof", Outcome.FAILED, code, {re.split(r"[.\[]", b)[0]: "x" for b in blanks})


def test_every_sentence_of_the_engine_is_in_the_translators_catalogue() -> None:
    contexts = set(re.findall(r'^msgctxt "(.*)"$', catalogue(), re.MULTILINE))

    assert contexts == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_can_be_said(code: str) -> None:
    assert sentence_of(a_finding(code)) == a_finding(code).detail


@pytest.mark.usefixtures("italian")
def test_a_sentence_is_translated_by_its_code() -> None:
    said = sentence_of(
        Finding("status", Outcome.UNKNOWN, "timed-out", {"url": "https://a.example", "seconds": 5})
    )

    assert said == "https://a.example non ha risposto entro 5 secondi."


@pytest.mark.usefixtures("italian")
def test_a_broken_translation_falls_back_to_english() -> None:
    broken = Finding("proof", Outcome.FAILED, "signature-mismatch")

    assert sentence_of(broken) == broken.detail


def test_a_code_that_nobody_knows_is_shown_as_it_is() -> None:
    assert sentence_of(Finding("proof", Outcome.FAILED, "made-up")) == "made-up"
    assert title_of(Finding("made-up", Outcome.FAILED, "made-up")) == "made-up"


@pytest.mark.parametrize("table", [CODE_TITLES, BRIEF, FAILURES])
def test_every_word_by_code_is_of_a_code_that_exists(table: dict[str, Any]) -> None:
    assert set(table) - set(MESSAGES) == set()


@pytest.mark.parametrize("code", sorted(BRIEF))
def test_every_brief_sentence_is_filled_and_brief(code: str) -> None:
    said = brief_of(a_finding(code))

    assert "%(" not in said
    assert len(said) <= 72


def test_long_identifiers_are_shortened_and_web_identifiers_are_their_site() -> None:
    key = "did:key:z6MkfLWuBo6yMvd5sJLsvErg1WbQYY5c2Y4uFthV6g1pvwcR"
    found = Finding("proof", Outcome.PASSED, "key-not-listed", {"method": key})
    by_site = Finding("issuer", Outcome.PASSED, "issuer-lists-key", {"issuer": "did:web:a.example"})

    assert "did:key:z6MkfLWuBo6y…6g1pvwcR" in sentence_of(found)
    assert brief_of(by_site) == "a.example lists the key that signed."


@pytest.mark.parametrize("check", sorted(TITLES))
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_answer_of_every_check_has_a_title(check: str, outcome: Outcome) -> None:
    assert str(title_of(Finding(check, outcome, "made-up")))


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
def test_the_catalogue_is_proper_gettext(tmp_path: Any) -> None:
    import subprocess

    file = tmp_path / "all.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    file.write_text(head + catalogue(), "utf-8")

    done = subprocess.run(
        ["msgfmt", "--check-format", "-o", "/dev/null", file], capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr.decode()
