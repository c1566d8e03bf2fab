"""A written order or prescription: a form of the practice, or its pad; where the book has a hand, it fills them in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from models.geometry import Box
from samples.document import Document
from samples.faces import writes
from samples.forms.cell import below, underlined
from samples.forms.fill import Entry
from samples.page import BOLD, SANS, SERIF, Book, Sheet
from samples.papers.flow import Column, Flow
from samples.papers.grid import grid
from samples.papers.head import barred, centred, marked, organization
from samples.papers.identity import fitted_size
from samples.papers.look import SERIF_BOLD, Look
from samples.papers.manner import Manner, called, where
from samples.papers.manner import chosen as some_manner
from samples.papers.report import Style, foot_line, running_head
from samples.papers.shade import shade
from samples.papers.signoff import sign
from samples.prose import parse

_FORM = Look(SANS, BOLD, 9.5, 12.5, heading="ruled", margin=50)
_PAD = Look(SERIF, SERIF_BOLD, 10.5, 13.5, heading="underlined", margin=90)
_OFFICE: tuple[tuple[tuple[str, float], ...], ...] = (
    (("Scheduled by", 2.5), ("Date scheduled", 2), ("Auth. no.", 2.5)),
    (("Received by", 2), ("Date / time", 1.5), ("Insurance verified", 1.5), ("Account no.", 2)),
)
_DONE = ("Patient notified", "Copy to chart", "Faxed", "On hold")
# Characters; nobody writes more on a pad.
_PAD_HOLDS = 600
_SMALL = (
    "This order is valid only with the signature of the treating practitioner. Changes need initials and a date.",
    "By signing I confirm that the items are needed and that my records, kept on file, support them.",
    "Please send proof of delivery and any questions to the fax number above.",
)


def draw(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the order."""
    short = len(_all_words(document)) < _PAD_HOLDS
    drawer = rng.choice((form, form, pad)) if short else form
    drawer(book, document, rng=rng)


def form(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the order on a form with ruled cells."""
    manner, style = some_manner(rng, document.market), Style(_FORM, rng.choice((marked, centred, barred)))
    sheet = book.sheet(document.part)
    top = style.head(sheet, document, manner)
    left, right = _FORM.margin, sheet.width - _FORM.margin
    size = fitted_size(document.title.upper(), BOLD, size=13, room=right - left)
    sheet.centred(top + 12, document.title.upper(), x=sheet.width / 2, size=size)
    y = _cells(sheet, Box(left, top + 20, right, sheet.height), _patient(document, manner))
    flow = _flow(book, document, Column(sheet, Box(left, y + 10, right, sheet.height - 50)), manner, style)
    _ordered(flow, document)
    flow.need(130)
    y = _cells(flow.sheet, Box(left, flow.y, right, sheet.height), _practitioner(document, manner))
    flow.y, flow.fresh = y + 6, False
    flow.look = _FORM
    sign(flow, document, manner, rng=rng)
    flow.paragraph(rng.choice(_SMALL))
    if rng.random() < 0.6:
        _office_use(flow, Box(left, flow.y, right, flow.sheet.height - 40), rng)


def pad(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the order on a sheet of a prescription pad, copied onto a page."""
    manner, style = some_manner(rng, document.market), Style(_PAD)
    sheet, who = book.sheet(document.part), document.author
    left, right, top = _PAD.margin, sheet.width - _PAD.margin, 70.0
    middle, name = sheet.width / 2, organization(document)
    sheet.centred(top + 22, name, x=middle, font=SERIF_BOLD, size=fitted_size(name, SERIF_BOLD, size=15, room=380))
    lines = (
        f"{called(who, document.market)}   {who.specialty}",
        where(who.address),
        f"Tel. {manner.telephone(who.phone)}",
    )
    for number, line in enumerate(lines):
        size = fitted_size(line, SERIF, size=9.5, room=right - left)
        sheet.centred(top + 35 + 11 * number, line, x=middle, font=SERIF, size=size)
    sheet.line(left, top + 64, right, top + 64, weight=1)
    y = _blanks(sheet, Box(left, top + 68, right, sheet.height), _patient(document, manner)[:-2])
    sheet.text(left, y + 32, "Rx", font="Times-BoldItalic", size=30)
    column = Column(sheet, Box(left + 24, y + 42, right, sheet.height - 60))
    flow = _flow(book, document, column, manner, style)
    _ordered(flow, document)
    flow.look = _PAD
    sign(flow, document, manner, rng=rng)
    if who.npi:
        boxes = flow.sheet.text(flow.x, flow.baseline, f"NPI {who.npi}", font=SERIF, size=10)
        flow.sheet.state("/ordering_provider/npi", who.npi, quote=who.npi, boxes=boxes[1:], kind="printed")
        flow.y += 14
    if flow.page == 1:
        sheet.frame(Box(left - 22, top, right + 22, flow.y + 14), weight=1.2)


def _office_use(flow: Flow, box: Box, rng: random.Random) -> None:
    """The part of the form that nobody has filled in yet, where there is room for it."""
    if box.height < 70:
        return
    band = Box(box.x0, box.top + 4, box.x1, box.top + 17)
    shade(flow.sheet, band, 0.8)
    flow.sheet.text(box.x0 + 4, box.top + 13.5, "FOR OFFICE USE ONLY", font=BOLD, size=7.5)
    empty = [(Entry(label), share) for label, share in rng.choice(_OFFICE)]
    bottom = _cells(flow.sheet, Box(box.x0, band.bottom, box.x1, box.bottom), empty)
    x = box.x0 + 4
    for option in _DONE:
        flow.sheet.tick_box(x, bottom + 14, option, size=7.5, side=7)
        x += 125


def _flow(book: Book, document: Document, first: Column, manner: Manner, style: Style) -> Flow:
    """A flow in the book's hand, if it can write all that the order says."""
    look = style.look
    hand = book.hand
    if hand.font is not None and writes(hand.font, _all_words(document)):
        look = replace(look, font=hand.font, size=hand.size or look.size, kind=hand.kind)
        look = replace(look, leading=max(look.leading, look.size + 3))

    def turn(page: int) -> Column:
        sheet = book.sheet(document.part)
        foot_line(sheet, document, page=page, total=0, style=style, printed="")
        top = running_head(sheet, document, page=page, look=style.look, manner=manner)
        return Column(sheet, Box(first.box.x0, top, first.box.x1, sheet.height - 50))

    return Flow(first, turn=turn, look=look)


def _ordered(flow: Flow, document: Document) -> None:
    flow.facts(document.facts)
    grid(flow, document.table, rules="all")
    for heading, text in document.sections:
        flow.section(heading, text)
    flow.y += 4


def _all_words(document: Document) -> str:
    texts = [text for pair in (*document.facts, *document.sections) for text in pair]
    return "".join(parse(text).plain for text in (*texts, *(cell for row in document.table for cell in row)))


def _patient(document: Document, manner: Manner) -> tuple[tuple[Entry, float], ...]:
    one = document.patient
    return (
        (Entry(manner.patient, manner.named(one), "/patient/name/full", called(one, document.market)), 3),
        (Entry(manner.birth, manner.day(one.birth_date), "/patient/birth_date", one.birth_date.isoformat()), 1.5),
        (Entry("Order date", manner.day(document.on)), 1.5),
        (Entry(manner.sex, manner.sexed(one.sex), "/patient/sex", one.sex), 1),
        (Entry(manner.member, one.member_id, "/coverage/member_id"), 2.4),
        (Entry("Phone", manner.telephone(one.phone), "/patient/phone", one.phone), 2.4),
        (Entry("Chart no.", one.mrn, "/patient/identifiers/0/value"), 2.2),
        (Entry("Address", f"[[/patient/address/line|{one.address.line}]]{_town(document)}"), 7),
    )


def _practitioner(document: Document, manner: Manner) -> tuple[tuple[Entry, float], ...]:
    who = document.author
    number = Entry("NPI", who.npi, "/ordering_provider/npi")
    if document.market == "hk":
        number = Entry("Registration No.", who.license_number, "/ordering_provider/license_number")
    return (
        (Entry("Ordering practitioner", called(who, document.market), "/ordering_provider/name"), 3),
        (number, 2),
        (Entry("Phone", manner.telephone(who.phone), "/ordering_provider/phone", who.phone), 2),
    )


def _town(document: Document) -> str:
    line, rest = document.patient.address.line, where(document.patient.address)
    return rest.removeprefix(line)


def _cells(sheet: Sheet, box: Box, entries: Sequence[tuple[Entry, float]]) -> float:
    """Ruled cells with shares of 7 to the row; their bottom comes back."""
    x, y, height, shares = box.x0, box.top, 25.0, 0.0
    for entry, share in entries:
        width = box.width * share / 7
        below(sheet, Box(x, y, x + width, y + height), entry)
        x, shares = x + width, shares + share
        if shares >= 6.99:
            x, y, shares = box.x0, y + height, 0.0
    return y if shares == 0 else y + height


def _blanks(sheet: Sheet, box: Box, entries: Sequence[tuple[Entry, float]]) -> float:
    """Labels with ruled blanks, in rows with shares of at most 6; the last rule comes back."""
    x, y, room = box.x0, box.top + 18, box.width / 6
    for entry, share in entries:
        if x > box.x0 and x + share * room > box.x1 + 1:
            x, y = box.x0, y + 19
        end = x + share * room - 8
        underlined(sheet, x, y, replace(entry, label=f"{entry.label}:"), end=end, font=SERIF)
        x += share * room
    return y
