"""What a page says about each kind of report."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import override

from sealwright.credentials.model.report import Verdict
from sealwright.web.verifying.presentation import headline, shown, visible
from sealwright.web.verifying.wording import Tone
from tests.web.reports import HOLDS, NOON, STATES, finding, report


@pytest.mark.parametrize(
    ("state", "tone", "title"),
    [
        ("known", Tone.GOOD, "Genuine and current"),
        ("valid", Tone.CAUTION, "Signature sound, issuer not known to us"),
        ("expired", Tone.CAUTION, "Was sound, but ended on 14 March 2026"),
        ("early", Tone.CAUTION, "Sound, but starts only on 14 March 2027"),
        ("revoked", Tone.BAD, "Revoked by its issuer"),
        ("suspended", Tone.BAD, "Suspended by its issuer"),
        ("tampered", Tone.BAD, "Not genuine: the signature does not fit"),
        ("unsigned", Tone.BAD, "Not signed: anybody could have written it"),
        ("forged", Tone.BAD, "Not proven to come from the issuer it names"),
        ("malformed", Tone.BAD, "Not a well-formed credential"),
        ("somebody-else", Tone.BAD, "Awarded to somebody else"),
        ("network-limited", Tone.UNKNOWN, "Signature sound, standing could not be read"),
        ("no-key", Tone.UNKNOWN, "The signature could not be checked"),
        ("unknown-context", Tone.UNKNOWN, "The signature could not be checked"),
        ("unreadable", Tone.NONE, "No credential found here"),
        ("page", Tone.NONE, "No credential found here"),
        ("no-link", Tone.UNKNOWN, "The link could not be read"),
    ],
)
def test_each_state_has_its_own_words_and_tone(state: str, tone: Tone, title: str) -> None:
    said = headline(STATES[state])

    assert (said.tone, said.title) == (tone, title)
    assert said.why


def test_green_is_for_a_known_issuer_only() -> None:
    green = {name for name, made in STATES.items() if headline(made).tone is Tone.GOOD}

    assert green == {"known"}


def test_nothing_that_is_not_valid_is_ever_green() -> None:
    for made in STATES.values():
        assert headline(made).tone is not Tone.GOOD or made.verdict is Verdict.VALID


def test_signature_and_issuer_are_two_statements() -> None:
    steps = {step.check: step for step in shown(STATES["valid"], name="a", at=NOON).chain}

    assert steps["proof"].tone is Tone.GOOD
    assert steps["registry"].tone is Tone.CAUTION
    assert steps["registry"].title == "Issuer not known to us"


def test_of_several_answers_to_one_check_the_weakest_is_shown() -> None:
    both = report(
        *HOLDS,
        finding("status", "failed", "suspended"),
        finding("status", "unknown", "timed-out", url="https://a.example", seconds=5),
    )

    steps = [step for step in shown(both, name="a", at=NOON).chain if step.check == "status"]

    assert [step.title for step in steps] == ["Suspended"]


def test_one_register_that_knows_the_issuer_is_enough() -> None:
    both = report(
        *HOLDS,
        finding("registry", "unknown", "timed-out", url="https://a.example", seconds=5),
        finding("registry", "passed", "registry-lists-issuer", name="N", registry="R", issuer="i"),
    )

    assert headline(both).tone is Tone.GOOD
    assert shown(both, name="a", at=NOON).chain[-1].title == "Issuer known"


@pytest.mark.parametrize("state", ["tampered", "no-key"])
def test_what_no_signature_covers_is_only_a_claim(state: str) -> None:
    assert shown(STATES[state], name="a", at=NOON).is_claim


def test_a_withdrawn_credential_keeps_no_seal() -> None:
    assert shown(STATES["revoked"], name="a", at=NOON).is_withdrawn
    assert not shown(STATES["network-limited"], name="a", at=NOON).is_withdrawn


def test_times_in_a_sentence_are_written_as_people_write_them() -> None:
    expired = shown(STATES["expired"], name="a", at=NOON)

    brief = next(step.sentence for step in expired.chain if step.check == "validity")
    assert brief == "It ended on 14 March 2026."
    assert expired.reason == "It has expired: it was valid until 14 March 2026, 09:00 UTC."


def test_the_raw_view_is_the_same_json_with_nothing_hidden() -> None:
    document = {"name": "\u202eevil\u200b", "n": [1.5, "é"]}

    text = visible(json.dumps(document, ensure_ascii=False))

    assert "\u202e" not in text
    assert "\\u202e" in text
    assert json.loads(text) == document


def test_a_state_can_be_shown_in_any_language_we_have() -> None:
    with override("en-gb"):
        for name, made in STATES.items():
            assert shown(made, name=name, at=NOON).headline.title
