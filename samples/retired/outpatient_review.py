"""The fax form of a company that reviews outpatient imaging and procedures: lettered bands, each label in its cell."""

from __future__ import annotations

import random

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case
from samples.fictions import Practitioner, phone
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.blank import beside, beside_row, chosen, yes_no
from samples.retired.grid import Part
from samples.retired.office import Office, office
from samples.retired.paper import FORM, asking
from samples.retired.written import diagnosis, patient, previous_number, provider, service

KINDS = frozenset({"service"})
LEFT, RIGHT, HIGH = 26.0, 586.0, 17.4
_TITLE = "Outpatient Diagnostic & Procedure Review - Fax Intake"
_HOW = (
    "Print clearly in black ink. Answer every numbered item; enter N/A rather than leave a space. One member per form, "
    "no more than three procedures. Fax this sheet FIRST, then the clinical notes, prior imaging reports and the list "
    "of conservative measures with dates. A cover page is not needed. Cases can be opened without waiting on our web "
    "portal; urgent cases should be phoned in. Incomplete faxes are returned once and then voided after two business "
    "days. Services already rendered are not reviewed here: bill the health plan."
)
_QUESTIONS = (
    "K1  Has the member had the same study of this region within the past 12 months?",
    "K2  Were plain films taken first? (send the report)",
    "K3  Has the member completed six weeks of provider-directed treatment in the last six months?",
    "K4  Is there a suspicion of malignancy, infection or fracture?",
    "K5  New or worsening weakness, or loss of bowel or bladder control?",
    "K6  Is surgery or an injection planned on the basis of the result?",
)
_LIKELY = (False, True, True, False, False, True)
_AGREED = (
    "The undersigned attests that the answers above agree with the medical record, which will be produced on request, "
    "and understands that a determination is based on medical necessity only, does not guarantee payment, and is void "
    "if coverage ends before the date of service. Determinations are sent to the secure fax in item C8."
)


_FOOT = (
    "CONFIDENTIALITY: this fax holds protected health information and is meant for Corvane Ridge alone. Whoever gets "
    "it in error must not read, copy or pass it on, and is asked to call the sender at once. Page 1 of this "
    "transmission. Corvane Ridge reviews on behalf of health plans and is not an insurer."
)


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    book.paper(asking(case, FORM, title=_TITLE))
    sheet, clerk = book.sheet(FORM), office(rng, machine=book.hand.kind == "value")
    top = _head(sheet, office=clerk)
    top = _review(sheet, case, office=clerk, top=top)
    top = _member(sheet, case, office=clerk, top=top)
    top = _clinician(sheet, case, office=clerk, top=top)
    top = _place(sheet, "D", "RENDERING PROVIDER", case.servicing, stem="/servicing_provider", office=clerk, top=top)
    top = _place(sheet, "E", "FACILITY / SITE", case.facility, stem="/facility", office=clerk, top=top)
    top = _diagnoses(sheet, case, office=clerk, top=top)
    top = _procedures(sheet, case, office=clerk, top=top)
    top = _course(sheet, case, office=clerk, top=top)
    top = _questions(sheet, office=clerk, top=top)
    _close(sheet, case, office=clerk, top=top)


def _head(sheet: Sheet, *, office: Office) -> float:
    canvas = sheet.canvas
    path = canvas.beginPath()
    for number, (x, y) in enumerate(((26, 50), (38, 26), (46, 40), (52, 32), (62, 50))):
        (path.lineTo if number else path.moveTo)(x, sheet.height - y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    sheet.text(68, 38, "Corvane Ridge", font="Helvetica-BoldOblique", size=15)
    sheet.text(68, 49, "SPECIALTY BENEFIT REVIEW", font=SANS, size=7)
    sheet.text(236, 34, "OUTPATIENT DIAGNOSTIC & PROCEDURE REVIEW", font=BOLD, size=9.5)
    sheet.text(236, 44.5, "Fax intake form  CRR-210  (Rev 04/26)", size=7.5)
    fax, voice = office.dialled(phone(office.rng)), office.dialled(phone(office.rng))
    for y, text in ((30, "FAX TO"), (39, fax), (49, f"Urgent: {voice}")):
        size = 9.5 if y == 39 else 6.8
        sheet.text(RIGHT - stringWidth(text, BOLD, size), y, text, font=BOLD, size=size)
    return grid.small_print(sheet, Box(LEFT, 54, RIGHT, 90), _HOW, size=6) + 2


def _band(sheet: Sheet, title: str, *, top: float) -> float:
    """A short black tab with the band's letter and name over its first row."""
    width = stringWidth(title, BOLD, 7) + 14
    sheet.canvas.rect(LEFT, sheet.height - top - 9.5, width, 9.5, stroke=0, fill=1)
    grid.heading(sheet, Box(LEFT, top, LEFT + width, top + 9.5), title, grey=1, size=7)
    sheet.line(LEFT + width, top + 9.5, RIGHT, top + 9.5, weight=1.2)
    return top + 9.5


def _row(sheet: Sheet, top: float, *parts: Part) -> float:
    return beside_row(sheet, Box(LEFT, top, RIGHT, top + HIGH), parts)


def _review(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = _band(sheet, "A   CASE", top=top)
    words = office.words
    top = _row(
        sheet,
        top,
        Part(3, "A1 Health plan", words("/coverage/payer_name", case.payer)),
        Part(1.4, "A2 Date faxed", office.date("/submitted_on", case.on)),
    )
    speed, reason = grid.cut(Box(LEFT, top, RIGHT, top + HIGH), (1.5, 3))
    x = beside(sheet, speed, "A3 Review")
    levels = chosen((("Routine", "standard"), ("Expedited", "urgent")), "/level_of_service", case.level_of_service)
    grid.choices(sheet, x + 3, speed.bottom - 5.2, levels, office=office, gap=9)
    beside(sheet, reason, "A4 If expedited,\nmedical reason", words("/urgency_reason", case.urgency_reason), size=6)
    kind, number = grid.cut(Box(LEFT, speed.bottom, RIGHT, speed.bottom + HIGH), (3, 1.7))
    x = beside(sheet, kind, "A5 Action")
    kinds = (
        ("Open new case", "initial"),
        ("Extend", "extension"),
        ("Renew", "renewal"),
        ("Correct approved case", "amendment"),
    )
    options = chosen(kinds, "/certification_type", case.certification)
    grid.choices(sheet, x + 3, kind.bottom - 5.2, options, office=office, gap=9)
    beside(sheet, number, "A6 Existing case no.", previous_number(case))
    return kind.bottom + 2


def _member(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one = patient(case, office=office)
    top = _band(sheet, "B   MEMBER", top=top)
    name, born, sex = grid.cut(Box(LEFT, top, RIGHT, top + HIGH), (2.8, 1.3, 1.2))
    beside(sheet, name, "B1 Name", one.full)
    beside(sheet, born, "B2 DOB", one.born)
    x = beside(sheet, sex, "B3 Sex")
    sexes = chosen((("M", "male"), ("F", "female"), ("X", "other")), "/patient/sex", case.patient.sex)
    grid.choices(sheet, x + 2, sex.bottom - 5.2, sexes, office=office, gap=7)
    top = _row(
        sheet,
        name.bottom,
        Part(1.9, "B4 Subscriber / member ID", one.member_id),
        Part(1.2, "B5 Group", one.group),
        Part(1.4, "B6 Home or cell", one.phone),
    )
    return _row(sheet, top, Part(3, "B7 Residence", one.address), Part(1.5, "B8 Other carrier", one.other)) + 2


def _clinician(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one = provider(case.requester, "/requesting_provider", office=office)
    top = _band(sheet, "C   REFERRING CLINICIAN", top=top)
    top = _row(
        sheet,
        top,
        Part(2.2, "C1 Clinician", one.who),
        Part(1.2, "C2 NPI", one.npi),
        Part(1.7, "C3 Taxonomy or\nspecialty", one.specialty),
    )
    top = _row(
        sheet,
        top,
        Part(2.4, "C4 Group practice", one.organization),
        Part(1.2, "C5 TIN", one.tin),
        Part(1.5, "C6 Staff contact", one.contact),
    )
    return (
        _row(
            sheet,
            top,
            Part(1.3, "C7 Phone", one.phone),
            Part(1.4, "C8 Secure fax", one.fax),
            Part(2.8, "C9 Mailing\naddress", one.address),
        )
        + 2
    )


def _place(
    sheet: Sheet, letter: str, title: str, who: Practitioner | None, *, stem: str, office: Office, top: float
) -> float:
    one = provider(who, stem, office=office)
    top = _band(sheet, f"{letter}   {title}", top=top)
    name = f"{letter}1 Name"
    if one.organization:
        first: tuple[Part, ...] = (Part(1.7, name, one.who), Part(1.7, "Group", one.organization))
    else:
        first = (Part(3.4, name, one.who),)
    top = _row(sheet, top, *first, Part(1.2, f"{letter}2 NPI", one.npi), Part(1.1, f"{letter}3 TIN", one.tin))
    return (
        _row(
            sheet,
            top,
            Part(1.3, f"{letter}4 Phone", one.phone),
            Part(1.3, f"{letter}5 Fax", one.fax),
            Part(2.9, f"{letter}6 Physical\nlocation", one.address),
        )
        + 2
    )


def _diagnoses(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = _band(sheet, "F   DIAGNOSES FOR WHICH THE STUDY OR PROCEDURE IS ORDERED", top=top)
    for place in range(max(2, len(case.diagnoses))):
        code, text = diagnosis(case, place, office=office)
        label = f"F{place + 1} ICD-10"
        top = beside_row(sheet, Box(LEFT, top, RIGHT, top + 15), (Part(1.2, label, code), Part(4, "Description", text)))
    return top + 2


def _procedures(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = _band(sheet, "G   PROCEDURES", top=top)
    for place in range(max(3, len(case.lines))):
        one = service(case, place, office=office)
        row = Box(LEFT, top, RIGHT, top + 14.6)
        number, code, modifier, units, side, site = grid.cut(row, (0.5, 1.35, 0.95, 0.95, 1.7, 2.1))
        grid.shade(sheet, Box(number.x0, top, number.x1, top + 29.2), 0.12)
        sheet.frame(Box(number.x0, top, number.x1, top + 29.2), weight=0.5)
        sheet.text(number.x0 + 12, top + 18, f"G{place + 1}", font=BOLD, size=8)
        beside(sheet, code, "CPT/HCPCS", one.code)
        beside(sheet, modifier, "Modifier", one.modifier)
        beside(sheet, units, "Units", one.quantity)
        x = beside(sheet, side, "Side")
        line = case.lines[place] if place < len(case.lines) else None
        sides = (("L", "left"), ("R", "right"), ("Both", "bilateral"))
        options = chosen(sides, f"/service_lines/{place}/laterality", line.side or "" if line else "")
        grid.choices(sheet, x + 2, side.bottom - 4.4, options, office=office, gap=7, size=7)
        beside(sheet, site, "Body region", one.site)
        lower = Box(number.x1, row.bottom, RIGHT, row.bottom + 14.6)
        beside(sheet, lower, "Procedure or study requested", one.text)
        top = lower.bottom
    return top + 2


def _course(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one = service(case, 0, office=office)
    top = _band(sheet, "H   SCHEDULE AND SETTING", top=top)
    top = _row(
        sheet,
        top,
        Part(1.5, "H1 First date of service", one.start),
        Part(1.5, "H2 Last date of service", one.end),
        Part(1.7, "H3 Setting", one.place),
    )
    return (
        _row(
            sheet,
            top,
            Part(1.2, "H4 Visits / sessions", one.visits),
            Part(1.4, "H5 How often", one.per),
            Part(1.5, "H6 For how long", one.duration),
            Part(0.9, "H7 Contrast allergy"),
        )
        + 2
    )


def _questions(sheet: Sheet, *, office: Office, top: float) -> float:
    top = _band(sheet, "K   CLINICAL QUESTIONS", top=top)
    bottom = top + 6 + 10.6 * len(_QUESTIONS)
    sheet.frame(Box(LEFT, top, RIGHT, bottom), weight=0.5)
    for number, question in enumerate(_QUESTIONS):
        answer = office.rng.choice((_LIKELY[number], _LIKELY[number], None))
        yes_no(sheet, LEFT + 4, top + 10 + 10.6 * number, question, end=RIGHT - 8, answer=answer, office=office)
    return bottom + 1


def _close(sheet: Sheet, case: Case, *, office: Office, top: float) -> None:
    y = grid.small_print(sheet, Box(LEFT, top, RIGHT, top + 30), _AGREED, size=6)
    box = Box(LEFT, y + 3, RIGHT, y + 30)
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    pen, printed, on = grid.cut(box, (2.3, 2, 1.2))
    x = beside(sheet, pen, "L1 Signature of\nclinician or\ndesignee")
    beside(sheet, printed, "L2 Printed\nname", name)
    beside(sheet, on, "L3 Date", date)
    grid.signed(sheet, Box(x, box.top + 1, pen.x1 - 2, box.bottom), case, office=office)
    lower = Box(LEFT, box.bottom + 4, RIGHT, box.bottom + 30)
    y = lower.top
    grid.shade(sheet, lower, 0.16)
    sheet.text(LEFT + 4, y + 8, "CORVANE RIDGE USE ONLY", font=BOLD, size=6)
    uses = ("Received", "Case no.", "Reviewer", "Outcome", "Call back")
    for cell, label in zip(grid.cut(Box(LEFT + 4, y, RIGHT, lower.bottom), (1,) * 5), uses, strict=True):
        sheet.text(cell.x0, lower.bottom - 5, label, size=6)
        start = cell.x0 + stringWidth(label, SANS, 6) + 3
        sheet.line(start, lower.bottom - 4, cell.x1 - 6, lower.bottom - 4, weight=0.4)
    grid.small_print(sheet, Box(LEFT, lower.bottom + 3, RIGHT, 776), _FOOT, size=5.8)
