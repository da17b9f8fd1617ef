"""Signed notes, against the examples of their specification."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import KeyUnusable, Refused
from sealwright.credentials.keys import KeyKind, LocalSigner
from sealwright.credentials.transparency.notes import (
    LATEST,
    Kind,
    NoteKey,
    open_note,
    sign,
    timed_line,
)
from tests.credentials.transparency.logs import KEY, NOON, ORIGIN, SIGNER

# From the documentation of golang.org/x/mod/sumdb/note, whose format this is.
EXAMPLE_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
EXAMPLE = """\
If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp\
RZb6KE6RyyBwJnAM=
"""
TEXT = "A text.\n\nWith an empty line.\n"
WITNESS = LocalSigner.from_seed(b"w" * 32)


def code_of(note: str, *keys: NoteKey) -> str:
    with pytest.raises(Refused) as refused:
        open_note(note, keys or (KEY,))
    return refused.value.code


def test_the_example_of_the_format_opens_with_its_key() -> None:
    key = NoteKey.parse(EXAMPLE_KEY)

    opened = open_note(EXAMPLE, [key])

    assert str(key) == EXAMPLE_KEY
    assert opened.text.endswith("what your problem is.\n")
    assert opened.signatures == ((key, None),)


def test_a_note_says_who_signed_it_and_when() -> None:
    note = sign(TEXT, SIGNER, ORIGIN, at=NOON) + timed_line(TEXT, WITNESS, "witness", at=NOON)
    witness = NoteKey("witness", WITNESS.public_key, Kind.TIMED)

    opened = open_note(note, [KEY, KEY.timed, witness])

    assert opened.text == TEXT
    assert opened.signatures == ((KEY, None), (KEY.timed, NOON), (witness, NOON))


def test_signatures_by_others_are_passed_over() -> None:
    note = sign(TEXT, WITNESS, ORIGIN) + sign(TEXT, SIGNER, ORIGIN).rpartition("\n\n")[2]

    assert open_note(note, [KEY]).signatures == ((KEY, None),)


def test_a_note_that_nobody_known_signed_is_refused() -> None:
    assert code_of(sign(TEXT, WITNESS, ORIGIN)) == "log-note-unsigned"


@pytest.mark.parametrize("key", [KEY, KEY.timed])
def test_a_changed_text_is_refused(key: NoteKey) -> None:
    note = sign(TEXT, SIGNER, ORIGIN, at=NOON).replace("A text", "A test")

    assert code_of(note, key) == "log-note-signature"


def test_a_time_beyond_all_calendars_is_refused() -> None:
    line = (LATEST + 1).to_bytes(8, "big")
    line += SIGNER.sign(f"cosignature/v1\ntime {LATEST + 1}\n{TEXT}".encode())
    value = base64.b64encode(KEY.timed.id + line).decode()

    assert code_of(f"{TEXT}\n— {ORIGIN} {value}\n", KEY.timed) == "log-note-signature"


@pytest.mark.parametrize(
    "note",
    ["", "no signatures\n", "text\n\n", "text\n\n— name AAAAAAAA", "\n\n— name AAAAAAAA\n",
     "text\n\nname AAAAAAAA\n", "text\n\n— name AAAA\n", "text\n\n— name AAAAAAA\n",
     "text\n\n— na+me AAAAAAAA\n", "text\r\n\n— name AAAAAAAA\n",
     "text\n\n" + "— name AAAAAAAA\n" * 33, "x" * 100_001],
)  # fmt: skip
def test_what_is_no_note_is_refused(note: str) -> None:
    assert code_of(note) == "log-note-malformed"


@given(st.text(max_size=200))
def test_no_text_is_more_than_refused(note: str) -> None:
    with pytest.raises(Refused):
        open_note(note, [KEY])


@pytest.mark.parametrize(
    "text",
    ["", "name", "name+00000000+AQ==", EXAMPLE_KEY.replace("c74f20a3", "c74f20a4"),
     EXAMPLE_KEY.replace("ARpc", "Ahpc"), "name+00000000+A", "name+0000000g+AQ=="],
)  # fmt: skip
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyUnusable):
        NoteKey.parse(text)


def test_a_key_of_another_kind_or_with_an_odd_name_signs_no_notes() -> None:
    curve = LocalSigner.generate(KeyKind.P256, entropy=lambda n: b"e" * n)

    with pytest.raises(KeyUnusable, match=r"(?i)ed25519"):
        NoteKey("name", curve.public_key)
    with pytest.raises(KeyUnusable, match="blanks"):
        NoteKey("two words", SIGNER.public_key)
