"""The received frame of a PDF page: what is left after CropBox and /Rotate, in points, origin top left."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.raw import Corners
from models.geometry import Affine

_LETTER = (0.0, 0.0, 612.0, 792.0)
# A page narrower than this, in its own units, is a mistake in its boxes.
_LEAST = 3.0


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Size of the received page in points, and the way there from the page's own coordinates (origin bottom left)."""

    width: float
    height: float
    to_received: Affine

    def corners(self, left: float, bottom: float, right: float, top: float) -> Corners:
        """Where a rectangle of the page's own coordinates comes to lie (quarter turns only: two corners tell)."""
        way = self.to_received
        x, y = way.a * left + way.b * bottom + way.c, way.d * left + way.e * bottom + way.f
        over, down = way.a * right + way.b * top + way.c, way.d * right + way.e * top + way.f
        if over < x:
            x, over = over, x
        return (x, y, over, down) if y <= down else (x, down, over, y)

    def shows(self, corners: Corners) -> bool:
        """Whether any of a rectangle lies on the page."""
        x0, top, x1, bottom = corners
        return x1 >= 0 and bottom >= 0 and x0 <= self.width and top <= self.height


def page_of(pdf: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """Load page `number` (from 1). A page whose boxes leave nothing of it gets its media box, else a letter's.

    Raises:
        pypdfium2.PdfiumError: there is no such page, or it cannot be loaded.
    """
    page = pdf[number - 1]
    if _is_page(page.get_bbox()):
        return page
    whole = page.get_mediabox(fallback_ok=True)
    whole = whole if whole is not None and _is_page(whole) else _LETTER
    page.set_mediabox(*whole)
    page.set_cropbox(*whole)
    page.close()
    return pdf[number - 1]


def frame_of(page: pdfium.PdfPage, unit: float = 1.0) -> PageFrame:
    """The frame of a page as pdfium shows it: media box cut to the crop box, turned, its `unit` in points."""
    left, bottom, right, top = page.get_bbox()
    wide, high = right - left, top - bottom
    turn = c.FPDFPage_GetRotation(page) % 4
    ways = (
        Affine(1, 0, -left, 0, -1, top),
        Affine(0, 1, -bottom, 1, 0, -left),
        Affine(-1, 0, right, 0, 1, -bottom),
        Affine(0, -1, top, -1, 0, right),
    )
    across, down = (high, wide) if turn % 2 else (wide, high)
    return PageFrame(across * unit, down * unit, ways[turn].then(Affine.scaling(unit, unit)))


def _is_page(box: tuple[float, float, float, float]) -> bool:
    return box[2] - box[0] >= _LEAST and box[3] - box[1] >= _LEAST


def float_rectangle() -> tuple[c.FS_RECTF, object]:
    """A rectangle for pdfium to fill, and the reference to pass."""
    rectangle = c.FS_RECTF()
    return rectangle, ctypes.byref(rectangle)
