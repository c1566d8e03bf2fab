"""Pages of request forms drawn in code: pieces of text, ruled cells, blanks and check boxes, in the reading frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from extractors.form_fields import extract_form_fields
from models.annotations import Annotations, Part, PartType
from models.document import CheckBox, Document, InkRegion, Rule
from models.geometry import Box
from models.mention import FieldMention, MarkMention
from models.parsed import FormFieldValue
from tests.extractors.documents import At, Piece, document_from_lines


def cell(x0: float, top: float, x1: float, bottom: float) -> tuple[Rule, ...]:
    """The four sides of a ruled cell."""
    level = (Rule(Box(x0, y, x1, y + 0.5), horizontal=True) for y in (top, bottom))
    upright = (Rule(Box(x, top, x + 0.5, bottom), horizontal=False) for x in (x0, x1))
    return (*level, *upright)


def underline(x0: float, y: float, x1: float) -> Rule:
    """An underlined blank."""
    return Rule(Box(x0, y, x1, y + 0.5), horizontal=True)


def table(x: Sequence[float], y: Sequence[float]) -> tuple[Rule, ...]:
    """A ruled grid with borders at these places."""
    levels = (Rule(Box(x[0], at, x[-1], at + 0.5), horizontal=True) for at in y)
    uprights = (Rule(Box(at, y[0], at + 0.5, y[-1]), horizontal=False) for at in x)
    return (*levels, *uprights)


def in_cells(rows: Sequence[Sequence[str]], x: Sequence[float], y: Sequence[float]) -> list[Piece]:
    """Texts in the cells of such a grid, row by row."""
    return [
        At(text, left + 4, top + 3)
        for top, row in zip(y, rows, strict=False)
        for left, text in zip(x, row, strict=False)
    ]


def tick_box(x: float, y: float, state: Literal["checked", "empty", "unclear"] = "empty") -> CheckBox:
    """A printed box of nine points, its corner at (x, y)."""
    return CheckBox(Box(x, y, x + 9, y + 9), state, 0.3 if state == "checked" else 0.0, 0.0)


def pen(x0: float, top: float, x1: float, bottom: float) -> InkRegion:
    """Pen strokes."""
    return InkRegion(Box(x0, top, x1, bottom), "pen")


def typed(name: str, value: str, box: Box, kind: Literal["text", "choice"] = "text") -> FormFieldValue:
    """A filled field of an interactive form that the page itself does not draw."""
    return FormFieldValue(name=name, label=None, kind=kind, value=value, checked=None, box=box)


def form(
    lines: Sequence[Piece], *, pages: Sequence[Sequence[Piece]] = (), confidence: float | None = None, **first: Any
) -> Document:
    """A form whose first page has these pieces; `first` replaces fields of that page."""
    return document_from_lines(lines, pages=pages, marks={1: first}, confidence=confidence)


def annotated(document: Document, kind: PartType = PartType.PRIOR_AUTHORIZATION_FORM) -> Annotations:
    """All pages are one part of this type."""
    numbers = tuple(page.number for page in document.pages)
    return Annotations(parts=(Part(type=kind, pages=numbers, title=None, confidence=1.0),))


def mentions(document: Document) -> tuple[FieldMention | MarkMention, ...]:
    """What the document says as a form."""
    return tuple(extract_form_fields(document, annotated(document)))


def fields(document: Document) -> dict[tuple[str, tuple[int, ...]], FieldMention]:
    """The fields of a form by path and rows; a leaf that is named twice is an error."""
    found: dict[tuple[str, tuple[int, ...]], FieldMention] = {}
    for mention in mentions(document):
        if isinstance(mention, FieldMention):
            assert (mention.path, mention.rows) not in found, mention.path
            found[mention.path, mention.rows] = mention
    return found


def values(document: Document) -> dict[str, Any]:
    """The values of a form by path, rows in the path; what is unclear as its reason in angle brackets."""
    return {
        ".".join([path, *map(str, rows)]): f"<{found.unclear}>" if found.unclear else found.value
        for (path, rows), found in fields(document).items()
    }


def shaken(document: Document, confidence: float) -> Document:
    """The same document with every word read at this confidence."""
    pages = tuple(
        replace(page, words=tuple(replace(word, confidence=confidence) for word in page.words))
        for page in document.pages
    )
    return replace(document, pages=pages)


__all__ = [
    "At",
    "annotated",
    "cell",
    "fields",
    "form",
    "in_cells",
    "mentions",
    "pen",
    "shaken",
    "table",
    "tick_box",
    "typed",
    "underline",
    "values",
]
