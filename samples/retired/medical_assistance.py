"""A state's request for equipment, supplies and services under medical assistance: numbered items, providers side by
side, a table with heads over two rows, and a sheet of instructions behind.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from models.geometry import Box
from samples.case import Case, Line
from samples.fictions import Practitioner
from samples.page import BOLD, SANS, Book, Sheet
from samples.retired import grid, instructions
from samples.retired.blank import chosen, headed_row, ticks_behind
from samples.retired.grid import Choice, Part
from samples.retired.office import Office, office, said
from samples.retired.paper import FORM, asking
from samples.retired.written import Provider, diagnosis, patient, previous_number, provider, service

KINDS = frozenset({"equipment", "service"})
LEFT, RIGHT = 28.0, 584.0
_TITLE = "Request for Prior Approval: Equipment, Supplies and Services"
_PLACES = ("Home", "Office", "Outpatient hospital", "Nursing facility", "School")
_FIRST = (
    "For use by providers enrolled in the Medical Assistance Program and in the health plans under contract with it. "
    "Approval must be obtained BEFORE the item is dispensed or the service rendered. See instructions on reverse."
)
_CERTIFY = (
    "This is to certify that the foregoing information is true, accurate and complete; that the item or service is "
    "medically indicated for the recipient, is the least costly that meets the need, and is not for convenience; and "
    "that I understand that payment will be from federal and state funds and that any falsification or concealment of "
    "a material fact may be prosecuted under federal and state laws."
)
# Heads of the table: (share, first row, second row); a first row that is the same as its neighbour's spans both.
_HEADS = (
    (0.35, "Ln", ""),
    (1.15, "22. Dates of service", "From"),
    (1.15, "22. Dates of service", "Through"),
    (0.6, "23. No. of", "units"),
    (3.3, "24. Description of item, supply", "or service (make, model, size)"),
    (0.5, "25. Buy", "or rent*"),
    (0.5, "26. Mos.", "rented"),
    (0.95, "27. Procedure", "Code"),
    (0.6, "27. Procedure", "Mod."),
    (0.95, "28. Usual", "charge"),
)


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on one sheet; its instructions are a second."""
    book.paper(asking(case, FORM, title=_TITLE))
    sheet, clerk = book.sheet(FORM), office(rng, machine=book.hand.kind == "value")
    top = _head(sheet, case, office=clerk)
    top = _recipient(sheet, case, office=clerk, top=top)
    top = _providers(sheet, case, office=clerk, top=top)
    top = _need(sheet, case, office=clerk, top=top)
    top = _table(sheet, case, office=clerk, top=top)
    top = _course(sheet, case, office=clerk, top=top)
    _close(sheet, case, office=clerk, top=top)
    instructions.draw(book.sheet(FORM))


def _head(sheet: Sheet, case: Case, *, office: Office) -> float:
    sheet.centred(30, "DEPARTMENT OF HEALTH AND FAMILY SERVICES", font="Times-Bold", size=10)
    sheet.centred(40, "Division of Medical Assistance - Prior Approval Unit", font="Times-Roman", size=8.5)
    sheet.centred(54, "REQUEST FOR PRIOR APPROVAL", font="Times-Bold", size=13)
    sheet.centred(64, "Durable Equipment, Medical Supplies and Services", font="Times-Roman", size=9)
    sheet.text(LEFT, 30, "DMA-3046 (2-26)", size=6.5)
    sheet.text(LEFT, 38, "Prior editions obsolete", size=6)
    control = Box(466, 22, RIGHT, 50)
    sheet.frame(control, weight=0.9)
    sheet.text(469, 29, "CONTROL NUMBER (DEPARTMENT USE)", size=5.6)
    top = grid.small_print(sheet, Box(LEFT, 67, RIGHT, 90), _FIRST, size=6.6) + 3
    sheet.text(LEFT, top + 8, "1. This request is:", font=BOLD, size=7.5)
    kinds = (
        ("New", "initial"),
        ("Continued need", "renewal"),
        ("More units or days", "extension"),
        ("Revised", "amendment"),
    )
    options = chosen(kinds, "/certification_type", case.certification)
    ticks_behind(sheet, LEFT + 74, top + 8, options, office=office)
    speeds = (("Routine", "standard"), ("URGENT", "urgent"))
    sheet.text(414, top + 8, "2. Handling:", font=BOLD, size=7.5)
    ticks_behind(sheet, 464, top + 8, chosen(speeds, "/level_of_service", case.level_of_service), office=office)
    parts = (
        Part(2.6, "3. If urgent, state the danger in waiting", office.words("/urgency_reason", case.urgency_reason)),
        Part(1.2, "4. Prior approval no. being continued", previous_number(case)),
        Part(0.9, "5. Date prepared", office.date("/submitted_on", case.on)),
    )
    return headed_row(sheet, Box(LEFT, top + 12, RIGHT, top + 36), parts)


def _recipient(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one = patient(case, office=office)
    top = headed_row(
        sheet,
        Box(LEFT, top, RIGHT, top + 24),
        (
            Part(1.5, "6. Recipient ID number", one.member_id),
            Part(2.6, "7. Recipient name", one.full),
            Part(1.1, "8. Birthdate", one.born),
            Part(0.5, "9. Sex", one.sex),
            Part(1.2, "10. Group number", one.group),
        ),
    )
    return headed_row(
        sheet,
        Box(LEFT, top, RIGHT, top + 24),
        (
            Part(3, "11. Recipient address (street, city, state, zip)", one.address),
            Part(1.2, "12. Recipient telephone", one.phone),
            Part(1.6, "13. Third party insurance", one.other),
            Part(1.9, "14. Health plan, if enrolled", office.words("/coverage/payer_name", case.payer)),
        ),
    )


def _providers(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    prescriber, stem = (case.requester, "/requesting_provider")
    sides = (
        ("15. PRESCRIBING PRACTITIONER (REQUESTER)", prescriber, stem),
        ("16. PROVIDER WHO WILL SUPPLY OR RENDER", case.servicing, "/servicing_provider"),
    )
    boxes = grid.cut(Box(LEFT, top + 3, RIGHT, top + 14), (1, 1))
    for box, (title, who, path) in zip(boxes, sides, strict=True):
        grid.heading(sheet, box, title, grey=0.75, size=7)
        _box(sheet, box, provider(who, path, office=office))
    return _others(sheet, case, office=office, top=boxes[0].bottom + 8 * 12.4)


def _box(sheet: Sheet, head: Box, one: Provider) -> None:
    """Eight lines of a provider: the labels in a column, set right, a hairline under each line."""
    rows = (
        ("Name", one.who),
        ("Business name", one.organization),
        ("NPI", one.npi),
        ("Fed. tax no.", one.tin),
        ("Specialty / type", one.specialty),
        ("Address", one.address),
        ("Tel. / fax", " / ".join(text for text in (one.phone, one.fax) if text)),
        ("Contact", one.contact),
    )
    split, y = head.x0 + 60, head.bottom
    for label, text in rows:
        sheet.text(split - 4 - sheet.canvas.stringWidth(label, SANS, 6.8), y + 8.6, label, size=6.8)
        grid.fill(sheet, Box(split + 3, y + 0.4, head.x1 - 3, y + 11.6), text, size=8.5)
        y += 12.4
        sheet.line(split, y, head.x1, y, weight=0.25)
    sheet.line(split, head.bottom, split, y, weight=0.4)
    sheet.frame(Box(head.x0, head.bottom, head.x1, y), weight=0.9)


def _others(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    ordered: Practitioner | None = None if case.ordering == case.requester else case.ordering
    one = provider(ordered, "/ordering_provider", office=office)
    site = provider(case.facility, "/facility", office=office)
    return headed_row(
        sheet,
        Box(LEFT, top, RIGHT, top + 23),
        (
            Part(2, "17. Ordered by, if not in 15", one.who),
            Part(1, "Ordering NPI", one.npi),
            Part(2, "18. Facility, if any", site.who),
            Part(1, "Facility NPI", site.npi),
        ),
    )


def _need(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    count = max(3, len(case.diagnoses))
    left, right = grid.cut(Box(LEFT, top, RIGHT, top + 13 + 14 * count), (3.4, 2.2))
    sheet.frame(left, weight=0.5)
    sheet.text(
        left.x0 + 3, top + 8, "19. Diagnoses that cause the need (words, then ICD-10-CM code)", font=BOLD, size=6.4
    )
    for place in range(count):
        y = top + 21 + 14 * place
        code, text = diagnosis(case, place, office=office)
        sheet.text(left.x0 + 4, y, f"{'abcdefgh'[place]}.", size=7)
        sheet.line(left.x0 + 14, y + 2, left.x1 - 74, y + 2, weight=0.3)
        sheet.line(left.x1 - 68, y + 2, left.x1 - 4, y + 2, weight=0.3)
        grid.fill(sheet, Box(left.x0 + 16, y - 10, left.x1 - 76, y + 2), text, size=8.5)
        grid.fill(sheet, Box(left.x1 - 66, y - 10, left.x1 - 4, y + 2), code, size=8.5)
    sheet.frame(right, weight=0.5)
    sheet.text(right.x0 + 3, top + 8, "20. Place where used or given", font=BOLD, size=6.4)
    place_named = case.lines[0].place if case.lines else ""
    path = "/service_lines/0/place_of_service"
    rows = (_PLACES[:2], _PLACES[2:3], _PLACES[3:])
    for number, names in enumerate(rows):
        options = [Choice(name, name == place_named, path, name) for name in names]
        x = ticks_behind(sheet, right.x0 + 6, top + 20 + 11 * number, options, office=office, size=7, gap=10)
        if number == 1:
            other = bool(place_named) and place_named not in _PLACES
            x = ticks_behind(sheet, x, top + 31, (Choice("Other", other),), office=office, size=7, gap=3)
            sheet.line(x, top + 33, right.x1 - 4, top + 33, weight=0.4)
            grid.fill(
                sheet, Box(x + 2, top + 23, right.x1 - 3, top + 33), office.words(path, place_named) if other else ""
            )
    return left.bottom


def _table(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    sheet.text(LEFT, top + 9, "21. LINE ITEMS", font=BOLD, size=7.5)
    sheet.text(
        LEFT + 62,
        top + 9,
        "One line for each code. Do not alter lines already approved.  * B = buy, R = rent, F = repair (fix)",
        size=6.5,
    )
    top = _heads(sheet, Box(LEFT, top + 12, RIGHT, top + 32))
    for place in range(max(5, len(case.lines))):
        row = Box(LEFT, top, RIGHT, top + 17)
        for number, (cell, text) in enumerate(
            zip(grid.cut(row, [share for share, _, _ in _HEADS]), _row(case, place, office=office), strict=True)
        ):
            sheet.frame(cell, weight=0.45)
            if number == 0:
                sheet.text(cell.x0 + 5, cell.bottom - 5.5, str(place + 1), size=7.5)
            grid.fill(sheet, Box(cell.x0 + 2.5, cell.top + 0.8, cell.x1 - 2, cell.bottom - 2), text, size=8.5)
        top = row.bottom
    return top


def _heads(sheet: Sheet, box: Box) -> float:
    cells = grid.cut(box, [share for share, _, _ in _HEADS])
    place = 0
    while place < len(cells):
        upper = _HEADS[place][1]
        end = place + 1
        while end < len(cells) and _HEADS[end][1] == upper:
            end += 1
        _head_cell(sheet, cells[place:end], _HEADS[place:end])
        place = end
    return box.bottom


def _head_cell(sheet: Sheet, cells: Sequence[Box], heads: Sequence[tuple[float, str, str]]) -> None:
    """One head of two lines, or one over several heads with a rule between."""
    around = Box.around(cells)
    grid.shade(sheet, around, 0.1)
    sheet.frame(around, weight=0.5)
    sheet.text(around.x0 + 2.5, around.top + 7.5, heads[0][1], font=BOLD, size=6)
    if len(cells) > 1:
        sheet.line(around.x0, around.middle[1], around.x1, around.middle[1], weight=0.4)
    for cell, (_, _, lower) in zip(cells, heads, strict=True):
        if len(cells) > 1:
            sheet.line(cell.x1, around.middle[1], cell.x1, around.bottom, weight=0.4)
        sheet.text(cell.x0 + 2.5, around.bottom - 2.8, lower, font=BOLD, size=6)


def _row(case: Case, place: int, *, office: Office) -> tuple[str, ...]:
    one = service(case, place, office=office)
    if place >= len(case.lines):
        return ("",) * len(_HEADS)
    line = case.lines[place]
    return (
        "",
        one.start,
        one.end,
        one.quantity,
        one.text,
        _way(line, place),
        one.months,
        one.code,
        one.modifier,
        one.charge,
    )


def _way(line: Line, place: int) -> str:
    letters = {"purchase": "B", "rental": "R", "repair": "F"}
    path = f"/service_lines/{place}/equipment/acquisition"
    return said(path, letters[line.acquisition], line.acquisition) if line.acquisition else ""


def _course(sheet: Sheet, case: Case, *, office: Office, top: float) -> float:
    one, who = service(case, 0, office=office), patient(case, office=office)
    return headed_row(
        sheet,
        Box(LEFT, top + 3, RIGHT, top + 27),
        (
            Part(0.9, "29. No. of visits", one.visits),
            Part(1.2, "30. Frequency of service", one.per),
            Part(1.2, "31. Length of need", one.duration),
            Part(1.1, "32. Body part", one.site),
            Part(0.8, "33. Side", one.side),
            Part(0.8, "34. Height", who.height),
            Part(0.8, "35. Weight", who.weight),
        ),
    )


def _close(sheet: Sheet, case: Case, *, office: Office, top: float) -> None:
    bottom = max(top + 22, 660.0)
    box = Box(LEFT, top, RIGHT, bottom)
    sheet.frame(box, weight=0.5)
    title = "36. Medical justification: condition, function, what was tried, why no less costly item will do"
    sheet.text(LEFT + 3, top + 8, title, font=BOLD, size=6.4)
    y, text = top + 21, office.rng.choice(("See attached records", "Order and chart notes attached", "", "SEE NOTES"))
    while y < bottom - 4:
        grid.fill(sheet, Box(LEFT + 8, y - 11, RIGHT - 8, y + 1), text.upper() if office.upper else text)
        sheet.line(LEFT + 6, y + 2, RIGHT - 6, y + 2, weight=0.25)
        text, y = "", y + 14
    y = grid.small_print(sheet, Box(LEFT, bottom + 2, RIGHT, 720), f"37. {_CERTIFY}", size=6.3) + 2
    name = office.words("/signature/name", case.requester.full) if case.signed else ""
    date = office.date("/signature/signed_on", case.on) if case.signed else ""
    box = Box(LEFT, y, RIGHT, y + 40)
    parts = (
        Part(2.2, "38. Practitioner's original signature"),
        Part(2, "39. Name in type", name),
        Part(1, "40. Date", date),
    )
    headed_row(sheet, box, parts)
    place = grid.cut(box, (2.2, 2, 1))[0]
    grid.signed(sheet, Box(place.x0 + 4, place.top + 10, place.x1 - 4, place.bottom - 1), case, office=office)
    lower = Box(LEFT, box.bottom + 4, RIGHT, 772)
    grid.shade(sheet, lower, 0.12)
    sheet.frame(lower, weight=0.7)
    sheet.text(LEFT + 4, lower.top + 9, "DEPARTMENT ACTION", font=BOLD, size=7)
    options = [Choice(text) for text in ("Approved as requested", "Approved as changed", "Returned", "Denied")]
    ticks_behind(sheet, LEFT + 84, lower.top + 9, options, office=office, size=7)
    sheet.text(LEFT + 4, lower.bottom - 6, "Consultant", size=6.5)
    sheet.line(LEFT + 40, lower.bottom - 4, 280, lower.bottom - 4, weight=0.4)
    sheet.text(288, lower.bottom - 6, "Effective", size=6.5)
    sheet.line(318, lower.bottom - 4, 430, lower.bottom - 4, weight=0.4)
    sheet.text(438, lower.bottom - 6, "Expires", size=6.5)
    sheet.line(464, lower.bottom - 4, RIGHT - 4, lower.bottom - 4, weight=0.4)
