"""Whatever is changed in the stored log is found, and the first bad leaf is named."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import transaction

from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import Credential
from sealwright.web.issuing.services.log import check_log
from sealwright.web.transparency.models import Checkpoint, Leaf, Shard, Tile
from sealwright.web.transparency.services import append
from sealwright.web.transparency.services.checking import Fault, first_fault
from sealwright.web.transparency.services.publishing import publish
from tests.web.factories import an_award, an_organisation

MAY = datetime(2026, 5, 1, tzinfo=UTC)
SIZE = 600
TRIES = 1000
LEAVES = [sha256(str(n).encode()).digest() for n in range(SIZE + 1)]
Tamper = Callable[[random.Random, Shard], int]


def expected(year: int, first: int, end: int) -> Mapping[int, bytes]:
    return {n: LEAVES[n] for n in range(first, min(end, SIZE))}


@pytest.fixture
def shard() -> Shard:
    for end in (100, 300, SIZE):
        start = Shard.objects.get(year=2026).size if Shard.objects.exists() else 0
        append(LEAVES[start:end], at=MAY)
        publish(Shard.objects.get(year=2026))
    return Shard.objects.get(year=2026)


# --- Tampering: each returns the first leaf that is wrong afterwards --------------------------


def change(chance: random.Random, shard: Shard) -> int:
    index = chance.randrange(SIZE)
    Leaf.objects.filter(index=index).update(data=chance.randbytes(32))
    return index


def delete(chance: random.Random, shard: Shard) -> int:
    index = chance.randrange(SIZE)
    Leaf.objects.filter(index=index).delete()
    return index


def reorder(chance: random.Random, shard: Shard) -> int:
    one, other = sorted(chance.sample(range(SIZE), 2))
    Leaf.objects.filter(index=one).update(data=LEAVES[other])
    Leaf.objects.filter(index=other).update(data=LEAVES[one])
    return one


def insert(chance: random.Random, shard: Shard) -> int:
    """A leaf put in between, all behind it moved on by one."""
    index = chance.randrange(SIZE)
    rest = list(Leaf.objects.filter(index__gte=index).order_by("index"))
    moved = [Leaf(shard=shard, index=leaf.index + 1, data=leaf.data, at=leaf.at) for leaf in rest]
    Leaf.objects.filter(index__gte=index).delete()
    new = Leaf(shard=shard, index=index, data=chance.randbytes(32), at=MAY)
    Leaf.objects.bulk_create([new, *moved])
    Shard.objects.update(size=SIZE + 1)
    return index


def append_unseen(chance: random.Random, shard: Shard) -> int:
    """A leaf put behind the end, as if it had been issued."""
    Leaf.objects.create(shard=shard, index=SIZE, data=chance.randbytes(32))
    if chance.random() < 0.5:
        Shard.objects.update(size=SIZE + 1)
    return SIZE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tamper", [change, delete, reorder, insert, append_unseen], ids=lambda f: f.__name__
)
def test_a_thousand_random_changes_are_found_and_the_first_bad_leaf_named(
    shard: Shard, tamper: Tamper
) -> None:
    chance = random.Random(7)
    assert first_fault(shard, expected=expected) is None

    for _ in range(TRIES // 5):
        with transaction.atomic():
            index = tamper(chance, shard)
            fault = first_fault(Shard.objects.get(), expected=expected)
            transaction.set_rollback(True)
        assert fault is not None
        assert fault.index == index


@pytest.mark.django_db
def test_who_changes_leaf_tile_and_credential_alike_is_found_by_the_signed_root(
    shard: Shard,
) -> None:
    def theirs(year: int, first: int, end: int) -> Mapping[int, bytes]:
        return {**expected(year, first, end), 250: b"x" * 32}

    Leaf.objects.filter(index=250).update(data=b"x" * 32)
    Tile.objects.all().delete()

    fault = first_fault(shard, expected=theirs)

    assert fault == Fault(2026, 299, "the root is not the one that was signed")


@pytest.mark.django_db
def test_a_false_checkpoint_is_found(shard: Shard) -> None:
    newest = Checkpoint.objects.latest("size")
    Checkpoint.objects.filter(pk=newest.pk).update(root=b"x" * 32)
    other_root = first_fault(shard, expected=expected)
    Checkpoint.objects.filter(pk=newest.pk).update(
        root=newest.root, note=newest.note.replace("600", "601")
    )
    other_note = first_fault(shard, expected=expected)

    assert other_root is not None
    assert other_note is not None


@pytest.mark.django_db
@pytest.mark.parametrize("member", ["hashes", "root"])
def test_a_changed_tile_is_found(shard: Shard, member: str) -> None:
    tile = Tile.objects.get(level=0, index=1)
    Tile.objects.filter(pk=tile.pk).update(**{member: b"x" * len(getattr(tile, member))})

    fault = first_fault(shard, expected=expected)

    assert fault is not None
    assert fault.index == 256


@pytest.mark.django_db
def test_a_database_put_back_by_a_day_is_found_by_a_checkpoint_kept_elsewhere(
    shard: Shard,
) -> None:
    kept = Checkpoint.objects.latest("size").note
    Checkpoint.objects.filter(size=SIZE).delete()
    Leaf.objects.filter(index__gte=300).delete()
    Tile.objects.filter(level=0, index=1).delete()
    Shard.objects.update(size=300)

    def theirs(year: int, first: int, end: int) -> Mapping[int, bytes]:
        return {n: LEAVES[n] for n in range(first, min(end, 300))}

    back = Shard.objects.get()
    assert first_fault(back, expected=theirs) is None
    assert first_fault(back, expected=theirs, remembered=[kept]) == Fault(
        2026, 300, "the log is shorter than a checkpoint says"
    )


@pytest.mark.django_db(transaction=True)
def test_the_log_is_held_against_what_was_issued() -> None:
    college = an_organisation()
    for _ in range(3):
        an_award(college)
    run_pending()
    [(origin, size, fault, note)] = check_log()
    assert (origin.rpartition("/")[0], size, fault) == ("localhost:8000/log", 3, None)

    Credential.objects.filter(log_index=1).update(sha256="0" * 64)
    [(_, _, changed, _)] = check_log([note])
    Credential.objects.all().delete()
    Leaf.objects.all().delete()
    Shard.objects.update(size=0)
    [(_, _, emptied, _)] = check_log([note])
    Checkpoint.objects.all().delete()
    Shard.objects.all().delete()
    [(_, _, gone, _)] = check_log([note, "elsewhere.example/log/2026\n1\n"])

    assert changed is not None
    assert (changed.index, changed.problem) == (1, "the leaf is not that of the credential")
    assert emptied is not None
    assert gone is not None
    assert gone.problem == "the log is gone"
