"""Is the credential still in force? Status lists of four kinds, read and written."""

from __future__ import annotations

from sealwright.credentials.status.bits import (
    MIN_ENTRIES,
    decode_list,
    encode_list,
    encode_values,
    status_at,
)
from sealwright.credentials.status.checking import check_status
from sealwright.credentials.status.lists import Question, VerifiedList
from sealwright.credentials.status.onedtech import revocation_list
from sealwright.credentials.status.openbadges2 import check as check_openbadges2
from sealwright.credentials.status.writing import (
    draw_index,
    status_entries,
    status_list_credential,
)

__all__ = [
    "MIN_ENTRIES",
    "Question",
    "VerifiedList",
    "check_openbadges2",
    "check_status",
    "decode_list",
    "draw_index",
    "encode_list",
    "encode_values",
    "revocation_list",
    "status_at",
    "status_entries",
    "status_list_credential",
]
