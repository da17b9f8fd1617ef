"""What the log needs of issuing, and what issuing tells of the log.

The key of the log is made when it is first needed. It belongs to the site and to no
organisation, and signs nothing but checkpoints.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.db import IntegrityError, transaction

from sealwright.credentials.keys import PublicKey, Signer
from sealwright.credentials.transparency import Logged, LogProof, LogProofs, leaf_data
from sealwright.web.issuing.models import Credential, SigningKey
from sealwright.web.issuing.services.keys import add_key, key_in_use, signer_of
from sealwright.web.issuing.services.rotation import locked_keys
from sealwright.web.transparency.models import Shard
from sealwright.web.transparency.services.checking import Fault, first_fault
from sealwright.web.transparency.services.keys import note_keys
from sealwright.web.transparency.services.reading import Trees, inclusions_of, newest_checkpoint

LOG = SigningKey.Purpose.LOG


class LogKeys:
    """The keys of the log, as rows like all keys. See `transparency.services.keys`."""

    def signer(self) -> Signer:
        """The signer of checkpoints, which nobody takes out of use in this transaction."""
        self._ensure()
        locked_keys(None)
        return signer_of(key_in_use(None, LOG))

    def public_keys(self) -> Sequence[PublicKey]:
        """All but compromised ones, the newest first."""
        self._ensure()
        keys = SigningKey.objects.filter(organisation=None, purpose=LOG)
        sound = keys.exclude(state=SigningKey.State.COMPROMISED).order_by("-pk")
        return [PublicKey.from_multikey(key.public_multikey) for key in sound]

    def _ensure(self) -> None:
        if not SigningKey.objects.filter(organisation=None, purpose=LOG).exists():
            try:
                with transaction.atomic():
                    add_key(None, LOG, state=SigningKey.State.ACTIVE)
            except IntegrityError:
                return  # another process made it just now


def proofs_of(award_id: str, *, trees: Trees | None = None) -> list[LogProof] | None:
    """The proofs of everything that was signed for an award, the newest first.

    None where there is no such award; what no checkpoint covers yet is left out.
    """
    credentials = list(Credential.objects.filter(award__public_id=award_id).order_by("-pk"))
    if not credentials:
        return None
    proofs = (proof_of(credential, trees=trees) for credential in credentials)
    return [proof for proof in proofs if proof is not None]


def proof_document(award_id: str, proofs: Sequence[LogProof]) -> bytes:
    """The proofs as they lie beside the credential of an award."""
    url = f"{settings.BASE_URL}/c/{award_id}"
    document = {"credential": url, "proofs": [proof.as_json() for proof in proofs]}
    return json.dumps(document, indent=1).encode()


def proof_of(credential: Credential, *, trees: Trees | None = None) -> LogProof | None:
    """The proof of one signed document; None as long as no checkpoint covers it."""
    found = inclusions_of(credential.log_year, credential.log_index, trees=trees)
    if found is None:
        return None
    return LogProof(
        origin=Shard(year=credential.log_year).origin,
        index=credential.log_index,
        salt=bytes(credential.salt),
        sha256=bytes.fromhex(credential.sha256),
        inclusions={"first": found.first, "newest": found.newest},
        handovers=found.handovers,
    )


def logged(credential: str, digests: Sequence[bytes]) -> Logged | None:
    """What the log shows about a credential of this site: evidence for a `Verifier`."""
    issued = f"{settings.BASE_URL}/c/"
    if not credential.startswith(issued):
        return None
    known = Credential.objects.filter(
        award__public_id=credential.removeprefix(issued),
        sha256__in=[digest.hex() for digest in digests],
    )
    proofs = [proof for each in known if (proof := proof_of(each)) is not None]
    keys = tuple(key for proof in proofs for key in note_keys(proof.origin))
    return LogProofs(tuple(proofs), keys)(credential, digests)


def check_log(
    remembered: Sequence[str] = (),
) -> Iterator[tuple[str, int, Fault | None, str]]:
    """For each year: the log's name, its size, what is wrong first, and its newest checkpoint.

    `remembered` are notes of checkpoints that were kept outside of the database.
    """
    kept = {note.partition("\n")[0]: note for note in remembered}
    for shard in Shard.objects.order_by("year"):
        note = kept.pop(shard.origin, None)
        fault = first_fault(
            shard, expected=expected_leaves, remembered=[] if note is None else [note]
        )
        newest = newest_checkpoint(shard.year)
        yield shard.origin, shard.size, fault, newest.note if newest else ""
    ours = f"{settings.BASE_URL.partition('://')[2]}/log/"
    for origin in kept:
        if origin.startswith(ours):
            yield origin, 0, Fault(int(origin.removeprefix(ours)), 0, "the log is gone"), ""


def expected_leaves(year: int, first: int, end: int) -> Mapping[int, bytes]:
    """What should stand in the log, by place, as the signed documents tell."""
    credentials = Credential.objects.filter(log_year=year, log_index__gte=first, log_index__lt=end)
    return {
        index: leaf_data(bytes(salt), bytes.fromhex(digest))
        for index, salt, digest in credentials.values_list("log_index", "salt", "sha256")
    }
