"""An old dictated letter: typewriter face throughout, the subject in running text, initials, signed by a machine."""

from __future__ import annotations

import random
from collections.abc import Sequence

from models.geometry import Box
from samples.case import Case
from samples.page import Book, Sheet
from samples.retired.asked import asked, diagnoses, sender_id, urgency
from samples.retired.office import Office, office, said
from samples.retired.pages import Column, signed_electronically
from samples.retired.paper import LETTER, asking

KINDS = frozenset({"referral", "service", "admission", "drug", "equipment"})
LEFT, WIDTH = 62.0, 492.0
_FACE = "Courier"


def draw(book: Book, case: Case, *, rng: random.Random, reasons: Sequence[str]) -> None:
    """Write the letter on one sheet or more; `reasons` are its paragraphs, with the marks of `samples.prose`."""
    book.paper(asking(case, LETTER, title="Letter of medical necessity"))
    clerk = office(rng, machine=False)
    column = _column(book, book.sheet(LETTER), case, office=clerk)
    _head(column, case, office=clerk)
    column.write(_subject(case, office=clerk), after=8)
    column.write("To Whom It May Concern:", after=8)
    column.write(_request(case, office=clerk), after=8)
    for reason in reasons:
        column.write(reason, after=8)
    column.write("If you have any questions please do not hesitate to call this office. Thank you.", after=8)
    _close(column, case, office=clerk)


def _column(book: Book, sheet: Sheet, case: Case, *, office: Office) -> Column:
    def turn() -> tuple[Sheet, float]:
        following = book.sheet(LETTER)
        number = sum(1 for _ in turns) + 2
        turns.append(number)
        following.paragraph(LEFT, 50, f"RE: {office.person(case.patient)}", width=WIDTH, font=_FACE, size=10)
        following.text(LEFT, 62, f"Page {number}", font=_FACE, size=10)
        return following, 92

    turns: list[int] = []
    return Column(sheet, LEFT, 50, WIDTH, 748, _FACE, 10, 11.6, turn)


def _head(column: Column, case: Case, *, office: Office) -> None:
    who, stem = case.requester, "/requesting_provider"
    column.write(said(f"{stem}/organization", who.organization.upper(), who.organization))
    column.write(office.street(f"{stem}/address", who.address))
    column.write(
        f"TEL {office.phone(f'{stem}/phone', who.phone)}   FAX {office.phone(f'{stem}/fax', who.fax)}", after=12
    )
    column.write(office.date("/submitted_on", case.on), after=12)
    column.write(said("/coverage/payer_name", case.payer))
    column.write("ATTN: PRIOR AUTHORIZATION", after=12)


def _subject(case: Case, *, office: Office) -> str:
    one = case.patient
    born = office.date("/patient/birth_date", one.birth_date, full=True)
    parts = [f"RE: {office.person(one)}", f"DOB {born}", f"ID# {said('/coverage/member_id', one.member_id)}"]
    if one.group_number:
        parts.append(f"GRP {said('/coverage/group_number', one.group_number)}")
    parts.append(f"DX {', '.join(diagnoses(case))}")
    return "; ".join(parts)


def _request(case: Case, *, office: Office) -> str:
    he = "She" if case.patient.sex == "female" else "He"
    years = case.on.year - case.patient.birth_date.year
    years -= (case.on.month, case.on.day) < (case.patient.birth_date.month, case.patient.birth_date.day)
    article = "an" if years in {8, 11, 18} or 80 <= years < 90 else "a"
    sex = said("/patient/sex", case.patient.sex)
    sentences = [
        f"The above captioned patient is {article} {years}-year-old {sex} under my care. {he} is well known to me.",
        f"I am requesting approval of {'; and of '.join(asked(case, office=office))}.",
        sender_id(case),
        urgency(case),
    ]
    who, stem = case.servicing, "/servicing_provider"
    if who is not None:
        name = office.provider(stem, who)
        sentences.append(f"This will be provided by {name}, NPI {said(f'{stem}/npi', who.npi)}.")
    if case.facility is not None:
        place = office.provider("/facility", case.facility)
        sentences.append(f"The facility is {place}.")
    return " ".join(sentence for sentence in sentences if sentence)


_NOTES = ("dictated but not edited", "dictated and read", "voice file on record")


def _close(column: Column, case: Case, *, office: Office) -> None:
    who, stem = case.requester, "/requesting_provider"
    column.need(112)
    column.write("Very truly yours,", after=10)
    sheet, y = column.sheet, column.y
    if case.signed:
        at = f"{office.rng.randint(7, 17):02d}:{office.rng.randint(0, 59):02d}"
        name, on = said("/signature/name", who.full), office.date("/signature/signed_on", case.on)
        signed_electronically(sheet, LEFT, y, f"Electronically signed by {name} on {on} at {at}", font=_FACE, size=10)
    else:
        place = Box(LEFT, y - 16, LEFT + 210, y + 3)
        sheet.line(LEFT, y + 3, LEFT + 210, y + 3, weight=0.5)
        sheet.signature(place, "none")
        sheet.state("/signature/state", "unsigned", quote="", boxes=(place,))
    column.y = y + 22
    column.write(said(f"{stem}/name", who.full))
    column.write(said(f"{stem}/specialty", who.specialty))
    tin = office.tin(f"{stem}/tin", who.tin)
    column.write(f"NPI {said(f'{stem}/npi', who.npi)}   TAX ID {tin}", after=10)
    initials = f"{who.given[:1]}{who.family[:1]}"
    column.write(f"{initials}/{office.rng.choice(('mk', 'jt', 'dw', 'pb'))} {office.rng.choice(_NOTES)}")
    column.write(f"D: {office.day(case.on)}   T: {office.day(case.on)}   Job {office.rng.randint(10_000, 99_999)}")
