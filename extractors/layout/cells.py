"""Cells: the rectangle of ruled lines in which a text stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.layout.levels import levels
from extractors.layout.remembered import per_page
from models.document import Page, Word
from models.geometry import Box

# How far (points) a rule may overlap the box it bounds: typed values often touch the line they stand on.
TOUCH = 3.5
# A level that more uprights meet than its own ends is a side of several cells, however short.
_MEETING = 2
# Points: how close a rule drawn for emphasis keeps to the ends and feet of its words.
_EMPHASIS = 3.0
# Points: a line that ends beside an upright without meeting it stops short of it by more; rules of one row of blanks
# differ in height by less; and an upright that passes a level goes on by more on both sides of it.
_SHORT_OF, _ONE_ROW, _PASSES = 1.2, 1.0, 5.0
# Points: shorter blanks are for a tick.
_SHORT_BLANK = 30.0


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
    sides = tuple(_sides_of_cells(page, uprights))
    bands = tuple(
        side
        for band in page.bands
        for side in (
            Box(band.x0, band.top, band.x1, band.top + 0.1),
            Box(band.x0, band.bottom - 0.1, band.x1, band.bottom),
        )
    )
    width, height = _extent(page)
    return Grid(width, height, sides + bands, uprights)


@per_page
def blanks(page: Page) -> tuple[Box, ...]:
    """The underlined blanks of a page: level rules that bound no cell and underline no printed words."""
    uprights = tuple(rule.box for rule in page.rules if not rule.horizontal)
    sides = set(_sides_of_cells(page, uprights))
    open_ = [level for level in levels(page) if level not in sides]
    emphasis = {level for level in open_ if _underlines(level, page.words)}
    # What fills its blank to the end looks underlined; a blank beside it on the row tells that it is none for emphasis.
    return tuple(level for level in open_ if level not in emphasis or _in_row(level, open_, emphasis))


def _sides_of_cells(page: Page, uprights: Sequence[Box]) -> Iterator[Box]:
    """The level rules that bound cells; a wide one that begins and ends where short blanks do is a blank like them."""
    extent = _extent(page)
    drawn = levels(page)
    bounding = [level for level in drawn if _bounds(level, uprights, extent)]
    short = [level for level in drawn if level not in bounding and level.width > _SHORT_BLANK]
    for level in bounding:
        begins = any(abs(other.x0 - level.x0) < _ONE_ROW for other in short)
        ends = any(abs(other.x1 - level.x1) < _ONE_ROW for other in short)
        if not (begins and ends and _alone(level, uprights)):
            yield level


def _alone(level: Box, uprights: Sequence[Box]) -> bool:
    """Whether a level meets no upright."""
    y = level.middle[1]
    return not any(u.top - 4 <= y <= u.bottom + 4 and level.x0 - 5 < u.middle[0] < level.x1 + 5 for u in uprights)


def _in_row(level: Box, blanks_: Sequence[Box], emphasis: set[Box]) -> bool:
    return any(abs(o.middle[1] - level.middle[1]) < _ONE_ROW for o in blanks_ if o is not level and o not in emphasis)


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
    if len(meeting) > _MEETING:
        return True
    at_ends = [
        [u for u in uprights if u.top - 4 <= y <= u.bottom + 4 and abs(u.middle[0] - x) < 5]
        for x in (level.x0, level.x1)
    ]
    if all(at_ends) or not any(at_ends):
        return all(at_ends)
    # A blank may end close to the side of a frame that goes on above and below it; a side of a cell meets it there.
    x, beside = (level.x0, at_ends[0]) if at_ends[0] else (level.x1, at_ends[1])
    return any(abs(u.middle[0] - x) < _SHORT_OF or not u.top + _PASSES < y < u.bottom - _PASSES for u in beside)


def _extent(page: Page) -> tuple[float, float]:
    """Width and height of the page in the reading frame."""
    return (page.height, page.width) if page.rotation in (90, 270) else (page.width, page.height)
