"""PNG files put right before they are decoded: only the chunks that make the picture, each with the sum it should have.

Text and colour profiles, which may inflate to anything, and animation frames are left out.

Source:
    PNG (Third Edition), section 5.
"""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"pHYs", b"eXIf", b"IDAT")
_VITAL = (b"IHDR", b"PLTE", b"IDAT")


def put_right(content: bytes) -> tuple[bytes, bool]:
    """A PNG of the picture alone, and whether a chunk of it is damaged or missing."""
    view, at, torn = memoryview(content), len(_SIGNATURE), True
    parts: list[bytes | memoryview] = [_SIGNATURE]
    sound = True
    while at + 8 <= len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        if name == b"IEND":
            torn = False
            break
        data = view[at + 8 : at + 8 + length]
        at += 12 + length
        if name not in _KEPT:
            continue
        check = zlib.crc32(data, zlib.crc32(name))
        stored = int.from_bytes(view[at - 4 : at], "big") if at <= len(content) else None
        sound = sound and (check == stored or name not in _VITAL)
        parts += [struct.pack(">I", len(data)), name, data, struct.pack(">I", check)]
    parts.append(b"\0\0\0\0IEND\xaeB`\x82")
    return b"".join(parts), torn or not sound
