"""A log goes from one key to the next, and whoever trusts the first comes to trust the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import sha256

import pytest

from sealwright.credentials.errors import Refused, ResolutionFailed
from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.transparency import (
    LogProof,
    NoteKey,
    check_logged,
    follow,
    handed_over,
    open_checkpoint,
    read_handovers,
    sign_handover,
    write_handovers,
)
from sealwright.credentials.transparency.notes import sign
from tests.credentials.transparency.logs import (
    KEY,
    NOON,
    ORIGIN,
    SIGNER,
    checkpoint_of,
    proof_of,
    some_leaves,
    statement_of,
)
from tests.credentials.transparency.served import files_of
from tests.credentials.transparency.test_monitor import fetch

LEAVES = some_leaves(300)
SECOND, THIRD, THIEF = (LocalSigner.from_seed(letter * 32) for letter in (b"2", b"3", b"t"))
SECOND_KEY, THIRD_KEY, THIEF_KEY = (
    NoteKey(ORIGIN, each.public_key) for each in (SECOND, THIRD, THIEF)
)


def handover(size: int, by: LocalSigner, to: NoteKey) -> str:
    return sign_handover(statement_of(LEAVES[:size]), to, by, at=NOON)


FIRST_TO_SECOND = handover(200, SIGNER, SECOND_KEY)
SECOND_TO_THIRD = handover(250, SECOND, THIRD_KEY)


def served(by: LocalSigner, *handovers: str, size: int = 300) -> dict[str, bytes]:
    leaves = LEAVES[:size]
    files = files_of(leaves) | {"checkpoint": checkpoint_of(leaves, by=by).encode()}
    return files | ({"handovers": write_handovers(handovers)} if handovers else {})


# --- The keys -------------------------------------------------------------------------------


def test_whoever_trusts_the_first_key_comes_to_trust_the_last() -> None:
    after = handed_over([KEY], [FIRST_TO_SECOND, SECOND_TO_THIRD])

    assert after.keys == (replace(KEY, until=200), replace(SECOND_KEY, until=250), THIRD_KEY)
    assert [each.size for each in after.checkpoints] == [200, 250]
    assert open_checkpoint(checkpoint_of(LEAVES, by=THIRD), after.keys).by == (THIRD_KEY,)


def test_a_key_signs_nothing_larger_than_what_it_handed_over() -> None:
    keys = handed_over([KEY], [FIRST_TO_SECOND]).keys

    open_checkpoint(checkpoint_of(LEAVES[:200]), keys)
    with pytest.raises(Refused) as refused:
        open_checkpoint(checkpoint_of(LEAVES[:201]), keys)

    assert refused.value.code == "log-key-ended"
    assert refused.value.evidence == {"size": 201, "until": 200}


def test_handovers_by_keys_that_are_not_trusted_tell_nothing() -> None:
    by_a_thief = handover(200, THIEF, THIEF_KEY)

    assert handed_over([THIRD_KEY], [FIRST_TO_SECOND, SECOND_TO_THIRD]).keys == (THIRD_KEY,)
    assert handed_over([KEY], [by_a_thief]).keys == (KEY,)


def test_keys_that_are_all_known_already_learn_where_they_ended() -> None:
    keys = handed_over([SECOND_KEY, KEY], [FIRST_TO_SECOND]).keys

    assert keys == (SECOND_KEY, replace(KEY, until=200))


def test_the_same_handover_may_be_told_twice_and_another_one_is_a_thiefs() -> None:
    assert len(handed_over([KEY], [FIRST_TO_SECOND, FIRST_TO_SECOND]).keys) == 2

    with pytest.raises(Refused) as refused:
        handed_over([KEY], [FIRST_TO_SECOND, handover(150, SIGNER, THIEF_KEY)])

    assert refused.value.code == "log-handovers-differ"


@pytest.mark.parametrize(
    "line", ["", "successor nonsense\n", f"successor {NoteKey('x', SECOND.public_key)}\n"]
)
def test_a_handover_to_nobody_or_to_another_logs_key_is_refused(line: str) -> None:
    note = sign(f"{statement_of(LEAVES).text}{line}", SIGNER, ORIGIN, at=NOON)

    with pytest.raises(Refused) as refused:
        handed_over([KEY], [note])

    assert refused.value.code == "log-handover-malformed"


def test_a_damaged_handover_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        handed_over([KEY], [FIRST_TO_SECOND.replace("successor", "Successor")])

    assert refused.value.code == "log-note-signature"


@pytest.mark.parametrize("notes", [[], [FIRST_TO_SECOND], [FIRST_TO_SECOND, SECOND_TO_THIRD]])
def test_handovers_are_written_and_read(notes: list[str]) -> None:
    assert read_handovers(write_handovers(notes)) == notes


def test_what_is_no_file_of_handovers_is_found_out() -> None:
    for data in (b"x", b"\xff\n\n", write_handovers([FIRST_TO_SECOND]) + b"\n\nmore"):
        with pytest.raises(Refused):
            handed_over([KEY], read_handovers(data))


# --- A whole log ----------------------------------------------------------------------------


def test_a_monitor_with_the_old_key_follows_the_log_to_the_new_one() -> None:
    before = follow(partial(fetch, served(SIGNER, size=200)), [KEY])

    after = follow(
        partial(fetch, served(SECOND, FIRST_TO_SECOND)), before.keys, remembered=before.note
    )

    assert after.keys == (replace(KEY, until=200), SECOND_KEY)
    assert after.handovers == (FIRST_TO_SECOND,)


def test_a_monitor_that_knows_the_handover_is_not_deceived_by_who_has_the_old_key() -> None:
    stolen = served(SIGNER)

    with pytest.raises(Refused) as refused:
        follow(partial(fetch, stolen), [KEY, SECOND_KEY], handovers=[FIRST_TO_SECOND])

    assert refused.value.code == "log-key-ended"


def test_a_log_that_hands_over_twice_from_one_key_is_found() -> None:
    forged = served(THIEF, handover(200, SIGNER, THIEF_KEY))

    with pytest.raises(Refused) as refused:
        follow(partial(fetch, forged), [KEY], handovers=[FIRST_TO_SECOND])

    assert refused.value.code == "log-handovers-differ"


def test_the_log_is_held_against_what_was_handed_over() -> None:
    other = [b"x" * 32, *LEAVES[1:200]]
    note = sign_handover(statement_of(other), SECOND_KEY, SIGNER, at=NOON)

    with pytest.raises(Refused) as refused:
        follow(partial(fetch, served(SECOND, note)), [KEY])

    assert refused.value.code == "log-root-differs"


def test_handovers_that_cannot_be_fetched_are_not_called_none() -> None:
    def broken(path: str) -> bytes:
        if path == "handovers":
            raise ResolutionFailed("http-server-error", url=path, status=500)
        return fetch(served(SIGNER), path)

    with pytest.raises(ResolutionFailed):
        follow(broken, [KEY])


# --- A proof --------------------------------------------------------------------------------


CREDENTIAL = b"credential"
DIGEST = sha256(CREDENTIAL).digest()
LATER = NOON + timedelta(days=1)


def proof(*handovers: str) -> LogProof:
    """Of a credential that the first key signed for first, and the second most lately."""
    first, newest = proof_of(CREDENTIAL), proof_of(CREDENTIAL, at=LATER, by=SECOND)
    both = {"first": first.inclusions["newest"], "newest": newest.inclusions["newest"]}
    return replace(first, inclusions=both, handovers=handovers)


@pytest.mark.parametrize("key", [KEY, SECOND_KEY])
def test_a_checkpoint_by_a_key_that_is_not_known_is_passed_over(key: NoteKey) -> None:
    logged = check_logged([DIGEST], proof(), [key])

    assert logged.by == (NOON if key is KEY else LATER)


def test_a_proof_by_unknown_keys_only_shows_nothing() -> None:
    with pytest.raises(Refused) as refused:
        check_logged([DIGEST], proof(), [THIEF_KEY])

    assert refused.value.code == "log-note-unsigned"


def test_a_proof_from_after_the_handover_is_believed_with_the_old_key() -> None:
    only_newest = {"newest": proof().inclusions["newest"]}
    later = replace(proof(handover(5, SIGNER, SECOND_KEY)), inclusions=only_newest)

    assert check_logged([DIGEST], later, [KEY]).by == LATER
    with pytest.raises(Refused):
        check_logged([DIGEST], replace(later, handovers=()), [KEY])


def test_a_proof_is_told_with_its_handovers() -> None:
    told = proof(FIRST_TO_SECOND).as_json()

    assert told["handovers"] == [FIRST_TO_SECOND]
    assert LogProof.of_json(told) == proof(FIRST_TO_SECOND)
    assert "handovers" not in proof().as_json()
    for damaged in ("x", [1]):
        with pytest.raises(Refused):
            LogProof.of_json(told | {"handovers": damaged})
