"""A clinic's letter of medical necessity in plain business style: letterhead, date, addressee, and lines under RE."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples import pen
from samples.case import Admission, Case, Drug, Line
from samples.fictions import Practitioner
from samples.page import SERIF, Book, Sheet
from samples.prose import parse
from samples.retired.office import Office, office, said
from samples.retired.pages import Column
from samples.retired.paper import LETTER, asking
from samples.retired.written import patient, town, unsaid_side

KINDS = frozenset({"referral", "service", "admission", "drug", "equipment"})
LEFT, RIGHT, INDENT = 72.0, 540.0, 36.0
_BOLD = "Times-Bold"
_DRUG = "/service_lines/0/drug"
_CLOSING = (
    "Thank you for your prompt attention to this request.",
    "Thank you for your time and consideration. I look forward to your approval.",
    "Based on the above, this treatment plan is medically necessary. Thank you for your review.",
)


def draw(book: Book, case: Case, *, rng: random.Random, reasons: Sequence[str]) -> None:
    """Write the letter on one sheet or more; `reasons` are its paragraphs, with the marks of `samples.prose`."""
    book.paper(asking(case, LETTER, title="Letter of medical necessity"))
    clerk = office(rng, machine=False)
    sheet = book.sheet(LETTER)
    column = _column(book, sheet, case, office=clerk)
    column.y = _letterhead(sheet, case.requester, office=clerk)
    column.write(_today(case), after=12)
    column.write(said("/coverage/payer_name", case.payer))
    column.write("Attn: Utilization Management Department", after=12)
    _about(column, case, office=clerk)
    column.write(rng.choice(("To Whom It May Concern:", "Dear Medical Director:")), after=7)
    name = said("/patient/name/full", case.patient.full)
    what = "the medication" if case.drug else "the services"
    column.write(
        f"I am writing on behalf of my patient, {name}, to request prior authorization for {what} listed above.",
        after=7,
    )
    for text in (_earlier(case), _hurry(case), *reasons, rng.choice(_CLOSING)):
        column.write(text, after=7)
    _close(column, case.requester, case.signed, office=clerk)


def _column(book: Book, sheet: Sheet, case: Case, *, office: Office) -> Column:
    def turn() -> tuple[Sheet, float]:
        following = book.sheet(LETTER)
        pages.append(following)
        following.paragraph(LEFT, 60, f"RE: {office.person(case.patient)}", width=300, size=11)
        following.text(LEFT, 74, f"Page {len(pages)}", font=SERIF, size=11)
        return following, 104

    pages = [sheet]
    return Column(sheet, LEFT, 60, RIGHT - LEFT, 728, SERIF, 11, 13.4, turn)


def _letterhead(sheet: Sheet, who: Practitioner, *, office: Office) -> float:
    """The practice in the middle, its address and numbers below; the baseline of the date comes back."""
    stem = "/requesting_provider"
    numbers = f"Phone: {office.phone(f'{stem}/phone', who.phone)} | Fax: {office.phone(f'{stem}/fax', who.fax)}"
    street = f"{office.words(f'{stem}/address/line', who.address.line)}, "
    lines = (
        (said(f"{stem}/organization", who.organization), _BOLD, 16.0, 52.0),
        (street + town(f"{stem}/address", who.address, office=office), SERIF, 10.5, 67.0),
        (numbers, SERIF, 10.5, 80.0),
    )
    for text, font, size, y in lines:
        _centred(sheet, y, text, font=font, size=size)
    sheet.line(LEFT, 88, RIGHT, 88, weight=0.8)
    return 114


def _centred(sheet: Sheet, y: float, text: str, *, font: str, size: float) -> None:
    """A marked line around the middle of the sheet."""
    width = stringWidth(parse(text).plain, font, size)
    sheet.paragraph((sheet.width - width) / 2, y, text, width=width + 1, font=font, size=size)


def _today(case: Case) -> str:
    day = case.on
    return said("/submitted_on", f"{day:%B} {day.day}, {day.year}", day.isoformat())


def _about(column: Column, case: Case, *, office: Office) -> None:
    """What the letter is about: a label, a colon and a value on each line, indented behind RE."""
    one = patient(case, office=office)
    column.sheet.text(LEFT, column.y, "RE:", font=_BOLD, size=11)
    column.sheet.text(LEFT + INDENT, column.y, "Letter of Medical Necessity", font=_BOLD, size=11)
    column.y += column.leading
    rows = [
        ("Patient", said("/patient/name/full", case.patient.full)),
        ("Date of Birth", one.born),
        ("Member ID", one.member_id),
        ("Group Number", one.group),
        *(("Diagnosis", text) for text in _diagnoses(case)),
        *_asked(case, office=office),
        ("Dates of Service" if case.ends else "Start Date", _dates(case, office=office)),
        ("Servicing Provider", _who(case.servicing, "/servicing_provider")),
        ("Facility", _who(case.facility, "/facility")),
    ]
    for label, text in rows:
        if text:
            column.write(f"{label}: {text}", indent=INDENT)
    column.y += 10


def _diagnoses(case: Case) -> list[str]:
    return [
        f"{said(f'/diagnoses/{place}/text', one.text)} ({said(f'/diagnoses/{place}/code', one.code)})"
        for place, one in enumerate(case.diagnoses)
    ]


def _asked(case: Case, *, office: Office) -> list[tuple[str, str]]:
    """The lines that say what is asked for, as (label, text)."""
    rows = _drug(case.drug) if case.drug else []
    if case.admission:
        rows.append(("Inpatient Admission", _stay(case.admission, office=office)))
    for place, line in enumerate(case.lines):
        rows.append(("Requested Service", _line(line, f"/service_lines/{place}", office=office)))
    return rows


def _drug(drug: Drug) -> list[tuple[str, str]]:
    product = " ".join(said(f"{_DRUG}/{leaf}", getattr(drug, leaf)) for leaf in ("name", "strength", "form"))
    sig = " ".join(said(f"{_DRUG}/{leaf}", getattr(drug, leaf)) for leaf in ("dose", "route", "frequency"))
    return [
        ("Requested Medication", product),
        ("Directions", sig),
        ("Quantity", said(f"{_DRUG}/quantity", drug.quantity)),
        ("Duration of Therapy", said(f"{_DRUG}/duration", drug.duration)),
    ]


def _stay(stay: Admission, *, office: Office) -> str:
    on, days = office.date("/admission/admitted_on", stay.on), said("/admission/days", str(stay.days))
    kind, care = said("/admission/type", stay.type), said("/admission/level_of_care", stay.level_of_care)
    return f"{kind} admission on {on}, {days} {'day' if stay.days == 1 else 'days'}, {care}"


def _line(line: Line, stem: str, *, office: Office) -> str:
    side = unsaid_side(line, stem, office=office)
    parts = [f"{said(f'{stem}/text', line.text)}{f', {side}' if side else ''}"]
    if line.code:
        modifier = f"-{said(f'{stem}/modifiers/0', line.modifier)}" if line.modifier else ""
        kind = "CPT" if line.code[0].isdigit() else "HCPCS"
        parts[0] += f" ({kind} {said(f'{stem}/code', line.code)}{modifier})"
    if line.visits:
        parts.append(f"{said(f'{stem}/visits', str(line.visits))} visits")
    else:
        units = "unit" if line.quantity == 1 else "units"
        parts.append(f"{said(f'{stem}/quantity', str(line.quantity))} {units}")
    parts.append(office.rate(f"{stem}/frequency", line.frequency))
    parts.append(f"for {said(f'{stem}/duration', line.duration)}" if line.duration else "")
    parts.append(said(f"{stem}/equipment/acquisition", line.acquisition or ""))
    parts.append(f"{said(f'{stem}/equipment/months', str(line.months))} months" if line.months else "")
    return ", ".join(part for part in parts if part)


def _dates(case: Case, *, office: Office) -> str:
    start = office.date("/service_lines/0/start_on", case.starts)
    end = office.date("/service_lines/0/end_on", case.ends)
    return f"{start} to {end}" if start and end else start


def _who(who: Practitioner | None, stem: str) -> str:
    if who is None:
        return ""
    name = said(f"{stem}/name", who.full) if who.family else said(f"{stem}/organization", who.organization)
    group = f", {said(f'{stem}/organization', who.organization)}" if who.family and who.organization else ""
    return f"{name}{group}, NPI {said(f'{stem}/npi', who.npi)}"


def _earlier(case: Case) -> str:
    number = said("/references/previous_authorization_number", case.previous_number)
    if not number or case.certification == "initial":
        return ""
    kind = said("/certification_type", case.certification)
    return f"This is a request for {kind} of prior authorization number {number}."


def _hurry(case: Case) -> str:
    if case.level_of_service != "urgent":
        return ""
    asked = f"I am requesting an {said('/level_of_service', 'urgent')} review"
    reason = said("/urgency_reason", case.urgency_reason.rstrip("."))
    return f"{asked} of this case. {reason}." if reason else f"{asked} of this case."


def _close(column: Column, who: Practitioner, signed: bool, *, office: Office) -> None:
    stem = "/requesting_provider"
    contact = said(f"{stem}/contact_name", who.contact)
    call = office.phone(f"{stem}/phone", who.phone)
    column.write(f"If you have any questions, please contact {contact} in my office at {call}.", after=9)
    column.need(118)
    column.write("Sincerely,")
    sheet, y = column.sheet, column.y + 22
    place = Box(LEFT, y - 26, LEFT + 190, y + 4)
    if signed:
        place = pen.sign(sheet, LEFT + 6, y, office.rng)
    sheet.signature(place, "pen" if signed else "none")
    sheet.state("/signature/state", "signed" if signed else "unsigned", quote="", boxes=(place,))
    column.y = y + 20
    column.write(said(f"{stem}/name", who.full))
    column.write(said(f"{stem}/specialty", who.specialty))
    column.write(f"NPI: {said(f'{stem}/npi', who.npi)}")
    column.write(f"Tax ID: {office.tin(f'{stem}/tin', who.tin)}", after=9)
    column.write("Enclosures: office notes, test results")
