"""An order that asks for prior authorization, as an electronic chart prints it: headings, and labels with values."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case
from samples.fictions import Practitioner
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.office import Office, office, said
from samples.retired.pages import Column, signed_electronically
from samples.retired.paper import FORM, asking
from samples.retired.written import diagnosis, patient, previous_number, provider, service

KINDS = frozenset({"referral", "service", "equipment"})
LEFT, RIGHT, GAP = 45.0, 567.0, 14.0
_TITLE = "Referral Order / Prior Authorization Request"
_SIZE, _LEADING = 9.0, 12.4
Pair = tuple[str, str]


def draw(book: Book, case: Case, *, rng: random.Random, reasons: Sequence[str]) -> None:
    """Print the order on one sheet or more; `reasons` are the paragraphs of its comments."""
    book.paper(asking(case, FORM, title=_TITLE))
    clerk = office(rng, machine=False)
    column = _column(book, case, office=clerk)
    _order(column, case, office=clerk)
    _people(column, case, office=clerk)
    _asked(column, case, office=clerk)
    _heading(column, "Clinical Information")
    for text in reasons:
        column.write(text, after=2)
    _close(column, case, office=clerk)


def _column(book: Book, case: Case, *, office: Office) -> Column:
    def turn() -> tuple[Sheet, float]:
        following = book.sheet(FORM)
        pages.append(following)
        one = patient(case, office=office)
        text = f"{one.full} | DOB: {one.born}"
        following.paragraph(LEFT, 44, text, width=RIGHT - LEFT, font=SANS, size=8.5)
        following.line(LEFT, 49, RIGHT, 49, weight=0.5)
        _foot(following, len(pages))
        return following, 68

    pages = [book.sheet(FORM)]
    y = _letterhead(pages[0], case.requester, office=office)
    _foot(pages[0], 1)
    return Column(pages[0], LEFT, y, RIGHT - LEFT, 736, SANS, _SIZE, _LEADING, turn)


def _letterhead(sheet: Sheet, who: Practitioner, *, office: Office) -> float:
    stem = "/requesting_provider"
    sheet.paragraph(LEFT, 44, said(f"{stem}/organization", who.organization), width=300, font=BOLD, size=12)
    where = office.street(f"{stem}/address", who.address)
    sheet.paragraph(LEFT, 57, where, width=300, font=SANS, size=8.5)
    numbers = f"Phone: {office.phone(f'{stem}/phone', who.phone)} | Fax: {office.phone(f'{stem}/fax', who.fax)}"
    sheet.paragraph(LEFT, 68, numbers, width=300, font=SANS, size=8.5)
    sheet.line(LEFT, 75, RIGHT, 75, weight=1)
    sheet.centred(93, _TITLE, size=13)
    return 112


def _foot(sheet: Sheet, number: int) -> None:
    sheet.line(LEFT, 750, RIGHT, 750, weight=0.5)
    sheet.text(LEFT, 760, "This document contains confidential patient health information.", size=7)
    page = f"Page {number}"
    sheet.text(RIGHT - stringWidth(page, SANS, 7), 760, page, size=7)


def _heading(column: Column, text: str) -> None:
    column.need(30)
    column.y += 5
    column.sheet.text(LEFT, column.y, text, font=BOLD, size=10)
    column.sheet.line(LEFT, column.y + 3, RIGHT, column.y + 3, weight=0.6)
    column.y += 15


def _pairs(column: Column, pairs: Sequence[Pair], *, across: int = 2) -> None:
    """Labels with values, so many side by side; those without a value are left out, as charts do."""
    known = [(label, text) for label, text in pairs if text]
    for first in range(0, len(known), across):
        column.need(_LEADING)
        cells = grid.cut(Box(LEFT, column.y, RIGHT + GAP, column.y + 1), (1,) * across)
        below = [
            _pair(column.sheet, cell, label, text)
            for cell, (label, text) in zip(cells, known[first : first + across], strict=False)
        ]
        column.y = max(below)


def _pair(sheet: Sheet, cell: Box, label: str, text: str) -> float:
    sheet.text(cell.x0, cell.top, f"{label}:", font=BOLD, size=_SIZE)
    x = cell.x0 + stringWidth(f"{label}: ", BOLD, _SIZE) + 1
    return sheet.paragraph(x, cell.top, text, width=cell.x1 - GAP - x, font=SANS, size=_SIZE, leading=_LEADING)


def _order(column: Column, case: Case, *, office: Office) -> None:
    level = "Urgent" if case.level_of_service == "urgent" else "Routine"
    kind = said("/certification_type", case.certification.capitalize(), case.certification)
    pairs = (
        ("Order Date", office.date("/submitted_on", case.on)),
        ("Priority", said("/level_of_service", level, case.level_of_service)),
        ("Request Type", kind),
        ("Previous Authorization Number", previous_number(case)),
    )
    _pairs(column, pairs)
    _pairs(column, (("Reason for Urgency", said("/urgency_reason", case.urgency_reason)),), across=1)


def _people(column: Column, case: Case, *, office: Office) -> None:
    one = patient(case, office=office)
    who = provider(case.requester, "/requesting_provider", office=office)
    _heading(column, "Patient Information")
    sex = said("/patient/sex", case.patient.sex.capitalize(), case.patient.sex)
    _pairs(
        column,
        (("Patient Name", one.full), ("MRN", one.record), ("Date of Birth", one.born), ("Sex", sex),
         ("Phone", one.phone), ("Address", one.address),
         ("Primary Care Provider", office.provider("/primary_care_provider", case.primary_care))),
    )  # fmt: skip
    _heading(column, "Insurance Information")
    payer = said("/coverage/payer_name", case.payer)
    _pairs(
        column,
        (("Primary Insurance", payer), ("Member ID", one.member_id), ("Group Number", one.group),
         ("Secondary Insurance", one.other)),
    )  # fmt: skip
    _heading(column, "Referring Provider")
    _pairs(
        column,
        (("Provider", who.who), ("NPI", who.npi), ("Specialty", who.specialty), ("Tax ID", who.tin),
         ("Contact", who.contact)),
    )  # fmt: skip
    title = "Referred To" if case.kind == "referral" else "Servicing Provider"
    _provider(column, title, case.servicing, stem="/servicing_provider", office=office)
    _provider(column, "Facility", case.facility, stem="/facility", office=office)


def _provider(column: Column, title: str, who: Practitioner | None, *, stem: str, office: Office) -> None:
    if who is None:
        return
    one = provider(who, stem, office=office)
    column.need(60)
    _heading(column, title)
    _pairs(
        column,
        (("Name", one.who), ("NPI", one.npi), ("Practice", one.organization), ("Specialty", one.specialty),
         ("Phone", one.phone), ("Fax", one.fax)),
    )  # fmt: skip
    _pairs(column, (("Address", one.address),), across=1)


def _asked(column: Column, case: Case, *, office: Office) -> None:
    _heading(column, "Diagnosis")
    for place in range(len(case.diagnoses)):
        code, text = diagnosis(case, place, office=office)
        column.write(f"{code}   {text}")
    _heading(column, "Services Ordered")
    for place, line in enumerate(case.lines):
        one = service(case, place, office=office)
        column.need(2 * _LEADING)
        _pairs(column, (("Service", one.text),), across=1)
        kind = "HCPCS Code" if line.code[:1].isalpha() else "CPT Code"
        path = f"/service_lines/{place}/equipment/acquisition"
        bought = said(path, line.acquisition.capitalize(), line.acquisition) if line.acquisition else ""
        pairs = (
            (kind, one.code),
            ("Modifier", one.modifier),
            ("Quantity", "" if one.visits else one.quantity),
            ("Visits", one.visits),
            ("Frequency", one.per),
            ("Duration", one.duration),
            ("Laterality", one.side),
            ("Purchase/Rental", bought),
            ("Months", one.months),
            ("Start Date", one.start),
            ("End Date", one.end),
            ("Place of Service", one.place),
        )
        _pairs(column, pairs, across=3)
        column.y += 3


def _close(column: Column, case: Case, *, office: Office) -> None:
    column.need(34)
    sheet, y = column.sheet, column.y + 10
    if case.signed:
        name, on = said("/signature/name", case.requester.full), office.date("/signature/signed_on", case.on)
        text = f"Electronically signed by: {name} on {on}"
        signed_electronically(sheet, LEFT, y, text, font=SANS, size=_SIZE)
        return
    place = Box(LEFT + 100, y - 12, LEFT + 300, y + 6)
    sheet.text(LEFT, y, "Provider Signature:", font=BOLD, size=_SIZE)
    sheet.line(place.x0, y + 3, place.x1, y + 3, weight=0.5)
    sheet.signature(place, "none")
    sheet.state("/signature/state", "unsigned", quote="", boxes=(place,))
