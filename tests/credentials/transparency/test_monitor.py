"""Following a log from outside."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pytest

from sealwright.credentials.errors import Refused, ResolutionFailed
from sealwright.credentials.transparency import follow
from sealwright.credentials.transparency.notes import sign
from sealwright.credentials.transparency.tiles import write_entries
from tests.credentials.transparency.logs import KEY, NOON, SIGNER, checkpoint_of, some_leaves
from tests.credentials.transparency.served import files_of

LEAVES = some_leaves(600)
FILES = files_of(LEAVES)


def fetch(files: Mapping[str, bytes], path: str) -> bytes:
    if path not in files:
        raise ResolutionFailed("http-not-found", url=path, status=404)
    return files[path]


def code_of(files: Mapping[str, bytes], *, remembered: str = "") -> Refused:
    with pytest.raises(Refused) as refused:
        follow(partial(fetch, files), [KEY], remembered=remembered)
    return refused.value


def test_a_sound_log_is_found_good_and_its_checkpoint_kept() -> None:
    found = follow(partial(fetch, FILES), [KEY])

    assert (found.checkpoint.size, found.at) == (600, NOON)
    assert follow(partial(fetch, FILES), [KEY], remembered=found.note) == found


def test_a_log_that_grew_goes_on_from_what_was_remembered() -> None:
    for size in (1, 255, 256, 300):
        remembered = checkpoint_of(LEAVES[:size])
        assert follow(partial(fetch, FILES), [KEY], remembered=remembered).checkpoint.size == 600


def test_the_first_entry_that_was_changed_is_named() -> None:
    changed = [*LEAVES[:300], b"x" * 32, *LEAVES[301:]]
    bundle = {"tile/entries/001": write_entries(changed[256:512])}

    problem = code_of(FILES | bundle)

    assert (problem.code, problem.evidence) == ("log-entry-changed", {"index": 300})


def test_a_log_rewritten_as_a_whole_is_found_by_what_was_remembered() -> None:
    rewritten = files_of([*LEAVES[:10], b"x" * 32, *LEAVES[11:]])

    problem = code_of(rewritten, remembered=checkpoint_of(LEAVES[:300]))

    assert (problem.code, problem.evidence) == ("log-root-differs", {"size": 300})
    assert code_of(rewritten, remembered=checkpoint_of(LEAVES)).code == "log-root-differs"


def test_entries_that_do_not_lead_to_the_signed_root_are_found() -> None:
    other = files_of([*LEAVES[:-1], b"x" * 32]) | {"checkpoint": FILES["checkpoint"]}

    assert code_of(other).code == "log-root-differs"


def test_a_log_that_became_shorter_is_found() -> None:
    shorter = files_of(LEAVES[:300])

    assert code_of(shorter, remembered=checkpoint_of(LEAVES)).code == "log-inconsistent"


def test_a_log_of_another_name_is_another_log() -> None:
    note = sign(checkpoint_of(LEAVES).partition("\n\n")[0].replace("2026", "2025") + "\n",
                SIGNER, "harbour.example/log/2025")  # fmt: skip
    other = type(KEY)("harbour.example/log/2025", KEY.key)

    with pytest.raises(Refused) as refused:
        follow(partial(fetch, FILES), [KEY, other], remembered=note)

    assert refused.value.code == "log-origin"


@pytest.mark.parametrize("path", ["tile/0/002.p/88", "tile/entries/002.p/88"])
def test_a_tile_that_is_not_whole_is_refused(path: str) -> None:
    assert code_of(FILES | {path: FILES[path][:-34]}).code == "log-tile-short"


def test_what_is_not_there_is_not_called_wrong() -> None:
    with pytest.raises(ResolutionFailed):
        follow(partial(fetch, {"checkpoint": FILES["checkpoint"]}), [KEY])
