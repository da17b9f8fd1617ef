"""Proofs: what a signature covers, whether it fits, and how to make one."""

from __future__ import annotations

from sealwright.credentials.proofs.data_integrity import (
    ASSERTION,
    AUTHENTICATION,
    add_proof,
    verify_proof,
    with_signature,
)
from sealwright.credentials.proofs.draft import Draft, draft_for
from sealwright.credentials.proofs.options import (
    MAX_PROOFS,
    Proof,
    proofs_of,
    read_proof,
    relied_on,
)
from sealwright.credentials.proofs.suites import (
    LEGACY_SUITES,
    SUITES,
    Known,
    Suite,
    suite_named,
    suite_of,
)

__all__ = [
    "ASSERTION",
    "AUTHENTICATION",
    "LEGACY_SUITES",
    "MAX_PROOFS",
    "SUITES",
    "Draft",
    "Known",
    "Proof",
    "Suite",
    "add_proof",
    "draft_for",
    "proofs_of",
    "read_proof",
    "relied_on",
    "suite_named",
    "suite_of",
    "verify_proof",
    "with_signature",
]
