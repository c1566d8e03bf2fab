"""What stands above a letter: the practice that writes it."""

from __future__ import annotations

from samples.case import Case
from samples.fictions import dashed
from samples.page import SANS, Sheet

LEFT, WIDTH = 64.0, 484.0


def letterhead(sheet: Sheet, case: Case) -> None:
    """The practice's name, address and numbers, centred, with a rule below."""
    who = case.requester
    sheet.centred(52, who.organization, size=15)
    where = f"{who.address.line}, {who.address.city}, {who.address.state} {who.address.postal_code}"
    sheet.centred(66, f"{where}   Phone {dashed(who.phone)}   Fax {dashed(who.fax)}", font=SANS, size=8.5)
    sheet.line(LEFT, 74, LEFT + WIDTH, 74, weight=1.2)
