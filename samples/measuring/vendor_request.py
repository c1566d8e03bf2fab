"""The request form of a company that reviews imaging and therapy for health plans: labels before underlined blanks."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case
from samples.fictions import Practitioner, phone
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.blank import chosen, yes_no
from samples.retired.grid import Choice
from samples.retired.office import Office, office
from samples.retired.paper import FORM, asking
from samples.retired.written import diagnosis, patient, previous_number, provider, service

KINDS = frozenset({"service"})
LEFT, RIGHT, STEP = 40.0, 572.0, 17.6
_TITLE = "Imaging and Therapy Prior Authorization Request"
_HOW = (
    "Fax this completed form with the most recent office note and any prior imaging or therapy records. Requests may "
    "also be submitted on our provider portal. Standard requests are answered within two business days of receipt of "
    "all clinical information."
)
_QUESTIONS = (
    "Has the patient had previous imaging of this body part?",
    "Has the patient completed conservative treatment (medication, therapy or home exercise)?",
    "Is there a new neurological deficit on examination?",
    "Is surgery being considered or scheduled?",
)
_NOTES = ("See attached notes", "Office note attached", "see attached clinical documentation", "")
_FOOT = (
    "This fax contains confidential patient information intended only for the recipient. An authorization is not a "
    "guarantee of payment. Payment is subject to the member's eligibility and benefits at the time of service."
)
_NAME = "Keystone Hill Health Review"


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    book.paper(asking(case, FORM, title=_TITLE))
    sheet, clerk = book.sheet(FORM), office(rng, machine=book.hand.kind == "value")
    y = _head(sheet, case, office=clerk)
    y = _patient(sheet, case, office=clerk, y=y)
    y = _orderer(sheet, case.requester, office=clerk, y=y)
    y = _provider(sheet, "Rendering Provider", case.servicing, stem="/servicing_provider", office=clerk, y=y)
    y = _provider(sheet, "Facility", case.facility, stem="/facility", office=clerk, y=y)
    y = _procedures(sheet, case, office=clerk, y=y)
    y = _clinical(sheet, case, office=clerk, y=y)
    _close(sheet, case, office=clerk, y=y)


def _line(sheet: Sheet, y: float, *parts: tuple[float, str, str]) -> float:
    """Blanks side by side on the baseline `y`, each (share, label, text); the next baseline comes back."""
    cells = grid.cut(Box(LEFT, y, RIGHT, y + 1), [share for share, _, _ in parts])
    for cell, (_, label, text) in zip(cells, parts, strict=True):
        end = cell.x1 - (0 if cell.x1 > RIGHT - 1 else 8)
        _blank(sheet, y, label, text, x=cell.x0, end=end)
    return y + STEP


def _blank(sheet: Sheet, y: float, label: str, text: str = "", *, x: float, end: float) -> None:
    sheet.text(x, y, label, size=8.5)
    start = x + stringWidth(label, SANS, 8.5) + 3
    sheet.line(start, y + 2.4, end, y + 2.4, weight=0.5)
    grid.fill(sheet, Box(start + 3, y - 10.4, end - 1, y + 2.2), text, size=9.5)


def _section(sheet: Sheet, title: str, *, y: float) -> float:
    """A grey bar with the title from the baseline before; the first baseline of the section comes back."""
    box = Box(LEFT, y - 9.4, RIGHT, y + 3)
    grid.shade(sheet, box, 0.15)
    sheet.text(LEFT + 3, y - 0.2, title, font=BOLD, size=9)
    return y + STEP + 1


def _ticks(sheet: Sheet, y: float, label: str, options: Sequence[Choice], *, x: float, office: Office) -> float:
    sheet.text(x, y, label, size=8.5)
    start = x + stringWidth(label, SANS, 8.5) + 6
    return grid.choices(sheet, start, y, options, office=office, size=8.5, gap=11)


def _head(sheet: Sheet, case: Case, *, office: Office) -> float:
    sheet.text(LEFT, 44, _NAME, font=BOLD, size=14)
    sheet.text(LEFT, 57, _TITLE, font=BOLD, size=10)
    fax, voice = office.dialled(phone(office.rng)), office.dialled(phone(office.rng))
    for base, text in ((44, f"Fax: {fax}"), (57, f"Phone: {voice}")):
        sheet.text(RIGHT - stringWidth(text, SANS, 9.5), base, text, size=9.5)
    y = grid.small_print(sheet, Box(LEFT, 62, RIGHT, 84), _HOW, size=7) + 15
    levels = (("Standard", "standard"), ("Urgent", "urgent"))
    x = _ticks(sheet, y, "Priority:", chosen(levels, "/level_of_service", case.level_of_service), x=LEFT, office=office)
    reason = office.words("/urgency_reason", case.urgency_reason)
    _blank(sheet, y, "Reason for urgency:", reason, x=x + 4, end=RIGHT)
    y += STEP
    kinds = (("Initial", "initial"), ("Continuation", "extension"))
    again = "initial" if case.certification == "initial" else "extension"
    x = _ticks(sheet, y, "Request type:", chosen(kinds, "/certification_type", again), x=LEFT, office=office)
    _blank(sheet, y, "Prior authorization #:", previous_number(case), x=x + 4, end=RIGHT - 142)
    _blank(sheet, y, "Date:", office.date("/submitted_on", case.on), x=RIGHT - 134, end=RIGHT)
    return y + STEP


def _patient(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    one = patient(case, office=office)
    y = _section(sheet, "Patient Information", y=y)
    y = _line(sheet, y, (2.4, "Patient Name:", one.full), (1.3, "Date of Birth:", one.born), (0.8, "Sex:", one.sex))
    y = _line(
        sheet,
        y,
        (2.6, "Health Plan:", office.words("/coverage/payer_name", case.payer)),
        (1.4, "Member ID:", one.member_id),
        (1, "Group:", one.group),
    )
    return _line(sheet, y, (2.6, "Address:", one.address), (1.3, "Phone:", one.phone))


def _orderer(sheet: Sheet, who: Practitioner, *, office: Office, y: float) -> float:
    one = provider(who, "/requesting_provider", office=office)
    y = _section(sheet, "Ordering/Requesting Provider", y=y)
    y = _line(sheet, y, (2.2, "Name:", one.who), (1.2, "NPI:", one.npi), (1.2, "Tax ID:", one.tin))
    y = _line(sheet, y, (2.2, "Practice:", one.organization), (1.7, "Specialty:", one.specialty))
    y = _line(sheet, y, (1, "Address:", one.address))
    return _line(sheet, y, (1.2, "Phone:", one.phone), (1.2, "Fax:", one.fax), (1.7, "Office Contact:", one.contact))


def _provider(sheet: Sheet, title: str, who: Practitioner | None, *, stem: str, office: Office, y: float) -> float:
    one = provider(who, stem, office=office)
    y = _section(sheet, title, y=y)
    y = _line(sheet, y, (2.2, "Name:", one.who), (1.2, "NPI:", one.npi), (1.2, "Tax ID:", one.tin))
    return _line(sheet, y, (2.6, "Address:", one.address), (1.1, "Phone:", one.phone), (1.1, "Fax:", one.fax))


def _procedures(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    y = _section(sheet, "Requested Services", y=y)
    for place in range(max(3, len(case.lines))):
        one = service(case, place, office=office)
        y = _line(
            sheet,
            y,
            (1.25, f"{place + 1}. CPT Code:", one.code),
            (0.85, "Modifier:", one.modifier),
            (2.5, "Description:", one.text),
            (0.75, "Units:", one.quantity),
        )
    one, first = service(case, 0, office=office), case.lines[0]
    y = _line(
        sheet, y, (1.3, "Start Date:", one.start), (1.3, "End Date:", one.end), (2, "Place of Service:", one.place)
    )
    sides = (("Left", "left"), ("Right", "right"), ("Bilateral", "bilateral"))
    x = _ticks(sheet, y, "Side:", chosen(sides, "/service_lines/0/laterality", first.side or ""), x=LEFT, office=office)
    _blank(sheet, y, "Body Part:", one.site, x=x + 8, end=RIGHT)
    return _line(
        sheet,
        y + STEP,
        (1.6, "Number of Visits:", one.visits),
        (1.6, "Frequency:", one.per),
        (1.4, "Duration:", one.duration),
    )


def _clinical(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    y = _section(sheet, "Clinical Information", y=y)
    for place in range(max(2, len(case.diagnoses))):
        code, text = diagnosis(case, place, office=office)
        y = _line(sheet, y, (1.3, "ICD-10 Code:", code), (3.3, "Diagnosis:", text))
    for question in _QUESTIONS:
        answer = office.rng.choice((True, False, None))
        yes_no(sheet, LEFT, y - 1, question, end=RIGHT, answer=answer, office=office)
        y += 13
    return _line(sheet, y + 4, (1, "Clinical Summary:", office.rng.choice(_NOTES)))


def _close(sheet: Sheet, case: Case, *, office: Office, y: float) -> None:
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    y += 12
    ink, printed, on = grid.cut(Box(LEFT, y, RIGHT, y + 1), (2.3, 2, 1.1))
    _blank(sheet, y, "Provider Signature:", x=ink.x0, end=ink.x1 - 8)
    _blank(sheet, y, "Print Name:", name, x=printed.x0, end=printed.x1 - 8)
    _blank(sheet, y, "Date:", date, x=on.x0, end=RIGHT)
    grid.signed(sheet, Box(ink.x0 + 80, y - 18, ink.x1 - 10, y + 2), case, office=office)
    grid.small_print(sheet, Box(LEFT, y + 9, RIGHT, 778), _FOOT, size=6.5)
