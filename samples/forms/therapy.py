"""A request for outpatient therapy: a column of section names at the left, disciplines to tick, visits and frequency,
and what came before when it is an extension.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case
from samples.forms.answers import Answers, Manner
from samples.forms.cell import row, table
from samples.forms.fill import Entry, fill
from samples.forms.mark import begin, options, shade, signature
from samples.page import BOLD, SANS, SERIF, TYPED, Book, Sheet

KINDS: frozenset[str] = frozenset({"service"})
# The scenarios (samples.scenarios.catalogue) for which an office would take this form.
SERVICES: frozenset[str] = frozenset({"physical-therapy"})
TITLE = "Outpatient Therapy Authorization Request"
LEFT, INNER, RIGHT, HIGH = 30.0, 122.0, 582.0, 25.5
SIDE = Color(0.90, 0.90, 0.90)
DISCIPLINES = (("PT", "GP"), ("OT", "GO"), ("ST", "GN"))
LABELS = {"PT": "Physical therapy (PT)", "OT": "Occupational therapy (OT)", "ST": "Speech therapy (ST)"}
SPECIALTIES = {"physical": "PT", "occupational": "OT", "speech": "ST"}
INSTRUCTIONS = (
    "Use one form for each discipline. Initial requests need the evaluation with measurable goals; extensions need the "
    "latest progress report and a count of the visits used. Fax all pages together. Group and maintenance programs are "
    "not covered."
)
ATTESTATION = (
    "I certify that this plan of treatment is needed, that it will be given by or under the supervision of a licensed "
    "therapist, and that it was reviewed with the patient."
)
Pairs = Sequence[tuple[float, Entry]]


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    sheet = begin(book, case, TITLE)
    ask = Answers(case, Manner.any(rng))
    top = _head(sheet, ask, rng=rng)
    top = _request(sheet, ask, top=top, rng=rng)
    top = _patient(sheet, ask, top=top, rng=rng)
    top = _provider(sheet, ask, top=top, title=("REFERRING", "PROVIDER"), stem="/requesting_provider")
    top = _provider(sheet, ask, top=top, title=("TREATING", "THERAPIST /", "CLINIC"), stem="/servicing_provider")
    top = _condition(sheet, ask, top=top, rng=rng)
    top = _treatment(sheet, ask, top=top)
    top = _codes(sheet, ask, top=top)
    top = _function(sheet, top=top, rng=rng)
    top = _attested(sheet, ask, top=top, rng=rng)
    if top < 740:
        _plan_use(sheet, top=top)
    sheet.text(LEFT, 780, "OPT-9 (rev. 01/26)   Page 1 of 1", size=6.5)
    sheet.text(
        RIGHT - 220, 780, "A decision is sent by fax to the treating clinic and by mail to the member.", size=6.5
    )


def discipline(case: Case) -> str | None:
    """PT, OT or ST, as the modifier of a line (GP, GO, GN) or else a provider's specialty tells."""
    modifiers = {line.modifier for line in case.lines}
    for name, modifier in DISCIPLINES:
        if modifier in modifiers:
            return name
    providers = [who for who in (case.servicing, case.requester) if who is not None]
    return next(
        (name for who in providers for word, name in SPECIALTIES.items() if word in who.specialty.lower()), None
    )


def _head(sheet: Sheet, ask: Answers, *, rng: random.Random) -> float:
    case = ask.case
    sheet.text(LEFT, 44, TITLE.upper(), font="Times-Bold", size=14)
    boxes = sheet.text(LEFT, 58, case.payer, font="Times-Bold", size=11)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes, kind="printed")
    sheet.text(LEFT, 69, "Rehabilitation Review Unit   Fax (614) 555-0164   Voice (614) 555-0165", font=SERIF, size=8.5)
    box = Box(408, 30, RIGHT, 72)
    sheet.frame(box, weight=1.2)
    sheet.text(413, 40, "Discipline requested (mark one)", font=BOLD, size=7.5)
    chosen = discipline(case)
    choices = tuple((LABELS[name], name) for name, _ in DISCIPLINES)
    for number, choice in enumerate(choices):
        options(sheet, (416, 50 + 9.5 * number), (choice,), rng=rng, chosen=chosen, size=7.5, side=7)
    return sheet.paragraph(LEFT, 82, INSTRUCTIONS, width=RIGHT - LEFT, font=SERIF, size=7.8, leading=9) - 4


def _request(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    case = ask.case
    _section(sheet, ("REQUEST",), top=top, rows=2)
    kind, level = row(Box(INNER, top, RIGHT, top + HIGH), (1.35, 1))
    choices = (
        ("Initial certification", "initial"),
        ("Extension", "extension"),
        ("Renewal", "renewal"),
        ("Change", "amendment"),
    )
    at = (kind.x0 + 5, kind.bottom - 9)
    options(sheet, at, choices, rng=rng, path="/certification_type", chosen=case.certification, size=7.5, gap=6)
    sheet.frame(kind, weight=0.5)
    levels = (("Routine", "standard"), ("Urgent (state why)", "urgent"))
    at = (level.x0 + 5, level.bottom - 9)
    options(sheet, at, levels, rng=rng, path="/level_of_service", chosen=case.level_of_service)
    sheet.frame(level, weight=0.5)
    return _rows(sheet, (
        (
            (0.8, ask("Date submitted", "/submitted_on")),
            (1.2, ask("Previous authorization # (extension)", "/references/previous_authorization_number")),
            (2, ask("Why urgent", "/urgency_reason")),
        ),
    ), top=top + HIGH)  # fmt: skip


def _patient(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    _section(sheet, ("PATIENT",), top=top, rows=3)
    name, born, sex = row(Box(INNER, top, RIGHT, top + HIGH), (2.5, 1.1, 1.2))
    _cell(sheet, name, ask("Patient's name", "/patient/name/full"))
    _cell(sheet, born, ask("Birth date", "/patient/birth_date"))
    _cell(sheet, sex, Entry("Gender"))
    choices, chosen = (("Female", "female"), ("Male", "male")), ask.case.patient.sex
    at = (sex.x0 + 4, sex.bottom - 5)
    options(sheet, at, choices, rng=rng, path="/patient/sex", chosen=chosen, size=7.5, gap=6)
    return _rows(sheet, (
        (
            (1.3, ask("Subscriber / member ID", "/coverage/member_id")),
            (1, ask("Group", "/coverage/group_number")),
            (1.1, ask("Telephone", "/patient/phone")),
            (1.4, ask("Other coverage", "/coverage/other_coverage/0/payer_name")),
        ),
        ((2, ask("Street", "/patient/address/line")), (2, ask("City, state, ZIP", "/patient/address/town"))),
    ), top=top + HIGH)  # fmt: skip


def _provider(sheet: Sheet, ask: Answers, *, top: float, title: Sequence[str], stem: str) -> float:
    _section(sheet, title, top=top, rows=3)
    return _rows(sheet, (
        (
            (1.7, ask("Name and credential", f"{stem}/name")),
            (1.8, ask("Practice or clinic", f"{stem}/organization")),
            (1.2, ask("Specialty", f"{stem}/specialty")),
        ),
        (
            (1, ask("NPI", f"{stem}/npi")),
            (0.9, ask("TIN", f"{stem}/tin")),
            (1.1, ask("Telephone", f"{stem}/phone")),
            (1.1, ask("Fax", f"{stem}/fax")),
        ),
        ((2.6, ask("Address", f"{stem}/address")), (1.2, ask("Person to call", f"{stem}/contact_name"))),
    ), top=top)  # fmt: skip


def _condition(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    """The diagnoses, and which part of which side is to be treated."""
    case = ask.case
    count = max(2, len(case.diagnoses))
    _section(sheet, ("CONDITION",), top=top, rows=count * 0.8 + 1)
    for number in range(count):
        stem = f"/diagnoses/{number}"
        label = "Primary diagnosis, ICD-10" if number == 0 else "Other diagnosis, ICD-10"
        entries = ((1, ask(label, f"{stem}/code")), (3.4, ask("Description", f"{stem}/text")))
        top = _rows(sheet, (entries,), top=top, high=HIGH * 0.8)
    part, side, onset, surgery = row(Box(INNER, top, RIGHT, top + HIGH), (1.4, 1.6, 1, 1))
    first = case.lines[0] if case.lines else None
    _cell(sheet, part, ask("Body part treated", "/service_lines/0/body_site"))
    _cell(sheet, side, Entry("Side"))
    choices = (("Left", "left"), ("Right", "right"), ("Both", "bilateral"))
    at, path = (side.x0 + 4, side.bottom - 5), "/service_lines/0/laterality"
    options(sheet, at, choices, rng=rng, path=path, chosen=first.side if first else None, size=7.5, gap=6)
    _cell(sheet, onset, Entry("Onset date"))
    _cell(sheet, surgery, Entry("Surgery date, if any"))
    return top + HIGH


def _treatment(sheet: Sheet, ask: Answers, *, top: float) -> float:
    _section(sheet, ("TREATMENT", "REQUESTED"), top=top, rows=2)
    line = ask.case.lines[0] if ask.case.lines else None
    evaluated = ask.manner.cased(ask.manner.day(line.evaluated_on)) if line and line.evaluated_on else ""
    used = str(line.visits_used) if line and line.visits_used is not None else ""
    return _rows(sheet, (
        (
            (1, ask("Visits requested", "/service_lines/0/visits")),
            (1.2, ask("Frequency (times per week)", "/service_lines/0/frequency")),
            (1.2, ask("Duration", "/service_lines/0/duration")),
            (1.2, Entry("Evaluation date", evaluated)),
        ),
        (
            (1, Entry("Visits used so far", used)),
            (1.2, ask("From", "/service_lines/0/start_on")),
            (1.2, ask("Through", "/service_lines/0/end_on")),
            (1.2, ask("Place of service", "/service_lines/0/place_of_service")),
        ),
    ), top=top)  # fmt: skip


def _codes(sheet: Sheet, ask: Answers, *, top: float) -> float:
    leaves = ("code", "modifiers/0", "text", "quantity", "visits")
    count = max(4, len(ask.case.lines))
    high = 17.0 if count <= 4 else 68 / count
    visits = ask("", "/service_lines/0/visits").text
    rows = []
    for number in range(count):
        entries = [ask("", f"/service_lines/{number}/{leaf}") for leaf in leaves]
        rows.append((*entries[:-1], entries[-1] if number and entries[-1].text != visits else Entry("")))
    _section(sheet, ("SERVICES",), top=top, rows=(high * (count + 1)) / HIGH)
    box = Box(INNER, top, RIGHT, top + high)
    heads = ("CPT / HCPCS", "Mod.", "Treatment", "Units", "Visits*")
    bottom = table(sheet, box, heads, rows, shares=(1.1, 0.6, 3.2, 0.7, 0.7), count=count, font=TYPED)
    sheet.text(INNER, bottom + 8, "* only where it differs from the visits requested above", font=SERIF, size=7)
    return bottom + 12


def _function(sheet: Sheet, *, top: float, rng: random.Random) -> float:
    rows = 2.2 if top < 610 else 1.1
    _section(sheet, ("FUNCTION", "AND GOALS"), top=top, rows=rows)
    bottom = top + rows * HIGH
    sheet.text(INNER + 5, top + 10, "Tests enclosed:", size=7.5)
    tests = (("Range of motion", "range"), ("Strength", "strength"), ("Balance", "balance"), ("Pain scale", "pain"))
    options(sheet, (INNER + 68, top + 10), tests, rng=rng, chosen=rng.choice(("range", "pain", None)), size=7.5)
    sheet.text(INNER + 5, top + 22, "Goals, and progress since the last review:", size=7.5)
    room = Box(INNER + 158, top + 13, RIGHT - 3, top + 26)
    fill(sheet, room, Entry("", rng.choice(("", "see evaluation", "See attached plan of care"))), size=9)
    for y in (top + 36, bottom - 6) if rows > 2 else ():
        sheet.line(INNER + 5, y, RIGHT - 5, y, weight=0.4)
    return bottom


def _plan_use(sheet: Sheet, *, top: float) -> None:
    box = Box(LEFT, top + 4, RIGHT, top + 27)
    sheet.frame(box, weight=0.5)
    sheet.text(LEFT + 4, top + 13, "For plan use", font="Times-Italic", size=8)
    for x, words in ((LEFT + 4, "Visits approved"), (180, "From"), (280, "To"), (380, "Reviewer and date")):
        sheet.text(x, top + 23.5, words, font=SERIF, size=7.5)
        end = x + stringWidth(words, SERIF, 7.5)
        sheet.line(end + 3, top + 24, end + 70, top + 24, weight=0.4)


def _attested(sheet: Sheet, ask: Answers, *, top: float, rng: random.Random) -> float:
    y = sheet.paragraph(LEFT, top + 8, ATTESTATION, width=RIGHT - LEFT, font=SERIF, size=8, leading=9.5)
    bottom = y + 26
    signed, name, dated = row(Box(LEFT, y - 6, RIGHT, bottom), (2.2, 1.8, 1.1))
    labels = ("Signature of referring provider or therapist", "Name in print", "Date")
    blanks = ("", "/signature/name", "/signature/signed_on")
    for cell, label, blank in zip((signed, name, dated), labels, blanks, strict=True):
        sheet.line(cell.x0, cell.bottom, cell.x1 - 10, cell.bottom, weight=0.7)
        sheet.text(cell.x0, cell.bottom + 8, label, font=SERIF, size=7.5)
        if blank:
            fill(sheet, Box(cell.x0 + 4, cell.top + 4, cell.x1 - 12, cell.bottom + 1), ask(label, blank))
    signature(sheet, ask.case, Box(signed.x0, signed.top, signed.x1 - 10, signed.bottom), rng=rng)
    return bottom + 10


def _section(sheet: Sheet, title: Sequence[str], *, top: float, rows: float) -> None:
    """The name of a section in the column at the left, as high as its rows."""
    box = Box(LEFT, top, INNER, top + rows * HIGH)
    shade(sheet, box, SIDE)
    sheet.frame(box, weight=1)
    for number, words in enumerate(title):
        sheet.text(LEFT + 5, top + 12 + 11 * number, words, font=BOLD, size=8.5)
    sheet.frame(Box(INNER, top, RIGHT, box.bottom), weight=1)


def _rows(sheet: Sheet, rows: Sequence[Pairs], *, top: float, high: float = HIGH) -> float:
    for entries in rows:
        cells = row(Box(INNER, top, RIGHT, top + high), tuple(share for share, _ in entries))
        for cell, (_, entry) in zip(cells, entries, strict=True):
            _cell(sheet, cell, entry)
        top += high
    return top


def _cell(sheet: Sheet, cell: Box, entry: Entry) -> None:
    sheet.frame(cell, weight=0.5)
    size = min(6.8, 6.8 * (cell.width - 6) / stringWidth(entry.label, SANS, 6.8))
    sheet.text(cell.x0 + 3, cell.top + 7.5, entry.label, size=size)
    fill(sheet, Box(cell.x0 + 5, cell.top + 8.5, cell.x1 - 2, cell.bottom), entry)
