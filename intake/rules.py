"""Ruled lines and dark bands of a form, found in the ink and taken out of it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from intake.morphology import Ink, PixelBox, closed, find_bodies, grown, opened, paper

# Points. Capitals of a 20 point title are 15 high: upright rules must be longer unless they join level ones.
_LEVEL_LENGTH = 24.0
_UPRIGHT_LENGTH = 20.0
_CELL_WALL = 9.0
_THICKEST = 4.5
_BREAK = 5
_DRAWN = 0.9
_BAND = (24.0, 6.5)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is ruled on a page, boxes (x0, top, x1, bottom) in pixels; `mask` is 1 on the ruled lines' ink."""

    level: tuple[PixelBox, ...]
    upright: tuple[PixelBox, ...]
    bands: tuple[PixelBox, ...]
    mask: Ink


def find_bands(ink: Ink, dpi: float) -> tuple[PixelBox, ...]:
    """Dark bars that carry white text."""
    point = dpi / 72
    window = (int(12 * point) | 1, int(6 * point) | 1)
    dense = cv2.boxFilter(ink * 255, cv2.CV_8U, window, borderType=cv2.BORDER_CONSTANT) > 140
    bands = []
    for x0, top, x1, bottom in find_bodies(np.asarray(dense, dtype=np.uint8), diagonal=False).boxes():
        width, height = x1 - x0, bottom - top
        if width >= _BAND[0] * point and height >= _BAND[1] * point and width >= 1.5 * height:
            box = _trimmed(ink, (x0, top, x1, bottom))
            if _is_bar(ink, box):
                bands.append(box)
    return tuple(bands)


def find_ruling(ink: Ink, dpi: float, bands: tuple[PixelBox, ...] = ()) -> Ruling:
    """Level and upright rules, tolerant of small breaks and of a small remaining slope."""
    point = dpi / 72
    level = _runs(ink, int(_LEVEL_LENGTH * point), int(_THICKEST * point))
    upright = _runs(np.ascontiguousarray(ink.T), int(_CELL_WALL * point), int(_THICKEST * point)).T
    ends = level.copy()
    for x0, top, x1, bottom in bands:
        ends[top:bottom, x0:x1] = 1
    upright = _walls(np.ascontiguousarray(upright), ends, point)
    mask = (level | upright) & ink
    mask |= grown(mask, 3, 3) & ink
    return Ruling(_boxes(level), _boxes(upright), bands, mask)


def without_rules(ink: Ink, ruling: Ruling, dpi: float) -> Ink:
    """The ink with rules taken out, but for the strokes that cross them."""
    reach = max(3, int(2.2 * dpi / 72))
    rest = ink & paper(ruling.mask)
    crossing = _between(rest, reach) | _between(np.ascontiguousarray(rest.T), reach).T
    return rest | (ruling.mask & crossing)


def _between(ink: Ink, reach: int) -> Ink:
    """Places that have ink both above and below within `reach` pixels."""
    down = cv2.dilate(ink, np.ones((reach, 1), np.uint8), anchor=(0, reach - 1))
    up = cv2.dilate(ink, np.ones((reach, 1), np.uint8), anchor=(0, 0))
    return np.asarray(np.minimum(down, up), dtype=np.uint8)


def _runs(ink: Ink, length: int, thickest: int) -> Ink:
    """Level runs of at least `length` pixels, in bodies no thicker than `thickest`."""
    joined = closed(ink, _BREAK, 1)
    runs = opened(joined, length, 1) & paper(opened(joined, length // 2, thickest))
    # Closed gaps between the letters of a line of text look like a rule with many breaks.
    bodies = find_bodies(runs)
    covered = np.bincount(bodies.labels[(ink & runs) > 0], minlength=len(bodies.stats))
    return bodies.only(covered >= _DRAWN * bodies.stats[:, 4])


def _walls(upright: Ink, level: Ink, point: float) -> Ink:
    """Upright runs that are long, or stand between two level rules."""
    bodies = find_bodies(upright)
    near = grown(level, 5, 5)
    keep = np.zeros(len(bodies.stats), np.bool_)
    rows = near.shape[0]
    for index in range(1, len(keep)):
        x, y, w, h, _area = (int(v) for v in bodies.stats[index])
        if h >= _UPRIGHT_LENGTH * point:
            keep[index] = True
        elif w <= 2 * point:
            above = near[max(0, y - 3) : y + 3, x : x + w].any()
            below = near[max(0, y + h - 3) : min(rows, y + h + 3), x : x + w].any()
            keep[index] = above and below
    return bodies.only(keep)


def _boxes(runs: Ink) -> tuple[PixelBox, ...]:
    found = [(x0 + 1, top + 1, x1 - 1, bottom - 1) for x0, top, x1, bottom in find_bodies(grown(runs, 3, 3)).boxes()]
    return tuple(sorted(found, key=lambda box: (box[1], box[0])))


def _trimmed(ink: Ink, box: PixelBox) -> PixelBox:
    x0, top, x1, bottom = box
    part = ink[top:bottom, x0:x1]
    rows = np.flatnonzero(part.mean(axis=1) > 0.6)
    columns = np.flatnonzero(part.mean(axis=0) > 0.5)
    if not len(rows) or not len(columns):
        return box
    return x0 + int(columns[0]), top + int(rows[0]), x0 + int(columns[-1]) + 1, top + int(rows[-1]) + 1


def _is_bar(ink: Ink, box: PixelBox) -> bool:
    x0, top, x1, bottom = box
    part = ink[top:bottom, x0:x1]
    if part.shape[0] < 8 or part.shape[1] < 8:
        return False
    rims = [part[:2].mean(), part[-2:].mean(), part[:, :2].mean(), part[:, -2:].mean()]
    return float(part.mean()) > 0.45 and float(min(rims)) > 0.7
