"""Where we may go: the one rule about addresses, for the guard and the recorded web alike.

Everything here is decided from the text of an address or of an IP address; nothing is
looked up. Control T07 of the threat model: https on port 443, public addresses only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from sealwright.credentials.errors import NetworkRefused

MAX_URL_LENGTH = 2048

_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")
"""What RFC 3986, section 2, lets stand in an address. Above all no blanks, line ends,
backslashes or letters outside ASCII, which parsers of addresses read differently."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9._\-]+)"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^?#]*)?"
    r"(?P<query>\?[^#]*)?"
    r"(?:#.*)?",
    re.IGNORECASE,
)

_NAME = re.compile(
    r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_\-]{0,61}[a-z0-9_])?"
    r"(\.[a-z0-9_]([a-z0-9_\-]{0,61}[a-z0-9_])?)*"
)

_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")

_PORTS = {"http": 80, "https": 443}

_NEVER_PUBLIC = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp"}
)
"""Last labels of names that only mean something inside a network (RFC 6761, 6762, 9476)."""

_GLOBAL_UNICAST = ip_network("2000::/3")
"""All that is public in IPv6. IPv4-mapped, NAT64, unique local, link-local, multicast and
loopback addresses lie outside."""

_SPECIAL = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; one cloud keeps its metadata here
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # one cloud's metadata behind an address that looks public
        "169.254.0.0/16",  # link-local; most clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # former 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved and broadcast
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which carries any IPv4 address
        "3fff::/20",  # documentation
    )
)
"""The special-purpose registries of RFC 6890, kept here because the standard library's
answer differs between versions of Python."""


@dataclass(frozen=True, slots=True)
class Destination:
    """An address we may go to: `url` in one spelling, without its fragment.

    `host` is lower case and without brackets, `target` the path with its query, and
    `local` says that the operator has allowed this host and port by name.
    """

    url: str
    scheme: str
    host: str
    port: int
    target: str
    local: bool

    @property
    def authority(self) -> str:
        """Host and, unless it is the scheme's own, port: the value of the `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def destination(url: object, *, allow_local: frozenset[str] = frozenset()) -> Destination:
    """What `url` leads to, if we may go there.

    `allow_local` names hosts with their ports ("localhost:8000", "[::1]:8000") that may be
    asked over http too and may have any address: for development only.

    Raises `NetworkRefused`: `url-malformed`, `scheme-refused`, `port-refused`,
    `address-not-public`.
    """
    if not isinstance(url, str):
        raise NetworkRefused("url-malformed", url=str(url)[:200], problem="it is no text")
    if len(url) > MAX_URL_LENGTH:
        raise NetworkRefused("url-malformed", url=url[:200], problem="it is too long")
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in _PORTS:
        raise NetworkRefused("scheme-refused", url=url, scheme=scheme[1].lower())
    parts = _ADDRESS.fullmatch(url) if _CHARACTERS.fullmatch(url) else None
    if parts is None:
        raise NetworkRefused("url-malformed", url=url, problem="it is no web address")
    return _allowed(url, parts, allow_local)


def _allowed(url: str, parts: re.Match[str], allow_local: frozenset[str]) -> Destination:
    scheme = parts["scheme"].lower()
    bracketed = parts["host"].lower()
    host = bracketed.strip("[]")
    port = int(parts["port"]) if parts["port"] else _PORTS[scheme]
    local = f"{bracketed}:{port}" in allow_local
    literal = _literal(url, bracketed)
    if not local:
        if scheme != "https":
            raise NetworkRefused("scheme-refused", url=url, scheme=scheme)
        if port != _PORTS["https"]:
            raise NetworkRefused("port-refused", url=url, port=port)
        if not (is_public(literal) if literal else _is_public_name(host)):
            raise NetworkRefused("address-not-public", url=url, host=host, address=host)
    target = (parts["path"] or "/") + (parts["query"] or "")
    authority = bracketed if port == _PORTS[scheme] else f"{bracketed}:{port}"
    return Destination(f"{scheme}://{authority}{target}", scheme, host, port, target, local)


def origin(url: object) -> str:
    """The host of a web address, with its port where that is not the scheme's own, or ''.

    http and https are not told apart: an issuer that gives itself an http address is not
    harmed by a key that was fetched over TLS from the same host.

    >>> origin("https://Issuer.example:443/keys#1"), origin("http://issuer.example:81/")
    ('issuer.example', 'issuer.example:81')
    """
    parts = _ADDRESS.fullmatch(url) if isinstance(url, str) else None
    if parts is None:
        return ""
    port = int(parts["port"] or _PORTS[parts["scheme"].lower()])
    host = parts["host"].lower()
    return host if port == _PORTS[parts["scheme"].lower()] else f"{host}:{port}"


def _literal(url: str, host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that `host` is, or None for a name.

    A host that ends in a number is an IPv4 address for some resolvers ("127.1",
    "0x7f000001", "2130706433"): only the usual spelling is accepted.
    """
    try:
        if host.startswith("["):
            return IPv6Address(host[1:-1])
        if _NUMBER.fullmatch(host.rpartition(".")[2]):
            return IPv4Address(host)
    except ValueError as problem:
        raise NetworkRefused("url-malformed", url=url, problem="no IP address") from problem
    if not _NAME.fullmatch(host):
        raise NetworkRefused("url-malformed", url=url, problem="no host name")
    return None


def _is_public_name(host: str) -> bool:
    labels = host.split(".")
    return len(labels) > 1 and labels[-1] not in _NEVER_PUBLIC and labels[-2:] != ["home", "arpa"]


def is_public(address: str | IPv4Address | IPv6Address) -> bool:
    """Whether an IP address belongs to the public internet. What is no address does not.

    >>> is_public("93.184.216.34"), is_public("169.254.169.254"), is_public("::ffff:8.8.8.8")
    (True, False, False)
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip not in _GLOBAL_UNICAST:
        return False
    return not any(ip in block for block in _SPECIAL)
