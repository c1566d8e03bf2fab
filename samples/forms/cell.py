"""The cells of a form: a label, a value typed beside or below it, and a rule around them."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.forms.fill import Entry, fill
from samples.page import SANS, Sheet

__all__ = ["Entry", "below", "beside", "row", "table", "underlined"]


def beside(sheet: Sheet, box: Box, entry: Entry, *, size: float = 8, gap: float = 8) -> None:
    """A ruled cell with the value to the right of its label, a little lower, as typewriters leave it."""
    sheet.frame(box)
    baseline = box.middle[1] + 0.3 * size
    sheet.text(box.x0 + 4, baseline, entry.label, size=size)
    x = box.x0 + 4 + stringWidth(entry.label, SANS, size) + gap
    fill(sheet, Box(x, box.top + 1, box.x1 - 2, baseline + 4.5), entry, font=SANS, size=9.5)


def below(sheet: Sheet, box: Box, entry: Entry, *, size: float = 6.5) -> None:
    """A ruled cell with a small label at its top and the value under it."""
    sheet.frame(box)
    sheet.text(box.x0 + 3, box.top + size + 1.5, entry.label, size=size)
    fill(sheet, Box(box.x0 + 6, box.top + size + 3, box.x1 - 2, box.bottom - 2), entry)


def underlined(
    sheet: Sheet, x: float, y: float, entry: Entry, *, end: float, font: str = SANS, size: float = 9
) -> None:
    """A label in `font` and a blank ruled up to `end`, the value standing on the rule."""
    sheet.text(x, y, entry.label, font=font, size=size)
    start = x + stringWidth(entry.label, font, size) + 4
    sheet.line(start, y + 2, end, y + 2, weight=0.6)
    fill(sheet, Box(start + 5, y - 12, end - 1, y + 3), entry)


def row(box: Box, shares: Sequence[float]) -> tuple[Box, ...]:
    """Cut a box into cells whose widths have these shares of it."""
    total, x, cells = sum(shares), box.x0, []
    for share in shares:
        width = box.width * share / total
        cells.append(Box(x, box.top, x + width, box.bottom))
        x += width
    return tuple(cells)


def table(
    sheet: Sheet,
    box: Box,
    heads: Sequence[str],
    rows: Sequence[Sequence[Entry]],
    *,
    shares: Sequence[float],
    count: int,
    font: str = SANS,
) -> float:
    """A ruled table whose columns have these shares, with `count` rows below its heads; its bottom comes back.

    `box` is the row of heads; the rows are as high, their text in `font`. Rows beyond `rows` stay empty.
    """
    for cell, head in zip(row(box, shares), heads, strict=True):
        sheet.frame(cell)
        sheet.text(cell.x0 + 4, cell.middle[1] + 3, head, size=8)
    top = box.bottom
    for number in range(count):
        line = Box(box.x0, top, box.x1, top + box.height)
        for column, cell in enumerate(row(line, shares)):
            sheet.frame(cell)
            entry = rows[number][column] if number < len(rows) else Entry("")
            room = Box(cell.x0 + 5, cell.top + 1, cell.x1 - 2, cell.middle[1] + 6.5)
            fill(sheet, room, entry, font=font, size=9)
        top = line.bottom
    return top
