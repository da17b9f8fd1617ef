"""What stands in a published status list."""

from __future__ import annotations

import json

from sealwright.credentials.status import decode_list, status_at
from sealwright.web.issuing.models import StatusList


def bits_set(listed: StatusList | None) -> set[int]:
    """The places that are set in the list as it is served."""
    assert listed is not None
    document = json.loads(bytes(listed.document or b""))
    bits = decode_list(document["credentialSubject"]["encodedList"])
    return {n for n in range(8 * len(bits)) if bits[n >> 3] and status_at(bits, n)}
