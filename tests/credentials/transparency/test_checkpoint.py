"""Checkpoints: signed by the log that they are about, at a time somebody vouches for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sealwright.credentials.errors import Refused
from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.transparency import Checkpoint, NoteKey, open_checkpoint
from sealwright.credentials.transparency.notes import Kind, sign, timed_line
from tests.credentials.transparency.logs import (
    KEY,
    NOON,
    ORIGIN,
    SIGNER,
    checkpoint_of,
    naive_root,
    some_leaves,
)

WITNESS = LocalSigner.from_seed(b"w" * 32)
WITNESS_KEY = NoteKey("witness.example", WITNESS.public_key, Kind.TIMED)
CHECKPOINT = Checkpoint(ORIGIN, 5, naive_root(some_leaves(5)))


def test_a_checkpoint_is_three_lines() -> None:
    assert CHECKPOINT.text.split("\n")[:2] == [ORIGIN, "5"]
    assert Checkpoint.parse(CHECKPOINT.text) == CHECKPOINT


def test_lines_that_extend_a_checkpoint_are_passed_over() -> None:
    assert Checkpoint.parse(CHECKPOINT.text + "more\nof it\n") == CHECKPOINT


@pytest.mark.parametrize(
    "text",
    ["", "a\n5\n", "a\n5\nAAAA\n", CHECKPOINT.text[:-1], CHECKPOINT.text + "\n",
     CHECKPOINT.text.replace("\n5\n", "\n05\n"), CHECKPOINT.text.replace("\n5\n", "\n-5\n"),
     CHECKPOINT.text.replace("\n5\n", f"\n{10**18 * 9}\n"), CHECKPOINT.text.replace("=", "!"),
     CHECKPOINT.text.replace(ORIGIN, "")],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Checkpoint.parse(text)

    assert refused.value.code == "log-checkpoint-malformed"


def test_the_log_says_when_it_signed() -> None:
    signed = open_checkpoint(checkpoint_of(some_leaves(5)), [KEY])

    assert signed.checkpoint == CHECKPOINT
    assert signed.at == NOON


def test_with_witnesses_their_word_for_the_time_is_taken_and_not_the_logs() -> None:
    later = NOON + timedelta(minutes=5)
    note = checkpoint_of(some_leaves(5))
    witnessed = note + timed_line(CHECKPOINT.text, WITNESS, "witness.example", at=later)

    assert open_checkpoint(witnessed, [KEY], [WITNESS_KEY]).at == later
    assert open_checkpoint(note, [KEY], [WITNESS_KEY]).at is None


def test_a_checkpoint_of_another_log_is_refused() -> None:
    another = NoteKey("harbour.example/log/2025", SIGNER.public_key)
    note = sign(CHECKPOINT.text, SIGNER, another.name)

    with pytest.raises(Refused) as refused:
        open_checkpoint(note, [KEY, another])

    assert refused.value.code == "log-origin"


def test_a_witness_alone_makes_no_checkpoint() -> None:
    note = f"{CHECKPOINT.text}\n{timed_line(CHECKPOINT.text, WITNESS, 'witness.example', at=NOON)}"

    with pytest.raises(Refused) as refused:
        open_checkpoint(note, [KEY], [WITNESS_KEY])

    assert refused.value.code == "log-origin"
