"""A health plan's general prior authorization request: one sheet, a table of labelled cells under dark headings."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case
from samples.fictions import Practitioner, phone
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.blank import beside, beside_row, chosen
from samples.retired.grid import Choice, Part
from samples.retired.office import Office, office, said
from samples.retired.paper import FORM, asking
from samples.retired.written import Provider, diagnosis, patient, previous_number, provider, service

KINDS = frozenset({"service", "equipment", "admission"})
LEFT, RIGHT, HIGH = 32.0, 580.0, 16.2
_TITLE = "Prior Authorization Request Form"
_HOW = (
    "Please type or print clearly and complete all sections. Attach clinical documentation that supports medical "
    "necessity, such as office notes, test results and imaging reports. Incomplete requests may delay the decision. "
    "Authorization does not guarantee payment; benefits and eligibility apply on the date of service."
)
_URGENT = (
    "* Urgent: applying the standard time frame could seriously jeopardize the member's life, health or ability to "
    "regain maximum function."
)
_NOTES = (
    "See attached office notes.",
    "Clinical notes attached",
    "Please see attached records and test results.",
    "Office notes and reports attached for review.",
)
_FOOT = (
    "CONFIDENTIAL: This document contains protected health information. If you received it in error, please notify the "
    "sender and destroy all copies. For member eligibility and the list of services that require prior authorization, "
    "visit the provider portal."
)


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    book.paper(asking(case, FORM, title=_TITLE))
    sheet, clerk = book.sheet(FORM), office(rng, machine=book.hand.kind == "value")
    top = _head(sheet, case, office=clerk)
    top = _review(sheet, case, office=clerk, top=top)
    top = _member(sheet, case, office=clerk, top=top)
    top = _requester(sheet, case, office=clerk, top=top)
    top = _servicing(sheet, case.servicing, office=clerk, top=top)
    top = _facility(sheet, case.facility, office=clerk, top=top)
    top = _diagnoses(sheet, case, office=clerk, top=top)
    top = _services(sheet, case, office=clerk, top=top)
    top = _course(sheet, case, office=clerk, top=top)
    top = _stay(sheet, case, office=clerk, top=top)
    _close(sheet, case, office=clerk, top=top)


def _head(sheet: Sheet, case: Case, *, office: Office) -> float:
    """The plan's name as its letterhead, where to send the form, and how."""
    size = 15.0
    while stringWidth(case.payer, BOLD, size) > 300:
        size -= 0.5
    boxes = sheet.text(LEFT, 40, case.payer, font=BOLD, size=size)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes, kind="printed")
    sheet.text(LEFT, 52, "Utilization Management Department", size=8)
    for y, text, font, points in (
        (38, _TITLE, BOLD, 13),
        (52, f"Fax: {office.dialled(phone(office.rng))}   Phone: {office.dialled(phone(office.rng))}", SANS, 8.5),
    ):
        sheet.text(RIGHT - stringWidth(text, font, points), y, text, font=font, size=points)
    sheet.line(LEFT, 57, RIGHT, 57, weight=1.4)
    return grid.small_print(sheet, Box(LEFT, 59, RIGHT, 90), _HOW, size=6.6) + 3


def _band(sheet: Sheet, title: str, *, top: float) -> float:
    return grid.heading(sheet, Box(LEFT, top, RIGHT, top + 12.4), title, grey=0.75, size=8)


def _row(sheet: Sheet, top: float, *parts: Part) -> float:
    return beside_row(sheet, Box(LEFT, top, RIGHT, top + HIGH), parts, size=7.4)


def _ticks(sheet: Sheet, box: Box, label: str, options: Sequence[Choice], *, office: Office, gap: float = 12) -> None:
    x = beside(sheet, box, label, size=7.4)
    grid.choices(sheet, x + 2, box.bottom - 5, options, office=office, gap=gap)


def _review(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    date, speed, kind = grid.cut(Box(LEFT, top, RIGHT, top + HIGH), (1.2, 1.5, 2.5))
    beside(sheet, date, "Date of Request:", office.date("/submitted_on", case.on), size=7.4)
    levels = (("Standard", "standard"), ("Urgent*", "urgent"))
    options = chosen(levels, "/level_of_service", case.level_of_service)
    _ticks(sheet, speed, "Review Type:", options, office=office)
    kinds = (("Initial", "initial"), ("Extension", "extension"), ("Renewal", "renewal"), ("Change", "amendment"))
    options = chosen(kinds, "/certification_type", case.certification)
    _ticks(sheet, kind, "Request Type:", options, office=office, gap=9)
    top = _row(
        sheet,
        date.bottom,
        Part(3.2, "If urgent, reason:", office.words("/urgency_reason", case.urgency_reason)),
        Part(2, "Existing Authorization #:", previous_number(case)),
    )
    return grid.small_print(sheet, Box(LEFT, top + 1, RIGHT, top + 12), _URGENT, size=6.4) + 3


def _member(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one = patient(case, office=office)
    top = _band(sheet, "MEMBER INFORMATION", top=top)
    top = _row(sheet, top, Part(3, "Member Name:", one.full), Part(2, "Member ID #:", one.member_id))
    born, sex, call = grid.cut(Box(LEFT, top, RIGHT, top + HIGH), (1.6, 1.4, 2))
    beside(sheet, born, "Date of Birth:", one.born, size=7.4)
    sexes = chosen((("Male", "male"), ("Female", "female")), "/patient/sex", case.patient.sex)
    _ticks(sheet, sex, "Gender:", sexes, office=office, gap=8)
    beside(sheet, call, "Member Phone:", one.phone, size=7.4)
    top = _row(sheet, born.bottom, Part(3, "Address:", one.address), Part(2, "Group #:", one.group))
    return _row(sheet, top, Part(1, "Other Insurance (if any):", one.other)) + 3


def _requester(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one = provider(case.requester, "/requesting_provider", office=office)
    top = _band(sheet, "REQUESTING PROVIDER INFORMATION", top=top)
    top = _row(
        sheet, top, Part(2.4, "Provider Name:", one.who), Part(1.2, "NPI #:", one.npi), Part(1.2, "Tax ID #:", one.tin)
    )
    top = _row(sheet, top, Part(2.8, "Practice Name:", one.organization), Part(2, "Specialty:", one.specialty))
    top = _row(sheet, top, Part(1, "Address:", one.address))
    top = _row(
        sheet,
        top,
        Part(1.5, "Phone:", one.phone),
        Part(1.5, "Fax:", one.fax),
        Part(1.9, "Contact Person:", one.contact),
    )
    ordered = None if case.ordering == case.requester else case.ordering
    other = provider(ordered, "/ordering_provider", office=office)
    return _row(sheet, top, Part(3, "Ordering Provider (if different):", other.who), Part(1.6, "NPI #:", other.npi)) + 3


def _servicing(sheet: Sheet, who: Practitioner | None, *, office: Office, top: float) -> float:
    one = provider(who, "/servicing_provider", office=office)
    top = _band(sheet, "SERVICING PROVIDER INFORMATION", top=top)
    top = _row(
        sheet, top, Part(2.4, "Provider Name:", one.who), Part(1.2, "NPI #:", one.npi), Part(1.2, "Tax ID #:", one.tin)
    )
    top = _row(sheet, top, Part(2.8, "Practice Name:", one.organization), Part(2, "Specialty:", one.specialty))
    return (
        _row(sheet, top, Part(3, "Address:", one.address), Part(1.2, "Phone:", one.phone), Part(1.2, "Fax:", one.fax))
        + 3
    )


def _facility(sheet: Sheet, who: Practitioner | None, *, office: Office, top: float) -> float:
    one = provider(who, "/facility", office=office)
    top = _band(sheet, "FACILITY INFORMATION", top=top)
    top = _row(
        sheet, top, Part(2.4, "Facility Name:", one.who), Part(1.2, "NPI #:", one.npi), Part(1.2, "Tax ID #:", one.tin)
    )
    return (
        _row(sheet, top, Part(3, "Address:", one.address), Part(1.2, "Phone:", one.phone), Part(1.2, "Fax:", one.fax))
        + 3
    )


def _where(sheet: Sheet, one: Provider, *, top: float) -> float:
    parts = (Part(3, "Address:", one.address), Part(1.2, "Phone:", one.phone), Part(1.2, "Fax:", one.fax))
    return _row(sheet, top, *parts) + 3


def _diagnoses(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = _band(sheet, "DIAGNOSIS AND SERVICE INFORMATION", top=top)
    heads = ((1, "ICD-10 Code"), (4.6, "Diagnosis Description"))
    rows = [diagnosis(case, place, office=office) for place in range(max(3, len(case.diagnoses)))]
    return _table(sheet, heads, rows, top=top)


def _services(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    heads = (
        (1.15, "CPT/HCPCS Code"),
        (0.75, "Modifier"),
        (3, "Description of Service"),
        (0.7, "Units"),
        (1.1, "Start Date"),
        (1.1, "End Date"),
    )
    rows = []
    for place in range(max(4, len(case.lines))):
        one = service(case, place, office=office)
        rows.append((one.code, one.modifier, one.text, one.quantity, one.start, one.end))
    return _table(sheet, heads, rows, top=top)


def _table(
    sheet: Sheet, heads: Sequence[tuple[float, str]], rows: Sequence[Sequence[str]], *, top: float, high: float = 14
) -> float:
    shares = [share for share, _ in heads]
    for cell, (_, label) in zip(grid.cut(Box(LEFT, top, RIGHT, top + 11), shares), heads, strict=True):
        grid.shade(sheet, cell, 0.12)
        sheet.frame(cell, weight=0.5)
        sheet.text(cell.x0 + 3, cell.bottom - 3.2, label, font=BOLD, size=7.2)
    top += 11
    for texts in rows:
        for cell, text in zip(grid.cut(Box(LEFT, top, RIGHT, top + high), shares), texts, strict=True):
            sheet.frame(cell, weight=0.5)
            grid.fill(sheet, Box(cell.x0 + 3, cell.top + 0.8, cell.x1 - 2, cell.bottom - 1.8), text, size=9)
        top += high
    return top


def _course(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one, first = service(case, 0, office=office), case.lines[0] if case.lines else None
    top = _row(
        sheet,
        top,
        Part(1.3, "Number of Visits:", one.visits),
        Part(1.7, "Frequency:", one.per),
        Part(1.4, "Duration:", one.duration),
        Part(2.1, "Place of Service:", one.place),
    )
    bought, months = grid.cut(Box(LEFT, top, RIGHT, top + HIGH), (3, 2))
    path, got = "/service_lines/0/equipment/acquisition", first.acquisition or "" if first else ""
    ways = chosen((("Purchase", "purchase"), ("Rental", "rental"), ("Repair", "repair")), path, got)
    _ticks(sheet, bought, "Durable Medical Equipment:", ways, office=office)
    beside(sheet, months, "If rental, number of months:", one.months, size=7.4)
    return bought.bottom


def _stay(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    stay = case.admission
    kind, on, days, care = grid.cut(Box(LEFT, top, RIGHT, top + HIGH), (2.65, 1.45, 1.0, 2.7))
    kinds = (("Elective", "elective"), ("Urgent", "urgent"), ("Emergency", "emergency"))
    options = chosen(kinds, "/admission/type", stay.type if stay else "")
    _ticks(sheet, kind, "Inpatient:", options, office=office, gap=7)
    admitted = office.date("/admission/admitted_on", stay.on) if stay else ""
    beside(sheet, on, "Admit Date:", admitted, size=7.4)
    beside(sheet, days, "Est. Days:", said("/admission/days", str(stay.days)) if stay else "", size=7.4)
    level = office.words("/admission/level_of_care", stay.level_of_care) if stay else ""
    beside(sheet, care, "Level of Care:", level, size=7.4)
    return kind.bottom + 3


def _close(sheet: Sheet, case: Case, *, office: Office, top: float) -> None:
    top = _band(sheet, "CLINICAL JUSTIFICATION", top=top)
    box = Box(LEFT, top, RIGHT, top + 40)
    sheet.frame(box, weight=0.5)
    sheet.text(
        LEFT + 3,
        top + 8.5,
        "Summarize the symptoms, findings and prior treatment that support this request, or attach notes:",
        size=7.2,
    )
    grid.fill(sheet, Box(LEFT + 5, top + 11, RIGHT - 4, top + 28), office.rng.choice(_NOTES))
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    row = Box(LEFT, box.bottom, RIGHT, box.bottom + 24)
    ink, printed, on = grid.cut(row, (2.6, 2, 1.1))
    x = beside(sheet, ink, "Provider Signature:", size=7.4)
    beside(sheet, printed, "Print Name:", name, size=7.4)
    beside(sheet, on, "Date:", date, size=7.4)
    grid.signed(sheet, Box(x, ink.top + 1, ink.x1 - 2, ink.bottom), case, office=office)
    grid.small_print(sheet, Box(LEFT, row.bottom + 3, RIGHT, 776), _FOOT, size=6.2)
    uses = grid.cut(Box(LEFT, row.bottom + 21, RIGHT, row.bottom + 37), (1.2, 1, 1.2, 1))
    for cell, label in zip(uses, ("PLAN USE ONLY   Received:", "Reviewer:", "Determination:", "Date:"), strict=True):
        grid.shade(sheet, cell, 0.1)
        beside(sheet, cell, label, size=6.8)
    sheet.text(LEFT, 772, "UM-PA-001   Rev. 01/2026", size=6)
    sheet.text(RIGHT - stringWidth("Page 1 of 1", SANS, 6), 772, "Page 1 of 1", size=6)
