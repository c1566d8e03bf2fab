"""The insurance card of a member, both sides copied onto one sheet."""

from __future__ import annotations

import random

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.document import Document
from samples.fictions import phone
from samples.forms.fill import Entry, fitted
from samples.page import BOLD, SANS, Book, Sheet
from samples.papers.head import organization
from samples.papers.identity import fitted_size, state
from samples.papers.manner import Manner, called
from samples.papers.manner import chosen as some_manner
from samples.papers.shade import shade
from samples.prose import parse

# An ID-1 card (ISO/IEC 7810) of 85.6 by 54 mm, in points.
_WIDTH, _HEIGHT = 243.0, 153.0
_BACK = (
    "This card is for identification only and is no proof that the bearer is covered.",
    "In an emergency go to the nearest hospital and call the plan within 48 hours.",
    "Some services need prior authorization. Providers: call before you schedule.",
)


def draw(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw front and back, one above the other or side by side, a little larger or smaller than life."""
    sheet, manner = book.sheet(document.part), some_manner(rng, document.market)
    scale = rng.choice((1.0, 1.05, 1.25))
    beside = scale < 1.1 and rng.random() < 0.4
    x = rng.uniform(36, 44) if beside else rng.uniform(80, sheet.width - _WIDTH * scale - 80)
    y = rng.uniform(70, 160)
    front = Box(x, y, x + _WIDTH * scale, y + _HEIGHT * scale)
    back_x, back_y = (front.x1 + 12, y + rng.uniform(-6, 6)) if beside else (x + rng.uniform(-9, 9), front.bottom + 34)
    _front(sheet, front, document, manner, rng)
    _back(sheet, Box(back_x, back_y, back_x + front.width, back_y + front.height), document, manner, rng)
    if rng.random() < 0.5:
        words = f"Copy of insurance card, front and back   {manner.day(document.on)}"
        sheet.text(54, sheet.height - rng.uniform(60, 200), words, size=9)


def _front(sheet: Sheet, card: Box, document: Document, manner: Manner, rng: random.Random) -> None:
    _edge(sheet, card)
    shade(sheet, Box(card.x0 + 1.5, card.top + 8, card.x1 - 1.5, card.top + 32), 0.85)
    plan = organization(document)
    lines, size = fitted(plan, Box(card.x0 + 12, card.top + 9, card.x1 - 10, card.top + 31), font=BOLD, size=12)
    boxes: list[Box] = []
    for number, line in enumerate(lines, 1 - len(lines)):
        boxes += sheet.text(card.x0 + 12, card.top + 25 + number * size * 1.08, line, font=BOLD, size=size)
    sheet.state("/coverage/payer_name", plan, quote=plan, boxes=boxes, kind="printed")
    one = document.patient
    name = called(one, document.market)
    name = name.upper() if manner.capitals else name
    member = Entry(rng.choice(("Member ID", "ID Number", "Subscriber ID", "Identification No.")), one.member_id,
                   "/coverage/member_id")  # fmt: skip
    left = [
        Entry(
            rng.choice(("Member", "Member Name", "Name", "Subscriber")),
            name,
            "/patient/name/full",
            called(one, document.market),
        ),
        member,
        Entry(rng.choice(("Group", "Group No.", "Grp #")), one.group_number, "/coverage/group_number"),
    ]
    if rng.random() < 0.5:
        born = manner.day(one.birth_date)
        left.append(Entry(manner.birth, born, "/patient/birth_date", one.birth_date.isoformat()))
    y = card.top + 46
    step = (card.height - 60) / 4
    for entry in (entry for entry in left if entry.text):
        _labelled(sheet, card.x0 + 12, y, entry, room=card.width * 0.58)
        y += step
    _small(sheet, Box(card.x0 + card.width * 0.64, card.top + 44, card.x1 - 6, card.bottom), document, rng)


def _labelled(sheet: Sheet, x: float, y: float, entry: Entry, *, room: float) -> None:
    sheet.text(x, y, entry.label, size=6.5)
    size = fitted_size(entry.text, BOLD, size=9.5, room=room - 12)
    state(sheet, entry, sheet.text(x, y + 10.5, entry.text, font=BOLD, size=size))


def _small(sheet: Sheet, box: Box, document: Document, rng: random.Random) -> None:
    """The right side: what the document says, else what such cards say."""
    y = box.top
    for label, text in document.facts or _usual(document, rng):
        sheet.text(box.x0, y, f"{label}:", size=6)
        size = fitted_size(parse(text).plain, BOLD, size=7.5, room=box.width)
        y = sheet.paragraph(box.x0, y + 8, text, width=box.width, font=BOLD, size=size, leading=9) + 1.5
        if y > box.bottom - 14:
            break


def _usual(document: Document, rng: random.Random) -> tuple[tuple[str, str], ...]:
    """A pharmacy's numbers and copayments; in Hong Kong the scheme."""
    if document.market == "hk":
        return (
            ("Plan", rng.choice(("Ward", "Semi-private", "Private"))),
            ("Network", rng.choice(("A", "B", "Silver"))),
        )
    return (
        ("RxBIN", f"{rng.randint(0, 9999):06d}"),
        ("RxPCN", rng.choice(("ADV", "MEDD", "HLTH"))),
        ("Office visit", f"${rng.choice((10, 20, 25, 40))}"),
        ("Specialist", f"${rng.choice((30, 45, 60))}"),
        ("Emergency", f"${rng.choice((100, 150, 250))}"),
    )


def _back(sheet: Sheet, card: Box, document: Document, manner: Manner, rng: random.Random) -> None:
    _edge(sheet, card)
    if rng.random() < 0.4:
        shade(sheet, Box(card.x0 + 1.5, card.top + 12, card.x1 - 1.5, card.top + 34), 0.1)
    y = card.top + 48
    width = card.width - 24
    for words in _BACK:
        y = sheet.paragraph(card.x0 + 12, y, words, width=width, font=SANS, size=6.5, leading=7.8) + 2
    calls = [(label, phone(rng)) for label in ("Member services", "Providers", "Nurse line")]
    if document.market == "hk":
        calls = [("Customer hotline", document.author.phone)]
    tab = max(stringWidth(label, BOLD, 6.5) for label, _ in calls) + 18
    for label, digits in calls:
        sheet.text(card.x0 + 12, y + 4, label, font=BOLD, size=6.5)
        sheet.text(card.x0 + 12 + tab, y + 4, manner.telephone(digits), size=6.5)
        y += 9
    claims = f"Send claims to: {organization(document)}, P.O. Box {rng.randint(100, 9999)}"
    sheet.paragraph(card.x0 + 12, card.bottom - 16, claims, width=width, font=SANS, size=6, leading=7.5)


def _edge(sheet: Sheet, card: Box) -> None:
    """The edge of the card and the shadow that a copier sees at it."""
    shade(sheet, Box(card.x0 + 3, card.bottom, card.x1 + 3, card.bottom + 3), 0.55)
    shade(sheet, Box(card.x1, card.top + 3, card.x1 + 3, card.bottom + 3), 0.55)
    canvas = sheet.canvas
    canvas.setLineWidth(1)
    canvas.roundRect(card.x0, sheet.height - card.bottom, card.width, card.height, 9)
