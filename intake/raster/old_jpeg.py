"""The JPEG of TIFF 6.0 (compression 6): tables in tags of their own, or a whole JPEG somewhere in the file.

Long out of use, but what Windows Imaging and early fax servers wrote.

Source:
    TIFF 6.0, section 22; TIFF Technical Note 2 on what writers made of it.
"""

from __future__ import annotations

import struct

from intake.raster.codecs import Decoded, decoded
from intake.raster.directory import Directory
from intake.raster.pieces import Layout, Piece

_STREAM, _RESTART, _QUANTISERS, _DC, _AC = 513, 515, 519, 520, 521


def whole_picture(layout: Layout, directory: Directory) -> Decoded:
    """The picture of the JPEG that the file holds in one place, if it does; its stated length is not relied on."""
    start = directory.whole(_STREAM)
    if start <= 0 or directory.content[start : start + 2] != b"\xff\xd8":
        return None, True
    found, torn = decoded(directory.content[start:], "JPEG", most=layout.columns * layout.rows * 4)
    return (found, torn) if found is not None and found.size == (layout.columns, layout.rows) else (None, True)


def piece_picture(piece: Piece, layout: Layout, directory: Directory) -> Decoded:
    """The picture of one strip or tile, its tables gathered from the file."""
    most = piece.columns * piece.rows * 4
    if piece.packed.startswith(b"\xff\xd8"):
        return decoded(piece.packed, "JPEG", most=most)
    tables = _tables(directory)
    if not tables or not piece.packed:
        return None, True
    return decoded(b"\xff\xd8" + tables + _frame(piece, layout) + piece.packed + b"\xff\xd9", "JPEG", most=most)


def _tables(directory: Directory) -> bytes:
    content, out = directory.content, b""
    for index, at in enumerate(directory.numbers(_QUANTISERS, 4)):
        out += b"\xff\xdb" + struct.pack(">HB", 67, index) + content[int(at) : int(at) + 64]
    for kind, tag in ((0, _DC), (1, _AC)):
        for index, at in enumerate(directory.numbers(tag, 4)):
            lengths = content[int(at) : int(at) + 16]
            table = lengths + content[int(at) + 16 : int(at) + 16 + sum(lengths)]
            out += b"\xff\xc4" + struct.pack(">HB", 3 + len(table), kind << 4 | index) + table
    if out and (interval := directory.whole(_RESTART)):
        out += b"\xff\xdd" + struct.pack(">HH", 4, interval & 0xFFFF)
    return out


def _frame(piece: Piece, layout: Layout) -> bytes:
    """The frame and scan headers that the tags stand for."""
    across, down = layout.subsampling
    frame, scan = b"", b""
    for index in range(layout.samples):
        sampling = across << 4 | down if index == 0 else 0x11
        frame += bytes((index + 1, sampling, index))
        scan += bytes((index + 1, index << 4 | index))
    return (
        b"\xff\xc0"
        + struct.pack(">HBHHB", 8 + len(frame), 8, piece.rows, piece.columns, layout.samples)
        + frame
        + b"\xff\xda"
        + struct.pack(">HB", 6 + len(scan), layout.samples)
        + scan
        + b"\x00\x3f\x00"
    )
