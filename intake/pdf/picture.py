"""The pixels of a PDF page: a scan's own image as it is where that is the page, else the page drawn."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.pdf.frame import PageFrame
from intake.pdf.objects import matrix_of, objects_of
from intake.pdf.words import visible_letters
from intake.raw import Corners, RawRaster, ReadOptions, Unreadable
from models.geometry import Affine, Box

if TYPE_CHECKING:
    import PIL.Image

# A scanner's image covers the page; fax margins and cropped edges take off a little.
_COVERS = 0.85
# Scanners of old cut a page into strips of a few lines; what is smaller is a picture or a letter.
_STRIP = 0.001
# Rows of black at the foot of a one-bit picture that are what a broken-off fax leaves unfilled, not ink.
_UNFILLED = 16
# The strip at the top and bottom in which fax machines and servers print their own line over a scan.
_EDGE = 0.06
# Drawing a page finer than this gains nothing for reading: 300 dpi read no better than 150 to 200.
_FINEST = 300.0
# Drawn coarser than this, not even the title of a poster can be read.
_COARSEST = 30.0
# A page this small, in points, is a page drawn in the wrong unit; its picture gets as many pixels as a small form's.
_SMALL, _FEWEST_PX = 288.0, 1100
# As many pixels as a letter page at 300 dpi has may always be kept of a scan, whatever size it claims.
_ENOUGH_PX = 3300
# To compare an image with the page it makes up: cells across and down, and grey levels by which a cell may differ.
# Measured on the scans of OCRmyPDF's test suite: the same picture differs by 1 to 5, finely dithered or turned one-bit
# pages by up to 32 (two ways of shrinking), an image under a mask by 197.
_GLANCE = (24, 32)
_SAME = 40


@dataclass(frozen=True, slots=True)
class _Image:
    """An image on the page: its size in pixels, where it lies, the way from its unit square to the received frame."""

    thing: pdfium.PdfImage
    columns: int
    rows: int
    place: Box
    way: Affine

    @property
    def dpi(self) -> tuple[float, float]:
        """Dots per inch along x and y of the received page."""
        along_x, along_y = (self.rows, self.columns) if abs(self.way.a) < abs(self.way.b) else (self.columns, self.rows)
        return along_x / self.place.width * 72, along_y / self.place.height * 72

    @property
    def straight(self) -> bool:
        """Whether its sides run along the page's."""
        way = self.way
        return min(abs(way.a) + abs(way.e), abs(way.b) + abs(way.d)) < 1e-3 * (self.place.width + self.place.height)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's pixels, whether it is a scan, and whether a part of it could not be decoded."""

    raster: RawRaster
    scanned: bool = False
    torn: bool = False


def picture_of(page: pdfium.PdfPage, frame: PageFrame, options: ReadOptions, *, laid_over: bool) -> Picture:
    """The page's pixels. `laid_over`: annotations or fields have to be seen in them.

    A scan comes at its own resolution, which may differ between x and y; without anything over it its pixels are
    those of the file. Other pages are drawn in grey at `options.dpi`, coarser only when they would be too large.
    """
    images = _images(page, frame)
    covering = _covering(images, frame)
    if not covering:
        return Picture(_drawn(page, frame, (options.dpi, options.dpi), options))
    printed = visible_letters(page, frame)
    if any(not _at_edge(letter, frame) for letter in printed):
        finest = min(max(options.dpi, *covering[0].dpi), _FINEST)
        return Picture(_drawn(page, frame, (finest, finest), options))
    if len(images) == 1 and not printed and not laid_over:
        own = _own_pixels(page, images[0], frame, options)
        if own is not None:
            return own
    best = max(covering, key=lambda image: image.columns * image.rows)
    return Picture(_drawn(page, frame, best.dpi, options, stated=True), scanned=True)


def _images(page: pdfium.PdfPage, frame: PageFrame) -> tuple[_Image, ...]:
    found = []
    for raw, outer, _ in objects_of(page, frame.to_received):
        if c.FPDFPageObj_GetType(raw) != c.FPDF_PAGEOBJ_IMAGE:
            continue
        thing = pdfium.PdfImage(raw, page=page, pdf=page.pdf)
        columns, rows = thing.get_px_size()
        # The unit square has its origin bottom left, pixels top left.
        way = Affine(1, 0, 0, 0, -1, 1).then(matrix_of(raw)).then(outer)
        place = way.box(Box(0, 0, 1, 1))
        if columns > 0 and rows > 0 and place.width > 1 and place.height > 1:
            found.append(_Image(thing, columns, rows, place, way))
    return tuple(found)


def _covering(images: tuple[_Image, ...], frame: PageFrame) -> tuple[_Image, ...]:
    """The images that together make up the page: one that covers it, or strips that do; none otherwise."""
    page = Box(0, 0, frame.width, frame.height)
    needed = _COVERS * page.area
    whole = tuple(image for image in images if image.place.common(page) >= needed)
    if whole:
        return whole
    strips = tuple(image for image in images if image.place.common(page) >= _STRIP * page.area)
    return strips if sum(image.place.common(page) for image in strips) >= needed else ()


def _at_edge(letter: Corners, frame: PageFrame) -> bool:
    return letter[3] < _EDGE * frame.height or letter[1] > (1 - _EDGE) * frame.height


def _own_pixels(page: pdfium.PdfPage, image: _Image, frame: PageFrame, options: ReadOptions) -> Picture | None:
    """The image's own pixels, turned as the page shows them, on a canvas that is the page; None if that cannot be."""
    dpi_x, dpi_y = image.dpi
    if not image.straight or image.columns * image.rows > options.pixels or not _plausible(dpi_x, dpi_y):
        return None
    columns, rows = round(frame.width * dpi_x / 72), round(frame.height * dpi_y / 72)
    about = image.thing.get_metadata()
    # A stencil has no colours of its own.
    if columns * rows > options.pixels or about.colorspace == c.FPDF_COLORSPACE_UNKNOWN:
        return None
    try:
        bitmap = image.thing.get_bitmap()
    except pdfium.PdfiumError:
        return None
    grey, torn = bitmap.to_pil().convert("L"), False
    if about.bits_per_pixel == 1:
        grey, torn = _filled(grey)
    grey = _placed(grey, image, (columns, rows))
    if not torn and not _as_shown(page, grey):
        return None
    raster = RawRaster(columns, rows, dpi_x, dpi_y, True, about.bits_per_pixel == 1, grey.tobytes())
    return Picture(raster, scanned=True, torn=torn)


def _filled(grey: PIL.Image.Image) -> tuple[PIL.Image.Image, bool]:
    """The picture with paper where its decoder had stopped and left black rows, and whether it had.

    A picture that is mostly black above as well is one of white on black.
    """
    ink = grey.point(lambda level: 255 if level else 0).getbbox()
    whole = ink[3] if ink else 0
    if not ink or grey.height - whole < _UNFILLED or 2 * grey.histogram()[0] > grey.width * (2 * grey.height - whole):
        return grey, False
    grey = grey.copy()
    grey.paste(255, (0, whole, grey.width, grey.height))
    return grey, True


def _placed(grey: PIL.Image.Image, image: _Image, size: tuple[int, int]) -> PIL.Image.Image:
    """The picture turned as the page shows it, where the page shows it."""
    from PIL import Image

    dpi_x, dpi_y = image.dpi
    way = image.way
    if abs(way.a) < abs(way.b):
        grey = grey.transpose(Image.Transpose.TRANSPOSE)
        flip_x, flip_y = way.b < 0, way.d < 0
    else:
        flip_x, flip_y = way.a < 0, way.e < 0
    if flip_x:
        grey = grey.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if flip_y:
        grey = grey.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    corner = round(image.place.x0 * dpi_x / 72), round(image.place.top * dpi_y / 72)
    if corner == (0, 0) and grey.size == size:
        return grey
    canvas = Image.new("L", size, 255)
    canvas.paste(grey, corner)
    return canvas


def _as_shown(page: pdfium.PdfPage, grey: PIL.Image.Image) -> bool:
    """Whether the page, drawn small, looks like this: masks, clips, blends and covers make an image look otherwise."""
    from PIL import Image

    columns, rows = _GLANCE
    small = _draw(page, 4 * columns, 4 * rows)
    drawn = Image.frombytes("L", (4 * columns, 4 * rows), small).resize(_GLANCE, Image.Resampling.BOX)
    own = grey.resize(_GLANCE, Image.Resampling.BOX)
    return max(abs(one - other) for one, other in zip(drawn.tobytes(), own.tobytes(), strict=True)) <= _SAME


def _plausible(dpi_x: float, dpi_y: float) -> bool:
    return 20 <= dpi_x <= 1250 and 20 <= dpi_y <= 1250


def _drawn(
    page: pdfium.PdfPage,
    frame: PageFrame,
    dpi: tuple[float, float],
    options: ReadOptions,
    *,
    stated: bool = False,
) -> RawRaster:
    """The page drawn in grey with its annotations and filled fields, coarser where it would be too large."""
    wide, high = frame.width / 72, frame.height / 72
    long = max(wide, high)
    if not stated and long < _SMALL / 72:
        dpi = (max(dpi[0], _FEWEST_PX / long),) * 2
    finest = max(dpi)
    shrink = min(
        1.0,
        max(_FINEST, _ENOUGH_PX / long) / finest if stated else 1.0,
        math.sqrt(options.pixels / (wide * dpi[0] * high * dpi[1])),
    )
    if finest * shrink < _COARSEST and shrink < 1.0:
        raise Unreadable("F009")
    columns, rows = (max(1, int(side * one * shrink + 1e-6)) for side, one in ((wide, dpi[0]), (high, dpi[1])))
    return RawRaster(columns, rows, columns / wide, rows / high, stated, False, _draw(page, columns, rows))


def _draw(page: pdfium.PdfPage, columns: int, rows: int) -> bytes:
    bitmap = pdfium.PdfBitmap.new_native(columns, rows, c.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, columns, rows)
    order = (bitmap, page, 0, 0, columns, rows, 0, c.FPDF_ANNOT | c.FPDF_GRAYSCALE)
    c.FPDF_RenderPageBitmap(*order)
    if page.formenv:
        c.FPDF_FFLDraw(page.formenv, *order)
    return _packed(bitmap, columns, rows)


def _packed(bitmap: pdfium.PdfBitmap, columns: int, rows: int) -> bytes:
    """The rows without the bytes that fill them up."""
    whole = ctypes.string_at(bitmap.buffer, bitmap.stride * rows)
    if bitmap.stride == columns:
        return whole
    return b"".join(whole[row * bitmap.stride : row * bitmap.stride + columns] for row in range(rows))
