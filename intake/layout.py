"""A page image taken apart: rules, bands and check boxes on one side, clean glyphs on the other."""

from __future__ import annotations

from dataclasses import dataclass

from intake.image import Picture, binarise
from intake.marks import Tickable, find_boxes, without_boxes
from intake.morphology import Ink, PixelBox, grown, paper
from intake.rules import Ruling, find_bands, find_ruling, without_rules
from models.parsed import Pixels


@dataclass(frozen=True, slots=True)
class Layout:
    """`ink` and `gray` hold what is left for reading: bands turned black on white, rules and check boxes gone."""

    gray: Pixels
    ink: Ink
    walls: Ink
    ruling: Ruling
    boxes: tuple[Tickable, ...]


def take_apart(picture: Picture) -> Layout:
    """Find and take out what is drawn rather than written."""
    gray = picture.gray.copy()
    ink = binarise(gray, bilevel=picture.bilevel)
    bands = find_bands(ink, picture.dpi)
    for x0, top, x1, bottom in bands:
        gray[top:bottom, x0:x1] = 255 - gray[top:bottom, x0:x1]
        ink[top:bottom, x0:x1] = paper(ink[top:bottom, x0:x1])
    boxes = tuple(box for box in find_boxes(ink, picture.dpi) if not _inside(box.box, bands))
    rest = without_boxes(ink, boxes, picture.dpi)
    ruling = find_ruling(rest, picture.dpi, bands)
    clean = without_rules(rest, ruling, picture.dpi)
    gone = grown(ink & paper(clean), 3, 3) & paper(clean)
    gray[gone > 0] = 255
    return Layout(gray, clean, ruling.mask, ruling, boxes)


def _inside(box: PixelBox, bands: tuple[PixelBox, ...]) -> bool:
    """Whether the middle of a box lies on a band: nobody ticks white letters."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(band[0] <= x <= band[2] and band[1] <= y <= band[3] for band in bands)
