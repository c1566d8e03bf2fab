"""A request for medical equipment: grey label cells beside white answers, three providers, and a table of items with
modifier, quantity, rental or purchase and months.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.lib.colors import Color, black, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case, Line
from samples.forms.answers import Answers, Manner
from samples.forms.cell import row
from samples.forms.fill import Entry, fill
from samples.forms.mark import begin, options, shade, signature
from samples.page import BOLD, SANS, Book, Sheet

KINDS: frozenset[str] = frozenset({"equipment"})
TITLE = "DME, Prosthetics, Orthotics and Supplies Authorization Request"
LEFT, RIGHT, HIGH = 36.0, 576.0, 19.2
GREY = Color(0.87, 0.87, 0.87)
WAYS = (("Rent", "rental"), ("Buy", "purchase"), ("Rep", "repair"))
CERTIFICATIONS = (
    ("Initial", "initial"),
    ("Recertification", "extension"),
    ("Renewal", "renewal"),
    ("Revised", "amendment"),
)
SHARES = (0.85, 0.7, 2.9, 0.55, 2.1, 0.6, 1.0)
HEADS = (
    "HCPCS",
    "Modifier",
    "Item, make and model if known",
    "Qty",
    "Rental / purchase / repair",
    "Months",
    "Charge ($)",
)
INSTRUCTIONS = (
    "Submit at least five business days before delivery. Attach the signed order, the face-to-face note and, where the "
    "item needs one, the test result. Items delivered before a decision are not covered. Retain a copy in the file of "
    "the patient."
)
ATTESTATION = (
    "I am the treating practitioner or act under the practitioner's direction. The items above were ordered in "
    "writing, and the record of the patient shows why each of them is needed."
)
Pairs = Sequence[tuple[float, Entry]]


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    sheet = begin(book, case, TITLE)
    ask = Answers(case, Manner.any(rng))
    top = _head(sheet, ask, rng=rng)
    top = _patient(sheet, ask, top=top, rng=rng)
    top = _providers(sheet, ask, top=top)
    top = _diagnoses(sheet, ask, top=top)
    top = _items(sheet, ask, top=top, rng=rng)
    top = _use(sheet, ask, top=top, rng=rng)
    top = _attested(sheet, ask, top=top + 2, rng=rng)
    _plan_use(sheet, top=top + 6)


def _head(sheet: Sheet, ask: Answers, *, rng: random.Random) -> float:
    case = ask.case
    shade(sheet, Box(LEFT, 28, RIGHT, 50), black)
    boxes = sheet.text(LEFT + 6, 43, case.payer, font=BOLD, size=13, colour=white)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes, kind="printed")
    sheet.text(RIGHT - 166, 42.5, "Fax 1-412-555-0171  Tel. 1-412-555-0170", size=8, colour=white)
    sheet.centred(64, TITLE, size=12)
    y = sheet.paragraph(LEFT, 75, INSTRUCTIONS, width=RIGHT - LEFT, font=SANS, size=7, leading=8.5)
    box = Box(LEFT, y - 4, RIGHT, y - 4 + HIGH)
    sheet.frame(box)
    sheet.text(LEFT + 4, box.bottom - 6, "REVIEW", font=BOLD, size=8)
    choices = (("Standard", "standard"), ("Expedited*", "urgent"))
    at = (LEFT + 46, box.bottom - 6)
    options(sheet, at, choices, rng=rng, path="/level_of_service", chosen=case.level_of_service)
    sheet.line(208, box.top, 208, box.bottom)
    sheet.text(213, box.bottom - 6, "REQUEST", font=BOLD, size=8)
    at = (258, box.bottom - 6)
    options(sheet, at, CERTIFICATIONS, rng=rng, path="/certification_type", chosen=case.certification)
    return _rows(sheet, (
        ((2.1, ask("* Clinical reason", "/urgency_reason")),),
        (
            (1, ask("Previous auth. no.", "/references/previous_authorization_number")),
            (1, ask("Date of request", "/submitted_on")),
        ),
    ), top=box.bottom)  # fmt: skip


def _patient(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    top = _heading(sheet, "A. PATIENT", top=top)
    top = _rows(sheet, (
        (
            (1.5, ask("Last, first name", "/patient/name/reversed")),
            (1, ask("Date of birth", "/patient/birth_date")),
        ),
        (
            (1, ask("Member ID", "/coverage/member_id")),
            (0.9, ask("Group", "/coverage/group_number")),
            (1, ask("Phone", "/patient/phone")),
        ),
        ((1, ask("Address", "/patient/address")),),
    ), top=top)  # fmt: skip
    sex, height, weight, other = row(Box(LEFT, top, RIGHT, top + HIGH), (1, 0.9, 0.9, 1.9))
    choices, chosen = (("M", "male"), ("F", "female")), ask.case.patient.sex
    x = _pair(sheet, sex, Entry("Sex"))
    options(sheet, (x, sex.bottom - 6), choices, rng=rng, path="/patient/sex", chosen=chosen, gap=7)
    _pair(sheet, height, ask("Height", "/patient/height"))
    _pair(sheet, weight, ask("Weight", "/patient/weight"))
    _pair(sheet, other, ask("Other insurance", "/coverage/other_coverage/0/payer_name"))
    return top + HIGH


def _providers(sheet: Sheet, ask: Answers, *, top: float) -> float:
    """Who asks, who has ordered if that is someone else, and who delivers."""
    parties = (
        ("B. REQUESTING PROVIDER (office that completes this form)", "/requesting_provider"),
        ("C. ORDERING PHYSICIAN (if not the same)", "/ordering_provider"),
        ("D. SUPPLIER (servicing provider)", "/servicing_provider"),
    )
    for title, stem in parties:
        top = _heading(sheet, title, top=top)
        supplier = stem.startswith("/servicing")
        name = ask("Company", f"{stem}/organization") if supplier else ask("Name", f"{stem}/name")
        second = ask("Tax ID", f"{stem}/tin") if supplier else ask("Specialty", f"{stem}/specialty")
        top = _rows(sheet, (
            ((1.5, name), (0.9, ask("NPI", f"{stem}/npi")), (1.1, second)),
            (
                (1.1, ask("Contact", f"{stem}/contact_name")),
                (0.9, ask("Phone", f"{stem}/phone")),
                (0.9, ask("Fax", f"{stem}/fax")),
            ),
        ), top=top)  # fmt: skip
        if not stem.startswith("/ordering"):
            top = _rows(sheet, (((1, ask("Address", f"{stem}/address")),),), top=top)
    return top


def _diagnoses(sheet: Sheet, ask: Answers, *, top: float) -> float:
    top = _heading(sheet, "E. DIAGNOSES THAT SUPPORT THE ITEMS", top=top)
    count = max(2, len(ask.case.diagnoses))
    columns = 2 if count > 3 else 1
    for first in range(0, count, columns):
        pairs: list[tuple[float, Entry]] = []
        for number in range(first, first + columns):
            stem = f"/diagnoses/{number}"
            pairs += (
                (0.8, ask(f"ICD-10 ({number + 1})", f"{stem}/code")),
                (2.4 / columns, ask("Text", f"{stem}/text")),
            )
        top = _rows(sheet, (pairs,), top=top, high=HIGH - 2.5)
    return top


def _items(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    top = _heading(sheet, "F. ITEMS REQUESTED", top=top)
    for cell, head in zip(row(Box(LEFT, top, RIGHT, top + 13), SHARES), HEADS, strict=True):
        shade(sheet, cell, GREY)
        sheet.frame(cell, weight=0.6)
        sheet.text(cell.x0 + 3, cell.bottom - 4, head, size=7)
    top += 13
    lines = ask.case.lines
    count = max(4, len(lines))
    high = 17.5 if count <= 5 else 87.5 / count
    for number in range(count):
        cells = row(Box(LEFT, top, RIGHT, top + high), SHARES)
        _item(sheet, cells, ask, number, rng=rng, line=lines[number] if number < len(lines) else None)
        top += high
    return top


def _item(
    sheet: Sheet, cells: Sequence[Box], ask: Answers, number: int, *, rng: random.Random, line: Line | None
) -> None:
    stem = f"/service_lines/{number}"
    leaves = ("code", "modifiers/0", "text", "quantity", "", "equipment/months", "charge")
    for cell, leaf in zip(cells, leaves, strict=True):
        sheet.frame(cell, weight=0.6)
        if leaf:
            fill(sheet, Box(cell.x0 + 3, cell.top + 2, cell.x1 - 2, cell.bottom - 1), ask("", f"{stem}/{leaf}"), size=9)
    at, path = (cells[4].x0 + 4, cells[4].middle[1] + 3), f"{stem}/equipment/acquisition"
    chosen = line.acquisition if line is not None else None
    options(sheet, at, WAYS, rng=rng, path=path, chosen=chosen, size=7, side=7, gap=7)


def _use(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    """From when to when, for how long, where, and on which side."""
    top = _rows(sheet, (
        (
            (1, ask("Start date", "/service_lines/0/start_on")),
            (1, ask("End date", "/service_lines/0/end_on")),
            (1.4, ask("Length of need", "/service_lines/0/duration")),
        ),
    ), top=top)  # fmt: skip
    place, site, side = row(Box(LEFT, top, RIGHT, top + HIGH), (1.3, 1.1, 1.3))
    _pair(sheet, place, ask("Place of use", "/service_lines/0/place_of_service"))
    _pair(sheet, site, ask("Body part", "/service_lines/0/body_site"))
    choices = (("Left", "left"), ("Right", "right"), ("Both", "bilateral"))
    number, chosen = next(((i, line.side) for i, line in enumerate(ask.case.lines) if line.side), (0, None))
    x, path = _pair(sheet, side, Entry("Side")), f"/service_lines/{number}/laterality"
    options(sheet, (x, side.bottom - 6), choices, rng=rng, path=path, chosen=chosen, gap=7)
    top += HIGH
    sheet.frame(Box(LEFT, top, RIGHT, top + HIGH - 3))
    sheet.text(LEFT + 4, top + 11, "Attached:", font=BOLD, size=7.5)
    papers = (("Written order", "order"), ("Face-to-face note", "visit"), ("Test result", "test"), ("Quote", "quote"))
    options(sheet, (LEFT + 52, top + 11), papers, rng=rng, chosen=rng.choice(("order", "visit", None)), size=7.5)
    sheet.text(352, top + 11, "Replacement of an item the patient has?", size=7.5)
    options(sheet, (500, top + 11), (("Yes", "yes"), ("No", "no")), rng=rng, size=7.5, gap=8)
    return top + HIGH - 3


def _attested(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    top = _heading(sheet, "G. SIGNATURE", top=top)
    y = sheet.paragraph(LEFT + 3, top + 8, ATTESTATION, width=RIGHT - LEFT - 6, font=SANS, size=6.8, leading=8) - 8
    cells = row(Box(LEFT, y + 2, RIGHT, y + 32), (2.4, 2, 1.2))
    labels = (
        Entry("Signature of practitioner"),
        ask("Printed name", "/signature/name"),
        ask("Date", "/signature/signed_on"),
    )
    for cell, entry in zip(cells, labels, strict=True):
        sheet.frame(cell)
        sheet.text(cell.x0 + 3, cell.top + 7.5, entry.label, size=6.5)
        fill(sheet, Box(cell.x0 + 5, cell.top + 9, cell.x1 - 3, cell.bottom - 2), entry)
    place = cells[0]
    signature(sheet, ask.case, Box(place.x0 + 70, place.top + 2, place.x1 - 4, place.bottom - 5), rng=rng)
    return cells[0].bottom


def _plan_use(sheet: Sheet, *, top: float) -> None:
    box = Box(LEFT, top, RIGHT, top + 26)
    shade(sheet, box, Color(0.94, 0.94, 0.94))
    sheet.frame(box, weight=0.5)
    sheet.text(LEFT + 4, top + 10, "HEALTH PLAN USE ONLY", font=BOLD, size=7)
    for x, words in ((LEFT + 4, "Auth. no."), (170, "Approved from / to"), (330, "Units"), (420, "Reviewer")):
        sheet.text(x, top + 22, words, size=7)
        end = x + stringWidth(words, SANS, 7)
        sheet.line(end + 3, top + 23, end + 72, top + 23, weight=0.4)
    sheet.text(
        LEFT,
        top + 35,
        "Approval does not guarantee payment; the member must be eligible on the day of delivery.",
        size=6.5,
    )
    sheet.text(RIGHT - 60, top + 35, "DME-31 (2026-02)", size=6.5)


def _heading(sheet: Sheet, title: str, *, top: float) -> float:
    sheet.text(LEFT + 1, top + 10, title, font=BOLD, size=8)
    return top + 13


def _rows(sheet: Sheet, rows: Sequence[Pairs], *, top: float, high: float = HIGH) -> float:
    for pairs in rows:
        cells = row(Box(LEFT, top, RIGHT, top + high), tuple(share for share, _ in pairs))
        for cell, (_, entry) in zip(cells, pairs, strict=True):
            _pair(sheet, cell, entry)
        top += high
    return top


def _pair(sheet: Sheet, cell: Box, entry: Entry) -> float:
    """A grey cell with the label and a white one with the answer; where that begins comes back."""
    middle = cell.x0 + stringWidth(entry.label, SANS, 7.5) + 8
    shade(sheet, Box(cell.x0, cell.top, middle, cell.bottom), GREY)
    sheet.frame(cell, weight=0.6)
    sheet.line(middle, cell.top, middle, cell.bottom, weight=0.6)
    sheet.text(cell.x0 + 4, cell.middle[1] + 2.7, entry.label, size=7.5)
    fill(sheet, Box(middle + 4, cell.top + 1.5, cell.x1 - 2, cell.bottom - 1.5), entry)
    return middle + 5
