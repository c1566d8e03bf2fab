"""Fax headers are taken out of the pages: they are the machines' words, and answer no question of a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from rapidfuzz import fuzz

from intake.fax_line import ENOUGH, FaxLine, parse_line
from models.document import FaxHeader, Page, Word
from models.geometry import Box

# Points from the edge at which the page was fed: sending machines write within the first half inch (ITU-T T.30 leaves
# the place to the maker). A line without a clock must stand where forms print nothing.
_HIGH, _HIGHEST, _SECOND = 33.0, 18.0, 48.0
_CLOCKLESS = 2.2
# A clock alone, its line perhaps overprinting the page's own, stands where only machines write.
_CLOCK_ALONE, _UTMOST = 2.0, 14.0
# A page whose own line is damaged has one where the other pages of the document have theirs.
_SAME_PLACE, _SOME, _ALIKE = 9.0, 1.0, 60.0
# Machines write two lines close to each other when a fax was forwarded.
_NEXT_LINE = 22.0
_WIDE_GAP = 1.9
# A box this much taller than the words of a row is a logo or a rule beside it, not one of its words.
_TALL = 1.8


Frame = Callable[[Page, Box], Box]


@dataclass(frozen=True, slots=True)
class _Line:
    """Words on one line along an edge of the sheet; `frame` turns boxes so that this edge is on top.

    `y` is the distance of the line's middle from the edge, `band` that of its upper and lower end, in points; `tallest`
    is the height up to which a box can belong to it.
    """

    words: tuple[Word, ...]
    boxes: tuple[Box, ...]
    tallest: float
    frame: Frame
    y: float
    band: tuple[float, float]
    text: str
    told: FaxLine


def part_headers(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages of one document, each with its fax headers taken out of its words.

    A line is known by its place and by what it says: clock, page, number (`intake.fax_line`); one that is too damaged
    to be known alone is known by the lines of the other pages. Pages that were never on paper have none.
    """
    lines = [_lines(page) if _was_paper(page) else () for page in pages]
    found = [_sure(each) for each in lines]
    patterns = [line for each in found for line in each[:1]]
    for at, each in enumerate(lines):
        if not found[at]:
            found[at] = tuple(_like(each, patterns))[:1]
    return tuple(_parted(page, headers) for page, headers in zip(pages, found, strict=True))


def _was_paper(page: Page) -> bool:
    return page.source == "ocr" or page.dpi is not None


def _sure(lines: Sequence[_Line]) -> tuple[_Line, ...]:
    """The header lines of a page by their own words, outermost first."""
    found: list[_Line] = []
    for line in lines:
        reach = min(_SECOND, found[-1].y + _NEXT_LINE) if found else _HIGH
        if (line.told.score >= ENOUGH and line.told.machine and line.y <= reach) or (not found and _at_the_edge(line)):
            found.append(line)
    return tuple(found)


def _at_the_edge(line: _Line) -> bool:
    """Whether a line that says less stands so high that no form prints there."""
    clock = line.told.sent_at is not None and line.told.score >= _CLOCK_ALONE and line.y <= _UTMOST
    return clock or (line.told.score >= _CLOCKLESS and line.told.machine and line.y <= _HIGHEST)


def _like(lines: Sequence[_Line], patterns: Sequence[_Line]) -> Iterator[_Line]:
    """Lines that stand where the other pages have theirs and say something alike."""
    for line in lines:
        for pattern in patterns:
            if abs(line.y - pattern.y) <= _SAME_PLACE and _alike(line, pattern):
                yield line
                break


def _alike(line: _Line, pattern: _Line) -> bool:
    """Whether two lines say the same; where the line has signs of its own, its figures may be other ones."""
    if fuzz.ratio(line.text, pattern.text) >= _ALIKE:
        return True
    return line.told.score >= _SOME and fuzz.ratio(_masked(line.text), _masked(pattern.text)) >= _ALIKE


def _masked(text: str) -> str:
    return re.sub(r"\d", "0", text)


def _parted(page: Page, headers: Sequence[_Line]) -> Page:
    if not headers:
        return replace(page, margin=()) if page.margin else page
    kept = tuple(word for word in page.words if word.box is None or not _of_row(page, word, headers))
    ink = tuple(region for region in page.ink if not _covered(page, region.box, headers))
    bands = tuple(band for band in page.bands if not _covered(page, band, headers))
    return replace(
        page,
        words=kept,
        ink=ink,
        bands=bands,
        fax_headers=tuple(_header(line) for line in headers),
        margin=(),
        blank=page.blank or not (kept or ink or bands or page.checkboxes or page.form_fields),
    )


def _header(line: _Line) -> FaxHeader:
    told = line.told
    return FaxHeader(
        words=line.words,
        box=Box.around(word.box for word in line.words if word.box is not None),
        sender=told.sender,
        number=told.number,
        to=told.to,
        sent_at=told.sent_at,
        swapped_at=told.swapped_at,
        page=told.page,
        of=told.of,
        confidence=_confidence(line.words),
    )


def _confidence(words: Sequence[Word]) -> float:
    known = [(word.confidence, len(word.text)) for word in words if word.confidence is not None]
    weight = sum(length for _, length in known)
    return round(sum(sure * length for sure, length in known) / weight, 3) if weight else 1.0


def _covered(page: Page, box: Box, headers: Sequence[_Line]) -> bool:
    """Whether a box that is no taller than a line lies with its middle on it."""
    for line in headers:
        placed, (top, bottom) = line.frame(page, box), line.band
        if top <= placed.middle[1] <= bottom and placed.height <= _TALL * (bottom - top):
            return True
    return False


def _of_row(page: Page, word: Word, headers: Sequence[_Line]) -> bool:
    """Whether a word is one of a line's, or another reading of what stands on the line."""
    for line in headers:
        if any(word is own for own in line.words):
            return True
        placed = line.frame(page, word.box) if word.box is not None else None
        if placed is not None and placed.height <= line.tallest and _level(line.boxes, placed):
            return True
    return False


def _lines(page: Page) -> tuple[_Line, ...]:
    """The lines along the edges at which the page may have been fed, outermost first."""
    found = list(_along(page, page.words, _upright))
    if page.margin:
        low = all(word.box is not None and page.received(word.box).middle[1] > page.height / 2 for word in page.margin)
        for line in _along(page, page.margin, _reversed if low else _received):
            twin = next((other for other in found if abs(other.y - line.y) < _SAME_PLACE), None)
            if twin is not None and page.rotation == 0 and not low:
                if twin.told.score > line.told.score:
                    continue
                found.remove(twin)
            found.append(line)
    return tuple(sorted(found, key=lambda line: line.y))


def _along(page: Page, words: Sequence[Word], frame: Frame) -> Iterator[_Line]:
    placed = [(word, frame(page, word.box)) for word in words if word.box is not None]
    high = [(word, box) for word, box in placed if box.middle[1] <= _SECOND]
    left_out = {id(word) for row in _rows(high) for word, box in row if box.height > _TALL * _word_height(row)}
    for row in _rows([(word, box) for word, box in high if id(word) not in left_out]):
        row.sort(key=lambda pair: pair[1].x0)
        text, boxes, height = _text(row), tuple(box for _, box in row), _word_height(row)
        middles = [box.middle[1] for box in boxes]
        band = min(middles) - height / 2 - 1.5, max(middles) + height / 2 + 1.5
        yield _Line(
            words=tuple(word for word, _ in row),
            boxes=boxes,
            tallest=_TALL * height,
            frame=frame,
            y=fmean(middles),
            band=band,
            text=text,
            told=parse_line(text),
        )


def _rows(placed: Sequence[tuple[Word, Box]]) -> list[list[tuple[Word, Box]]]:
    rows: list[list[tuple[Word, Box]]] = []
    for word, box in sorted(placed, key=lambda pair: pair[1].middle[1]):
        row = next((row for row in rows if _level([other for _, other in row], box)), None)
        if row is None:
            rows.append([(word, box)])
        else:
            row.append((word, box))
    return rows


def _word_height(row: Sequence[tuple[Word, Box]]) -> float:
    """The median height of a row's words; dashes and dots count only where there is nothing else."""
    heights = [box.height for word, box in row if sum(char.isalnum() for char in word.text) >= 2]
    return median(heights or [box.height for _, box in row])


def _level(row: Sequence[Box], box: Box) -> bool:
    """Whether a word stands on a row: its middle is near that of the row's nearest word."""
    near = min(row, key=lambda other: abs(other.middle[0] - box.middle[0]))
    return abs(near.middle[1] - box.middle[1]) <= 0.5 * max(near.height, box.height, 4.0)


def _text(row: Sequence[tuple[Word, Box]]) -> str:
    """The words with one space between them, two where the gap is wide."""
    text = ""
    height = sorted(box.height for _, box in row)[len(row) // 2]
    for (word, box), before in zip(row, (None, *row), strict=False):
        if before is not None:
            text += "  " if box.x0 - before[1].x1 > _WIDE_GAP * height else " "
        text += word.text
    return text


def _received(page: Page, box: Box) -> Box:
    """As the sheet was received: the machine's line is upright there, however the page itself lies."""
    return page.received(box)


def _reversed(page: Page, box: Box) -> Box:
    """As the sheet was received before somebody turned it upside down."""
    placed = page.received(box)
    return Box(page.width - placed.x1, page.height - placed.bottom, page.width - placed.x0, page.height - placed.top)


def _upright(page: Page, box: Box) -> Box:
    """As the page is read, but as crooked as it was fed: the line is level with the sheet."""
    placed, width, height = page.received(box), page.width, page.height
    if page.rotation == 90:
        return Box(height - placed.bottom, placed.x0, height - placed.top, placed.x1)
    if page.rotation == 270:
        return Box(placed.top, width - placed.x1, placed.bottom, width - placed.x0)
    return _reversed(page, box) if page.rotation == 180 else placed
