"""Writing into the room that a form leaves: smaller, or on more lines, where it is narrow."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.faces import face
from samples.page import TYPED, Sheet, wrapped
from samples.prose import parse

LEAST, STEP, LEADING, FOOT = 4.0, 0.25, 1.08, 3.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what was typed for it: `path` and `value` as in `Sheet.value`; an empty `text` was left blank.

    A text that states several values tells them by its marks (see `samples.prose`) and has no `path`.
    """

    label: str
    text: str = ""
    path: str | None = None
    value: str | None = None


def fill(sheet: Sheet, room: Box, entry: Entry, *, font: str = TYPED, size: float = 10) -> None:
    """Write the entry's text into `room`, its last line `FOOT` points above the bottom.

    The book's hand goes before `font` and `size`. A text that is too wide becomes smaller, and is broken into lines
    as soon as the room is high enough for them.
    """
    if not entry.text:
        return
    font, size = face(sheet.hand.font or font), sheet.hand.size or size
    prose = parse(entry.text)
    lines, size = fitted(prose.plain, room, font=font, size=size)
    boxes: list[Box] = []
    for number, line in enumerate(lines):
        y = room.bottom - FOOT - (len(lines) - 1 - number) * size * LEADING
        boxes += sheet.text(room.x0, y, line, font=font, size=size, kind=sheet.hand.kind)
    if entry.path is not None:
        sheet.state(entry.path, entry.value or prose.plain, quote=prose.plain, boxes=boxes)
    for told in prose.told:
        if told.path is not None:
            sheet.state(told.path, told.value or told.quote, quote=told.quote, boxes=boxes[told.first : told.last + 1])


def fitted(text: str, room: Box, *, font: str, size: float) -> tuple[list[str], float]:
    """The lines in which a text fits the room, and their size: `size` or the largest below it that does.

    Below `LEAST` points nothing more is tried, and the text runs out of the room.
    """
    while True:
        lines = wrapped(text, room.width, font=font, size=size)
        wide = max(stringWidth(line, font, size) for line in lines)
        high = FOOT + size * (0.8 + LEADING * (len(lines) - 1))
        if (wide <= room.width and high <= room.height) or size <= LEAST:
            return lines, size
        size = max(LEAST, size - STEP)
