"""The report of a laboratory: results with their ranges and flags."""

from __future__ import annotations

import random
from collections.abc import Sequence

from samples.document import Document
from samples.forms.fill import Entry
from samples.page import Book
from samples.papers.head import barred, centred, marked, typed
from samples.papers.look import DICTATED, PLAIN, PRINTOUT
from samples.papers.manner import Manner
from samples.papers.report import Sort, Style, write

RULED = Style(PLAIN, centred, "columns", flagged=True)
STYLES = (
    RULED,
    Style(PRINTOUT, barred, "boxes", foot="numbers", rules="rows", flagged=True),
    Style(PLAIN, marked, "boxes", foot="printed", rules="head", flagged=True, centred_title=True),
    Style(DICTATED, typed, "stacked", rules="head", capitals=True),
)
_CLOSE = "H above, L below the reference range. Results apply to the specimen as received.\nEnd of report."


def draw(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the report."""
    in_style(book, document, rng=rng, style=rng.choice(STYLES))


def in_style(book: Book, document: Document, *, rng: random.Random, style: Style) -> None:
    """Draw the report in a given style."""
    write(book, document, rng=rng, style=style, sort=Sort(_more, table_first=True, close=_CLOSE))


def _more(document: Document, manner: Manner, rng: random.Random) -> Sequence[Entry]:
    day = manner.day(document.on)
    entries = (
        Entry("Collected", f"{day} {rng.randint(7, 9):02d}:{rng.randint(0, 59):02d}"),
        Entry("Reported", f"{day} {rng.randint(14, 21)}:{rng.randint(0, 59):02d}"),
        Entry(rng.choice(("Specimen", "Specimen ID", "Accession")), f"{rng.randint(10_000_000, 99_999_999)}"),
        Entry("Status", "Final"),
    )
    if document.market == "us":
        return (*entries, Entry("CLIA", "00D0000000"))
    return entries
