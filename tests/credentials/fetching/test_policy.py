from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import NetworkRefused
from sealwright.credentials.fetching.policy import Destination, destination, is_public, origin

ADDRESS_TEXT = st.text(
    alphabet=st.sampled_from("htps:/[]@.%?#ax019-_~\\ \t\n\u00fc\ud800"), max_size=40
)


def code_of(url: object, *, allow_local: frozenset[str] = frozenset()) -> str:
    with pytest.raises(NetworkRefused) as refused:
        destination(url, allow_local=allow_local)
    return refused.value.code


def test_an_https_address_leads_to_port_443() -> None:
    where = destination("https://Issuer.Example/keys/1?v=2#part")

    assert where == Destination(
        url="https://issuer.example/keys/1?v=2",
        scheme="https",
        host="issuer.example",
        port=443,
        target="/keys/1?v=2",
        local=False,
    )
    assert where.authority == "issuer.example"


@pytest.mark.parametrize(
    "spelling",
    ["https://issuer.example", "HTTPS://ISSUER.example:443/", "https://issuer.example/#part"],
)
def test_one_address_has_one_spelling(spelling: str) -> None:
    assert destination(spelling).url == "https://issuer.example/"


def test_a_query_may_follow_the_host_at_once() -> None:
    assert destination("https://issuer.example?a=b").url == "https://issuer.example/?a=b"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://issuer.example/", "scheme-refused"),
        ("ftp://issuer.example/", "scheme-refused"),
        ("file:///etc/passwd", "scheme-refused"),
        ("data:application/json,{}", "scheme-refused"),
        ("javascript:alert(1)", "scheme-refused"),
        ("https://issuer.example:8443/", "port-refused"),
        ("https://issuer.example:0/", "port-refused"),
        ("https://issuer.example:99999/", "port-refused"),
        ("https://user@issuer.example/", "url-malformed"),
        ("https://user:secret@issuer.example/", "url-malformed"),
        ("https://issuer.example@127.0.0.1/", "url-malformed"),
        ("https:issuer.example", "url-malformed"),
        ("https:///path", "url-malformed"),
        ("//issuer.example/", "url-malformed"),
        ("issuer.example", "url-malformed"),
        ("", "url-malformed"),
        ("https://issuer.example/a b", "url-malformed"),
        ("https://issuer.example/\r\nHost: elsewhere", "url-malformed"),
        ("https://issuer.example\\@elsewhere.example/", "url-malformed"),
        ("https://m\u00fcnchen.example/", "url-malformed"),
        ("https://issuer..example/", "url-malformed"),
        ("https://issuer.example./", "url-malformed"),
        ("https://-issuer.example/", "url-malformed"),
        (f"https://{'a' * 64}.example/", "url-malformed"),
        (f"https://{'a.' * 127}example/", "url-malformed"),
        ("https://issuer.example/" + "a" * 2048, "url-malformed"),
        ("https://%6cocalhost/", "url-malformed"),
        ("https://[::1/", "url-malformed"),
        ("https://[::g]/", "url-malformed"),
        ("https://[1.2.3.4]/", "url-malformed"),
        ("https://[fe80::1%25eth0]/", "url-malformed"),
        (None, "url-malformed"),
        (7, "url-malformed"),
    ],
)
def test_other_addresses_are_refused(url: object, code: str) -> None:
    assert code_of(url) == code


def test_an_address_may_be_so_long_and_no_longer() -> None:
    longest = "https://issuer.example/".ljust(2048, "a")

    assert destination(longest).url == longest
    assert code_of(longest + "a") == "url-malformed"


@pytest.mark.parametrize(
    "host",
    ["127.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "1.2.3", "0x"],
)
def test_an_unusual_spelling_of_an_ip_address_is_refused(host: str) -> None:
    assert code_of(f"https://{host}/") == "url-malformed"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "intranet",
        "server",
        "app.localhost",
        "printer.local",
        "vault.internal",
        "router.home.arpa",
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fd00:ec2::254]",
    ],
)
def test_a_host_inside_somebodys_network_is_refused(host: str) -> None:
    assert code_of(f"https://{host}/") == "address-not-public"


@pytest.mark.parametrize("host", ["93.184.216.34", "[2606:2800:220:1::1]", "arpa.example"])
def test_a_public_host_is_accepted(host: str) -> None:
    assert destination(f"https://{host}/").authority == host


@pytest.mark.parametrize(
    ("url", "allowed", "authority"),
    [
        ("http://localhost:8000/x", "localhost:8000", "localhost:8000"),
        ("https://localhost:8443/x", "localhost:8443", "localhost:8443"),
        ("http://localhost/x", "localhost:80", "localhost"),
        ("http://[::1]:8000/x", "[::1]:8000", "[::1]:8000"),
        ("http://127.0.0.1:8000/x", "127.0.0.1:8000", "127.0.0.1:8000"),
    ],
)
def test_what_the_operator_allows_by_name_may_be_asked(
    url: str, allowed: str, authority: str
) -> None:
    where = destination(url, allow_local=frozenset({allowed}))

    assert where.local
    assert where.url == url
    assert where.authority == authority


@pytest.mark.parametrize("url", ["http://localhost:8001/", "http://localhost/", "http://app:8000/"])
def test_no_other_port_and_no_other_host_is_allowed_with_it(url: str) -> None:
    assert code_of(url, allow_local=frozenset({"localhost:8000"})) == "scheme-refused"


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "no address",
        "",
    ],
)
def test_a_special_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111"]
)
def test_an_ordinary_address_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_nothing_counts_as_public_that_the_standard_library_calls_private(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if is_public(address):
        assert not address.is_private
        assert not address.is_multicast
        assert not address.is_link_local


@given(st.text(max_size=40) | ADDRESS_TEXT | ADDRESS_TEXT.map("https://{}".format))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        where = destination(text)
    except NetworkRefused:
        return
    assert where.url.startswith("https://")
    assert where.url.isascii()
    assert destination(where.url) == where


@pytest.mark.parametrize(
    "url", [None, 7, "", "issuer.example", "did:web:x", "https://a@b/", "x" * 3000]
)
def test_what_is_no_web_address_has_no_origin(url: object) -> None:
    assert origin(url) == ""


def test_an_origin_is_the_host_with_an_unusual_port() -> None:
    assert origin("https://issuer.example/keys#1") == "issuer.example"
    assert origin("http://Issuer.Example:80/") == "issuer.example"
    assert origin("https://issuer.example:80/") == "issuer.example:80"
