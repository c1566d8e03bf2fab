"""A letter that a chart prints to go by fax: a memo's head, a banner with the patient, headings with short texts."""

from __future__ import annotations

import random
from collections.abc import Sequence

from models.geometry import Box
from samples.case import Case
from samples.fictions import Practitioner, phone
from samples.page import BOLD, SANS, Book, Sheet
from samples.prose import parse
from samples.retired import grid, phrases
from samples.retired.office import Office, office, said
from samples.retired.pages import Column, signed_electronically
from samples.retired.paper import LETTER, asking
from samples.retired.written import patient

KINDS = frozenset({"referral", "service", "admission", "drug", "equipment"})
LEFT, RIGHT, INDENT = 46.0, 566.0, 14.0
_NOTICE = (
    "The documents in this transmission may contain information that is confidential under state and federal law, "
    "including 42 CFR Part 2. If you have received it in error you may not use it for any purpose. Contact the sender."
)


def draw(book: Book, case: Case, *, rng: random.Random, reasons: Sequence[str]) -> None:
    """Write the letter on one sheet or more; `reasons` are its paragraphs, with the marks of `samples.prose`."""
    book.paper(asking(case, LETTER, title="Order / referral letter"))
    clerk = office(rng, machine=False)
    column = _column(book, case, office=clerk)
    _memo(column, case, office=clerk)
    _banner(column, case, office=clerk)
    _sections(column, case, reasons=reasons, office=clerk)
    _close(column, case, office=clerk)


def _column(book: Book, case: Case, *, office: Office) -> Column:
    at = f"{office.rng.randint(8, 16):02d}:{office.rng.randint(0, 59):02d}"

    def begin() -> Sheet:
        sheet = book.sheet(LETTER)
        turned.append(sheet)
        stamp = f"Printed {office.day(case.on)} {at}"
        sheet.text(LEFT, 760, f"{stamp}     Page {len(turned)}     Do not file without review", size=6.8)
        grid.small_print(sheet, Box(LEFT, 762, RIGHT, 776), _NOTICE, size=5.6)
        return sheet

    def turn() -> tuple[Sheet, float]:
        sheet = begin()
        one = case.patient
        text = f"{office.person(one)}   DOB {office.date('/patient/birth_date', one.birth_date, full=True)}"
        sheet.paragraph(LEFT, 42, text, width=RIGHT - LEFT, font=BOLD, size=8.5)
        sheet.line(LEFT, 47, RIGHT, 47, weight=0.5)
        return sheet, 68

    turned: list[Sheet] = []
    return Column(begin(), LEFT, 44, RIGHT - LEFT, 742, SANS, 9.2, 12, turn)


def _memo(column: Column, case: Case, *, office: Office) -> None:
    """The practice at the left, a ladder of To, From, Date and so on at the right."""
    who, stem, sheet = case.requester, "/requesting_provider", column.sheet
    y = sheet.paragraph(
        LEFT, 44, said(f"{stem}/organization", who.organization), width=220, font=BOLD, size=11, leading=13
    )
    lines = (
        office.street(f"{stem}/address", who.address),
        f"Ph {office.phone(f'{stem}/phone', who.phone)} | Fx {office.phone(f'{stem}/fax', who.fax)}",
    )
    for text in lines:
        y = sheet.paragraph(LEFT, y, text, width=220, font=SANS, size=8, leading=10)
    rows = (
        ("To", f"{said('/coverage/payer_name', case.payer)}, Intake"),
        ("Fax", office.dialled(phone(office.rng))),
        ("From", said(f"{stem}/name", who.full)),
        ("Date", office.date("/submitted_on", case.on)),
        ("Subject", "Prior authorization requested, records follow"),
    )
    top = 33.0
    for label, text in rows:
        lines_used = grid.wrapped(parse(text).plain, RIGHT - 346, font=SANS, size=8.8)
        sheet.text(296, top + 10, f"{label}:", font=BOLD, size=8.5)
        sheet.paragraph(342, top + 10, text, width=RIGHT - 346, font=SANS, size=8.8, leading=10.5)
        top += 4 + 10.5 * len(lines_used)
        sheet.line(296, top, RIGHT, top, weight=0.3)
    column.y = max(y, top) + 8


def _banner(column: Column, case: Case, *, office: Office) -> None:
    one, sheet = patient(case, office=office), column.sheet
    sex = said("/patient/sex", case.patient.sex.capitalize(), case.patient.sex)
    record = f"MRN {one.record}" if one.record else ""
    group = f"Grp {one.group}" if one.group else ""
    upper = "   ".join(text for text in (f"DOB {one.born}", sex, record, f"Member {one.member_id}", group) if text)
    box = Box(LEFT, column.y, RIGHT, column.y + 40)
    grid.shade(sheet, box, 0.1)
    sheet.line(LEFT, box.top, LEFT, box.bottom, weight=2.4)
    sheet.paragraph(LEFT + 8, box.top + 13, one.full, width=RIGHT - LEFT - 16, font=BOLD, size=11)
    sheet.paragraph(LEFT + 8, box.top + 24.5, upper, width=RIGHT - LEFT - 16, font=SANS, size=8.3)
    sheet.paragraph(
        LEFT + 8, box.top + 35, f"{one.address}   Cell {one.phone}", width=RIGHT - LEFT - 16, font=SANS, size=8.3
    )
    column.y = box.bottom + 18


def _sections(column: Column, case: Case, *, reasons: Sequence[str], office: Office) -> None:
    when = phrases.when(case, office=office)
    level = "Expedited" if case.level_of_service == "urgent" else "Routine"
    priority = [said("/level_of_service", level, case.level_of_service)]
    priority.append(said("/urgency_reason", case.urgency_reason))
    blocks = (
        ("Service requested", phrases.wanted(case, office=office)),
        ("Dates", (when,)),
        ("Priority", tuple(text for text in priority if text)),
        ("Authorization history", (phrases.earlier(case),)),
        ("Diagnosis", phrases.conditions(case)),
        ("Performing provider", (_who(case.servicing, "/servicing_provider", office=office),)),
        ("Location", (_who(case.facility, "/facility", office=office),)),
        ("Supporting information", tuple(reasons)),
    )
    for title, texts in blocks:
        known = [text for text in texts if text]
        if not known:
            continue
        column.need(26)
        column.sheet.text(LEFT, column.y, title, font=BOLD, size=9.6)
        column.y += 12.5
        for text in known:
            column.write(text, indent=INDENT, after=2 if len(text) < 200 else 4)
        column.y += 6


def _who(who: Practitioner | None, stem: str, *, office: Office) -> str:
    if who is None:
        return ""
    parts = [office.provider(stem, who)]
    if who.family and who.organization:
        parts.append(said(f"{stem}/organization", who.organization))
    parts += [f"NPI {said(f'{stem}/npi', who.npi)}", f"Ph {office.phone(f'{stem}/phone', who.phone)}"]
    return ", ".join((*parts, f"Fx {office.phone(f'{stem}/fax', who.fax)}"))


def _close(column: Column, case: Case, *, office: Office) -> None:
    who, stem = case.requester, "/requesting_provider"
    column.need(78)
    sheet, y = column.sheet, column.y + 4
    sheet.text(LEFT, y, "Requested by", font=BOLD, size=9.6)
    column.y = y + 12.5
    tin = office.tin(f"{stem}/tin", who.tin)
    numbers = f"NPI {said(f'{stem}/npi', who.npi)}, TIN {tin}"
    column.write(f"{said(f'{stem}/name', who.full)}, {said(f'{stem}/specialty', who.specialty)}", indent=INDENT)
    column.write(f"{numbers}, office contact {said(f'{stem}/contact_name', who.contact)}", indent=INDENT, after=4)
    y = column.y
    if case.signed:
        name, on = said("/signature/name", who.full), office.date("/signature/signed_on", case.on)
        text = f"Signed off in the electronic record by {name}, {on}."
        signed_electronically(sheet, LEFT + INDENT, y, text, font="Helvetica-Oblique", size=9.2)
        return
    place = Box(LEFT + INDENT, y - 4, LEFT + 220, y + 14)
    sheet.line(place.x0, place.bottom, place.x1, place.bottom, weight=0.5)
    sheet.text(place.x0, place.bottom + 8, "Signature pending", font="Helvetica-Oblique", size=7.5)
    sheet.signature(place, "none")
    sheet.state("/signature/state", "unsigned", quote="", boxes=(place,))
