from __future__ import annotations

from ipaddress import ip_network

import pytest
from starlette.requests import Request

from web.addresses import address_of, scheme_of

PROXIES = tuple(ip_network(one) for one in ("10.0.0.0/8", "127.0.0.1", "fd00::/8"))


def called(peer: str | None, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    client = None if peer is None else (peer, 4711)
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers, "client": client})


@pytest.mark.parametrize(
    ("peer", "forwarded", "counts"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        # Whoever is no proxy of ours may say what he likes.
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.1.2.3", ["198.51.100.1"], "198.51.100.1"),
        # What a caller made up stands to the left of what our proxy wrote.
        ("10.1.2.3", ["8.8.8.8, 198.51.100.1"], "198.51.100.1"),
        ("10.1.2.3", ["8.8.8.8, 10.9.9.9, 198.51.100.1, 10.4.4.4"], "198.51.100.1"),
        ("10.1.2.3", ["8.8.8.8", "198.51.100.1"], "198.51.100.1"),
        ("10.1.2.3", ["10.9.9.9"], "10.9.9.9"),
        ("10.1.2.3", [], "10.1.2.3"),
        ("10.1.2.3", ["8.8.8.8, unknown"], "10.1.2.3"),
        ("10.1.2.3", ["8.8.8.8, "], "10.1.2.3"),
        ("10.1.2.3", ["198.51.100.1:61234"], "198.51.100.1"),
        ("::ffff:10.1.2.3", ["::ffff:198.51.100.1"], "198.51.100.1"),
        ("fd00::1", ["[2001:db8:1:2:3:4:5:6]:443"], "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", [], "2001:db8:1:2::/64"),
        ("fe80::1%eth0", [], "fe80::/64"),
        (None, ["198.51.100.1"], "-"),
        ("testclient", ["198.51.100.1"], "-"),
    ],
)
def test_the_address_that_counts(peer: str | None, forwarded: list[str], counts: str) -> None:
    assert address_of(called(peer, *forwarded), PROXIES) == counts


def test_nobody_is_believed_unless_told_so() -> None:
    assert address_of(called("127.0.0.1", "198.51.100.1"), ()) == "127.0.0.1"


@pytest.mark.parametrize(
    ("peer", "told", "scheme"),
    [
        ("10.1.2.3", "https", "https"),
        ("10.1.2.3", "http, HTTPS", "https"),
        ("10.1.2.3", "https, http", "http"),
        ("10.1.2.3", "ftp", "http"),
        ("10.1.2.3", None, "http"),
        ("203.0.113.9", "https", "http"),
    ],
)
def test_the_scheme_that_a_browser_used(peer: str, told: str | None, scheme: str) -> None:
    headers = [] if told is None else [(b"x-forwarded-proto", told.encode())]
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "headers": headers, "client": (peer, 1)}
    scope |= {"server": ("here", 80), "query_string": b""}
    assert scheme_of(Request(scope), PROXIES) == scheme
