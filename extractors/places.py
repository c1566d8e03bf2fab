"""From spans of a document's text to the words, pages and evidence under them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from models.document import Document, Word
from models.evidence import Evidence
from models.geometry import Span


@dataclass(frozen=True, slots=True)
class Places:
    """An index of a document's words by their places in the text; made once by each extractor that needs it."""

    document: Document
    words: tuple[tuple[int, Word], ...]
    starts: tuple[int, ...]

    @staticmethod
    def of(document: Document) -> Places:
        """Index a document."""
        words = sorted(((p.number, w) for p in document.pages for w in p.words), key=lambda place: place[1].span.start)
        return Places(document, tuple(words), tuple(word.span.start for _, word in words))

    def under(self, span: Span) -> tuple[tuple[int, Word], ...]:
        """The words that a span touches, each with its page."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        last = bisect_left(self.starts, span.end)
        return tuple(place for place in self.words[first:last] if place[1].span.end > span.start)

    def page_of(self, span: Span) -> int | None:
        """The page of the first word of a span, None where there is no word."""
        words = self.under(span)
        return words[0][0] if words else None

    def evidence(self, span: Span) -> tuple[Evidence, ...]:
        """The evidence of a span: one piece a page, in order; () where there is no word."""
        words = self.under(span)
        pages = sorted({page for page, _ in words})
        return tuple(self.document.evidence(page, [word for at, word in words if at == page]) for page in pages)

    def confidence(self, span: Span) -> float:
        """The lowest confidence 0..1 of the words under a span; 1 where the text was not read by OCR."""
        return min((w.confidence for _, w in self.under(span) if w.confidence is not None), default=1.0)
