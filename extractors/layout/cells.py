"""Cells: the rectangle of ruled lines in which a text stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.remembered import per_page
from models.document import Page, Word
from models.geometry import Box

# How far (points) a rule may overlap the box it bounds: typed values often touch the line they stand on.
TOUCH = 3.5
# A level that more uprights meet than its own ends is a side of several cells, however short.
_MEETING = 2
# Points: how close a rule drawn for emphasis keeps to the ends and feet of its words.
_EMPHASIS = 3.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The ruled lines of a page, ready for the question "in which cell does this stand?"."""

    width: float
    height: float
    levels: tuple[Box, ...]
    uprights: tuple[Box, ...]

    def cell(self, box: Box) -> Box:
        """The space around `box` up to the nearest rule on each side, or the page's edge."""
        x, y = box.middle
        tall = box.height / 2
        top = max(
            (r.bottom for r in self.levels if r.x0 - 2 <= x <= r.x1 + 2 and r.middle[1] < y - min(tall, TOUCH) * 0.5),
            default=0.0,
        )
        bottom = min(
            (r.top for r in self.levels if r.x0 - 2 <= x <= r.x1 + 2 and r.middle[1] > y + min(tall, TOUCH) * 0.5),
            default=self.height,
        )
        left = max((r.x1 for r in self.uprights if r.top - 2 <= y <= r.bottom + 2 and r.middle[0] < x), default=0.0)
        right = min(
            (r.x0 for r in self.uprights if r.top - 2 <= y <= r.bottom + 2 and r.middle[0] > x), default=self.width
        )
        return Box(left, top, right, bottom)

    def ruled(self, cell: Box) -> bool:
        """Whether a cell is bounded by rules at least above and below."""
        return cell.top > 0 and cell.bottom < self.height

    def boxed(self, cell: Box) -> bool:
        """Whether a cell is bounded by rules on all four sides."""
        return self.ruled(cell) and cell.x0 > 0 and cell.x1 < self.width


@per_page
def grid(page: Page) -> Grid:
    """The grid of a page; short rules (underlined blanks) are kept out by `boxed` questions, not here.

    A level that reaches neither an upright nor half the page is an underlined blank, not the side of a cell.
    """
    uprights = tuple(rule.box for rule in page.rules if not rule.horizontal)
    levels = tuple(rule.box for rule in page.rules if rule.horizontal and _bounds(rule.box, uprights, _extent(page)))
    bands = tuple(
        side
        for band in page.bands
        for side in (
            Box(band.x0, band.top, band.x1, band.top + 0.1),
            Box(band.x0, band.bottom - 0.1, band.x1, band.bottom),
        )
    )
    width, height = _extent(page)
    return Grid(width, height, levels + bands, uprights)


@per_page
def blanks(page: Page) -> tuple[Box, ...]:
    """The underlined blanks of a page: level rules that bound no cell and underline no printed words."""
    uprights = tuple(rule.box for rule in page.rules if not rule.horizontal)
    levels = (rule.box for rule in page.rules if rule.horizontal)
    return tuple(
        level for level in levels if not _bounds(level, uprights, _extent(page)) and not _underlines(level, page.words)
    )


def _underlines(level: Box, words: Sequence[Word]) -> bool:
    """Whether a rule is as long as the words right above it, as it is drawn for emphasis."""
    above = [
        word.box
        for word in words
        if word.box is not None
        and -_EMPHASIS < level.middle[1] - word.box.bottom < _EMPHASIS
        and level.x0 - 2 <= word.box.middle[0] <= level.x1 + 2
    ]
    if not above:
        return False
    return (
        abs(min(box.x0 for box in above) - level.x0) < _EMPHASIS
        and abs(max(box.x1 for box in above) - level.x1) < _EMPHASIS
    )


def _bounds(level: Box, uprights: Sequence[Box], extent: tuple[float, float]) -> bool:
    if level.width > 0.8 * extent[0]:
        return True
    y = level.middle[1]
    meeting = [
        u for u in uprights if level.x0 - 5 < u.middle[0] < level.x1 + 5 and min(abs(u.top - y), abs(u.bottom - y)) < 3
    ]
    return len(meeting) > _MEETING or any(
        u.top - 4 <= y <= u.bottom + 4 and (abs(u.middle[0] - level.x0) < 5 or abs(u.middle[0] - level.x1) < 5)
        for u in uprights
    )


def _extent(page: Page) -> tuple[float, float]:
    """Width and height of the page in the reading frame."""
    return (page.height, page.width) if page.rotation in (90, 270) else (page.width, page.height)
