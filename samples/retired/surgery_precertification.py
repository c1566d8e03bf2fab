"""A surgical practice's notice of a planned stay: labels with a colon and free text behind them, nothing ruled but a
small table of the procedures; choices are circled or typed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from reportlab.lib.colors import black
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples import pen
from samples.case import Admission, Case
from samples.fictions import Practitioner
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.office import Office, office, said
from samples.retired.paper import FORM, asking
from samples.retired.written import diagnosis, patient, previous_number, provider, service

KINDS = frozenset({"admission"})
LEFT, RIGHT, MIDDLE = 50.0, 562.0, 312.0
_TITLE = "Pre-Certification of Inpatient Surgery"
_BEFORE = (
    "To the payer: kindly certify the stay and the procedures below and return the certification number to the fax "
    "shown under Surgeon. To our staff: send with the history and physical, films report, and the record of treatment "
    "before surgery, at least ten working days ahead of the date."
)
_TERMS = (
    "The facility and the surgeon rely on the certification given in answer to this notice. The patient has been told "
    "that certification is no promise of payment, and of the estimate of charges. Certification of an assistant, of "
    "implants and of blood products is asked for with the procedure unless struck out here."
)
_PRIVATE = (
    "Private and confidential. This sheet is for the office of the payer named in it and nobody else; it is protected "
    "by federal and state privacy law. Strayed copies: please ring the sender, then destroy."
)
_ANSWER = "PAYER'S ANSWER   certified days ______   from __________   certification # ______________   by ____________"
Pair = tuple[str, str]


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet; ValueError for a case that asks for no stay."""
    if case.admission is None:
        raise ValueError("this form asks for a stay in hospital")
    book.paper(asking(case, FORM, title=_TITLE))
    sheet, clerk = book.sheet(FORM), office(rng, machine=book.hand.kind == "value")
    y = _head(sheet, case, office=clerk)
    y = _patient(sheet, case, office=clerk, y=y)
    y = _surgeon(sheet, case, office=clerk, y=y)
    y = _stay(sheet, case, case.admission, office=clerk, y=y)
    y = _procedures(sheet, case, office=clerk, y=y)
    y = _plan(sheet, office=clerk, y=y)
    _close(sheet, case, office=clerk, y=y)


def _head(sheet: Sheet, case: Case, *, office: Office) -> float:
    sheet.frame(Box(LEFT - 8, 28, RIGHT + 8, 64), weight=1.6)
    sheet.centred(44, "PRE-CERTIFICATION OF INPATIENT SURGERY", size=13)
    sheet.centred(56, "Surgical scheduling  -  one sheet for each stay", font=SANS, size=8)
    y = grid.small_print(sheet, Box(LEFT, 68, RIGHT, 100), _BEFORE, size=7.4) + 16
    _free(sheet, y, "Payer", office.words("/coverage/payer_name", case.payer), x=LEFT, end=MIDDLE + 60)
    _free(sheet, y, "Prepared", office.date("/submitted_on", case.on), x=MIDDLE + 70, end=RIGHT)
    y += 15
    level = "Expedited" if case.level_of_service == "urgent" else "Standard"
    text = office.words("/level_of_service", level, case.level_of_service)
    _free(sheet, y, "Handling (Standard or Expedited)", text, x=LEFT, end=MIDDLE - 4)
    kind = office.words("/certification_type", case.certification.capitalize(), case.certification)
    _free(sheet, y, "Request", kind, x=MIDDLE, end=MIDDLE + 104)
    _free(sheet, y, "Prior cert. #", previous_number(case), x=MIDDLE + 110, end=RIGHT)
    y += 15
    reason = office.words("/urgency_reason", case.urgency_reason)
    _free(sheet, y, "Expedited because", reason, x=LEFT, end=RIGHT)
    return y + 14


def _free(sheet: Sheet, y: float, label: str, text: str, *, x: float, end: float) -> None:
    """A label, a colon, and what is filled in behind it on the bare paper."""
    sheet.text(x, y, f"{label}:", font=BOLD, size=8)
    start = x + stringWidth(f"{label}:", BOLD, 8) + 5
    grid.fill(sheet, Box(start, y - 11, end, y + 2.5), text, size=9.5)


def _heading(sheet: Sheet, y: float, text: str) -> float:
    """A heading in the middle, between two rules."""
    half = stringWidth(text, BOLD, 8.5) / 2 + 8
    sheet.line(LEFT - 8, y - 3, 306 - half, y - 3, weight=0.9)
    sheet.line(306 + half, y - 3, RIGHT + 8, y - 3, weight=0.9)
    sheet.centred(y, text, size=8.5)
    return y + 17


def _rows(sheet: Sheet, y: float, rows: Sequence[tuple[Pair, Pair]]) -> float:
    """Pairs of free blanks in two columns; one whose label is empty leaves its room to its neighbour."""
    for left, right in rows:
        _free(sheet, y, *left, x=LEFT, end=MIDDLE - 8 if right[0] else RIGHT)
        if right[0]:
            _free(sheet, y, *right, x=MIDDLE, end=RIGHT)
        y += 15.2
    return y


def _patient(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    one = patient(case, office=office)
    y = _heading(sheet, y, "PATIENT AND COVERAGE")
    _free(sheet, y, "Patient", one.full, x=LEFT, end=MIDDLE + 40)
    _free(sheet, y, "D.O.B.", one.born, x=MIDDLE + 48, end=MIDDLE + 168)
    sheet.text(MIDDLE + 176, y, "Sex (circle):", font=BOLD, size=8)
    _circled(sheet, MIDDLE + 228, y, case.patient.sex, office=office)
    return _rows(
        sheet,
        y + 15.2,
        (
            (("Policy / member #", one.member_id), ("Group #", one.group)),
            (("Home phone", one.phone), ("Secondary payer", one.other)),
            (("Home address", one.address), ("", "")),
            (("Facility MRN", one.record), ("Ht / Wt", " / ".join(text for text in (one.height, one.weight) if text))),
        ),
    )


def _circled(sheet: Sheet, x: float, y: float, sex: str, *, office: Office) -> None:
    """The letters of the sexes, a ring around the one that is meant."""
    for letter, value in (("M", "male"), ("F", "female")):
        sheet.text(x, y, letter, size=9)
        box = Box(x - 2.5, y - 9, x + 9.5, y + 2.5)
        sheet.mark(box, letter, ticked=sex == value, path="/patient/sex", value=value)
        if sex == value:
            rng = office.rng
            sheet.canvas.setStrokeColor(pen.INK)
            sheet.canvas.setLineWidth(1.2)
            around = box.grown(rng.uniform(1, 2.2))
            sheet.canvas.ellipse(around.x0, sheet.height - around.bottom, around.x1, sheet.height - around.top)
            sheet.canvas.setStrokeColor(black)
        x += 18


def _surgeon(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    one = provider(case.requester, "/requesting_provider", office=office)
    y = _heading(sheet, y, "SURGEON WHO REQUESTS THE STAY")
    y = _rows(
        sheet,
        y,
        (
            (("Surgeon", one.who), ("Specialty", one.specialty)),
            (("Practice", one.organization), ("Scheduler", one.contact)),
            (("NPI", one.npi), ("TIN", one.tin)),
            (("Office ph.", one.phone), ("Office fax", one.fax)),
            (("Office address", one.address), ("", "")),
        ),
    )
    second: Practitioner | None = case.servicing
    if second is not None and second.npi == case.requester.npi:
        second = None
    other = provider(second, "/servicing_provider", office=office)
    _free(sheet, y, "Performing surgeon, if another", other.who, x=LEFT, end=MIDDLE + 70)
    _free(sheet, y, "NPI", other.npi, x=MIDDLE + 76, end=MIDDLE + 160)
    _free(sheet, y, "TIN", other.tin, x=MIDDLE + 166, end=RIGHT)
    return y + 15


def _stay(sheet: Sheet, case: Case, stay: Admission, *, office: Office, y: float) -> float:
    where = provider(case.facility, "/facility", office=office)
    y = _heading(sheet, y, "HOSPITAL AND STAY")
    nights = "day" if stay.days == 1 else "days"
    days = said("/admission/days", f"{stay.days} {nights}", str(stay.days))
    leaving = office.date("/admission/discharged_on", stay.on + dt.timedelta(days=stay.days))
    return _rows(
        sheet,
        y,
        (
            (("Hospital", where.who), ("Hospital NPI", where.npi)),
            (("Hospital address", where.address), ("", "")),
            (("UR phone", where.phone), ("UR fax", where.fax)),
            (
                ("Type of admission", office.words("/admission/type", stay.type.capitalize(), stay.type)),
                ("Unit / level of care", office.words("/admission/level_of_care", stay.level_of_care)),
            ),
            (("Admit date", office.date("/admission/admitted_on", stay.on)), ("Length of stay", days)),
            (("Expected discharge", leaving), ("Pre-admission testing", "")),
        ),
    )


def _procedures(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    y = _heading(sheet, y, "DIAGNOSES AND PROCEDURES")
    for place in range(max(2, len(case.diagnoses))):
        code, text = diagnosis(case, place, office=office)
        label = "Pre-op diagnosis" if place == 0 else "Other diagnosis"
        both = f"{code}  {text}" if code else text
        _free(sheet, y, label, both, x=LEFT, end=RIGHT)
        y += 15.2
    heads = (
        (0.9, "Date"),
        (3.6, "Procedure as scheduled"),
        (0.7, "Side"),
        (0.8, "CPT"),
        (0.6, "Mod."),
        (0.5, "Qty"),
        (0.8, "Assistant"),
    )
    top = y - 6
    shares = [share for share, _ in heads]
    for cell, (_, head) in zip(grid.cut(Box(LEFT, top, RIGHT, top + 11), shares), heads, strict=True):
        sheet.text(cell.x0 + 2, top + 8.4, head, font="Helvetica-Oblique", size=7.2)
    sheet.line(LEFT, top + 11, RIGHT, top + 11, weight=0.9)
    top += 11
    for place in range(max(3, len(case.lines))):
        one = service(case, place, office=office)
        row = Box(LEFT, top, RIGHT, top + 15)
        texts = (
            one.start,
            one.text,
            one.side,
            one.code,
            one.modifier,
            one.quantity if one.code or one.text else "",
            "",
        )
        for cell, text in zip(grid.cut(row, shares), texts, strict=True):
            grid.fill(sheet, Box(cell.x0 + 2, cell.top + 1, cell.x1 - 3, cell.bottom - 2), text, size=9)
        sheet.line(LEFT, row.bottom, RIGHT, row.bottom, weight=0.3)
        top = row.bottom
    return top + 15


def _plan(sheet: Sheet, *, office: Office, y: float) -> float:
    y = _heading(sheet, y, "CARE PLAN")
    texts = ("see H&P", "enclosed records", "")
    anesthesia = office.rng.choice(("general", "spinal", "per anesthesiologist", ""))
    home = office.rng.choice(("home with walker", "home", "home health PT", ""))
    return _rows(
        sheet,
        y,
        (
            (("Anesthesia", anesthesia), ("Discharge to", home)),
            (("Why inpatient and not same-day", office.rng.choice(texts)), ("", "")),
            (("Treatment before surgery and its result", office.rng.choice(texts)), ("", "")),
        ),
    )


def _close(sheet: Sheet, case: Case, *, office: Office, y: float) -> None:
    y = grid.small_print(sheet, Box(LEFT, y - 8, RIGHT, y + 20), _TERMS, size=6.8) + 32
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    sheet.text(LEFT, y, "Signed:", font=BOLD, size=8)
    grid.signed(sheet, Box(LEFT + 32, y - 20, LEFT + 204, y + 4), case, office=office)
    _free(sheet, y, "Name", name, x=LEFT + 210, end=RIGHT - 116)
    _free(sheet, y, "On", date, x=RIGHT - 110, end=RIGHT)
    sheet.line(LEFT - 8, y + 9, RIGHT + 8, y + 9, weight=1.6)
    grid.small_print(sheet, Box(LEFT, y + 11, RIGHT, y + 30), _PRIVATE, size=6.2)
    sheet.frame(Box(LEFT - 8, y + 31, RIGHT + 8, y + 48), weight=0.6)
    sheet.text(LEFT, y + 43, _ANSWER, size=7.5)
