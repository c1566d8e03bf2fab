"""A visit note in headed sections: a progress note or a history and physical, signed by pen."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from samples import pen
from samples.case import Case
from samples.letters.heading import LEFT, about, letterhead, section
from samples.page import BOLD, SERIF, Book, us_date


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
    sheet = book.sheet(part)
    letterhead(sheet, case)
    y = about(sheet, 98, case, title=title, more=(("Date of visit:", us_date(visit_on)),))
    for heading, text in sections:
        if y > 680:
            sheet = book.sheet(part)
            sheet.text(LEFT, 52, f"{title}, continued: {case.patient.full}", font=BOLD, size=10)
            y = 80
        y = section(sheet, y, heading, text)
    if y > 690:
        sheet = book.sheet(part)
        y = 70
    pen.sign(sheet, LEFT + 8, y + 28, rng, width=96)
    sheet.line(LEFT, y + 32, LEFT + 190, y + 32, weight=0.5)
    sheet.text(LEFT, y + 45, f"{case.requester.full}, {case.requester.specialty}", font=SERIF, size=10)
    sheet.text(LEFT, y + 58, f"Signed {us_date(visit_on)}", font=SERIF, size=10)
