"""An equipment request with numbered boxes, underlined blanks and a table of coded lines."""

from __future__ import annotations

import random

from models.geometry import Box
from models.truth import Paper
from samples import pen
from samples.case import Case
from samples.fictions import Practitioner, dashed
from samples.forms.cell import Entry, below, row, table, underlined
from samples.page import BOLD, Book, Sheet, us_date

LEFT, RIGHT, HIGH = 40.0, 572.0, 30.0
KINDS = frozenset({"equipment"})


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    book.paper(
        Paper(
            "prior-authorization-form",
            title="REQUEST FOR AUTHORIZATION OF EQUIPMENT AND SUPPLIES",
            request=True,
            dated_on=case.on,
            author=case.requester.full,
            signed="signed" if case.signed else "unsigned",
        )
    )
    sheet = book.sheet("prior-authorization-form")
    boxes = sheet.centred(48, case.payer.upper(), size=13)
    sheet.state("/coverage/payer_name", case.payer.upper(), quote=case.payer.upper(), boxes=boxes)
    sheet.centred(66, "REQUEST FOR AUTHORIZATION OF EQUIPMENT AND SUPPLIES", size=12)
    sheet.centred(80, "Please type or print. Items 1 to 13 must be complete.", font="Helvetica", size=8)
    bottom = _type_of_request(sheet, case, top=94, rng=rng)
    bottom = _patient(sheet, case, top=bottom)
    bottom = _providers(sheet, case, top=bottom + 16)
    bottom = _diagnoses(sheet, case, top=bottom + 18)
    bottom = _lines(sheet, case, top=bottom + 10)
    _signature(sheet, case, top=bottom + 16, rng=rng)


def _type_of_request(sheet: Sheet, case: Case, *, top: float, rng: random.Random) -> float:
    sheet.text(LEFT, top + 12, "1.  Type of review", font=BOLD)
    urgent = case.level_of_service == "urgent"
    for x, option, value in ((150, "Routine", "standard"), (230, "Urgent", "urgent"), (310, "Retrospective", None)):
        ticked = value == ("urgent" if urgent else "standard")
        path = "/level_of_service" if value else None
        box = sheet.tick_box(x, top + 12, option, ticked=ticked, path=path, value=value, side=9.5)
        if ticked:
            pen.tick(sheet, box, rng)
    entry = Entry("Date of request", us_date(case.on), "/submitted_on", case.on.isoformat())
    underlined(sheet, 420, top + 12, entry, end=RIGHT)
    return top + 22


def _patient(sheet: Sheet, case: Case, *, top: float) -> float:
    one, home = case.patient, case.patient.address
    rows = (
        (
            (2.4, Entry("2. PATIENT NAME (LAST, FIRST)", f"{one.family}, {one.given}", "/patient/name/full", one.full)),
            (
                1.3,
                Entry("3. DATE OF BIRTH", us_date(one.birth_date), "/patient/birth_date", one.birth_date.isoformat()),
            ),
            (0.8, Entry("4. SEX", one.sex[0].upper(), "/patient/sex", one.sex)),
        ),
        (
            (1.6, Entry("5. MEMBER IDENTIFICATION NO.", one.member_id, "/coverage/member_id")),
            (1.2, Entry("6. GROUP NO.", one.group_number, "/coverage/group_number")),
            (1.6, Entry("7. TELEPHONE", dashed(one.phone), "/patient/phone", one.phone)),
        ),
        (
            (2.2, Entry("8. STREET ADDRESS", home.line, "/patient/address/line")),
            (1.4, Entry("CITY", home.city, "/patient/address/city")),
            (0.5, Entry("STATE", home.state, "/patient/address/state")),
            (0.8, Entry("ZIP CODE", home.postal_code, "/patient/address/postal_code")),
        ),
    )
    for entries in rows:
        cells = row(Box(LEFT, top, RIGHT, top + HIGH), tuple(share for share, _ in entries))
        for cell, (_, entry) in zip(cells, entries, strict=True):
            below(sheet, cell, entry)
        top += HIGH
    return top


def _providers(sheet: Sheet, case: Case, *, top: float) -> float:
    sheet.text(LEFT, top + 4, "9.  Ordering physician", font=BOLD)
    top = _blanks(sheet, case.requester, top + 20, stem="/requesting_provider")
    if case.servicing is None:
        return top
    sheet.text(LEFT, top + 4, "10.  Supplier", font=BOLD)
    return _blanks(sheet, case.servicing, top + 20, stem="/servicing_provider", supplier=True)


def _blanks(sheet: Sheet, who: Practitioner, y: float, *, stem: str, supplier: bool = False) -> float:
    name = (
        Entry("Name", who.organization, f"{stem}/organization") if supplier else Entry("Name", who.full, f"{stem}/name")
    )
    second = (
        Entry("Tax ID", who.tin, f"{stem}/tin") if supplier else Entry("Specialty", who.specialty, f"{stem}/specialty")
    )
    underlined(sheet, LEFT + 14, y, name, end=330)
    underlined(sheet, 344, y, Entry("NPI", who.npi, f"{stem}/npi"), end=RIGHT)
    underlined(sheet, LEFT + 14, y + 20, second, end=236)
    underlined(sheet, 246, y + 20, Entry("Phone", dashed(who.phone), f"{stem}/phone", who.phone), end=410)
    underlined(sheet, 420, y + 20, Entry("Fax", dashed(who.fax), f"{stem}/fax", who.fax), end=RIGHT)
    return y + 38


def _diagnoses(sheet: Sheet, case: Case, *, top: float) -> float:
    sheet.text(LEFT, top, "11.  Diagnoses", font=BOLD)
    for place, diagnosis in enumerate(case.diagnoses):
        y = top + 18 + 18 * place
        code = Entry(f"{'ABC'[place]}.  ICD-10", diagnosis.code, f"/diagnoses/{place}/code")
        underlined(sheet, LEFT + 14, y, code, end=190)
        underlined(sheet, 204, y, Entry("Description", diagnosis.text, f"/diagnoses/{place}/text"), end=RIGHT)
    return top + 18 + 18 * len(case.diagnoses)


def _lines(sheet: Sheet, case: Case, *, top: float) -> float:
    sheet.text(LEFT, top, "12.  Items requested", font=BOLD)
    start = us_date(case.starts) if case.starts else ""
    end = us_date(case.ends) if case.ends else ""
    rows = tuple(
        (
            Entry("", line.code, f"/service_lines/{i}/code"),
            Entry("", line.modifier, f"/service_lines/{i}/modifiers/0"),
            Entry("", line.text, f"/service_lines/{i}/text"),
            Entry("", str(line.quantity), f"/service_lines/{i}/quantity"),
            Entry("", start, f"/service_lines/{i}/start_on", case.starts.isoformat() if case.starts else None),
            Entry("", end, f"/service_lines/{i}/end_on", case.ends.isoformat() if case.ends else None),
        )
        for i, line in enumerate(case.lines)
    )
    heads = ("HCPCS Code", "Mod.", "Description", "Units", "From", "To")
    box = Box(LEFT, top + 8, RIGHT, top + 28)
    return table(sheet, box, heads, rows, shares=(1.2, 0.7, 3.4, 0.7, 1.3, 1.3), count=5)


def _signature(sheet: Sheet, case: Case, *, top: float, rng: random.Random) -> None:
    text = "13.  I have examined this patient and order the items above as medically necessary."
    sheet.text(LEFT, top + 8, text)
    underlined(sheet, LEFT + 14, top + 50, Entry("Physician signature"), end=370)
    if case.signed:
        place = pen.sign(sheet, 170, top + 48, rng)
        sheet.state("/signature/state", "signed", quote="", boxes=(place,), kind="value")
        sheet.signature(place, "pen")
    else:
        empty = Box(150, top + 30, 370, top + 52)
        sheet.state("/signature/state", "unsigned", quote="", boxes=(empty,), kind="value")
        sheet.signature(empty, "none")
    signed_on = (
        Entry("Date", us_date(case.on), "/signature/signed_on", case.on.isoformat()) if case.signed else Entry("Date")
    )
    underlined(sheet, 390, top + 50, signed_on, end=RIGHT)
    sheet.text(
        LEFT, top + 76, "Fax to 412-555-0188.  An authorization is not a promise of payment.  EQ-12 (2026)", size=7.5
    )
