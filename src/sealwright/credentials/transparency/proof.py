"""The proof beside a credential: that it stands in a log, and since when at the latest.

A leaf is SHA-256(salt | SHA-256(credential)), so the log tells nobody what was issued, and
whoever has the credential and its salt can find it. The proof carries up to two checkpoints:
the first that covered the leaf, which says how long it has been there, and the newest.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sealwright.credentials.errors import CredentialError, Refused
from sealwright.credentials.model.strict_json import loads
from sealwright.credentials.proofs.jcs import canonical_json
from sealwright.credentials.transparency.checkpoint import open_if_known
from sealwright.credentials.transparency.handover import handed_over
from sealwright.credentials.transparency.notes import NoteKey
from sealwright.credentials.transparency.tree import HASH_BYTES, leaf_hash, root_of_inclusion

MAX_BYTES: Final = 1_000_000
MAX_PATH: Final = 64
_TIMES: Final = ("first", "newest")


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The way from the leaf to the root of one checkpoint, and the checkpoint's note."""

    path: tuple[bytes, ...]
    note: str


@dataclass(frozen=True, slots=True)
class LogProof:
    """What a log says about one credential."""

    origin: str
    index: int
    salt: bytes
    sha256: bytes
    """Of the credential as it was signed."""
    inclusions: Mapping[str, Inclusion]
    """By "first" and "newest"."""
    handovers: tuple[str, ...] = ()
    """How the log went from key to key, for whoever knows an old one."""

    def as_json(self) -> dict[str, Any]:
        """The proof as it is served beside a credential."""
        return {
            "origin": self.origin,
            "index": self.index,
            "salt": _encoded(self.salt),
            "sha256": self.sha256.hex(),
            **{
                name: {
                    "path": [_encoded(each) for each in inclusion.path],
                    "checkpoint": inclusion.note,
                }
                for name, inclusion in self.inclusions.items()
            },
            **({"handovers": list(self.handovers)} if self.handovers else {}),
        }

    @classmethod
    def of_json(cls, members: Any) -> LogProof:
        """The proof in a JSON value. Raises `Refused("log-proof-malformed")`."""
        if not isinstance(members, dict):
            raise _malformed("it is no JSON object")
        digest = members.get("sha256")
        if not isinstance(digest, str) or len(digest) != 2 * HASH_BYTES:
            raise _malformed("its sha256 is no hash")
        try:
            sha = bytes.fromhex(digest)
        except ValueError:
            raise _malformed("its sha256 is no hash") from None
        origin, index = members.get("origin"), members.get("index")
        if not isinstance(origin, str) or type(index) is not int:
            raise _malformed("it names no place in a log")
        given = {name: _inclusion(members[name]) for name in _TIMES if name in members}
        if not given:
            raise _malformed("it has no checkpoint")
        handovers = members.get("handovers", [])
        if not isinstance(handovers, list) or not all(isinstance(each, str) for each in handovers):
            raise _malformed("its handovers are no notes")
        return cls(origin, index, _bytes(members.get("salt")), sha, given, tuple(handovers))


@dataclass(frozen=True, slots=True)
class Logged:
    """That a credential stands in a log. `by` is when it did at the latest, if that is known;
    `size` is that of the largest checkpoint which covers it."""

    origin: str
    index: int
    size: int
    by: datetime | None


def read_proofs(data: bytes | str) -> list[LogProof]:
    """The proofs that lie beside a credential, or a single one.

    There are several where the same award was signed more than once, and none as long as no
    checkpoint covers it. Raises `Refused("log-proof-malformed")` and `UnreadableInput`.
    """
    members = loads(data, max_bytes=MAX_BYTES)
    if isinstance(members, dict) and isinstance(members.get("proofs"), list):
        return [LogProof.of_json(each) for each in members["proofs"]]
    return [LogProof.of_json(members)]


def leaf_data(salt: bytes, credential_sha256: bytes) -> bytes:
    """What stands in the log for a credential."""
    return sha256(salt + credential_sha256).digest()


def digests_of(*forms: bytes | str | Mapping[str, Any] | None) -> tuple[bytes, ...]:
    """The hashes under which a credential may stand in a log.

    `forms` are what there is of it: its bytes, its token, its parsed document, which counts as
    canonical JSON: that is what its bytes were before another program wrote them anew.
    """
    found: list[bytes] = []
    for form in forms:
        if isinstance(form, Mapping):
            with suppress(CredentialError):
                found.append(sha256(canonical_json(form)).digest())
        elif form is not None:
            raw = form if isinstance(form, bytes) else form.encode("utf-8", "surrogatepass")
            found.append(sha256(raw).digest())
    return tuple(dict.fromkeys(found))


def check_logged(
    digests: Sequence[bytes],
    proof: LogProof,
    keys: Iterable[NoteKey],
    witnesses: Iterable[NoteKey] = (),
) -> Logged:
    """That the credential with one of these hashes stands in the log that holds `keys`.

    A checkpoint by a key that is not known shows nothing and is passed over beside another one.

    Raises `Refused`: `log-other-credential` when the proof is of another one,
    `log-not-included` when it does not lead to the root that the log signed, and those of
    `open_checkpoint`, `handed_over` and `tree.root_of_inclusion`.
    """
    if proof.sha256 not in digests:
        raise Refused("log-other-credential")
    logs, others = handed_over(keys, proof.handovers).keys, list(witnesses)
    leaf = leaf_hash(leaf_data(proof.salt, proof.sha256))
    sizes: list[int] = []
    times: list[datetime] = []
    for inclusion in proof.inclusions.values():
        signed = open_if_known(inclusion.note, logs, others)
        if signed is None:
            continue
        checkpoint = signed.checkpoint
        if checkpoint.origin != proof.origin:
            raise Refused("log-origin", origin=checkpoint.origin)
        found = root_of_inclusion(leaf, proof.index, checkpoint.size, inclusion.path)
        if found != checkpoint.root:
            raise Refused("log-not-included", origin=proof.origin, index=proof.index)
        sizes.append(checkpoint.size)
        if signed.at is not None:
            times.append(signed.at)
    if not sizes:
        names = ", ".join(sorted({key.name for key in logs}))
        raise Refused("log-note-unsigned", names=names)
    return Logged(proof.origin, proof.index, max(sizes), min(times, default=None))


@dataclass(frozen=True, slots=True)
class LogProofs:
    """Proofs at hand, and the keys of the logs that are trusted: evidence for a `Verifier`."""

    proofs: tuple[LogProof, ...]
    keys: tuple[NoteKey, ...]
    witnesses: tuple[NoteKey, ...] = ()

    def __call__(self, credential: str, digests: Sequence[bytes]) -> Logged | None:
        """What the first proof shows that is about one of the hashes and holds."""
        for proof in self.proofs:
            if proof.sha256 in digests:
                with suppress(Refused):
                    return check_logged(digests, proof, self.keys, self.witnesses)
        return None


def _inclusion(members: Any) -> Inclusion:
    if not isinstance(members, dict) or not isinstance(members.get("checkpoint"), str):
        raise _malformed("a checkpoint is missing")
    path = members.get("path")
    if not isinstance(path, list) or len(path) > MAX_PATH:
        raise _malformed("a path is missing, or too long")
    hashes = tuple(_bytes(each) for each in path)
    if any(len(each) != HASH_BYTES for each in hashes):
        raise _malformed("a path has something other than hashes")
    return Inclusion(hashes, members["checkpoint"])


def _encoded(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise _malformed("something in it is not base64") from None


def _malformed(problem: str) -> Refused:
    return Refused("log-proof-malformed", problem=problem)
