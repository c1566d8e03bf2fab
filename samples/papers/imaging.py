"""The report of a radiologist."""

from __future__ import annotations

import random
from collections.abc import Sequence

from samples.document import Document
from samples.forms.fill import Entry
from samples.page import Book
from samples.papers.head import barred, centred, marked, typed
from samples.papers.look import CLASSIC, DICTATED, PLAIN, RULED
from samples.papers.manner import Manner, called
from samples.papers.report import Sort, Style, write

STYLES = (
    Style(RULED, centred, "boxes", foot="private", centred_title=True),
    Style(PLAIN, marked, "columns", foot="numbers", rules="rows"),
    Style(DICTATED, typed, "stacked", rules="head", capitals=True),
    Style(CLASSIC, barred, "boxes", rules="rows", capitals=True),
)
_CLOSES = ("", "*** FINAL REPORT ***", "End of report.", "Thank you for referring this patient.")


def draw(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the report."""
    style = rng.choice(STYLES)
    write(book, document, rng=rng, style=style, sort=Sort(_more, close=rng.choice(_CLOSES)))


def _more(document: Document, manner: Manner, rng: random.Random) -> Sequence[Entry]:
    letters = rng.choice(("MR", "RAD", "IM", ""))
    return (
        Entry(rng.choice(("Exam Date", "Date of Exam", "Study Date")), manner.day(document.on)),
        Entry(rng.choice(("Accession #", "Accession No.", "Exam #")), f"{letters}{rng.randint(1_000_000, 9_999_999)}"),
        Entry("Reported", manner.day(document.on)),
        Entry(
            rng.choice(("Radiologist", "Read by", "Interpreting Physician")), called(document.author, document.market)
        ),
    )
