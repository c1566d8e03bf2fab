"""Runs: words that stand together on one line, without a wide gap or a ruled line between them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.layout.cells import blanks
from extractors.layout.combs import joined
from extractors.layout.remembered import per_page
from extractors.layout.words import place_of
from models.document import Page, Word
from models.geometry import Box, Span

# A gap of more than this many heights of the line's ink parts two runs. In set text a word space is about a quarter of
# the type size, in typewriter faces six tenths: more than the height of their small letters. benchmarks/quality.py.
GAP_IN_HEIGHTS = 1.25
# Fewer single characters in a row may be initials or list marks.
_TEETH = 5
# Points between the foot of a word and the line it stands on; typed words may sink into it.
_ABOVE_LINE, _SUNK = 6.0, 4.0


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side, left to right; `box` in the reading frame."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    def part(self, start: int, end: int | None = None) -> Run:
        """The run of the words `start`..`end`; at least one word is needed."""
        return run_of(self.words[start:end])


def run_of(words: Sequence[Word]) -> Run:
    """A run of these words."""
    return Run(tuple(words), Box.around(word.box for word in words if word.box is not None))


@per_page
def runs(page: Page) -> tuple[Run, ...]:
    """The runs of a page in reading order (top to bottom, left to right), typed form fields among the words."""
    placed, fields = joined([word for word in page.words if word.box is not None], page)
    filled = [
        run_of([Word(text, field.box, Span(0, 0)) for text in field.value.split()])
        for field in page.form_fields
        if field.kind in ("text", "choice") and field.value.strip() and not _drawn(field.box, placed)
    ]
    uprights = [rule.box for rule in page.rules if not rule.horizontal]
    found = list(filled)
    # Words in a comb are one answer, however far apart they stand.
    for field in fields:
        inside = sorted(
            (w for w in placed if field.grown(0.5).covers(*place_of(w).middle)), key=lambda w: place_of(w).x0
        )
        found.extend([run_of(inside)] if inside else [])
        placed = tuple(word for word in placed if word not in inside)
    lines = blanks(page)
    for line in _lines(placed):
        found.extend(_split(_combed(line), uprights, lines))
    return tuple(sorted(found, key=_reading_order))


def _drawn(box: Box, words: Sequence[Word]) -> bool:
    """Whether words of the page stand in a form field already: most files draw what was typed."""
    return any(word.box is not None and box.grown(1).covers(*word.box.middle) for word in words)


def _reading_order(run: Run) -> tuple[float, float]:
    return round(run.box.middle[1] / 3), run.box.x0


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Group words whose rows agree; of several lines a word joins the one it stands most level with."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box.bottom, word.box.x0) if word.box else (0, 0)):
        fitting = [(_off(near, word), line) for line in lines[-14:] if _same_line(near := _nearest(line, word), word)]
        if fitting:
            min(fitting, key=lambda pair: pair[0])[1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box.x0 if word.box else 0.0) for line in lines]


def _nearest(line: Sequence[Word], word: Word) -> Word:
    x = word.box.middle[0] if word.box else 0.0
    return min(line, key=lambda other: abs(other.box.middle[0] - x) if other.box else 0.0)


def _off(a: Word, b: Word) -> float:
    """How far the feet or the heads of two words are apart, whichever is less: letters hang below or rise above."""
    one, other = place_of(a), place_of(b)
    return min(abs(one.bottom - other.bottom), abs(one.top - other.top))


def _same_line(a: Word, b: Word) -> bool:
    """Whether two words stand on one line: they share their rows and their middles are less than half a line apart.

    Boxes are drawn around the ink, so that "are" is lower than "Type" and a comma is a dot at the foot of its line.
    """
    one, other = place_of(a), place_of(b)
    high, low = max(one.height, other.height, 1.0), min(one.height, other.height)
    off = abs(one.middle[1] - other.middle[1])
    return one.rows_shared(other) > 0.5 and off < (0.75 if low < 0.6 * high else 0.5) * high


def _combed(line: list[Word]) -> list[Word]:
    """Characters written one a box are one word: five or more single ones at an even pitch."""
    result: list[Word] = []
    at = 0
    while at < len(line):
        end = at + 1
        while end < len(line) and _next_tooth(line, at, end):
            end += 1
        teeth = line[at:end]
        if len(teeth) >= _TEETH:
            box = Box.around(word.box for word in teeth if word.box is not None)
            sure = [word.confidence for word in teeth if word.confidence is not None]
            result.append(
                Word(
                    "".join(word.text for word in teeth),
                    box,
                    Span(teeth[0].span.start, teeth[-1].span.end),
                    min(sure, default=None),
                )
            )
        else:
            result.extend(teeth)
        at = end
    return result


def _next_tooth(line: list[Word], start: int, at: int) -> bool:
    before, word, first = line[at - 1].box, line[at].box, line[start].box
    if before is None or word is None or first is None or len(line[at].text) != 1 or len(line[start].text) != 1:
        return False
    pitch = word.middle[0] - before.middle[0]
    usual = (before.middle[0] - first.middle[0]) / (at - 1 - start) if at - 1 > start else pitch
    return 5 < pitch < 32 and abs(pitch - usual) < 0.3 * usual + 1.5


def _split(line: list[Word], uprights: Sequence[Box], blanks: Sequence[Box]) -> list[Run]:
    """Cut a line at wide gaps, at ruled lines, and where a blank to write on begins or ends."""
    height = median(word.box.height for word in line if word.box is not None)
    groups: list[list[Word]] = [[line[0]]]
    for left, right in itertools.pairwise(line):
        gap = place_of(right).x0 - place_of(left).x1
        wide = gap > GAP_IN_HEIGHTS * max(height, 7.0)
        if (
            wide
            or _ruled(place_of(left), place_of(right), uprights)
            or _at_blank(place_of(left), place_of(right), blanks)
        ):
            groups.append([])
        groups[-1].append(right)
    return [run_of(group) for group in groups]


def _ruled(left: Box, right: Box, uprights: Sequence[Box]) -> bool:
    middle = (left.middle[1] + right.middle[1]) / 2
    return any(
        left.middle[0] < rule.middle[0] < right.middle[0]
        and rule.x0 > left.x1 - 2
        and rule.x1 < right.x0 + 2
        and rule.top <= middle <= rule.bottom
        for rule in uprights
    )


def _at_blank(left: Box, right: Box, blanks: Sequence[Box]) -> bool:
    """Whether one word stands on a blank and the other beside it."""
    for blank in blanks:
        begins = left.x1 - 3 <= blank.x0 <= right.x0 + 2 and right.middle[0] < blank.x1
        ends = left.x1 - 2 <= blank.x1 <= right.x0 + 3 and left.middle[0] > blank.x0
        if (begins and _on(right, blank)) or (ends and _on(left, blank)):
            return True
    return False


def _on(box: Box, blank: Box) -> bool:
    return -_SUNK < blank.middle[1] - box.bottom < _ABOVE_LINE
