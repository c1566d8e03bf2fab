"""Draws any document of a chart, and the sheets that a sender puts around them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Literal, Protocol

from models.truth import Ink, Paper
from samples.document import Document
from samples.page import Book
from samples.papers import (
    card,
    imaging,
    laboratory,
    medications,
    operative,
    order,
    photo_page,
    sleep_study,
    therapy,
    visit,
)
from samples.papers.cover import draw_cover
from samples.papers.manner import called
from samples.papers.separator import draw_blank, draw_separator

__all__ = ["DRAWERS", "draw", "draw_blank", "draw_cover", "draw_separator", "paper"]

Whose = Literal["same", "other", "unknown"]
# Kinds of papers that bear no day, and that nobody signs.
_UNDATED = frozenset({"id-card"})
_UNSIGNED = frozenset({"id-card", "photo-page"})
# A stamp is neither: a reviewer has to decide.
_SIGNED: dict[Ink, Literal["signed", "unsigned"] | None] = {
    "pen": "signed",
    "electronic": "signed",
    "stamp": None,
    "none": "unsigned",
}


class Drawer(Protocol):
    """Writes a document on new sheets of a book."""

    def __call__(self, book: Book, document: Document, *, rng: random.Random) -> None: ...


DRAWERS: dict[str, Drawer] = {
    "visit": visit.draw,
    "imaging": imaging.draw,
    "laboratory": laboratory.draw,
    "operative": operative.draw,
    "sleep-study": sleep_study.draw,
    "therapy": therapy.draw,
    "order": order.draw,
    "medications": medications.draw,
    "id-card": card.draw,
    "photo-page": photo_page.draw,
}


def draw(book: Book, document: Document, *, rng: random.Random, case: int | None = 0, whose: Whose = "same") -> None:
    """Begin a paper for the document and draw it on as many sheets as it needs."""
    book.paper(paper(document, case=case, whose=whose))
    DRAWERS[document.kind](book, document, rng=rng)


def paper(document: Document, *, case: int | None = 0, whose: Whose = "same") -> Paper:
    """What is known of the paper that the document becomes."""
    known = Paper(part=document.part, title=document.title, case=case, patient=whose)
    if document.kind in _UNDATED:
        return known
    known = replace(known, dated_on=document.on)
    if document.kind in _UNSIGNED or (document.kind == "medications" and document.ink == "none"):
        return known
    return replace(known, author=called(document.author, document.market), signed=_SIGNED[document.ink])
