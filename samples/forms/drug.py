"""A drug request of a plan's pharmacy: sections in rounded frames, captions over underlined blanks, a table of the
drugs that were tried in steps.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case
from samples.forms.answers import Answers, Manner
from samples.forms.cell import row, table
from samples.forms.fill import Entry, fill
from samples.forms.mark import begin, options, shade, signature
from samples.page import BOLD, SANS, Book, Sheet

KINDS: frozenset[str] = frozenset({"drug"})
TITLE = "Medication Prior Authorization and Step Therapy Exception Request"
LEFT, RIGHT, HIGH = 32.0, 580.0, 25.5
INSTRUCTIONS = (
    "One form for each medication. A prescriber or a person of the prescriber's office may complete it. Requests for "
    "the review of a drug given in a hospital or infusion center go to the medical department instead. Please answer "
    "every question; what is left blank delays the decision."
)
URGENT = (
    "Urgent means that in the judgment of the prescriber the time of a standard review may put at risk the patient's "
    "life, health or ability to regain function."
)
ATTESTATION = (
    "By signing I confirm that the information is accurate and can be verified in the records of the patient, and that "
    "the plan may ask for these records. Samples do not establish continuing treatment."
)
_BETWEEN = re.compile(r"\s+(?:to|until|through|-|–)\s+|\s*–\s*")
_DRUG = "/service_lines/0/drug"


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    if case.drug is None:
        raise ValueError("this form asks for a drug")
    sheet = begin(book, case, TITLE)
    ask = Answers(case, Manner.any(rng))
    _head(sheet, case)
    top = _review(sheet, ask, top=90, rng=rng)
    top = _patient(sheet, ask, top=top, rng=rng)
    top = _prescriber(sheet, ask, top=top)
    top = _medication(sheet, ask, top=top, rng=rng)
    top = _diagnosis(sheet, ask, top=top)
    top = _tried(sheet, ask, top=top, rng=rng)
    _attested(sheet, ask, top=top, rng=rng)
    sheet.text(LEFT, 778, "Rx-PA-118 Rev. 03/2026", size=6.5)
    sheet.text(252, 778, "If you are not the intended recipient, destroy this fax and call 1-313-555-0127.", size=6.5)


def _head(sheet: Sheet, case: Case) -> None:
    boxes = sheet.text(LEFT, 42, case.payer, font=BOLD, size=14)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes, kind="printed")
    sheet.text(LEFT, 53, "Pharmacy Services", size=8.5)
    sheet.text(392, 38, "Fax completed form to: 1-313-555-0126", font=BOLD, size=9)
    sheet.text(392, 50, "Questions: 1-313-555-0127, weekdays 8 to 6", size=8)
    sheet.text(LEFT, 68, TITLE.upper(), font=BOLD, size=9.5)
    sheet.paragraph(LEFT, 77, INSTRUCTIONS, width=RIGHT - LEFT, font=SANS, size=6.4, leading=7.5)


def _review(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    """The framed box at the top: how fast, since when, and why."""
    case, box = ask.case, Box(LEFT, top, RIGHT, top + 47)
    sheet.frame(box, weight=1.8)
    choices = (("Standard review", "standard"), ("URGENT review", "urgent"))
    at, chosen = (LEFT + 6, top + 14), case.level_of_service
    options(sheet, at, choices, rng=rng, path="/level_of_service", chosen=chosen, size=9, side=9, gap=16)
    sheet.paragraph(250, top + 10, URGENT, width=RIGHT - 256, font=SANS, size=6.4, leading=7.5)
    cells = row(Box(LEFT + 6, box.bottom - 24, RIGHT - 6, box.bottom - 2), (3.6, 1))
    _blank(sheet, cells[0], ask("Reason for urgent review (required)", "/urgency_reason"))
    _blank(sheet, cells[1], ask("Date of request", "/submitted_on"))
    return box.bottom + 10


def _patient(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    bottom = _section(sheet, "1. Patient", top=top, rows=4)
    name, born, sex = _cells(top, (2.6, 1.2, 1.1))
    _blank(sheet, name, ask("Patient name", "/patient/name/full"))
    _blank(sheet, born, ask("Date of birth", "/patient/birth_date"))
    sheet.text(sex.x0, sex.top + 7, "Sex", size=6.5)
    choices = (("Female", "female"), ("Male", "male"))
    chosen = ask.case.patient.sex
    options(sheet, (sex.x0, sex.bottom - 4), choices, rng=rng, path="/patient/sex", chosen=chosen, gap=7)
    _blanks(sheet, top + HIGH, (
        (1.4, ask("Member ID #", "/coverage/member_id")),
        (1.1, ask("Rx group #", "/coverage/group_number")),
        (1.1, ask("Patient phone", "/patient/phone")),
        (1.5, ask("Other insurance", "/coverage/other_coverage/0/payer_name")),
    ))  # fmt: skip
    _blanks(sheet, top + 2 * HIGH, (
        (2.4, ask("Address", "/patient/address/line")),
        (1.4, ask("City", "/patient/address/city")),
        (0.5, ask("State", "/patient/address/state")),
        (0.8, ask("ZIP", "/patient/address/postal_code")),
    ))  # fmt: skip
    allergies = Entry("Drug allergies", rng.choice(("", "", "see attached note", "See chart")))
    _blanks(sheet, top + 3 * HIGH, (
        (0.9, ask("Height", "/patient/height")),
        (0.9, ask("Weight", "/patient/weight")),
        (3.3, allergies),
    ))  # fmt: skip
    return bottom


def _prescriber(sheet: Sheet, ask: Answers, *, top: float) -> float:
    bottom = _section(sheet, "2. Prescriber", top=top, rows=3)
    stem = "/requesting_provider"
    _blanks(sheet, top, (
        (2, ask("Prescriber name", f"{stem}/name")),
        (1.3, ask("Specialty", f"{stem}/specialty")),
        (1, ask("NPI #", f"{stem}/npi")),
        (0.9, Entry("DEA # (controlled drugs only)")),
    ))  # fmt: skip
    _blanks(sheet, top + HIGH, (
        (2, ask("Practice", f"{stem}/organization")),
        (1.2, ask("Office contact", f"{stem}/contact_name")),
        (1, ask("Office phone", f"{stem}/phone")),
        (1, ask("Office fax", f"{stem}/fax")),
    ))  # fmt: skip
    _blanks(sheet, top + 2 * HIGH, (
        (2.4, ask("Office address", f"{stem}/address/line")),
        (1.4, ask("City", f"{stem}/address/city")),
        (0.5, ask("State", f"{stem}/address/state")),
        (0.8, ask("ZIP", f"{stem}/address/postal_code")),
    ))  # fmt: skip
    return bottom


def _medication(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    bottom = _section(sheet, "3. Medication requested", top=top, rows=4)
    _blanks(sheet, top, (
        (2.2, ask("Drug name", f"{_DRUG}/name")),
        (1.3, ask("Strength", f"{_DRUG}/strength")),
        (1.2, ask("Dosage form", f"{_DRUG}/form")),
        (1, ask("Route", f"{_DRUG}/route")),
    ))  # fmt: skip
    _blanks(sheet, top + HIGH, (
        (1.1, ask("Dose", f"{_DRUG}/dose")),
        (2.1, ask("Frequency of administration", f"{_DRUG}/frequency")),
        (1.3, ask("NDC (11 digits, if known)", f"{_DRUG}/ndc")),
        (0.7, ask("HCPCS code", "/service_lines/0/code")),
        (0.6, ask("Units", "/service_lines/0/quantity")),
    ))  # fmt: skip
    _blanks(sheet, top + 2 * HIGH, (
        (1.2, ask("Quantity per 30 days", f"{_DRUG}/quantity")),
        (1.2, ask("Expected length of therapy", f"{_DRUG}/duration")),
        (1, _start(ask)),
        (1, Entry("Refills")),
        (1.1, Entry("Dispensing pharmacy")),
    ))  # fmt: skip
    _therapy(sheet, ask, top=top + 3 * HIGH, rng=rng)
    return bottom


def _start(ask: Answers) -> Entry:
    day = ask.case.starts
    if day is None:
        return Entry("Start date")
    return Entry("Start date", ask.manner.cased(ask.manner.day(day)), "/service_lines/0/start_on", day.isoformat())


def _therapy(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> None:
    """Whether the drug is new to the patient; the certification's kind; an earlier number."""
    case = ask.case
    therapy, request, number = _cells(top, (1.7, 1.3, 1.6))
    sheet.text(therapy.x0, top + 7, "Is this medication", size=6.5)
    chosen = "continuing" if case.drug is not None and case.drug.continuing else "new"
    choices = (("New therapy", "new"), ("Continuing therapy", "continuing"))
    path = f"{_DRUG}/new_or_continuing"
    options(sheet, (therapy.x0, therapy.bottom - 4), choices, rng=rng, path=path, chosen=chosen, gap=8)
    sheet.text(request.x0, top + 7, "Type of request", size=6.5)
    kinds = (("Initial", "initial"), ("Renewal", "renewal"))
    at, path, kind = (request.x0, request.bottom - 4), "/certification_type", case.certification
    options(sheet, at, kinds, rng=rng, path=path, chosen="renewal" if kind == "extension" else kind, gap=8)
    _blank(sheet, number, ask("Previous authorization #", "/references/previous_authorization_number"))


def _diagnosis(sheet: Sheet, ask: Answers, *, top: float) -> float:
    count = max(2, len(ask.case.diagnoses))
    columns = 2 if count > 3 else 1
    rows = -(-count // columns)
    high = HIGH * (1 if rows == 2 else 0.8)
    bottom = _section(sheet, "4. Diagnosis", top=top, rows=rows * high / HIGH)
    for number in range(count):
        y = top + number // columns * high
        column = row(Box(LEFT + 8, y, RIGHT - 8, y + high), (1,) * columns)[number % columns]
        code, text = row(column, (1, 4 / columns))
        _blank(sheet, code, ask("ICD-10 code", f"/diagnoses/{number}/code"))
        _blank(sheet, text, ask("Diagnosis for which the drug is prescribed", f"/diagnoses/{number}/text"))
    return bottom


def _tried(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    tried = ask.case.drug.tried if ask.case.drug is not None else ()
    count = max(4, len(tried))
    high = 68 / count
    bottom = _section(sheet, "5. Step therapy: drugs tried for this diagnosis", top=top, rows=(68 + high + 30) / HIGH)
    heads = (
        "Drug name",
        "Dose and frequency",
        "From",
        "To",
        "Outcome (failed, intolerant, contraindicated) and reason",
    )
    rows = tuple(_treatment(place, one, ask.manner) for place, one in enumerate(tried))
    shade(sheet, Box(LEFT + 8, top + 4, RIGHT - 8, top + 4 + high), Color(0.9, 0.9, 0.9))
    box = Box(LEFT + 8, top + 4, RIGHT - 8, top + 4 + high)
    y = table(sheet, box, heads, rows, shares=(1.3, 1.2, 0.75, 0.75, 2.5), count=count) + 11
    sheet.text(LEFT + 8, y, "Attached:", size=8)
    proof = (("Chart notes", "notes"), ("Laboratory results", "results"), ("Pharmacy fill history", "fills"))
    options(sheet, (LEFT + 52, y), proof, rng=rng, chosen=rng.choice(("notes", None)))
    y += 12
    sheet.text(LEFT + 8, y, "Are all formulary alternatives contraindicated for this patient?", size=8)
    options(sheet, (300, y), (("Yes", "yes"), ("No", "no")), rng=rng)
    sheet.text(380, y, "If yes, explain on a separate sheet.", size=7)
    return bottom


def _treatment(place: int, one: tuple[str, str, str, str], manner: Manner) -> tuple[Entry, ...]:
    name, dose, dates, outcome = one
    stem = f"{_DRUG}/prior_treatments/{place}"
    start, end = (*_BETWEEN.split(dates, maxsplit=1), "")[:2]
    return (
        Entry("", manner.cased(name), f"{stem}/name", name),
        Entry("", manner.cased(dose), f"{stem}/dose", dose),
        Entry("", manner.cased(start), f"{stem}/from", start),
        Entry("", manner.cased(end), f"{stem}/to", end),
        Entry("", manner.cased(outcome), f"{stem}/outcome", outcome),
    )


def _attested(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> None:
    bottom = _section(sheet, "6. Attestation", top=top, rows=2.5)
    sheet.paragraph(LEFT + 8, top + 9, ATTESTATION, width=RIGHT - LEFT - 16, font=SANS, size=6.6, leading=8)
    signed, name, dated = row(Box(LEFT + 8, top + 22, RIGHT - 8, bottom - 13), (2.1, 1.8, 1))
    sheet.text(signed.x0, signed.top + 7, "Prescriber signature", size=6.5)
    sheet.line(signed.x0, signed.bottom, signed.x1 - 8, signed.bottom, weight=0.5)
    place = Box(signed.x0 + 62, signed.top, signed.x1 - 8, signed.bottom)
    signature(sheet, ask.case, place, rng=rng)
    _blank(sheet, name, ask("Printed name", "/signature/name"))
    _blank(sheet, dated, ask("Date signed", "/signature/signed_on"))


def _section(sheet: Sheet, title: str, *, top: float, rows: float) -> float:
    """A rounded frame around so many rows, its title in the upper side; where the next one begins comes back."""
    bottom = top + rows * HIGH + 5
    width = stringWidth(title, BOLD, 8.5)
    _rounded(sheet, Box(LEFT, top - 4, RIGHT, bottom), gap=(LEFT + 10, LEFT + 18 + width))
    sheet.text(LEFT + 14, top - 1.5, title, font=BOLD, size=8.5)
    return bottom + 9


def _rounded(sheet: Sheet, box: Box, *, gap: tuple[float, float], radius: float = 5) -> None:
    """A frame with round corners whose upper side has a gap."""
    up, down, both = sheet.height - box.top, sheet.height - box.bottom, 2 * radius
    path = sheet.canvas.beginPath()
    path.moveTo(gap[1], up)
    path.lineTo(box.x1 - radius, up)
    path.arcTo(box.x1 - both, up - both, box.x1, up, startAng=90, extent=-90)
    path.lineTo(box.x1, down + radius)
    path.arcTo(box.x1 - both, down, box.x1, down + both, startAng=0, extent=-90)
    path.lineTo(box.x0 + radius, down)
    path.arcTo(box.x0, down, box.x0 + both, down + both, startAng=270, extent=-90)
    path.lineTo(box.x0, up - radius)
    path.arcTo(box.x0, up - both, box.x0 + both, up, startAng=180, extent=-90)
    path.lineTo(gap[0], up)
    sheet.canvas.setLineWidth(0.9)
    sheet.canvas.drawPath(path)


def _cells(top: float, shares: Sequence[float]) -> tuple[Box, ...]:
    return row(Box(LEFT + 8, top, RIGHT - 8, top + HIGH), shares)


def _blanks(sheet: Sheet, top: float, entries: Sequence[tuple[float, Entry]]) -> None:
    for cell, (_, entry) in zip(_cells(top, tuple(share for share, _ in entries)), entries, strict=True):
        _blank(sheet, cell, entry)


def _blank(sheet: Sheet, cell: Box, entry: Entry) -> None:
    """A caption over a blank with a rule under it."""
    sheet.text(cell.x0, cell.top + 7, entry.label, size=6.5)
    sheet.line(cell.x0, cell.bottom, cell.x1 - 8, cell.bottom, weight=0.5)
    fill(sheet, Box(cell.x0 + 3, cell.top + 9, cell.x1 - 8, cell.bottom + 1), entry)
