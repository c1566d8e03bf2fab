"""Which way up a page is: first cheap votes of the letters' shapes, then a trial reading where these are weak."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from intake.image import Picture, binarise, levelled, skew, turned
from intake.morphology import Ink, Labels, find_bodies
from intake.segments import chained

# benchmarks/orientation.py prints how often pages of many kinds are turned right with these.
_SURE_LEVEL = 1.6
_SURE_VOTE = 0.3
_FEWEST_VOTES = 20
_FEWEST_LETTERS = 60
# A page of the smallest print has some 12,000 letters; more bodies of their size are halftone, hatching or dirt.
_MOST_LETTERS = 25_000
_LETTER_GAP = 0.3
# Inches along the edges that have no say: there stands the receiving machine's own line, upright however the page lies.
_MARGIN = 0.42

Trial = Callable[[Picture], float]


def upright(picture: Picture, trial: Trial) -> tuple[Picture, int, float]:
    """The picture upright and level, the clockwise turn in degrees that made it so, and the skew taken out after it.

    `trial` reads a part of a picture and tells its mean word confidence 0..1; it is asked only where the letters'
    shapes do not decide.
    """
    letters = _letters(binarise(picture.gray, bilevel=picture.bilevel), picture.dpi)
    if len(find_bodies(letters).stats) > _MOST_LETTERS:
        return picture, 0, 0.0
    ratio = _along(letters) / _along(np.ascontiguousarray(letters.T))
    bases = [0] if ratio > _SURE_LEVEL else [90] if ratio < 1 / _SURE_LEVEL else [0, 90]
    candidates: list[tuple[Picture, int, float]] = []
    for base in bases:
        candidate = _levelled(turned(picture, base))
        vote, votes = _vote(_letters(binarise(candidate[0].gray, bilevel=picture.bilevel), picture.dpi))
        if len(bases) == 1 and votes >= _FEWEST_VOTES and abs(vote) >= _SURE_VOTE:
            turn = 0 if vote > 0 else 180
            return turned(candidate[0], turn), (base + turn) % 360, candidate[1]
        candidates += [(turned(candidate[0], turn), (base + turn) % 360, candidate[1]) for turn in (0, 180)]
    if not letters.any():
        return candidates[0]
    return max(candidates, key=lambda each: trial(each[0]) + (0.02 if each[1] == 0 else 0.0))


def _levelled(picture: Picture) -> tuple[Picture, float]:
    angle = skew(binarise(picture.gray, bilevel=picture.bilevel))
    return levelled(picture, angle), angle


def _along(letters: Ink) -> float:
    """How many bodies stand in rows of neighbours, as letters of a word do along the line but not across it."""
    stats = find_bodies(letters).stats
    order = [int(index) for index in np.argsort(stats[1:, 0], kind="stable") + 1]
    return 1.0 + sum(len(chain) for chain in chained(stats, order, reach=_LETTER_GAP) if len(chain) >= 4)


def _letters(ink: Ink, dpi: float) -> Ink:
    """Only the bodies of the size of letters, those near the edges left out where there are enough others."""
    point = dpi / 72
    bodies = find_bodies(ink)
    left, top, wide, high, _ = bodies.stats.T
    size = np.maximum(wide, high)
    letters = (size >= 3 * point) & (size <= 26 * point)
    margin = _MARGIN * dpi
    inside = (top + high > margin) & (top < ink.shape[0] - margin) & (left + wide > margin)
    inside = letters & inside & (left < ink.shape[1] - margin)
    return bodies.only(inside if inside.sum() >= _FEWEST_LETTERS else letters)


def _vote(letters: Ink) -> tuple[float, int]:
    """Ascenders against descenders, -1..1 (positive: upright), and how many there were.

    Latin text and digits have several times more strokes above the body of the letters than below it.
    """
    rising = falling = 0
    for line in _lines(find_bodies(letters).stats[1:]):
        tops, bottoms = line[:, 1], line[:, 1] + line[:, 3]
        base, mean = float(np.median(bottoms)), float(np.median(tops))
        body = base - mean
        if body < 2:
            continue
        stands, hangs = np.abs(bottoms - base) <= 0.15 * body + 1, np.abs(tops - mean) <= 0.15 * body + 1
        rising += int((stands & (tops < mean - 0.22 * body)).sum())
        falling += int((hangs & (bottoms > base + 0.18 * body)).sum())
    votes = rising + falling
    return ((rising - falling) / votes if votes else 0.0), votes


def _lines(stats: Labels) -> list[Labels]:
    """Bodies in chains of neighbours on the same rows; at least eight make a line."""
    order = [int(index) for index in np.argsort(stats[:, 0], kind="stable")]
    return [stats[chain] for chain in chained(stats, order, reach=1.2) if len(chain) >= 8]
