"""S/MIME and PKCS #7: what was signed, taken out of its envelope; nothing is verified, nothing can be decrypted.

Source:
    RFC 5652 (Cryptographic Message Syntax), RFC 8551 (S/MIME), RFC 3274 (compressed data), X.690 (BER).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from intake.raw import Unreadable

_SIGNED = bytes.fromhex("2a864886f70d010702")
_LOCKED = (
    bytes.fromhex("2a864886f70d010703"),  # enveloped
    bytes.fromhex("2a864886f70d010704"),  # signed and enveloped
    bytes.fromhex("2a864886f70d010706"),  # encrypted
    bytes.fromhex("2a864886f70d0109100117"),  # authenticated and enveloped
)
_COMPRESSED = bytes.fromhex("2a864886f70d0109100109")
_SEQUENCE, _OBJECT, _OCTETS, _INNER = 0x30, 0x06, 0x04, 0xA0
_DEPTH = 20
_PEM = re.compile(rb"-----BEGIN (?:PKCS ?7|CMS|PKCS #7 SIGNED DATA)-----([A-Za-z0-9+/=\s]+)-----END")
# SEQUENCE, its length, OBJECT IDENTIFIER 1.2.840.113549.1.(7|9)
_START = re.compile(
    rb"\x30(?:\x80|[\x00-\x7f]|[\x81-\x84].{1,4}?)\x06[\x09\x0b]\x2a\x86\x48\x86\xf7\x0d\x01[\x07\x09]", re.DOTALL
)


def is_pkcs7(content: bytes) -> bool:
    """Whether a file begins as such a message, binary or with PEM's lines around it."""
    return _START.match(content) is not None or _PEM.search(content[:200] + content[-100:]) is not None


def content_of(message: bytes, *, most: int) -> bytes:
    """What a signed (or compressed) message holds; b"" for a signature alone.

    Raises:
        Unreadable: F005 it is encrypted, F006 it is none of these, F010 it unpacks to more than `most` bytes.
    """
    if (pem := _PEM.search(message)) is not None:
        import binascii

        message = binascii.a2b_base64(re.sub(rb"\s", b"", pem[1]))
    try:
        kind, content = _opened(message)
    except (IndexError, StopIteration, ValueError):
        raise Unreadable("F006") from None
    if kind in _LOCKED:
        raise Unreadable("F005")
    if kind == _COMPRESSED:
        return _inflated(content, most)
    if kind != _SIGNED:
        raise Unreadable("F006")
    return content


def _opened(message: bytes) -> tuple[bytes, bytes]:
    """The kind of a message and the octets in it."""
    (tag, whole) = next(_elements(message, 0))
    if tag != _SEQUENCE:
        raise ValueError(tag)
    fields = _elements(whole, 0)
    kind = next(fields)[1]
    if kind not in (_SIGNED, _COMPRESSED):
        return kind, b""
    data = next(_elements(next(fields)[1], 0))[1]
    inner = next(value for tag, value in _elements(data, 0) if tag == _SEQUENCE)
    held = [value for tag, value in _elements(inner, 0) if tag == _INNER]
    return kind, _octets(held[0], 0) if held else b""


def _octets(value: bytes, depth: int) -> bytes:
    """The octets of a string, in one piece or in several."""
    if depth > _DEPTH:
        raise ValueError(depth)
    pieces = []
    for tag, piece in _elements(value, 0):
        if tag & 0x1F == _OCTETS:
            pieces.append(_octets(piece, depth + 1) if tag & 0x20 else piece)
    return b"".join(pieces)


def _elements(content: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Tag and value of each element; one without a length ends with two zero bytes."""
    while at + 2 <= len(content):
        tag, at, length = content[at], at + 1, content[at + 1]
        at += 1
        if tag == 0 and length == 0:
            return
        if length == 0x80:
            end = _end(content, at)
            yield tag, content[at:end]
            at = end + 2
            continue
        if length > 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(content[at : at + size], "big"), at + size
        yield tag, content[at : at + length]
        at += length


def _end(content: bytes, at: int) -> int:
    """Where the contents of an element without length end: its two zero bytes."""
    depth = 1
    while at + 2 <= len(content):
        tag, length = content[at], content[at + 1]
        at += 2
        if tag == 0 and length == 0:
            depth -= 1
            if depth == 0:
                return at - 2
        elif length == 0x80:
            depth += 1
        elif length > 0x80:
            size = length & 0x7F
            at += size + int.from_bytes(content[at : at + size], "big")
        else:
            at += length
    return len(content)


def _inflated(content: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        out = unpacker.decompress(content, most)
    except zlib.error:
        raise Unreadable("F006") from None
    if unpacker.unconsumed_tail:
        raise Unreadable("F010")
    return out
