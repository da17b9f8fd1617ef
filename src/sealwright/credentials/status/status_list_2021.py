"""StatusList2021, the draft that Bitstring Status List grew out of, as found in VC 1.1.

The same algorithm with other names; the list carries no multibase prefix. Some issuers wrote
one all the same, or padding, which is accepted.

https://www.w3.org/TR/2023/WD-vc-status-list-20230427/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sealwright.credentials.model.report import Finding
from sealwright.credentials.status import bitstring
from sealwright.credentials.status.lists import Question

_DRAFT = bitstring.Dialect("StatusList2021Credential", "StatusList2021", prefixed=False)


def check(entry: Mapping[str, Any], pointer: str, question: Question) -> Finding:
    """As `bitstring.check`."""
    return bitstring.check(entry, pointer, question, _DRAFT)
