"""Pillow's pictures of every mode as grey on white, and turned as they were meant."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageFile

from intake.raw import Unreadable

ORIENTATION = 274
SIDEWAYS = (5, 6, 7, 8)
_OUTSHINES = 8.0
# How an image with this orientation is turned to lie as it was meant (TIFF 6.0, tag 274).
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def grey_of(image: Image.Image) -> Image.Image:
    """One byte a pixel, on white where the image is see-through, sixteen bits brought down to eight."""
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bits(image)
    if image.mode == "LAB":
        return image.getchannel(0)
    if image.mode == "La":
        shade, alpha = image.split() if len(image.getbands()) == 2 else (image, None)
        return shade if alpha is None else ImageChops.add(shade, ImageChops.invert(alpha))
    if image.mode in ("LA", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("L")
    return image.convert("L")


def white_of(high: float, *, bits: int, least: float = 0.0) -> float:
    """What white is in a picture whose lightest value is this: `bits` 16, or 0 for floating values.

    Scanners of 8 or 12 bits store sixteen and leave the upper ones 0; a page that is nowhere lighter than a sixteenth
    of white is one of theirs. Floating values are told by what they are, 0..1 or counted like whole ones; lights that
    outshine paper are allowed for. `least` is an answer given for another part of the picture.
    """
    steps = (1.0, 255.0, 4095.0, 65535.0) if bits == 0 else (255.0, 4095.0, 65535.0)
    beyond = _OUTSHINES if bits == 0 else 1.0
    return max(least, next((step for step in steps if high <= step * beyond), high))


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """The image as it was meant to lie."""
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def number(value: object) -> float:
    """A tag's value as a finite number; 0 where it is none."""
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return 0.0
    return found if math.isfinite(found) else 0.0


@contextmanager
def lenient(*, damaged: bool = False) -> Iterator[None]:
    """Inside, Pillow keeps its warnings to itself and (`damaged`) reads broken files as far as they go.

    It does not look at the number of pixels either: our own limit is checked before any of them is decoded.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = damaged
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = before


def _eight_bits(image: Image.Image) -> Image.Image:
    wide = image.convert("F") if image.mode != "F" else image
    low, high = wide.getextrema()
    if not isinstance(low, float) or not isinstance(high, float) or not math.isfinite(high - low):
        raise Unreadable("F006")
    full = white_of(high, bits=0 if image.mode == "F" else 16)
    return wide.point(lambda value: value * (255.0 / full) + 0.0).convert("L")
