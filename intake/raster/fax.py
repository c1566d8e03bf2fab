"""Fax data in a TIFF (Group 3 and 4), and what can be had of it where it is damaged.

libtiff ends a strip quietly at damage: Group 4 cannot go on, and Group 3 is given up after some bad lines, although
each line can be read by itself. Both are noticed here, and Group 3 is then read line by line.

Source:
    ITU-T T.4 (Group 3), T.6 (Group 4).
"""

from __future__ import annotations

import io
import os
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from PIL import Image

from intake.raster.directory import Directory
from intake.raster.grey import lenient
from intake.raster.pieces import Layout, Piece, pieces_of

FAX = (2, 3, 4, 32771)
_RUN_LENGTHS, _GROUP_3, _GROUP_4 = 2, 3, 4
_T4_OPTIONS, _T6_OPTIONS = 292, 293
_TWO_DIMENSIONS = 1
_REVERSED = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))
_LINE = re.compile(r" at line (\d{1,7})")
_END_OF_LINE = re.compile("0{11}1")
# Fax machines take pages with some bad lines as good; fewer than one in a hundred cost no word.
_BAD_LINES = 0.01
# T.6 leaves an encoder no choice, so that what was decoded whole is as long as before when it is encoded again, but for
# the mark of its end and some encoders' liberties (below 0.2 % in the files seen).
_SHORTER, _END_BYTES = 0.98, 32
# libtiff gives a strip up after fifteen bad lines.
_LINES_AT_ONCE = 8
_FEW_LINES = 4
_MOST_STRIPS = 64
# Bits are looked at as text, eight times the size; the fullest page of a 400 dpi fax has a quarter of this.
_MOST_BYTES = 4 << 20


def is_sound(directory: Directory, layout: Layout) -> bool:
    """Whether libtiff reads every strip of a fax to its end."""
    pieces = tuple(pieces_of(directory, layout))
    if any(piece.cut for piece in pieces):
        return False
    if layout.compression not in (_GROUP_3, _GROUP_4) or len(pieces) > _MOST_STRIPS:
        return True
    options = _options(directory)
    whole = _is_whole if layout.compression == _GROUP_4 else partial(_is_clean, layout=layout, two=_two(options))
    return all(whole(piece, _by_libtiff(piece, layout, options)) for piece in pieces)


def fax_bits(piece: Piece, layout: Layout, directory: Directory) -> tuple[bytes, bool]:
    """The bits of a strip's rows as they are stored, as far as they can be had, and whether too much of it is lost."""
    options = _options(directory)
    with complaints() as said:
        bits = _by_libtiff(piece, layout, options)
    if layout.compression == _GROUP_3:
        sound = not said and not piece.cut and _is_clean(piece, bits, layout, two=_two(options))
        if sound or len(piece.packed) > _MOST_BYTES:
            return bits, not sound
        return _line_by_line(piece, layout, options)
    if layout.compression == _GROUP_4 and said:  # all that follows leans on the bad line
        return bits[: (piece.columns + 7) // 8 * _line_named(said[0])], True
    if piece.cut or said or (layout.compression == _GROUP_4 and not _is_whole(piece, bits)):
        return bits.rstrip(b"\0"), True  # rows that never came are zero
    return bits, not bits


@contextmanager
def complaints() -> Iterator[list[str]]:
    """What libtiff writes about bad fax lines to the standard error stream meanwhile; complete after the block."""
    found: list[str] = []
    out, into = os.pipe()
    os.set_blocking(out, False)
    os.set_blocking(into, False)
    before = os.dup(2)
    os.dup2(into, 2)
    try:
        yield found
    finally:
        os.dup2(before, 2)
        for descriptor in (into, before):
            os.close(descriptor)
        with os.fdopen(out, "rb") as stream:
            text = stream.read() or b""
        found += [line for line in text.decode("ascii", "replace").splitlines() if line.startswith("Fax")]


def _line_named(complaint: str) -> int:
    found = _LINE.search(complaint)
    return int(found[1]) if found else 0


def _options(directory: Directory) -> tuple[int, int]:
    return directory.whole(_T4_OPTIONS), directory.whole(_T6_OPTIONS)


def _by_libtiff(piece: Piece, layout: Layout, options: tuple[int, int]) -> bytes:
    """One strip as a TIFF of its own; no bytes where it cannot be opened."""
    tags = {
        256: piece.columns,
        257: piece.rows,
        258: 1,
        259: layout.compression,
        262: 1,
        266: 2 if layout.backwards else 1,
        277: 1,
        278: piece.rows,
        279: len(piece.packed),
    }
    if layout.compression in (_GROUP_3, _GROUP_4):
        tags |= dict(zip((_T4_OPTIONS, _T6_OPTIONS), options, strict=True))
    tags[273] = 8 + 2 + 12 * (len(tags) + 1) + 4
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags.items()))
    stream = b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + b"\0\0\0\0" + piece.packed
    try:
        with lenient(), Image.open(io.BytesIO(stream), formats=["TIFF"]) as image:
            return image.tobytes()
    except (OSError, ValueError, SyntaxError, struct.error):
        return b""


def _is_whole(piece: Piece, bits: bytes) -> bool:
    """Whether a Group 4 strip was decoded to its end: encoded again it is as long as it was."""
    if not bits or not piece.measured:
        return bool(bits)
    again = _encoded(bits, piece.columns, "group4")
    return len(again) + _END_BYTES >= len(piece.packed.rstrip(b"\0")) * _SHORTER


def _is_clean(piece: Piece, bits: bytes, layout: Layout, *, two: bool) -> bool:
    """Whether nearly all lines of a Group 3 strip were decoded to what they say."""
    if not bits or len(piece.packed) > _MOST_BYTES:
        return bool(bits)
    lines = _lines(_first_bit_first(piece, layout), two=two)
    return _bad_share(lines, bits, piece, two=two) <= _BAD_LINES


def _bad_share(lines: list[str], bits: bytes, piece: Piece, *, two: bool) -> float:
    """The share of bad lines, 0..1: those that are not among the decoded ones when these are encoded again.

    In two dimensions only the lines that need no other are looked at: there the encoder has a choice.
    """
    alone = [line[two:].rstrip("0") for line in lines if not two or line.startswith("1")]
    again = {line.rstrip("0") for line in _lines(_encoded(bits, piece.columns, "group3"), two=False)}
    return sum(line not in again for line in alone) / max(1, len(alone))


def _encoded(bits: bytes, columns: int, method: str) -> bytes:
    out, stride = io.BytesIO(), (columns + 7) // 8
    rows = max(1, len(bits) // stride)
    image = Image.frombytes("1", (columns, rows), bits.ljust(stride, b"\0")[: rows * stride])
    image.save(out, "TIFF", compression=method, tiffinfo={262: 1, 278: rows, 292: 0})
    with Image.open(out) as again:
        start, length = (int(again.tag_v2[tag][0]) for tag in (273, 279))  # type: ignore[attr-defined]
    return out.getvalue()[start : start + length]


def _first_bit_first(piece: Piece, layout: Layout) -> bytes:
    return piece.packed.translate(_REVERSED) if layout.backwards else piece.packed


def _two(options: tuple[int, int]) -> bool:
    return bool(options[0] & _TWO_DIMENSIONS)


def _line_by_line(piece: Piece, layout: Layout, options: tuple[int, int]) -> tuple[bytes, bool]:
    """Group 3 from one end of line to the next, so that a bad line costs itself alone (in two dimensions a few)."""
    lines = _lines(_first_bit_first(piece, layout), two=_two(options))
    if len(lines) * _FEW_LINES < piece.rows:  # some writers say Group 3 and leave its ends of line out (method 2)
        with complaints() as said:
            bits = _by_libtiff(piece, replace(layout, compression=_RUN_LENGTHS), (0, 0))
        if bits and not said:
            return bits, piece.cut
    stride, out, bad = (piece.columns + 7) // 8, bytearray(), 0
    for group in _groups(lines, two=_two(options)):
        data = "".join(f"000000000001{line}" for line in group) + "000000000001"
        data += "0" * (-len(data) % 8)
        part = Piece(0, 0, piece.columns, len(group), 0, int(data, 2).to_bytes(len(data) // 8, "big"), cut=False)
        with complaints() as said:
            rows = _by_libtiff(part, replace(layout, backwards=False), (options[0] & _TWO_DIMENSIONS, 0))
        bad += len(said) if rows else len(group)
        out += rows or bytes(stride * len(group))
    bits = bytes(out[: stride * piece.rows])
    bad += abs(piece.rows - len(out) // stride)
    return bits, bad > _BAD_LINES * piece.rows or _bad_share(lines, bits, piece, two=_two(options)) > _BAD_LINES


def _lines(packed: bytes, *, two: bool) -> list[str]:
    """The bits of each line, with the tag bit that in two dimensions follows the end of the one before."""
    bits = bin(int.from_bytes(b"\x01" + packed, "big"))[3:]
    lines = _END_OF_LINE.split(bits)
    # Six ends of line in a row end the page; an empty first line stands before the first.
    return [line for line in lines if len(line) > (1 if two else 0)]


def _groups(lines: list[str], *, two: bool) -> Iterator[list[str]]:
    """Some lines at a time; in two dimensions a group begins with a line that needs no other."""
    group: list[str] = []
    for line in lines:
        if group and (line.startswith("1") if two else len(group) >= _LINES_AT_ONCE):
            yield group
            group = []
        group.append(line)
    if group:
        yield group
