"""A drug request in a boxed grid: black bands, two columns, labels beside their values, boxes to tick by pen."""

from __future__ import annotations

import random

from models.geometry import Box
from models.truth import Paper
from samples import pen
from samples.case import Case, Drug
from samples.fictions import dashed
from samples.forms.cell import Entry, beside, row, table
from samples.page import BOLD, SANS, Book, Sheet, us_date

LEFT, RIGHT, HIGH = 36.0, 576.0, 19.0
KINDS = frozenset({"drug"})


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    if case.drug is None:
        raise ValueError("this form asks for a drug")
    book.paper(
        Paper(
            "prior-authorization-form",
            title="Specialty Drug Prior Authorization Request",
            request=True,
            dated_on=case.on,
            author=case.requester.full,
            signed="signed" if case.signed else "unsigned",
        )
    )
    sheet = book.sheet("prior-authorization-form")
    _head(sheet, case)
    bottom = _people(sheet, case, top=92)
    bottom = _urgency(sheet, case, top=bottom, rng=rng)
    bottom = _medication(sheet, case.drug, top=bottom, rng=rng)
    bottom = _diagnosis(sheet, case, top=bottom)
    bottom = _tried(sheet, case.drug, top=bottom, rng=rng)
    _signature(sheet, case, top=bottom, rng=rng)


def _head(sheet: Sheet, case: Case) -> None:
    for step in range(3):
        sheet.frame(Box(40 + 7 * step, 38 - 4 * step, 58 + 7 * step, 62 - 4 * step), weight=1.6)
    boxes = sheet.text(88, 54, case.payer, font=BOLD, size=16)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes)
    sheet.text(40, 78, "Return by fax to 216-555-0100. Incomplete forms delay the review.", size=8)
    sheet.text(372, 50, "Specialty Drug", font=BOLD, size=15)
    sheet.text(372, 68, "Prior Authorization Request", font=BOLD, size=15)


def _people(sheet: Sheet, case: Case, *, top: float) -> float:
    left, right = row(Box(LEFT, top, RIGHT, top + 16), (1, 1))
    sheet.band(left, "MEMBER INFORMATION")
    sheet.band(right, "PRESCRIBER INFORMATION")
    member = _column(sheet, left, _member(case))
    prescriber = _column(sheet, right, _prescriber(case))
    return max(member, prescriber)


def _column(sheet: Sheet, head: Box, rows: tuple[tuple[Entry, ...], ...]) -> float:
    top = head.bottom
    for entries in rows:
        shares = tuple(len(entry.label) + max(len(entry.text), 5) * 1.2 for entry in entries)
        for cell, entry in zip(row(Box(head.x0, top, head.x1, top + HIGH), shares), entries, strict=True):
            beside(sheet, cell, entry)
        top += HIGH
    return top


def _member(case: Case) -> tuple[tuple[Entry, ...], ...]:
    member, home = case.patient, case.patient.address
    return (
        (Entry("* Member Name:", member.full, "/patient/name/full"),),
        (Entry("* Member ID #:", member.member_id, "/coverage/member_id"),),
        (
            Entry("* Date of Birth:", us_date(member.birth_date), "/patient/birth_date", member.birth_date.isoformat()),
            Entry("Sex:", member.sex[0].upper(), "/patient/sex", member.sex),
        ),
        (Entry("Street Address:", home.line, "/patient/address/line"),),
        (
            Entry("City:", home.city, "/patient/address/city"),
            Entry("State:", home.state, "/patient/address/state"),
            Entry("Zip:", home.postal_code, "/patient/address/postal_code"),
        ),
        (Entry("Member Phone:", dashed(member.phone), "/patient/phone", member.phone),),
    )


def _prescriber(case: Case) -> tuple[tuple[Entry, ...], ...]:
    doctor, office = case.requester, case.requester.address
    return (
        (Entry("* Prescriber Name:", doctor.full, "/requesting_provider/name"),),
        (
            Entry("* NPI #:", doctor.npi, "/requesting_provider/npi"),
            Entry("Specialty:", doctor.specialty, "/requesting_provider/specialty"),
        ),
        (Entry("Contact Person:", doctor.contact, "/requesting_provider/contact_name"),),
        (
            Entry("Phone:", dashed(doctor.phone), "/requesting_provider/phone", doctor.phone),
            Entry("* Fax:", dashed(doctor.fax), "/requesting_provider/fax", doctor.fax),
        ),
        (Entry("Office Address:", office.line, "/requesting_provider/address/line"),),
        (
            Entry("City:", office.city, "/requesting_provider/address/city"),
            Entry("State:", office.state, "/requesting_provider/address/state"),
            Entry("Zip:", office.postal_code, "/requesting_provider/address/postal_code"),
        ),
    )


def _urgency(sheet: Sheet, case: Case, *, top: float, rng: random.Random) -> float:
    box = Box(LEFT, top, RIGHT, top + 34)
    sheet.frame(box)
    sheet.text(LEFT + 4, top + 12, "Review requested:", font=BOLD)
    urgent = case.level_of_service == "urgent"
    options = ((130, "Standard", not urgent, "standard"), (222, "Expedited", urgent, "urgent"))
    for x, option, ticked, value in options:
        _ticked(sheet, (x, top + 13), option, ticked=ticked, rng=rng, meaning=("/level_of_service", value))
    sheet.text(292, top + 13, "By ticking Expedited I certify that waiting for a standard", size=7.5)
    sheet.text(292, top + 23, "review may seriously harm the life or health of the member.", size=7.5)
    return box.bottom


def _medication(sheet: Sheet, drug: Drug, *, top: float, rng: random.Random) -> float:
    sheet.band(Box(LEFT, top, RIGHT, top + 16), "MEDICATION REQUESTED")
    stem = "/service_lines/0/drug/"
    rows = (
        (Entry("Drug Name:", drug.name, stem + "name"), Entry("Strength:", drug.strength, stem + "strength")),
        (Entry("Dosage Form:", drug.form, stem + "form"), Entry("Route:", drug.route, stem + "route")),
        (Entry("Directions for use:", f"[[{stem}dose|{drug.dose}]] [[{stem}frequency|{drug.frequency}]]"),),
        (Entry("Quantity:", drug.quantity, stem + "quantity"), Entry("Duration:", drug.duration, stem + "duration")),
    )
    top = _column(sheet, Box(LEFT, top, RIGHT, top + 16), rows)
    sheet.frame(Box(LEFT, top, RIGHT, top + HIGH))
    sheet.text(LEFT + 4, top + 13, "This request is for:", size=8)
    path = stem + "new_or_continuing"
    _ticked(sheet, (136, top + 13), "A new start", ticked=True, rng=rng, meaning=(path, "new"))
    _ticked(sheet, (236, top + 13), "Continuing treatment", ticked=False, rng=rng, meaning=(path, "continuing"))
    return top + HIGH


def _diagnosis(sheet: Sheet, case: Case, *, top: float) -> float:
    sheet.band(Box(LEFT, top, RIGHT, top + 16), "CLINICAL INFORMATION")
    first = case.diagnoses[0]
    entries = (
        Entry("Diagnosis:", first.text, "/diagnoses/0/text"),
        Entry("ICD-10 Code:", first.code, "/diagnoses/0/code"),
    )
    cells = row(Box(LEFT, top + 16, RIGHT, top + 16 + HIGH), (2.7, 1))
    for cell, entry in zip(cells, entries, strict=True):
        beside(sheet, cell, entry)
    return top + 16 + HIGH


def _tried(sheet: Sheet, drug: Drug, *, top: float, rng: random.Random) -> float:
    bottom = top + 178
    sheet.frame(Box(LEFT, top, RIGHT, bottom))
    sheet.text(LEFT + 4, top + 14, "Has the member tried other drugs for this diagnosis?", size=9)
    _ticked(sheet, (300, top + 14), "Yes", ticked=bool(drug.tried), rng=rng)
    _ticked(sheet, (360, top + 14), "No", ticked=not drug.tried, rng=rng)
    stem = "/service_lines/0/drug/prior_treatments"
    rows = tuple(
        (
            Entry("", f"[[{stem}/{i}/name|{name}]] {f'[[{stem}/{i}/dose|{dose}]]' if dose else ''}"),
            Entry("", _course(f"{stem}/{i}", when)),
            Entry("", outcome, f"{stem}/{i}/outcome"),
        )
        for i, (name, dose, when, outcome) in enumerate(drug.tried)
    )
    heads = ("Drug and Strength", "Dates Taken", "Result, Intolerance or Reason for Stopping")
    table(sheet, Box(LEFT + 8, top + 24, RIGHT - 8, top + 43), heads, rows, shares=(1.4, 1.5, 2.3), count=4)
    sheet.text(LEFT + 4, top + 135, "Has the member been screened for tuberculosis in the last 12 months?", size=9)
    _ticked(sheet, (356, top + 135), "Yes", ticked=False, rng=rng)
    _ticked(sheet, (416, top + 135), "No", ticked=False, rng=rng)
    sheet.text(LEFT + 4, top + 150, "Please attach the result. Is the drug given by the member at home?", size=9)
    _ticked(sheet, (356, top + 150), "Yes", ticked=True, rng=rng)
    _ticked(sheet, (416, top + 150), "No", ticked=False, rng=rng)
    sheet.text(LEFT + 4, top + 168, "Attach notes and laboratory reports of the last six months.", font=SANS, size=8)
    return bottom


def _course(stem: str, when: str) -> str:
    """The months of a course with their marks, where both are told."""
    begun, to, ended = when.partition(" to ")
    return f"[[{stem}/from|{begun}]] to [[{stem}/to|{ended}]]" if to else when


def _signature(sheet: Sheet, case: Case, *, top: float, rng: random.Random) -> None:
    left, right = row(Box(LEFT, top, RIGHT, top + 40), (2.2, 1))
    sheet.frame(left)
    sheet.text(LEFT + 4, top + 26, "Prescriber Signature:", size=9)
    if case.signed:
        place = pen.sign(sheet, 150, top + 28, rng)
        sheet.state("/signature/state", "signed", quote="", boxes=(place,), kind="value")
        sheet.signature(place, "pen")
        signed_on = Entry("Date:", us_date(case.on), "/signature/signed_on", case.on.isoformat())
    else:
        signed_on = Entry("Date:")
        sheet.state("/signature/state", "unsigned", quote="", boxes=(left,), kind="value")
        sheet.signature(left, "none")
    beside(sheet, right, signed_on, size=9)
    sheet.text(LEFT, top + 54, "This message is meant for its addressee alone. Form SD-4, revised 2026.", size=7)


def _ticked(
    sheet: Sheet,
    at: tuple[float, float],
    option: str,
    *,
    ticked: bool,
    rng: random.Random,
    meaning: tuple[str, str] | None = None,
) -> None:
    path, value = meaning or (None, None)
    box = sheet.tick_box(*at, option, ticked=ticked, path=path, value=value)
    if ticked:
        pen.tick(sheet, box, rng)
