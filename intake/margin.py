"""The edge of a sheet as it was fed: a fax header stands there upright even when the page itself lies turned."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from intake.image import square
from intake.layout import take_apart
from intake.morphology import find_bodies
from intake.ocr import OcrEngine
from intake.segments import find_segments
from intake.words import read_segments, sift
from models.document import Page, Word
from models.geometry import Affine, Box, Change, Span
from models.parsed import Raster

# Inches of the edge that are looked at: machines write within the first third of an inch, forwarded faxes below that.
DEPTH = 0.5
_UNPLACED = Span(0, 0)
# Share of dark pixels below which an edge holds no line: "P.1" alone has more.
_BARE = 0.0012
# Degrees from which a line of eight inches no longer reads as one.
_TILTED = 0.4
# Print that was read the right way up is surer than this; a line upside down is not.
_READ = 0.75

Edge = Literal["top", "bottom"]


def with_margin(page: Page, raster: Raster, engine: OcrEngine) -> Page:
    """The page with the words of its fed edge, where reading the page did not read them the right way up.

    That is the top edge of a page that is blank, was turned or levelled (the line is level with the sheet, not with the
    page), or shows no word up there; and the bottom edge, upside down, of a page that somebody turned after reception.
    """
    unread = page.blank or page.rotation != 0 or abs(page.skew) >= _TILTED or not _high(page)
    strip = _strip(raster, "top") if unread else None
    if strip is not None:
        return replace(page, margin=_words(strip, page.to_received.inverse(), engine))
    strip = _strip(raster, "bottom") if page.rotation == 0 and not page.blank and _upside_down(page) else None
    if strip is None:
        return page
    height = raster.pixels.shape[0] * 72 / raster.dpi_y
    back = Affine(-1, 0, page.width, 0, -1, height)
    return replace(page, margin=_words(strip, back.then(page.to_received.inverse()), engine))


def _high(page: Page) -> list[Word]:
    return [word for word in page.words if word.box and page.received(word.box).middle[1] < DEPTH * 72]


def _upside_down(page: Page) -> bool:
    """Whether the words along the bottom edge read badly, or none are there: a line may stand on its head."""
    low = [word for word in page.words if word.box and page.received(word.box).middle[1] > page.height - DEPTH * 72]
    letters = sum(len(word.text) for word in low)
    return not low or sum((word.confidence or 0.0) * len(word.text) for word in low) < _READ * letters


def _strip(raster: Raster, edge: Edge) -> Raster | None:
    """The strip along an edge of the sheet, turned so that the edge is on top; None where nothing is on it."""
    rows = min(raster.pixels.shape[0], max(8, round(DEPTH * raster.dpi_y)))
    pixels = raster.pixels[:rows] if edge == "top" else np.ascontiguousarray(raster.pixels[-rows:][::-1, ::-1])
    return replace(raster, pixels=pixels) if float((pixels < 128).mean()) >= _BARE else None


def _words(strip: Raster, to_reading: Change, engine: OcrEngine) -> tuple[Word, ...]:
    """The words of a strip, their boxes brought to the page's reading frame."""
    picture = square(strip)
    layout = take_apart(picture)
    glyphs = find_bodies(layout.ink)
    segments = find_segments(glyphs, layout.walls, picture.dpi)
    read = read_segments(layout.gray, glyphs, segments, engine=engine, dpi=picture.dpi, blur=picture.bilevel)
    way = picture.to_received.then(to_reading)
    return tuple(
        Word(word.text, way.box(Box(*(float(side) for side in word.box))), _UNPLACED, round(word.confidence, 3))
        for word in sift(read, glyphs, picture.dpi)
    )
