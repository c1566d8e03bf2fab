"""The bands, cells, tables and boxes to tick of the Hong Kong form, labelled in both languages."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, white

from models.geometry import Box
from samples import bilingual, pen
from samples.case import Case, Policy
from samples.forms.cell import row
from samples.forms.fill import Entry
from samples.forms.mark import shade
from samples.page import BOLD, Sheet

LEFT, MARGIN, INSET = 34.0, 34.0, 4.0
GREY = Color(0.88, 0.88, 0.88)
TITLE = "Hospitalisation Pre-Authorisation Form 住院預先批核申請表"


@dataclass(frozen=True, slots=True)
class Filling:
    """A form that is being filled in: the case, how its office writes dates and names, and how high a row is."""

    case: Case
    policy: Policy
    date: str
    capitals: bool
    high: float
    rng: random.Random

    def day(self, label: str, day: dt.date | None, path: str) -> Entry:
        """The blank of a date, which stays empty where there is none."""
        return Entry(label, self.date.format(day), path, day.isoformat()) if day else Entry(label)

    def cased(self, text: str) -> str:
        """Words as they are written, in capitals or not."""
        return text.upper() if self.capitals else text


def band(sheet: Sheet, top: float, text: str) -> float:
    """A dark band with a white heading over the whole width; its bottom comes back."""
    box = Box(LEFT, top, sheet.width - MARGIN, top + 14)
    shade(sheet, box, Color(0.25, 0.25, 0.25))
    bilingual.text(sheet, LEFT + 5, box.bottom - 4, text, font=BOLD, size=8, colour=white)
    return box.bottom


def strip(sheet: Sheet, top: float, high: float, entries: Sequence[tuple[float, Entry]]) -> float:
    """A row of answers whose cells have these shares of the width; its bottom comes back."""
    cells = row(Box(LEFT, top, sheet.width - MARGIN, top + high), tuple(share for share, _ in entries))
    for cell, (_, entry) in zip(cells, entries, strict=True):
        answer(sheet, cell, entry)
    return top + high


def answer(sheet: Sheet, cell: Box, entry: Entry) -> None:
    """A ruled cell with a label at its top and the answer under it."""
    sheet.frame(cell, weight=0.6)
    _label(sheet, cell, entry.label)
    write(sheet, Box(cell.x0 + 7, cell.top + 9.5, cell.x1 - 3, cell.bottom - 1.5), entry)


def table(
    sheet: Sheet,
    top: float,
    heads: Sequence[str],
    rows: Sequence[tuple[Entry, ...]],
    *,
    shares: Sequence[float],
    count: int,
    high: float,
) -> float:
    """A ruled table with `count` rows or empty ones, `high` points each; its bottom comes back."""
    right = sheet.width - MARGIN
    for cell, head in zip(row(Box(LEFT, top, right, top + 13), shares), heads, strict=True):
        shade(sheet, cell, GREY)
        sheet.frame(cell, weight=0.6)
        bilingual.text(sheet, cell.x0 + INSET, cell.bottom - 4, head, size=7)
    top += 13
    for number in range(count):
        cells = row(Box(LEFT, top, right, top + high), shares)
        for column, cell in enumerate(cells):
            sheet.frame(cell, weight=0.6)
            if number < len(rows):
                write(sheet, Box(cell.x0 + 7, cell.top + 1, cell.x1 - 3, cell.bottom - 2), rows[number][column])
        top += high
    return top


def ticks(
    sheet: Sheet,
    cell: Box,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    path: str | None,
    chosen: str | None,
    rng: random.Random,
) -> None:
    """A cell with a label and boxes to tick under it."""
    sheet.frame(cell, weight=0.6)
    _label(sheet, cell, label)
    choices(sheet, (cell.x0 + 8, cell.bottom - 5), options, path=path, chosen=chosen, rng=rng)


def choices(
    sheet: Sheet,
    at: tuple[float, float],
    options: Sequence[tuple[str, str]],
    *,
    path: str | None,
    chosen: str | None,
    rng: random.Random,
) -> None:
    """Boxes to tick in a row from `at`, (option, value) each; the value that is `chosen` is ticked by pen."""
    x, y = at
    for option, value in options:
        ticked = chosen is not None and value.lower() == chosen.lower()
        box = Box(x, y - 7.5, x + 8, y + 0.5)
        sheet.frame(box, weight=0.9)
        sheet.mark(box, option, ticked=ticked, path=path, value=value if path else None)
        bilingual.text(sheet, x + 11.5, y - 0.5, option, size=7.5)
        if ticked:
            pen.tick(sheet, box, rng)
        x += 11.5 + bilingual.width(option, 7.5) + 13


def write(sheet: Sheet, room: Box, entry: Entry) -> None:
    """Write an answer into its room; see `samples.bilingual.fill`."""
    bilingual.fill(sheet, room, entry.text, path=entry.path, stated=entry.value)


def foot(sheet: Sheet, page: int) -> None:
    """The number of the form and of the page."""
    y = sheet.height - 20
    sheet.text(LEFT, y, "HPA-07 (06/2026)", size=6.5)
    bilingual.text(sheet, sheet.width - MARGIN - 92, y, f"Page {page} of 2  第{page}頁，共2頁", size=6.5)


def _label(sheet: Sheet, cell: Box, label: str) -> float:
    """Write a label at the top of a cell, smaller where the cell is narrow; where it ends comes back."""
    size = min(6.6, 6.6 * (cell.width - 2 * INSET) / bilingual.width(label, 6.6))
    bilingual.text(sheet, cell.x0 + INSET, cell.top + 8, label, size=size)
    return cell.x0 + INSET + bilingual.width(label, size)
