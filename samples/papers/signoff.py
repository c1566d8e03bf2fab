"""How a paper ends: the author signs it by pen, with a stamp, by machine, or not at all."""

from __future__ import annotations

import datetime as dt
import random

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples import pen
from samples.document import Document
from samples.faces import HANDWRITTEN
from samples.page import BOLD
from samples.papers.flow import Flow
from samples.papers.manner import Manner, called

_STAMP_INK = Color(0.2, 0.15, 0.4)
_RULE = 200.0


def sign(flow: Flow, document: Document, manner: Manner, *, rng: random.Random) -> None:
    """Write the sign-off; it stays together with the name under it."""
    flow.need(8 + 2 * flow.look.leading if document.ink == "electronic" else 74)
    if document.ink == "electronic":
        _electronic(flow, document, manner, rng)
    else:
        _by_hand(flow, document, manner, rng)


def _electronic(flow: Flow, document: Document, manner: Manner, rng: random.Random) -> None:
    look, who = flow.look, document.author
    name = called(who, document.market)
    at = dt.datetime.combine(document.on, dt.time(rng.randint(8, 18), rng.randint(0, 59)), tzinfo=dt.UTC)
    clock = f"{at:%I:%M %p}".lstrip("0") if document.market == "us" else f"{at:%H:%M}"
    day = manner.day(document.on)
    words = rng.choice(
        (
            f"Electronically signed by {name} on {day} at {clock}",
            f"Electronically signed by: {name} {day} {clock}",
            f"Digitally authenticated by {name}, {day} {clock}",
            f"E-signed by {name} on {day} {clock}",
        )
    )
    flow.y += 8
    words = words if stringWidth(words, look.font, look.size) < flow.width else words.replace(f" at {clock}", "")
    boxes = flow.sheet.text(flow.x, flow.baseline, words, font=look.font, size=look.size)
    flow.sheet.signature(Box.around(boxes), "electronic")
    flow.y += look.leading
    if who.specialty:
        flow.sheet.text(flow.x, flow.baseline, who.specialty, font=look.font, size=look.size - 1)
        flow.y += look.leading


def _by_hand(flow: Flow, document: Document, manner: Manner, rng: random.Random) -> None:
    look, sheet, who = flow.look, flow.sheet, document.author
    name = called(who, document.market)
    line, x = flow.y + 42, flow.x
    place = Box(x, line - 30, x + _RULE, line)
    if document.ink == "pen":
        pen.sign(sheet, x + rng.uniform(4, 24), line - 8, rng, width=rng.uniform(80, 130))
    if document.ink == "stamp":
        place = _stamp(flow, document, Box(x + 4, line - 28, x + _RULE - 6, line - 3))
    sheet.signature(place, document.ink)
    sheet.line(x, line, x + _RULE, line, weight=0.5)
    under = " ".join(part for part in (name, f"- {who.specialty}" if who.specialty else "") if part)
    size = min(look.size, look.size * (flow.width - 150) / stringWidth(under, look.font, look.size))
    sheet.text(x, line + look.size + 1, under, font=look.font, size=size)
    if flow.width > _RULE + 120:
        _date(flow, document, manner, x + _RULE + 24, line, rng)
    flow.y = line + look.leading + 8


def _date(flow: Flow, document: Document, manner: Manner, x: float, line: float, rng: random.Random) -> None:
    sheet, look = flow.sheet, flow.look
    sheet.text(x, line, "Date:", font=look.font, size=look.size)
    start = x + stringWidth("Date: ", look.font, look.size)
    sheet.line(start, line + 1, start + 90, line + 1, weight=0.5)
    if document.ink == "pen" and rng.random() < 0.5:
        sheet.text(
            start + 6, line - 2, manner.day(document.on), font=rng.choice(HANDWRITTEN[:3]), size=12, kind="handwritten"
        )
    elif document.ink != "none":
        sheet.text(start + 4, line - 2, manner.day(document.on), font=look.font, size=look.size)


def _stamp(flow: Flow, document: Document, room: Box) -> Box:
    """A rubber stamp with the author's name, in the colour of an ink pad."""
    sheet, canvas = flow.sheet, flow.sheet.canvas
    canvas.saveState()
    canvas.setStrokeColor(_STAMP_INK)
    canvas.setLineWidth(1.4)
    canvas.roundRect(room.x0, sheet.height - room.bottom, room.width, room.height, 3)
    canvas.restoreState()
    text = called(document.author, document.market).upper()
    size = min(11.0, 11 * (room.width - 14) / stringWidth(text, BOLD, 11))
    x = room.middle[0] - stringWidth(text, BOLD, size) / 2
    sheet.text(x, room.middle[1] + 0.35 * size, text, font=BOLD, size=size, colour=_STAMP_INK)
    return room
