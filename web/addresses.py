"""From which address a call comes, and by which scheme, through proxies that are trusted to say so."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.requests import HTTPConnection

Network = IPv4Network | IPv6Network
# Whoever has one address of such a network has all of them (RFC 6177).
_OF_ONE = 64


def address_of(connection: HTTPConnection, proxies: Sequence[Network]) -> str:
    """The address that a call comes from, of IPv6 its /64: what bounds a stranger's attempts.

    X-Forwarded-For is believed from right to left as long as a trusted proxy has written it: the first address that is
    none of theirs counts. Whatever stands before it, the caller may have made up.
    """
    known = _parsed(connection.client.host) if connection.client else None
    told = ",".join(connection.headers.getlist("x-forwarded-for")).split(",")
    while known is not None and told and any(known in network for network in proxies):
        further = _parsed(told.pop())
        if further is None:
            break
        known = further
    return _named(known)


def scheme_of(connection: HTTPConnection, proxies: Sequence[Network]) -> str:
    """How a browser came, "https" or "http": what a trusted proxy says in X-Forwarded-Proto, of several the last."""
    told = ",".join(connection.headers.getlist("x-forwarded-proto")).rpartition(",")[2].strip().lower()
    return told if told in {"http", "https"} and trusted(connection, proxies) else connection.url.scheme


def trusted(connection: HTTPConnection, proxies: Sequence[Network]) -> bool:
    """Whether whoever calls, perhaps for somebody else, is a trusted proxy."""
    peer = _parsed(connection.client.host) if connection.client else None
    return peer is not None and any(peer in network for network in proxies)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: perhaps in brackets, perhaps with a port."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _named(address: IPv4Address | IPv6Address | None) -> str:
    if address is None:
        return "-"
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, _OF_ONE), strict=False))
    return str(address)
