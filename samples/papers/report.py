"""A paper in sections: its head, whom it is about, what it says, and who signed it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from models.geometry import Box
from samples.document import Document
from samples.fictions import FAMILY, GIVEN
from samples.forms.fill import Entry
from samples.page import Book, Sheet
from samples.papers.flow import Column, Flow
from samples.papers.grid import Rules, grid
from samples.papers.head import Head, centred, organization
from samples.papers.identity import Arrangement, fitted_size, identity, show, state
from samples.papers.look import CLASSIC, Look
from samples.papers.manner import Manner
from samples.papers.manner import chosen as some_manner
from samples.papers.signoff import sign

Foot = Literal["none", "numbers", "printed", "private"]
More = Callable[[Document, Manner, random.Random], Sequence[Entry]]
_FOOT_ROOM = 46.0
# Where a table belongs: after the section that has one of these in its heading, else at the end.
_BEFORE_TABLE = ("objective", "exam", "result", "finding", "measure", "range", "item", "equipment", "medication")


@dataclass(frozen=True, slots=True)
class Style:
    """How a paper is made up; `centred_title` and `capitals` are of its title."""

    look: Look = CLASSIC
    head: Head = centred
    arrangement: Arrangement = "lines"
    foot: Foot = "none"
    rules: Rules = "all"
    centred_title: bool = False
    capitals: bool = False
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """What is peculiar to a kind of paper: labelled facts beside the patient's, a picture below them, the last line,
    and whether there is a place to sign.
    """

    more: More
    picture: Callable[[Flow, random.Random], None] | None = None
    table_first: bool = False
    signed: bool = True
    close: str = ""


def write(book: Book, document: Document, *, rng: random.Random, style: Style, sort: Sort) -> None:
    """Draw the paper on as many sheets as it needs."""
    manner = some_manner(rng, document.market)
    total = 0
    if style.foot in {"numbers", "printed"}:
        again = random.Random()
        again.setstate(rng.getstate())
        total = _write(trial(book.size), document, rng=again, style=style, sort=sort, manner=manner, total=0)
    _write(book, document, rng=rng, style=style, sort=sort, manner=manner, total=total)


def running_head(sheet: Sheet, document: Document, *, page: int, look: Look, manner: Manner) -> float:
    """The lines that say on a following page whose paper it is; gives where the text goes on."""
    y = 40.0
    title = f"{document.title} (continued)"
    room = sheet.width - 2 * look.margin - 60
    sheet.text(look.margin, y, title, font=look.bold, size=fitted_size(title, look.bold, size=look.size, room=room))
    number = f"Page {page}"
    sheet.text(sheet.width - look.margin - 40, y, number, font=look.font, size=look.size)
    x = look.margin
    for entry in _who(document, manner):
        boxes = sheet.text(x, y + 13, f"{entry.label}: {entry.text}", font=look.font, size=look.size - 0.5)
        state(sheet, entry, boxes[len(entry.label.split()) :])
        x = boxes[-1].x1 + 16
    sheet.line(look.margin, y + 18, sheet.width - look.margin, y + 18, weight=0.7)
    return y + 27


def foot_line(sheet: Sheet, document: Document, *, page: int, total: int, style: Style, printed: str) -> None:
    """The small print at the foot of a sheet."""
    look, y = style.look, sheet.height - 28
    right = sheet.width - look.margin
    if style.foot == "printed":
        sheet.line(look.margin, y - 9, right, y - 9, weight=0.4)
        size = fitted_size(printed, look.font, size=7, room=right - look.margin - 80)
        sheet.text(look.margin, y, printed, font=look.font, size=size)
        sheet.text(right - 60, y, f"Page {page} of {total}", font=look.font, size=7)
    elif style.foot == "numbers":
        sheet.centred(y, f"Page {page} of {total}", x=sheet.width / 2, font=look.font, size=8)
    elif style.foot == "private":
        words = f"CONFIDENTIAL: this record of {organization(document)} is private medical information."
        size = fitted_size(words, look.font, size=7, room=right - look.margin)
        sheet.centred(y, words, x=sheet.width / 2, font=look.font, size=size)


def body(flow: Flow, document: Document, *, style: Style, table_first: bool = False) -> None:
    """The labelled facts, the sections and the table of a document."""
    flow.facts(document.facts)
    at = -1 if table_first else _place_of_table(document)
    if at == -1:
        grid(flow, document.table, rules=style.rules, flagged=style.flagged)
    for number, (heading, text) in enumerate(document.sections):
        flow.section(heading, text)
        if number == at:
            grid(flow, document.table, rules=style.rules, flagged=style.flagged)


def trial(size: tuple[float, float]) -> Book:
    """A book to try something in, which is never saved."""
    return Book(Path("trial.pdf"), "trial", size=size)


def _write(
    book: Book, document: Document, *, rng: random.Random, style: Style, sort: Sort, manner: Manner, total: int
) -> int:
    printed = _printed_by(document, manner, rng)

    def column(sheet: Sheet, page: int, top: float) -> Column:
        foot_line(sheet, document, page=page, total=total, style=style, printed=printed)
        margin = style.look.margin
        return Column(sheet, Box(margin, top, sheet.width - margin, sheet.height - _FOOT_ROOM))

    def turn(page: int) -> Column:
        sheet = book.sheet(document.part)
        return column(sheet, page, running_head(sheet, document, page=page, look=style.look, manner=manner))

    sheet = book.sheet(document.part)
    flow = Flow(column(sheet, 1, style.head(sheet, document, manner)), turn=turn, look=style.look)
    title(flow, document, style)
    show(flow, identity(document, manner, more=sort.more(document, manner, rng)), style.arrangement)
    if sort.picture is not None:
        sort.picture(flow, rng)
    body(flow, document, style=style, table_first=sort.table_first)
    if sort.signed:
        sign(flow, document, manner, rng=rng)
    if sort.close:
        flow.y += 4
        flow.need(style.look.leading)
        flow.paragraph(sort.close)
    return flow.page


def title(flow: Flow, document: Document, style: Style) -> None:
    """The title of a paper over the width of the flow."""
    look = style.look
    words = document.title.upper() if style.capitals else document.title
    size = fitted_size(words, look.bold, size=look.size + 3, room=flow.width)
    y = flow.y + size
    if style.centred_title:
        flow.sheet.centred(y, words, x=flow.x + flow.width / 2, font=look.bold, size=size)
    else:
        flow.sheet.text(flow.x, y, words, font=look.bold, size=size)
    flow.y = y + 9


def _who(document: Document, manner: Manner) -> tuple[Entry, ...]:
    plain = replace(document, patient=replace(document.patient, name_zh=""))
    known = identity(plain, manner)
    return tuple(entry for entry in known if entry.path not in {None, "/patient/sex"})


def _place_of_table(document: Document) -> int:
    headings = [heading.lower() for heading, _ in document.sections]
    for number, heading in enumerate(headings):
        if any(word in heading for word in _BEFORE_TABLE):
            return number
    return len(headings) - 1


def _printed_by(document: Document, manner: Manner, rng: random.Random) -> str:
    who = f"{rng.choice(GIVEN)[0][0]}. {rng.choice(FAMILY)}"
    at = f"{rng.randint(8, 17)}:{rng.randint(0, 59):02d}"
    return f"Printed by {who} on {manner.day(document.on)} {at}   {organization(document)}   Chart copy"
