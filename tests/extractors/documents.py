"""Documents made from lines of text, with every word in its place, for tests that need no file and no OCR."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.document import Document, Page, PageSource, Word
from models.geometry import Box, Span

WIDTH, HEIGHT = 612.0, 792.0
LEFT, TOP, LEADING, SIZE = 72.0, 60.0, 14.0, 10.0
PITCH = 0.5  # width of a character as a share of the type's size


@dataclass(frozen=True)
class At:
    """A piece of text whose first letter stands at (`x`, `y`) points, `y` the top of the letters."""

    text: str
    x: float
    y: float
    size: float = SIZE


Piece = str | At


def document_from_lines(
    lines: Sequence[Piece],
    *,
    pages: Sequence[Sequence[Piece]] = (),
    marks: Mapping[int, Mapping[str, Any]] | None = None,
    plain: bool = False,
    confidence: float | None = None,
    filename: str = "file.pdf",
    path: str | None = None,
    document_id: str = "d1",
) -> Document:
    """A document whose first page has `lines`, further ones `pages`.

    A string takes the next line of the grid (an empty one leaves it free); an `At` stands where it says, and pieces
    that follow each other on the same `y` share a line of the text. `marks` replaces fields of a page by its number:
    ``{1: {"ink": (InkRegion(...),), "checkboxes": (...)}}``. `plain` makes a page without places, as of a mail body.
    `confidence` is set on every word and makes the pages' source "ocr".
    """
    text, made = "", []
    for number, pieces in enumerate([lines, *pages], 1):
        text += "\f" if number > 1 else ""
        start = len(text)
        text, words = _page(text, pieces, plain, confidence)
        source: PageSource = "plain" if plain else "ocr" if confidence is not None else "text_layer"
        page = Page(
            number,
            0.0 if plain else WIDTH,
            0.0 if plain else HEIGHT,
            source,
            words,
            plain=text[start:] if plain else None,
            blank=not words,
        )
        made.append(replace(page, **(marks or {}).get(number, {})))
    return Document(
        id=document_id,
        path=path or filename,
        filename=filename,
        parent=None,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type="text/plain" if plain else "application/pdf",
        pages=tuple(made),
        text=text,
    )


def _page(text: str, pieces: Sequence[Piece], plain: bool, confidence: float | None) -> tuple[str, tuple[Word, ...]]:
    words: list[Word] = []
    y, last_y, started = TOP, None, False
    for piece in pieces:
        at = piece if isinstance(piece, At) else At(piece, LEFT, y)
        y = y if isinstance(piece, At) else y + LEADING
        if started:
            text += " " if last_y == at.y and at.text else "\n"
        started, last_y = True, at.y
        text = _words(text, at, words, plain, confidence)
    return text, tuple(words)


def _words(text: str, at: At, words: list[Word], plain: bool, confidence: float | None) -> str:
    x = at.x
    for i, token in enumerate(at.text.split()):
        text += " " if i else ""
        width = len(token) * at.size * PITCH
        box = None if plain else Box(x, at.y, x + width, at.y + at.size)
        words.append(Word(token, box, Span(len(text), len(text) + len(token)), confidence))
        text += token
        x += width + at.size * PITCH
    return text
