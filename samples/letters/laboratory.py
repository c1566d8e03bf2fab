"""A laboratory report: a ruled table of results with their ranges and flags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.geometry import Box
from samples.case import Case
from samples.forms.cell import Entry, table
from samples.letters.heading import LEFT, WIDTH, about
from samples.page import SANS, Book, us_date


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report: the range is the laboratory's own, the flag H, L or empty."""

    test: str
    value: str
    unit: str
    range: str
    flag: str = ""


def draw(book: Book, case: Case, *, laboratory: str, collected_on: dt.date, results: Sequence[Result]) -> None:
    """Print the report on one sheet."""
    sheet = book.sheet("laboratory-report")
    sheet.centred(52, laboratory, size=15)
    sheet.centred(66, "Clinical laboratory   CLIA 00D0000000   Director: Wilhelmina Oakhurst, PhD", font=SANS, size=8.5)
    sheet.line(LEFT, 74, LEFT + WIDTH, 74, weight=1.2)
    more = (("Collected:", us_date(collected_on)), ("Ordered by:", case.requester.full))
    y = about(sheet, 98, case, title="Laboratory Report", more=more)
    rows = tuple(tuple(Entry("", text) for text in (r.test, r.value, r.flag, r.unit, r.range)) for r in results)
    heads = ("Test", "Result", "Flag", "Unit", "Reference range")
    shares = (2.4, 0.9, 0.5, 0.9, 1.3)
    bottom = table(sheet, Box(LEFT, y, LEFT + WIDTH, y + 19), heads, rows, shares=shares, count=len(rows))
    sheet.text(
        LEFT, bottom + 20, f"Reported {us_date(collected_on + dt.timedelta(days=1))}. H above, L below the range."
    )
    sheet.text(LEFT, bottom + 34, "End of report.")
