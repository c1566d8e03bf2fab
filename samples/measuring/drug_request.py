"""A prior authorization form for a specialty drug: member and prescriber side by side, captions above the values."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case, Drug
from samples.fictions import phone
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.blank import chosen, yes_no
from samples.retired.grid import Choice, Part
from samples.retired.office import Office, office
from samples.retired.paper import FORM, asking
from samples.retired.written import diagnosis, patient, previous_number, provider, service

KINDS = frozenset({"drug"})
LEFT, RIGHT, MIDDLE, HIGH = 36.0, 576.0, 306.0, 23.2
_STEM = "/service_lines/0/drug"
_TITLE = "Medication Prior Authorization Request"
_BETWEEN = re.compile(r"\s+(?:to|until|through|-|–)\s+")
_HOW = (
    "Complete this form and fax it with the supporting chart notes to the number above. All fields must be complete "
    "and legible for review. Please submit one request per medication. You will be notified of the decision by fax."
)
_ATTEST = (
    "I certify that the information provided is accurate and complete and is supported by the patient's medical "
    "record, which is available for review upon request."
)
_FOOT = (
    "This fax transmission may contain confidential health information that is legally privileged. If you are not the "
    "intended recipient, any disclosure, copying or distribution is prohibited. Please notify the sender immediately."
)
_NOTES = ("See attached chart notes.", "Chart notes and labs attached", "Please see enclosed office note.", "")
_QUESTIONS = (
    "Has the patient tried and failed the formulary alternatives?",
    "Is the medication prescribed by or in consultation with a specialist?",
    "Will the medication be used in combination with another biologic agent?",
)


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet; ValueError for a case that asks for no drug."""
    if case.drug is None:
        raise ValueError("this form asks for a drug")
    book.paper(asking(case, FORM, title=_TITLE))
    sheet, clerk = book.sheet(FORM), office(rng, machine=book.hand.kind == "value")
    top = _head(sheet, case, office=clerk)
    top = _people(sheet, case, office=clerk, top=top)
    top = _medication(sheet, case, case.drug, office=clerk, top=top)
    top = _diagnoses(sheet, case, office=clerk, top=top)
    top = _tried(sheet, case.drug, office=clerk, top=top)
    top = _clinical(sheet, office=clerk, top=top)
    _close(sheet, case, office=clerk, top=top)


def _head(sheet: Sheet, case: Case, *, office: Office) -> float:
    sheet.centred(40, "PRIOR AUTHORIZATION REQUEST FORM", size=14)
    sheet.centred(54, "Specialty Pharmacy Program", font=SANS, size=10)
    fax, voice = office.dialled(phone(office.rng)), office.dialled(phone(office.rng))
    sheet.centred(67, f"Fax: {fax}     Phone: {voice}", size=9)
    top = grid.small_print(sheet, Box(LEFT, 72, RIGHT, 92), _HOW, size=7) + 4
    plan, date = grid.cut(Box(LEFT, top, RIGHT, top + HIGH), (3, 1))
    _cell(sheet, plan, "Health plan", office.words("/coverage/payer_name", case.payer))
    _cell(sheet, date, "Date of request", office.date("/submitted_on", case.on))
    row = Box(LEFT, date.bottom, RIGHT, date.bottom + HIGH)
    speed, kind, number = grid.cut(row, (1.2, 1.7, 1.6))
    levels = (("Standard", "standard"), ("Urgent", "urgent"))
    _ticks(sheet, speed, "Type of review", chosen(levels, "/level_of_service", case.level_of_service), office=office)
    reason = office.words("/urgency_reason", case.urgency_reason)
    again = "initial" if case.certification == "initial" else "renewal"
    kinds = (("Initial", "initial"), ("Reauthorization", "renewal"))
    _ticks(sheet, kind, "Request", chosen(kinds, "/certification_type", again), office=office)
    _cell(sheet, number, "Previous authorization number", previous_number(case))
    return _row(sheet, row.bottom, Part(1, "Reason for urgent review", reason)) + 4


def _cell(sheet: Sheet, box: Box, caption: str, text: str = "") -> None:
    """A ruled cell with its caption at the top and its value below."""
    sheet.frame(box, weight=0.6)
    sheet.text(box.x0 + 3, box.top + 8, caption, size=7)
    grid.fill(sheet, Box(box.x0 + 4, box.top + 9.3, box.x1 - 3, box.bottom - 0.8), text, size=9.5)


def _cells(sheet: Sheet, box: Box, *parts: Part) -> float:
    for cell, part in zip(grid.cut(box, [part.share for part in parts]), parts, strict=True):
        _cell(sheet, cell, part.caption, part.text)
    return box.bottom


def _row(sheet: Sheet, top: float, *parts: Part) -> float:
    return _cells(sheet, Box(LEFT, top, RIGHT, top + HIGH), *parts)


def _ticks(sheet: Sheet, box: Box, caption: str, options: Sequence[Choice], *, office: Office) -> None:
    _cell(sheet, box, caption)
    grid.choices(sheet, box.x0 + 6, box.bottom - 4, options, office=office, gap=10)


def _band(sheet: Sheet, title: str, *, x: float, end: float, top: float) -> float:
    return grid.heading(sheet, Box(x, top, end, top + 13), title, grey=0.18, size=8.5)


def _people(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    """The member in the left half, the prescriber in the right one."""
    one = patient(case, office=office)
    who = provider(case.requester, "/requesting_provider", office=office)
    left = (
        (Part(1, "Member name", one.full),),
        (Part(1, "Date of birth", one.born), Part(1, "Gender", one.sex)),
        (Part(1, "Member ID number", one.member_id), Part(1, "Group number", one.group)),
        (Part(1, "Street address", one.street),),
        (Part(1.5, "City, state, ZIP", one.town), Part(1, "Phone", one.phone)),
        (Part(1, "Height", one.height), Part(1, "Weight", one.weight), Part(1.3, "Allergies")),
    )
    right = (
        (Part(1, "Prescriber name", who.who),),
        (Part(1, "NPI number", who.npi), Part(1.2, "Specialty", who.specialty)),
        (Part(1, "Practice name", who.organization),),
        (Part(1, "Street address", who.street),),
        (Part(1.5, "City, state, ZIP", who.town), Part(1, "Office phone", who.phone)),
        (Part(1, "Office fax", who.fax), Part(1.2, "Office contact", who.contact)),
    )
    _band(sheet, "MEMBER INFORMATION", x=LEFT, end=MIDDLE, top=top)
    top = _band(sheet, "PRESCRIBER INFORMATION", x=MIDDLE, end=RIGHT, top=top)
    for some, others in zip(left, right, strict=True):
        _cells(sheet, Box(LEFT, top, MIDDLE, top + HIGH), *some)
        top = _cells(sheet, Box(MIDDLE, top, RIGHT, top + HIGH), *others)
    return top + 4


def _medication(sheet: Sheet, case: Case, drug: Drug, *, office: Office, top: float) -> float:
    words = office.words
    top = _band(sheet, "MEDICATION INFORMATION", x=LEFT, end=RIGHT, top=top)
    top = _row(
        sheet,
        top,
        Part(2.4, "Medication name", words(f"{_STEM}/name", drug.name)),
        Part(1.3, "Strength", words(f"{_STEM}/strength", drug.strength)),
        Part(1.5, "Dosage form", words(f"{_STEM}/form", drug.form)),
        Part(1.2, "Route", words(f"{_STEM}/route", drug.route)),
    )
    top = _row(
        sheet,
        top,
        Part(1.2, "Dose", words(f"{_STEM}/dose", drug.dose)),
        Part(1.5, "Frequency", words(f"{_STEM}/frequency", drug.frequency)),
        Part(1.6, "Quantity", words(f"{_STEM}/quantity", drug.quantity)),
        Part(1.3, "Length of therapy", words(f"{_STEM}/duration", drug.duration)),
    )
    one = service(case, 0, office=office)
    row = Box(LEFT, top, RIGHT, top + HIGH)
    state, start, code, ndc = grid.cut(row, (1.9, 1.2, 1.2, 1.4))
    starts = (("New start", "new"), ("Continuation", "continuing"))
    now = chosen(starts, f"{_STEM}/new_or_continuing", "continuing" if drug.continuing else "new")
    _ticks(sheet, state, "Therapy status", now, office=office)
    _cell(sheet, start, "Start date", office.date("/service_lines/0/start_on", case.starts))
    _cell(sheet, code, "HCPCS code", one.code)
    _cell(sheet, ndc, "NDC", words(f"{_STEM}/ndc", drug.ndc))
    supplier = provider(case.servicing, "/servicing_provider", office=office)
    return (
        _row(
            sheet,
            row.bottom,
            Part(2.6, "Dispensing pharmacy", supplier.who),
            Part(1.1, "Pharmacy NPI", supplier.npi),
            Part(1.2, "Pharmacy phone", supplier.phone),
            Part(1.2, "Pharmacy fax", supplier.fax),
        )
        + 4
    )


def _diagnoses(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = _band(sheet, "DIAGNOSIS", x=LEFT, end=RIGHT, top=top)
    for place in range(max(2, len(case.diagnoses))):
        code, text = diagnosis(case, place, office=office)
        name = "Primary diagnosis" if place == 0 else "Other diagnosis"
        top = _row(sheet, top, Part(4, name, text), Part(1.1, "ICD-10 code", code))
    return top + 4


def _tried(sheet: Sheet, drug: Drug, *, office: Office, top: float) -> float:
    top = _band(sheet, "PRIOR MEDICATIONS TRIED", x=LEFT, end=RIGHT, top=top)
    heads = ((2, "Medication"), (1.4, "Dose"), (1.1, "From"), (1.1, "To"), (2.6, "Outcome"))
    rows = [_treatment(place, one, office=office) for place, one in enumerate(drug.tried)]
    rows += [("", "", "", "", "")] * (3 - len(rows))
    return grid.lattice(sheet, Box(LEFT, top, RIGHT, top + 10), heads, rows, high=16) + 4


def _treatment(place: int, one: tuple[str, str, str, str], *, office: Office) -> tuple[str, ...]:
    name, dose, dates, outcome = one
    stem = f"{_STEM}/prior_treatments/{place}"
    start, end = (*_BETWEEN.split(dates, maxsplit=1), "")[:2]
    return (
        office.words(f"{stem}/name", name),
        office.words(f"{stem}/dose", dose),
        office.words(f"{stem}/from", start),
        office.words(f"{stem}/to", end),
        office.words(f"{stem}/outcome", outcome),
    )


def _clinical(sheet: Sheet, *, office: Office, top: float) -> float:
    top = _band(sheet, "CLINICAL INFORMATION", x=LEFT, end=RIGHT, top=top)
    box = Box(LEFT, top, RIGHT, top + 13 * len(_QUESTIONS) + 4)
    sheet.frame(box, weight=0.6)
    for number, question in enumerate(_QUESTIONS):
        answer = office.rng.choice((True, False)) if number else True
        yes_no(sheet, LEFT + 4, top + 11 + 13 * number, question, end=RIGHT - 8, answer=answer, office=office)
    box = Box(LEFT, box.bottom, RIGHT, box.bottom + 36)
    _cell(sheet, box, "Clinical rationale for the requested medication, including relevant lab results")
    grid.fill(sheet, Box(LEFT + 5, box.top + 10, RIGHT - 4, box.bottom - 7), office.rng.choice(_NOTES))
    return box.bottom + 3


def _close(sheet: Sheet, case: Case, *, office: Office, top: float) -> None:
    y = grid.small_print(sheet, Box(LEFT, top, RIGHT, top + 12), _ATTEST, size=6.8)
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    row = Box(LEFT, y + 3, RIGHT, y + 33)
    ink, printed, on = grid.cut(row, (2.4, 2, 1))
    for cell, caption, text in ((ink, "Prescriber signature", ""), (printed, "Printed name", name), (on, "Date", date)):
        _cell(sheet, cell, caption, text)
    grid.signed(sheet, Box(ink.x0 + 50, ink.top + 2, ink.x1 - 2, ink.bottom - 1), case, office=office)
    grid.small_print(sheet, Box(LEFT, row.bottom + 3, RIGHT, 778), _FOOT, size=6.2)
    sheet.text(RIGHT - stringWidth("SP-PA-14 (01/26)", SANS, 6), 774, "SP-PA-14 (01/26)", size=6)
    sheet.text(LEFT, 774, "Retain the original in the patient's chart.", font=BOLD, size=6)
