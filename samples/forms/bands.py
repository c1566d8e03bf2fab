"""A request for services or equipment under coloured bands: labels above their values, providers side by side."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.lib.colors import Color, black, white

from models.geometry import Box
from samples.case import Case
from samples.forms.answers import Answers, Manner
from samples.forms.cell import below, row, table
from samples.forms.fill import Entry, fill
from samples.forms.mark import begin, options, options_cell, shade, signature
from samples.page import BOLD, SANS, TYPED, Book, Sheet

KINDS: frozenset[str] = frozenset({"service", "equipment"})
TITLE = "Prior Authorization Request"
LEFT, RIGHT, HIGH, BAND = 34.0, 578.0, 24.5, 12.5
BANDS = (
    (Color(0.80, 0.80, 0.80), black),
    (Color(0.13, 0.29, 0.49), white),
    (Color(0.05, 0.40, 0.36), white),
    (Color(0.84, 0.89, 0.94), black),
)
REVIEWS = (("Standard", "standard"), ("Expedited / Urgent", "urgent"))
CERTIFICATIONS = (
    ("Initial", "initial"),
    ("Extension", "extension"),
    ("Renewal", "renewal"),
    ("Change to existing", "amendment"),
)
INSTRUCTIONS = (
    "Complete every section and send this form with the clinical records that support the request. A request that is "
    "incomplete or cannot be read will be returned. Do not use this form for pharmacy, dental or vision benefits. "
    "Emergency care does not need prior authorization."
)
ATTESTATION = (
    "I attest that the information above is true and supported by the medical record, which I will give on request."
)
SMALL_PRINT = (
    "Authorization is not a guarantee of payment. Payment depends on eligibility and benefits on the date of service."
)
Cells = Sequence[tuple[float, Entry]]


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    sheet = begin(book, case, TITLE)
    band = rng.choice(BANDS)
    ask = Answers(case, Manner.any(rng))
    _head(sheet, case, band[0])
    top = _request(sheet, ask, top=_band(sheet, band, "REQUEST", top=102), rng=rng)
    top = _member(sheet, ask, top=_band(sheet, band, "MEMBER INFORMATION", top=top), rng=rng)
    top = _providers(sheet, ask, band, top=top)
    top = _diagnoses(sheet, ask, top=_band(sheet, band, "DIAGNOSIS (ICD-10-CM)", top=top))
    top = _services(sheet, ask, top=_band(sheet, band, "PROCEDURES, SERVICES AND EQUIPMENT REQUESTED", top=top))
    top = _equipment(sheet, ask, top=top, rng=rng)
    top = _signature(sheet, ask, top=_band(sheet, band, "ATTESTATION", top=top), rng=rng)
    _office(sheet, top=top + 6)


def _head(sheet: Sheet, case: Case, colour: Color) -> None:
    shade(sheet, Box(LEFT, 30, LEFT + 9, 66), colour)
    shade(sheet, Box(LEFT + 12, 42, LEFT + 21, 66), colour)
    shade(sheet, Box(LEFT + 24, 36, LEFT + 33, 66), colour)
    boxes = sheet.text(LEFT + 42, 52, case.payer, font=BOLD, size=15)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes, kind="printed")
    sheet.text(LEFT + 42, 64, "Utilization Management Department", size=8)
    sheet.text(390, 46, TITLE, font=BOLD, size=13)
    sheet.text(390, 58, "Medical services, procedures and equipment", size=8)
    sheet.text(390, 68, "Fax: 1-614-555-0110     Telephone: 1-614-555-0111", size=7.5)
    sheet.paragraph(LEFT, 82, INSTRUCTIONS, width=RIGHT - LEFT, font=SANS, size=7.5, leading=9)


def _band(
    sheet: Sheet, band: tuple[Color, Color], title: str, *, top: float, x0: float = LEFT, x1: float = RIGHT
) -> float:
    box = Box(x0, top, x1, top + BAND)
    shade(sheet, box, band[0])
    sheet.frame(box)
    sheet.text(x0 + 4, top + 9.5, title, font=BOLD, size=8.5, colour=band[1])
    return box.bottom


def _rows(
    sheet: Sheet, rows: Sequence[Cells], *, top: float, x0: float = LEFT, x1: float = RIGHT, high: float = HIGH
) -> float:
    for cells in rows:
        boxes = row(Box(x0, top, x1, top + high), tuple(share for share, _ in cells))
        for box, (_, entry) in zip(boxes, cells, strict=True):
            below(sheet, box, entry)
        top += high
    return top


def _request(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    case = ask.case
    dated, review, certification = row(Box(LEFT, top, RIGHT, top + HIGH), (1, 1.7, 2.6))
    below(sheet, dated, ask("Date of Request", "/submitted_on"))
    options_cell(
        sheet,
        review,
        "Type of Review",
        choices=REVIEWS,
        rng=rng,
        path="/level_of_service",
        chosen=case.level_of_service,
    )
    options_cell(
        sheet,
        certification,
        "This Request Is",
        choices=CERTIFICATIONS,
        rng=rng,
        path="/certification_type",
        chosen=case.certification,
        gap=9,
    )
    cells = (
        (1.7, ask("Prior Authorization No. (extension, renewal, change)", "/references/previous_authorization_number")),
        (3.6, ask("Clinical Reason for Expedited Review (required if marked)", "/urgency_reason")),
    )
    return _rows(sheet, (cells,), top=top + HIGH)


def _member(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    name, born, sex = row(Box(LEFT, top, RIGHT, top + HIGH), (3, 1.4, 1))
    below(sheet, name, ask("Member Name (Last, First, MI)", "/patient/name/reversed"))
    below(sheet, born, ask("Date of Birth", "/patient/birth_date"))
    choices = (("M", "male"), ("F", "female"))
    options_cell(sheet, sex, "Sex", choices=choices, rng=rng, path="/patient/sex", chosen=ask.case.patient.sex, gap=8)
    rows = (
        (
            (1.5, ask("Member ID", "/coverage/member_id")),
            (1.1, ask("Group No.", "/coverage/group_number")),
            (1.2, ask("Member Phone", "/patient/phone")),
            (1.6, ask("Other Insurance, if any", "/coverage/other_coverage/0/payer_name")),
        ),
        (
            (2.6, ask("Street Address", "/patient/address/line")),
            (1.5, ask("City", "/patient/address/city")),
            (0.5, ask("State", "/patient/address/state")),
            (0.8, ask("ZIP Code", "/patient/address/postal_code")),
        ),
    )
    return _rows(sheet, rows, top=top + HIGH)


def _providers(sheet: Sheet, ask: Answers, band: tuple[Color, Color], *, top: float) -> float:
    middle = (LEFT + RIGHT) / 2
    _band(sheet, band, "REQUESTING PROVIDER", top=top, x1=middle)
    start = _band(sheet, band, "SERVICING PROVIDER (if different)", top=top, x0=middle)
    for x0, x1, stem, label in (
        (LEFT, middle, "/requesting_provider", "Requesting Provider Name"),
        (middle, RIGHT, "/servicing_provider", "Servicing Provider Name"),
    ):
        top = _rows(sheet, _provider(ask, stem, label), top=start, x0=x0, x1=x1)
        address = ((1, ask("Address, City, State, ZIP", f"{stem}/address")),)
        top = _rows(sheet, (address,), top=top, x0=x0, x1=x1, high=30)
    facility = (
        (2.6, ask("Facility / Place Where Service Will Be Given", "/facility/organization")),
        (1.2, ask("Facility NPI", "/facility/npi")),
        (1.1, ask("Facility Tax ID", "/facility/tin")),
        (1.2, ask("Facility Fax", "/facility/fax")),
    )
    # The same physician is not written twice.
    ordering = "/ordering_provider" if ask.case.ordering != ask.case.requester else ""
    others = (
        (2.2, ask("Ordering Provider (if different)", f"{ordering}/name")),
        (1.1, ask("Ordering NPI", f"{ordering}/npi")),
        (2.2, ask("Primary Care Provider (PCP)", "/primary_care_provider/name")),
        (1.1, ask("PCP NPI", "/primary_care_provider/npi")),
    )
    return _rows(sheet, (facility, others), top=top)


def _provider(ask: Answers, stem: str, label: str) -> tuple[Cells, ...]:
    return (
        ((1, ask(label, f"{stem}/name")),),
        ((1, ask("Practice / Organization", f"{stem}/organization")),),
        ((1, ask("NPI", f"{stem}/npi")), (1, ask("Tax ID (TIN)", f"{stem}/tin"))),
        ((1.15, ask("Specialty", f"{stem}/specialty")), (1, ask("Contact Person", f"{stem}/contact_name"))),
        ((1, ask("Phone", f"{stem}/phone")), (1, ask("Fax", f"{stem}/fax"))),
    )


def _diagnoses(sheet: Sheet, ask: Answers, *, top: float) -> float:
    middle, count = (LEFT + RIGHT) / 2, max(4, len(ask.case.diagnoses))
    for number in range(count + count % 2):
        x0 = middle if number % 2 else LEFT
        line = Box(x0, top + 23.5 * (number // 2), x0 + middle - LEFT, top + 23.5 * (number // 2 + 1))
        code, text = row(line, (1, 3))
        below(sheet, code, ask("Primary Code" if number == 0 else f"Code {number + 1}", f"/diagnoses/{number}/code"))
        below(sheet, text, ask("Description", f"/diagnoses/{number}/text"))
    return top + 23.5 * ((count + 1) // 2)


def _services(sheet: Sheet, ask: Answers, *, top: float) -> float:
    heads = ("CPT / HCPCS", "Mod.", "Description", "Units", "Frequency", "Start Date", "End Date")
    blanks = ("code", "modifiers/0", "text", "quantity", "frequency", "start_on", "end_on")
    count = max(4, len(ask.case.lines))
    rows = tuple(tuple(ask("", f"/service_lines/{i}/{blank}") for blank in blanks) for i in range(count))
    box = Box(LEFT, top, RIGHT, top + (18 if count <= 4 else 72 / count))
    return table(sheet, box, heads, rows, shares=(1.15, 0.65, 3.3, 0.7, 1.25, 1.25, 1.25), count=count, font=TYPED)


def _equipment(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    box = Box(LEFT, top, RIGHT, top + HIGH)
    sheet.frame(box)
    sheet.text(LEFT + 3, top + 8, "Equipment only", size=6.5)
    acquisition = next((line.acquisition for line in ask.case.lines), None)
    choices = (("Purchase", "purchase"), ("Rental", "rental"), ("Repair", "repair"))
    path = "/service_lines/0/equipment/acquisition"
    options(sheet, (LEFT + 6, box.bottom - 5), choices, rng=rng, path=path, chosen=acquisition)
    months, duration, visits, side = row(Box(LEFT + 190, top, RIGHT, box.bottom), (1, 1.3, 0.9, 1.3))
    below(sheet, months, ask("Rental Months", "/service_lines/0/equipment/months"))
    below(sheet, duration, ask("Duration of Treatment", "/service_lines/0/duration"))
    below(sheet, visits, ask("No. of Visits", "/service_lines/0/visits"))
    chosen = next((line.side for line in ask.case.lines), None)
    sides = (("L", "left"), ("R", "right"), ("Both", "bilateral"))
    path = "/service_lines/0/laterality"
    options_cell(sheet, side, "Side of Body", choices=sides, rng=rng, path=path, chosen=chosen, gap=5)
    return box.bottom


def _signature(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    box = Box(LEFT, top, RIGHT, top + 46)
    sheet.frame(box)
    sheet.text(LEFT + 3, top + 9, ATTESTATION, size=7.5)
    signed, name, dated = row(Box(LEFT, top + 12, RIGHT, top + 46), (2.2, 1.8, 1.1))
    sheet.text(signed.x0 + 3, signed.bottom - 2.5, "Signature of Requesting Provider or Designee", size=6.5)
    sheet.line(signed.x0 + 3, signed.bottom - 10, signed.x1 - 12, signed.bottom - 10, weight=0.5)
    signature(sheet, ask.case, Box(signed.x0 + 3, signed.top, signed.x1 - 12, signed.bottom - 10), rng=rng)
    for cell, label, blank in ((name, "Printed Name", "/signature/name"), (dated, "Date", "/signature/signed_on")):
        sheet.text(cell.x0 + 3, cell.bottom - 2.5, label, size=6.5)
        sheet.line(cell.x0 + 3, cell.bottom - 10, cell.x1 - 8, cell.bottom - 10, weight=0.5)
        fill(sheet, Box(cell.x0 + 5, cell.top, cell.x1 - 8, cell.bottom - 9), ask(label, blank))
    return box.bottom


def _office(sheet: Sheet, *, top: float) -> None:
    box = Box(LEFT, top, RIGHT, top + 30)
    shade(sheet, box, Color(0.92, 0.92, 0.92))
    sheet.frame(box, weight=1.4)
    sheet.text(LEFT + 4, top + 10, "FOR PLAN USE ONLY", font=BOLD, size=7)
    for x, words in ((130, "Date received"), (240, "Reference no."), (352, "Reviewer"), (462, "Decision date")):
        sheet.text(x, top + 24, words, size=7)
        sheet.line(x + 50, top + 25, x + 104, top + 25, weight=0.5)
    for x, words in ((130, "Approved"), (190, "Denied"), (240, "Pended for information"), (346, "Withdrawn")):
        sheet.tick_box(x, top + 10, words, side=6, size=7)
    sheet.text(LEFT, top + 39, SMALL_PRINT, size=6.5)
    sheet.text(RIGHT - 70, top + 39, "UM-2210  01/2026", size=6.5)
