"""Annotation: the parts of a document with their types and patients, the sections and sentences of their text."""

from __future__ import annotations

from typing import Literal

from extractors.annotation.lines import part_lines
from extractors.annotation.parts import split
from extractors.annotation.sections import find_sections
from extractors.annotation.sentences import find_sentences
from models.annotations import Annotations, Part, Section
from models.document import Document
from models.identifiers import mask_sensitive

__all__ = ["annotate"]


def annotate(document: Document) -> Annotations:
    """Find the parts, sections and sentences of a document.

    Every page is in exactly one part, parts in the order of their first pages. Sections and sentences are spans of
    `document.text` and never cross from one part into another. Titles and names are masked.
    """
    parts = split(document)
    lines = [part_lines(document, part.pages) for part in parts]
    return Annotations(
        parts=tuple(map(_masked_part, parts)),
        sections=tuple(map(_masked_section, find_sections(document, lines))),
        sentences=tuple(span for own in lines for span in find_sentences(document.text, own)),
        language=_language(document.text),
    )


def _masked_part(part: Part) -> Part:
    title = None if part.title is None else mask_sensitive(part.title)
    name = None if part.patient.name is None else mask_sensitive(part.patient.name)
    return part.model_copy(update={"title": title, "patient": part.patient.model_copy(update={"name": name})})


def _masked_section(section: Section) -> Section:
    return section.model_copy(update={"title": mask_sensitive(section.title)})


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
