"""How often a caller may ask."""

from __future__ import annotations

import time
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sealwright.web.core.refusals import TOO_OFTEN, Refusal

MINUTE = 60


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


def spend(what: str, who: str, *, amount: int, a_minute: int, now: float | None = None) -> None:
    """Count `amount` uses of `what` by `who`, who has `a_minute` of them in each minute.

    Raises `Refusal` when this is more than is left, and then counts nothing.
    """
    moment = time.time() if now is None else now
    minute, past = divmod(moment, MINUTE)
    key = f"{what}/{who}/{int(minute)}"
    cache.add(key, 0, timeout=2 * MINUTE)
    if cache.incr(key, amount) > a_minute:
        cache.decr(key, amount)
        raise Refusal(
            TOO_OFTEN,
            _("There is room for %(number)d checks a minute. Please wait a moment and go on.")
            % {"number": a_minute},
            retry_after=int(MINUTE - past) + 1,
        )
