"""What a proof says about itself, read and checked before anything is computed.

https://www.w3.org/TR/vc-data-integrity/#proofs
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sealwright.credentials.errors import MalformedCredential, Refused, WorkBudgetExceeded
from sealwright.credentials.keys.multibase import base58_decode
from sealwright.credentials.model.instants import parse_instant
from sealwright.credentials.proofs.suites import Suite, suite_of

MAX_PROOFS = 8
"""Proofs of one document."""

CLOCK_SKEW = timedelta(seconds=60)


class Proof(NamedTuple):
    """A proof whose members have the right shape; whether it fits is another question.

    `options` is what the suite canonicalises: the proof without its `proofValue`.
    `previous` holds the ids of the proofs that this one continues.
    """

    options: Mapping[str, Any]
    suite: Suite
    verification_method: str
    purpose: str
    signature: bytes
    previous: tuple[str, ...]
    created: datetime | None
    expires: datetime | None

    def check_use(
        self,
        *,
        purpose: str,
        at: datetime,
        domain: str | None = None,
        challenge: str | None = None,
    ) -> None:
        """Refuse a proof made for another purpose, place or time.

        https://www.w3.org/TR/vc-data-integrity/#verify-proof, steps 4 to 9. A minute of
        difference between clocks is allowed. Raises `Refused`.
        """
        if self.purpose != purpose:
            raise Refused("proof-purpose", purpose=self.purpose, wanted=purpose)
        if self.expires is not None and at - CLOCK_SKEW >= self.expires:
            raise Refused("proof-expired", expires=self.options["expires"])
        if domain is not None and {domain} != set(_texts(self.options, "domain")):
            raise Refused("proof-domain", wanted=domain)
        if challenge is not None and self.options.get("challenge") != challenge:
            raise Refused("proof-challenge")


def proofs_of(document: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The proofs of a document, in its order; none where it has no `proof`.

    Raises `MalformedCredential` for one that is no object, `WorkBudgetExceeded`
    (`too-many-proofs`) above `MAX_PROOFS`.
    """
    given = document.get("proof")
    if given is None:
        return ()
    proofs = given if isinstance(given, list) else [given]
    if len(proofs) > MAX_PROOFS:
        raise WorkBudgetExceeded("too-many-proofs", limit=MAX_PROOFS)
    for position, proof in enumerate(proofs):
        if not isinstance(proof, Mapping):
            raise MalformedCredential(
                pointer=f"/proof/{position}" if proofs is given else "/proof",
                problem="a proof is an object",
            )
    return tuple(proofs)


def read_proof(members: Mapping[str, Any]) -> Proof:
    """A proof with its members checked for shape.

    Raises `MalformedCredential`, or `UnsupportedFeature` for a suite we do not have.
    """
    suite = suite_of(members)
    value = _text(members, "proofValue")
    if not value.startswith("z"):
        raise MalformedCredential("proof-value", problem="it is not base58 with a z before it")
    _check_texts(members)
    options = dict(members)
    del options["proofValue"]
    return Proof(
        options,
        suite,
        _text(members, "verificationMethod"),
        _text(members, "proofPurpose"),
        _signature(value),
        tuple(_texts(members, "previousProof")),
        _instant(members, "created"),
        _instant(members, "expires"),
    )


def continued(proof: Mapping[str, Any], proofs: tuple[Mapping[str, Any], ...]) -> list[Any]:
    """The proofs among `proofs` that `proof` continues, in the document's order.

    https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains. Raises `Refused`
    (`previous-proof-missing`), and (`proof-id-twice`) where an id is not that of one proof.
    """
    if "previousProof" not in proof:
        return []
    wanted = set(_texts(proof, "previousProof"))
    found = [other for other in proofs if _id(other) in wanted]
    ids = [_id(other) for other in found]
    for missing in sorted(wanted.difference(ids)):
        raise Refused("previous-proof-missing", id=missing)
    if len(ids) != len(wanted):
        raise Refused("proof-id-twice")
    return found


def relied_on(
    proof: Mapping[str, Any], proofs: tuple[Mapping[str, Any], ...]
) -> tuple[Mapping[str, Any], ...]:
    """All proofs that a chain ending in `proof` goes through, `proof` left out.

    A chain holds only if each of these is verified too. Raises as `continued` does, and
    `Refused` (`proof-chain-circular`).
    """
    found: list[Mapping[str, Any]] = []
    waiting = continued(proof, proofs)
    while waiting:
        link = waiting.pop()
        if link is proof:
            raise Refused("proof-chain-circular")
        if not any(link is known for known in found):
            found.append(link)
            waiting.extend(continued(link, proofs))
    return tuple(found)


def _check_texts(members: Mapping[str, Any]) -> None:
    for member in ("id", "challenge", "nonce"):
        if member in members:
            _text(members, member)
    for _ in _texts(members, "domain"):
        continue


def _text(members: Mapping[str, Any], member: str) -> str:
    value = members.get(member)
    if not isinstance(value, str) or not value:
        raise MalformedCredential(pointer=f"/proof/{member}", problem="a text is needed")
    return value


def _texts(members: Mapping[str, Any], member: str) -> Iterator[str]:
    """A member that is one text or a list of them."""
    if member not in members:
        return
    value = members[member]
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, str) or not item:
            raise MalformedCredential(
                pointer=f"/proof/{member}", problem="a text or a list of texts is needed"
            )
        yield item


def _instant(members: Mapping[str, Any], member: str) -> datetime | None:
    if member not in members:
        return None
    return parse_instant(members[member], pointer=f"/proof/{member}")


def _signature(value: str) -> bytes:
    try:
        return base58_decode(value[1:])
    except MalformedCredential as problem:
        raise MalformedCredential("proof-value", **problem.evidence) from None


def _id(proof: Mapping[str, Any]) -> object:
    identifier = proof.get("id")
    return identifier if isinstance(identifier, str) else None
