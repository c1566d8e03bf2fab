"""What stands above a paper: whose it is."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.document import Document
from samples.page import BOLD, SANS, SERIF, Sheet
from samples.papers.identity import fitted_size
from samples.papers.look import COURIER, COURIER_BOLD, SERIF_BOLD
from samples.papers.manner import Manner, called, where
from samples.papers.shade import shade

Head = Callable[[Sheet, Document, Manner], float]


def organization(document: Document) -> str:
    """Whose paper it is: the institution, else the author's practice."""
    return document.institution or document.author.organization or called(document.author, document.market)


def centred(sheet: Sheet, document: Document, manner: Manner) -> float:
    """Name and numbers in the middle, a rule below; gives where the paper begins."""
    middle, name = sheet.width / 2, organization(document)
    size = fitted_size(name, SERIF_BOLD, size=17, room=sheet.width - 120)
    sheet.centred(52, name, x=middle, font=SERIF_BOLD, size=size)
    sheet.centred(65, where(document.author.address), x=middle, font=SERIF, size=9)
    sheet.centred(76, _numbers(document, manner), x=middle, font=SERIF, size=9)
    sheet.line(56, 83, sheet.width - 56, 83, weight=1.2)
    sheet.line(56, 85, sheet.width - 56, 85, weight=0.4)
    return 96


def marked(sheet: Sheet, document: Document, manner: Manner) -> float:
    """A sign drawn at the left, the name beside it and the numbers at the right."""
    _sign(sheet, 46, 34, organization(document))
    name = organization(document)
    right = sheet.width - 46
    line, _, town = where(document.author.address).partition(", ")
    lines = (line, town, *_numbers(document, manner).split("   "))
    left = right - max(stringWidth(line, SANS, 7.5) for line in lines)
    size = fitted_size(name, BOLD, size=15, room=left - 96)
    sheet.text(84, 52, name, font=BOLD, size=size)
    sheet.text(84, 64, document.author.specialty or "Clinical services", size=8.5)
    for number, line in enumerate(lines):
        sheet.text(left, 40 + 9.5 * number, line, size=7.5)
    sheet.line(44, 80, right, 80, weight=0.6)
    return 90


def barred(sheet: Sheet, document: Document, manner: Manner) -> float:
    """A grey bar with the name, the numbers in small print under it."""
    name = organization(document)
    shade(sheet, Box(40, 30, sheet.width - 40, 52), 0.82)
    size = fitted_size(name, BOLD, size=13, room=sheet.width - 100)
    sheet.text(48, 45.5, name, font=BOLD, size=size)
    sheet.text(48, 62, f"{where(document.author.address)}   {_numbers(document, manner)}", size=7.5)
    return 72


def typed(sheet: Sheet, document: Document, manner: Manner) -> float:
    """Three lines of a typewriter in the middle."""
    middle, name = sheet.width / 2, organization(document).upper()
    size = fitted_size(name, COURIER_BOLD, size=12, room=sheet.width - 100)
    sheet.centred(50, name, x=middle, font=COURIER_BOLD, size=size)
    sheet.centred(62, where(document.author.address).upper(), x=middle, font=COURIER, size=9)
    sheet.centred(73, _numbers(document, manner), x=middle, font=COURIER, size=9)
    return 90


def _numbers(document: Document, manner: Manner) -> str:
    who = document.author
    numbers = ("Phone", "Fax") if document.market == "us" else ("Tel.", "Fax")
    known = zip(numbers, (who.phone, who.fax), strict=True)
    return "   ".join(f"{label} {manner.telephone(digits)}" for label, digits in known if digits)


def _sign(sheet: Sheet, x: float, y: float, name: str) -> None:
    """A sign as practices have: three shapes, chosen by the name's length."""
    canvas = sheet.canvas
    canvas.saveState()
    canvas.setFillColor(Color(0.25, 0.3, 0.35))
    top = sheet.height - y
    if len(name) % 3 == 0:
        canvas.circle(x + 15, top - 15, 15, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.rect(x + 12, top - 24, 6, 18, stroke=0, fill=1)
        canvas.rect(x + 6, top - 18, 18, 6, stroke=0, fill=1)
    elif len(name) % 3 == 1:
        for number in range(3):
            canvas.rect(x + 11 * number, top - 30, 8, 12 + 8 * number, stroke=0, fill=1)
    else:
        canvas.roundRect(x, top - 30, 30, 30, 7, stroke=0, fill=1)
        canvas.setStrokeGray(1)
        canvas.setLineWidth(2.5)
        canvas.bezier(x + 3, top - 15, x + 12, top + 4, x + 16, top - 34, x + 27, top - 13)
    canvas.restoreState()
