"""The bytes of one strip or tile, unpacked as far as they go.

Fax and JPEG data are given to Pillow wrapped as files of their own, so that damage in one piece costs that one alone.
"""

from __future__ import annotations

import io
import lzma
import struct
import zlib

from PIL import Image

from intake.raster.directory import Directory
from intake.raster.fax import FAX, fax_bits
from intake.raster.grey import lenient
from intake.raster.lzw import unpack_bits, unpack_lzw
from intake.raster.pieces import YCBCR, Layout, Piece

_JPEG_TABLES = 347
_PICTURES = {6: "JPEG", 7: "JPEG", 33003: "JPEG2000", 33005: "JPEG2000", 34712: "JPEG2000", 50001: "WEBP"}
_REVERSED = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))
_JPEG, RGB = 7, 2
Decoded = tuple[Image.Image | None, bool]


def is_picture(layout: Layout) -> bool:
    """Whether each piece is an image file of its own kind."""
    return layout.compression in _PICTURES


def unpacked(piece: Piece, layout: Layout, directory: Directory, *, most: int) -> tuple[bytes, bool]:
    """The bytes of a piece, at most so many, and whether some are missing; none where the method is unknown."""
    if layout.compression in FAX:
        return fax_bits(piece, layout, directory)
    data = _unpacked(piece.packed.translate(_REVERSED) if layout.backwards else piece.packed, layout, most)
    return data, len(data) < most


def picture(piece: Piece, layout: Layout, directory: Directory) -> Decoded:
    """The grey picture in a piece."""
    stream = piece.packed
    if layout.compression == _JPEG:
        stream = _with_tables(stream, directory.data(_JPEG_TABLES), layout)
    return decoded(stream, _PICTURES[layout.compression], most=piece.columns * piece.rows * 4)


def decoded(stream: bytes, kind: str, *, most: int) -> Decoded:
    """The grey picture of an image file, what is missing of it left as the decoder leaves it, and whether that is so.

    None and True where it cannot be opened at all, or has more than `most` pixels.
    """
    for damaged in (False, True):
        try:
            with lenient(damaged=damaged), Image.open(io.BytesIO(stream), formats=[kind]) as image:
                if image.width * image.height > most:
                    return None, True
                image.draft("L", None)
                return image.convert("L"), damaged
        except (OSError, ValueError, SyntaxError, struct.error):
            continue
    return None, True


def _unpacked(packed: bytes, layout: Layout, most: int) -> bytes:
    match layout.compression:
        case 1:
            return packed[:most]
        case 5:
            return unpack_lzw(packed, most)
        case 8 | 32946:
            return _inflated(packed, most)
        case 32773:
            return unpack_bits(packed, most)
        case 34925:
            return _unlzma(packed, most)
    return b""


def _inflated(packed: bytes, most: int) -> bytes:
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        stream, out = zlib.decompressobj(window), bytearray()
        try:
            # In small steps, so that what comes before the damage is kept.
            for at in range(0, len(packed), 4096):
                out += stream.decompress(packed[at : at + 4096], most - len(out))
                if stream.eof or len(out) >= most:
                    break
        except zlib.error:
            pass
        if out:
            return bytes(out)
    return b""


def _unlzma(packed: bytes, most: int) -> bytes:
    try:
        return lzma.LZMADecompressor(memlimit=1 << 27).decompress(packed, most)
    except (lzma.LZMAError, EOFError):
        return b""


def _with_tables(stream: bytes, tables: bytes, layout: Layout) -> bytes:
    """A strip's JPEG with the tables that the file keeps apart, and its kind of colours, which only the TIFF knows."""
    if layout.samples == 3 and layout.photometric in (RGB, YCBCR):
        transform = 1 if layout.photometric == YCBCR else 0
        colours = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + bytes((transform,))
    else:
        colours = b""
    shared = tables[2:-2] if tables.startswith(b"\xff\xd8") and tables.endswith(b"\xff\xd9") else b""
    return b"\xff\xd8" + shared + colours + stream[2:]
