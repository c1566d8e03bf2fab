"""Check boxes and ink that is not print: what a pen or a stamp left on a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from intake.morphology import Bodies, Ink, Labels, PixelBox, closed, find_bodies, grown, opened

State = Literal["checked", "empty", "unclear"]

# Points.
_SMALLEST, _LARGEST = 5.5, 20.0
# Share of dark pixels; benchmarks/boxes.py prints the distributions these stand between.
_EMPTY_INK, _CHECKED_INK = 0.09, 0.15
_EDGE_COVER = 0.78
_STROKE = 1.2
# Of eight: shadows leave two ends of edges bare, the round side of a D four.
_ENDS, _CORNERS = 8, 6
# Of an edge under pen strokes, with places of _SIZES sizes that are commonest on the page.
_DRAWN_OVER, _SIZES = 0.92, 3
# Edges that a steep stroke of the pen may seem to prolong, where like boxes stand in the row.
_LEFT_BY_PEN = 1
# Of the paper just around a box; around parts of pictures and of bold letters it is darker.
_RING = 0.4
# Heights of a box; of 840 frames of empty boxes on forms and faxes the bodies of none reach this far up or down.
_TOUCH = 0.2
_EDGES_SHARE = 0.42


@dataclass(frozen=True, slots=True)
class Tickable:
    """A printed box to tick, corners in pixels, and how dark it is inside and just around."""

    box: PixelBox
    state: State
    ink: float
    outside: float


def find_boxes(ink: Ink, dpi: float) -> tuple[Tickable, ...]:
    """Squares of 6 to 20 points with four edges, whatever is drawn across them.

    A box that is clean inside but from which a stroke runs is "unclear".
    """
    point = dpi / 72
    # Odd, as even kernels shift what they leave by a pixel.
    shortest = max(6, int(4.6 * point)) | 1
    level = _edges(ink, shortest)
    upright = np.ascontiguousarray(_edges(np.ascontiguousarray(ink.T), shortest).T)
    found = [box for box in _squares(ink, level, upright, point) if not _running_on(ink, level, upright, box, point)]
    if not found:
        return ()
    bodies = find_bodies(ink)
    plain = [box for box in _distinct(found) if _is_framed(ink, box) and not _in_word(bodies, box)]
    plain += _blackened(bodies, plain)
    crossed = [
        box
        for box in _alike(ink, plain)
        if _corners(ink, box) == _ENDS
        and _running_on(ink, level, upright, box, point) <= _LEFT_BY_PEN
        and _alone(ink, bodies, box)
    ]
    return tuple(_judged(ink, bodies, box, point) for box in _distinct(plain + _distinct(crossed)))


def without_boxes(ink: Ink, boxes: tuple[Tickable, ...], dpi: float) -> Ink:
    """The ink with check boxes and the pen strokes through them taken out."""
    rest = ink.copy()
    for tickable in boxes:
        _erase(rest, tickable, dpi / 72)
    return rest


def _blackened(bodies: Bodies, open_boxes: list[PixelBox]) -> list[PixelBox]:
    """Solid squares as large as the other boxes of the page; alone they would be bullets."""
    sizes = [box[2] - box[0] for box in open_boxes]
    if not sizes:
        return []
    usual = float(np.median(sizes))
    width, height, area = bodies.stats[:, 2], bodies.stats[:, 3], bodies.stats[:, 4]
    alike = (np.abs(width - usual) <= 0.2 * usual) & (np.abs(height - usual) <= 0.2 * usual)
    solid = np.flatnonzero(alike & (area >= 0.9 * width * height))
    return [bodies.boxes()[int(index) - 1] for index in solid if index]


def _alike(ink: Ink, plain: list[PixelBox]) -> list[PixelBox]:
    """Frames of the size of a plain box, in its row or column, whatever is drawn over and out of them."""
    sizes = Counter((x1 - x0, bottom - top) for x0, top, x1, bottom in plain)
    level, upright = grown(ink, 1, 3), grown(ink, 3, 1)
    found = []
    for width, height in (size for size, _ in sizes.most_common(_SIZES)):
        across = cv2.boxFilter(level, cv2.CV_32F, (width, 1), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
        down = cv2.boxFilter(upright, cv2.CV_32F, (1, height), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
        rows, columns = ink.shape[0] - height + 1, ink.shape[1] - width + 1
        cover = np.minimum(across[:rows, :columns], across[height - 1 :, :columns])
        cover = np.minimum(cover, np.minimum(down[:rows, :columns], down[:rows, width - 1 :]))
        cover *= _lined_up(plain, (width, height), (rows, columns))
        places = [(float(cover[y, x]), int(x), int(y)) for y, x in np.argwhere(cover >= _DRAWN_OVER)]
        best: list[PixelBox] = []
        for _, x, y in sorted(places, reverse=True):
            box = x, y, x + width, y + height
            if not any(_overlap(box, other) for other in (*plain, *best)):
                best.append(box)
        found += best
    return found


def _lined_up(plain: list[PixelBox], size: tuple[int, int], shape: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Where a box of this size (width, height) may start to stand in the row or the column of a like one."""
    places = np.zeros(shape, np.bool_)
    for x0, top, x1, bottom in plain:
        if abs(x1 - x0 - size[0]) <= 0.12 * size[0] and abs(bottom - top - size[1]) <= 0.12 * size[1]:
            places[max(0, top - size[1] // 4) : top + size[1] // 4 + 1] = True
            places[:, max(0, x0 - size[0] // 6) : x0 + size[0] // 6 + 1] = True
    return places


def _overlap(box: PixelBox, other: PixelBox) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _alone(ink: Ink, bodies: Bodies, box: PixelBox) -> bool:
    """Whether there is paper around a box, but for strokes that leave it and the letters of its option."""
    x0, top, x1, bottom = box
    left, upper = max(0, x0 - 4), max(0, top - 4)
    around = ink[upper : bottom + 4, left : x1 + 4].astype(bool)
    around[max(0, top - 2 - upper) : bottom + 2 - upper, max(0, x0 - 2 - left) : x1 + 2 - left] = False
    ring = around.size - (x1 - x0 + 4) * (bottom - top + 4)
    if around.sum() > _RING * ring:
        return False
    size = bottom - top
    own = set(np.unique(bodies.labels[top:bottom, x0:x1]))
    before = np.unique(bodies.labels[top:bottom, max(0, x0 - max(3, int(0.3 * size))) : x0])
    return not any(
        index and index not in own and 0.45 * size <= bodies.stats[index][3] <= 2.0 * size for index in before
    )


def _edges(ink: Ink, shortest: int) -> Ink:
    """Level runs of ink, single missing pixels forgiven."""
    return opened(closed(ink, 2, 1), shortest, 1)


def _squares(ink: Ink, level: Ink, upright: Ink, point: float) -> list[PixelBox]:
    """Pairs of upright edges of one height, a height apart, joined by level edges above and below."""
    low, high = _SMALLEST * point, _LARGEST * point
    body = find_bodies(upright).stats[1:]
    fits = (body[:, 3] >= 0.8 * low) & (body[:, 3] <= 1.25 * high) & (body[:, 2] <= np.maximum(4, 0.4 * body[:, 3]))
    edges = body[fits][:, :4].astype(np.int64)
    edges[:, 2:] += edges[:, :2]
    edges = edges[np.argsort(edges[:, 0], kind="stable")]
    found = []
    for number, left in enumerate(edges):
        rest = edges[number + 1 : int(np.searchsorted(edges[:, 0], left[0] + high))]
        width = rest[:, 2] - left[0]
        top, bottom = np.maximum(rest[:, 1], left[1]), np.minimum(rest[:, 3], left[3])
        height = bottom - top
        square = (width >= low) & (width <= high) & (height >= 0.8 * low)
        square &= (width >= 0.72 * height) & (width <= 1.38 * height)
        for which in np.flatnonzero(square):
            box = _snapped(level, (int(left[0]), int(top[which]), int(rest[which, 2]), int(bottom[which])), point)
            if box is not None and _cover(level, upright, box, point) >= _EDGE_COVER and _corners(ink, box) >= _CORNERS:
                found.append(box)
    return found


def _snapped(level: Ink, box: PixelBox, point: float) -> PixelBox | None:
    """Move top and bottom to the level edges near them."""
    x0, top, x1, bottom = box
    reach = max(2, int(1.6 * point))
    inner = slice(x0 + 2, max(x0 + 3, x1 - 2))
    upper = level[max(0, top - reach) : top + reach + 1, inner].mean(axis=1)
    lower = level[max(0, bottom - reach) : bottom + reach + 1, inner].mean(axis=1)
    above, below = np.flatnonzero(upper > 0.7), np.flatnonzero(lower > 0.7)
    if not len(above) or not len(below):
        return None
    first, last = max(0, top - reach), max(0, bottom - reach)
    return (
        x0,
        first + int(_stroke_at(above, top - first)[0]),
        x1,
        last + int(_stroke_at(below, bottom - 1 - last)[-1]) + 1,
    )


def _stroke_at(rows: npt.NDArray[np.intp], place: int) -> npt.NDArray[np.intp]:
    """Of the drawn rows the unbroken ones nearest to a place: a ruled line beside a box is not its edge."""
    strokes = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    return min(strokes, key=lambda stroke: int(np.abs(stroke - place).min()))


def _cover(level: Ink, upright: Ink, box: PixelBox, point: float) -> float:
    """The least share of an edge that is drawn."""
    x0, top, x1, bottom = box
    band = max(2, int(1.1 * point))
    sides = (
        level[top : top + band, x0:x1].any(axis=0).mean(),
        level[bottom - band : bottom, x0:x1].any(axis=0).mean(),
        upright[top:bottom, x0 : x0 + band].any(axis=1).mean(),
        upright[top:bottom, x1 - band : x1].any(axis=1).mean(),
    )
    return float(min(sides))


def _corners(ink: Ink, box: PixelBox) -> int:
    """How many of the eight ends of the four edges are drawn; those of round letters are not."""
    x0, top, x1, bottom = box
    part = ink[top:bottom, x0:x1]
    end, deep = max(2, part.shape[1] // 6), max(2, part.shape[1] // 7)
    ends = []
    for turn in range(4):
        side = np.rot90(part, turn)[:deep]
        ends += [side[:, :end].any(axis=0).mean(), side[:, -end:].any(axis=0).mean()]
    return sum(bool(share > 0.6) for share in ends)


def _running_on(ink: Ink, level: Ink, upright: Ink, box: PixelBox, point: float) -> int:
    """How many edges run on past the corners, as those of table cells, of comb fields and of the letter P do."""
    x0, top, x1, bottom = box
    # Thick strokes through a corner leave it along the edge for a little way.
    near, far, band = int(1.8 * point), max(6, int(3.6 * point)), max(2, int(1.1 * point))
    ways = []
    for row in (slice(top, top + band), slice(bottom - band, bottom)):
        ways += [
            level[row, max(0, x0 - far) : max(0, x0 - near)].any(axis=0),
            level[row, x1 + near : x1 + far].any(axis=0),
        ]
    for column in (slice(x0, x0 + band), slice(x1 - band, x1)):
        # Past a gap stands the next box of a column.
        if ink[max(0, top - near) : top, column].any(axis=1).all():
            ways.append(upright[max(0, top - far) : max(0, top - near), column].any(axis=1))
        if ink[bottom : bottom + near, column].any(axis=1).all():
            ways.append(upright[bottom + near : bottom + far, column].any(axis=1))
    return sum(bool(way.size and way.mean() > 0.8) for way in ways)


def _in_word(bodies: Bodies, box: PixelBox) -> bool:
    """Whether letters of its own height stand close by, or are grown together with it: then it is part of a letter."""
    x0, top, x1, bottom = box
    labels, stats, size = bodies.labels, bodies.stats, bottom - top
    own = [int(index) for index in np.unique(labels[top:bottom, x0:x1]) if index]
    frame = _frame(bodies, box)
    left, upper, width, height, _ = (int(v) for v in stats[frame])
    if width > 1.5 * size and height < 1.35 * size:
        return True
    slack = int(0.2 * size)
    others = [stats[index] for index in own if index != frame and stats[index][3] >= 0.8 * size]
    if any(x < x0 - slack or x + w > x1 + slack for x, _, w, _, _ in others):
        return True
    within = left >= x0 - slack and left + width <= x1 + slack
    round_letter = within and left <= x0 - 2 and left + width >= x1 + 2 and upper >= top - slack
    if within and upper >= top - slack and upper + height <= bottom + slack:
        x0, x1 = left, left + width
    # Options are printed to the right of their box, sometimes close to it; round letters bulge out of their square.
    before, after = max(3, int(0.3 * size)), max(2, int((0.3 if round_letter else 0.22) * size))
    beside = (labels[top:bottom, max(0, x0 - before) : x0], labels[top:bottom, x1 : x1 + after])
    return any(_stands_in(strip, stats, frame, size) for strip in beside)


def _stands_in(strip: Labels, stats: Labels, frame: int, size: int) -> bool:
    """Whether a letter stands in a strip beside a box: one body about as high, or the parts of a Chinese one."""
    heights = [stats[index] for index in np.unique(strip) if index and index != frame and stats[index][3] <= 2.0 * size]
    if any(each[3] >= 0.45 * size for each in heights):
        return True
    parts = [each for each in heights if each[3] >= 0.12 * size]
    return len(parts) > 1 and max(p[1] + p[3] for p in parts) - min(p[1] for p in parts) >= 0.6 * size


def _distinct(boxes: list[PixelBox]) -> list[PixelBox]:
    """Of boxes that overlap, the outermost; in reading order."""
    kept: list[PixelBox] = []
    for box in sorted(boxes, key=lambda b: (b[0] - b[2]) * (b[3] - b[1])):
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not any(k[0] <= middle[0] <= k[2] and k[1] <= middle[1] <= k[3] for k in kept):
            kept.append(box)
    rows: list[list[PixelBox]] = []
    for box in sorted(kept, key=lambda each: each[1] + each[3]):
        if rows and box[1] + box[3] < 2 * rows[-1][0][3]:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row)]


def _judged(ink: Ink, bodies: Bodies, box: PixelBox, point: float) -> Tickable:
    inside = _inside(ink, box, point)
    strokes = find_bodies(np.ascontiguousarray(inside)) if inside.size else None
    # Specks of a noisy line are no strokes.
    share = float(strokes.only(strokes.stats[:, 2:4].max(axis=1) >= _STROKE * point).mean()) if strokes else 0.0
    outside = _outside(ink, box, point)
    state: State = "unclear"
    if share <= _EMPTY_INK and not _touched(bodies, box):
        state = "empty"
    elif share >= _CHECKED_INK:
        state = "checked"
    return Tickable(box, state, round(share, 3), round(outside, 3))


def _touched(bodies: Bodies, box: PixelBox) -> bool:
    """Whether strokes run from the frame up or down: a tick beside the box, a circle around it and its option."""
    _, top, _, bottom = box
    upper, lower = (bodies.stats[_frame(bodies, box)][side] for side in (1, 3))
    slack = _TOUCH * (bottom - top)
    return bool(upper < top - slack or upper + lower > bottom + slack)


def _frame(bodies: Bodies, box: PixelBox) -> int:
    """The body that most ink of a box belongs to."""
    x0, top, x1, bottom = box
    return int(np.bincount(bodies.labels[top:bottom, x0:x1].ravel(), minlength=2)[1:].argmax()) + 1


def _inside(ink: Ink, box: PixelBox, point: float) -> npt.NDArray[np.uint8]:
    """The inner part, its edges (thicker on the sides of a shadow) left out."""
    x0, top, x1, bottom = box
    part = ink[top:bottom, x0:x1]
    left, upper, right, lower = _edge_widths(part)
    slack = 1 + int(0.35 * point)
    return part[upper + slack : part.shape[0] - lower - slack, left + slack : part.shape[1] - right - slack]


def _edge_widths(part: npt.NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """How thick the left, upper, right and lower edges are; at least 1 pixel, at most a third of the box."""
    rows, columns = part.mean(axis=1), part.mean(axis=0)

    def width(shares: npt.NDArray[np.float64]) -> int:
        clear = np.flatnonzero(shares[: max(2, len(shares) // 3)] <= 0.7)
        return max(1, int(clear[0])) if len(clear) else max(2, len(shares) // 3)

    return width(columns), width(rows), width(columns[::-1]), width(rows[::-1])


def _is_framed(ink: Ink, box: PixelBox) -> bool:
    """Whether the edges are lines, not the bold strokes of a letter; a box that was blackened passes."""
    part = ink[box[1] : box[3], box[0] : box[2]]
    left, upper, right, lower = _edge_widths(part)
    height, width = part.shape
    thin = left + right <= _EDGES_SHARE * width and upper + lower <= _EDGES_SHARE * height
    return thin or float(part.mean()) > 0.85


def _outside(ink: Ink, box: PixelBox, point: float) -> float:
    x0, top, x1, bottom = box
    reach, gap = int(2.5 * point), int(0.7 * point) + 1
    rows, columns = ink.shape
    left, upper = max(0, x0 - reach), max(0, top - reach)
    ring = ink[upper : min(rows, bottom + reach), left : min(columns, x1 + reach)].astype(np.float32)
    hole = (slice(max(0, top - gap - upper), bottom + gap - upper), slice(max(0, x0 - gap - left), x1 + gap - left))
    inner = ring[hole]
    size = ring.size - inner.size
    return float((ring.sum() - inner.sum()) / size) if size else 0.0


def _erase(rest: Ink, tickable: Tickable, point: float) -> None:
    """Blank the box; where it is ticked, also the bodies that stick out of it and are not letters beside it."""
    x0, top, x1, bottom = tickable.box
    rim = 1 + int(0.4 * point)
    rows, columns = rest.shape
    area = (slice(max(0, top - rim), bottom + rim), slice(max(0, x0 - rim), x1 + rim))
    rest[area] = 0
    if tickable.state == "empty":
        return
    reach = int(0.9 * (x1 - x0))
    left, upper = max(0, x0 - reach), max(0, top - reach)
    window = rest[upper : min(rows, bottom + reach), left : min(columns, x1 + reach)]
    bodies = find_bodies(window)
    height, width = window.shape
    touch = np.zeros(window.shape, bool)
    touch[
        max(0, top - rim - 2 - upper) : bottom + rim + 2 - upper, max(0, x0 - rim - 2 - left) : x1 + rim + 2 - left
    ] = True
    for index in np.unique(bodies.labels[touch]):
        x, y, w, h, _area = (int(v) for v in bodies.stats[index])
        if index and x > 0 and y > 0 and x + w < width and y + h < height:
            window[bodies.labels == index] = 0
