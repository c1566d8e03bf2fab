"""A standard form of a state for services and equipment: two dense pages of numbered sections, tiny captions above."""

from __future__ import annotations

import random

from models.geometry import Box
from samples.case import Case
from samples.fictions import Practitioner, phone
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.grid import Choice, Part
from samples.retired.office import Office, office
from samples.retired.paper import FORM, asking
from samples.retired.state_services import services

KINDS = frozenset({"service", "equipment"})
LEFT, RIGHT = 30.0, 582.0
_TITLE = "Uniform Prior Authorization Request for Health Care Services"
_NOTICE = (
    "READ BEFORE YOU BEGIN. Every issuer of health coverage that is licensed in this state takes this form in place of "
    "its own. Use it to ask for prior authorization of a health care service, a procedure, a course of therapy or "
    "equipment. Do not use it to ask for a prescription drug, to appeal a decision, to verify eligibility or to check "
    "the state of a request. An issuer may not ask for a form of its own besides, but may ask for clinical records. "
    "Type or print in dark ink. Leave a field empty if it does not apply. A request that reaches the issuer after 5:00 "
    "p.m. in the time zone of the issuer counts as received on the next working day. Approval is no promise of "
    "payment: the patient must be eligible and the service covered on the day it is given."
)
_URGENT = (
    "By ticking URGENT the requesting provider states that the time of a standard review could seriously harm the "
    "patient's life, health or ability to regain full function."
)


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on two sheets."""
    book.paper(asking(case, FORM, title=_TITLE))
    clerk = office(rng, machine=book.hand.kind == "value")
    sheet = book.sheet(FORM)
    top = _head(sheet)
    top = _submission(sheet, case, office=clerk, top=top)
    top = _general(sheet, case, office=clerk, top=top + 3)
    top = _patient(sheet, case, office=clerk, top=top + 3)
    top = _providers(sheet, case, office=clerk, top=top + 3)
    services(book, sheet, case, office=clerk, top=top + 3)


def _head(sheet: Sheet) -> float:
    sheet.text(LEFT, 30, "STATE INSURANCE DIVISION", font=BOLD, size=7)
    sheet.text(LEFT, 38, "Form UPA-7 (rev. 03/2026)", size=6.5)
    sheet.text(RIGHT - 44, 30, "Page 1 of 2", size=6.5)
    sheet.centred(32, "UNIFORM PRIOR AUTHORIZATION REQUEST", size=12)
    sheet.centred(44, "FOR HEALTH CARE SERVICES", size=9)
    box = Box(LEFT, 50, RIGHT, 96)
    sheet.frame(box, weight=0.7)
    grid.small_print(sheet, Box(LEFT + 4, 52, RIGHT - 4, 95), _NOTICE, size=7)
    return 99


def _submission(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), "SECTION I.  SUBMISSION")
    plan = office.dialled(phone(office.rng))
    parts = (
        Part(3.2, "Issuer Name:", office.words("/coverage/payer_name", case.payer)),
        Part(1.5, "Issuer Phone #:", plan),
        Part(1.5, "Issuer Fax #:", office.dialled(phone(office.rng))),
        Part(1.3, "Date Submitted:", office.date("/submitted_on", case.on)),
    )
    return grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 25), parts)


def _general(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), "SECTION II.  GENERAL INFORMATION")
    review, reason = grid.cut(Box(LEFT, top, RIGHT, top + 36), (1.15, 2))
    sheet.frame(review, weight=0.5)
    sheet.text(LEFT + 2.5, top + 7, "Review Type:", size=6)
    levels = (("Non-Urgent", "standard"), ("Urgent", "urgent"))
    options = [Choice(text, case.level_of_service == one, "/level_of_service", one) for text, one in levels]
    grid.choices(sheet, LEFT + 54, top + 11, options, office=office, gap=16)
    grid.small_print(sheet, Box(LEFT + 3, top + 14, review.x1 - 2, top + 36), _URGENT, size=5.2)
    urgency = office.words("/urgency_reason", case.urgency_reason)
    grid.captioned(sheet, reason, "Clinical Reason for Urgency (leave empty if non-urgent):", urgency)
    kind, number = grid.cut(Box(LEFT, top + 36, RIGHT, top + 54), (2, 1.15))
    sheet.frame(kind, weight=0.5)
    sheet.frame(number, weight=0.5)
    sheet.text(LEFT + 2.5, top + 48, "Request Type:", size=7)
    kinds = (("Initial Request", "initial"), ("Extension", "extension"), ("Renewal", "renewal"))
    changed = (*kinds, ("Amendment", "amendment"))
    options = [Choice(text, case.certification == one, "/certification_type", one) for text, one in changed]
    grid.choices(sheet, LEFT + 54, top + 48.5, options, office=office)
    sheet.text(number.x0 + 2.5, top + 48, "Prev. Auth. #:", size=7)
    previous = office.words("/references/previous_authorization_number", case.previous_number)
    grid.fill(sheet, Box(number.x0 + 50, top + 38, RIGHT - 3, top + 53), previous)
    return top + 54


def _patient(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), "SECTION III.  PATIENT INFORMATION")
    one = case.patient
    parts = (
        Part(2.6, "Name:", office.person(one)),
        Part(1.4, "Phone:", office.phone("/patient/phone", one.phone)),
        Part(1.1, "DOB:", office.date("/patient/birth_date", one.birth_date, full=True)),
        Part(2.2, "Sex:"),
    )
    row = Box(LEFT, top, RIGHT, top + 25)
    grid.captioned_row(sheet, row, parts)
    sexes = (("Male", "male"), ("Female", "female"), ("Other/Unknown", "unknown"))
    options = [Choice(text, one.sex == sex, "/patient/sex", sex) for text, sex in sexes]
    grid.choices(
        sheet, grid.cut(row, [part.share for part in parts])[3].x0 + 6, top + 19, options, office=office, gap=8
    )
    top = grid.captioned_row(
        sheet,
        Box(LEFT, top + 25, RIGHT, top + 49),
        (
            Part(2.3, "Subscriber Name (if different):"),
            Part(1.7, "Member or Medicaid ID #:", office.words("/coverage/member_id", one.member_id)),
            Part(1.2, "Group #:", office.words("/coverage/group_number", one.group_number)),
            Part(2.1, "Other Coverage:", office.words("/coverage/other_coverage/0/payer_name", case.other_payer)),
        ),
    )
    address = Part(1, "Home Address (street, city, state, ZIP):", office.street("/patient/address", one.address))
    return grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 23), (address,))


def _providers(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), "SECTION IV.  PROVIDER INFORMATION")
    columns = grid.cut(Box(LEFT, top, RIGHT, top + 11), (1, 1, 1))
    service = case.servicing or case.facility
    stem = "/servicing_provider" if case.servicing else "/facility"
    who = (
        ("Requesting Provider or Facility", case.requester, "/requesting_provider"),
        ("Service Provider or Facility", service, stem),
        ("Primary Care Provider (if the plan requires one)", case.primary_care, "/primary_care_provider"),
    )
    bottom = top
    for column, (title, one, place) in zip(columns, who, strict=True):
        grid.shade(sheet, column, 0.08)
        sheet.frame(column, weight=0.5)
        sheet.text(column.x0 + 3, column.top + 8, title, font=BOLD, size=6.8)
        bottom = max(bottom, _provider(sheet, column, one, stem=place, office=office))
    facility = case.facility if case.servicing else None
    return _facility(sheet, facility, office=office, top=bottom)


def _provider(sheet: Sheet, head: Box, who: Practitioner | None, *, stem: str, office: Office) -> float:
    rows: tuple[tuple[Part, ...], ...] = ((Part(1, "Name:"),), (Part(1, "Organization:"),))
    rest = (("NPI #:", "Tax ID:"), ("Specialty:", "Contact Name:"), ("Phone:", "Fax:"))
    rows = (*rows, *(tuple(Part(1, caption) for caption in pair) for pair in rest), (Part(1, "Address:"),))
    if who is not None:
        name = Part(1, "Name:", office.provider(stem, who) if who.family else "")
        rows = (
            (name,),
            (Part(1, "Organization:", office.words(f"{stem}/organization", who.organization)),),
            (
                Part(1, "NPI #:", office.words(f"{stem}/npi", who.npi)),
                Part(1, "Tax ID:", office.tin(f"{stem}/tin", who.tin)),
            ),
            (
                Part(1, "Specialty:", office.words(f"{stem}/specialty", who.specialty)),
                Part(1, "Contact Name:", office.words(f"{stem}/contact_name", who.contact)),
            ),
            (
                Part(1, "Phone:", office.phone(f"{stem}/phone", who.phone)),
                Part(1, "Fax:", office.phone(f"{stem}/fax", who.fax)),
            ),
            (Part(1, "Address:", office.street(f"{stem}/address", who.address)),),
        )
    top = head.bottom
    for place, parts in enumerate(rows):
        high = 28 if place == len(rows) - 1 else 23
        top = grid.captioned_row(sheet, Box(head.x0, top, head.x1, top + high), parts, size=5.8)
    return top


def _facility(sheet: Sheet, who: Practitioner | None, *, office: Office, top: float) -> float:
    stem = "/facility"
    texts = ("", "", "", "")
    if who is not None:
        texts = (
            office.words(f"{stem}/organization", who.organization),
            office.words(f"{stem}/npi", who.npi),
            office.tin(f"{stem}/tin", who.tin),
            office.street(f"{stem}/address", who.address),
        )
    captions = (
        "Facility where the service is given (if not above):",
        "Facility NPI #:",
        "Facility Tax ID:",
        "Address:",
    )
    parts = [Part(share, caption, text) for share, caption, text in zip((2.4, 1, 1, 2.4), captions, texts, strict=True)]
    top = grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 25), parts)
    sheet.text(LEFT + 2, top + 7, "* A facility or agency enters its name under Organization.", font=SANS, size=5.6)
    return top + 9
