"""Entries of a ZIP archive whose directory at the end is damaged or missing, found by their own headers."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.raw import Unreadable

_LOCAL = struct.Struct("<4s5H3I2H")
_SIGNATURE = re.compile(rb"PK\x03\x04")
_ENDS = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x07\x08|\x05\x06)")
_STORED, _DEFLATED = 0, 8
_LOCKED, _STREAMED, _UTF8 = 0x1, 0x8, 0x800


@dataclass(frozen=True, slots=True)
class Found:
    """An entry: its name as written in bytes, and its content or the file code of why there is none."""

    name: bytes
    is_utf8: bool
    content: bytes = field(repr=False)
    refused: str | None = None


def recovered(content: bytes, *, most: int) -> Iterator[Found]:
    """The entries by their local headers, in order; none of more than `most` bytes is unpacked."""
    at = 0
    while (match := _SIGNATURE.search(content, at)) is not None:
        at = match.start() + 4
        header = content[match.start() : match.start() + _LOCAL.size]
        if len(header) < _LOCAL.size:
            return
        _, _, flags, method, _, _, crc, packed, size, name_length, extra = _LOCAL.unpack(header)
        start = match.start() + _LOCAL.size + name_length + extra
        name = content[match.start() + _LOCAL.size : match.start() + _LOCAL.size + name_length]
        if method not in (_STORED, _DEFLATED, 9, 12, 14) or not name or b"\0" in name:
            continue
        found, at = _read(content, start, flags, method, (crc, packed, size), most)
        yield Found(name, bool(flags & _UTF8), *found)


def _read(
    content: bytes, start: int, flags: int, method: int, told: tuple[int, int, int], most: int
) -> tuple[tuple[bytes, str | None], int]:
    crc, packed, size = told
    streamed = bool(flags & _STREAMED)
    end = start + packed if packed and not streamed else _next(content, start)
    if flags & _LOCKED:
        return (b"", "F005"), max(start, min(end, len(content)))
    if size > most:
        return (b"", "F016"), min(end, len(content))
    try:
        out, used = _unpacked(content[start : len(content) if streamed else end], method, most)
    except Unreadable as refused:
        return (b"", refused.code), end
    whole = streamed or zlib.crc32(out) == crc
    return (out, None if whole else "F006"), start + used if streamed and method == _DEFLATED else end


def _unpacked(data: bytes, method: int, most: int) -> tuple[bytes, int]:
    if method == _STORED:
        end = _next(data, 0)
        return data[:end] if len(data) > end and data[end:].startswith(b"PK\x07\x08") else data, len(data)
    if method != _DEFLATED:
        raise Unreadable("F006")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        out = unpacker.decompress(data, most)
    except zlib.error:
        raise Unreadable("F006") from None
    if unpacker.unconsumed_tail:
        raise Unreadable("F016")
    if not unpacker.eof:
        raise Unreadable("F006")
    return out, len(data) - len(unpacker.unused_data)


def _next(content: bytes, start: int) -> int:
    found = _ENDS.search(content, start)
    return found.start() if found else len(content)
