"""The order of lines on a sheet that holds two pages side by side, or running text in two columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from intake.morphology import Ink, PixelBox
from intake.segments import Segment

# Points, but where said otherwise. Checked by tests/intake/test_columns.py and benchmarks/columns.py: two pages on a
# sheet and prose in columns are told apart from forms and tables that stand in columns.
_HEADER = 30.0
_WIDE_SHEET = 1.15
_GUTTER, _GUTTER_OFF = 24.0, 0.09
_OTHER_GAPS = 1.5
# Glyphs; what has fewer may be dirt or the shadow of the fold.
_WORD = 3
_FEWEST_LINES = 6
# A line of prose fills most of its column and has so many glyphs.
_FILLED, _LONG, _GLYPHS = 0.62, 90.0, 18
_COLUMN_GAP, _COLUMN_LINES = 7.0, 5
_PROSE = 0.6
_SPACE = 6.0


def gutter(
    segments: Iterable[Segment], rules: Iterable[PixelBox], *, size: tuple[int, int], dpi: float
) -> float | None:
    """Where the gap between two pages on one sheet runs, x in pixels; None for a sheet that is one page.

    `rules` are all level ruled lines and bands; `size` is width and height of the upright sheet in pixels.
    """
    (width, height), point = size, dpi / 72
    if width < _WIDE_SHEET * height:
        return None
    boxes = (each.box for each in segments if len(each.glyphs) >= _WORD)
    body = np.array([box for box in boxes if _HEADER * point < box[3] and box[1] < height - _HEADER * point])
    if len(body) < 2 * _FEWEST_LINES:
        return None
    gaps = _gaps([(int(x0), int(x1)) for x0, _, x1, _ in (*body, *_bodies(rules, point))])
    middle = [gap for gap in gaps if abs((gap[0] + gap[1]) / 2 - width / 2) <= _GUTTER_OFF * width]
    if not middle:
        return None
    left, right = max(middle, key=lambda gap: gap[1] - gap[0])
    wide = right - left
    others = [b - a for a, b in gaps if (a, b) != (left, right)]
    if wide < _GUTTER * point or any(wide < _OTHER_GAPS * other for other in others):
        return None
    lefts, rights = body[body[:, 2] <= left], body[body[:, 0] >= right]
    if min(len(_rows(lefts)), len(_rows(rights))) < _FEWEST_LINES or _is_list(lefts, rights, point):
        return None
    return (left + right) / 2


def in_order(segments: Sequence[Segment], walls: Ink, dpi: float, middle: float | None) -> tuple[Segment, ...]:
    """The lines in reading order: page by page of a double sheet, column by column of prose, else as they come."""
    if middle is None:
        return _by_columns(segments, walls, dpi)
    left = [each for each in segments if each.box[0] + each.box[2] < 2 * middle]
    right = [each for each in segments if each.box[0] + each.box[2] >= 2 * middle]
    return (*_by_columns(left, walls, dpi), *_by_columns(right, walls, dpi))


def _by_columns(segments: Sequence[Segment], walls: Ink, dpi: float) -> tuple[Segment, ...]:
    """Bands of two columns of prose one column after the other; what stands across both parts the bands."""
    point = dpi / 72
    between = _column_gap(segments, point)
    if between is None:
        return tuple(segments)
    ordered: list[Segment] = []
    band: list[Segment] = []
    for segment in segments:
        if segment.box[0] < between < segment.box[2]:
            ordered += [*_parted(band, between, walls, point), segment]
            band = []
        else:
            band.append(segment)
    return (*ordered, *_parted(band, between, walls, point))


def _column_gap(segments: Sequence[Segment], point: float) -> float | None:
    """The middle of the gap between two columns of long lines; None where there are no such columns."""
    lines = [each for each in segments if _is_long(each, point)]
    if len(lines) < 2 * _COLUMN_LINES:
        return None
    left, right = min(each.box[0] for each in lines), max(each.box[2] for each in lines)
    covered = np.zeros(right - left + 1)
    for each in lines:
        covered[each.box[0] - left : each.box[2] - left] += 1
    third = len(covered) // 4
    inner = covered[third : len(covered) - third]
    most = min(covered[:third].max(initial=0), covered[len(covered) - third :].max(initial=0))
    free = _runs(inner <= 0.2 * most)
    if not free:
        return None
    start, end = max(free, key=lambda run: run[1] - run[0])
    return left + third + (start + end) / 2 if end - start >= _COLUMN_GAP * point else None


def _parted(band: list[Segment], between: float, walls: Ink, point: float) -> list[Segment]:
    """A band column by column if both are prose and nothing is ruled between the lines."""
    left = [each for each in band if each.box[2] <= between]
    right = [each for each in band if each.box[2] > between]
    if min(len(left), len(right)) < _COLUMN_LINES or not all(_is_prose(side, point) for side in (left, right)):
        return band
    top, bottom = min(each.box[1] for each in band), max(each.box[3] for each in band)
    x0, x1 = min(each.box[0] for each in band), max(each.box[2] for each in band)
    ruled = walls[top:bottom, x0:x1].any(axis=1).mean() > 0.02 if bottom > top else False
    return band if ruled and not _is_divider(walls[top:bottom, x0:x1], between - x0) else [*left, *right]


def _is_prose(side: Sequence[Segment], point: float) -> bool:
    """Whether most lines run from one edge of their column to the other."""
    width = max(each.box[2] for each in side) - min(each.box[0] for each in side)
    lines = _whole_lines(side, point)
    full = [line for line in lines if line.box[2] - line.box[0] >= _FILLED * width and _is_long(line, point)]
    return len(full) >= _PROSE * len(lines) and len(full) >= _COLUMN_LINES


def _whole_lines(side: Sequence[Segment], point: float) -> list[Segment]:
    """Pieces of one line put together again where no more than a wide space parts them."""
    lines: list[Segment] = []
    for each in side:
        last = lines[-1] if lines else None
        if last is not None and each.box[0] - last.box[2] < _SPACE * point and _shared(last.box, each.box) > 0.5:
            x0, top, x1, bottom = zip(last.box, each.box, strict=True)
            lines[-1] = Segment(last.glyphs + each.glyphs, (min(x0), min(top), max(x1), max(bottom)))
        else:
            lines.append(each)
    return lines


def _shared(one: PixelBox, other: PixelBox) -> float:
    """The share of the lower box's height on which two boxes stand side by side."""
    rows = min(one[3], other[3]) - max(one[1], other[1])
    return rows / max(1, min(one[3] - one[1], other[3] - other[1]))


def _is_long(segment: Segment, point: float) -> bool:
    return segment.box[2] - segment.box[0] >= _LONG * point and len(segment.glyphs) >= _GLYPHS


def _is_divider(walls: Ink, x: float) -> bool:
    """Whether all that is ruled is one upright line between the columns."""
    columns = np.flatnonzero(walls.any(axis=0))
    return bool(len(columns)) and bool((np.abs(columns - x) < 12).all())


def _is_list(lefts: npt.NDArray[np.int_], rights: npt.NDArray[np.int_], point: float) -> bool:
    """Whether the two sides are the columns of one list: the same rows, and the left ones short like labels."""
    if len(lefts) == 0 or len(rights) == 0:
        return False
    one, other = _rows(lefts), _rows(rights)
    alike = np.abs(one[:, None] - other[None, :]).min(axis=1) < 1.5 * point
    spread = float(np.median(rights[:, 2] - rights[:, 0]))
    label = float(np.median(lefts[:, 2] - lefts[:, 0]))
    return float(alike.mean()) > 0.85 and min(label, spread) < _LONG * point


def _rows(boxes: npt.NDArray[np.int_]) -> npt.NDArray[np.float64]:
    """The heights at which lines stand, one for each row of them."""
    if not len(boxes):
        return np.empty(0)
    bottoms = np.sort(boxes[:, 3])
    tall = max(1.0, float(np.median(boxes[:, 3] - boxes[:, 1])))
    starts = np.concatenate(((True,), np.diff(bottoms) > 0.5 * tall))
    return np.asarray(bottoms[starts], np.float64)


def _bodies(rules: Iterable[PixelBox], point: float) -> list[PixelBox]:
    """Rules that are no fold or shadow between two pages."""
    return [box for box in rules if box[2] - box[0] > 12 * point]


def _gaps(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The free stretches between spans on the x axis."""
    found = list[tuple[int, int]]()
    end = min((left for left, _ in spans), default=0)
    for left, right in sorted(spans):
        if left > end:
            found.append((end, left))
        end = max(end, right)
    return found


def _runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(((False,), flags, (False,))).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
