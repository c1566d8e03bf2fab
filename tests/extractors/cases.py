"""The text layers of the measured cases as documents, without the sandbox: words in reading order, one line a row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber

from models.document import Document, Page, Word
from models.geometry import Box, Span


def read_text_layer(path: Path) -> Document:
    """A PDF's own words with their boxes; no ink, rules or check boxes."""
    text, pages = "", []
    with pdfplumber.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            text += "\f" if number > 1 else ""
            words = []
            for gap, found in _with_gaps(page.extract_words(x_tolerance=1.5)):
                text += gap
                box = Box(found["x0"], found["top"], found["x1"], found["bottom"])
                words.append(Word(found["text"], box, Span(len(text), len(text) + len(found["text"]))))
                text += found["text"]
            size = float(page.width), float(page.height)
            pages.append(Page(number, *size, "text_layer", tuple(words), blank=not words))
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    return Document("d1", path.name, path.name, None, sha, "application/pdf", tuple(pages), text)


def _with_gaps(words: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    last = None
    for word in words:
        top = float(word["top"])
        yield "" if last is None else "\n" if abs(top - last) > 4 else " ", word
        last = top
