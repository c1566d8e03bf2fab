"""A table in a flow: heads first, columns as wide as what they hold, going on over the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.faces import face
from samples.page import wrapped
from samples.papers.flow import Flow
from samples.papers.shade import shade
from samples.prose import parse

Rules = Literal["all", "rows", "head"]
_PAD = 4.0


def grid(flow: Flow, table: Sequence[Sequence[str]], *, rules: Rules = "all", flagged: bool = False) -> None:
    """Write a table whose first row is its heads; cells are texts with the marks of `samples.prose`.

    With `flagged` the rows that have a cell of only H, L, A or * are bold, as laboratories print them.
    """
    if not table:
        return
    size = flow.look.size - 0.5
    widths, size = _widths(flow, table, size)
    heads = table[0]
    flow.need(_height(flow, heads, widths, size) + _height(flow, table[-1], widths, size))
    _row(flow, heads, widths, flow.look.bold, size, rules, head=True)
    for cells in table[1:]:
        font = flow.look.bold if flagged and any(cell in {"H", "L", "A", "HH", "LL", "*"} for cell in cells) else None
        if flow.y + _height(flow, cells, widths, size) > flow.box.bottom:
            flow.next()
            _row(flow, heads, widths, flow.look.bold, size, rules, head=True)
        _row(flow, cells, widths, font or flow.look.font, size, rules)
    if rules == "head":
        flow.sheet.line(flow.x, flow.y, flow.x + flow.width, flow.y, weight=0.8)
    flow.y += 8


def _row(
    flow: Flow,
    cells: Sequence[str],
    widths: Sequence[float],
    font: str,
    size: float,
    rules: Rules,
    *,
    head: bool = False,
) -> None:
    height, x = _height(flow, cells, widths, size), flow.x
    if head and rules != "head":
        shade(flow.sheet, Box(x, flow.y, x + sum(widths), flow.y + height))
    for cell, width in zip(cells, widths, strict=True):
        y = flow.y + size + 1.5
        kind = "printed" if head else flow.look.kind
        room = width - 2 * _PAD
        flow.sheet.paragraph(x + _PAD, y, cell, width=room, font=font, size=size, leading=size + 2, kind=kind)
        if rules == "all":
            flow.sheet.frame(Box(x, flow.y, x + width, flow.y + height), weight=0.5)
        x += width
    flow.y, flow.fresh = flow.y + height, False
    if rules == "rows" or (rules == "head" and head):
        flow.sheet.line(flow.x, flow.y, x, flow.y, weight=0.4)


def _height(flow: Flow, cells: Sequence[str], widths: Sequence[float], size: float) -> float:
    lines = max(
        len(wrapped(parse(cell).plain, width - 2 * _PAD, font=face(font), size=size))
        for cell, width in zip(cells, widths, strict=True)
        for font in (flow.look.bold, flow.look.font)
    )
    return max(1, lines) * (size + 2) + 3


def _widths(flow: Flow, table: Sequence[Sequence[str]], size: float) -> tuple[list[float], float]:
    """The widths of the columns, and the size of type at which their longest words fit."""
    while True:
        plain = [[parse(cell).plain for cell in column] for column in zip(*table, strict=True)]
        least = [max(_wide(word, flow, size) for cell in column for word in [*cell.split(), "x"]) for column in plain]
        whole = [min(max(_wide(cell, flow, size) for cell in column), flow.width * 0.45) for column in plain]
        if sum(least) <= flow.width or size <= 5:
            break
        size -= 0.5
    spare = flow.width - sum(least)
    more = [max(0.0, wide - narrow) for wide, narrow in zip(whole, least, strict=True)]
    share = spare / sum(more) if sum(more) else 0.0
    even = 0.0 if sum(more) else spare / len(least)
    return [narrow + share * extra + even for narrow, extra in zip(least, more, strict=True)], size


def _wide(text: str, flow: Flow, size: float) -> float:
    return max(stringWidth(text, face(font), size) for font in (flow.look.bold, flow.look.font)) + 2 * _PAD + 0.5
