"""What is marked on a form by hand: options to tick and the place to sign."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.lib.colors import Color, black
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from models.truth import Paper
from samples import pen
from samples.case import Case
from samples.page import SANS, Book, Sheet

Option = tuple[str, str | None]


def begin(book: Book, case: Case, title: str) -> Sheet:
    """Begin a request form of this title with its first sheet."""
    book.paper(
        Paper(
            "prior-authorization-form",
            title=title,
            request=True,
            dated_on=case.on,
            author=case.requester.full,
            signed="signed" if case.signed else "unsigned",
        )
    )
    return book.sheet("prior-authorization-form")


def options(
    sheet: Sheet,
    at: tuple[float, float],
    choices: Sequence[Option],
    *,
    rng: random.Random,
    path: str | None = None,
    chosen: str | None = None,
    size: float = 8,
    side: float = 7.5,
    gap: float = 12,
) -> float:
    """Boxes to tick in a row from `at`, each with its option; where the next one would stand comes back.

    An option is its printed words and the value of `path` that a tick means (None: none); the one that means `chosen`
    is ticked by pen.
    """
    x, y = at
    for words, value in choices:
        ticked = chosen is not None and value == chosen
        box = sheet.tick_box(
            x, y, words, ticked=ticked, path=path if value else None, value=value, side=side, size=size
        )
        if ticked:
            pen.tick(sheet, box, rng)
        x += side + 4 + stringWidth(words, SANS, size) + gap
    return x


def options_cell(
    sheet: Sheet,
    box: Box,
    label: str,
    *,
    choices: Sequence[Option],
    rng: random.Random,
    path: str | None = None,
    chosen: str | None = None,
    gap: float = 12,
) -> None:
    """A ruled cell with a small label at its top and options to tick under it; see `options`."""
    sheet.frame(box)
    sheet.text(box.x0 + 3, box.top + 8, label, size=6.5)
    options(sheet, (box.x0 + 6, box.bottom - 5), choices, rng=rng, path=path, chosen=chosen, gap=gap)


def signature(sheet: Sheet, case: Case, place: Box, *, rng: random.Random) -> None:
    """Sign on the bottom of `place` if the case is signed, and record what stands there."""
    if case.signed:
        width = min(110.0, place.width - 40)
        box = pen.sign(sheet, place.x0 + rng.uniform(4, 14), place.bottom - 2, rng, width=width)
        sheet.signature(box, "pen")
        sheet.state("/signature/state", "signed", quote="", boxes=(box,), kind="value")
    else:
        sheet.signature(place, "none")
        sheet.state("/signature/state", "unsigned", quote="", boxes=(place,), kind="value")


def shade(sheet: Sheet, box: Box, colour: Color) -> None:
    """Fill a box with a colour, without a rule around it."""
    sheet.canvas.setFillColor(colour)
    sheet.canvas.rect(box.x0, sheet.height - box.bottom, box.width, box.height, stroke=0, fill=1)
    sheet.canvas.setFillColor(black)
