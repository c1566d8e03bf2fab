"""The report of a night in the sleep laboratory, with the night as a strip."""

from __future__ import annotations

import random
from collections.abc import Sequence

from models.geometry import Box
from samples.document import Document
from samples.forms.fill import Entry
from samples.page import Book
from samples.papers.flow import Flow
from samples.papers.head import barred, centred, marked
from samples.papers.look import PLAIN, PRINTOUT, RULED
from samples.papers.manner import Manner, called
from samples.papers.report import Sort, Style, write

STYLES = (
    Style(PLAIN, marked, "columns", foot="numbers", rules="rows"),
    Style(PRINTOUT, barred, "boxes", foot="printed", rules="all"),
    Style(RULED, centred, "boxes", foot="private", rules="head", centred_title=True),
)
_STAGES = ("W", "R", "N1", "N2", "N3")
_HEIGHT = 64.0


def draw(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the report."""
    picture = _night if rng.random() < 0.7 else None
    write(book, document, rng=rng, style=rng.choice(STYLES), sort=Sort(_more, picture=picture, table_first=True))


def _more(document: Document, manner: Manner, rng: random.Random) -> Sequence[Entry]:
    return (
        Entry(rng.choice(("Study Date", "Date of Study", "Night of")), manner.day(document.on)),
        Entry("Study #", f"{rng.randint(20, 26)}-{rng.randint(1000, 9999)}"),
        Entry(
            rng.choice(("Interpreted by", "Scored and read by", "Physician")), called(document.author, document.market)
        ),
    )


def _night(flow: Flow, rng: random.Random) -> None:
    """A strip of the stages of sleep over the night, and below it the saturation of oxygen."""
    sheet, left, right = flow.sheet, flow.x + 24, flow.x + flow.width
    sheet.text(flow.x, flow.y + 8, "Stages and oxygen saturation", font=flow.look.bold, size=7.5)
    top = flow.y + 13
    strip, below = Box(left, top, right, top + _HEIGHT * 0.55), Box(left, top + _HEIGHT * 0.62, right, top + _HEIGHT)
    for box in (strip, below):
        sheet.frame(box, weight=0.5)
    for row, stage in enumerate(_STAGES):
        sheet.text(flow.x + 6, strip.top + 6.5 + row * strip.height / 5, stage, size=6)
    sheet.text(flow.x + 2, below.top + 6, "100", size=6)
    sheet.text(flow.x + 6, below.bottom - 1, "70", size=6)
    _steps(flow, strip, rng)
    _trace(flow, below, rng)
    flow.y = below.bottom + 14


def _steps(flow: Flow, box: Box, rng: random.Random) -> None:
    path = flow.sheet.canvas.beginPath()
    x, row = box.x0, 0
    path.moveTo(x, flow.sheet.height - box.top - 4)
    while x < box.x1:
        y = flow.sheet.height - box.top - (row + 0.5) * box.height / 5
        path.lineTo(x, y)
        x = min(box.x1, x + rng.uniform(2, 16))
        path.lineTo(x, y)
        row = min(4, max(0, row + rng.choice((-2, -1, 1, 1)))) if x > box.x0 + 12 else 0
    _ink(flow, path, 0.7)


def _trace(flow: Flow, box: Box, rng: random.Random) -> None:
    path = flow.sheet.canvas.beginPath()
    x = box.x0
    path.moveTo(x, flow.sheet.height - box.top - 4)
    while x < box.x1 - 1:
        x = min(box.x1, x + rng.uniform(0.6, 2.4))
        depth = rng.uniform(0.1, 0.25) if rng.random() < 0.6 else rng.uniform(0.3, 0.9)
        path.lineTo(x, flow.sheet.height - box.top - depth * box.height)
    _ink(flow, path, 0.5)


def _ink(flow: Flow, path: object, weight: float) -> None:
    canvas = flow.sheet.canvas
    canvas.saveState()
    canvas.setLineWidth(weight)
    canvas.drawPath(path)
    canvas.restoreState()
