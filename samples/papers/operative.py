"""An operative report, as hospitals have them typed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from samples.document import Document
from samples.forms.fill import Entry
from samples.page import Book
from samples.papers.head import barred, centred, typed
from samples.papers.look import DICTATED, PLAIN, RULED
from samples.papers.manner import Manner, called
from samples.papers.report import Sort, Style, write

STYLES = (
    Style(DICTATED, typed, "stacked", rules="head", centred_title=True, capitals=True),
    Style(RULED, centred, "boxes", foot="private", centred_title=True, capitals=True),
    Style(PLAIN, barred, "columns", foot="printed"),
)


def draw(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the report."""
    initials = f"{document.author.given[:1]}{document.author.family[:1]}"
    close = f"{initials}/{rng.choice(('tr', 'ml', 'bk'))}   Doc ID {rng.randint(1_000_000, 9_999_999)}"
    write(book, document, rng=rng, style=rng.choice(STYLES), sort=Sort(_more, close=close))


def _more(document: Document, manner: Manner, rng: random.Random) -> Sequence[Entry]:
    return (
        Entry(rng.choice(("Date of Operation", "Date of Surgery", "DOS")), manner.day(document.on)),
        Entry("Surgeon", called(document.author, document.market)),
        Entry("Patient Class", rng.choice(("Outpatient surgery", "Inpatient", "Observation"))),
    )
