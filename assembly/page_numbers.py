"""Page numbers that documents print themselves ("Page 2 of 4"), gathered into sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.document import Document, Page, Word
from models.evidence import Evidence

# Page numbers stand in this share of the page at its top and its bottom; a single one that was read less surely than
# _SURE proves nothing.
_EDGE = 0.13
_SURE = 0.85
_PAGE_OF = re.compile(r"\b(?:page|pg\.?|p\.)\s*[:#]?\s*(\d{1,3})\s*(?:of|/)\s*(\d{1,3})(?![\d/])", re.IGNORECASE)


@dataclass(slots=True)
class PrintedSet:
    """Pages of a document that number themselves as parts of `of` pages; `evidence` is one place that says so."""

    of: int
    evidence: tuple[Evidence, ...]
    seen: set[int] = field(default_factory=set)
    readings: int = 0
    sure: bool = False

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers that no page bears, if the count can be believed."""
        if self.readings < 2 and not self.sure:
            return ()
        return tuple(number for number in range(1, self.of + 1) if number not in self.seen)


def printed_sets(document: Document) -> tuple[PrintedSet, ...]:
    """The sets of page numbers in a document. Pages that bear none, within a set, may be those that it lacks.

    A number that a set has already begins another set (the same form, filled twice). As many numbers as there are pages
    without one next to a set are taken as theirs, so that a number cut off at the edge raises no alarm.
    """
    sets: list[PrintedSet] = []
    last: PrintedSet | None = None
    unnumbered = 0
    for page in document.pages:
        told = next(_numbers(document, page), None)
        if told is None:
            unnumbered += not page.blank and last is not None
            continue
        number, of, words = told
        home = next((each for each in reversed(sets) if each.of == of and number not in each.seen), None)
        if home is None:
            home = PrintedSet(of, (document.evidence(page.number, words),))
            sets.append(home)
            unnumbered = 0
        elif home is last:
            _bridge(home, number, unnumbered)
        unnumbered = 0
        home.seen.add(number)
        home.readings += 1
        home.sure = home.sure or min(w.confidence if w.confidence is not None else 1.0 for w in words) >= _SURE
        last = home
    if last is not None:
        _bridge(last, last.of + 1, unnumbered)
    return tuple(sets)


def _bridge(home: PrintedSet, number: int, unnumbered: int) -> None:
    """Take the pages without a number before `number` for those just below it that the set lacks."""
    for free in range(number - 1, max(home.seen, default=0), -1):
        if unnumbered == 0:
            return
        home.seen.add(free)
        unnumbered -= 1


def _numbers(document: Document, page: Page) -> Iterator[tuple[int, int, tuple[Word, ...]]]:
    """Place, count and words of what a page says at its edges; numbers in running text are not the page's own."""
    if page.plain is not None or not page.words:
        return
    start = min(word.span.start for word in page.words)
    text = document.text[start : max(word.span.end for word in page.words)]
    for match in _PAGE_OF.finditer(text):
        words = tuple(w for w in page.words if w.box and match.start() <= w.span.start - start < match.end())
        number, of = int(match[1]), int(match[2])
        if words and 1 <= number <= of and of > 1 and all(_at_edge(page, word) for word in words):
            yield number, of, words


def _at_edge(page: Page, word: Word) -> bool:
    if word.box is None:
        return False
    upright = page.height if page.rotation % 180 == 0 else page.width
    return not _EDGE * upright < word.box.middle[1] < (1 - _EDGE) * upright
