"""Ink that is not print: whether a page has any content, and where a pen, a stamp or a picture left its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from intake.morphology import Bodies, Ink, PixelBox, closed, find_bodies, framed
from models.parsed import Raster

# Inches. Fax machines write their header line into the top of the page; sheet edges cast shadows.
_HEADER = 0.36
_EDGE = 0.2
# Points. Smaller marks are dirt or punctuation; pens draw thinner lines than _PEN_WIDTH.
_REGION = (9.0, 5.0)
_PEN_WIDTH = 3.4
_GATHER = 5.0
_PICTURE_FILL = 0.4
# What is darker than paper on a page that may be blank: this share of its darkest parts, within limits of grey levels.
# Print of a quarter of black is above the lower limit, what shows through from the other side is below it.
_TRACE, _CONTRASTS = 0.6, (26.0, 75.0)


@dataclass(frozen=True, slots=True)
class Region:
    """A patch of ink, corners in pixels."""

    box: PixelBox
    kind: Literal["pen", "picture"]


def is_blank(raster: Raster) -> bool:
    """Whether the received page holds nothing but dirt, edge shadows and a fax header line.

    Cells of about 1.4 points that are a third dark count, so that specks vanish and thin strokes stay.
    """
    rows, columns = raster.pixels.shape
    cell = 72 / 1.4
    small = cv2.resize(
        raster.pixels,
        (max(8, round(columns * cell / raster.dpi_x)), max(8, round(rows * cell / raster.dpi_y))),
        interpolation=cv2.INTER_AREA,
    )
    paper = float(np.percentile(small, 60))
    edge = round(_EDGE * cell)
    inner = small[edge:-edge, edge:-edge] if min(small.shape) > 4 * edge else small
    faint = _TRACE * (paper - float(np.percentile(inner, 0.02)))
    contrast = _CONTRASTS[1] if raster.bilevel else float(np.clip(faint, *_CONTRASTS))
    dark = np.asarray(small < paper - contrast, dtype=np.uint8)
    dark[: round(_HEADER * cell)] = 0
    dark[-edge:] = 0
    dark[:, :edge] = 0
    dark[:, -edge:] = 0
    body = find_bodies(dark).stats[1:]
    marks = body[(body[:, 4] >= 3) & (np.maximum(body[:, 2], body[:, 3]) >= 3)]
    # Round punch holes and staples are few; a word has several letters, a stroke is long.
    return len(marks) < 3 and not (np.maximum(marks[:, 2], marks[:, 3]) > 0.6 * cell).any()


def without_glyphs(glyphs: Bodies, read: Iterable[int]) -> Ink:
    """The ink that no word was made of."""
    keep = np.ones(len(glyphs.stats), np.bool_)
    keep[list(read)] = False
    return glyphs.only(keep)


def find_regions(ink: Ink, dpi: float) -> tuple[Region, ...]:
    """Gather left-over ink into regions of pen strokes or of pictures."""
    point = dpi / 72
    bodies = find_bodies(ink)
    strokes = bodies.only(bodies.stats[:, 2:4].max(axis=1) >= 3.5 * point)
    reach = int(_GATHER * point) | 1
    found = []
    for x0, top, x1, bottom in find_bodies(closed(strokes, reach, reach)).boxes():
        part = strokes[top:bottom, x0:x1]
        wide, high = sorted(((x1 - x0) / point, (bottom - top) / point), reverse=True)
        # A straight remnant of a rule is long but has no height.
        if wide >= _REGION[0] and high >= _REGION[1]:
            found.append(Region((x0, top, x1, bottom), _kind(part, point)))
    return tuple(found)


def _kind(part: Ink, point: float) -> Literal["pen", "picture"]:
    padded = framed(part, left=1, top=1, right=1, bottom=1)
    widths = 2 * cv2.distanceTransform(padded, cv2.DIST_L2, 3)
    thick = float((widths > _PEN_WIDTH * point).sum()) / max(1, int(part.sum()))
    return "picture" if thick > 0.02 or float(part.mean()) > _PICTURE_FILL else "pen"
