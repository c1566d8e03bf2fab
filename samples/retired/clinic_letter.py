"""A modern letter of medical necessity: the practice in a column at the side, facts in a table, requests as bullets."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.lib.colors import Color

from models.geometry import Box
from samples import pen
from samples.case import Case
from samples.fictions import Practitioner
from samples.page import BOLD, SANS, Book, Sheet
from samples.prose import parse
from samples.retired import grid
from samples.retired.asked import asked, diagnoses, sender_id, urgency
from samples.retired.office import Office, office, said
from samples.retired.pages import Column
from samples.retired.paper import LETTER, asking

KINDS = frozenset({"referral", "service", "admission", "drug", "equipment"})
SIDE, LEFT, RIGHT = 152.0, 176.0, 572.0
_TEAL = Color(0.05, 0.35, 0.4)


def draw(book: Book, case: Case, *, rng: random.Random, reasons: Sequence[str]) -> None:
    """Write the letter on one sheet or more; `reasons` are its paragraphs, with the marks of `samples.prose`."""
    book.paper(asking(case, LETTER, title="Letter of medical necessity"))
    clerk = office(rng, machine=False)
    sheet = book.sheet(LETTER)
    _side(sheet, case.requester, office=clerk)
    column = _column(book, sheet, case, office=clerk)
    _opening(column, case, office=clerk)
    _request(column, case, office=clerk)
    column.need(30)
    _subhead(column, "Why it is needed")
    for reason in reasons:
        column.write(reason, after=5)
    _close(column, case, office=clerk)


def _column(book: Book, sheet: Sheet, case: Case, *, office: Office) -> Column:
    def turn() -> tuple[Sheet, float]:
        following = book.sheet(LETTER)
        one = case.patient
        following.line(54, 62, RIGHT, 62, weight=0.6)
        text = f"{office.person(one)}, born {office.date('/patient/birth_date', one.birth_date, full=True)}"
        following.paragraph(54, 54, f"{text} - continued", width=500, font=SANS, size=8.5)
        return following, 86

    return Column(sheet, LEFT, 58, RIGHT - LEFT, 742, SANS, 9.6, 13.2, turn)


def _side(sheet: Sheet, who: Practitioner, *, office: Office) -> None:
    grid.shade(sheet, Box(0, 0, SIDE, sheet.height), 0.07)
    sheet.canvas.setFillColor(_TEAL)
    sheet.canvas.circle(46, sheet.height - 52, 15, stroke=0, fill=1)
    sheet.canvas.setFillColor(Color(1, 1, 1))
    sheet.canvas.circle(52, sheet.height - 48, 8, stroke=0, fill=1)
    sheet.canvas.setFillColor(Color(0, 0, 0))
    stem = "/requesting_provider"
    name = said(f"{stem}/organization", who.organization)
    y = sheet.paragraph(28, 88, name, width=SIDE - 40, font=BOLD, size=11.5, leading=14) + 8
    where = who.address
    blocks = (
        ("", said(f"{stem}/address/line", where.line)),
        ("", f"{said(f'{stem}/address/city', where.city)}, {said(f'{stem}/address/state', where.state)} "
             f"{said(f'{stem}/address/postal_code', where.postal_code)}"),
        ("Telephone", office.phone(f"{stem}/phone", who.phone)),
        ("Fax", office.phone(f"{stem}/fax", who.fax)),
        ("Our physicians", said(f"{stem}/name", who.full)),
        ("", said(f"{stem}/specialty", who.specialty)),
        ("NPI", said(f"{stem}/npi", who.npi)),
        ("Tax ID", office.tin(f"{stem}/tin", who.tin)),
        ("Authorizations", said(f"{stem}/contact_name", who.contact)),
        ("Hours", "Monday to Friday 8:30 to 4:30"),
    )  # fmt: skip
    for label, text in blocks:
        if label:
            sheet.text(28, y + 8, label.upper(), font=BOLD, size=6.5, colour=_TEAL)
            y += 19
        y = sheet.paragraph(28, y, text, width=SIDE - 40, font=SANS, size=8.5, leading=11)
    sheet.paragraph(
        28, 738, "This letter holds health information protected by law.", width=104, font=SANS, size=6.5, leading=8
    )


def _opening(column: Column, case: Case, *, office: Office) -> None:
    column.write(office.date("/submitted_on", case.on), after=9)
    column.write(said("/coverage/payer_name", case.payer))
    column.write("Medical Director, Utilization Management", after=9)
    one = case.patient
    rows = (
        ("Patient", office.person(one)),
        (
            "Date of birth / sex",
            f"{office.date('/patient/birth_date', one.birth_date, full=True)} / {said('/patient/sex', one.sex)}",
        ),
        ("Member ID", said("/coverage/member_id", one.member_id)),
        ("Group", said("/coverage/group_number", one.group_number)),
        ("Diagnoses", "; ".join(diagnoses(case))),
        ("Rendering provider", _rendering(case, office=office)),
        ("Facility", office.provider("/facility", case.facility)),
    )
    column.y -= 6
    for label, text in rows:
        if text:
            _fact(column, label, text)
    column.y += 17


def _fact(column: Column, label: str, text: str) -> None:
    sheet, split, top = column.sheet, column.x + 92, column.y
    width = RIGHT - split - 9
    lines = grid.wrapped(parse(text).plain, width, font=SANS, size=8.8)
    bottom = top + 4 + 11 * len(lines)
    grid.shade(sheet, Box(column.x, top, split, bottom), 0.06)
    sheet.text(column.x + 4, top + 10.5, label, font=BOLD, size=8)
    sheet.paragraph(split + 5, top + 10.5, text, width=width, font=SANS, size=8.8, leading=11)
    sheet.frame(Box(column.x, top, column.x + column.width, bottom), weight=0.4)
    sheet.line(split, top, split, bottom, weight=0.4)
    column.y = bottom


def _rendering(case: Case, *, office: Office) -> str:
    who, stem = case.servicing, "/servicing_provider"
    if who is None:
        return ""
    parts = [office.provider(stem, who)]
    if who.family and who.organization:
        parts.append(said(f"{stem}/organization", who.organization))
    return ", ".join((*parts, f"NPI {said(f'{stem}/npi', who.npi)}"))


def _request(column: Column, case: Case, *, office: Office) -> None:
    column.write("Dear Medical Director,", after=4)
    column.write("I care for this patient and write to ask for prior authorization of the following:", after=2)
    for phrase in asked(case, office=office):
        column.need(14)
        column.sheet.canvas.circle(column.x + 6, column.sheet.height - column.y + 3, 1.6, stroke=0, fill=1)
        column.write(phrase, indent=15, after=1)
    column.y += 4
    column.write(" ".join(text for text in (sender_id(case), urgency(case)) if text), after=5)


def _subhead(column: Column, text: str) -> None:
    column.sheet.text(column.x, column.y, text, font=BOLD, size=10.5, colour=_TEAL)
    column.y += 15


def _close(column: Column, case: Case, *, office: Office) -> None:
    column.write(office.rng.choice(_THANKS), after=4)
    column.need(92)
    column.write("Sincerely,")
    sheet, y = column.sheet, column.y + 26
    place = Box(column.x, y - 26, column.x + 190, y + 4)
    if case.signed:
        place = pen.sign(sheet, column.x + 8, y, office.rng)
    sheet.signature(place, "pen" if case.signed else "none")
    sheet.state("/signature/state", "signed" if case.signed else "unsigned", quote="", boxes=(place,))
    column.y = y + 16
    stem = "/requesting_provider"
    column.write(said(f"{stem}/name", case.requester.full))
    column.write(said(f"{stem}/specialty", case.requester.specialty))
    column.write(f"NPI {said(f'{stem}/npi', case.requester.npi)}", after=4)
    column.write("Enclosures: office notes, results")


_THANKS = (
    "Thank you for your prompt attention. A peer-to-peer conversation can be arranged through my office.",
    "I would welcome a call from the reviewing physician. Notes and results are enclosed.",
    "Please let my staff know if anything is missing; we would rather send it than wait.",
)
