"""A therapist's evaluation with goals, measures and the plan of care."""

from __future__ import annotations

import random
from collections.abc import Sequence

from samples.document import Document
from samples.forms.fill import Entry
from samples.page import Book
from samples.papers.head import barred, centred, marked
from samples.papers.identity import contact
from samples.papers.look import CLASSIC, PLAIN, PRINTOUT
from samples.papers.manner import Manner, called
from samples.papers.report import Sort, Style, write

STYLES = (
    Style(PRINTOUT, marked, "boxes", foot="printed", rules="all"),
    Style(PLAIN, barred, "columns", foot="numbers", rules="rows"),
    Style(CLASSIC, centred, "lines", foot="private", rules="all", centred_title=True),
)


def draw(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the evaluation."""
    write(book, document, rng=rng, style=rng.choice(STYLES), sort=Sort(_more))


def _more(document: Document, manner: Manner, rng: random.Random) -> Sequence[Entry]:
    return (
        Entry(rng.choice(("Evaluation Date", "Date of Eval", "Eval Date")), manner.day(document.on)),
        Entry(rng.choice(("Therapist", "Evaluating Therapist", "Clinician")), called(document.author, document.market)),
        *contact(document, manner)[:1],
    )
