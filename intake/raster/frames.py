"""Image files that are one picture each, and DCX, the fax software's pages in PCX."""

from __future__ import annotations

import io
import struct

from PIL import Image

from intake.raster.bitmap import masked
from intake.raster.grey import ORIENTATION, SIDEWAYS, grey_of, lenient, number, turned
from intake.raster.picture import Picture, shrinking, shrunk
from intake.raster.png import put_right
from intake.raw import ReadOptions, Unreadable

# Pillow's names for what is read here. Frames of all but DCX are animations or previews of the same picture, not pages.
FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/bmp": "BMP",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/avif": "AVIF",
    "image/jp2": "JPEG2000",
    "image/x-portable-anymap": "PPM",
    "image/x-pcx": "PCX",
    "image/x-dcx": "DCX",
    "image/x-tga": "TGA",
    "image/x-icon": "ICO",
    "image/x-sgi": "SGI",
    "image/x-sun-raster": "SUN",
    "image/x-xbitmap": "XBM",
    "image/x-xpixmap": "XPM",
    "image/vnd.adobe.photoshop": "PSD",
}
_DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    EOFError,
    RuntimeError,
    struct.error,
)
# What a JPEG of this many pixels costs in memory grows only with its frame; phones make up to 200 million.
_MOST_JPEG = 205_000_000


class FramePages:
    """The pages of an image file that is no TIFF."""

    def __init__(self, content: bytes, options: ReadOptions) -> None:
        """Open it. Unreadable: F006 damaged, F008 too many pages."""
        kind = FORMATS.get(options.media_type)
        self._torn, self._masked = False, None
        if kind == "PNG":
            content, self._torn = put_right(content)
        if kind == "HEIF":
            _register_heif()
        if kind == "BMP":
            self._masked = masked(content, options.pixels)
        self._content, self._options = content, options
        self._formats = (kind,) if kind else ("PNG", "JPEG")
        self.page_count = 1
        if self._masked is None:
            self.page_count = self._count()
        if self.page_count > options.pages:
            raise Unreadable("F008")

    def picture(self, number: int) -> Picture:
        """The picture of one page. Unreadable: F006 nothing of it can be read, F009 too large."""
        if self._masked is not None:
            times = shrinking(*self._masked.size, self._options.pixels, pixel_bytes=1)
            return shrunk(Picture(self._masked), times)
        for damaged in (False, True):
            try:
                with lenient(damaged=damaged):
                    return self._read(self._open(), number, torn=damaged)
            except _DAMAGED:
                continue
        raise Unreadable("F006")

    def _open(self) -> Image.Image:
        return Image.open(io.BytesIO(self._content), formats=self._formats)

    def _count(self) -> int:
        """How many pages there are, as far as the file can be opened."""
        for damaged in (False, True):
            try:
                with lenient(damaged=damaged), self._open() as image:
                    return getattr(image, "n_frames", 1) if image.format == "DCX" else 1
            except _DAMAGED:
                continue
        raise Unreadable("F006")

    def _read(self, image: Image.Image, number: int, *, torn: bool) -> Picture:
        if number > 1:
            image.seek(number - 1)
        columns, rows, most = image.width, image.height, self._options.pixels
        if image.format in ("JPEG", "MPO"):
            if columns * rows > max(_MOST_JPEG, most):
                raise Unreadable("F009")
            times = shrinking(columns, rows, most, pixel_bytes=0)
            # Its lightness is stored apart, and in steps that can be taken smaller.
            image.draft("L", (columns // times, rows // times))
        times = shrinking(image.width, image.height, most, pixel_bytes=len(image.getbands()))
        image.load()  # before its EXIF is asked for, which would swallow the decoder's errors
        stated, orientation = _stated(image), _orientation(image)
        if stated is not None:
            stated = stated[0] * image.width / columns, stated[1] * image.height / rows
        bilevel = image.mode == "1"
        grey = grey_of(image)
        if torn:
            _whiten(grey)
        if orientation in SIDEWAYS and stated is not None:
            stated = stated[::-1]
        return shrunk(Picture(turned(grey, orientation), bilevel, stated, torn or self._torn), times)


def _whiten(grey: Image.Image) -> None:
    """Rows that never came are black. Unreadable: F006 when none came."""
    box = grey.getbbox()
    if box is None:
        raise Unreadable("F006")
    grey.paste(255, (0, box[3], grey.width, grey.height))


def _register_heif() -> None:
    import pi_heif

    pi_heif.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(ORIENTATION)
    except _DAMAGED:
        return 1
    return value if isinstance(value, int) else 1


def _stated(image: Image.Image) -> tuple[float, float] | None:
    """The resolution in the file's own words, in dots per inch; None where there is none or it is no number."""
    pair = image.info.get("dpi")
    if not isinstance(pair, tuple) or len(pair) != 2:
        return None
    x, y = (number(value) for value in pair)
    return (x, y) if x > 0 and y > 0 else None
