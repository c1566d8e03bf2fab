"""A request for services or equipment in two columns: patient and insurance at the left, providers at the right."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples import pen
from samples.case import Case
from samples.forms.answers import Answers, Manner
from samples.forms.cell import row, table
from samples.forms.fill import Entry, fill
from samples.forms.mark import Option, begin, options, signature
from samples.page import SANS, SERIF, TYPED, Book, Sheet

KINDS: frozenset[str] = frozenset({"service", "equipment"})
TITLE = "Outpatient Treatment Authorization Form"
HEAVY = "Times-Bold"
LEFT, MIDDLE, RIGHT, GUTTER, HIGH = 30.0, 303.0, 582.0, 6.0, 18.4
PRIORITIES = (
    ("Routine - answer within 7 days", "standard"),
    ("Urgent - answer within 72 hours", "urgent"),
    ("Service already given", None),
)
CERTIFICATIONS = (
    ("New request", "initial"),
    ("More visits or time", "extension"),
    ("Yearly renewal", "renewal"),
    ("Correction", "amendment"),
)
NOTICE = (
    "The form and its enclosures may hold health information that the law protects. If they reached you by mistake, "
    "call 412-555-0170 and destroy them. Approval does not replace the rules of the member's contract: benefits, "
    "limits and eligibility on the day of service apply. Services by providers outside the network may cost the "
    "member more. Requests for hospital admission, dialysis, transplants and drugs have forms of their own. "
    "CM-31 (6/2025)"
)
Rows = Sequence[Sequence[tuple[float, Entry]]]


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    ask = Answers(case, Manner.any(rng))
    name = rng.choice(("name/reversed", "name"))
    sheet = begin(book, case, TITLE)
    _head(sheet, ask, rng=rng)
    left = _panel(sheet, "Patient", _patient(ask, name), left=LEFT, top=118)
    left = _panel(sheet, "Insurance", _insurance(ask), left=LEFT, top=left + 5)
    left = _panel(sheet, "Diagnosis", _diagnoses(ask), left=LEFT, top=left + 5)
    right = _panel(sheet, "Ordering / Requesting Provider", _ordering(ask, name), left=MIDDLE + GUTTER, top=118)
    right = _panel(sheet, "Rendering Provider", _rendering(ask, name), left=MIDDLE + GUTTER, top=right + 5)
    right = _panel(sheet, "Rendering Facility", _facility(ask), left=MIDDLE + GUTTER, top=right + 5)
    top = _services(sheet, ask, top=max(left, right) + 6)
    top = _particulars(sheet, ask, top=top, rng=rng)
    top = _clinical(sheet, top=top + 5, rng=rng)
    _end(sheet, ask, top=top + 5, rng=rng)


def _head(sheet: Sheet, ask: Answers, *, rng: random.Random) -> None:
    case = ask.case
    sheet.canvas.setLineWidth(1.2)
    sheet.canvas.ellipse(LEFT + 2, sheet.height - 62, LEFT + 38, sheet.height - 34)
    sheet.line(LEFT + 10, 56, LEFT + 30, 40, weight=2.4)
    room = Box(LEFT + 46, 30, 330, 56)
    size = min(17.0, 17.0 * room.width / stringWidth(case.payer, HEAVY, 17))
    boxes = sheet.text(room.x0, 50, case.payer, font=HEAVY, size=size)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes, kind="printed")
    sheet.text(room.x0, 63, "Care Management, P.O. Box 55, Stonebridge, MI 48000", font=SERIF, size=8)
    sheet.text(LEFT, 84, TITLE, font=HEAVY, size=14)
    sheet.text(
        LEFT, 95, "Fax this form with chart notes to 412-555-0171. Questions: 412-555-0170.", font=SERIF, size=8.5
    )
    fill_in = row(Box(LEFT, 99, 330, 115), (1.2, 2))
    _beside(sheet, fill_in[0], ask("Submitted", "/submitted_on"))
    _beside(sheet, fill_in[1], ask("Previous auth. #", "/references/previous_authorization_number"))
    box = Box(338, 30, RIGHT, 113)
    sheet.frame(box, weight=1.4)
    sheet.text(box.x0 + 5, 41, "PRIORITY", font=HEAVY, size=8.5)
    sheet.text(box.x0 + 138, 41, "THIS IS A", font=HEAVY, size=8.5)
    _stack(sheet, (box.x0 + 6, 54), PRIORITIES, rng=rng, path="/level_of_service", chosen=case.level_of_service)
    _stack(sheet, (box.x0 + 139, 54), CERTIFICATIONS, rng=rng, path="/certification_type", chosen=case.certification)
    sheet.text(box.x0 + 5, 92, "Why urgent?", font=SERIF, size=7.5)
    sheet.line(box.x0 + 45, 110, box.x1 - 5, 110, weight=0.5)
    fill(sheet, Box(box.x0 + 47, 91, box.x1 - 5, 112), ask("", "/urgency_reason"), size=8.5)


def _stack(
    sheet: Sheet, at: tuple[float, float], choices: Sequence[Option], *, rng: random.Random, path: str, chosen: str
) -> None:
    """Boxes to tick, one below the other."""
    x, y = at
    for words, value in choices:
        ticked = value == chosen
        box = sheet.tick_box(x, y, words, ticked=ticked, path=path if value else None, value=value, side=7, size=7)
        if ticked:
            pen.tick(sheet, box, rng)
        y += 10.5


def _panel(sheet: Sheet, title: str, rows: Rows, *, left: float, top: float) -> float:
    """A rounded box with its title at its top and a hairline under each row; its bottom comes back."""
    right = left + MIDDLE - LEFT
    bottom = top + 14 + HIGH * len(rows)
    sheet.canvas.setLineWidth(1)
    sheet.canvas.roundRect(left, sheet.height - bottom, right - left, bottom - top, 5)
    sheet.text(left + 6, top + 10.5, title.upper(), font=HEAVY, size=9)
    sheet.line(left, top + 14, right, top + 14, weight=0.8)
    for number, cells in enumerate(rows):
        line = Box(left, top + 14 + HIGH * number, right, top + 14 + HIGH * (number + 1))
        for place, (box, (_, entry)) in enumerate(zip(row(line, [share for share, _ in cells]), cells, strict=True)):
            _beside(sheet, box, entry)
            if place:
                sheet.line(box.x0, box.top, box.x0, box.bottom, weight=0.4)
        if number + 1 < len(rows):
            sheet.line(left, line.bottom, right, line.bottom, weight=0.4)
    return bottom


def _beside(sheet: Sheet, box: Box, entry: Entry) -> None:
    """A label and its value to the right, without a frame."""
    sheet.text(box.x0 + 5, box.bottom - 5.5, entry.label, font=SERIF, size=8)
    start = box.x0 + 9 + stringWidth(entry.label, SERIF, 8)
    fill(sheet, Box(start, box.top + 1, box.x1 - 3, box.bottom - 2), entry, size=9.5)


def _patient(ask: Answers, name: str) -> Rows:
    return (
        ((1, ask("Full name", "/patient/name/reversed" if name != "name" else "/patient/name/full")),),
        ((1.7, ask("Date of birth", "/patient/birth_date")), (1, ask("Gender", "/patient/sex"))),
        ((1, ask("Home address", "/patient/address/line")),),
        ((1, ask("City / State / ZIP", "/patient/address/town")),),
        ((1, ask("Phone", "/patient/phone")),),
        ((1, ask("Height", "/patient/height")), (1, ask("Weight", "/patient/weight"))),
    )


def _insurance(ask: Answers) -> Rows:
    return (
        ((1, ask("Subscriber #", "/coverage/member_id")),),
        ((1, ask("Group / account #", "/coverage/group_number")),),
        ((1, ask("Other insurance", "/coverage/other_coverage/0/payer_name")),),
        ((1, ask("Primary care provider", "/primary_care_provider/name")),),
    )


def _diagnoses(ask: Answers) -> Rows:
    return tuple(
        (
            (1, ask(f"ICD-10 {'ABCDEFGH'[i]}", f"/diagnoses/{i}/code")),
            (1.9, ask("", f"/diagnoses/{i}/text")),
        )
        for i in range(max(4, len(ask.case.diagnoses)))
    )


def _ordering(ask: Answers, name: str) -> Rows:
    stem = "/requesting_provider"
    return (
        ((1, ask("Name", f"{stem}/{name}")),),
        ((1, ask("Specialty", f"{stem}/specialty")),),
        ((1, ask("Group name", f"{stem}/organization")),),
        ((1, ask("NPI", f"{stem}/npi")), (1, ask("TIN", f"{stem}/tin"))),
        ((1, ask("Phone", f"{stem}/phone")), (1, ask("Fax", f"{stem}/fax"))),
        ((1, ask("Street", f"{stem}/address/line")),),
        ((1, ask("City / State / ZIP", f"{stem}/address/town")),),
        ((1, ask("Office contact", f"{stem}/contact_name")),),
    )


def _rendering(ask: Answers, name: str) -> Rows:
    stem = "/servicing_provider"
    return (
        ((1, ask("Name", f"{stem}/{name}")),),
        ((1, ask("Group / supplier", f"{stem}/organization")),),
        ((1, ask("NPI", f"{stem}/npi")), (1, ask("TIN", f"{stem}/tin"))),
        ((1, ask("Phone", f"{stem}/phone")), (1, ask("Fax", f"{stem}/fax"))),
    )


def _facility(ask: Answers) -> Rows:
    return (
        ((1, ask("Name", "/facility/organization")),),
        ((1, ask("NPI", "/facility/npi")), (1, ask("TIN", "/facility/tin"))),
    )


def _services(sheet: Sheet, ask: Answers, *, top: float) -> float:
    sheet.text(LEFT, top + 9, "SERVICES OR ITEMS ASKED FOR", font=HEAVY, size=9)
    sheet.text(
        LEFT + 158,
        top + 9,
        "One code in a line. List every modifier. Units are those that you will bill.",
        font=SERIF,
        size=8,
    )
    heads = ("Code", "Mod 1", "Mod 2", "Service or item", "Units", "Frequency", "From", "Through")
    blanks = ("code", "modifiers/0", "modifiers/1", "text", "quantity", "frequency", "start_on", "end_on")
    count = max(4, len(ask.case.lines))
    rows = tuple(tuple(ask("", f"/service_lines/{i}/{blank}") for blank in blanks) for i in range(count))
    box = Box(LEFT, top + 13, RIGHT, top + 13 + (17 if count <= 4 else 85 / (count + 1)))
    return table(sheet, box, heads, rows, shares=(1.05, 0.75, 0.75, 3.3, 0.7, 1.2, 1.3, 1.3), count=count, font=TYPED)


def _particulars(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    stem, first = "/service_lines/0", ask.case.lines[0] if ask.case.lines else None
    lines = (
        (
            (1.3, ask("Total visits", f"{stem}/visits")),
            (1.7, ask("Duration", f"{stem}/duration")),
            (2, ask("Body part", f"{stem}/body_site")),
            (2.3, ask("Place of service", f"{stem}/place_of_service")),
            (1.5, ask("Charge $", f"{stem}/charge")),
        ),
    )
    for number, cells in enumerate(lines):
        line = Box(LEFT, top + HIGH * number, RIGHT, top + HIGH * (number + 1))
        for box, (_, entry) in zip(row(line, [share for share, _ in cells]), cells, strict=True):
            sheet.frame(box)
            _beside(sheet, box, entry)
    top += HIGH * len(lines)
    sheet.frame(Box(LEFT, top, RIGHT, top + HIGH))
    sheet.text(LEFT + 5, top + 12.5, "Side", font=SERIF, size=8)
    sides = (("Left", "left"), ("Right", "right"), ("Both", "bilateral"))
    x = options(
        sheet, (LEFT + 26, top + 12.5), sides, rng=rng, path=f"{stem}/laterality", chosen=first.side if first else None
    )
    sheet.text(x + 8, top + 12.5, "Equipment", font=SERIF, size=8)
    ways = (("Buy", "purchase"), ("Rent", "rental"), ("Repair", "repair"))
    path, chosen = f"{stem}/equipment/acquisition", first.acquisition if first else None
    x = options(sheet, (x + 50, top + 12.5), ways, rng=rng, path=path, chosen=chosen)
    months = ask("Months of rental", f"{stem}/equipment/months")
    _beside(sheet, Box(x, top, RIGHT, top + HIGH), months)
    return top + HIGH


def _clinical(sheet: Sheet, *, top: float, rng: random.Random) -> float:
    box = Box(LEFT, top, RIGHT, top + 78)
    sheet.frame(box)
    sheet.text(LEFT + 5, top + 10.5, "CLINICAL SUMMARY", font=HEAVY, size=9)
    words = (
        "Give onset, findings, treatment tried with dates, and the goal of this service. Chart notes must bear it out."
    )
    sheet.text(LEFT + 108, top + 10.5, words, font=SERIF, size=8)
    note = Entry("", rng.choice(("See attached notes.", "Please see chart notes enclosed.", "Notes attached", "")))
    fill(sheet, Box(LEFT + 8, top + 16, RIGHT - 8, top + 31.5), note, size=9.5)
    for y in (top + 30, top + 46, top + 62):
        sheet.line(LEFT + 5, y, RIGHT - 5, y, weight=0.4)
    sheet.text(
        LEFT + 5,
        top + 73,
        "Has a reviewer of the plan spoken with the provider about this request?",
        font=SERIF,
        size=8,
    )
    options(sheet, (LEFT + 246, top + 73), (("Yes", None), ("No", None)), rng=rng, side=7)
    return box.bottom


def _end(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> None:
    words = "Enclosed (tick all that apply)"
    sheet.text(LEFT, top + 8, words, font=HEAVY, size=8)
    x = LEFT + 118
    for words in ("Office notes", "Therapy notes", "Imaging", "Laboratory", "Order", "Sleep study"):
        chosen = "1" if rng.random() < 0.35 else None
        box = sheet.tick_box(x, top + 8, words, ticked=chosen is not None, side=7, size=7.5)
        if chosen:
            pen.tick(sheet, box, rng)
        x += 18 + stringWidth(words, SANS, 7.5)
    signed = Box(LEFT, top + 14, 400, top + 58)
    sheet.frame(signed, weight=1)
    sheet.text(LEFT + 4, top + 22, "Provider signature (a stamp is not accepted)", font=SERIF, size=7.5)
    signature(sheet, ask.case, Box(LEFT + 6, top + 24, 268, top + 50), rng=rng)
    sheet.line(LEFT + 6, top + 50, 268, top + 50, weight=0.5)
    sheet.line(280, top + 50, 394, top + 50, weight=0.5)
    sheet.text(280, top + 22, "Signed on", font=SERIF, size=7.5)
    fill(sheet, Box(282, top + 24, 392, top + 51), ask("", "/signature/signed_on"))
    office = Box(408, top + 14, RIGHT, top + 58)
    sheet.frame(office, weight=1.6)
    sheet.text(office.x0 + 4, office.top + 9, "PLAN ONLY", font=HEAVY, size=7.5)
    for number, words in enumerate(("Intake", "Auth. no.", "Nurse / MD")):
        y = office.top + 20 + 10 * number
        sheet.text(office.x0 + 4, y, words, font=SERIF, size=7.5)
        sheet.line(office.x0 + 44, y + 1, office.x1 - 5, y + 1, weight=0.4)
    sheet.paragraph(LEFT, top + 67, NOTICE, width=RIGHT - LEFT, font=SERIF, size=6.5, leading=7.4)
