"""What stands above a clinical paper: the practice, a title, and whom it is about."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from samples.case import Case
from samples.fictions import dashed
from samples.page import BOLD, SANS, SERIF, Sheet, us_date

LEFT, WIDTH = 64.0, 484.0


def letterhead(sheet: Sheet, case: Case) -> None:
    """The practice's name, address and numbers, centred, with a rule below."""
    who = case.requester
    sheet.centred(52, who.organization, size=15)
    where = f"{who.address.line}, {who.address.city}, {who.address.state} {who.address.postal_code}"
    sheet.centred(66, f"{where}   Phone {dashed(who.phone)}   Fax {dashed(who.fax)}", font=SANS, size=8.5)
    sheet.line(LEFT, 74, LEFT + WIDTH, 74, weight=1.2)


def about(sheet: Sheet, y: float, case: Case, *, title: str, more: Sequence[tuple[str, str]] = ()) -> float:
    """The paper's title and its patient in two lines; the baseline for what follows comes back."""
    sheet.text(LEFT, y, title, font=BOLD, size=13)
    one = case.patient
    facts = (("Patient:", one.full), ("DOB:", us_date(one.birth_date)), ("Sex:", one.sex.capitalize()), *more)
    x, y = LEFT, y + 20
    for label, text in facts:
        if x > LEFT + 400:
            x, y = LEFT, y + 15
        sheet.text(x, y, label, font=BOLD, size=10)
        boxes = sheet.text(x + 5 + stringWidth(label, BOLD, 10), y, text, font=SERIF, size=10.5)
        x = max(box.x1 for box in boxes) + 22
    return y + 22


def section(sheet: Sheet, y: float, title: str, text: str) -> float:
    """A heading and its paragraph; the baseline for what follows comes back."""
    sheet.text(LEFT, y, title, font=BOLD, size=10.5)
    return sheet.paragraph(LEFT, y + 14, text, width=WIDTH) + 8
