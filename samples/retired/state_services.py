"""The services, the clinical sections and the signature of the state's form, over the end of page 1 and page 2."""

from __future__ import annotations

from models.geometry import Box
from samples.case import Case, Line
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.grid import Choice, Part
from samples.retired.office import Office, said

LEFT, RIGHT = 30.0, 582.0
_PLACES = (
    ("Inpatient", "inpatient"),
    ("Outpatient", "outpatient"),
    ("Provider Office", "office"),
    ("Observation", "observation"),
    ("Home", "home"),
    ("Day Surgery", "surgery"),
)
_THERAPIES = (
    ("Physical Therapy", "physical"),
    ("Occupational Therapy", "occupational"),
    ("Speech Therapy", "speech"),
    ("Cardiac Rehab", "cardiac"),
    ("Mental Health/Substance Use", "mental"),
)
_CLINICAL = (
    "Send with this form what shows the need for the service: the history, the findings of the last examination, "
    "results of laboratory tests and imaging, earlier treatments with their dates and outcome, and for an extension "
    "the progress made since the last approval. Records older than twelve months are seldom of use. Put the patient's "
    "name and the member or Medicaid ID # on every page. Do not send original films."
)
_CERTIFIED = (
    "I certify that the statements on this form are true to the best of my knowledge, that the records sent with it "
    "are true copies from the patient's chart, and that I or a person in my charge has told the patient of this "
    "request. Whoever knowingly makes a false statement to obtain payment may be liable to penalties."
)
_INSTRUCTIONS = (
    "SECTION I. The issuer's name, phone and fax are on the patient's card or on its web page.",
    "SECTION II. An urgent request needs a clinical reason. For an extension, a renewal or an amendment give the "
    "number of the authorization that it continues.",
    "SECTION III. Copy the member or Medicaid ID # from the card with all its letters. The subscriber is the person "
    "who holds the coverage.",
    "SECTION IV. An NPI has ten digits. If the service provider is not yet known, give the kind of provider. If the "
    "requesting provider gives the service, write the name again.",
    "SECTION V. One code a row. Dates are those on which the service is planned. Therapy: sessions asked for now, not "
    "those already used. Equipment: give the order of a physician; rent or purchase by modifier RR or NU.",
    "SECTION VI. Five pages or fewer are enough for most requests. The issuer may call the requesting provider. A "
    "reviewer who intends to refuse offers a conversation with a physician first.",
)


def services(book: Book, sheet: Sheet, case: Case, *, office: Office, top: float) -> None:
    """Fill in Section V on the first sheet, and what follows on a second."""
    top = grid.heading(
        sheet, Box(LEFT, top, RIGHT, top + 11), "SECTION V.  SERVICES REQUESTED (WITH CPT, CDT OR HCPCS CODE)"
    )
    top = _table(sheet, case, office=office, top=top)
    _places(sheet, case, office=office, top=top)
    sheet.text(LEFT, 770, "UPA-7  Uniform Prior Authorization Request", size=6)
    sheet.text(RIGHT - 92, 770, "Continue on page 2 of this form.", size=6)
    second = book.sheet(sheet.part)
    top = _running_head(second, case, office=office)
    top = _therapy(second, case, office=office, top=top)
    top = _home_health(second, case, office=office, top=top)
    top = _equipment(second, case, office=office, top=top)
    top = _clinical(second, case, office=office, top=top + 4)
    top = _signature(second, case, office=office, top=top + 4)
    _office_use(second, top=top + 6)


def _table(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    heads = (
        (3.1, "Planned Service or Procedure"),
        (1.0, "Code"),
        (0.65, "Mod."),
        (0.6, "Units"),
        (1.25, "Start Date"),
        (1.25, "End Date"),
        (2.7, "Diagnosis Description\n(ICD version 10 )"),
        (1.0, "Code"),
    )
    count = max(7, len(case.lines), len(case.diagnoses))
    high = min(25.0, (742 - top - 17) / count)
    rows = [_table_row(case, number, office=office) for number in range(count)]
    return grid.lattice(sheet, Box(LEFT, top, RIGHT, top + 17), heads, rows, high=high)


def _table_row(case: Case, number: int, *, office: Office) -> tuple[str, ...]:
    service: tuple[str, ...] = ("",) * 6
    if number < len(case.lines):
        line, stem = case.lines[number], f"/service_lines/{number}"
        service = (
            _described(line, stem, office=office),
            said(f"{stem}/code", line.code),
            said(f"{stem}/modifiers/0", line.modifier),
            said(f"{stem}/quantity", str(line.quantity)),
            office.date(f"{stem}/start_on", case.starts),
            office.date(f"{stem}/end_on", case.ends),
        )
    if number >= len(case.diagnoses):
        return (*service, "", "")
    one, stem = case.diagnoses[number], f"/diagnoses/{number}"
    return (*service, office.words(f"{stem}/text", one.text), said(f"{stem}/code", one.code))


def _described(line: Line, stem: str, *, office: Office) -> str:
    text = office.words(f"{stem}/text", line.text)
    if line.side and line.side not in line.text.casefold():
        text = f"{text}, {office.words(f'{stem}/laterality', line.side)}"
    return text


def _places(sheet: Sheet, case: Case, *, office: Office, top: float) -> None:
    place = case.lines[0].place if case.lines else ""
    found = next((word for _, word in _PLACES if word in place.casefold()), "")
    path = "/service_lines/0/place_of_service"
    options = [Choice(text, word == found, path, text) for text, word in _PLACES]
    other = bool(place) and not found
    options.append(Choice("Other:", other))
    sheet.frame(Box(LEFT, top, RIGHT, top + 15), weight=0.5)
    x = grid.choices(sheet, LEFT + 4, top + 10.5, options, office=office, gap=10)
    if other:
        grid.fill(sheet, Box(x - 5, top + 1, RIGHT - 4, top + 13.5), office.words(path, place))


def _running_head(sheet: Sheet, case: Case, *, office: Office) -> float:
    sheet.text(LEFT, 30, "UNIFORM PRIOR AUTHORIZATION REQUEST FOR HEALTH CARE SERVICES", font=BOLD, size=8)
    sheet.text(RIGHT - 44, 30, "Page 2 of 2", size=6.5)
    one = case.patient
    parts = (
        Part(3, "Patient Name:", office.person(one)),
        Part(1.4, "DOB:", office.date("/patient/birth_date", one.birth_date, full=True)),
        Part(2, "Member or Medicaid ID #:", office.words("/coverage/member_id", one.member_id)),
    )
    top = grid.captioned_row(sheet, Box(LEFT, 36, RIGHT, 60), parts)
    return grid.heading(sheet, Box(LEFT, top + 4, RIGHT, top + 15), "SECTION V.  SERVICES REQUESTED, continued")


def _therapy(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    line = case.lines[0] if case.lines else None
    therapy = _discipline(line) if line else ""
    sheet.frame(Box(LEFT, top, RIGHT, top + 17), weight=0.5)
    options = [Choice(text, word == therapy) for text, word in _THERAPIES]
    grid.choices(sheet, LEFT + 4, top + 12, options, office=office, gap=14)
    stem = "/service_lines/0"
    texts = ["", "", ""]
    if line and therapy:
        visits = said(f"{stem}/visits", str(line.visits)) if line.visits else ""
        texts = [
            visits,
            office.words(f"{stem}/duration", line.duration),
            office.rate(f"{stem}/frequency", line.frequency),
        ]
    captions = ("Number of Sessions:", "Duration:", "Frequency:")
    parts = [Part(1, caption, text) for caption, text in zip(captions, texts, strict=True)]
    return grid.captioned_row(sheet, Box(LEFT, top + 17, RIGHT, top + 41), (*parts, Part(1.2, "Other:")))


def _discipline(line: Line) -> str:
    """Which therapy a line is, by its modifier or else in its words; empty for none."""
    by_modifier = {"GP": "physical", "GO": "occupational", "GN": "speech"}
    about = line.text.casefold()
    in_words = next((word for _, word in _THERAPIES if f"{word} therapy" in about), "")
    return by_modifier.get(line.modifier, in_words)


def _home_health(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    line = case.lines[0] if case.lines else None
    at_home = line is not None and line.place.casefold() == "home" and case.kind == "service"
    title = "Home Health (attach the physician's signed order and the nursing assessment)"
    orders = ("Signed order attached?", "Nursing assessment attached?")
    top = _asked(sheet, title, orders, chosen=at_home, office=office, top=top)
    stem = "/service_lines/0"
    texts = ["", "", ""]
    if at_home and line:
        visits = said(f"{stem}/visits", str(line.visits)) if line.visits else ""
        texts = [
            visits,
            office.words(f"{stem}/duration", line.duration),
            office.rate(f"{stem}/frequency", line.frequency),
        ]
    captions = ("Number of Visits:", "Duration:", "Frequency:")
    parts = [Part(1, caption, text) for caption, text in zip(captions, texts, strict=True)]
    return grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 24), (*parts, Part(1.2, "Other:")))


def _equipment(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    asked = case.kind == "equipment"
    title = "Durable Medical Equipment (attach the physician's signed order)"
    orders = ("Signed order attached?", "State equipment form attached?")
    top = _asked(sheet, title, orders, chosen=asked, office=office, top=top)
    names, months = "", ""
    if asked:
        stems = [f"/service_lines/{number}" for number in range(len(case.lines))]
        pairs = list(zip(stems, case.lines, strict=True))
        names = "; ".join(f"{said(f'{s}/code', one.code)} {office.words(f'{s}/text', one.text)}" for s, one in pairs)
        months = "; ".join(
            said(f"{s}/equipment/months", f"{one.months} months", str(one.months)) for s, one in pairs if one.months
        )
    parts = (Part(3, "Equipment/Supplies (include any HCPCS Codes):", names), Part(1, "Duration:", months))
    top = grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 34), parts)
    who = case.ordering
    texts = ("", "", "")
    if who is not None:
        stem = "/ordering_provider"
        texts = (
            office.provider(stem, who),
            office.words(f"{stem}/npi", who.npi),
            office.phone(f"{stem}/phone", who.phone),
        )
    captions = ("Ordering Physician (if not the requesting provider):", "NPI #:", "Phone:")
    row = [Part(share, c, text) for share, c, text in zip((3, 1.2, 1.4), captions, texts, strict=True)]
    return grid.captioned_row(sheet, Box(LEFT, top, RIGHT, top + 24), row)


def _asked(sheet: Sheet, title: str, questions: tuple[str, ...], *, chosen: bool, office: Office, top: float) -> float:
    sheet.frame(Box(LEFT, top, RIGHT, top + 26), weight=0.5)
    options = [Choice(title, chosen)]
    grid.choices(sheet, LEFT + 4, top + 10.5, options, office=office)
    x = LEFT + 18.0
    for question in questions:
        sheet.text(x, top + 21.5, question, size=7.2)
        answers = (Choice("Yes", chosen), Choice("No"))
        x = grid.choices(sheet, x + 116, top + 21.5, answers, office=office, gap=9) + 30
    return top + 26


def _clinical(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = grid.heading(sheet, Box(LEFT, top, RIGHT, top + 11), "SECTION VI.  CLINICAL DOCUMENTATION (SEE INSTRUCTIONS)")
    box = Box(LEFT, top, RIGHT, top + 226)
    sheet.frame(box, weight=0.5)
    y = grid.small_print(sheet, Box(LEFT + 4, top + 3, RIGHT - 4, box.bottom), _CLINICAL, size=7.2)
    kinds = ("History and physical", "Office notes", "Laboratory", "Imaging", "Treatment plan", "Photographs")
    options = [Choice(kind, office.rng.random() < 0.4) for kind in kinds]
    sheet.text(LEFT + 4, y + 16, "Attached:", font=BOLD, size=7.2)
    grid.choices(sheet, LEFT + 44, y + 16, options, office=office, gap=14)
    sheet.text(LEFT + 4, y + 30, 'Brief clinical summary (or write "see attached"):', size=7.2)
    lines = [y + 46 + 17 * step for step in range(8)]
    for line in lines:
        sheet.line(LEFT + 8, line, RIGHT - 8, line, weight=0.4)
    grid.fill(sheet, Box(LEFT + 12, lines[0] - 13, RIGHT - 10, lines[0]), _summary(office))
    caller = "An issuer needing more information may call the requesting provider directly at:"
    sheet.text(LEFT + 4, box.bottom - 5, caller, font=BOLD, size=7)
    direct = office.phone("/requesting_provider/phone", case.requester.phone)
    grid.fill(sheet, Box(LEFT + 286, box.bottom - 15, RIGHT - 10, box.bottom - 1.5), direct)
    return box.bottom


def _summary(office: Office) -> str:
    text = office.rng.choice(("see attached", "See attached notes", "Please see office notes enclosed", "see attached"))
    return text.upper() if office.upper else text


def _signature(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    box = Box(LEFT, top, RIGHT, top + 64)
    sheet.frame(box, weight=0.7)
    grid.small_print(sheet, Box(LEFT + 4, top + 3, RIGHT - 4, top + 26), _CERTIFIED, size=6.6)
    cells = grid.cut(Box(LEFT, top + 28, RIGHT, top + 64), (2.6, 2, 1.2))
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    captions = ("Signature of Requesting Provider or Designee:", "Printed Name and Credential:", "Date:")
    for cell, caption, text in zip(cells, captions, ("", name, date), strict=True):
        grid.captioned(sheet, cell, caption, text)
    grid.signed(
        sheet, Box(cells[0].x0 + 6, cells[0].top + 8, cells[0].x1 - 4, cells[0].bottom - 2), case, office=office
    )
    return box.bottom


def _office_use(sheet: Sheet, *, top: float) -> None:
    grid.shade(sheet, Box(LEFT, top, RIGHT, top + 38), 0.12)
    sheet.text(LEFT + 4, top + 9, "FOR ISSUER USE ONLY", font=BOLD, size=6.8)
    captions = ("Received:", "Reference #:", "Reviewer:", "Decision:", "Valid through:")
    for cell, caption in zip(
        grid.cut(Box(LEFT, top + 13, RIGHT, top + 38), (1, 1.4, 1.2, 1, 1)), captions, strict=True
    ):
        grid.captioned(sheet, cell, caption)
    y = top + 49
    sheet.text(LEFT, y, "INSTRUCTIONS", font=BOLD, size=7)
    left, right = grid.cut(Box(LEFT, y + 2, RIGHT, 770), (1, 1))
    for column, texts in ((left, _INSTRUCTIONS[:3]), (right, _INSTRUCTIONS[3:])):
        y = column.top
        for text in texts:
            y = grid.small_print(sheet, Box(column.x0, y + 3, column.x1 - 10, 770), text, size=7, font=SANS)
    sheet.text(
        LEFT, 774, "UPA-7 (rev. 03/2026)   Keep a copy. Send the form to the issuer, not to the Division.", size=6
    )
