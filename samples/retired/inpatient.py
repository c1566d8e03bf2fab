"""A hospital's request for a stay: kind of admission, dates and days, level of care, facility, what is done."""

from __future__ import annotations

import random

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Admission, Case
from samples.fictions import Practitioner, phone
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.grid import Choice, Part
from samples.retired.office import Office, office, said
from samples.retired.paper import FORM, asking

KINDS = frozenset({"admission"})
LEFT, RIGHT, _END = 34.0, 578.0, 772.0
_TITLE = "Inpatient Treatment Authorization Request"
_CARE = (
    ("Medical / Surgical", ("medical", "surg")),
    ("Telemetry", ("telemetry",)),
    ("ICU / CCU", ("icu", "intensive")),
    ("Skilled Nursing", ("skilled",)),
    ("Acute Rehab", ("rehab",)),
    ("LTAC", ("ltac", "long-term")),
    ("Observation", ("observation",)),
)
_RULES = (
    "An elective admission is asked for at least five working days ahead. Of an urgent or emergency admission the plan "
    "is told within one working day of the admission; care to stabilize a member is never subject to authorization. "
    "Incomplete requests are deferred and returned. Fax to the number above with the face sheet, the history and "
    "physical and the order for admission. For each day beyond those approved send a new request, with the last one's "
    "number, before the approved days run out."
)
_FOOT = (
    "CONFIDENTIAL: holds protected health information. If it reached you by mistake, call the sender and destroy it. "
    "An authorization is given for medical need alone and does not vouch for eligibility, benefits or payment."
)


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet; ValueError for a case that asks for no stay."""
    if case.admission is None:
        raise ValueError("this form asks for a stay in hospital")
    book.paper(asking(case, FORM, title=_TITLE))
    sheet, clerk = book.sheet(FORM), office(rng, machine=book.hand.kind == "value")
    top = _head(sheet, case, office=clerk)
    top = _member(sheet, case, office=clerk, top=top)
    top = _stay(sheet, case.admission, office=clerk, top=top)
    top = _where(sheet, case, office=clerk, top=top)
    top = _doctors(sheet, case, office=clerk, top=top)
    top = _diagnoses(sheet, case, office=clerk, top=top)
    top = _procedures(sheet, case, office=clerk, top=top)
    top = _summary(sheet, case, office=clerk, top=top)
    top = _discharge(sheet, top=top)
    _signature(sheet, case, office=clerk, top=top)


def _head(sheet: Sheet, case: Case, *, office: Office) -> float:
    boxes = sheet.text(LEFT, 40, case.payer, font=BOLD, size=12 if len(case.payer) < 34 else 9)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes, kind="printed")
    fax, voice = office.dialled(phone(office.rng)), office.dialled(phone(office.rng))
    sheet.text(LEFT, 51, f"Utilization Management - Hospital Review    Fax {fax}    Phone {voice}", size=7)
    sheet.text(LEFT, 66, "INPATIENT TREATMENT AUTHORIZATION REQUEST", font=BOLD, size=13)
    box = Box(404, 28, RIGHT, 69)
    grid.shade(sheet, box, 0.14)
    sheet.frame(box)
    sheet.text(408, 37, "PLAN USE ONLY", font=BOLD, size=6.5)
    lines = ("TAR control no.", "Days approved            Through", "Reviewer                    Date")
    for y, text in zip((48, 57, 66), lines, strict=True):
        sheet.text(408, y, text, size=6.5)
    return _asked(sheet, case, office=office, top=73)


def _asked(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    box = Box(LEFT, top, RIGHT, top + 33)
    sheet.frame(box)
    kinds = (("New", "initial"), ("Extension of days", "extension"), ("Renewal", "renewal"), ("Change", "amendment"))
    sheet.text(LEFT + 4, top + 11, "Request:", font=BOLD, size=7.5)
    options = [Choice(text, case.certification == one, "/certification_type", one) for text, one in kinds]
    grid.choices(sheet, LEFT + 44, top + 11.5, options, office=office)
    previous = office.words("/references/previous_authorization_number", case.previous_number)
    _ruled(sheet, top + 11, "Earlier TAR no.", previous, x=300, end=452)
    _ruled(sheet, top + 11, "Date", office.date("/submitted_on", case.on), x=460, end=RIGHT - 5)
    levels = (("Standard", "standard"), ("Expedited", "urgent"))
    sheet.text(LEFT + 4, top + 26, "Review:", font=BOLD, size=7.5)
    options = [Choice(text, case.level_of_service == one, "/level_of_service", one) for text, one in levels]
    x = grid.choices(sheet, LEFT + 44, top + 26.5, options, office=office)
    reason = office.words("/urgency_reason", case.urgency_reason)
    _ruled(sheet, top + 26, "Reason, if expedited", reason, x=x + 4, end=RIGHT - 5, high=14)
    return box.bottom


def _ruled(sheet: Sheet, y: float, label: str, text: str, *, x: float, end: float, high: float = 11) -> None:
    sheet.text(x, y, label, size=7.5)
    start = x + stringWidth(label, SANS, 7.5) + 4
    sheet.line(start, y + 2, end, y + 2, weight=0.5)
    grid.fill(sheet, Box(start + 3, y + 2 - high, end, y + 2), text)


def _member(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one, home = case.patient, case.patient.address
    top = grid.heading(sheet, Box(LEFT, top + 3, RIGHT, top + 14), "A.  MEMBER", grey=0.85, size=7.5)
    family, given, more, born, sex = grid.cut(Box(LEFT, top, RIGHT, top + 23), (2.2, 1.8, 0.4, 1.2, 1.3))
    before = len(sheet.truth().values)
    grid.captioned(sheet, family, "Last name", office.words("/patient/name/family", one.family))
    grid.captioned(sheet, given, "First name", office.words("/patient/name/given", one.given))
    parts_of_name = sheet.truth().values[before:]
    quote = " ".join(value.quote for value in parts_of_name)
    sheet.state("/patient/name/full", one.full, quote=quote, boxes=[box for v in parts_of_name for box in v.boxes])
    grid.captioned(sheet, more, "M.I.")
    grid.captioned(sheet, born, "Birth date", office.date("/patient/birth_date", one.birth_date, full=True))
    grid.captioned(sheet, sex, "Gender")
    sexes = [Choice(mark, one.sex == value, "/patient/sex", value) for mark, value in (("M", "male"), ("F", "female"))]
    grid.choices(sheet, sex.x0 + 8, sex.bottom - 5, sexes, office=office, gap=16)
    parts = (
        Part(1.5, "Member / Medicaid no.", office.words("/coverage/member_id", one.member_id)),
        Part(1.1, "Group no.", office.words("/coverage/group_number", one.group_number)),
        Part(1.2, "Hospital record no.", said("/patient/identifiers/0/value", one.mrn)),
        Part(1.4, "Telephone", office.phone("/patient/phone", one.phone)),
        Part(1.6, "Other coverage", office.words("/coverage/other_coverage/0/payer_name", case.other_payer)),
    )
    top = grid.captioned_row(sheet, Box(LEFT, top + 23, RIGHT, top + 46), parts)
    stem = "/patient/address"
    return grid.captioned_row(
        sheet,
        Box(LEFT, top, RIGHT, top + 23),
        (
            Part(3, "Residence", office.words(f"{stem}/line", home.line)),
            Part(1.7, "City", office.words(f"{stem}/city", home.city)),
            Part(0.5, "State", said(f"{stem}/state", home.state)),
            Part(0.9, "ZIP", said(f"{stem}/postal_code", home.postal_code)),
        ),
    )


def _stay(sheet: Sheet, stay: Admission, *, office: Office, top: float) -> float:
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), "B.  ADMISSION", grey=0.85, size=7.5)
    row = Box(LEFT, top, RIGHT, top + 26)
    kind, on, days, until = grid.cut(row, (2.6, 1.3, 0.9, 1.3))
    grid.captioned(sheet, kind, "Type of admission (one)")
    types = ("Elective", "Urgent", "Emergency")
    options = [Choice(text, stay.type == text.casefold(), "/admission/type", text.casefold()) for text in types]
    grid.choices(sheet, LEFT + 8, row.bottom - 5.5, options, office=office, size=8, gap=14)
    grid.captioned(sheet, on, "Admit date (actual or planned)", office.date("/admission/admitted_on", stay.on))
    grid.captioned(sheet, days, "Days requested", said("/admission/days", str(stay.days)))
    grid.captioned(sheet, until, "Discharge date, if known")
    box = Box(LEFT, row.bottom, RIGHT, row.bottom + 31)
    sheet.frame(box, weight=0.5)
    sheet.text(LEFT + 2.5, box.top + 9, "Level of care", size=6)
    path, asked = "/admission/level_of_care", stay.level_of_care.casefold()
    meant = next((text for text, words in _CARE if any(word in asked for word in words)), None)
    options = [Choice(text, text == meant, path, text) for text, _ in _CARE]
    grid.choices(sheet, LEFT + 44, box.top + 11, options, office=office, gap=8.5)
    other = meant is None
    sheet.text(LEFT + 2.5, box.top + 25, "Accommodation", size=6)
    beds = [Choice(text) for text in ("Semi-private", "Private, medically needed", "Isolation")]
    x = grid.choices(sheet, LEFT + 50, box.top + 25.5, [*beds, Choice("Other care:", other)], office=office, gap=8.5)
    sheet.line(x - 4, box.top + 28, RIGHT - 6, box.top + 28, weight=0.5)
    grid.fill(
        sheet,
        Box(x - 2, box.top + 15, RIGHT - 6, box.top + 28),
        office.words(path, stay.level_of_care) if other else "",
    )
    return box.bottom


def _where(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), "C.  ADMITTING FACILITY", grey=0.85, size=7.5)
    who, stem = case.facility, "/facility"
    texts = ("",) * 6
    if who is not None:
        texts = (
            office.words(f"{stem}/organization", who.organization),
            said(f"{stem}/npi", who.npi),
            office.tin(f"{stem}/tin", who.tin),
            office.street(f"{stem}/address", who.address),
            office.phone(f"{stem}/phone", who.phone),
            office.phone(f"{stem}/fax", who.fax),
        )
    captions = ("Name of facility", "NPI", "TIN", "Address", "UR department phone", "UR department fax")
    shares = (3.2, 1.3, 1.3, 3.2, 1.3, 1.3)
    parts = [Part(share, caption, text) for share, caption, text in zip(shares, captions, texts, strict=True)]
    top = grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 23), parts[:3])
    return grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 23), parts[3:])


def _doctors(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    title = "D.  REQUESTING (ADMITTING) PHYSICIAN AND ATTENDING PHYSICIAN"
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), title, grey=0.85, size=7.5)
    people = (("Requesting physician", case.requester, "/requesting_provider"),)
    both = (*people, ("Attending physician, if another", case.servicing, "/servicing_provider"))
    for label, who, stem in both:
        top = _doctor(sheet, who, stem=stem, label=label, office=office, top=top)
    return top


def _doctor(sheet: Sheet, who: Practitioner | None, *, stem: str, label: str, office: Office, top: float) -> float:
    texts = ("",) * 8
    if who is not None:
        texts = (
            office.provider(stem, who),
            office.words(f"{stem}/specialty", who.specialty),
            said(f"{stem}/npi", who.npi),
            office.tin(f"{stem}/tin", who.tin),
            office.words(f"{stem}/organization", who.organization) if who.family else "",
            office.words(f"{stem}/contact_name", who.contact),
            office.phone(f"{stem}/phone", who.phone),
            office.phone(f"{stem}/fax", who.fax),
        )
    captions = (label, "Specialty", "NPI", "TIN", "Practice or group", "Office contact", "Phone", "Fax")
    shares = (2.3, 1.6, 1.2, 1.2, 2.3, 1.6, 1.2, 1.2)
    parts = [Part(share, caption, text) for share, caption, text in zip(shares, captions, texts, strict=True)]
    top = grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 22), parts[:4])
    return grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 22), parts[4:])


def _diagnoses(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), "E.  DIAGNOSES", grey=0.85, size=7.5)
    heads = ((0.9, "Rank"), (1.2, "ICD-10-CM"), (5, "Diagnosis in words"), (1.1, "POA (Y/N/U)"))
    rows = []
    for place in range(max(3, len(case.diagnoses))):
        rank = ("Principal", "Secondary")[place > 0]
        code = text = ""
        if place < len(case.diagnoses):
            one, stem = case.diagnoses[place], f"/diagnoses/{place}"
            code, text = said(f"{stem}/code", one.code), office.words(f"{stem}/text", one.text)
        rows.append((rank, code, text))
    return _ranked(sheet, heads, rows, top=top)


def _ranked(
    sheet: Sheet, heads: tuple[tuple[float, str], ...], rows: list[tuple[str, str, str]], *, top: float
) -> float:
    bottom = grid.lattice(sheet, Box(LEFT, top, RIGHT, top + 10), heads, [("", *row[1:], "") for row in rows], high=16)
    for place, row in enumerate(rows):
        sheet.text(LEFT + 3, top + 10 + 16 * place + 10.5, f"{place + 1}  {row[0]}", size=6.5)
    return bottom


def _procedures(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    title = "F.  PROCEDURES PLANNED OR DONE DURING THE STAY"
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), title, grey=0.85, size=7.5)
    heads = ((1.1, "CPT / HCPCS"), (0.7, "Modifier"), (4.2, "Procedure"), (0.9, "Side"), (0.6, "Qty"), (1.3, "Date"))
    rows = []
    for place in range(max(3, len(case.lines))):
        row: tuple[str, ...] = ("",) * 6
        if place < len(case.lines):
            line, stem = case.lines[place], f"/service_lines/{place}"
            row = (
                said(f"{stem}/code", line.code),
                said(f"{stem}/modifiers/0", line.modifier),
                office.words(f"{stem}/text", line.text),
                office.words(f"{stem}/laterality", line.side.capitalize(), line.side) if line.side else "",
                said(f"{stem}/quantity", str(line.quantity)),
                office.date(f"{stem}/start_on", case.starts),
            )
        rows.append(row)
    return grid.lattice(sheet, Box(LEFT, top, RIGHT, top + 10), heads, rows, high=16)


def _summary(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    title = "G.  WHY THE CARE CANNOT BE GIVEN OUTSIDE A HOSPITAL (findings, vital signs, earlier treatment)"
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), title, grey=0.85, size=7.5)
    bottom = max(top + 18, _END - 126)
    sheet.frame(Box(LEFT, top, RIGHT, bottom), weight=0.5)
    sheet.text(LEFT + 3, top + 10.5, "BP ____/____   P ____   R ____   T ____   SpO2 ____", size=7.5)
    height, weight = said("/patient/height", case.patient.height), said("/patient/weight", case.patient.weight)
    _ruled(sheet, top + 10.5, "Height", height, x=300, end=400)
    _ruled(sheet, top + 10.5, "Weight", weight, x=412, end=512)
    line = top + 27
    text = office.rng.choice(("See H&P attached", "see attached records", "H&P and imaging to follow by fax", ""))
    grid.fill(sheet, Box(LEFT + 8, line - 13, RIGHT - 8, line), text.upper() if office.upper else text)
    while line < bottom - 2:
        sheet.line(LEFT + 6, line, RIGHT - 6, line, weight=0.35)
        line += 15
    return bottom


def _discharge(sheet: Sheet, *, top: float) -> float:
    box = Box(LEFT, top, RIGHT, top + 17)
    sheet.frame(box, weight=0.5)
    sheet.text(LEFT + 3, top + 11.5, "Expected discharge to", size=6.5)
    x = LEFT + 76.0
    for text in ("Home", "Home with home health", "Skilled nursing facility", "Rehabilitation", "Not yet known"):
        mark = sheet.tick_box(x, top + 12, text, side=6.5, size=7)
        x = mark.x1 + 16 + len(text) * 3.6
    return box.bottom


def _signature(sheet: Sheet, case: Case, *, office: Office, top: float) -> None:
    bottom = grid.small_print(sheet, Box(LEFT, top + 3, RIGHT, top + 40), _RULES, size=6.4)
    box = Box(LEFT, bottom + 5, RIGHT, bottom + 41)
    cells = grid.cut(box, (2.4, 2.2, 1.2))
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    captions = ("Physician's signature (no stamps)", "Name, typed or printed", "Date signed")
    for cell, caption, text in zip(cells, captions, ("", name, date), strict=True):
        grid.captioned(sheet, cell, caption, text)
    grid.signed(
        sheet, Box(cells[0].x0 + 5, cells[0].top + 8, cells[0].x1 - 4, cells[0].bottom - 2), case, office=office
    )
    grid.small_print(sheet, Box(LEFT, box.bottom + 3, RIGHT, 780), _FOOT, size=5.8, font=SANS)
