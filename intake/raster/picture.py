"""One page's picture, and how large one may be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake.raw import Unreadable

if TYPE_CHECKING:
    from PIL import Image

# What a picture may fill while it is decoded; the child has 1 GiB in all, of which the file takes up to 100 MB and the
# grey copy as much again as a picture of one byte a pixel.
_DECODED_BYTES = 330_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's grey picture, upright as the file means it.

    `stated` is the resolution in the file's own words, in dots per inch, along the picture's rows and columns as they
    lie now. `torn` says that a part of it is lost.
    """

    grey: Image.Image
    bilevel: bool = False
    stated: tuple[float, float] | None = None
    torn: bool = False


def shrinking(columns: int, rows: int, most: int, *, pixel_bytes: int) -> int:
    """By what whole number a picture must be divided to have at most so many pixels.

    Raises:
        Unreadable: F009, it would fill too much memory before that.
    """
    if columns <= 0 or rows <= 0 or columns * rows * pixel_bytes > max(_DECODED_BYTES, most * pixel_bytes):
        raise Unreadable("F009")
    return max(1, math.ceil(math.sqrt(columns * rows / most)))


def shrunk(picture: Picture, times: int) -> Picture:
    """The picture divided by a whole number, and its resolution with it."""
    if times == 1:
        return picture
    stated = picture.stated and (picture.stated[0] / times, picture.stated[1] / times)
    return Picture(picture.grey.reduce(times), bilevel=False, stated=stated, torn=picture.torn)
