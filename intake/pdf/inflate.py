"""Looking for streams that unpack to far too much, before a decoder that would keep it all is let at them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from intake.pdf.unpack import RATIOS, flate_size, from_85, from_hex, inflated, lzw, run_lengths
from intake.raw import Unreadable

if TYPE_CHECKING:
    import pikepdf

_STREAM = re.compile(rb"stream\r?\n")
_SEVERAL_FILTERS = re.compile(rb"Decode.{0,40}Decode", re.DOTALL)
# What only qpdf finds its way through: texts of bytes around a stream, and packings that do not show by their start.
_BY_NAME = re.compile(rb"/(?:ASCII85Decode|ASCIIHexDecode|A85|AHx|LZWDecode|RunLengthDecode)\b")
_DICTIONARY = 2048
# A JPEG 2000 picture is unpacked as a whole, with four bytes for every sample: marker SOC, then SIZ (T.800 A.5.1).
_JPEG_2000 = re.compile(rb"\xff\x4f\xff\x51.{4}(.{4})(.{4})(.{4})(.{4}).{16}(..)", re.DOTALL)
_SAMPLE_BYTES = 4
# The size of a picture in a dictionary of JBIG2, which is unpacked as a whole as well, eight pixels a byte.
_SIDES = (re.compile(rb"/Width\s+(\d{1,10})"), re.compile(rb"/Height\s+(\d{1,10})"))
# Names of things that pdfium does not tell of: files attached to pages, programs to start, pages in other units.
ATTACHED, LAUNCH, SCRIPT, UNITS = b"/FileAttachment", b"/Launch", b"/JavaScript", b"/UserUnit"
_MARKS = (ATTACHED, LAUNCH, SCRIPT, UNITS)


def check_streams(content: bytes, most: int) -> frozenset[bytes]:
    """Unpack every compressed stream of a PDF without keeping it; tells which of the names above stand in the file.

    `most` bytes are allowed for any one stream, for all that are no images together, and twice as much for a picture
    that has to be held as a whole. Encrypted files and chains of filters are looked at through qpdf, which undoes the
    encryption; what it cannot open is gone over by eye.

    Raises:
        Unreadable: F009 for a picture, F010 for anything else.
    """
    _check_pictures(content, most)
    if b"/Encrypt" not in content and not _BY_NAME.search(content):
        return _by_eye(content, most)
    marks = _by_qpdf(content, most)
    return _by_eye(content, most) if marks is None else marks


class _Room:
    """How much may still be unpacked."""

    def __init__(self, most: int) -> None:
        self.most = self.left = most
        self.marks = set[bytes]()

    def take(self, packed: memoryview, *, is_image: bool) -> None:
        """Unpack a deflated stream; Unreadable: F010."""
        if is_image and len(packed) * RATIOS["flate"] <= self.most:
            return
        size, found = flate_size(packed, self.most if is_image else self.left, () if is_image else _MARKS)
        self.marks |= found
        if not is_image:
            self.left -= size


def _by_eye(content: bytes, most: int) -> frozenset[bytes]:
    """Whatever follows the word "stream" and begins like deflated data, with no belief in what the file says of it."""
    view, room = memoryview(content), _Room(most)
    for found in _STREAM.finditer(content):
        start = found.end()
        before = content[max(0, found.start() - _DICTIONARY) : found.start()]
        dictionary = before[before.rfind(b" obj") + 1 :]
        if b"JBIG2Decode" in dictionary:
            _check_size(dictionary, most)
        if content[start : start + 1] and content[start] & 0x0F == 8:
            end = content.find(b"endstream", start)
            if _SEVERAL_FILTERS.search(dictionary) and b"DCTDecode" not in dictionary:
                marks = _by_qpdf(content, most)
                if marks is not None:
                    return marks
            room.take(view[start : end if end >= 0 else len(content)], is_image=b"/Image" in dictionary)
    return frozenset(room.marks.union(mark for mark in _MARKS if mark in content))


def _by_qpdf(content: bytes, most: int) -> frozenset[bytes] | None:
    """The same with qpdf's help; None where it cannot open the file."""
    import pikepdf

    room = _Room(most)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Stream):
                    _check_layers(thing, room)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError):
        return None
    return frozenset(room.marks.union(mark for mark in _MARKS if mark in content))


def _check_layers(stream: pikepdf.Stream, room: _Room) -> None:
    """Unpack each layer of a chain of filters. Chains with pictures' filters end there."""
    data, is_image = stream.read_raw_bytes(), stream.get("/Subtype") == "/Image"
    for name in _filters(stream):
        if name in ("/FlateDecode", "/Fl"):
            room.take(memoryview(data), is_image=is_image)
            data = inflated(data, room.most)
        elif name in _UNPACKERS:
            data = _UNPACKERS[name](data, room.most)
        else:
            break
    else:
        return
    _check_pictures(data[:_DICTIONARY], room.most)


def _filters(stream: pikepdf.Stream) -> Iterator[str]:
    filters = stream.get("/Filter", ())
    if not hasattr(filters, "__len__") or str(filters).startswith("/"):
        yield str(filters)
    else:
        yield from map(str, filters)


_UNPACKERS: dict[str, Callable[[bytes, int], bytes]] = {
    "/ASCII85Decode": lambda data, _: from_85(data),
    "/A85": lambda data, _: from_85(data),
    "/ASCIIHexDecode": lambda data, _: from_hex(data),
    "/AHx": lambda data, _: from_hex(data),
    "/LZWDecode": lzw,
    "/LZW": lzw,
    "/RunLengthDecode": run_lengths,
    "/RL": run_lengths,
}


def _check_pictures(content: bytes, most: int) -> None:
    for found in _JPEG_2000.finditer(content):
        right, bottom, left, top, parts = (int.from_bytes(part, "big") for part in found.groups())
        if max(0, right - left) * max(0, bottom - top) * max(1, parts) * _SAMPLE_BYTES > 2 * most:
            raise Unreadable("F009")


def _check_size(dictionary: bytes, most: int) -> None:
    sides = [found for side in _SIDES if (found := side.search(dictionary))]
    if len(sides) == 2 and int(sides[0][1]) * int(sides[1][1]) // 8 > most:
        raise Unreadable("F009")
