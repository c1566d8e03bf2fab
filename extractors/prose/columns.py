"""Labels side by side on one line, and what they name side by side on the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.annotation.lines import Line
from extractors.prose.labels import find_labels
from extractors.prose.said import Letter
from models.document import Word
from models.geometry import Box, Span

# Heights of the line: the room between two cells, and how far below the labels their values stand.
_GAP, _BELOW = 0.85, 1.7
# Points. A value begins so far left of its label at most.
_HANG = 5.0


@dataclass(frozen=True, slots=True)
class HeadedColumns:
    """The leaf and place of each value, and the lines (by `id`) of labels and values."""

    cells: tuple[tuple[str, Span], ...]
    taken: frozenset[int]


def headed_columns(letter: Letter, lines: Sequence[Line]) -> HeadedColumns:
    """The values under lines that hold nothing but labels, two or more of them."""
    cells: list[tuple[str, Span]] = []
    taken: set[int] = set()
    for line in lines:
        heads = list(_heads(letter, line))
        below = _below(line, lines) if heads else None
        if below is not None:
            cells += _cells(heads, below)
            taken |= {id(line), id(below)}
    return HeadedColumns(tuple(cells), frozenset(taken))


def _heads(letter: Letter, line: Line) -> Iterator[tuple[str, float]]:
    """The leaf and the left side of each cell of a line of which every cell is a label; none of other lines."""
    if line.box is None:
        return
    found = []
    for cell in cells_of(line):
        boxes = [word.box for word in cell.words if word.box]
        labels = find_labels(cell, letter.slice(cell.span))
        if not labels or not labels[0].whole or labels[0].start > 0:
            return
        found.append((labels[0].paths[0], min(box.x0 for box in boxes)))
    if len(found) > 1:
        yield from found


def cells_of(line: Line) -> tuple[Line, ...]:
    """The pieces of a line that wide gaps part, each as a line of its own."""
    groups = [[line.words[0]]]
    for left, right in pairwise(line.words):
        if left.box and right.box and right.box.x0 - left.box.x1 > _GAP * max(left.box.height, right.box.height):
            groups.append([])
        groups[-1].append(right)
    return tuple(part_of(line, words) for words in groups)


def part_of(line: Line, words: Sequence[Word]) -> Line:
    """Some words of a line as a line."""
    boxes = [word.box for word in words if word.box]
    text = " ".join(word.text for word in words)
    return Line(line.page, line.order, text, tuple(words), Box.around(boxes) if boxes else None)


def _below(line: Line, lines: Sequence[Line]) -> Line | None:
    for other in lines:
        if line.box is None or other.box is None or other.page != line.page or other is line:
            continue
        if -2 < other.box.top - line.box.bottom < _BELOW * line.box.height and other.box.x1 > line.box.x0:
            return other
    return None


def _cells(heads: Sequence[tuple[str, float]], below: Line) -> Iterator[tuple[str, Span]]:
    for number, (path, left) in enumerate(heads):
        right = heads[number + 1][1] if number + 1 < len(heads) else float("inf")
        words = [word for word in below.words if word.box and left - _HANG <= word.box.x0 < right - _HANG]
        if words:
            yield path, Span(words[0].span.start, words[-1].span.end)
