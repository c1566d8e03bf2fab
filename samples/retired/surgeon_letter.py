"""A business letter of a practice with several surgeons and sites: what it is about stands in a table at the right."""

from __future__ import annotations

import random
from collections.abc import Sequence

from models.geometry import Box
from samples import pen
from samples.case import Case
from samples.fictions import Practitioner
from samples.page import BOLD, SERIF, Book, Sheet, wrapped
from samples.people import doctor
from samples.prose import parse
from samples.retired import grid, phrases
from samples.retired.office import Office, office, said
from samples.retired.pages import Column
from samples.retired.paper import LETTER, asking

KINDS = frozenset({"referral", "service", "admission", "drug", "equipment"})
LEFT, RIGHT, SPLIT = 60.0, 556.0, 300.0
_NOTICE = (
    "CONFIDENTIALITY NOTICE: The information in this letter and its enclosures is privileged and intended for the "
    "addressee. If you are not the addressee, any review, dissemination or copying is prohibited. Please notify our "
    "privacy officer and return the documents by mail."
)
_OPENING = (
    "I am the treating physician of the patient named above and am writing to obtain prior authorization for the care "
    "that is listed in the box. A summary of the history follows; the chart notes are enclosed.",
    "This letter accompanies the records of the above patient, for whom I have recommended the care listed in the box. "
    "I ask for your certification before it is scheduled.",
    "Our mutual patient was seen in this office, and we agreed on the plan shown in the box above. I would appreciate "
    "your approval for the reasons that follow.",
)
_CLOSING = (
    "I believe this to be the appropriate and least costly course. Kindly direct your answer to the main office.",
    "Should your reviewer be inclined to disagree, I ask for a discussion with a board-certified peer beforehand.",
    "Thank you for your consideration. We look forward to your written determination.",
)


def draw(book: Book, case: Case, *, rng: random.Random, reasons: Sequence[str]) -> None:
    """Write the letter on one sheet or more; `reasons` are its paragraphs, with the marks of `samples.prose`."""
    book.paper(asking(case, LETTER, title="Letter of medical necessity"))
    clerk = office(rng, machine=False)
    sheet = book.sheet(LETTER)
    y = _letterhead(sheet, case.requester, office=clerk)
    column = _column(book, sheet, case, office=clerk)
    column.y = _top(sheet, case, office=clerk, y=y)
    column.write("Dear Sir or Madam:", after=6)
    column.write(rng.choice(_OPENING), after=6)
    for text in (*reasons, phrases.earlier(case), phrases.hurry(case), rng.choice(_CLOSING)):
        column.write(text, after=6)
    _close(column, case, office=clerk)


def _column(book: Book, sheet: Sheet, case: Case, *, office: Office) -> Column:
    def turn() -> tuple[Sheet, float]:
        following = book.sheet(LETTER)
        number = len(turned) + 2
        turned.append(number)
        following.paragraph(LEFT, 52, office.person(case.patient), width=320, font=SERIF, size=10)
        following.paragraph(LEFT, 65, _dated(case), width=320, font=SERIF, size=10)
        following.text(LEFT, 78, f"Page {number}", font=SERIF, size=10)
        _foot(following, case.requester, office=office)
        return following, 106

    turned: list[int] = []
    _foot(sheet, case.requester, office=office)
    return Column(sheet, LEFT, 60, RIGHT - LEFT, 716, SERIF, 10.8, 13.4, turn)


def _letterhead(sheet: Sheet, who: Practitioner, *, office: Office) -> float:
    """The practice, its surgeons with the one who writes among them, and its sites, the writer's first."""
    stem, size = "/requesting_provider", 17.0
    while sheet.canvas.stringWidth(who.organization, "Times-Bold", size) > RIGHT - LEFT:
        size -= 0.5
    boxes = sheet.centred(48, who.organization, font="Times-Bold", size=size)
    sheet.state(f"{stem}/organization", who.organization, quote=who.organization, boxes=boxes, kind="printed")
    people = [said(f"{stem}/name", who.full), *(_partner(who, office=office) for _ in range(3))]
    office.rng.shuffle(people)
    for number, text in enumerate(people):
        width = sheet.canvas.stringWidth(parse(text).plain, SERIF, 8)
        x = LEFT + (RIGHT - LEFT) * (number % 2 * 0.5 + 0.25) - width / 2
        sheet.paragraph(x, 62 + 10 * (number // 2), text, width=width + 6, font=SERIF, size=8)
    sheet.line(LEFT, 78, RIGHT, 78, weight=0.8)
    main, home = office.street(f"{stem}/address", who.address), f"{stem}/phone"
    numbers = f"Tel {office.phone(home, who.phone)}  Fax {office.phone(f'{stem}/fax', who.fax)}"
    sheet.paragraph(LEFT, 88, f"Main office: {main}", width=330, font=SERIF, size=8, leading=9)
    sheet.paragraph(396, 88, numbers, width=166, font=SERIF, size=7.5, leading=9)
    other = doctor(office.rng, "Orthopedic Surgery")
    where = other.address
    text = f"{where.city} office: {where.line}, {where.city}, {where.state} {where.postal_code}"
    sheet.text(LEFT, 98, text, font=SERIF, size=8)
    sheet.text(396, 98, f"Tel {office.dialled(other.phone)}", font=SERIF, size=7.5)
    return 128


def _partner(who: Practitioner, *, office: Office) -> str:
    one = doctor(office.rng, "Orthopedic Surgery")
    credential = who.credential or "MD"
    return f"{one.given} {one.family}, {credential}"


def _top(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    """The date and the address at the left, the box at the right; the baseline below both comes back."""
    left = sheet.paragraph(LEFT, y, _dated(case), width=220, font=SERIF, size=10.8) + 12
    payer = said("/coverage/payer_name", case.payer)
    for text in (payer, "Pre-Certification Department", "Clinical Review, Mail Stop 4"):
        left = sheet.paragraph(LEFT, left, text, width=SPLIT - LEFT - 16, font=SERIF, size=10.8, leading=13.4)
    left = sheet.paragraph(LEFT, left + 10, "VIA FACSIMILE", width=200, font="Times-Bold", size=10)
    return max(left, _box(sheet, case, office=office, top=y - 12)) + 14


def _dated(case: Case) -> str:
    return said("/submitted_on", f"{case.on:%B} {case.on.day}, {case.on.year}", case.on.isoformat())


def _box(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one = case.patient
    rows = [
        ("Patient", office.person(one)),
        ("Birth date", office.date("/patient/birth_date", one.birth_date, full=True)),
        ("Insurance ID", said("/coverage/member_id", one.member_id)),
        ("Group", said("/coverage/group_number", one.group_number)),
        ("Diagnosis", "; ".join(phrases.conditions(case))),
        *(("Requested", text) for text in phrases.wanted(case, office=office)),
        ("Dates", phrases.when(case, office=office)),
        ("Performed by", _named(case.servicing, "/servicing_provider", office=office)),
        ("Location", _named(case.facility, "/facility", office=office)),
    ]
    y, split, before = top, SPLIT + 58, ""
    sheet.text(SPLIT, y - 2, "Re:", font="Times-Bold", size=10.5)
    y += 3
    for label, text in rows:
        if not text:
            continue
        lines = wrapped(parse(text).plain, RIGHT - split - 8, font=SERIF, size=9.2)
        bottom = y + 3 + 10.8 * len(lines)
        sheet.frame(Box(SPLIT, y, RIGHT, bottom), weight=0.5)
        sheet.line(split, y, split, bottom, weight=0.5)
        sheet.text(SPLIT + 4, y + 9.6, "" if label == before else label, font="Times-Italic", size=9)
        sheet.paragraph(split + 4, y + 9.6, text, width=RIGHT - split - 8, font=SERIF, size=9.2, leading=10.8)
        y, before = bottom, label
    return y


def _named(who: Practitioner | None, stem: str, *, office: Office) -> str:
    if who is None:
        return ""
    name = office.provider(stem, who)
    group = f", {said(f'{stem}/organization', who.organization)}" if who.family and who.organization else ""
    return f"{name}{group} (NPI {said(f'{stem}/npi', who.npi)})"


def _close(column: Column, case: Case, *, office: Office) -> None:
    who, stem = case.requester, "/requesting_provider"
    column.need(104)
    column.x = SPLIT
    column.write("With kind regards,")
    sheet, y = column.sheet, column.y + 26
    place = Box(SPLIT, y - 26, SPLIT + 190, y + 4)
    if case.signed:
        place = pen.sign(sheet, SPLIT + 6, y, office.rng)
    sheet.signature(place, "pen" if case.signed else "none")
    sheet.state("/signature/state", "signed" if case.signed else "unsigned", quote="", boxes=(place,))
    column.y, column.width = y + 16, RIGHT - SPLIT
    column.write(said(f"{stem}/name", who.full))
    column.write(said(f"{stem}/specialty", who.specialty), after=8)
    column.x, column.width = LEFT, RIGHT - LEFT
    contact = said(f"{stem}/contact_name", who.contact)
    column.write(f"Encl.   Direct questions to {contact} in our authorization office.")


def _foot(sheet: Sheet, who: Practitioner, *, office: Office) -> None:
    stem = "/requesting_provider"
    numbers = f"NPI {said(f'{stem}/npi', who.npi)}   Federal Tax ID {office.tin(f'{stem}/tin', who.tin)}"
    sheet.line(LEFT, 736, RIGHT, 736, weight=0.5)
    sheet.paragraph(LEFT, 745, numbers, width=400, font=BOLD, size=7)
    grid.small_print(sheet, Box(LEFT, 748, RIGHT, 775), _NOTICE, size=6.4, font=SERIF)
