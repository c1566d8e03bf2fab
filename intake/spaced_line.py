"""Characters in the cells of a comb, read as one line: a lone "1" is a stroke, between other figures it is a one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from intake.ocr import OcrEngine, OcrWord
from intake.segments import Segment
from models.parsed import Pixels

# Points: how far apart the middles of cells are, and how uneven; the height of a character.
_NARROWEST, _WIDEST, _UNEVEN = 7.0, 24.0, 2.2
_LOWEST, _TALLEST = 4.0, 17.0
# Heights of a character: what parts two in a comb at least, and what is left between them in the line that is read.
_APART, _LEFT = 0.25, 0.22
# Fewer cells in a row may be the columns of a table. More glyphs than these in one are no single character.
_FEWEST, _GLYPHS = 4, 3
# The mean confidence that both readings need, and what a character is worth on which they agree.
_WELL, _WORTH = 0.8, 0.93
_ENLARGED = 1.5

Line = tuple[OcrWord, ...]


def read_spaced(
    segments: Sequence[Segment], pictures: Sequence[Pixels], *, engine: OcrEngine, dpi: float, margin: int, blur: float
) -> dict[int, Line]:
    """What stands in each segment that is a cell of a comb, by its number, where the comb's line reads without doubt.

    `pictures` are of each segment alone with `margin` pixels around it; `blur` in pixels as for other lines.
    """
    found: dict[int, Line] = {}
    rows = _combs(segments, dpi / 72)
    lines = [_line(row, segments, pictures, margin) for row in rows]
    plain = engine.read_lines([_blurred(line, blur) for line in lines], dpi)
    large = engine.read_lines([_larger(line) for line in lines], dpi)
    for row, one, other in zip(rows, plain, large, strict=True):
        text = "".join(word.text for word in one)
        if len(text) != len(row) or text != "".join(word.text for word in other) or not text.isalnum():
            continue
        if min(_mean(one), _mean(other)) < _WELL:
            continue
        for at, letter in zip(row, text, strict=True):
            rows_, columns = pictures[at].shape
            found[at] = (OcrWord(letter, margin, margin, columns - margin, rows_ - margin, _WORTH),)
    return found


def _combs(segments: Sequence[Segment], point: float) -> list[list[int]]:
    """Rows of single characters that stand evenly apart, as the numbers of their segments from left to right."""
    single = [at for at, segment in enumerate(segments) if _is_single(segment, point)]
    single.sort(key=lambda at: segments[at].box[0])
    rows: list[list[int]] = []
    for at in single:
        row = next((row for row in rows if _goes_on(segments, row, at, point)), None)
        if row is None:
            rows.append([at])
        else:
            row.append(at)
    return [row for row in rows if len(row) >= _FEWEST]


def _is_single(segment: Segment, point: float) -> bool:
    x0, top, x1, bottom = segment.box
    high = bottom - top
    return len(segment.glyphs) <= _GLYPHS and _LOWEST * point <= high <= _TALLEST * point and x1 - x0 <= 1.3 * high


def _goes_on(segments: Sequence[Segment], row: Sequence[int], at: int, point: float) -> bool:
    """Whether a character stands in the next cell of a row."""
    last, box = segments[row[-1]].box, segments[at].box
    high = max(last[3] - last[1], box[3] - box[1])
    if min(last[3], box[3]) - max(last[1], box[1]) < 0.6 * high or box[0] - last[2] < _APART * high:
        return False
    step = _middle(box) - _middle(last)
    if not _NARROWEST * point <= step <= _WIDEST * point:
        return False
    before = [_middle(segments[b].box) - _middle(segments[a].box) for a, b in itertools.pairwise(row)]
    return not before or abs(step - median(before)) <= _UNEVEN * point


def _middle(box: tuple[int, int, int, int]) -> float:
    return (box[0] + box[2]) / 2


def _line(row: Sequence[int], segments: Sequence[Segment], pictures: Sequence[Pixels], margin: int) -> Pixels:
    """The characters of a row side by side as a line of text."""
    boxes = [segments[at].box for at in row]
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    gap = max(2, round(_LEFT * median(box[3] - box[1] for box in boxes)))
    width = sum(box[2] - box[0] for box in boxes) + gap * (len(row) - 1)
    canvas = np.full((bottom - top + 2 * margin, width + 2 * margin), 255, np.uint8)
    x = 0
    for at, box in zip(row, boxes, strict=True):
        part = pictures[at]
        y = box[1] - top
        place = canvas[y : y + part.shape[0], x : x + part.shape[1]]
        np.minimum(place, part[: place.shape[0], : place.shape[1]], out=place)
        x += box[2] - box[0] + gap
    return canvas


def _blurred(line: Pixels, blur: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(line, (0, 0), blur), np.uint8) if blur else line


def _larger(line: Pixels) -> Pixels:
    return np.asarray(cv2.resize(line, None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC), np.uint8)


def _mean(words: Sequence[OcrWord]) -> float:
    return sum(word.confidence * len(word.text) for word in words) / max(1, sum(len(word.text) for word in words))
