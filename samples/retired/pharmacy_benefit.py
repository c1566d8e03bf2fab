"""A pharmacy benefit manager's request for a specialty drug: two columns of lines, the treatments tried side by side,
and questions with numbers in circles.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from reportlab.lib.colors import white
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case, Drug
from samples.fictions import phone
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.blank import chosen, tick_column
from samples.retired.grid import Choice
from samples.retired.office import Office, office
from samples.retired.paper import FORM, asking
from samples.retired.written import diagnosis, patient, previous_number, provider, service

KINDS = frozenset({"drug"})
LEFT, RIGHT, MIDDLE = 36.0, 576.0, 306.0
_STEM = "/service_lines/0/drug"
_TITLE = "Specialty Medication Clinical Review Request"
_BETWEEN = re.compile(r"\s+(?:to|until|through|-|–)\s+")
_HOW = (
    "Use a separate request for each medication and strength, and send chart notes with it. Orders are not filled from "
    "this form: send the prescription to the dispensing pharmacy. Coverage is decided on FDA labeling, recognized "
    "compendia and the plan's criteria. Standard decisions: 72 hours. Urgent decisions: 24 hours. Missing answers may "
    "lead to a denial for lack of information."
)
_ATTEST = (
    "I attest that this request is medically necessary, that the information given is supported by the patient's chart "
    "and that records will be furnished to Halyard Rx, the plan sponsor or a regulator if audited."
)
_FOOT = (
    "Halyard Rx administers pharmacy benefits on behalf of plan sponsors. This facsimile may hold confidential health "
    "information; unauthorized disclosure is prohibited by law. If received in error, notify the sender by telephone "
    "and shred all pages.   HRX-CR-77 0326"
)
_QUESTIONS = (
    "Is the prescriber, or a consultant to the prescriber, a specialist in the condition treated?",
    "Will the medication be taken together with another biologic or targeted drug?",
    "Has the patient been tested for latent tuberculosis and hepatitis B, where the label asks for it?",
    "Has the patient been started on samples or on a manufacturer's free-goods program?",
    "Does the patient have an active infection or a history of cancer within five years?",
    "For reauthorization: has the patient improved since the medication was begun? (send objective measures)",
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
    top = _questions(sheet, office=clerk, top=top)
    _close(sheet, case, office=clerk, top=top)


def _head(sheet: Sheet, case: Case, *, office: Office) -> float:
    grid.shade(sheet, Box(LEFT, 26, RIGHT, 58), 0.88)
    _white(sheet, LEFT + 8, 46, "halyard rx", font="Helvetica-BoldOblique", size=17)
    _white(sheet, 190, 41, "SPECIALTY MEDICATION CLINICAL REVIEW", font=BOLD, size=11)
    fax, voice = office.dialled(phone(office.rng)), office.dialled(phone(office.rng))
    _white(sheet, 190, 52, f"fax {fax}    prescriber line {voice}, 24 hours", font=SANS, size=7.5)
    top = grid.small_print(sheet, Box(LEFT, 61, RIGHT, 90), _HOW, size=6.3) + 4
    payer = office.words("/coverage/payer_name", case.payer)
    _line(sheet, top + 12, "Plan sponsor:", payer, x=LEFT, end=MIDDLE + 40)
    _line(sheet, top + 12, "Date:", office.date("/submitted_on", case.on), x=MIDDLE + 48, end=MIDDLE + 138)
    levels = (("Standard", "standard"), ("Urgent", "urgent"))
    options = chosen(levels, "/level_of_service", case.level_of_service)
    grid.choices(sheet, MIDDLE + 148, top + 12, options, office=office, gap=10)
    reason = office.words("/urgency_reason", case.urgency_reason)
    _line(sheet, top + 27, "Urgent because:", reason, x=LEFT, end=RIGHT)
    return top + 36


def _white(sheet: Sheet, x: float, y: float, text: str, *, font: str, size: float) -> None:
    sheet.text(x, y, text, font=font, size=size, colour=white)


def _line(sheet: Sheet, y: float, label: str, text: str, *, x: float, end: float) -> None:
    """A bold label with a colon and what follows it, a hairline under both."""
    sheet.text(x, y, label, font=BOLD, size=7.2)
    start = x + stringWidth(label, BOLD, 7.2) + 4
    sheet.line(x, y + 3, end, y + 3, weight=0.3)
    grid.fill(sheet, Box(start, y - 9.6, end - 1, y + 2.6), text, size=9)


def _section(sheet: Sheet, text: str, *, x: float, end: float, top: float) -> float:
    sheet.line(x, top, end, top, weight=2.2)
    sheet.text(x, top + 10, text, font=BOLD, size=8.5)
    return top + 25


def _people(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    """The patient in the left column, the prescriber in the right one."""
    one = patient(case, office=office)
    left: tuple[tuple[tuple[str, str], ...], ...] = (
        (("Last name:", one.family),),
        (("First name:", one.given),),
        (("Date of birth:", one.born), ("Gender:", one.sex)),
        (("Cardholder ID:", one.member_id),),
        (("RxGroup:", one.group), ("Phone:", one.phone)),
        (("Street:", one.street),),
        (("City, state, ZIP:", one.town),),
        (("Weight:", one.weight), ("Height:", one.height)),
        (("Other drug coverage:", one.other),),
    )
    who = provider(case.requester, "/requesting_provider", office=office)
    right: tuple[tuple[tuple[str, str], ...], ...] = (
        (("Prescriber:", who.who),),
        (("Specialty:", who.specialty),),
        (("NPI:", who.npi), ("DEA:", "")),
        (("Clinic:", who.organization),),
        (("Office phone:", who.phone),),
        (("Return fax:", who.fax),),
        (("Street:", who.street),),
        (("City, state, ZIP:", who.town),),
        (("Person to contact:", who.contact),),
    )
    before = len(sheet.truth().values)
    y = _section(sheet, "PATIENT", x=LEFT, end=MIDDLE - 8, top=top)
    _column(sheet, left, x=LEFT, end=MIDDLE - 8, y=y)
    named = [value for value in sheet.truth().values[before:] if value.path.startswith("/patient/name/")]
    quote = " ".join(value.quote for value in named)
    sheet.state(
        "/patient/name/full", case.patient.full, quote=quote, boxes=[box for value in named for box in value.boxes]
    )
    _section(sheet, "PRESCRIBER", x=MIDDLE + 8, end=RIGHT, top=top)
    return _column(sheet, right, x=MIDDLE + 8, end=RIGHT, y=y) - 4


def _column(sheet: Sheet, rows: Sequence[Sequence[tuple[str, str]]], *, x: float, end: float, y: float) -> float:
    for parts in rows:
        cells = grid.cut(Box(x, y, end, y + 1), (1.35, 1) if len(parts) > 1 else (1,))
        for cell, (label, text) in zip(cells, parts, strict=True):
            _line(sheet, y, label, text, x=cell.x0, end=cell.x1 - (5 if cell.x1 < end - 1 else 0))
        y += 15
    return y


def _medication(sheet: Sheet, case: Case, drug: Drug, *, office: Office, top: float) -> float:
    y = _section(sheet, "MEDICATION REQUESTED", x=LEFT, end=RIGHT, top=top)
    words = office.words
    product = " ".join(
        words(f"{_STEM}/{leaf}", text)
        for leaf, text in (("name", drug.name), ("strength", drug.strength), ("form", drug.form))
        if text
    )
    sig = " ".join(
        words(f"{_STEM}/{leaf}", text)
        for leaf, text in (("dose", drug.dose), ("route", drug.route), ("frequency", drug.frequency))
        if text
    )
    _line(sheet, y, "Drug, strength and dosage form:", product, x=LEFT, end=RIGHT)
    _line(sheet, y + 15, "Directions (sig):", sig, x=LEFT, end=RIGHT)
    quantity, length = words(f"{_STEM}/quantity", drug.quantity), words(f"{_STEM}/duration", drug.duration)
    one = service(case, 0, office=office)
    start = office.date("/service_lines/0/start_on", case.starts)
    _line(sheet, y + 30, "Qty and days' supply:", quantity, x=LEFT, end=226)
    _line(sheet, y + 30, "Length of therapy:", length, x=232, end=400)
    _line(sheet, y + 30, "Therapy start:", start, x=406, end=RIGHT)
    _line(sheet, y + 45, "NDC:", words(f"{_STEM}/ndc", drug.ndc), x=LEFT, end=160)
    _line(sheet, y + 45, "J-code:", one.code, x=166, end=240)
    _line(sheet, y + 45, "Earlier case no.:", previous_number(case), x=246, end=400)
    _line(sheet, y + 45, "Billed under:", "", x=406, end=RIGHT)
    supplier = provider(case.servicing, "/servicing_provider", office=office)
    _line(sheet, y + 60, "Dispensing pharmacy:", supplier.who, x=LEFT, end=400)
    _line(sheet, y + 60, "Pharmacy NPI:", supplier.npi, x=406, end=RIGHT)
    state = "continuing" if drug.continuing else "new"
    starts = (("Not yet started", "new"), ("Continuing on therapy", "continuing"))
    tick_column(sheet, LEFT + 4, y + 75, chosen(starts, f"{_STEM}/new_or_continuing", state), office=office)
    again = "initial" if case.certification == "initial" else "renewal"
    kinds = (("First authorization", "initial"), ("Reauthorization of an expiring approval", "renewal"))
    tick_column(sheet, 166, y + 75, chosen(kinds, "/certification_type", again), office=office)
    given = (Choice("Self-administered"), Choice("Given in office, infusion suite or home"))
    tick_column(sheet, 380, y + 75, given, office=office)
    return y + 91


def _diagnoses(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    y = _section(sheet, "DIAGNOSIS", x=LEFT, end=RIGHT, top=top)
    for place in range(max(2, len(case.diagnoses))):
        code, text = diagnosis(case, place, office=office)
        _line(sheet, y, "Diagnosis:", text, x=LEFT, end=456)
        _line(sheet, y, "ICD-10-CM:", code, x=462, end=RIGHT)
        y += 15
    return y - 4


def _tried(sheet: Sheet, drug: Drug, *, office: Office, top: float) -> float:
    """A table on its side: a column for each treatment, a row for each thing that is asked about it."""
    y = _section(sheet, "TREATMENTS TRIED OR CONSIDERED FOR THIS DIAGNOSIS", x=LEFT, end=RIGHT, top=top) - 9
    count = max(3, len(drug.tried))
    rows = (("Medication", 15.0), ("Dose", 15.0), ("Dates used", 15.0), ("Result or\nreason stopped", 26.0))
    columns = [_treatment(place, one, office=office) for place, one in enumerate(drug.tried)]
    for number, (label, high) in enumerate(rows):
        cells = grid.cut(Box(LEFT, y, RIGHT, y + high), (0.95, *(2.0 for _ in range(count))))
        grid.shade(sheet, cells[0], 0.12)
        for cell in cells:
            sheet.frame(cell, weight=0.45)
        for step, line in enumerate(label.split("\n")):
            sheet.text(cells[0].x0 + 3, y + 10 + 8 * step, line, font=BOLD, size=6.5)
        for cell, column in zip(cells[1:], columns, strict=False):
            grid.fill(sheet, Box(cell.x0 + 3, cell.top + 1, cell.x1 - 2, cell.bottom - 2), column[number], size=8.5)
        y += high
    return y + 6


def _treatment(place: int, one: tuple[str, str, str, str], *, office: Office) -> tuple[str, str, str, str]:
    name, dose, dates, outcome = one
    stem = f"{_STEM}/prior_treatments/{place}"
    start, end = (*_BETWEEN.split(dates, maxsplit=1), "")[:2]
    used = office.words(f"{stem}/from", start)
    if end:
        used = f"{used} - {office.words(f'{stem}/to', end)}"
    return (
        office.words(f"{stem}/name", name),
        office.words(f"{stem}/dose", dose),
        used,
        office.words(f"{stem}/outcome", outcome),
    )


def _questions(sheet: Sheet, *, office: Office, top: float) -> float:
    y = _section(sheet, "CLINICAL QUESTIONS", x=LEFT, end=RIGHT, top=top) - 1
    for number, question in enumerate(_QUESTIONS, 1):
        sheet.canvas.setLineWidth(0.7)
        sheet.canvas.circle(LEFT + 6, sheet.height - y + 2.6, 5.2)
        sheet.text(LEFT + 4, y, str(number), font=BOLD, size=7)
        sheet.text(LEFT + 17, y, question, size=7.5)
        options = [Choice(text) for text in ("Yes", "No", "N/A")]
        grid.choices(sheet, RIGHT - 92, y, options, office=office, size=7, gap=8)
        y += 13.5
    return y - 4


def _close(sheet: Sheet, case: Case, *, office: Office, top: float) -> None:
    note = office.rng.choice(("See chart notes", "labs and notes enclosed", ""))
    _line(sheet, top + 9, "Other information for the reviewing pharmacist:", note, x=LEFT, end=RIGHT)
    sheet.line(LEFT, top + 28, RIGHT, top + 28, weight=0.3)
    y = grid.small_print(sheet, Box(LEFT, top + 31, RIGHT, top + 50), _ATTEST, size=6.6)
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    y += 30
    _line(sheet, y, "Prescriber signature:", "", x=LEFT, end=276)
    _line(sheet, y, "Print:", name, x=282, end=468)
    _line(sheet, y, "Date signed:", date, x=474, end=RIGHT)
    grid.signed(sheet, Box(LEFT + 82, y - 21, 274, y + 3), case, office=office)
    sheet.line(LEFT, y + 11, RIGHT, y + 11, weight=2.2)
    grid.small_print(sheet, Box(LEFT, y + 13, RIGHT, 778), _FOOT, size=6)
