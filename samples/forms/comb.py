"""A request for services, equipment or a drug on a sheet made for a scanner: a cell for every character."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.lib.colors import Color, black

from models.geometry import Box
from samples.case import Case
from samples.forms.answers import Answers, Manner
from samples.forms.cell import table
from samples.forms.combs import HIGH, LABEL, STEP, comb
from samples.forms.fill import Entry, fill
from samples.forms.mark import Option, begin, options, shade, signature
from samples.page import BOLD, SANS, TYPED, Book, Sheet

KINDS: frozenset[str] = frozenset({"service", "equipment", "drug"})
TITLE = "AUTHORIZATION REQUEST"
LEFT, RIGHT = 36.0, 576.0
PITCH, TALL = 25.2, 19.0
DATE, PHONE, ICD, ZIP, NDC = (2, 2, 4), (3, 3, 4), (3, 4), (5, 4), (5, 4, 2)
GREY, RED = Color(0.45, 0.45, 0.45), Color(0.72, 0.25, 0.2)
Combs = Sequence[tuple[float, Entry, Sequence[int]]]  # where each starts, what is in it, the cells of its groups


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    # A machine reads it: no punctuation, month, day and year two, two and four digits, capitals.
    manner = Manner(date="{0:%m} {0:%d} {0:%Y}", phone="{0} {1} {2}", frequency="{0} x {2}", capitals=True)
    ask = Answers(case, manner)
    sheet = begin(book, case, TITLE)
    tint = rng.choice((black, GREY, RED))
    _corners(sheet)
    _head(sheet, case)
    y = _review(sheet, ask, tint, y=93, rng=rng)
    y = _member(sheet, ask, tint, y=y, rng=rng)
    y = _provider(sheet, ask, tint, y=y, title="3  REQUESTING PROVIDER", stem="/requesting_provider")
    y = _provider(sheet, ask, tint, y=y, title="4  SERVICING PROVIDER OR SUPPLIER", stem="/servicing_provider")
    y = _diagnoses(sheet, ask, tint, y=y)
    y = _drug(sheet, ask, tint, y=y, rng=rng) if case.drug is not None else _lines(sheet, ask, tint, y=y)
    _signature(sheet, ask, tint, y=y, rng=rng)


def _corners(sheet: Sheet) -> None:
    """The black squares by which a scanner finds the sheet."""
    for x in (18, sheet.width - 30):
        for top in (18, sheet.height - 30):
            shade(sheet, Box(x, top, x + 12, top + 12), black)


def _head(sheet: Sheet, case: Case) -> None:
    payer = case.payer.upper()
    boxes = sheet.text(40, 42, payer, font=BOLD, size=13)
    sheet.state("/coverage/payer_name", case.payer, quote=payer, boxes=boxes, kind="printed")
    sheet.text(40, 57, TITLE, font=BOLD, size=11)
    sheet.text(190, 57, "Medical, equipment and drug benefits", size=8)
    x = 452.0
    for place in range(34):
        wide = 0.9 + (place * 7 % 4) * 0.6
        shade(sheet, Box(x, 34, x + wide, 54), black)
        x += wide + 0.8 + (place * 5 % 3) * 0.5
    sheet.text(466, 62, "AR 7714 26 0001", font="Courier", size=7)
    words = (
        "This sheet is read by a machine. Use black ink, one capital letter or digit in a cell, and keep inside the "
        "cells. Do not fold or staple. Mark choices with an X. Send to 313-555-0140 without a cover sheet; the records "
        "that support the request follow it."
    )
    sheet.paragraph(40, 72, words, width=400, font=SANS, size=7, leading=8.2)
    sheet.text(452, 76, "Print like this:", size=6.5)
    for place, glyph in enumerate("ABC123"):
        box = Box(500 + STEP * place, 68, 500 + STEP * (place + 1), 68 + 12)
        sheet.frame(box, weight=0.5)
        sheet.text(box.x0 + 3, box.bottom - 3, glyph, font="Courier", size=9)


def _title(sheet: Sheet, y: float, words: str) -> float:
    shade(sheet, Box(LEFT, y, RIGHT, y + 11), Color(0.87, 0.87, 0.87))
    sheet.text(LEFT + 4, y + 8.3, words, font=BOLD, size=8)
    return y + 12


def _combs(sheet: Sheet, lines: Sequence[Combs], tint: Color, *, y: float) -> float:
    for combs in lines:
        for x, entry, groups in combs:
            comb(sheet, (x, y), entry, groups=groups, tint=tint)
        y += PITCH
    return y


def _open(sheet: Sheet, box: Box, entry: Entry, *, high: float = HIGH) -> None:
    """A cell without a comb under a small label; its top is level with the combs beside it."""
    sheet.text(box.x0, box.top + 6.5, entry.label, size=6)
    cell = Box(box.x0, box.top + LABEL, box.x1, box.top + LABEL + high)
    sheet.frame(cell, weight=0.5)
    fill(sheet, Box(cell.x0 + 3, cell.top + 0.5, cell.x1 - 2, cell.bottom), entry, size=9)


def _choices(
    sheet: Sheet,
    at: tuple[float, float],
    label: str,
    *,
    choices: Sequence[Option],
    rng: random.Random,
    path: str,
    chosen: str,
) -> None:
    sheet.text(at[0], at[1] + 6.5, label, size=6)
    options(sheet, (at[0] + 1, at[1] + 19), choices, rng=rng, path=path, chosen=chosen, side=9, gap=9)


def _review(sheet: Sheet, ask: Answers, tint: Color, *, y: float, rng: random.Random) -> float:
    case, y = ask.case, _title(sheet, y, "1  REQUEST")
    comb(sheet, (LEFT, y), ask("Date of request (MM DD YYYY)", "/submitted_on"), groups=DATE, tint=tint)
    choices: Sequence[Option] = (("Standard", "standard"), ("Urgent", "urgent"))
    path, chosen = "/level_of_service", case.level_of_service
    _choices(sheet, (156, y), "Priority", choices=choices, rng=rng, path=path, chosen=chosen)
    choices = (("First", "initial"), ("Extension", "extension"), ("Renewal", "renewal"), ("Change", "amendment"))
    _choices(
        sheet,
        (290, y),
        "Kind of request",
        choices=choices,
        rng=rng,
        path="/certification_type",
        chosen=case.certification,
    )
    y += PITCH
    number = ask("Earlier authorization number", "/references/previous_authorization_number")
    right = comb(sheet, (LEFT, y), number, groups=(15,), tint=tint)
    reason = ask("If urgent: what would happen if the patient waited?", "/urgency_reason")
    _open(sheet, Box(right + 8, y, RIGHT, y), reason, high=TALL)
    return y + LABEL + TALL + 2


def _member(sheet: Sheet, ask: Answers, tint: Color, *, y: float, rng: random.Random) -> float:
    y = _title(sheet, y, "2  MEMBER")
    sexes = (("M", "male"), ("F", "female"))
    _choices(sheet, (506, y), "Sex", choices=sexes, rng=rng, path="/patient/sex", chosen=ask.case.patient.sex)
    lines = (
        (
            (LEFT, ask("Last name", "/patient/name/family"), (22,)),
            (308, ask("First name", "/patient/name/given"), (15,)),
        ),
        (
            (LEFT, ask("Date of birth (MM DD YYYY)", "/patient/birth_date"), DATE),
            (154, ask("Member number (from the card)", "/coverage/member_id"), (18,)),
            (378, ask("Group number", "/coverage/group_number"), (12,)),
        ),
        (
            (LEFT, ask("Daytime telephone", "/patient/phone"), PHONE),
            (180, ask("Street address", "/patient/address/line"), (33,)),
        ),
        (
            (LEFT, ask("City", "/patient/address/city"), (21,)),
            (296, ask("State", "/patient/address/state"), (2,)),
            (328, ask("ZIP code", "/patient/address/postal_code"), ZIP),
        ),
    )
    bottom = _combs(sheet, lines, tint, y=y)
    other = ask("Other insurance", "/coverage/other_coverage/0/payer_name")
    _open(sheet, Box(449, bottom - PITCH, RIGHT, bottom), other)
    return bottom


def _provider(sheet: Sheet, ask: Answers, tint: Color, *, y: float, title: str, stem: str) -> float:
    y = _title(sheet, y, title)
    lines: tuple[Combs, ...] = (
        (
            (LEFT, ask("Last name, first name, degree", f"{stem}/name/reversed"), (32,)),
            (428, ask("NPI", f"{stem}/npi"), (10,)),
        ),
        (
            (LEFT, ask("Practice or company", f"{stem}/organization"), (32,)),
            (428, ask("Tax ID", f"{stem}/tin"), (9,)),
        ),
        (
            (LEFT, ask("Telephone", f"{stem}/phone"), PHONE),
            (174, ask("Fax for our answer", f"{stem}/fax"), PHONE),
            (312, ask("Specialty", f"{stem}/specialty"), (22,)),
        ),
    )
    bottom = _combs(sheet, lines, tint, y=y)
    if stem == "/servicing_provider":
        return bottom
    comb(sheet, (LEFT, bottom), ask("Contact person", f"{stem}/contact_name"), groups=(22,), tint=tint)
    _open(sheet, Box(308, bottom, RIGHT, bottom), ask("Address", f"{stem}/address"))
    return bottom + PITCH


def _diagnoses(sheet: Sheet, ask: Answers, tint: Color, *, y: float) -> float:
    y = _title(sheet, y, "5  DIAGNOSES (ICD-10-CM, main diagnosis first)")
    count = max(4, len(ask.case.diagnoses))
    for number in range(count + count % 2):
        x, top = (308.0 if number % 2 else LEFT), y + (LABEL + TALL + 2) * (number // 2)
        right = comb(sheet, (x, top), ask(f"Code {number + 1}", f"/diagnoses/{number}/code"), groups=ICD, tint=tint)
        _open(sheet, Box(right + 6, top, x + 268, top), ask("In words", f"/diagnoses/{number}/text"), high=TALL)
    return y + (LABEL + TALL + 2) * ((count + 1) // 2)


def _lines(sheet: Sheet, ask: Answers, tint: Color, *, y: float) -> float:
    y = _title(sheet, y, "6  SERVICES AND EQUIPMENT")
    for i in range(max(4, len(ask.case.lines))):
        stem = f"/service_lines/{i}"
        heads = (
            ("CPT / HCPCS", "Mod.", "Units", "From (MM DD YYYY)", "To (MM DD YYYY)", "How often", "In words")
            if i == 0
            else ("",) * 7
        )
        places = (
            (LEFT, "code", (5,)),
            (102, "modifiers/0", (2,)),
            (132, "quantity", (4,)),
            (186, "start_on", DATE),
            (298, "end_on", DATE),
        )
        for (x, blank, groups), head in zip(places, heads[:5], strict=True):
            comb(sheet, (x, y), ask(head, f"{stem}/{blank}"), groups=groups, tint=tint)
        _open(sheet, Box(410, y, 454, y), ask(heads[5], f"{stem}/frequency"))
        _open(sheet, Box(460, y, RIGHT, y), ask(heads[6], f"{stem}/text"), high=TALL)
        y += TALL + 2
    return y + LABEL


def _drug(sheet: Sheet, ask: Answers, tint: Color, *, y: float, rng: random.Random) -> float:
    y = _title(sheet, y, "6  DRUG")
    stem = "/service_lines/0/drug"
    lines: tuple[Combs, ...] = (
        ((LEFT, ask("Name of drug", f"{stem}/name"), (24,)), (332, ask("Strength", f"{stem}/strength"), (20,))),
        (
            (LEFT, ask("NDC", f"{stem}/ndc"), NDC),
            (186, ask("Quantity", f"{stem}/quantity"), (15,)),
            (374, ask("For how long", f"{stem}/duration"), (16,)),
        ),
    )
    y = _combs(sheet, lines, tint, y=y)
    for x, end, words, blank in (
        (LEFT, 110, "Dose", "dose"),
        (116, 300, "How often", "frequency"),
        (306, 396, "Form", "form"),
        (402, 470, "Route", "route"),
    ):
        _open(sheet, Box(x, y, end, y), ask(words, f"{stem}/{blank}"))
    drug = ask.case.drug
    if drug is None:
        raise ValueError("this section asks for a drug")
    choices = (("New", "new"), ("Continued", "continuing"))
    chosen = "continuing" if drug.continuing else "new"
    path = f"{stem}/new_or_continuing"
    _choices(sheet, (478, y), "Treatment is", choices=choices, rng=rng, path=path, chosen=chosen)
    y += PITCH
    blanks = ("name", "dose", "when", "outcome")
    heads = ("Drug tried before", "Dose", "From - to", "What happened")
    rows = tuple(
        tuple(ask("", f"{stem}/prior_treatments/{i}/{blank}") for blank in blanks)
        for i in range(max(3, len(drug.tried)))
    )
    box = Box(LEFT, y, RIGHT, y + 13)
    return table(sheet, box, heads, rows, shares=(1.5, 0.9, 1.5, 2), count=len(rows), font=TYPED) + 4


def _signature(sheet: Sheet, ask: Answers, tint: Color, *, y: float, rng: random.Random) -> None:
    y = _title(sheet, y, "7  SIGNATURE")
    words = (
        "What is written above is true, and the patient's record bears it out. Signature of the requesting provider:"
    )
    sheet.text(LEFT, y + 7, words, size=7)
    place = Box(LEFT, y + 10, 330, y + 34)
    sheet.frame(place, weight=0.6)
    signature(sheet, ask.case, place, rng=rng)
    comb(sheet, (342, y + 9), ask("Date signed (MM DD YYYY)", "/signature/signed_on"), groups=DATE, tint=tint)
    box = Box(LEFT, y + 39, RIGHT, y + 59)
    sheet.frame(box, weight=1.2)
    sheet.text(box.x0 + 4, box.top + 13, "OFFICE USE", font=BOLD, size=7)
    for x, label in ((100, "Batch"), (196, "Received"), (310, "Clerk"), (410, "Case no.")):
        sheet.text(x, box.top + 13, label, size=7)
        sheet.line(x + 34, box.top + 14, x + 88, box.top + 14, weight=0.5)
    sheet.text(LEFT + 2, box.bottom + 9, "A decision is not a promise to pay.  AR 7714  Edition 2026", size=6.5)
