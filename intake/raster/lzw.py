"""Packed bytes of TIFF strips, unpacked as far as they go: LZW and PackBits.

Used where libtiff gives a whole strip up for one bad byte, and for sample sizes that Pillow does not know.

Source:
    TIFF 6.0, sections 9 (PackBits) and 13 (LZW).
"""

from __future__ import annotations

_CLEAR, _END = 256, 257


def unpack_lzw(packed: bytes, most: int) -> bytes:
    """The bytes of an LZW strip, at most so many; what lies behind a code that cannot be is lost.

    Writers before TIFF 6.0 put the lowest bit of a code first; their strips begin with the clear code 0x00 0x01.
    """
    low_first = packed[:1] == b"\x00" and packed[1:2] != b"" and packed[1] & 1 == 1
    roots = [bytes((value,)) for value in range(256)] + [b"", b""]
    table, previous = roots.copy(), b""
    out = bytearray()
    width, bits, held = 9, 0, 0
    for byte in packed:
        held = held | byte << bits if low_first else (held << 8 | byte) & 0xFFFFFF
        bits += 8
        if bits < width:
            continue
        bits -= width
        code = (held if low_first else held >> bits) & (1 << width) - 1
        if low_first:
            held >>= width
        if code == _END or len(out) >= most:
            break
        if code == _CLEAR:
            table, previous, width = roots.copy(), b"", 9
            continue
        if code >= len(table) + bool(previous):
            break
        string = table[code] if code < len(table) else previous + previous[:1]
        out += string
        if previous and len(table) < 4096:
            table.append(previous + string[:1])
        previous = string
        # The code is one bit wider one code before it need be (TIFF 6.0, section 13).
        width = min(12, max(9, (len(table) + 1).bit_length()))
    return bytes(out[:most])


def unpack_bits(packed: bytes, most: int) -> bytes:
    """The bytes of a PackBits strip, at most so many."""
    out, at, end = bytearray(), 0, len(packed)
    while at < end and len(out) < most:
        control = packed[at]
        if control < 128:
            out += packed[at + 1 : at + 2 + control]
            at += 2 + control
        elif control > 128:
            out += packed[at + 1 : at + 2] * (257 - control)
            at += 2
        else:
            at += 1
    return bytes(out[:most])
