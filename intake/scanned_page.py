"""A scan, a fax, a photo: everything comes from the pixels, made flat, upright and level before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from intake.columns import gutter, in_order
from intake.image import Picture, binarise, square
from intake.ink import find_regions, without_glyphs
from intake.layout import Layout, take_apart
from intake.light import evened, positive, sharpened
from intake.morphology import Bodies, find_bodies
from intake.ocr import OcrEngine
from intake.orientation import upright
from intake.photo import flattened
from intake.quality import judge
from intake.segments import Segment, find_segments
from intake.view import View, marked
from intake.words import SeenWord, read_once, read_segments, sift
from models.document import InkRegion, Page
from models.parsed import ParsedPage, Pixels, Raster

_TRIAL_LINES = 10
# Bodies of ink from which on the middle of a page is tried alone, if so many there are as high as letters (points).
_CROWDED, _ENOUGH, _LETTER = 9_000, 300, 3.0
# Inches along the edges that have no say in a trial: the receiving machine's own line stands there.
_MARGIN = 0.45
# How much finer than the file's the working resolution may be for blur to be the camera's or the scanner's.
_ENLARGED = 1.2


def read_scanned(page: ParsedPage, raster: Raster, engine: OcrEngine) -> Page:
    """Read such a page."""
    picture, rotation, skew = prepare(raster, engine)
    layout = take_apart(picture)
    glyphs = find_bodies(layout.ink)
    segments = find_lines(glyphs, layout, picture)
    seen = sift(_read(picture, layout, glyphs, segments, engine), glyphs, picture.dpi)
    rest = without_glyphs(glyphs, (glyph for word in seen for glyph in word.glyphs))
    view = View.of(picture)
    words = view.words(seen)
    drawn = marked(page, view, layout)
    ink = tuple(InkRegion(view.box(region.box), region.kind) for region in find_regions(rest, picture.dpi))
    return replace(
        drawn,
        source="ocr",
        words=words,
        ink=ink,
        rotation=rotation,
        skew=skew,
        quality=judge(words, raster, picture=picture, layout=layout, glyphs=glyphs, skew=skew),
        engine=engine.name,
        blank=not (words or ink or drawn.checkboxes or drawn.bands),
    )


def prepare(raster: Raster, engine: OcrEngine) -> tuple[Picture, int, float]:
    """A page image flat, upright and level, the clockwise turn in degrees that made it so, and the skew after it."""
    raster = positive(raster)
    picture = flattened(raster) or square(raster)
    if not picture.bilevel:
        picture = replace(picture, gray=_cleared(picture, raster))
    return upright(picture, lambda trial: _trial(trial, engine))


def _cleared(picture: Picture, raster: Raster) -> Pixels:
    """Grey levels on even paper, sharpened where blurred; enlarged pixels are soft without being blurred."""
    gray = evened(picture.gray, picture.dpi)
    enlarged = picture.dpi > _ENLARGED * min(raster.dpi_x, raster.dpi_y)
    return gray if enlarged else sharpened(gray, picture.dpi)


def find_lines(glyphs: Bodies, layout: Layout, picture: Picture) -> tuple[Segment, ...]:
    """The lines in reading order; none runs from one page of a double sheet to the other."""
    segments = find_segments(glyphs, layout.walls, picture.dpi)
    rules = (*layout.ruling.level, *layout.ruling.bands)
    middle = gutter(segments, rules, size=picture.size, dpi=picture.dpi)
    return in_order(segments, layout.walls, picture.dpi, middle)


def _read(
    picture: Picture, layout: Layout, glyphs: Bodies, segments: Sequence[Segment], engine: OcrEngine
) -> tuple[tuple[SeenWord, ...], ...]:
    return read_segments(layout.gray, glyphs, segments, engine=engine, dpi=picture.dpi, blur=picture.bilevel)


def _trial(picture: Picture, engine: OcrEngine) -> float:
    """The mean confidence with which a few long lines read at a first look."""
    layout = take_apart(_middle(picture))
    glyphs = find_bodies(layout.ink)
    segments = find_segments(glyphs, layout.walls, picture.dpi)
    rows, columns = layout.ink.shape
    amid = _amid(segments, _MARGIN * picture.dpi, (columns, rows))
    longest = sorted(amid, key=lambda each: -len(each.glyphs))[:_TRIAL_LINES]
    lines = read_once(layout.gray, glyphs, longest, engine=engine, dpi=picture.dpi, blur=picture.bilevel)
    words = [word for line in lines for word in line]
    weights = [len(word.text) for word in words]
    return sum(word.confidence * weight for word, weight in zip(words, weights, strict=True)) / max(1, sum(weights))


def _middle(picture: Picture) -> Picture:
    """The middle of a page that is crowded with ink, where much of it is; of other pages the whole."""
    bodies = find_bodies(binarise(picture.gray, bilevel=picture.bilevel)).stats[1:]
    letters = bodies[bodies[:, 3] >= _LETTER * picture.dpi / 72]
    width, height = picture.size
    inside = (letters[:, 0] > width // 4) & (letters[:, 0] < width - width // 4)
    inside &= (letters[:, 1] > height // 4) & (letters[:, 1] < height - height // 4)
    if len(bodies) < _CROWDED or inside.sum() < _ENOUGH:
        return picture
    part = picture.gray[height // 4 : height - height // 4, width // 4 : width - width // 4]
    return replace(picture, gray=np.ascontiguousarray(part))


def _amid(segments: Sequence[Segment], margin: float, size: tuple[int, int]) -> Sequence[Segment]:
    """The lines away from the page's edges; all where there are few."""
    width, height = size
    inside = [
        each for each in segments
        if margin < each.box[3] and each.box[1] < height - margin
        and margin < each.box[2] and each.box[0] < width - margin
    ]  # fmt: skip
    return inside if len(inside) >= 3 else segments
