"""What stands above a letter: the practice that writes it."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth

from samples.case import Case
from samples.fictions import dashed
from samples.page import SANS, Sheet
from samples.prose import parse

LEFT, WIDTH = 64.0, 484.0


def letterhead(sheet: Sheet, case: Case) -> None:
    """The practice's name, address and numbers, centred, with a rule below."""
    who, stem = case.requester, "/requesting_provider"
    boxes = sheet.centred(52, who.organization, size=15)
    sheet.state(f"{stem}/organization", who.organization, quote=who.organization, boxes=boxes, kind="printed")
    at = who.address
    where = ", ".join(
        (
            f"[[{stem}/address/line|{at.line}]]",
            f"[[{stem}/address/city|{at.city}]]",
            f"[[{stem}/address/state|{at.state}]] [[{stem}/address/postal_code|{at.postal_code}]]",
        )
    )
    numbers = f"Phone [[{stem}/phone={who.phone}|{dashed(who.phone)}]]   Fax [[{stem}/fax={who.fax}|{dashed(who.fax)}]]"
    text = f"{where}   {numbers}"
    width = stringWidth(parse(text).plain, SANS, 8.5)
    sheet.paragraph(306 - width / 2, 66, text, width=width + 20, font=SANS, size=8.5)
    sheet.line(LEFT, 74, LEFT + WIDTH, 74, weight=1.2)
