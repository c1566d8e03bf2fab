"""Sheets that only part others: a separator with its large word, and the back of a page that was fed in too."""

from __future__ import annotations

import random

from models.truth import Paper
from samples.page import BOLD, Book, Sheet
from samples.papers.identity import fitted_size


def draw_separator(book: Book, text: str) -> None:
    """Add a sheet that says `text` in large letters, with the bars of a scanner."""
    book.paper(Paper("separator", text, case=None, patient="unknown"))
    sheet = book.sheet("separator")
    rng = random.Random(text)
    middle = sheet.height * rng.uniform(0.35, 0.5)
    size = fitted_size(text, BOLD, size=34, room=sheet.width - 110)
    sheet.line(60, middle - size - 18, sheet.width - 60, middle - size - 18, weight=3)
    sheet.centred(middle, text, x=sheet.width / 2, size=size)
    sheet.line(60, middle + 24, sheet.width - 60, middle + 24, weight=3)
    if rng.random() < 0.6:
        _bars(sheet, middle + 110, rng)
    sheet.centred(sheet.height - 60, "Do not remove this sheet. Documents of the section follow.", x=sheet.width / 2,
                  size=9)  # fmt: skip


def draw_blank(book: Book) -> None:
    """Add a sheet with nothing on it."""
    book.paper(Paper("blank", case=None, patient="unknown"))
    book.sheet("blank")


def _bars(sheet: Sheet, y: float, rng: random.Random) -> None:
    """Bars as on sheets that scanners know, which mean nothing here."""
    canvas, x = sheet.canvas, sheet.width / 2 - 90
    while x < sheet.width / 2 + 90:
        wide = rng.choice((2.0, 4.0, 6.0))
        canvas.rect(x, sheet.height - y, wide, 70, stroke=0, fill=1)
        x += wide + rng.choice((2.0, 4.0))
