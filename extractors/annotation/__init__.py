"""Annotation: the parts of a document with their types and patients, the sections and sentences of their text."""

from __future__ import annotations

from typing import Literal

from extractors.annotation.lines import part_lines
from extractors.annotation.parts import split
from extractors.annotation.sections import find_sections
from extractors.annotation.sentences import find_sentences
from models.annotations import Annotations
from models.document import Document

__all__ = ["annotate"]


def annotate(document: Document) -> Annotations:
    """Find the parts, sections and sentences of a document.

    Every page is in exactly one part, parts in the order of their first pages. Sections and sentences are spans of
    `document.text` and never cross from one part into another.
    """
    parts = split(document)
    lines = [part_lines(document, part.pages) for part in parts]
    return Annotations(
        parts=parts,
        sections=find_sections(document, lines),
        sentences=tuple(span for own in lines for span in find_sentences(document.text, own)),
        language=_language(document.text),
    )


def _language(text: str) -> Literal["en", "zh", "other"]:
    """By script alone: enough to choose between the English rules and none."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return "en"
    han = sum("\u4e00" <= c <= "\u9fff" for c in letters)
    latin = sum(c.isascii() for c in letters)
    if han > 0.3 * len(letters):
        return "zh"
    return "en" if latin > 0.5 * len(letters) else "other"
