"""Faxed documents with lines of a machine over their pages, made in code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from models.document import Document, FaxHeader, Word
from models.geometry import Box, Span
from tests.extractors.documents import Piece, document_from_lines

AT = dt.datetime(2026, 9, 14, 14, 3)  # noqa: DTZ001 - the sender's clock
WORDS = (Word("P.001/005", Box(500, 8, 560, 14), Span(0, 0), 0.95),)


def line(page: int | None, of: int | None = None, *, number: str | None = None, confidence: float = 0.95) -> FaxHeader:
    box = Box(500, 8, 560, 14)
    return FaxHeader(WORDS, box, number=number, sent_at=AT, page=page, of=of, confidence=confidence)


def faxed(
    pages: Sequence[Sequence[Piece]],
    headers: Sequence[FaxHeader | None] = (),
    *,
    document_id: str = "d1",
    filename: str = "0001.tif",
    confidence: float | None = 0.95,
) -> Document:
    """A document of pages of lines, each with its header."""
    made = document_from_lines(
        pages[0], pages=pages[1:], confidence=confidence, document_id=document_id, filename=filename
    )
    headers = headers or [None] * len(made.pages)
    scanned = tuple(
        replace(page, dpi=(204.0, 196.0, "stated"), fax_headers=() if header is None else (header,))
        for page, header in zip(made.pages, headers, strict=True)
    )
    return replace(made, pages=scanned)
