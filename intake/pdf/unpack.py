"""How much a packed stream of a PDF unpacks to, found out without keeping it, and never far beyond what is allowed."""

from __future__ import annotations

import base64
import contextlib
import re
import zlib

from intake.raw import Unreadable

# Deflate packs at most 1032 to 1 (zlib's technical notes). One code of LZW has at least 9 bits and stands for at most
# 3,839 bytes (a table of 4,096 less the 257 it begins with); two bytes of RunLength stand for at most 128.
RATIOS = {"flate": 1032, "lzw": 3839, "run": 64}
_CHUNK = 1 << 16
_CLEAR, _STOP = 256, 257


def flate_size(packed: memoryview, most: int, seek: tuple[bytes, ...] = ()) -> tuple[int, set[bytes]]:
    """The size of a deflated stream (0: it is none), and which of `seek` are in it. Unreadable: F010 above `most`."""
    inflater, size, tail, found = zlib.decompressobj(), 0, b"", set[bytes]()
    for start in range(0, len(packed), _CHUNK):
        pending = bytes(packed[start : start + _CHUNK])
        while pending and not inflater.eof:
            try:
                plain = inflater.decompress(pending, 1 << 20)
            except zlib.error:
                return size, found
            size += len(plain)
            if size > most:
                raise Unreadable("F010")
            if seek:
                found.update(mark for mark in seek if mark in tail + plain)
                tail = plain[-max(map(len, seek)) :]
            pending = inflater.unconsumed_tail
        if inflater.eof:
            break
    return size, found


def inflated(data: bytes, most: int) -> bytes:
    """What a deflated stream holds, as far as it is sound. Unreadable: F010 above `most`."""
    flate_size(memoryview(data), most)
    inflater, plain = zlib.decompressobj(), bytearray()
    with contextlib.suppress(zlib.error):
        for start in range(0, len(data), _CHUNK):
            plain += inflater.decompress(data[start : start + _CHUNK])
    return bytes(plain)


def lzw(data: bytes, most: int, *, early: bool = True) -> bytes:
    """What an LZW stream holds (PDF 32000 7.4.4). Unreadable: F010 above `most`."""
    table: list[bytes] = [bytes((byte,)) for byte in range(256)] + [b"", b""]
    out, size, before = list[bytes](), 0, b""
    bits, have, width, ahead = 0, 0, 9, 1 if early else 0
    for byte in data:
        bits, have = (bits << 8 | byte) & 0xFFFFFF, have + 8
        if have < width:
            continue
        have -= width
        code = bits >> have & (1 << width) - 1
        if code == _STOP:
            break
        if code == _CLEAR:
            del table[258:]
            before, width = b"", 9
            continue
        word = table[code] if code < len(table) else before + before[:1]
        out.append(word)
        size += len(word)
        if size > most:
            raise Unreadable("F010")
        if before and len(table) < 4096:
            table.append(before + word[:1])
        before = word
        width = min(12, max(9, (len(table) + ahead).bit_length()))
    return b"".join(out)


def run_lengths(data: bytes, most: int) -> bytes:
    """What a RunLength stream holds (PDF 32000 7.4.5). Unreadable: F010 above `most`."""
    out, place = bytearray(), 0
    while place < len(data) and data[place] != 128:
        length = data[place]
        if length < 128:
            out += data[place + 1 : place + 2 + length]
            place += 2 + length
        else:
            out += data[place + 1 : place + 2] * (257 - length)
            place += 2
        if len(out) > most:
            raise Unreadable("F010")
    return bytes(out)


def from_85(data: bytes) -> bytes:
    """What a text of base 85 stands for; nothing where it is none."""
    try:
        return base64.a85decode(data.partition(b"~>")[0].strip().removeprefix(b"<~"), ignorechars=b" \t\n\r\v\f\0")
    except ValueError:
        return b""


def from_hex(data: bytes) -> bytes:
    """What a text of hexadecimal digits stands for."""
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", data.partition(b">")[0])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
