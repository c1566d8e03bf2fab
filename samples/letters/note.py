"""A visit note on the letterhead of the practice that asks, signed by pen."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from models.annotations import PartType
from samples.case import Case
from samples.document import Document
from samples.page import Book
from samples.papers import visit
from samples.papers.draw import paper


def draw(
    book: Book,
    case: Case,
    *,
    rng: random.Random,
    part: str,
    title: str,
    visit_on: dt.date,
    sections: Sequence[tuple[str, str]],
) -> None:
    """Write the note of a visit, one sheet or more, as the part type `part`."""
    document = Document(
        kind="visit",
        part=PartType(part),
        title=title,
        on=visit_on,
        author=case.requester,
        patient=case.patient,
        sections=tuple(sections),
    )
    book.paper(paper(document))
    visit.in_style(book, document, rng=rng, style=visit.LETTERHEAD)
