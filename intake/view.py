"""The reading frame of a page image, and the page with all that is drawn on it rather than written."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from intake.fingerprint import fingerprint
from intake.image import Picture
from intake.layout import Layout
from intake.morphology import PixelBox
from intake.words import SeenWord
from models.document import CheckBox, Page, Quality, Rule, Word
from models.geometry import Affine, Box, Change, Span
from models.parsed import ParsedPage

_UNPLACED = Span(0, 0)


@dataclass(frozen=True, slots=True)
class View:
    """From working pixels to the reading frame: the scale of received points, but upright and level."""

    scale: float
    to_received: Change

    @staticmethod
    def of(picture: Picture) -> View:
        """The frame of a picture that is upright and level."""
        to = picture.to_received
        scale = math.hypot(to.a, to.d) if isinstance(to, Affine) else 72 / picture.dpi
        return View(scale, Affine.scaling(1 / scale, 1 / scale).then(to))

    def box(self, box: PixelBox) -> Box:
        """A box of pixels in the reading frame."""
        return Box(box[0] * self.scale, box[1] * self.scale, box[2] * self.scale, box[3] * self.scale)

    def pixels(self, box: Box) -> PixelBox:
        """A box of the reading frame in pixels, cut off at the left and the top."""
        sides = (box.x0, box.top, box.x1, box.bottom)
        x0, top, x1, bottom = (max(0, round(side / self.scale)) for side in sides)
        return x0, top, x1, bottom

    def words(self, seen: Iterable[SeenWord]) -> tuple[Word, ...]:
        """What was seen in pixels as words of the page."""
        return tuple(Word(word.text, self.box(word.box), _UNPLACED, round(word.confidence, 3)) for word in seen)


def marked(page: ParsedPage, view: View, layout: Layout) -> Page:
    """The page with all that is drawn on it."""
    from_received = view.to_received.inverse()
    rules = [Rule(view.box(box), horizontal=True) for box in layout.ruling.level]
    rules += [Rule(view.box(box), horizontal=False) for box in layout.ruling.upright]
    return replace(
        bare(page),
        rules=tuple(rules),
        bands=tuple(view.box(box) for box in layout.ruling.bands),
        checkboxes=tuple(CheckBox(view.box(b.box), b.state, b.ink, b.outside) for b in layout.boxes),
        form_fields=tuple(replace(field, box=from_received.box(field.box)) for field in page.form_fields),
        annotations=tuple(replace(note, box=from_received.box(note.box)) for note in page.annotations),
        to_received=view.to_received,
        dpi=dpi_of(page),
    )


def bare(page: ParsedPage) -> Page:
    """The page before anyone has looked at its pixels."""
    return Page(
        number=page.number,
        width=page.width,
        height=page.height,
        source="plain",
        form_fields=page.form_fields,
        annotations=page.annotations,
        quality=Quality(1.0),
        problems=page.problems,
        fingerprint=fingerprint(page.raster),
    )


def dpi_of(page: ParsedPage) -> tuple[float, float, Literal["stated", "assumed"]] | None:
    """The resolution of a scan along x and y, and whose word that is; None for what was drawn."""
    raster = page.raster
    if raster is None or not page.scanned:
        return None
    return raster.dpi_x, raster.dpi_y, "stated" if raster.stated else "assumed"
