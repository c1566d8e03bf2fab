"""A value a letter states, and the letter as it is read."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.annotation.letter_words import closes, greets
from extractors.annotation.lines import Line, part_lines
from extractors.language import level_text
from models.annotations import Annotations, Part
from models.document import Document
from models.evidence import Unclear
from models.geometry import Box, Span
from models.mention import Scalar


@dataclass(frozen=True, slots=True)
class Said:
    """A leaf of the request (`path`, `rows` as in FieldMention) and what the letter says of it at `span`.

    `known`: the words are in a list of ours, which bears out what OCR read, however unsure it was.
    """

    path: str
    value: Scalar | None
    span: Span
    rule: str
    confidence: float
    rows: tuple[int, ...] = ()
    unclear: Unclear | None = None
    repaired: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A part of a document that is a letter: its lines, its sentences, and where its greeting and its close begin.

    `side` are the lines of a column beside the letter's own on its first page, where a practice prints its address.
    `text` is the document's text with level quotes and spaces for line feeds, so that spans stay the same.
    """

    part: Part
    lines: tuple[Line, ...]
    sentences: tuple[Span, ...]
    text: str
    greeting: int | None
    close: int | None
    side: tuple[Line, ...] = ()
    bottom: float = 0.0

    @staticmethod
    def of(document: Document, annotations: Annotations, part: Part) -> Letter:
        """Read a part as a letter. `greeting` and `close` are indices into `lines`, None where there is none."""
        lines, side = apart(_together(part_lines(document, part.pages)))
        owned = [line.span for line in lines]
        sentences = tuple(s for s in annotations.sentences if any(o.start <= s.start < o.end for o in owned))
        greeting = next((i for i, line in enumerate(lines) if greets(line)), None)
        after = greeting or 0
        close = next((i for i in range(len(lines) - 1, after, -1) if closes(lines[i])), None)
        bottom = _FOOT * (document.page(part.pages[0]).height or 0.0)
        return Letter(part, lines, sentences, level_text(document.text), greeting, close, side, bottom)

    def without(self, lines: Sequence[Line]) -> Letter:
        """The same letter less some of its lines."""
        gone = set(map(id, lines))
        kept = tuple(line for line in self.lines if id(line) not in gone)
        greeting = next((i for i, line in enumerate(kept) if greets(line)), None)
        close = next((i for i in range(len(kept) - 1, greeting or 0, -1) if closes(kept[i])), None)
        return replace(self, lines=kept, greeting=greeting, close=close)

    def slice(self, span: Span) -> str:
        """The text under a span."""
        return self.text[span.start : span.end]

    def head(self) -> Iterator[Line]:
        """The lines above the greeting and the labelled ones just under it; without one the first fifteen and those."""
        end = self.greeting if self.greeting is not None else min(15, len(self.lines))
        yield from self.lines[:end]
        for line in self.lines[end : end + 12] if self.greeting is not None else self.lines[end : self.close]:
            if _LABELLED.match(line.text) and line is not self.lines[end]:
                yield line

    def foot(self) -> tuple[Line, ...]:
        """The lines from the close on; () without one."""
        return self.lines[self.close :] if self.close is not None else ()

    def footer(self) -> tuple[Line, ...]:
        """The lines at the bottom of the first page, where a practice may print its address."""
        first = self.part.pages[0]
        return tuple(line for line in self.lines if line.page == first and line.box and 0 < self.bottom < line.box.top)


# A line that opens with a label: a colon behind a few words, or a wide gap, and no sentence before it.
_LABELLED = re.compile(r"\W{0,3}[A-Z#][^:.;]{0,34}?(?:\([^)]{1,16}\))?\s*:")
# The share of a page's height below which its footer stands.
_FOOT = 0.92
# Words. A line of so many runs over the width of its column.
_LONG = 8
# Lines. A column beside the letter's has more of them than a date or a page number set apart.
_COLUMN = 4


def _together(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, with those joined that are one line of print: a change of font may part a comma from its word."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last is not None and last.box is not None and line.box is not None and last.page == line.page:
            gap = line.box.x0 - last.box.x1
            tall = max(last.box.height, line.box.height)
            shared = min(last.box.bottom, line.box.bottom) - max(last.box.top, line.box.top)
            if -1 < gap < 0.8 * tall and shared > 0.5 * min(last.box.height, line.box.height):
                words = (*last.words, *line.words)
                box = Box.around((last.box, line.box))
                whole[-1] = Line(last.page, last.order, f"{last.text} {line.text}", words, box)
                continue
        whole.append(line)
    return tuple(whole)


def apart(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The letter's own lines, and those of its first page that stand wholly beside its column."""
    first = lines[0].page if lines else 0
    long = [line.box for line in lines if line.page == first and line.box and len(line.words) >= _LONG]
    if len(long) < 3:
        return tuple(lines), ()
    left = statistics.median(box.x0 for box in long)
    right = max(box.x1 for box in long if abs(box.x0 - left) < 20) if any(abs(b.x0 - left) < 20 for b in long) else 0
    side = tuple(
        line
        for line in lines
        if line.page == first and line.box and (line.box.x1 < left - 2 or line.box.x0 > right > 0)
    )
    if len(side) < _COLUMN:
        return tuple(lines), ()
    beside = set(map(id, side))
    return tuple(line for line in lines if id(line) not in beside), side
