"""How well a page could be read, and the likely reasons, in words for a person, when it could not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from intake.image import Picture, working_dpi
from intake.layout import Layout
from intake.light import softness
from intake.morphology import Bodies, Ink, find_bodies, grown, paper
from intake.streaks import has_streaks
from models.document import Quality, Word
from models.geometry import Projective
from models.parsed import Pixels, Raster

# benchmarks/damage.py --seed 71 and 72: below this score a page is called poor; it prints how often that is wrong.
_GOOD = 0.9
# Bodies of ink on a page without a word from which on it is a page that could not be read; pictures have fewer.
_UNREAD = 400
# When a reason is named; counted by benchmarks/damage.py for pages of known damage.
_COARSE_DPI = 130.0
_SPECKS_PER_INCH2 = 12.0
_CONTRAST, _THIN = 90.0, 1.6
_DARK, _SHADED = 120.0, 0.62
_SOFT = 0.3
_SKEWED = 3.5
_LEANING = 1.12
# Points from a side of the page within which letters are cut, how many lines are, and of how many letters.
_AT_EDGE, _CUT_LINES, _CUT_SHARE = 2.0, 5, 0.25


def judge(
    words: Sequence[Word], raster: Raster, *, picture: Picture, layout: Layout, glyphs: Bodies, skew: float
) -> Quality:
    """Mean word confidence weighted by length; reasons in words where it is low or the page is cut off.

    `picture` is the upright page, `layout` and `glyphs` what was found on it, `skew` the degrees taken out.
    """
    scored = [(word.confidence, len(word.text)) for word in words if word.confidence is not None]
    if not scored:
        return Quality(0.0, "hard to read") if len(glyphs.stats) > _UNREAD else Quality(1.0)
    score = float(np.average([each[0] for each in scored], weights=[each[1] for each in scored]))
    cut = tuple(f"cut off at the {side} edge" for side in _cut_sides(glyphs, picture))
    reasons = (*_reasons(raster, picture, layout, skew), *cut) if score < _GOOD else cut
    if score < _GOOD and not reasons:
        reasons = ("hard to read",)
    return Quality(round(score, 3), ", ".join(reasons) or None)


def _reasons(raster: Raster, picture: Picture, layout: Layout, skew: float) -> Iterator[str]:
    ink, point = layout.ink, picture.dpi / 72
    coarse = min(raster.dpi_x, raster.dpi_y)
    if coarse < _COARSE_DPI and not isinstance(picture.to_received, Projective):
        yield f"low resolution ({round(coarse)} lines to the inch)"
    specks = int((find_bodies(ink).stats[1:, 2:4].max(axis=1) <= 0.9 * point).sum())
    if specks / (ink.size / picture.dpi**2) > _SPECKS_PER_INCH2:
        yield "noisy"
    if not raster.bilevel:
        yield from _light(raster.pixels)
        if _softness(raster) < _SOFT:
            yield "blurred"
    elif _stroke(ink) < _THIN:
        yield "faint"
    if has_streaks(raster.pixels, raster.dpi_x):
        yield "streaks"
    if abs(skew) > _SKEWED:
        yield "skewed"
    if _leaning(picture):
        yield "photo taken at an angle"


def _light(pixels: Pixels) -> Iterator[str]:
    """What the light of a grey page is like: its ground by cells of about a quarter of an inch."""
    small = cv2.resize(pixels, (160, 200), interpolation=cv2.INTER_AREA)
    ground = cv2.erode(cv2.dilate(small, np.ones((9, 9), np.uint8)), np.ones((5, 5), np.uint8))
    usual = float(np.median(ground))
    if usual < _DARK:
        yield "dark"
    if float(np.percentile(ground, 4)) < _SHADED * usual:
        yield "shadow"
    step = max(1, math.isqrt(pixels.size // 500_000))
    some = pixels[::step, ::step]
    inked = some[some < usual - 20]
    if inked.size and usual - float(np.percentile(inked, 10)) < _CONTRAST * min(1.0, usual / 220):
        yield "faint"


def _softness(raster: Raster) -> float:
    """The softness of print before any repair, at about the resolution that pages are read at."""
    scale = min(1.0, working_dpi(raster.dpi_x) / raster.dpi_x)
    gray = np.asarray(cv2.resize(raster.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return softness(gray)


def _stroke(ink: Ink) -> float:
    """The usual width of strokes in pixels: twice the ink's area over the length of its outline."""
    inner = paper(grown(paper(ink), 3, 3))
    outline = int(ink.sum()) - int(inner.sum())
    return 2.0 * float(ink.sum()) / outline if outline else 0.0


def _leaning(picture: Picture) -> bool:
    """Whether a photo shows one side of the sheet much longer than the other."""
    if not isinstance(picture.to_received, Projective):
        return False
    width, height = picture.size
    corners = [picture.to_received.point(x, y) for x, y in ((0, 0), (width, 0), (width, height), (0, height))]
    sides = [math.dist(corners[at], corners[(at + 1) % 4]) for at in range(4)]
    pairs = ((sides[0], sides[2]), (sides[1], sides[3]))
    return any(max(pair) > _LEANING * min(pair) for pair in pairs)


def _cut_sides(glyphs: Bodies, picture: Picture) -> Iterator[str]:
    """The sides of the upright page at which the letters of several lines are cut."""
    point = picture.dpi / 72
    left, top, wide, high, area = glyphs.stats[1:].T
    letters = (high >= 3 * point) & (high <= 26 * point) & (wide <= 26 * point) & (area >= 2 * point)
    if isinstance(picture.to_received, Projective) or letters.sum() < 2 * _CUT_LINES:
        return
    width = picture.size[0]
    for side, near in (("left", left <= _AT_EDGE * point), ("right", left + wide >= width - _AT_EDGE * point)):
        lines = np.unique((top[letters & near] / (8 * point)).astype(int))
        all_lines = np.unique((top[letters] / (8 * point)).astype(int))
        if len(lines) >= max(_CUT_LINES, _CUT_SHARE * len(all_lines)):
            yield side
