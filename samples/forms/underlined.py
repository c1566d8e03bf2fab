"""An old typewritten request of two pages: ruled blanks after their labels, sections in capitals, boxes in brackets."""

from __future__ import annotations

import random
from collections.abc import Sequence

from models.geometry import Box
from samples import pen
from samples.case import Case
from samples.forms.answers import Answers, Manner
from samples.forms.cell import underlined
from samples.forms.fill import Entry, fill
from samples.forms.mark import Option, begin, signature
from samples.page import TYPED, Book, Sheet

KINDS: frozenset[str] = frozenset({"service", "equipment"})
TITLE = "REQUEST FOR PRE-CERTIFICATION OF MEDICAL SERVICES"
LEFT, RIGHT, PITCH = 46.0, 566.0, 20.0
LABEL, SIZE = "Courier", 9.0
STATUS = (("NEW", "initial"), ("CONTINUED", "extension"), ("RENEWAL", "renewal"), ("REVISED", "amendment"))
Blanks = Sequence[tuple[float, float, Entry]]  # where the label starts, where the rule ends


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on two sheets."""
    ask = Answers(case, Manner.any(rng))
    sheet = begin(book, case, TITLE)
    typed = rng.random() < 0.5 and book.hand.kind == "value"
    _head(sheet, case)
    y = _review(sheet, ask, y=126, rng=rng, typed=typed)
    y = _patient(sheet, ask, y=y, rng=rng, typed=typed)
    y = _physician(sheet, ask, y=y)
    y = _rendering(sheet, ask, y=y)
    _diagnoses(sheet, ask, y=y)
    _foot(sheet, 1)
    sheet = book.sheet("prior-authorization-form")
    y = _repeated(sheet, ask)
    y = _services(sheet, ask, y=y, rng=rng, typed=typed)
    y = _findings(sheet, y=y)
    y = _signature(sheet, ask, y=y, rng=rng)
    _office(sheet, y=y)
    _foot(sheet, 2)


def _head(sheet: Sheet, case: Case) -> None:
    payer = case.payer.upper()
    boxes = sheet.centred(48, payer, font=TYPED, size=14)
    sheet.state("/coverage/payer_name", case.payer, quote=payer, boxes=boxes, kind="printed")
    sheet.centred(62, "MEDICAL REVIEW UNIT", font=LABEL, size=9)
    sheet.centred(80, TITLE, font=TYPED, size=11)
    sheet.centred(94, "TELEPHONE 216-555-0120        FACSIMILE 216-555-0121", font=LABEL, size=8)
    words = "TYPE OR PRINT ALL ENTRIES. ALLOW FIVE WORKING DAYS. SERVICES GIVEN BEFORE A DECISION MAY NOT BE PAID."
    sheet.centred(106, words, font=LABEL, size=7.5)
    sheet.line(LEFT, 110, RIGHT, 110, weight=1.2)


def _heading(sheet: Sheet, y: float, words: str) -> float:
    boxes = sheet.text(LEFT, y, words, font=TYPED, size=10)
    sheet.line(LEFT, y + 2.5, boxes[-1].x1, y + 2.5, weight=0.7)
    return y + PITCH


def _lines(sheet: Sheet, lines: Sequence[Blanks], *, y: float) -> float:
    for blanks in lines:
        for x, end, entry in blanks:
            underlined(sheet, x, y, entry, end=end, font=LABEL, size=SIZE)
        y += PITCH
    return y


def _brackets(
    sheet: Sheet,
    at: tuple[float, float],
    choices: Sequence[Option],
    *,
    rng: random.Random,
    typed: bool,
    path: str | None = None,
    chosen: str | None = None,
) -> float:
    """Options after a pair of brackets, the chosen one with a typed X or a stroke of the pen between them."""
    x, y = at
    for words, value in choices:
        boxes = sheet.text(x, y, f"[  ] {words}", font=LABEL, size=SIZE)
        ticked = chosen is not None and value == chosen
        box = Box(boxes[0].x1 - 2.5, y - 7.5, boxes[1].x0 + 2.5, y + 1.5)
        if ticked and typed:
            sheet.value(box.middle[0] - 2.7, y, "X", font=TYPED, size=9)
        elif ticked:
            pen.tick(sheet, box, rng)
        sheet.mark(box, words, ticked=ticked, path=path if value else None, value=value)
        x = boxes[-1].x1 + 13
    return x


def _review(sheet: Sheet, ask: Answers, *, y: float, rng: random.Random, typed: bool) -> float:
    underlined(sheet, LEFT, y, ask("DATE SUBMITTED", "/submitted_on"), end=250, font=LABEL, size=SIZE)
    sheet.text(266, y, "REVIEW", font=LABEL, size=SIZE)
    choices = (("ROUTINE", "standard"), ("URGENT", "urgent"), ("RETROSPECTIVE", None))
    level = ask.case.level_of_service
    _brackets(sheet, (308, y), choices, rng=rng, typed=typed, path="/level_of_service", chosen=level)
    y += PITCH
    underlined(sheet, LEFT, y, ask("IF URGENT, STATE WHY", "/urgency_reason"), end=RIGHT, font=LABEL, size=SIZE)
    y += PITCH
    sheet.text(LEFT, y, "STATUS", font=LABEL, size=SIZE)
    status = ask.case.certification
    x = _brackets(sheet, (88, y), STATUS, rng=rng, typed=typed, path="/certification_type", chosen=status)
    number = ask("PRIOR REF. NO.", "/references/previous_authorization_number")
    underlined(sheet, x, y, number, end=RIGHT, font=LABEL, size=SIZE)
    return y + PITCH + 4


def _patient(sheet: Sheet, ask: Answers, *, y: float, rng: random.Random, typed: bool) -> float:
    y = _heading(sheet, y, "PATIENT AND SUBSCRIBER")
    lines = (
        (
            (LEFT, 456, ask("PATIENT'S NAME (LAST, FIRST)", "/patient/name/reversed")),
            (464, RIGHT, ask("SEX", "/patient/sex")),
        ),
        (
            (LEFT, 300, ask("PATIENT'S DATE OF BIRTH", "/patient/birth_date")),
            (308, RIGHT, ask("TELEPHONE NO.", "/patient/phone")),
        ),
        (
            (LEFT, 330, ask("SUBSCRIBER I.D. NO.", "/coverage/member_id")),
            (338, RIGHT, ask("GROUP NO.", "/coverage/group_number")),
        ),
        ((LEFT, RIGHT, ask("STREET ADDRESS", "/patient/address/line")),),
        ((LEFT, RIGHT, ask("CITY, STATE, ZIP CODE", "/patient/address/town")),),
    )
    y = _lines(sheet, lines, y=y)
    sheet.text(LEFT, y, "OTHER COVERAGE", font=LABEL, size=SIZE)
    other = "yes" if ask.case.other_payer else "no" if rng.random() < 0.6 else None
    # Neither answer is a value of the request: the carrier's name is.
    x = LEFT + 88
    for words in ("YES", "NO"):
        chosen = (words, "1") if words.lower() == other else (words, None)
        x = _brackets(sheet, (x, y), (chosen,), rng=rng, typed=typed, chosen="1")
    carrier = ask("NAME OF CARRIER", "/coverage/other_coverage/0/payer_name")
    underlined(sheet, x, y, carrier, end=RIGHT, font=LABEL, size=SIZE)
    return y + PITCH + 4


def _physician(sheet: Sheet, ask: Answers, *, y: float) -> float:
    y = _heading(sheet, y, "ORDERING / REQUESTING PHYSICIAN")
    stem = "/requesting_provider"
    lines = (
        ((LEFT, RIGHT, ask("PHYSICIAN'S NAME", f"{stem}/name")),),
        ((LEFT, RIGHT, ask("SPECIALTY", f"{stem}/specialty")),),
        ((LEFT, RIGHT, ask("NAME OF PRACTICE", f"{stem}/organization")),),
        ((LEFT, 300, ask("N.P.I. NO.", f"{stem}/npi")), (308, RIGHT, ask("FEDERAL TAX I.D.", f"{stem}/tin"))),
        ((LEFT, RIGHT, ask("OFFICE ADDRESS", f"{stem}/address")),),
        ((LEFT, 300, ask("TELEPHONE NO.", f"{stem}/phone")), (308, RIGHT, ask("FAX NO.", f"{stem}/fax"))),
        ((LEFT, RIGHT, ask("PERSON TO CALL IN OFFICE", f"{stem}/contact_name")),),
    )
    return _lines(sheet, lines, y=y) + 4


def _rendering(sheet: Sheet, ask: Answers, *, y: float) -> float:
    y = _heading(sheet, y, "PROVIDER OF SERVICE OR SUPPLIER (IF NOT THE ABOVE)")
    stem = "/servicing_provider"
    supplier = ask.case.kind == "equipment"
    name = ask("NAME OF COMPANY", f"{stem}/organization") if supplier else ask("NAME", f"{stem}/name")
    lines = (
        ((LEFT, RIGHT, name),),
        ((LEFT, 300, ask("N.P.I. NO.", f"{stem}/npi")), (308, RIGHT, ask("FEDERAL TAX I.D.", f"{stem}/tin"))),
        ((LEFT, 300, ask("TELEPHONE NO.", f"{stem}/phone")), (308, RIGHT, ask("FAX NO.", f"{stem}/fax"))),
        (
            (LEFT, 420, ask("HOSPITAL OR FACILITY", "/facility/organization")),
            (428, RIGHT, ask("N.P.I.", "/facility/npi")),
        ),
    )
    return _lines(sheet, lines, y=y) + 4


def _diagnoses(sheet: Sheet, ask: Answers, *, y: float) -> float:
    y = _heading(sheet, y, "DIAGNOSES (ICD-10)")
    lines = tuple(
        (
            (LEFT, 168, ask(f"{i + 1}. CODE", f"/diagnoses/{i}/code")),
            (176, RIGHT, ask("DESCRIPTION", f"/diagnoses/{i}/text")),
        )
        for i in range(max(3, len(ask.case.diagnoses)))
    )
    return _lines(sheet, lines, y=y)


def _repeated(sheet: Sheet, ask: Answers) -> float:
    sheet.text(LEFT, 44, "PRE-CERTIFICATION REQUEST, CONTINUED", font=TYPED, size=10)
    line = (
        (LEFT, 380, ask("PATIENT'S NAME", "/patient/name/full")),
        (388, RIGHT, ask("I.D. NO.", "/coverage/member_id")),
    )
    return _lines(sheet, (line,), y=66) + 10


def _services(sheet: Sheet, ask: Answers, *, y: float, rng: random.Random, typed: bool) -> float:
    y = _heading(sheet, y, "SERVICES, SUPPLIES OR EQUIPMENT REQUESTED")
    for i in range(max(4, len(ask.case.lines))):
        stem = f"/service_lines/{i}"
        y = _lines(
            sheet,
            (
                (
                    (LEFT, 190, ask(f"({i + 1}) CPT/HCPCS", f"{stem}/code")),
                    (196, 246, ask("MOD.", f"{stem}/modifiers/0")),
                    (252, RIGHT, ask("DESCRIPTION", f"{stem}/text")),
                ),
                (
                    (LEFT + 20, 130, ask("UNITS", f"{stem}/quantity")),
                    (136, 270, ask("FREQUENCY", f"{stem}/frequency")),
                    (276, 410, ask("FROM", f"{stem}/start_on")),
                    (416, RIGHT, ask("THROUGH", f"{stem}/end_on")),
                ),
            ),
            y=y,
        )
    line = (
        (LEFT, 230, ask("LENGTH OF TREATMENT", "/service_lines/0/duration")),
        (238, 330, ask("VISITS", "/service_lines/0/visits")),
        (338, RIGHT, ask("PART OF BODY", "/service_lines/0/body_site")),
    )
    y = _lines(sheet, (line,), y=y)
    sheet.text(LEFT, y, "EQUIPMENT:", font=LABEL, size=SIZE)
    choices = (("PURCHASE", "purchase"), ("RENTAL", "rental"), ("REPAIR", "repair"))
    chosen = next((line.acquisition for line in ask.case.lines), None)
    path = "/service_lines/0/equipment/acquisition"
    x = _brackets(sheet, (LEFT + 62, y), choices, rng=rng, typed=typed, path=path, chosen=chosen)
    months = ask("NO. OF MONTHS IF RENTED", "/service_lines/0/equipment/months")
    underlined(sheet, x, y, months, end=RIGHT, font=LABEL, size=SIZE)
    return y + PITCH + 8


def _findings(sheet: Sheet, *, y: float) -> float:
    y = _heading(sheet, y, "HISTORY, FINDINGS AND TREATMENT TO DATE")
    words = "GIVE DATES AND RESULTS. ATTACH OFFICE NOTES AND REPORTS; DO NOT SEND ORIGINALS."
    sheet.text(LEFT, y - 6, words, font=LABEL, size=7.5)
    y += 16
    fill(sheet, Box(LEFT + 4, y - 14, RIGHT, y + 3), Entry("", "See attached."))
    for _ in range(5):
        sheet.line(LEFT, y + 2, RIGHT, y + 2, weight=0.6)
        y += PITCH
    return y + 4


def _signature(sheet: Sheet, ask: Answers, *, y: float, rng: random.Random) -> float:
    words = "THE ABOVE IS CORRECT TO THE BEST OF MY KNOWLEDGE AND THE SERVICES ARE NECESSARY FOR THIS PATIENT."
    sheet.text(LEFT, y, words, font=LABEL, size=8)
    y += 38
    underlined(sheet, LEFT, y, Entry("PHYSICIAN'S SIGNATURE"), end=400, font=LABEL, size=SIZE)
    signature(sheet, ask.case, Box(LEFT + 118, y - 24, 400, y + 2), rng=rng)
    underlined(sheet, 408, y, ask("DATE", "/signature/signed_on"), end=RIGHT, font=LABEL, size=SIZE)
    return y + 26


def _office(sheet: Sheet, *, y: float) -> None:
    sheet.frame(Box(LEFT, y, RIGHT, y + 76), weight=1.1)
    sheet.text(LEFT + 6, y + 13, "DO NOT WRITE BELOW - PLAN USE ONLY", font=TYPED, size=9)
    rows = (
        ("RECEIVED", "REVIEWED BY", "REFERENCE NO."),
        ("APPROVED FROM", "THROUGH", "UNITS"),
        ("DENIED", "REASON", "NOTICE SENT"),
    )
    for number, labels in enumerate(rows):
        for place, label in enumerate(labels):
            x = LEFT + 6 + 172 * place
            underlined(sheet, x, y + 31 + 18 * number, Entry(label), end=x + 164, font=LABEL, size=8)


def _foot(sheet: Sheet, number: int) -> None:
    sheet.text(LEFT, 764, "FORM MR-104 (REV. 3/09)", font=LABEL, size=7.5)
    sheet.text(RIGHT - 58, 764, f"PAGE {number} OF 2", font=LABEL, size=7.5)
