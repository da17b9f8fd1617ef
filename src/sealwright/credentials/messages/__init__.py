"""Every code a finding or an error can carry, with its sentence and its clause.

The codes are stable: programs may rely on them. The sentences are plain English and say
what was found; other languages translate by code. One table a subject, merged here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sealwright.credentials.messages import (
    checks,
    issuers,
    issuing,
    log,
    pictures,
    proofs,
    reading,
    status,
    structure,
)
from sealwright.credentials.messages._message import Message

MESSAGES: dict[str, Message] = {
    **reading.MESSAGES,
    **pictures.MESSAGES,
    **structure.MESSAGES,
    **proofs.MESSAGES,
    **issuers.MESSAGES,
    **status.MESSAGES,
    **checks.MESSAGES,
    **issuing.MESSAGES,
    **log.MESSAGES,
}


class _Shown(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return f"({name})"


def sentence(code: str, evidence: Mapping[str, Any]) -> str:
    """The English sentence for `code`, its parameters taken from `evidence`.

    An unknown code gives the code itself; a missing parameter shows as its name, and an empty
    one at the end leaves no blank.
    """
    message = MESSAGES.get(code)
    return message.text.format_map(_Shown(evidence)).rstrip() if message else code


def clause_of(code: str) -> str:
    """The address of the clause of the standard behind `code`, or ''."""
    message = MESSAGES.get(code)
    return message.clause if message else ""
