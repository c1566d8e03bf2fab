"""A list of a patient's drugs."""

from __future__ import annotations

import random
from collections.abc import Sequence

from samples.document import Document
from samples.forms.fill import Entry
from samples.page import Book
from samples.papers.head import barred, centred, marked
from samples.papers.look import CLASSIC, PLAIN, PRINTOUT
from samples.papers.manner import Manner, called
from samples.papers.report import Sort, Style, write

STYLES = (
    Style(PRINTOUT, barred, "boxes", foot="printed", rules="all"),
    Style(PLAIN, marked, "lines", foot="numbers", rules="rows"),
    Style(CLASSIC, centred, "lines", rules="head", centred_title=True),
)


def draw(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the list; one that nobody signed is a print-out without a place to sign."""
    close = rng.choice(("", "Discard earlier lists.", "Bring this list to each visit."))
    sort = Sort(_more, table_first=True, signed=document.ink != "none", close=close)
    write(book, document, rng=rng, style=rng.choice(STYLES), sort=sort)


def _more(document: Document, manner: Manner, rng: random.Random) -> Sequence[Entry]:
    return (
        Entry(rng.choice(("As of", "List Date", "Reviewed", "Printed")), manner.day(document.on)),
        Entry(rng.choice(("Provider", "PCP", "Prescriber")), called(document.author, document.market)),
    )
