"""A primary-care referral: who refers beside whom to, what the specialist may do, how many visits and until when."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case, Line
from samples.fictions import Practitioner, phone
from samples.page import BOLD, SERIF, Book, Sheet
from samples.retired import grid
from samples.retired.grid import Choice, Part
from samples.retired.office import Office, office, said
from samples.retired.paper import FORM, asking

KINDS = frozenset({"referral"})
LEFT, RIGHT, MIDDLE = 38.0, 574.0, 306.0
_TITLE = "Specialty Care Referral Request"
_SERVICES = (
    "Consultation only",
    "Evaluate and treat",
    "Second opinion",
    "Procedure or test in the office",
    "Transfer of care",
    "Post-operative follow-up",
)
_SENT = ("Office notes", "Laboratory results", "Imaging reports", "Medication list", "Other")
_TERMS = (
    "1. This referral covers only the services ticked above, given by the specialist named, within the dates and the "
    "number of visits shown. Surgery, admission, imaging other than plain films, therapy and equipment need a prior "
    "authorization of their own.",
    "2. The specialist sends a written report to the primary care provider within ten working days of the first visit "
    "and asks for further visits before those approved are used up.",
    "3. A referral to a provider outside the network is not valid until the plan has approved it in writing. The "
    "member may have to pay for services without a valid referral.",
    "4. The referral ends when the member leaves the plan or chooses another primary care provider.",
)


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    book.paper(asking(case, FORM, title=_TITLE))
    sheet, clerk = book.sheet(FORM), office(rng, machine=book.hand.kind == "value")
    top = _head(sheet, case, office=clerk)
    top = _priority(sheet, case, office=clerk, top=top)
    top = _member(sheet, case, office=clerk, top=top)
    top = _parties(sheet, case, office=clerk, top=top)
    top = _reason(sheet, case, office=clerk, top=top)
    top = _scope(sheet, case, office=clerk, top=top)
    top = _signature(sheet, case, office=clerk, top=top)
    _report(sheet, top=top)


def _head(sheet: Sheet, case: Case, *, office: Office) -> float:
    sheet.frame(Box(LEFT, 28, RIGHT, 66), weight=1.4)
    sheet.centred(44, _TITLE.upper(), size=13.5)
    boxes = sheet.centred(58, case.payer, font="Times-Bold", size=10.5)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes, kind="printed")
    fax = office.dialled(phone(office.rng))
    sheet.centred(75, f"Primary care office: fax to Referral Services, {fax}, before the visit.", font=SERIF, size=8)
    return 79


def _priority(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    _label(sheet, LEFT, top + 12, "Priority")
    urgent = case.level_of_service == "urgent"
    levels = [
        Choice("Routine (within 30 days)", not urgent, "/level_of_service", "standard"),
        Choice("Urgent (within 72 hours)", urgent, "/level_of_service", "urgent"),
        Choice("STAT (call the plan)", path="/level_of_service", value="emergency"),
    ]
    grid.choices(sheet, LEFT + 50, top + 12.5, levels, office=office, size=8, gap=14)
    _ruled(sheet, top + 12, "Date", office.date("/submitted_on", case.on), x=446, end=RIGHT)
    reason = office.words("/urgency_reason", case.urgency_reason)
    _ruled(sheet, top + 30, "If urgent or STAT, why", reason, x=LEFT, end=RIGHT, high=16)
    _label(sheet, LEFT, top + 45, "This is")
    kinds = (("a new referral", "initial"), ("more visits", "extension"), ("a renewal", "renewal"))
    changed = (*kinds, ("a correction", "amendment"))
    options = [Choice(text, case.certification == one, "/certification_type", one) for text, one in changed]
    grid.choices(sheet, LEFT + 50, top + 45.5, options, office=office, size=8, gap=10)
    previous = office.words("/references/previous_authorization_number", case.previous_number)
    _ruled(sheet, top + 45, "of referral no.", previous, x=374, end=RIGHT)
    return top + 51


def _member(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one = case.patient
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 12), "PATIENT", grey=0.25)
    sex = one.sex.capitalize() if office.rng.random() < 0.5 else one.sex[0].upper()
    rows = (
        (
            Part(3, "Patient name", office.person(one)),
            Part(1.4, "Date of birth", office.date("/patient/birth_date", one.birth_date, full=True)),
            Part(0.8, "Sex", said("/patient/sex", sex, one.sex)),
            Part(1.7, "Daytime phone", office.phone("/patient/phone", one.phone)),
        ),
        (
            Part(1.6, "Plan ID on card", office.words("/coverage/member_id", one.member_id)),
            Part(1.1, "Group", office.words("/coverage/group_number", one.group_number)),
            Part(1.7, "Other insurance", office.words("/coverage/other_coverage/0/payer_name", case.other_payer)),
            Part(2.9, "Address", office.street("/patient/address", one.address)),
        ),
    )
    for parts in rows:
        top = grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 26), parts, size=6.5)
    return top + 4


def _parties(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    sides = (
        (Box(LEFT, top, MIDDLE - 3, top + 12), "REFERRED BY (primary care)", case.requester, "/requesting_provider"),
        (Box(MIDDLE + 3, top, RIGHT, top + 12), "REFERRED TO (specialist)", case.servicing, "/servicing_provider"),
    )
    bottom = top
    for head, title, who, stem in sides:
        grid.heading(sheet, head, title, grey=0.25)
        bottom = _party(sheet, head, who, stem=stem, office=office)
    place = case.facility
    texts = ("", "", "")
    if place is not None:
        texts = (
            office.words("/facility/organization", place.organization),
            said("/facility/npi", place.npi),
            office.phone("/facility/phone", place.phone),
        )
    y = bottom + 15
    _ruled(sheet, y, "Visits take place at (if not the specialist's office)", texts[0], x=LEFT, end=402)
    _ruled(sheet, y, "NPI", texts[1], x=406, end=486)
    _ruled(sheet, y, "Tel", texts[2], x=490, end=RIGHT)
    return bottom + 21


def _party(sheet: Sheet, head: Box, who: Practitioner | None, *, stem: str, office: Office) -> float:
    texts = ("",) * 9
    if who is not None:
        texts = (
            office.provider(stem, who),
            office.words(f"{stem}/organization", who.organization) if who.family else "",
            office.words(f"{stem}/specialty", who.specialty),
            said(f"{stem}/npi", who.npi),
            office.tin(f"{stem}/tin", who.tin),
            office.street(f"{stem}/address", who.address),
            office.phone(f"{stem}/phone", who.phone),
            office.phone(f"{stem}/fax", who.fax),
            office.words(f"{stem}/contact_name", who.contact),
        )
    labels = ("Name", "Group", "Specialty", "NPI", "Tax ID", "Address", "Tel", "Fax", "Contact")
    bottom = head.bottom + 118
    sheet.frame(Box(head.x0, head.bottom, head.x1, bottom), weight=0.6)
    left, end, middle = head.x0 + 4, head.x1 - 4, head.middle[0]
    whole, first, second = (left, end), (left, middle), (middle + 4, end)
    spans = (whole, whole, whole, first, second, whole, first, second, whole)
    for row, (label, text, (x, stop)) in enumerate(zip(labels, texts, spans, strict=True)):
        line = (0, 1, 2, 3, 3, 4, 5, 5, 6)[row]
        _ruled(sheet, head.bottom + 15 + 16.4 * line, label, text, x=x, end=stop)
    return bottom


def _reason(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 12), "DIAGNOSIS OR REASON FOR REFERRAL", grey=0.25)
    count = max(3, len(case.diagnoses))
    box = Box(LEFT, top, RIGHT, top + 18 * count + 6)
    sheet.frame(box, weight=0.6)
    for place in range(count):
        y = top + 15 + 18 * place
        text = code = ""
        if place < len(case.diagnoses):
            one, stem = case.diagnoses[place], f"/diagnoses/{place}"
            text, code = office.words(f"{stem}/text", one.text), said(f"{stem}/code", one.code)
        _ruled(sheet, y, f"{place + 1}.", text, x=LEFT + 4, end=440, high=15)
        _ruled(sheet, y, "ICD-10", code, x=446, end=RIGHT - 6)
    return box.bottom + 4


def _scope(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    title = "SERVICES REFERRED FOR (tick one or more)"
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 12), title, grey=0.25)
    named = _SERVICES[:3], _SERVICES[3:]
    asked = [line.text.casefold() for line in case.lines]
    for row, texts in enumerate(named):
        for column, text in enumerate(texts):
            one = _service(text, asked)
            grid.choices(sheet, LEFT + 6 + 180 * column, top + 13 + 14 * row, (one,), office=office, size=8)
    known = {text.casefold() for text in _SERVICES}
    others = [(place, line) for place, line in enumerate(case.lines) if line.text.casefold() not in known]
    top += 42
    grid.choices(
        sheet, LEFT + 6, top, (Choice("Other services, with code if known:", bool(others)),), office=office, size=8
    )
    written = "; ".join(_written(line, f"/service_lines/{place}", office=office) for place, line in others)
    sheet.line(LEFT + 162, top + 2, RIGHT - 4, top + 2, weight=0.5)
    grid.fill(sheet, Box(LEFT + 165, top - 11, RIGHT - 4, top + 2), written)
    return _extent(sheet, case, office=office, top=top + 6)


def _service(text: str, asked: Sequence[str]) -> Choice:
    """An option for a service; a line that says more than it is written out too, and the tick states no text then."""
    chosen = next((place for place, one in enumerate(asked) if text.casefold() in one), None)
    if chosen is not None and asked[chosen] != text.casefold():
        return Choice(text, ticked=True)
    return Choice(text, chosen is not None, f"/service_lines/{chosen or 0}/text", text)


def _written(line: Line, stem: str, *, office: Office) -> str:
    code = said(f"{stem}/code", line.code)
    return f"{office.words(f'{stem}/text', line.text)} {code}".strip()


def _extent(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    first = case.lines[0] if case.lines else None
    visits = (first.visits or first.quantity) if first else None
    stem = "/service_lines/0"
    parts = (
        Part(1.2, "Number of visits", said(f"{stem}/visits", str(visits)) if visits else ""),
        Part(1.3, "Valid from", office.date(f"{stem}/start_on", case.starts)),
        Part(1.3, "Valid through", office.date(f"{stem}/end_on", case.ends)),
        Part(1.4, "How often", office.rate(f"{stem}/frequency", first.frequency) if first else ""),
        Part(2.2, "Appointment already made for"),
    )
    top = grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 26), parts, size=6.5)
    _label(sheet, LEFT, top + 13, "Sent along")
    sent = [Choice(text, office.rng.random() < 0.35) for text in _SENT]
    grid.choices(sheet, LEFT + 58, top + 13.5, sent, office=office, size=8, gap=14)
    return top + 19


def _signature(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    box = Box(LEFT, top, RIGHT, top + 34)
    sheet.frame(box, weight=0.9)
    _label(sheet, LEFT + 4, top + 28, "Signature of referring provider")
    place = Box(LEFT + 142, top + 2, 430, top + 31)
    sheet.line(place.x0, top + 30, place.x1, top + 30, weight=0.5)
    grid.signed(sheet, place, case, office=office)
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    _ruled(sheet, top + 28, "Date", date, x=440, end=RIGHT - 5)
    y = box.bottom + 2
    for text in _TERMS:
        y = grid.small_print(sheet, Box(LEFT, y + 1, RIGHT, 770), text, size=6.6, font=SERIF)
    return y + 4


def _report(sheet: Sheet, *, top: float) -> None:
    if top > 720:
        return
    box = Box(LEFT, top, RIGHT, 768)
    grid.shade(sheet, box, 0.1)
    sheet.frame(box, weight=0.9)
    sheet.text(LEFT + 4, top + 10, "SPECIALIST: complete and return with your report", font=BOLD, size=7.5)
    y = top + 26
    for label, x, end in (
        ("Seen on", LEFT + 4, 180),
        ("Visits used", 190, 280),
        ("Further visits needed", 290, RIGHT - 6),
    ):
        _ruled(sheet, y, label, "", x=x, end=end)
    for label in ("Findings", "", "Advice and treatment given", "", "Specialist's signature"):
        y += 16
        if y < box.bottom - 22:
            _ruled(sheet, y, label or " ", "", x=LEFT + 4, end=RIGHT - 6)
    _ruled(sheet, box.bottom - 8, "Plan referral no. (office use)", "", x=LEFT + 4, end=RIGHT - 6)


def _label(sheet: Sheet, x: float, y: float, text: str) -> float:
    sheet.text(x, y, text, font=SERIF, size=8.5)
    return x + stringWidth(text, SERIF, 8.5)


def _ruled(sheet: Sheet, y: float, label: str, text: str, *, x: float, end: float, high: float = 13) -> None:
    """A label, and a blank ruled up to `end` with what was filled in on it, at most `high` points high."""
    start = _label(sheet, x, y, label) + 3
    sheet.line(start, y + 2, end, y + 2, weight=0.5)
    grid.fill(sheet, Box(start + 3, y + 2.4 - high, end - 1, y + 2.4), text)
