"""The lines of a page in reading order, and the plain form of their text in which phrases are looked up."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.document import Document, Page, Word
from models.geometry import Box, Span

# Words. A paragraph of a mail body may be one line; more than this is no line that anyone wrote.
LONGEST_RUN = 400

_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line of the document's text.

    `box` is None in plain text; `order` counts the lines of its page from the top, from 0.
    """

    page: int
    order: int
    text: str
    words: tuple[Word, ...]
    box: Box | None

    @property
    def span(self) -> Span:
        """From the first character of the first word to the last of the last."""
        return Span(self.words[0].span.start, self.words[-1].span.end)

    @property
    def plain(self) -> str:
        """The text as `plain_text` gives it."""
        return plain_text(self.text)

    @property
    def size(self) -> float:
        """The median height of its words in points, which follows the size of the type; 0 in plain text."""
        return statistics.median(word.box.height for word in self.words if word.box) if self.box else 0.0


def lines_of(document: Document, page: Page) -> tuple[Line, ...]:
    """The lines of a page in the order of the document's text, as its line feeds part them."""
    runs = list(_runs(document.text, page.words))
    boxes = [_box(run) for run in runs]
    tops = [box.top if box else 0.0 for box in boxes]
    ranks = {index: rank for rank, index in enumerate(sorted(range(len(runs)), key=lambda i: (round(tops[i]), i)))}
    return tuple(
        Line(page=page.number, order=ranks[i], text=" ".join(word.text for word in run), words=run, box=boxes[i])
        for i, run in enumerate(runs)
    )


def part_lines(document: Document, pages: Sequence[int]) -> tuple[Line, ...]:
    """The lines of several pages, one page after the other."""
    return tuple(line for number in pages for line in lines_of(document, document.page(number)))


@lru_cache(maxsize=65536)
def plain_text(text: str) -> str:
    """Lower case letters and digits only, parted by single spaces; accents and typographic quotes folded."""
    folded = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    folded = "".join(c for c in folded if not unicodedata.combining(c)).lower().replace("'", "")
    return " ".join(re.findall(r"[^\W_]+", folded))


def _runs(text: str, words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    run: list[Word] = []
    for word in words:
        if run and (len(run) >= LONGEST_RUN or "\n" in text[run[-1].span.end : word.span.start]):
            yield tuple(run)
            run = []
        run.append(word)
    if run:
        yield tuple(run)


def _box(words: Sequence[Word]) -> Box | None:
    boxes = [word.box for word in words if word.box is not None]
    return Box.around(boxes) if boxes else None
