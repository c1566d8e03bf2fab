"""How well a page could be read, and the likely reasons, in words for a person, when it could not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from intake.image import Picture, working_dpi
from intake.layout import Layout
from intake.light import softness
from intake.morphology import Bodies, Labels, find_bodies
from intake.streaks import has_streaks
from models.document import Quality, Word
from models.geometry import Projective
from models.parsed import Pixels, Raster

# Below this score a page is called poor; set on benchmarks/damage.py --seed 71, 72 and 75, which prints how often
# that is wrong.
# Print that is faint or blurred is misread with more confidence than it deserves; such a page needs more.
_GOOD, _DOUBTFUL = 0.9, 0.93
# Bodies of ink on a page without a word from which on it is a page that could not be read; pictures have fewer.
_UNREAD = 400
# When a reason is named; counted by benchmarks/damage.py for pages of known damage.
_COARSE_DPI = 130.0
_SPECKS_PER_INCH2 = 35.0
_CONTRAST, _BROKEN = 90.0, 0.4
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
    causes = tuple(_reasons(raster, picture, layout, skew)) if score < _DOUBTFUL else ()
    if score < _GOOD or {"faint", "blurred"} & set(causes):
        return Quality(round(score, 3), ", ".join((*causes, *cut)) or "hard to read")
    return Quality(round(score, 3), ", ".join(cut) or None)


def _reasons(raster: Raster, picture: Picture, layout: Layout, skew: float) -> Iterator[str]:
    coarse = min(raster.dpi_x, raster.dpi_y)
    if coarse < _COARSE_DPI and not isinstance(picture.to_received, Projective):
        yield f"low resolution ({round(coarse)} lines to the inch)"
    bodies, point = find_bodies(layout.ink).stats[1:], picture.dpi / 72
    noisy = (bodies[:, 2:4].max(axis=1) <= 0.9 * point).sum() / (layout.ink.size / picture.dpi**2) > _SPECKS_PER_INCH2
    if noisy:
        yield "noisy"
    if not raster.bilevel:
        yield from _light(raster.pixels)
        if _softness(raster) < _SOFT:
            yield "blurred"
    elif not noisy and coarse >= _COARSE_DPI and _is_broken(bodies, point):
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


def _is_broken(bodies: Labels, point: float) -> bool:
    """Whether many letters fell to pieces, as those of faint print do."""
    high = bodies[:, 3] / point
    letters = ((high >= 4) & (high <= 16) & (bodies[:, 2] <= 20 * point)).sum()
    pieces = ((high >= 1.2) & (high < 4)).sum()
    return bool(pieces > _BROKEN * max(1, letters))


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
