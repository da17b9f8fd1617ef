"""Our own status lists: which place a credential gets, and the lists to sign and publish.

A list is rebuilt from rows of facts each time, so no update can be lost.
https://www.w3.org/TR/vc-bitstring-status-list/#generate-algorithm
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sealwright.credentials.model.instants import format_instant
from sealwright.credentials.status.bits import MIN_ENTRIES

_CONTEXT = "https://www.w3.org/ns/credentials/v2"
_DRAWS = 64


def draw_index(
    taken: Container[int], *, below: Callable[[int], int], entries: int = MIN_ENTRIES
) -> int:
    """A free place, drawn at random so that neighbours in a list tell nothing.

    `below(n)` gives a random whole number under n, like `secrets.randbelow`. Lists are
    meant to be opened anew when half full; in a fuller one the next free place after the
    last draw has to do. Raises `ValueError` when there is none.
    """
    for _ in range(_DRAWS):
        index = below(entries)
        if index not in taken:
            return index
    start = below(entries)
    for index in chain(range(start, entries), range(start)):
        if index not in taken:
            return index
    raise ValueError(f"all {entries} places of the list are taken")


def status_entries(index: int, lists: Mapping[str, str]) -> list[dict[str, str]]:
    """The `credentialStatus` of a credential: one place, the same in each list.

    `lists` maps purposes ("revocation", "suspension") to the addresses of the lists.

    >>> status_entries(7, {"revocation": "https://harbour.example/status/1"})[0]["id"]
    'https://harbour.example/status/1#7'
    """
    return [
        {
            "id": f"{url}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(index),
            "statusListCredential": url,
        }
        for purpose, url in lists.items()
    ]


def status_list_credential(
    url: str,
    *,
    issuer: str,
    purposes: Iterable[str],
    encoded_list: str,
    valid_from: datetime,
    valid_until: datetime | None = None,
    ttl: timedelta | None = None,
) -> dict[str, Any]:
    """An unsigned BitstringStatusListCredential, to be signed by `issuer` and served at `url`.

    `encoded_list` comes from `bits.encode_list`. Give `valid_until`, or an old list can be
    shown for ever; `ttl` says how long a copy may be kept, in whole milliseconds.
    """
    named = list(purposes)
    subject: dict[str, Any] = {
        "id": f"{url}#list",
        "type": "BitstringStatusList",
        "statusPurpose": named[0] if len(named) == 1 else named,
        "encodedList": encoded_list,
    }
    if ttl is not None:
        subject["ttl"] = ttl // timedelta(milliseconds=1)
    document: dict[str, Any] = {
        "@context": [_CONTEXT],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": format_instant(valid_from),
    }
    if valid_until is not None:
        document["validUntil"] = format_instant(valid_until)
    return document | {"credentialSubject": subject}
