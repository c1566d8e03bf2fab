"""Blanks of forms, their labels before, above or below them, and places to tick before or behind their options."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.page import BOLD, SANS, Sheet
from samples.retired import grid
from samples.retired.grid import Choice, Part
from samples.retired.office import Office


def beside(
    sheet: Sheet, box: Box, label: str, text: str = "", *, font: str = SANS, size: float = 6.8, value: float = 9
) -> float:
    """A ruled cell with its label at the left, on one line or more; where the room for the value begins comes back."""
    sheet.frame(box, weight=0.5)
    lines = label.split("\n")
    y = box.middle[1] + 0.36 * size - (len(lines) - 1) * size * 0.53
    for number, line in enumerate(lines):
        sheet.text(box.x0 + 3, y + number * size * 1.06, line, font=font, size=size)
    x = box.x0 + 7 + max(stringWidth(line, font, size) for line in lines)
    grid.fill(sheet, Box(x, box.top + 0.8, box.x1 - 2, box.bottom - 2), text, size=value)
    return x


def beside_row(
    sheet: Sheet, box: Box, parts: Sequence[Part], *, font: str = SANS, size: float = 6.8, value: float = 9
) -> float:
    """Such cells over the whole width of a box; its bottom comes back."""
    for cell, part in zip(grid.cut(box, [part.share for part in parts]), parts, strict=True):
        beside(sheet, cell, part.caption, part.text, font=font, size=size, value=value)
    return box.bottom


def ruled(
    sheet: Sheet,
    y: float,
    label: str,
    text: str = "",
    *,
    x: float,
    end: float,
    font: str = SANS,
    size: float = 8,
    high: float = 13,
    rule: bool = True,
) -> None:
    """A label on the baseline `y`, then a blank up to `end` and at most `high` points high, with a rule or without."""
    sheet.text(x, y, label, font=font, size=size)
    start = x + stringWidth(label, font, size) + (3 if label else 0)
    if rule:
        sheet.line(start, y + 2, end, y + 2, weight=0.5)
    grid.fill(sheet, Box(start + 3, y + 2.5 - high, end - 1, y + 2.5), text)


def above_label(
    sheet: Sheet, y: float, label: str, text: str = "", *, x: float, end: float, font: str = SANS, size: float = 6.2
) -> None:
    """A rule at `y` with the value on it and its label below, in the middle."""
    sheet.line(x, y, end, y, weight=0.5)
    grid.fill(sheet, Box(x + 3, y - 13, end - 1, y), text)
    sheet.text((x + end - stringWidth(label, font, size)) / 2, y + size + 0.6, label, font=font, size=size)


def ticks_behind(
    sheet: Sheet,
    x: float,
    y: float,
    options: Sequence[Choice],
    *,
    office: Office,
    font: str = SANS,
    size: float = 7.5,
    gap: float = 12,
) -> float:
    """Options in a line, each with its box behind it; the x after the last comes back."""
    for one in options:
        sheet.text(x, y, one.option, font=font, size=size)
        x += stringWidth(one.option, font, size) + 3.5
        box = Box(x, y - size + 0.8, x + size - 0.3, y + 0.5)
        sheet.frame(box, weight=0.8)
        sheet.mark(box, one.option, ticked=one.ticked, path=one.path, value=one.value)
        if one.ticked:
            office.tick(sheet, box)
        x = box.x1 + gap
    return x


def tick_column(
    sheet: Sheet, x: float, y: float, options: Sequence[Choice], *, office: Office, size: float = 7.5, step: float = 11
) -> float:
    """Options below one another, their boxes before them; the baseline after the last comes back."""
    for one in options:
        grid.choices(sheet, x, y, (one,), office=office, size=size)
        y += step
    return y


def yes_no(sheet: Sheet, x: float, y: float, question: str, *, end: float, answer: bool | None, office: Office) -> None:
    """A question with Yes and No at the right that the contract knows no field for."""
    sheet.text(x, y, question, size=7)
    options = (Choice("Yes", answer is True), Choice("No", answer is False))
    grid.choices(sheet, end - 58, y, options, office=office, size=7, gap=8)


def headed_row(sheet: Sheet, box: Box, parts: Sequence[Part], *, head: float = 9, size: float = 6.2) -> float:
    """Cells whose labels stand in a shaded row of their own above them; the bottom comes back."""
    cells = grid.cut(box, [part.share for part in parts])
    for cell, part in zip(cells, parts, strict=True):
        top = Box(cell.x0, cell.top, cell.x1, cell.top + head)
        grid.shade(sheet, top, 0.12)
        sheet.frame(top, weight=0.4)
        sheet.frame(Box(cell.x0, top.bottom, cell.x1, cell.bottom), weight=0.5)
        sheet.text(cell.x0 + 2.5, top.bottom - 2.3, part.caption, font=BOLD, size=size)
        grid.fill(sheet, Box(cell.x0 + 4, top.bottom + 0.5, cell.x1 - 2.5, cell.bottom - 1.8), part.text)
    return box.bottom


def chosen(pairs: Sequence[tuple[str, str]], path: str, value: str) -> tuple[Choice, ...]:
    """Options as (words, value); the one that means `value` is ticked."""
    return tuple(Choice(words, value == one, path, one) for words, one in pairs)


def line_ticks(
    sheet: Sheet,
    x: float,
    y: float,
    options: Sequence[Choice],
    *,
    office: Office,
    font: str = SANS,
    size: float = 8.5,
    gap: float = 10,
) -> float:
    """Options in a line, each after a short rule on which the chosen one is marked; the x after the last comes back."""
    for one in options:
        box = Box(x, y - size + 1, x + 14, y + 1)
        sheet.line(box.x0, box.bottom, box.x1, box.bottom, weight=0.6)
        sheet.mark(box, one.option, ticked=one.ticked, path=one.path, value=one.value)
        if one.ticked:
            office.tick(sheet, Box(x + 3, box.top, x + 11, box.bottom))
        sheet.text(box.x1 + 3, y, one.option, font=font, size=size)
        x = box.x1 + 3 + stringWidth(one.option, font, size) + gap
    return x
