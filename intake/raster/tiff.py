"""Pages of a TIFF: through libtiff where Pillow knows the kind of pixel, else, and where that fails, piece by piece."""

from __future__ import annotations

import io
import math
import struct

from PIL import Image

from intake.raster.codecs import is_picture
from intake.raster.directory import Directory, Torn, directories
from intake.raster.fax import FAX, complaints, is_sound
from intake.raster.grey import ORIENTATION, SIDEWAYS, grey_of, lenient, turned
from intake.raster.picture import Picture, shrinking, shrunk
from intake.raster.pieces import Layout, Piece, layout_of, pieces_of
from intake.raw import ReadOptions, Unreadable

_SUBFILE, _OLD_SUBFILE, _X_RESOLUTION, _Y_RESOLUTION, _UNIT = 254, 255, 282, 283, 296
_REDUCED, _MASK = 1, 4
_CENTIMETRE = 3
# Resolutions that scanners have in dots per inch. Nothing has them per centimetre: there the unit is wrong.
_PER_INCH = (100.0, 150.0, 200.0, 204.0, 240.0, 300.0, 400.0, 600.0)
_JPEG, _END_OF_JPEG, _NEAR_END = 7, b"\xff\xd9", 64


class TiffPages:
    """The images of a TIFF that are pages."""

    def __init__(self, content: bytes, options: ReadOptions) -> None:
        """Walk the directories. Unreadable: F006 there is none, F008 there are too many."""
        self._options = options
        found: list[Directory | None] = []
        try:
            for directory in directories(content):
                found.append(directory)
                if len(found) > 2 * options.pages + 2:
                    raise Unreadable("F008")
        except (Torn, struct.error):
            raise Unreadable("F006") from None
        self._pages = tuple(one for place, one in enumerate(found) if one is None or not _is_preview(one, found, place))
        if len(self._pages) > options.pages:
            raise Unreadable("F008")
        if not any(self._pages):
            raise Unreadable("F006")
        self.page_count = len(self._pages)

    def picture(self, number: int) -> Picture:
        """The picture of one page. Unreadable: F006 nothing of it can be read, F009 too large."""
        directory = self._pages[number - 1]
        if directory is None:
            raise Unreadable("F006")
        layout = layout_of(directory)
        plain = _known_to_pillow(layout)
        pixel_bytes = (1 if layout.samples == 1 else 4) if plain else layout.samples + 1
        times = shrinking(layout.columns, layout.rows, self._options.pixels, pixel_bytes=pixel_bytes)
        found = _by_pillow(directory, layout) if plain else _by_pieces(directory, layout)
        if found is None:
            found = _by_pieces(directory, layout) if plain else _by_pillow(directory, layout)
        if found is None:
            raise Unreadable("F006")
        return shrunk(found, times)


def _is_preview(one: Directory, found: list[Directory | None], place: int) -> bool:
    """Whether an image is the small copy, or the mask, of its neighbour.

    The tag alone is not believed, since it may be set on pages: the neighbour must be larger, of the same shape.
    """
    kind = one.whole(_SUBFILE) or (_REDUCED if one.whole(_OLD_SUBFILE) == 2 else 0)
    if not kind & (_REDUCED | _MASK):
        return False
    columns, rows = one.size
    for other in (*found[:place][::-1], *found[place + 1 :]):
        if other is None or other.whole(_SUBFILE) & (_REDUCED | _MASK):
            continue
        wide, high = other.size
        same_shape = abs(columns * high - rows * wide) <= 0.1 * columns * high
        if kind & _MASK and (wide, high) == (columns, rows):
            return True
        if kind & _REDUCED and same_shape and wide > columns:
            return True
    return False


def _known_to_pillow(layout: Layout) -> bool:
    """Whether Pillow reads such pixels, and reads them right: the common kinds of up to eight bits a sample."""
    if len(set(layout.bits)) > 1 or layout.bits[0] not in (1, 2, 4, 8) or layout.form not in (0, 1, 4):
        return False
    if layout.samples > 1 and layout.bits[0] != 8:
        return False
    if layout.photometric == 6:
        return is_picture(layout)
    return layout.photometric in (0, 1, 2, 3, 5)


def _by_pillow(directory: Directory, layout: Layout) -> Picture | None:
    """The page as libtiff reads it; None where it does not."""
    stream = io.BytesIO(directory.content)
    with stream.getbuffer() as head:
        wide = 8 if directory.big else 4
        head[wide : 2 * wide] = directory.offset.to_bytes(wide, "little" if directory.order == "<" else "big")
    try:
        with complaints() as said, lenient(), Image.open(stream, formats=["TIFF"]) as image:
            image.load()  # turns it as its orientation says
            found = Picture(grey_of(image), image.mode == "1", _stated(directory))
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, AttributeError, struct.error, EOFError, Unreadable):
        return None
    if layout.compression in FAX and (said or not is_sound(directory, layout)):
        return None
    if layout.compression == _JPEG and not all(_is_ended(piece) for piece in pieces_of(directory, layout)):
        return None
    return found


def _is_ended(piece: Piece) -> bool:
    """Whether a JPEG strip has its end; libtiff fills up what is missing without a word."""
    return not piece.cut and piece.packed[-_NEAR_END:].rfind(_END_OF_JPEG) >= 0


def _by_pieces(directory: Directory, layout: Layout) -> Picture | None:
    """The page put together from its strips or tiles, white where one is lost; None where all are."""
    from intake.raster.mosaic import assembled  # numpy is seldom needed

    found, torn = assembled(directory, layout)
    if found is None:
        return None
    grey = turned(found, directory.whole(ORIENTATION, 1))
    return Picture(grey, set(layout.bits) == {1} and layout.samples == 1, _stated(directory), torn)


def _stated(directory: Directory) -> tuple[float, float] | None:
    """The resolution in the file's own words, as the page lies when it is upright; None where there is none."""
    x, y = (next(iter(directory.numbers(tag, 1)), 0.0) for tag in (_X_RESOLUTION, _Y_RESOLUTION))
    if not (math.isfinite(x) and math.isfinite(y) and x > 0 and y > 0):
        return None
    if directory.whole(_UNIT) == _CENTIMETRE and not (x in _PER_INCH and y in _PER_INCH):
        x, y = x * 2.54, y * 2.54
    return (y, x) if directory.whole(ORIENTATION, 1) in SIDEWAYS else (x, y)
