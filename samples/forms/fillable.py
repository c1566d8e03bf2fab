"""A service request as a fillable PDF: labels above their cells, values in interactive form fields."""

from __future__ import annotations

import random

from reportlab.lib.colors import Color, black, white

from models.geometry import Box
from models.truth import Paper
from samples import pen
from samples.case import Case
from samples.fictions import dashed
from samples.forms.cell import Entry, row
from samples.page import BOLD, SANS, Book, Sheet, us_date

LEFT, RIGHT, HIGH = 40.0, 572.0, 31.0
KINDS = frozenset({"service", "equipment"})
Row = tuple[tuple[float, Entry], ...]


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    book.paper(
        Paper(
            "prior-authorization-form",
            title="Outpatient Services Prior Authorization Form",
            request=True,
            dated_on=case.on,
            author=case.requester.full,
            signed="signed" if case.signed else "unsigned",
        )
    )
    sheet = book.sheet("prior-authorization-form")
    boxes = sheet.text(LEFT, 52, case.payer, font=BOLD, size=14)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes)
    sheet.text(LEFT, 70, "Outpatient Services Prior Authorization Form", size=12)
    bottom = _choices(sheet, case, top=84)
    for title, rows in _sections(case):
        sheet.band(Box(LEFT, bottom + 8, RIGHT, bottom + 23), title, size=9)
        bottom = _rows(sheet, rows, top=bottom + 23)
    _signature(sheet, case, top=bottom + 12, rng=rng)


def _choices(sheet: Sheet, case: Case, *, top: float) -> float:
    sheet.text(LEFT, top + 12, "Timeframe", font=BOLD)
    options = (("Standard (7 calendar days)", "standard"), ("Expedited (72 hours)", "urgent"))
    for x, (option, value) in zip((112, 268), options, strict=True):
        checked = case.level_of_service == value
        sheet.tick_box(x, top + 12, option, ticked=checked, path="/level_of_service", value=value, side=10)
        sheet.canvas.acroForm.checkbox(
            name=f"timeframe_{value}",
            tooltip=option,
            checked=checked,
            x=x,
            y=round(sheet.height - top - 12.5),
            size=10,
            borderWidth=1,
            buttonStyle="check",
            fillColor=white,
            borderColor=black,
        )
    return top + 18


def _sections(case: Case) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    return (
        ("MEMBER", _member(case)),
        ("REQUESTING PROVIDER", _provider(case)),
        ("SERVICE", _service(case)),
    )


def _member(case: Case) -> tuple[Row, ...]:
    one = case.patient
    return (
        (
            (2, Entry("Member Last Name", one.family, "/patient/name/family")),
            (2, Entry("Member First Name", one.given, "/patient/name/given")),
            (1.3, Entry("Date of Birth", us_date(one.birth_date), "/patient/birth_date", one.birth_date.isoformat())),
        ),
        (
            (2, Entry("Member ID Number", one.member_id, "/coverage/member_id")),
            (2, Entry("Member Phone Number", dashed(one.phone), "/patient/phone", one.phone)),
            (1.3, Entry("Gender", one.sex.capitalize(), "/patient/sex", one.sex)),
        ),
    )


def _provider(case: Case) -> tuple[Row, ...]:
    who, office = case.requester, case.requester.address
    stem = "/requesting_provider"
    return (
        (
            (2, Entry("Provider Name", who.full, f"{stem}/name")),
            (1.2, Entry("NPI", who.npi, f"{stem}/npi")),
            (1.2, Entry("Tax ID (TIN)", who.tin, f"{stem}/tin")),
        ),
        (
            (2, Entry("Practice or Group", who.organization, f"{stem}/organization")),
            (1.2, Entry("Phone", dashed(who.phone), f"{stem}/phone", who.phone)),
            (1.2, Entry("Fax", dashed(who.fax), f"{stem}/fax", who.fax)),
        ),
        (
            (2, Entry("Street Address", office.line, f"{stem}/address/line")),
            (1.2, Entry("City", office.city, f"{stem}/address/city")),
            (0.5, Entry("State", office.state, f"{stem}/address/state")),
            (0.7, Entry("ZIP Code", office.postal_code, f"{stem}/address/postal_code")),
        ),
    )


def _service(case: Case) -> tuple[Row, ...]:
    rows: list[Row] = [
        (
            (1, Entry("Primary Diagnosis Code (ICD-10)", case.diagnoses[0].code, "/diagnoses/0/code")),
            (2.4, Entry("Diagnosis Description", case.diagnoses[0].text, "/diagnoses/0/text")),
        )
    ]
    for i, line in enumerate(case.lines):
        stem = f"/service_lines/{i}"
        start = us_date(case.starts) if case.starts else ""
        end = us_date(case.ends) if case.ends else ""
        rows.append(
            (
                (1, Entry("Procedure Code (CPT/HCPCS)", line.code, f"{stem}/code")),
                (2, Entry("Procedure Description", line.text, f"{stem}/text")),
                (0.5, Entry("Units", str(line.quantity), f"{stem}/quantity")),
                (0.9, Entry("Start Date", start, f"{stem}/start_on", case.starts.isoformat() if case.starts else None)),
                (0.9, Entry("End Date", end, f"{stem}/end_on", case.ends.isoformat() if case.ends else None)),
            )
        )
    return tuple(rows)


def _rows(sheet: Sheet, rows: tuple[Row, ...], *, top: float) -> float:
    for entries in rows:
        cells = row(Box(LEFT, top, RIGHT, top + HIGH), tuple(share for share, _ in entries))
        for cell, (_, entry) in zip(cells, entries, strict=True):
            _field(sheet, cell, entry)
        top += HIGH
    return top


def _field(sheet: Sheet, cell: Box, entry: Entry) -> None:
    """A cell with its label and a text field; the field's name says nothing, as in many a payer's form."""
    sheet.frame(cell, weight=0.5)
    sheet.text(cell.x0 + 3, cell.top + 9, entry.label, size=7)
    place = Box(cell.x0 + 2, cell.top + 12, cell.x1 - 2, cell.bottom - 1.5)
    sheet.canvas.acroForm.textfield(
        name=f"Text{round(cell.top)}_{round(cell.x0)}",
        value=entry.text,
        x=round(place.x0),
        y=round(sheet.height - place.bottom),
        width=round(place.width),
        height=round(place.height),
        fontName=SANS,
        fontSize=10,
        borderWidth=0,
        fillColor=Color(0.95, 0.96, 1.0),
        forceBorder=False,
    )
    if entry.text and entry.path:
        sheet.state(entry.path, entry.value or entry.text, quote=entry.text, boxes=(place,))


def _signature(sheet: Sheet, case: Case, *, top: float, rng: random.Random) -> None:
    sheet.text(LEFT, top + 8, "Attach the history and physical, and reports of earlier imaging and treatment.", size=8)
    sheet.text(LEFT, top + 46, "Signature of requesting provider")
    sheet.line(180, top + 48, 400, top + 48)
    sheet.text(420, top + 46, "Date")
    sheet.line(444, top + 48, RIGHT, top + 48)
    if case.signed:
        place = pen.sign(sheet, 200, top + 46, rng)
        sheet.state("/signature/state", "signed", quote="", boxes=(place,), kind="value")
        sheet.signature(place, "pen")
        sheet.value(450, top + 46, us_date(case.on), path="/signature/signed_on", value=case.on.isoformat())
    else:
        empty = Box(180, top + 30, 400, top + 48)
        sheet.state("/signature/state", "unsigned", quote="", boxes=(empty,), kind="value")
        sheet.signature(empty, "none")
