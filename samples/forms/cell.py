"""The cells of a form: a label, a value typed beside or below it, and a rule around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.page import SANS, Sheet


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what was typed for it: `path` and `value` as in `Sheet.value`; an empty `text` was left blank."""

    label: str
    text: str = ""
    path: str | None = None
    value: str | None = None


def beside(sheet: Sheet, box: Box, entry: Entry, *, size: float = 8, gap: float = 8) -> None:
    """A ruled cell with the value to the right of its label, a little lower, as typewriters leave it."""
    sheet.frame(box)
    baseline = box.middle[1] + 0.3 * size
    sheet.text(box.x0 + 4, baseline, entry.label, size=size)
    if entry.text:
        x = box.x0 + 4 + stringWidth(entry.label, SANS, size) + gap
        sheet.value(x, baseline + 1.5, entry.text, path=entry.path, value=entry.value, font=SANS, size=9.5)


def below(sheet: Sheet, box: Box, entry: Entry, *, size: float = 6.5) -> None:
    """A ruled cell with a small label at its top and the value under it."""
    sheet.frame(box)
    sheet.text(box.x0 + 3, box.top + size + 1.5, entry.label, size=size)
    if entry.text:
        sheet.value(box.x0 + 6, box.bottom - 5, entry.text, path=entry.path, value=entry.value)


def underlined(sheet: Sheet, x: float, y: float, entry: Entry, *, end: float, size: float = 9) -> None:
    """A label and a blank ruled up to `end`, the value standing on the rule."""
    sheet.text(x, y, entry.label, size=size)
    start = x + stringWidth(entry.label, SANS, size) + 4
    sheet.line(start, y + 2, end, y + 2, weight=0.6)
    if entry.text:
        sheet.value(start + 5, y, entry.text, path=entry.path, value=entry.value)


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
) -> float:
    """A ruled table whose columns have these shares, with `count` rows below its heads; its bottom comes back.

    `box` is the row of heads; the rows are as high. Rows beyond `rows` stay empty.
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
            if entry.text:
                sheet.value(
                    cell.x0 + 5, cell.middle[1] + 3.5, entry.text, path=entry.path, value=entry.value, font=SANS, size=9
                )
        top = line.bottom
    return top
