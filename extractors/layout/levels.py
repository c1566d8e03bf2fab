"""The level rules of a page, with those whole again that coarse print has broken into pieces."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.remembered import per_page
from models.document import Page
from models.geometry import Box

# Points, all set by hand on made-up faxes (benchmarks/quality.py prints what comes of them): pieces of one line differ
# in height by less, and a wider gap is none of a broken line.
_ONE_LINE, _GAP = 1.0, 24.0
_READ = ("ocr", "mixed")
# Points: the gap of a line that is hardly broken, and how long it is at least: short blanks may stand close together.
_MEET, _LONG = 4.0, 150.0
# Points between the foot of a word and the line it stands on; typed words may sink into it.
_ABOVE, _SUNK = 6.0, 4.0
# The share of a gap that a word covers, and the points by which it reaches over one of the pieces: a label between two
# blanks stands in the gap alone.
_COVERED, _REACHES = 0.5, 3.0


@per_page
def levels(page: Page) -> tuple[Box, ...]:
    """The level rules, top to bottom; pieces are one line where a word goes on from one over the gap to the next.

    Those of a file that is no picture are as they were drawn.
    """
    rules = sorted((rule.box for rule in page.rules if rule.horizontal), key=lambda box: (box.middle[1], box.x0))
    words = [word.box for word in page.words if word.box is not None]
    if page.source not in _READ:
        return tuple(rules)
    whole: list[Box] = []
    for row in _rows(rules):
        whole += _mended(row, words)
    return tuple(whole)


def _rows(rules: Sequence[Box]) -> list[list[Box]]:
    """The rules of each height, from left to right."""
    rows: list[list[Box]] = []
    for rule in rules:
        if rows and rule.middle[1] - rows[-1][0].middle[1] < _ONE_LINE:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    return [sorted(row, key=lambda box: box.x0) for row in rows]


def _mended(row: Sequence[Box], words: Sequence[Box]) -> Sequence[Box]:
    """The rules of a row, joined until nothing more can be: what was short may be long by then."""
    joined = _joined(row, words)
    return _mended(joined, words) if len(joined) < len(row) else joined


def _joined(row: Sequence[Box], words: Sequence[Box]) -> list[Box]:
    joined = [row[0]]
    y = row[0].middle[1]
    standing = [word for word in words if -_SUNK < y - word.bottom < _ABOVE] if len(row) > 1 else []
    for piece in row[1:]:
        before = joined[-1]
        if _hardly_broken(before, piece) or any(_goes_over(word, before, piece) for word in standing):
            joined[-1] = Box.around((before, piece))
        else:
            joined.append(piece)
    return joined


def _hardly_broken(before: Box, after: Box) -> bool:
    """Whether two pieces of a long line nearly meet."""
    return after.x0 - before.x1 < _MEET and after.x1 - before.x0 > _LONG


def _goes_over(word: Box, before: Box, after: Box) -> bool:
    """Whether a word on one of two pieces reaches over the gap between them."""
    gap = after.x0 - before.x1
    if not 0 < gap < _GAP:
        return False
    covered = min(word.x1, after.x0) - max(word.x0, before.x1)
    reaches = max(before.x1 - word.x0, word.x1 - after.x0)
    return covered >= _COVERED * gap and reaches >= _REACHES
