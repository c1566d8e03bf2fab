"""A medical group's request for a specialist or for therapy: open lines with their labels before, behind and below."""

from __future__ import annotations

import random

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case
from samples.fictions import Practitioner, phone
from samples.page import SERIF, Book, Sheet
from samples.retired import grid
from samples.retired.blank import above_label, chosen, line_ticks, ruled
from samples.retired.grid import Choice
from samples.retired.office import Office, office
from samples.retired.paper import FORM, asking
from samples.retired.written import diagnosis, patient, previous_number, provider, service

KINDS = frozenset({"referral", "service"})
LEFT, RIGHT = 44.0, 568.0
_STRONG = "Times-Bold"
_TITLE = "Specialty Consultation / Therapy Referral Request"
_HOW = (
    "Routine requests are answered in 5 business days, urgent ones in 72 hours. Do not schedule the member until you "
    "hold an approval number. Out-of-network specialists need the medical director's consent. No referral is needed "
    "for obstetrics, family planning, emergency care or a first visit for mental health."
)
_NOTICE = (
    "This referral is not a guarantee of payment. Approval is valid for the number of visits and the dates shown and "
    "only while the member belongs to the medical group. Consultant: please send your report to the referring office "
    "within ten days; further visits, tests or procedures need a new request."
)


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    book.paper(asking(case, FORM, title=_TITLE))
    sheet, clerk = book.sheet(FORM), office(rng, machine=book.hand.kind == "value")
    y = _head(sheet, office=clerk)
    y = _request(sheet, case, office=clerk, y=y)
    y = _member(sheet, case, office=clerk, y=y)
    y = _referring(sheet, case, office=clerk, y=y)
    y = _referred(sheet, case.servicing, office=clerk, y=y)
    y = _why(sheet, case, office=clerk, y=y)
    y = _services(sheet, case, office=clerk, y=y)
    _close(sheet, case, office=clerk, y=y)


def _head(sheet: Sheet, *, office: Office) -> float:
    sheet.centred(40, "Pine Barrow Physicians Medical Group", font="Times-BoldItalic", size=15)
    sheet.centred(52, "Utilization Review  -  400 Sycamore Commons, Suite 12", font=SERIF, size=8.5)
    sheet.line(LEFT, 57, RIGHT, 57, weight=1.4)
    sheet.line(LEFT, 59.5, RIGHT, 59.5, weight=0.5)
    sheet.text(LEFT, 74, "SPECIALTY CONSULTATION / THERAPY REFERRAL REQUEST", font=_STRONG, size=11.5)
    number = f"Fax {office.dialled(phone(office.rng))}"
    sheet.text(RIGHT - stringWidth(number, _STRONG, 10.5), 74, number, font=_STRONG, size=10.5)
    return grid.small_print(sheet, Box(LEFT, 78, RIGHT, 110), _HOW, size=7.2, font=SERIF) + 14


def _request(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    levels = (("Routine", "standard"), ("Urgent", "urgent"))
    sheet.text(LEFT, y, "Priority:", font=_STRONG, size=9)
    options = chosen(levels, "/level_of_service", case.level_of_service)
    x = line_ticks(sheet, LEFT + 40, y, options, office=office, font=SERIF)
    sheet.text(x + 6, y, "This is a", font=_STRONG, size=9)
    kinds = (
        ("new referral", "initial"),
        ("request for additional visits", "extension"),
        ("renewal", "renewal"),
        ("change", "amendment"),
    )
    options = chosen(kinds, "/certification_type", case.certification)
    line_ticks(sheet, x + 46, y, options, office=office, font=SERIF)
    y += 18
    _rule(sheet, y, "If urgent, why:", office.words("/urgency_reason", case.urgency_reason), x=LEFT, end=390)
    _rule(sheet, y, "Prior referral no.", previous_number(case), x=396, end=RIGHT)
    return y + 13


def _rule(sheet: Sheet, y: float, label: str, text: str, *, x: float, end: float) -> None:
    ruled(sheet, y, label, text, x=x, end=end, font=SERIF, size=9, high=14)


def _title(sheet: Sheet, y: float, text: str) -> float:
    """A heading in italics with a hairline up to the right margin."""
    sheet.text(LEFT, y + 4, text, font="Times-BoldItalic", size=10)
    sheet.line(LEFT + stringWidth(text, "Times-BoldItalic", 10) + 6, y + 1, RIGHT, y + 1, weight=0.35)
    return y + 22


def _member(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    one = patient(case, office=office)
    y = _title(sheet, y, "Member")
    _rule(sheet, y, "Name", one.full, x=LEFT, end=330)
    _rule(sheet, y, "Born", one.born, x=336, end=436)
    sexes = chosen((("male", "male"), ("female", "female")), "/patient/sex", case.patient.sex)
    line_ticks(sheet, 446, y, sexes, office=office, font=SERIF, size=9)
    y += 20
    above_label(sheet, y, "street address", one.street, x=LEFT, end=250, font=SERIF, size=7.5)
    above_label(sheet, y, "city, state and ZIP", one.town, x=258, end=452, font=SERIF, size=7.5)
    above_label(sheet, y, "best telephone", one.phone, x=460, end=RIGHT, font=SERIF, size=7.5)
    y += 24
    payer = office.words("/coverage/payer_name", case.payer)
    _rule(sheet, y, "Health plan", payer, x=LEFT, end=310)
    _rule(sheet, y, "Member no.", one.member_id, x=316, end=RIGHT)
    y += 17
    _rule(sheet, y, "Employer group no.", one.group, x=LEFT, end=236)
    _rule(sheet, y, "Also insured with", one.other, x=242, end=RIGHT)
    return y + 13


def _referring(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    one = provider(case.requester, "/requesting_provider", office=office)
    y = _title(sheet, y, "Referring provider")
    above_label(sheet, y, "name and credential", one.who, x=LEFT, end=236, font=SERIF, size=7.5)
    above_label(sheet, y, "practice", one.organization, x=244, end=452, font=SERIF, size=7.5)
    above_label(sheet, y, "NPI", one.npi, x=460, end=RIGHT, font=SERIF, size=7.5)
    y += 24
    _rule(sheet, y, "Phone", one.phone, x=LEFT, end=176)
    _rule(sheet, y, "Fax", one.fax, x=182, end=300)
    _rule(sheet, y, "Tax ID", one.tin, x=306, end=418)
    _rule(sheet, y, "Ask for", one.contact, x=424, end=RIGHT)
    y += 17
    _rule(sheet, y, "Specialty", one.specialty, x=LEFT, end=236)
    _rule(sheet, y, "Office address", one.address, x=242, end=RIGHT)
    other = case.primary_care if case.primary_care != case.requester else None
    primary = provider(other, "/primary_care_provider", office=office)
    y += 17
    _rule(sheet, y, "Primary care physician, if not the same", primary.who, x=LEFT, end=400)
    _rule(sheet, y, "PCP NPI", primary.npi, x=406, end=RIGHT)
    return y + 13


def _referred(sheet: Sheet, who: Practitioner | None, *, office: Office, y: float) -> float:
    one = provider(who, "/servicing_provider", office=office)
    y = _title(sheet, y, "Referred to")
    _rule(sheet, y, "Consultant or therapist", one.who, x=LEFT, end=360)
    _rule(sheet, y, "Specialty", one.specialty, x=366, end=RIGHT)
    y += 17
    _rule(sheet, y, "Clinic", one.organization, x=LEFT, end=300)
    _rule(sheet, y, "NPI", one.npi, x=306, end=418)
    _rule(sheet, y, "Tax ID", one.tin, x=424, end=RIGHT)
    y += 19
    above_label(sheet, y, "location of the visits", one.address, x=LEFT, end=330, font=SERIF, size=7.5)
    above_label(sheet, y, "telephone", one.phone, x=338, end=450, font=SERIF, size=7.5)
    above_label(sheet, y, "fax", one.fax, x=458, end=RIGHT, font=SERIF, size=7.5)
    return y + 20


def _why(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    """All diagnoses on one line in words, their codes on the next in the same order."""
    y = _title(sheet, y, "Reason")
    pairs = [diagnosis(case, place, office=office) for place in range(len(case.diagnoses))]
    _rule(sheet, y, "Diagnoses or symptoms:", "; ".join(text for _, text in pairs), x=LEFT, end=RIGHT)
    y += 17
    _rule(sheet, y, "ICD-10 code(s) in the same order:", ", ".join(code for code, _ in pairs), x=LEFT, end=RIGHT)
    y += 17
    text = office.rng.choice(("see attached note", "please see chart notes, enclosed", ""))
    _rule(sheet, y, "Question for the consultant, findings so far:", text, x=LEFT, end=RIGHT)
    for _ in range(2):
        y += 16
        sheet.line(LEFT, y + 2, RIGHT, y + 2, weight=0.5)
    return y + 16


def _services(sheet: Sheet, case: Case, *, office: Office, y: float) -> float:
    y = _title(sheet, y, "Services requested")
    for place in range(max(3, len(case.lines))):
        one = service(case, place, office=office)
        _rule(sheet, y, f"{place + 1}.", one.text, x=LEFT, end=318)
        _rule(sheet, y, "CPT", one.code, x=322, end=394)
        _rule(sheet, y, "Mod.", one.modifier, x=398, end=446)
        _rule(sheet, y, "Side", one.side, x=450, end=514)
        _rule(sheet, y, "Units", one.quantity, x=518, end=RIGHT)
        y += 16
    one = service(case, 0, office=office)
    y += 4
    cells = (
        ("visits requested", one.visits, LEFT, 110),
        ("how often", one.per, 118, 208),
        ("for how long", one.duration, 216, 290),
        ("first day", one.start, 298, 380),
        ("last day", one.end, 388, 470),
        ("place", one.place, 478, RIGHT),
    )
    for label, text, x, end in cells:
        above_label(sheet, y, label, text, x=x, end=end, font=SERIF, size=7.5)
    y += 22
    sheet.text(LEFT, y, "Enclosed:", font=SERIF, size=9)
    sent = [
        Choice(text, office.rng.random() < 0.3) for text in ("office notes", "laboratory", "imaging", "plan of care")
    ]
    line_ticks(sheet, LEFT + 44, y, sent, office=office, font=SERIF)
    return y + 8


def _close(sheet: Sheet, case: Case, *, office: Office, y: float) -> None:
    y += 32
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    above_label(sheet, y, "signature of referring provider", x=LEFT, end=250, font=SERIF, size=7.5)
    above_label(sheet, y, "printed", name, x=258, end=452, font=SERIF, size=7.5)
    above_label(sheet, y, "date", date, x=460, end=RIGHT, font=SERIF, size=7.5)
    grid.signed(sheet, Box(LEFT + 6, y - 22, 248, y + 1), case, office=office)
    sent = office.date("/submitted_on", case.on)
    _rule(sheet, y + 27, "Date this request was sent", sent, x=LEFT, end=236)
    _rule(sheet, y + 27, "Sent by (initials)", "", x=242, end=330)
    y = grid.small_print(sheet, Box(LEFT, y + 34, RIGHT, 776), _NOTICE, size=7, font=SERIF)
    if y > 744:
        return
    box = Box(LEFT, y + 4, RIGHT, y + 27)
    sheet.frame(box, weight=0.9)
    sheet.text(LEFT + 4, y + 14, "GROUP USE:", font=_STRONG, size=7.5)
    for label, x, end in (("Approval no.", 104, 230), ("Visits", 236, 290), ("Expires", 296, 380), ("By", 386, 460)):
        ruled(sheet, y + 20, label, x=x, end=end, font=SERIF, size=7.5)
