"""Cells of dense forms: tiny captions, values fitted into the room that is left, shading, ticks, places to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import CMYKColor, Color, black, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples import pen
from samples.case import Case
from samples.faces import face
from samples.page import BOLD, SANS, TYPED, Sheet
from samples.prose import parse
from samples.retired.office import Office

# No office writes smaller than this; a text that needs less is set so all the same.
_SMALLEST = 4.0
_LEADING = 1.12


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of a row: its share of the width, its caption, and the marked text filled in."""

    share: float
    caption: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option with its box; `path` and `value` as in `Sheet.tick_box`."""

    option: str
    ticked: bool = False
    path: str | None = None
    value: str | None = None


def fill(sheet: Sheet, box: Box, text: str, *, size: float = 9.5, font: str = TYPED) -> None:
    """Fill marked text into a box, on its bottom; long text is set smaller or on more lines until it fits."""
    prose = parse(text)
    if not prose.plain:
        return
    used = sheet.hand.font or font
    size, lines = _fitted(prose.plain, box, font=face(used), size=sheet.hand.size or size)
    y = box.bottom - 0.27 * size - (len(lines) - 1) * size * _LEADING
    boxes: list[Box] = []
    for number, line in enumerate(lines):
        boxes += sheet.text(box.x0, y + number * size * _LEADING, line, font=used, size=size, kind=sheet.hand.kind)
    for told in prose.told:
        if told.path is not None:
            sheet.state(told.path, told.value or told.quote, quote=told.quote, boxes=boxes[told.first : told.last + 1])


def captioned(sheet: Sheet, box: Box, caption: str, text: str = "", *, size: float = 6) -> None:
    """A ruled cell, a tiny caption in its upper left corner, the value in the rest of it."""
    sheet.frame(box, weight=0.5)
    sheet.text(box.x0 + 2.5, box.top + size + 0.5, caption, size=size)
    fill(sheet, Box(box.x0 + 4, box.top + size + 2.5, box.x1 - 3, box.bottom - 1), text)


def captioned_row(sheet: Sheet, box: Box, parts: Sequence[Part], *, size: float = 6) -> float:
    """Cells side by side over the whole width of a box; its bottom comes back."""
    for cell, part in zip(cut(box, [part.share for part in parts]), parts, strict=True):
        captioned(sheet, cell, part.caption, part.text, size=size)
    return box.bottom


def cut(box: Box, shares: Sequence[float]) -> tuple[Box, ...]:
    """Cut a box from left to right into cells of these shares."""
    x, cells = box.x0, []
    for share in shares:
        width = box.width * share / sum(shares)
        cells.append(Box(x, box.top, x + width, box.bottom))
        x += width
    return tuple(cells)


def lattice(
    sheet: Sheet, box: Box, heads: Sequence[tuple[float, str]], rows: Sequence[Sequence[str]], *, high: float = 17
) -> float:
    """A ruled table below `box`, its row of heads; `heads` are (share, caption), a caption of one line or more.

    The rows are `high` points high. The bottom of the last comes back.
    """
    shares = [share for share, _ in heads]
    for cell, (_, caption) in zip(cut(box, shares), heads, strict=True):
        shade(sheet, cell, 0.1)
        sheet.frame(cell, weight=0.5)
        for number, line in enumerate(caption.split("\n")):
            sheet.text(cell.x0 + 2.5, cell.top + 7 + 6.8 * number, line, size=6)
    top = box.bottom
    for texts in rows:
        for cell, text in zip(cut(Box(box.x0, top, box.x1, top + high), shares), texts, strict=True):
            sheet.frame(cell, weight=0.5)
            fill(sheet, Box(cell.x0 + 3, cell.top + 1, cell.x1 - 2.5, cell.bottom - 2), text, size=9)
        top += high
    return top


def shade(sheet: Sheet, box: Box, grey: float) -> None:
    """Fill a box with a grey, 0 white and 1 black; draw it before what stands on it."""
    sheet.canvas.setFillColor(CMYKColor(0, 0, 0, grey))
    sheet.canvas.rect(box.x0, sheet.height - box.bottom, box.width, box.height, stroke=0, fill=1)
    sheet.canvas.setFillColor(black)


def heading(sheet: Sheet, box: Box, text: str, *, grey: float = 0.2, size: float = 8) -> float:
    """A ruled and shaded band with a bold heading at its left; the band's bottom comes back."""
    shade(sheet, box, grey)
    sheet.frame(box, weight=0.7)
    colour: Color = white if grey > 0.6 else black
    sheet.text(box.x0 + 4, box.middle[1] + 0.35 * size, text, font=BOLD, size=size, colour=colour)
    return box.bottom


def choices(
    sheet: Sheet, x: float, y: float, options: Sequence[Choice], *, office: Office, size: float = 7.5, gap: float = 12
) -> float:
    """Options in a line from `x` on the baseline `y`, the chosen ones ticked; the x after the last comes back."""
    for one in options:
        box = sheet.tick_box(
            x, y, one.option, ticked=one.ticked, path=one.path, value=one.value, side=size - 0.5, size=size
        )
        if one.ticked:
            office.tick(sheet, box)
        x += size + 3.5 + stringWidth(one.option, SANS, size) + gap
    return x


def small_print(sheet: Sheet, box: Box, text: str, *, size: float = 6.2, font: str = SANS) -> float:
    """Instructions in small letters from the top of a box, as wide as it; the bottom of the last line comes back."""
    return (
        sheet.paragraph(box.x0, box.top + size, text, width=box.width, font=font, size=size, leading=size * 1.18)
        - size * 0.9
    )


def signed(sheet: Sheet, box: Box, case: Case, *, office: Office) -> None:
    """Sign in a box, or leave it empty, and record which."""
    if case.signed:
        width = min(110.0, box.width - 60)
        place = pen.sign(sheet, box.x0 + 14, box.bottom - 7, office.rng, width=width)
        sheet.signature(place, "pen")
        sheet.state("/signature/state", "signed", quote="", boxes=(place,))
    else:
        sheet.signature(box, "none")
        sheet.state("/signature/state", "unsigned", quote="", boxes=(box,))


def wrapped(text: str, width: float, *, font: str, size: float) -> tuple[str, ...]:
    """The lines of a text that are at most `width` points wide; a longer word has its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and stringWidth(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _fitted(text: str, box: Box, *, font: str, size: float) -> tuple[float, tuple[str, ...]]:
    while True:
        lines = wrapped(text, box.width, font=font, size=size)
        wide = max(stringWidth(line, font, size) for line in lines)
        high = size + (len(lines) - 1) * size * _LEADING
        if (wide <= box.width and high <= box.height) or size <= _SMALLEST:
            return size, lines
        size -= 0.25
