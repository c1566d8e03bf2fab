"""Looking for streams that unpack to far too much, before a decoder that would keep it all is let at them."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from intake.raw import Unreadable

if TYPE_CHECKING:
    import pikepdf

# Deflate packs at most 1032 to 1 (zlib's technical notes), so that a smaller stream cannot exceed its limit.
_MOST_RATIO = 1032
_STREAM = re.compile(rb"stream\r?\n")
_SEVERAL_FILTERS = re.compile(rb"Decode.{0,40}Decode", re.DOTALL)
_WRAPPED = re.compile(rb"/(?:ASCII85Decode|ASCIIHexDecode|A85|AHx)\b")
_DICTIONARY = 2048
_CHUNK = 1 << 16


def check_streams(content: bytes, most: int) -> None:
    """Unpack every compressed stream of a PDF without keeping it.

    `most` bytes are allowed for any one stream, and for all that are no images together. Encrypted files and chains of
    filters are looked at through qpdf, which undoes the encryption.

    Raises:
        Unreadable: F010.
    """
    if b"/Encrypt" in content or _WRAPPED.search(content):
        _check(_by_qpdf(content), most)
    else:
        _check(_by_eye(content), most)


def _check(streams: Iterator[tuple[memoryview, bool]], most: int) -> None:
    room = most
    for packed, is_image in streams:
        if is_image and len(packed) * _MOST_RATIO <= most:
            continue
        size = _unpacked(packed, most if is_image else room)
        if not is_image:
            room -= size


def _unpacked(packed: memoryview, most: int) -> int:
    """The size of a deflated stream, 0 when it is none. Unreadable: F010 above `most`."""
    inflater, size = zlib.decompressobj(), 0
    for start in range(0, len(packed), _CHUNK):
        pending = bytes(packed[start : start + _CHUNK])
        while pending and not inflater.eof:
            try:
                size += len(inflater.decompress(pending, 1 << 20))
            except zlib.error:
                return size
            if size > most:
                raise Unreadable("F010")
            pending = inflater.unconsumed_tail
        if inflater.eof:
            break
    return size


def _by_eye(content: bytes) -> Iterator[tuple[memoryview, bool]]:
    """Whatever follows the word "stream" and begins like deflated data, with no belief in what the file says of it."""
    view = memoryview(content)
    for found in _STREAM.finditer(content):
        start = found.end()
        if content[start : start + 1] and content[start] & 0x0F == 8:
            end = content.find(b"endstream", start)
            before = content[max(0, found.start() - _DICTIONARY) : found.start()]
            dictionary = before[before.rfind(b" obj") + 1 :]
            if _SEVERAL_FILTERS.search(dictionary) and b"DCTDecode" not in dictionary:
                yield from _by_qpdf(content)
                return
            yield view[start : end if end >= 0 else len(content)], b"/Image" in dictionary


def _by_qpdf(content: bytes) -> Iterator[tuple[memoryview, bool]]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Stream):
                    yield from _layers(thing)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return  # what qpdf cannot open is left to pdfium, within the limits of the process


def _layers(stream: pikepdf.Stream) -> Iterator[tuple[memoryview, bool]]:
    """What each deflating filter of a chain is given. Chains with other filters than texts of bytes end there."""
    data, is_image = stream.read_raw_bytes(), stream.get("/Subtype") == "/Image"
    filters = stream.get("/Filter", ())
    for name in (
        [str(filters)] if not hasattr(filters, "__len__") or str(filters).startswith("/") else map(str, filters)
    ):
        if name in ("/ASCII85Decode", "/A85"):
            data = _from_85(data)
        elif name in ("/ASCIIHexDecode", "/AHx"):
            data = _from_hex(data)
        elif name in ("/FlateDecode", "/Fl"):
            yield memoryview(data), is_image
            # It passed the check above, or we would not be here: it fits.
            data = _inflated(data)
        else:
            return


def _from_85(data: bytes) -> bytes:
    try:
        return base64.a85decode(data.partition(b"~>")[0].removeprefix(b"<~"), ignorechars=b" \t\n\r\v\f\0")
    except ValueError:
        return b""


def _from_hex(data: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", data.partition(b">")[0])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""
