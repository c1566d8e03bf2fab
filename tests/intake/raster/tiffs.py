"""TIFFs written byte by byte, for what no library writes."""

from __future__ import annotations

import struct
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from intake.raster.tiff import TiffPages
from intake.raw import ReadOptions

Tags = dict[int, int | tuple[int, ...]]
Stored = tuple[Mapping[int, int | tuple[int, ...]], list[bytes]]
HUGE: Stored = ({256: 30_000, 257: 30_000, 258: 1, 259: 4, 262: 0, 278: 30_000}, [b"\x00\x10\x01"])
OPTIONS = ReadOptions(media_type="image/tiff")


def tiff(*images: Stored, order: str = "<", big: bool = False) -> bytes:
    """A TIFF of images, each given by its tags and its strips (tiles where tag 322 is set)."""
    out = bytearray(("II" if order == "<" else "MM").encode())
    out += struct.pack(order + ("HHHQ" if big else "HI"), *((43, 8, 0, 0) if big else (42, 0)))
    link = len(out) - (8 if big else 4)
    for tags, pieces in images:
        offsets = []
        for piece in pieces:
            offsets.append(len(out))
            out += piece
        places = (324, 325) if 322 in tags else (273, 279)
        own: Tags = {places[0]: tuple(offsets), places[1]: tuple(len(piece) for piece in pieces), **tags}
        struct.pack_into(order + ("Q" if big else "I"), out, link, _append_directory(out, own, order, big=big))
        link = len(out) - (8 if big else 4)
    return bytes(out)


def grey_page(content: bytes, number: int = 1, options: ReadOptions = OPTIONS) -> tuple[npt.NDArray[np.uint8], bool]:
    """The pixels of a page, and whether a part is lost."""
    picture = TiffPages(content, options).picture(number)
    return np.asarray(picture.grey), picture.torn


def _append_directory(out: bytearray, tags: Tags, order: str, *, big: bool) -> int:
    room = 8 if big else 4
    entries = b""
    for tag, value in sorted(tags.items()):
        values = value if isinstance(value, tuple) else (value,)
        data = struct.pack(f"{order}{len(values)}I", *values)
        if len(data) > room:
            out += data
            data = struct.pack(order + ("Q" if big else "I"), len(out) - len(data))
        entries += struct.pack(order + ("HHQ" if big else "HHI"), tag, 4, len(values)) + data.ljust(room, b"\0")
    place = len(out)
    out += struct.pack(order + ("Q" if big else "H"), len(tags)) + entries + bytes(room)
    return place
