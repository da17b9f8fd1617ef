"""How often a caller may ask.

The counts lie in memory that the processes of one server share, because they are forked
from one: exact for all of them, gone with them, and never written anywhere.
"""

from __future__ import annotations

import mmap
import secrets
import struct
import time
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from multiprocessing import get_context

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from sealwright.web.core.refusals import TOO_OFTEN, Refusal

MINUTE = 60
SLOTS = 1 << 16
"""Callers that are told apart. Two who share a slot are counted together, once in a while."""

_SLOT = struct.Struct("=II")


class Counters:
    """A number for each key and minute, in shared memory of a fixed size."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, SLOTS * _SLOT.size)
        self._lock = get_context("fork").Lock()
        self._salt = secrets.token_bytes(16)

    def take(self, key: str, minute: int, amount: int, limit: int) -> bool:
        """Add `amount` to the number of `key` in `minute`, unless it would go beyond `limit`."""
        place = self._place(key)
        with self._lock:
            counted, number = _SLOT.unpack_from(self._memory, place)
            number = (number if counted == minute else 0) + amount
            if number > limit:
                return False
            _SLOT.pack_into(self._memory, place, minute, number)
            return True

    def forget(self) -> None:
        """Start anew, as after a restart."""
        with self._lock:
            self._memory[:] = bytes(len(self._memory))

    def _place(self, key: str) -> int:
        digest = blake2b(key.encode(), digest_size=4, key=self._salt).digest()
        return int.from_bytes(digest, "big") % SLOTS * _SLOT.size


counters = Counters()
clock = time.time
"""What tells the time, in seconds; tests set it."""


def caller(request: HttpRequest) -> str:
    """The address a request came from: an IPv4 address, or the /64 of an IPv6 address.

    X-Forwarded-For is believed only as far as `PROXIES` says that our own proxies wrote it.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        hops = request.headers.get("X-Forwarded-For", "").replace(" ", "").split(",")
        address = hops[-settings.PROXIES] if len(hops) >= settings.PROXIES else address
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return parsed.exploded[:19] if parsed.ipv4_mapped is None else str(parsed.ipv4_mapped)
    return str(parsed)


def cache_key(key: str, prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION: what is counted is stored, who was counted is not."""
    value = f"{prefix}:{version}:{key}"
    return salted_hmac("sealwright.core.limits", value, algorithm="sha256").hexdigest()


def spend(what: str, who: str, *, amount: int, a_minute: int) -> None:
    """Count `amount` uses of `what` by `who`, who has `a_minute` of them in each minute.

    Raises `Refusal` when this is more than is left, and then counts nothing.
    """
    minute, past = divmod(clock(), MINUTE)
    if not counters.take(f"{what}/{who}", int(minute), amount, a_minute):
        raise Refusal(
            TOO_OFTEN,
            _("There is room for %(number)d of these a minute. Please wait a moment and go on.")
            % {"number": a_minute},
            retry_after=int(MINUTE - past) + 1,
        )
