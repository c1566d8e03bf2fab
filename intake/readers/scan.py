"""Scans and faxes: TIFF of any compression, one page or many, PNG, JPEG. Grey pixels as they are, never resampled."""

from __future__ import annotations

import io
import math

from PIL import Image, UnidentifiedImageError

from intake.raw import RawPage, RawRaster, ReadOptions, Unreadable
from intake.resolution import resolution

_FORMATS = {"image/tiff": "TIFF", "image/png": "PNG", "image/jpeg": "JPEG"}
_X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT, _ORIENTATION = 282, 283, 296, 274
_CENTIMETRE = 3
# How an image with this EXIF orientation is turned to lie as it was meant (TIFF 6.0, tag 274).
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)


class ScanPages:
    """The frames of an image file; see `intake.raw.PageSource`."""

    notes: tuple[str, ...] = ()

    def __init__(self, image: Image.Image, options: ReadOptions) -> None:
        """Take the opened image; count its frames."""
        self._image = image
        self._options = options
        # Frames of PNG and JPEG are animations or previews of the same picture, not pages.
        self.page_count = _frames(image, options.pages) if image.format == "TIFF" else 1

    def page(self, number: int) -> RawPage:
        """Decode one frame. Unreadable: F009 when it has too many pixels."""
        self._image.seek(number - 1)
        if self._image.width * self._image.height > self._options.pixels:
            raise Unreadable("F009")
        orientation = _orientation(self._image)
        stated = _stated(self._image)
        bilevel = self._image.mode == "1"
        grey = _grey(self._image)
        if orientation in _TURNS and self._image.format != "TIFF":  # Pillow turns TIFFs itself
            grey = grey.transpose(_TURNS[orientation])
        if orientation in _SIDEWAYS and stated is not None:
            stated = stated[::-1]
        dpi_x, dpi_y, credible = resolution(grey.width, grey.height, stated)
        width, height = grey.width * 72 / dpi_x, grey.height * 72 / dpi_y
        if max(width, height) > self._options.points:
            raise Unreadable("F009")
        raster = RawRaster(grey.width, grey.height, dpi_x, dpi_y, credible, bilevel, grey.tobytes())
        return RawPage(width=width, height=height, raster=raster, scanned=True)


def load(content: bytes, options: ReadOptions) -> ScanPages:
    """Open an image file. Unreadable: F006 damaged, F008 too many pages."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before any pixel is decoded
    expected = _FORMATS.get(options.media_type)
    try:
        image = Image.open(io.BytesIO(content), formats=[expected] if expected else list(_FORMATS.values()))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Unreadable("F006") from None
    return ScanPages(image, options)


def _frames(image: Image.Image, most: int) -> int:
    """How many frames can be reached; a directory chain that breaks off ends there."""
    count = 1
    while True:
        try:
            image.seek(count)
        except EOFError:
            break
        except Exception:  # noqa: BLE001 - a torn directory: the frame is there, but cannot be read
            count += 1
            break
        count += 1
        if count > most:
            raise Unreadable("F008")
    image.seek(0)
    return count


def _orientation(image: Image.Image) -> int:
    tags = getattr(image, "tag_v2", None)
    value = tags.get(_ORIENTATION) if tags is not None else image.getexif().get(_ORIENTATION)
    return value if isinstance(value, int) else 1


def _stated(image: Image.Image) -> tuple[float, float] | None:
    """The resolution in the file's own words, in dots per inch; None where there is none or it is no number."""
    tags = getattr(image, "tag_v2", None)
    if tags is None:
        pair = image.info.get("dpi")
    else:
        unit = 2.54 if tags.get(_RESOLUTION_UNIT) == _CENTIMETRE else 1.0
        pair = tuple(_number(tags.get(tag)) * unit for tag in (_X_RESOLUTION, _Y_RESOLUTION))
    if not isinstance(pair, tuple) or len(pair) != 2:
        return None
    x, y = (_number(value) for value in pair)
    return (x, y) if x > 0 and y > 0 else None


def _number(value: object) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0
    return number if math.isfinite(number) else 0.0


def _grey(image: Image.Image) -> Image.Image:
    """One byte a pixel, on white where the image is see-through, sixteen bits brought down to eight."""
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bits(image)
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("L")
    return image.convert("L")


def _eight_bits(image: Image.Image) -> Image.Image:
    wide = image.convert("F") if image.mode != "F" else image
    low, high = wide.getextrema()
    if not isinstance(low, float) or not isinstance(high, float) or not math.isfinite(high - low):
        raise Unreadable("F006")
    full = 1.0 if high <= 1.0 else 255.0 if high <= 255.0 else max(65535.0, high)
    return wide.point(lambda value: value * (255.0 / full) + 0.0).convert("L")
