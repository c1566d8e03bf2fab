"""A general outpatient form whose small labels stand below the line that they name, in shaded blocks."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.lib.colors import black, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.case import Case, Line
from samples.fictions import Practitioner, phone
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid
from samples.retired.grid import Choice, Part
from samples.retired.office import Office, office, said
from samples.retired.paper import FORM, asking

KINDS = frozenset({"service", "equipment"})
LEFT, RIGHT, _END = 36.0, 576.0, 772.0
_TITLE = "Outpatient Authorization Worksheet"
_HOW = (
    "HOW TO USE THIS WORKSHEET. Write above the line; the words below a line say what belongs on it. One worksheet a "
    "patient and an episode of care. Requests are worked in the order of their arrival unless a priority is marked "
    "below. We answer standard requests within seven calendar days and expedited ones within 72 hours of arrival. "
    "Emergency care needs no authorization. Send the notes of the last visit, results, and the order or plan of care. "
    "Worksheets without name, date of birth, member number, code and diagnosis go back to the sender unread. Services "
    "on the list of delegated care (see the provider manual) are asked for from the delegate."
)
_EXPEDITED = (
    "Expedited review is for care whose delay may put life, health or recovery at risk, in the judgment of a "
    "clinician. It is not for the convenience of the patient, the schedule of an office, or a date already given."
)
_AGREED = (
    "By signing, the provider confirms that the record supports what is asked for here, that the patient has agreed "
    "to the care, and that services are billed only as approved. The plan may look at the record for seven years. "
    "Approval speaks to medical need alone; benefits, limits and eligibility are decided when the claim is paid."
)


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet."""
    book.paper(asking(case, FORM, title=_TITLE))
    sheet, clerk = book.sheet(FORM), office(rng, machine=book.hand.kind == "value")
    top = _head(sheet, case, office=clerk)
    top = _priority(sheet, case, office=clerk, top=top)
    top = _patient(sheet, case, office=clerk, top=top)
    top = _who(sheet, case, office=clerk, top=top)
    top = _diagnoses(sheet, case, office=clerk, top=top)
    top = _lines(sheet, case, office=clerk, top=top)
    top = _extent(sheet, case, office=clerk, top=top)
    top = _notes(sheet, office=clerk, top=top)
    _signature(sheet, case, office=clerk, top=top)


def _head(sheet: Sheet, case: Case, *, office: Office) -> float:
    boxes = sheet.text(LEFT, 40, case.payer, font="Times-BoldItalic", size=14 if len(case.payer) < 32 else 11)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes, kind="printed")
    title = "OUTPATIENT AUTHORIZATION WORKSHEET"
    sheet.text(RIGHT - stringWidth(title, BOLD, 10.5), 38, title, font=BOLD, size=10.5)
    numbers = f"Fax {office.dialled(phone(office.rng))}  -  Questions {office.dialled(phone(office.rng))}"
    sheet.text(RIGHT - stringWidth(numbers, SANS, 7.5), 48, numbers, size=7.5)
    sheet.line(LEFT, 52, RIGHT, 52, weight=1.5)
    return grid.small_print(sheet, Box(LEFT, 54, RIGHT, 100), _HOW, size=6.8) + 4


def _priority(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    box = Box(LEFT, top, RIGHT, top + 58)
    grid.shade(sheet, box, 0.13)
    sheet.frame(box, weight=1)
    sheet.text(LEFT + 5, top + 12, "PRIORITY", font=BOLD, size=8.5)
    urgent = case.level_of_service == "urgent"
    levels = [
        Choice("Standard", not urgent, "/level_of_service", "standard"),
        Choice("Expedited", urgent, "/level_of_service", "urgent"),
        Choice("Already given (retrospective)"),
    ]
    _white_choices(sheet, LEFT + 56, top + 12.5, levels, office=office)
    grid.small_print(sheet, Box(LEFT + 292, top + 3, RIGHT - 4, top + 24), _EXPEDITED, size=5.8)
    reason = office.words("/urgency_reason", case.urgency_reason)
    _below(sheet, Box(LEFT + 5, top + 16, LEFT + 284, top + 34), "clinical reason for expedited review", reason)
    kinds = (("First request", "initial"), ("Extension", "extension"), ("Renewal", "renewal"), ("Change", "amendment"))
    options = [Choice(text, case.certification == one, "/certification_type", one) for text, one in kinds]
    _white_choices(sheet, LEFT + 6, top + 52.5, options, office=office)
    previous = office.words("/references/previous_authorization_number", case.previous_number)
    _below(sheet, Box(LEFT + 292, top + 30, LEFT + 430, top + 48), "number of the earlier authorization", previous)
    date = office.date("/submitted_on", case.on)
    _below(sheet, Box(LEFT + 444, top + 30, RIGHT - 6, top + 48), "date of this request", date)
    return box.bottom + 3


def _patient(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one = case.patient
    sex = one.sex[0].upper() if office.rng.random() < 0.5 else one.sex
    rows = (
        (
            Part(3, "patient's last name, first name", office.person(one)),
            Part(1.2, "date of birth", office.date("/patient/birth_date", one.birth_date, full=True)),
            Part(0.7, "sex", said("/patient/sex", sex, one.sex)),
            Part(1.5, "telephone", office.phone("/patient/phone", one.phone)),
        ),
        (
            Part(1.7, "member number, as on the card", office.words("/coverage/member_id", one.member_id)),
            Part(1.1, "group", office.words("/coverage/group_number", one.group_number)),
            Part(3.4, "street, city, state, ZIP code", office.street("/patient/address", one.address)),
        ),
        (
            Part(
                2.2, "other health insurance", office.words("/coverage/other_coverage/0/payer_name", case.other_payer)
            ),
            Part(1.6, "policy number of the other insurance"),
            Part(2.2, "work injury or accident? date and place"),
        ),
    )
    return _block(sheet, "PATIENT", rows, top=top)


def _who(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    top = _block(sheet, "ASKED FOR BY", _provider(case.requester, "/requesting_provider", office=office), top=top)
    service = _provider(case.servicing, "/servicing_provider", office=office)
    top = _block(sheet, "TO BE GIVEN BY", service, top=top)
    others = (
        (case.facility, "/facility", "place of service, if a facility: name"),
        (case.ordering, "/ordering_provider", "physician who ordered, if another"),
    )
    parts: list[Part] = []
    for who, stem, caption in others:
        named = office.provider(stem, who)
        parts.append(Part(2.2, caption, named))
        parts.append(Part(1, "NPI", said(f"{stem}/npi", who.npi) if who else ""))
    return _block(sheet, "", (tuple(parts),), top=top)


def _provider(who: Practitioner | None, stem: str, *, office: Office) -> tuple[tuple[Part, ...], ...]:
    texts = ("",) * 9
    if who is not None:
        texts = (
            office.provider(stem, who),
            office.words(f"{stem}/specialty", who.specialty),
            said(f"{stem}/npi", who.npi),
            office.tin(f"{stem}/tin", who.tin),
            office.words(f"{stem}/organization", who.organization) if who.family else "",
            office.words(f"{stem}/contact_name", who.contact),
            office.phone(f"{stem}/phone", who.phone),
            office.phone(f"{stem}/fax", who.fax),
            office.street(f"{stem}/address", who.address),
        )
    first = ("provider, with credential", "specialty", "NPI", "tax number")
    names = (*first, "practice or company", "person to call", "phone", "fax", "address")
    shares = (2.4, 1.6, 1.2, 1.2, 2.4, 1.6, 1.2, 1.2, 1)
    parts = tuple(Part(share, name, text) for share, name, text in zip(shares, names, texts, strict=True))
    return parts[:4], parts[4:8], parts[8:]


def _diagnoses(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    rows = []
    for place in range(0, max(2, len(case.diagnoses)), 2):
        parts: list[Part] = []
        for number in (place, place + 1):
            code = text = ""
            if number < len(case.diagnoses):
                one, stem = case.diagnoses[number], f"/diagnoses/{number}"
                code, text = said(f"{stem}/code", one.code), office.words(f"{stem}/text", one.text)
            parts += [Part(0.8, "ICD-10 code", code), Part(2.6, f"diagnosis {number + 1}", text)]
        rows.append(tuple(parts))
    return _block(sheet, "DIAGNOSES", tuple(rows), top=top)


def _lines(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    pairs: list[Line | None] = [*case.lines, *[None] * (3 - len(case.lines))]
    rows = [_line(case, line, f"/service_lines/{place}", office=office) for place, line in enumerate(pairs)]
    return _block(sheet, "SERVICES OR ITEMS", rows, top=top)


def _line(case: Case, line: Line | None, stem: str, *, office: Office) -> tuple[Part, ...]:
    texts = ("",) * 8
    if line is not None:
        side = office.words(f"{stem}/laterality", line.side[0].upper(), line.side) if line.side else ""
        texts = (
            said(f"{stem}/code", line.code),
            said(f"{stem}/modifiers/0", line.modifier),
            office.words(f"{stem}/text", line.text),
            office.words(f"{stem}/body_site", line.body_site),
            side,
            said(f"{stem}/quantity", str(line.quantity)),
            office.date(f"{stem}/start_on", case.starts),
            office.date(f"{stem}/end_on", case.ends),
        )
    names = ("CPT/HCPCS", "modifier", "what is asked for", "part of body", "L / R / B", "units", "from", "to")
    shares = (0.9, 0.7, 2.6, 1.2, 0.55, 0.6, 1.1, 1.1)
    return tuple(Part(share, name, text) for share, name, text in zip(shares, names, texts, strict=True))


def _extent(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    first, stem = (case.lines[0] if case.lines else None), "/service_lines/0"
    visits = said(f"{stem}/visits", str(first.visits)) if first and first.visits else ""
    months = said(f"{stem}/equipment/months", str(first.months)) if first and first.months else ""
    parts = (
        Part(0.8, "visits", visits),
        Part(1.2, "how often", office.rate(f"{stem}/frequency", first.frequency) if first else ""),
        Part(1.2, "for how long", office.words(f"{stem}/duration", first.duration) if first else ""),
        Part(1.8, "setting", office.words(f"{stem}/place_of_service", first.place) if first else ""),
        Part(1.3, "months of rental, equipment", months),
    )
    bottom = _block(sheet, "", (parts,), top=top)
    ways = (("Purchase", "purchase"), ("Rental", "rental"), ("Repair", "repair"))
    path, got = f"{stem}/equipment/acquisition", first.acquisition if first else None
    options = [Choice(text, got == way, path, way) for text, way in ways]
    sheet.text(LEFT + 5, bottom + 8, "Equipment only (first item):", size=7)
    grid.choices(sheet, LEFT + 110, bottom + 8.5, options, office=office)
    return bottom + 12


def _notes(sheet: Sheet, *, office: Office, top: float) -> float:
    """Ruled lines for what else there is to say, as many as leave room for the signature."""
    said_so = office.rng.choice(("See notes attached", "records enclosed", "Please call with any questions", ""))
    text = said_so.upper() if office.upper else said_so
    y = top + 15
    while y < _END - 116:
        sheet.line(LEFT + 5, y, RIGHT - 5, y, weight=0.4)
        grid.fill(sheet, Box(LEFT + 8, y - 12, RIGHT - 8, y), text)
        text, y = "", y + 16
    if y > top + 15:
        sheet.text(
            LEFT + 6, y - 16 + 6.2, "findings that support the request; earlier treatment and its outcome", size=6
        )
        return y - 6
    return top + 2


def _signature(sheet: Sheet, case: Case, *, office: Office, top: float) -> None:
    y = grid.small_print(sheet, Box(LEFT, top, RIGHT, _END), _AGREED, size=6.4)
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    bottom = min(y + 38, 742)
    cells = grid.cut(Box(LEFT, y + 3, RIGHT, bottom), (2.4, 2.2, 1.1))
    names = ("signature of the provider who asks", "name in print", "date signed")
    for cell, caption, text in zip(cells, names, ("", name, date), strict=True):
        _below(sheet, Box(cell.x0, cell.top, cell.x1 - 10, cell.bottom - 7), caption, text)
    grid.signed(sheet, Box(cells[0].x0, cells[0].top, cells[0].x1 - 12, bottom - 8), case, office=office)
    box = Box(LEFT, bottom + 4, RIGHT, _END)
    grid.shade(sheet, box, 0.3)
    sheet.text(LEFT + 4, box.top + 10, "OFFICE", font=BOLD, size=7)
    for cell, caption in zip(grid.cut(Box(LEFT + 44, box.top, RIGHT, box.bottom), (1, 1, 1, 1)), _OFFICE, strict=True):
        sheet.line(cell.x0, box.bottom - 9, cell.x1 - 8, box.bottom - 9, weight=0.5)
        sheet.text(cell.x0, box.bottom - 3, caption, size=5.8)


_OFFICE = ("date and time of arrival", "intake by", "eligibility seen by", "case number")


def _block(sheet: Sheet, title: str, rows: Sequence[Sequence[Part]], *, top: float) -> float:
    """Rows of blanks under a shaded title, or under none; the bottom comes back."""
    if title:
        grid.shade(sheet, Box(LEFT, top, RIGHT, top + 10.5), 0.22)
        sheet.text(LEFT + 4, top + 8, title, font=BOLD, size=7.5)
        top += 10.5
    for parts in rows:
        for cell, part in zip(grid.cut(Box(LEFT + 5, top, RIGHT + 3, top + 17), _shares(parts)), parts, strict=True):
            _below(sheet, Box(cell.x0, cell.top, cell.x1 - 8, cell.bottom), part.caption, part.text)
        top += 24.2
    return top + 1


def _shares(parts: Sequence[Part]) -> list[float]:
    return [part.share for part in parts]


def _below(sheet: Sheet, box: Box, caption: str, text: str) -> None:
    """A blank ruled at the bottom of a box, its caption below it."""
    sheet.line(box.x0, box.bottom, box.x1, box.bottom, weight=0.6)
    sheet.text(box.x0 + 1, box.bottom + 6.2, caption, size=6)
    grid.fill(sheet, Box(box.x0 + 3, box.top + 1, box.x1 - 1, box.bottom), text)


def _white_choices(sheet: Sheet, x: float, y: float, options: Sequence[Choice], *, office: Office) -> None:
    """Options whose boxes are white on the shaded ground."""
    at = x
    for one in options:
        sheet.canvas.setFillColor(white)
        sheet.canvas.rect(at, sheet.height - y - 0.5, 7, 7, stroke=0, fill=1)
        sheet.canvas.setFillColor(black)
        at = grid.choices(sheet, at, y, (one,), office=office, gap=10)
