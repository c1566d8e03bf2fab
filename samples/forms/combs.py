"""Combs: rows of cells of which each takes one character."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import Color, black
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.faces import face
from samples.forms.fill import FOOT, Entry, fill
from samples.page import TYPED, Sheet

STEP, HIGH, GAP, LABEL = 12.0, 14.0, 5.0, 8.5  # of a cell, between groups, and above for the label
LONG, TOOTH = 18, 2.4


def comb(sheet: Sheet, at: tuple[float, float], entry: Entry, *, groups: Sequence[int], tint: Color) -> float:
    """A small label, and under it cells of which each takes a character; the right end of the cells comes back.

    `at` is the left top. `groups` are the numbers of cells in a row, with a gap between the groups. A long comb has
    teeth in place of cells, and a text with more characters than cells is written across them as it comes.
    """
    x, top = at
    sheet.text(x, top + 6.5, entry.label, size=6)
    cells = _cells(x, top + LABEL, groups)
    middles = _middles(cells, entry.text, groups)
    _rule(sheet, cells, tint, teeth=middles is None or len(cells) > LONG)
    room = Box(x + 2, top + LABEL, cells[-1].x1 - 1, top + LABEL + HIGH)
    if middles is None:
        fill(sheet, room, entry, size=9)
    elif entry.text and entry.path is not None:
        size = _size(sheet, entry.text)
        boxes = sheet.spaced(middles, room.bottom - FOOT, entry.text, size=size)
        sheet.state(entry.path, entry.value or entry.text, quote=entry.text, boxes=boxes)
    return cells[-1].x1


def _rule(sheet: Sheet, cells: Sequence[Box], tint: Color, *, teeth: bool) -> None:
    """Rule the cells, or one frame with short teeth at its bottom."""
    sheet.canvas.setStrokeColor(tint)
    if teeth:
        sheet.frame(Box.around(cells), weight=0.5)
        for cell in cells[1:]:
            sheet.line(cell.x0, cell.bottom - TOOTH, cell.x0, cell.bottom, weight=0.5)
    else:
        for cell in cells:
            sheet.frame(cell, weight=0.5)
    sheet.canvas.setStrokeColor(black)


def _cells(x: float, top: float, groups: Sequence[int]) -> list[Box]:
    cells = []
    for count in groups:
        for _ in range(count):
            cells.append(Box(x, top, x + STEP, top + HIGH))
            x += STEP
        x += GAP
    return cells


def _middles(cells: Sequence[Box], text: str, groups: Sequence[int]) -> list[float] | None:
    """The place of each character, None if they are too many; a blank, dot or hyphen between groups is in their gap."""
    if len(groups) == 1:
        return [cell.middle[0] for cell in cells[: len(text)]] if len(text) <= len(cells) else None
    middles: list[float] = []
    at, ends = 0, {sum(groups[: place + 1]) for place in range(len(groups) - 1)}
    for glyph in text:
        if glyph in " .-" and at in ends:
            middles.append(cells[at - 1].x1 + GAP / 2)
        elif at < len(cells):
            middles.append(cells[at].middle[0])
            at += 1
        else:
            return None
    return middles


def _size(sheet: Sheet, text: str) -> float:
    """The hand's size, less where its widest letter would leave its cell."""
    font, size = face(sheet.hand.font or TYPED), sheet.hand.size or 10.0
    widest = max(stringWidth(glyph, font, size) for glyph in text)
    return min(size, HIGH - 3, size * (STEP - 1.5) / widest)
