"""The received frame of a PDF page: what is left after CropBox and /Rotate, in points, origin top left."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.raw import Corners
from models.geometry import Affine


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


def frame_of(page: pdfium.PdfPage) -> PageFrame:
    """The frame of a page as pdfium shows it: media box cut to the crop box, then turned."""
    left, bottom, right, top = page.get_bbox()
    wide, high = right - left, top - bottom
    turn = c.FPDFPage_GetRotation(page) % 4
    ways = (
        Affine(1, 0, -left, 0, -1, top),
        Affine(0, 1, -bottom, 1, 0, -left),
        Affine(-1, 0, right, 0, 1, -bottom),
        Affine(0, -1, top, -1, 0, right),
    )
    return PageFrame(*((high, wide) if turn % 2 else (wide, high)), ways[turn])


def float_rectangle() -> tuple[c.FS_RECTF, object]:
    """A rectangle for pdfium to fill, and the reference to pass."""
    rectangle = c.FS_RECTF()
    return rectangle, ctypes.byref(rectangle)
