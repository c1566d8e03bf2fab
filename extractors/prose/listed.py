"""The list below an asking sentence or a heading: one thing a bullet, number or line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.annotation.letter_words import closes, greets, letter_words
from extractors.annotation.lines import Line
from extractors.normalize.codes import find_service_codes
from extractors.prose.said import Letter
from models.geometry import Span

BULLET = re.compile(r"\s*(?:[-–—•*▪●·○◦»>□☐o](?=\s)|\(?\d{1,2}[.)](?=\s)|\(?[a-h][.)](?=\s))\s*")
# A line that ends so goes on.
_OPEN = re.compile(
    r"(?:[,(/&–-]|\b(?:from|to|for|and|or|of|with|without|the|an?|in|on|at|by|per|through|code|CPT|HCPCS))$"
)
# Points. Lines set in by this much hang below the text; a new line follows within this many heights of the last.
_INSET, _NEAR = 5.0, 1.6
# Things. No letter asks for more.
_MOST = 12


def listed(letter: Letter, at: int) -> Iterator[Span]:
    """The things listed on the lines that begin at or after the place `at` in the text, each without its bullet."""
    lines = [line for line in letter.lines if line.span.start >= at]
    margin = _margin(letter)
    group: list[Line] = []
    found = 0
    for line in lines:
        begins = _begins(group, line, margin, right=right_edge(letter.lines, line.page))
        if begins is None or greets(line) or closes(line) or headed(line):
            break
        if begins and group:
            found += 1
            yield _whole(letter, group)
            group = []
        if found == _MOST:
            return
        group.append(line)
    if group:
        yield _whole(letter, group)


def headed(line: Line) -> bool:
    """Whether a line is a heading above what is asked for."""
    return line.plain in letter_words().headings


def wraps(line: Line, following: Line, right: float) -> bool:
    """Whether a line was broken because the next word had no room: what follows goes on with it."""
    first = following.words[0].box
    if line.box is None or first is None:
        return following.text[:1].islower()
    return line.box.x1 + first.width + 0.5 * first.height > right - 2.0


def right_edge(lines: Sequence[Line], page: int) -> float:
    """How far to the right the lines of a page reach, in points."""
    return max((line.box.x1 for line in lines if line.box and line.page == page), default=0.0)


def _begins(group: Sequence[Line], line: Line, margin: float, *, right: float) -> bool | None:
    """Whether a line begins another thing of the list; None where the list is over."""
    marked = BULLET.match(line.text) is not None
    inset = line.box is not None and line.box.x0 > margin + _INSET
    coded = any(True for _ in find_service_codes(line.text))
    if not group:
        return True if marked or inset or coded else None
    last, first = group[-1], group[0]
    if first.box is not None and line.box is not None and line.box.x0 < first.box.x0 - _INSET:
        return None
    if marked or (coded and line.text[:1].isupper() and not _OPEN.search(last.text)):
        return True
    hangs = BULLET.match(first.text) is not None and line.box is not None and first.box is not None
    if _near(last, line) and (wraps(last, line, right) or _OPEN.search(last.text) or (hangs and _deeper(first, line))):
        return False
    if not _near(last, line) and not inset:
        return None
    return True if inset or coded else None


def _deeper(first: Line, line: Line) -> bool:
    return first.box is not None and line.box is not None and line.box.x0 > first.box.x0 + 4


def _near(last: Line, line: Line) -> bool:
    if last.box is None or line.box is None:
        return True
    return last.page == line.page and line.box.top - last.box.bottom < _NEAR * max(last.box.height, line.box.height)


def _margin(letter: Letter) -> float:
    """Where the letter's lines begin, in points: the leftmost place that many of them share."""
    starts = sorted(line.box.x0 for line in letter.lines if line.box and len(line.words) >= 5)
    return starts[len(starts) // 10] if starts else 0.0


def _whole(letter: Letter, group: Sequence[Line]) -> Span:
    start, end = group[0].span.start, group[-1].span.end
    bullet = BULLET.match(letter.text, start, end)
    return Span(bullet.end() if bullet else start, end)
