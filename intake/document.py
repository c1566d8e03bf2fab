"""From the pages that were read to a `Document`: one text, and the place of every word in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from intake.fax_header import part_headers
from models.document import Document, Page, Word
from models.geometry import Box, Span
from models.parsed import ParsedFile
from models.problem import Problem
from models.transmission import transmissions_of

PAGE_BREAK = "\f"
# Points of ink height from which on a word is a title's, and how much higher than the words of a box beside it.
_TITLE, _HIGHER = 9.0, 1.5


def build_document(identifier: str, parsed: ParsedFile, pages: Sequence[Page]) -> Document:
    """Join the pages of a leaf: words by spaces, lines by line feeds, pages by form feeds; `identifier` is "d1"...

    A plain page's text is kept unchanged; its words point into it. Fax headers are no part of the text.
    """
    pages = part_headers(pages)
    texts: list[str] = []
    placed: list[Page] = []
    at = 0
    for page in pages:
        text, words = _text(page, at)
        texts.append(text)
        placed.append(replace(page, words=words))
        at += len(text) + len(PAGE_BREAK)
    return Document(
        id=identifier,
        path=parsed.path,
        filename=parsed.filename,
        parent=parsed.parent,
        sha256=parsed.sha256,
        media_type=parsed.media_type,
        pages=tuple(placed),
        text=PAGE_BREAK.join(texts),
        problems=tuple(
            problem.model_copy(update={"document": identifier})
            for problem in (
                *parsed.problems,
                *(problem for page in pages for problem in page.problems),
                *_out_of_order(pages),
            )
        ),
    )


def _out_of_order(pages: Sequence[Page]) -> Iterator[Problem]:
    """Pages that lie in another order than they were sent in by their fax headers: told, and left as they are."""
    for sent in transmissions_of(pages):
        if not sent.in_order:
            numbers = ", ".join("?" if number is None else str(number) for number in sent.numbers)
            yield Problem(
                stage="read",
                code="pages-out-of-order",
                severity="warning",
                message=f"The fax headers number the pages {numbers}; they were kept in the order in which they came.",
            )


def _text(page: Page, start: int) -> tuple[str, tuple[Word, ...]]:
    if page.plain is not None:
        return page.plain, tuple(_plain_words(page.plain, start))
    pieces: list[str] = []
    words: list[Word] = []
    at = start
    for before, word in zip((None, *page.words), page.words, strict=False):
        if before is not None:
            pieces.append(" " if _goes_on(before, word) else "\n")
            at += 1
        pieces.append(word.text)
        words.append(replace(word, span=Span(at, at + len(word.text))))
        at += len(word.text)
    return "".join(pieces), tuple(words)


def _plain_words(text: str, start: int) -> Iterator[Word]:
    for match in re.finditer(r"\S+", text):
        yield Word(match[0], None, Span(start + match.start(), start + match.end()))


def _goes_on(before: Word, word: Word) -> bool:
    """Whether a word continues the line of the one before it."""
    if before.box is None or word.box is None:
        return before.box is None and word.box is None
    return before.box.rows_shared(word.box) > 0.5 and word.box.x0 >= before.box.x0 and not _apart(before.box, word.box)


def _apart(before: Box, after: Box) -> bool:
    """Whether two words stand side by side, but one is a title's and the other small print with room between."""
    low, high = sorted((before.height, after.height))
    return high >= _TITLE and high >= _HIGHER * low and after.x0 - before.x1 > high
