"""Line segments of a form page: runs of glyphs on one baseline, parted by gaps, rules and jumps of the baseline."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from intake.morphology import Bodies, Ink, Labels, PixelBox, framed, grown
from models.parsed import Pixels

# Pixel rows a shelf of `chained`; only its speed depends on it.
_SHELF = 16
# Words after which `_joined` forgets the runs that lie too far back; only its speed depends on it.
_SWEEP = 64
# Chains on a shelf from which on those that ended are taken off it; only the speed depends on it.
_CROWDED = 12
# The share of the smaller letters' height on which a label and its value, on another baseline, stand side by side.
_SIDE_BY_SIDE = 0.25
# Points: the height of pieces that may have broken off a letter, and the gap of the break.
_PIECE, _BROKEN = 5.0, 0.8
# Of the height of a line's letters: how high at most a piece is that coarse print left of one of them, how far it may
# stand out of the line, at its ends and above or below. Of glyphs: how many pieces may have been taken for a word.
_SHARD, _STICKS_OUT, _OVER, _SHARDS = 0.75, 0.25, 0.12, 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of glyphs: their numbers among the bodies of ink, and the box around them in pixels."""

    glyphs: tuple[int, ...]
    box: PixelBox


def find_segments(glyphs: Bodies, walls: Ink, dpi: float) -> tuple[Segment, ...]:
    """Group glyphs to words and words to segments, in reading order (top to bottom, left to right)."""
    point = dpi / 72
    solid = _solid(glyphs.stats, point)
    dashes = _dashes(glyphs.stats, point)
    solid = [index for index in solid if index not in dashes]
    words = [_Run.of(glyphs.stats, group) for group in chained(glyphs.stats, solid, reach=0.38, walls=walls)]
    words = _reunited(words, glyphs.stats, point)
    words = [word for word in words if len(word.glyphs) > 1 or not _is_speck(glyphs.stats[word.glyphs[0]], point)]
    runs = _joined(words + [_Run.of(glyphs.stats, [index], dash=True) for index in dashes], walls)
    runs = _with_pieces([run for run in runs if not run.dash])
    runs = _with_specks(runs, glyphs.stats, point)
    return tuple(Segment(tuple(run.glyphs), run.box) for row in _rows(runs) for run in row)


def cut(gray: Pixels, glyphs: Bodies, segment: Segment, *, margin: int) -> Pixels:
    """The picture of one segment alone on white, its neighbours' ink taken away, `margin` pixels added around."""
    x0, top, x1, bottom = segment.box
    rows, columns = gray.shape
    left, right = max(0, x0 - 2), min(columns, x1 + 2)
    upper, lower = max(0, top - 2), min(rows, bottom + 2)
    part = glyphs.labels[upper:lower, left:right]
    own = np.isin(part, segment.glyphs)
    near = grown(np.asarray(own, dtype=np.uint8), 3, 3) > 0
    window = np.where(near & (own | (part == 0)), gray[upper:lower, left:right], 255).astype(np.uint8)
    return framed(
        window,
        left=margin - (x0 - left),
        top=margin - (top - upper),
        right=margin - (right - x1),
        bottom=margin - (lower - bottom),
        value=255,
    )


@dataclass(slots=True, eq=False)
class _Run:
    """Glyphs on one baseline `base`, `size` the height of their letters; a lone `dash` has neither."""

    glyphs: list[int]
    box: PixelBox
    base: float
    size: float
    dash: bool = False

    @staticmethod
    def of(stats: Labels, glyphs: list[int], *, dash: bool = False) -> _Run:
        part = stats[glyphs]
        heights = part[:, 3]
        tall = part[heights >= 0.6 * heights.max()]
        bottoms = tall[:, 1] + tall[:, 3]
        return _Run(glyphs, _box_of(part), float(np.median(bottoms)), float(np.median(tall[:, 3])), dash)


def _solid(stats: Labels, point: float) -> list[int]:
    """Bodies that may be letters or parts of them, from left to right."""
    height, width = stats[:, 3], stats[:, 2]
    big = (height >= 2.6 * point) | (width >= 2.6 * point)
    sane = (height >= 1.2 * point) & (height <= 40 * point) & (width <= 60 * point)
    found = np.flatnonzero(big & sane)
    found = found[found > 0]
    return [int(index) for index in found[np.argsort(stats[found, 0], kind="stable")]]


def chained(stats: Labels, order: Sequence[int], *, reach: float, walls: Ink | None = None) -> list[list[int]]:
    """Chains of bodies that follow each other within `reach` heights and share rows; `order` is from left to right."""
    chains: list[list[int]] = []
    tails: list[tuple[int, int, int, int]] = []
    shelves: defaultdict[int, list[int]] = defaultdict(list)
    farthest = reach * int(stats[list(order), 3].max(initial=0))
    for index in order:
        x, y, w, h = (int(v) for v in stats[index, :4])
        near = set[int]()
        for shelf in range(y // _SHELF - 1, (y + h) // _SHELF + 2):
            if len(shelves[shelf]) > _CROWDED:
                shelves[shelf] = [number for number in shelves[shelf] if x - tails[number][2] <= farthest]
            near.update(shelves[shelf])
        best, least = -1, 1e9
        for number in near:
            cost = _distance(tails[number], (x, y, x + w, h), reach)
            if cost < least and (walls is None or not _walled(walls, tails[number][2], x, y, y + h)):
                best, least = number, cost
        if best < 0:
            best = len(chains)
            chains.append([])
            tails.append((x, y, x + w, h))
        for shelf in range(tails[best][1] // _SHELF, (tails[best][1] + tails[best][3]) // _SHELF + 1):
            if best in shelves[shelf]:
                shelves[shelf].remove(best)
        chains[best].append(index)
        _, ty, tx1, th = tails[best]
        tails[best] = (x, y, max(tx1, x + w), h) if h >= 0.6 * th else (x, ty, max(tx1, x + w), th)
        for shelf in range(tails[best][1] // _SHELF, (tails[best][1] + tails[best][3]) // _SHELF + 1):
            shelves[shelf].append(best)
    return chains


def _distance(tail: tuple[int, int, int, int], body: tuple[int, int, int, int], reach: float) -> float:
    """How far a body is from the last one of a chain that it may follow; infinite where it may not."""
    _, ty, tx1, th = tail
    x, y, _, h = body
    low, tall = (h, th) if h < th else (th, h)
    gap = x - tx1
    if gap > reach * tall:
        return math.inf
    shared = min(y + h, ty + th) - max(y, ty)
    if shared >= 0.5 * low and tall <= 3.2 * low:
        return max(0.0, gap)
    return math.inf


def _reunited(words: list[_Run], stats: Labels, point: float) -> list[_Run]:
    """Give lone pieces back to the letter they broke off right above or below: loops of g, halves of a letter."""
    lone = [word for word in words if len(word.glyphs) == 1 and word.size < _PIECE * point]
    whole = [word for word in words if len(word.glyphs) > 1]
    if not lone or not whole:
        return words
    owner = np.repeat(np.arange(len(whole)), [len(word.glyphs) for word in whole])
    corners = np.concatenate([stats[word.glyphs, :4] for word in whole]).astype(np.int64)
    corners[:, 2:] += corners[:, :2]
    kept = [word for word in words if word not in lone]
    for word in lone:
        x0, top, x1, bottom = word.box
        shared = np.minimum(corners[:, 2], x1) - np.maximum(corners[:, 0], x0)
        apart = np.maximum(corners[:, 1] - bottom, top - corners[:, 3])
        close = (shared >= 0.5 * (x1 - x0)) & (apart <= _BROKEN * point) & (apart >= -0.5 * (bottom - top))
        if close.any():
            whole[int(owner[int(np.argmin(np.where(close, apart, np.inf)))])].glyphs.append(word.glyphs[0])
        else:
            kept.append(word)
    return kept


def _with_pieces(runs: list[_Run]) -> list[_Run]:
    """Give pieces of letters back to the line within which they stand: half a T is no quotation mark."""
    lines = [run for run in runs if len(run.glyphs) > _SHARDS]
    if not lines:
        return runs
    boxes = np.array([run.box for run in lines], np.float64)
    sizes = np.array([run.size for run in lines])
    kept = []
    for run in runs:
        x0, top, x1, bottom = run.box
        inside = (x0 >= boxes[:, 0] - _STICKS_OUT * sizes) & (x1 <= boxes[:, 2] + _STICKS_OUT * sizes)
        inside &= (top >= boxes[:, 1] - _OVER * sizes) & (bottom <= boxes[:, 3] + _OVER * sizes)
        inside &= bottom - top <= _SHARD * sizes
        if len(run.glyphs) > _SHARDS or not inside.any():
            kept.append(run)
        else:
            lines[int(np.argmax(inside))].glyphs.extend(run.glyphs)
    return kept


def _walled(walls: Ink, left: int, right: int, top: int, bottom: int) -> bool:
    """Whether an upright rule stands between two glyphs."""
    if right <= left:
        return False
    part = walls[top:bottom, left:right]
    return bool(part.size and part.mean(axis=0).max() > 0.7)


def _joined(words: list[_Run], walls: Ink) -> list[_Run]:
    """Segments: words that stand on one baseline within about an em."""
    runs: list[_Run] = []
    near: list[_Run] = []
    widest = 1.2 * max((word.size for word in words), default=0.0)
    for number, word in enumerate(sorted(words, key=lambda run: run.box[0])):
        best, gap_of_best = None, 1e9
        if number % _SWEEP == 0:
            near = [run for run in near if word.box[0] - run.box[2] <= widest]
        for run in near:
            gap = word.box[0] - run.box[2]
            if gap < gap_of_best and _continues(run, word, gap):
                top, bottom = max(word.box[1], run.box[1]), min(word.box[3], run.box[3])
                if word.dash or not _walled(walls, run.box[2], word.box[0], top, bottom):
                    best, gap_of_best = run, gap
        if best is None:
            runs.append(word)
            near.append(word)
        else:
            _extend(best, word)
    return runs


def _continues(run: _Run, word: _Run, gap: int) -> bool:
    if run.dash:
        return False
    if word.dash:
        return -2 <= gap <= 1.1 * run.size and run.base - run.size < word.box[1] < run.base - 0.1 * run.size
    small, large = sorted((word.size, run.size))
    level = abs(word.base - run.base) <= 0.22 * large and large <= 2.4 * small
    return level and -0.5 * large < gap <= 1.1 * large


def _extend(run: _Run, word: _Run) -> None:
    old, new = len(run.glyphs), len(word.glyphs)
    run.glyphs = run.glyphs + word.glyphs
    run.box = _around((run.box, word.box))
    if not word.dash:
        run.base = word.base if new > 2 else (run.base * old + word.base * new) / (old + new)
        run.size = (run.size * old + word.size * new) / (old + new)


def _rows(runs: list[_Run]) -> list[list[_Run]]:
    """Runs that stand side by side, from left to right, the rows from top to bottom."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda each: each.base - each.size / 2):
        first = rows[-1][0] if rows else run
        shared = min(run.base, first.base) - max(run.base - run.size, first.base - first.size)
        if rows and shared >= _SIDE_BY_SIDE * min(run.size, first.size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda each: each.box[0]) for row in rows]


def _dashes(stats: Labels, point: float) -> list[int]:
    """Bodies that look like a hyphen or a dash."""
    width, height = stats[:, 2], stats[:, 3]
    flat = (width >= 1.8 * height) & (height <= 2.2 * point) & (width >= 1.6 * point) & (width <= 16 * point)
    full = stats[:, 4] >= 0.7 * width * height
    return [int(index) for index in np.flatnonzero(flat & full) if index]


def _is_speck(body: Labels, point: float) -> bool:
    """Whether a body that stands alone is rather a comma, a quote or a dot than a letter."""
    return bool((body[3] < 4.2 * point and body[2] < 0.7 * body[3]) or body[3] < 2.6 * point)


def _with_specks(runs: list[_Run], stats: Labels, point: float) -> list[_Run]:
    """Give dots, commas, asterisks, accents and broken-off pieces to the segment whose glyphs are nearest."""
    if not runs:
        return []
    taken = {index for run in runs for index in run.glyphs}
    owner = np.repeat(np.arange(len(runs)), [len(run.glyphs) for run in runs])
    corners = np.concatenate([stats[run.glyphs, :4] for run in runs]).astype(np.int64)
    corners[:, 2:] += corners[:, :2]
    sizes = np.array([run.size for run in runs])[owner]
    order = np.argsort(corners[:, 1], kind="stable")
    owner, corners, sizes = owner[order], corners[order], sizes[order]
    deepest = int((corners[:, 3] - corners[:, 1]).max() + 0.3 * sizes.max()) + 1
    small = (stats[:, 3] <= 6 * point) & (stats[:, 2] <= 9 * point) & (stats[:, 4] >= 3)
    for index in np.flatnonzero(small):
        if index == 0 or int(index) in taken:
            continue
        x, y, w, h = (int(v) for v in stats[index][:4])
        first, last = np.searchsorted(corners[:, 1], (y - deepest, y + h + deepest))
        part, size = corners[first:last], sizes[first:last]
        beside = np.maximum(0, np.maximum(part[:, 0] - (x + w), x - part[:, 2]))
        above = np.maximum(0, np.maximum(part[:, 1] - (y + h), y - part[:, 3]))
        reach = 0.9 if max(w, h) >= 1.8 * point else 0.4
        away = np.where((beside <= reach * size) & (above <= 0.3 * size), beside + 2 * above, np.inf)
        nearest = int(np.argmin(away)) if len(away) else -1
        if nearest >= 0 and np.isfinite(away[nearest]):
            runs[int(owner[first + nearest])].glyphs.append(int(index))
    for run in runs:
        run.box = _box_of(stats[run.glyphs])
    return runs


def _box_of(part: Labels) -> PixelBox:
    right, bottom = part[:, 0] + part[:, 2], part[:, 1] + part[:, 3]
    return int(part[:, 0].min()), int(part[:, 1].min()), int(right.max()), int(bottom.max())


def _around(boxes: Iterable[PixelBox]) -> PixelBox:
    every = list(boxes)
    return (
        min(box[0] for box in every),
        min(box[1] for box in every),
        max(box[2] for box in every),
        max(box[3] for box in every),
    )
