"""Whom a paper is about, as the lines or boxes at its top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from models.identifiers import mask_hkid
from samples.bilingual import text as write
from samples.bilingual import width as wide
from samples.document import Document
from samples.forms.fill import Entry
from samples.page import Sheet
from samples.papers.flow import Flow
from samples.papers.manner import Manner, called, where, years

Arrangement = Literal["lines", "boxes", "columns", "stacked"]


def identity(document: Document, manner: Manner, *, more: Sequence[Entry] = ()) -> tuple[Entry, ...]:
    """What the paper says of its patient: name, birth date, sex and the numbers there are, then `more`."""
    one = document.patient
    born = f"{manner.day(one.birth_date)}"
    known = (
        Entry(manner.patient, manner.named(one), "/patient/name/full", called(one, document.market)),
        Entry("中文姓名" if one.name_zh else "", one.name_zh, "/patient/name_zh"),
        Entry(manner.birth, born, "/patient/birth_date", one.birth_date.isoformat()),
        Entry("Age", str(years(one.birth_date, document.on))),
        Entry(manner.sex, manner.sexed(one.sex), "/patient/sex", one.sex),
        Entry("HKID No.", one.hkid, "/patient/identifiers/0/value", mask_hkid(one.hkid)),
        Entry(manner.chart, one.mrn, "/patient/identifiers/0/value"),
    )
    return tuple(entry for entry in (*known, *more) if entry.text)


def contact(document: Document, manner: Manner) -> tuple[Entry, ...]:
    """Where the patient lives and can be called, and the number with the plan."""
    one = document.patient
    entries = (
        Entry(manner.member, one.member_id, "/coverage/member_id"),
        Entry("Phone", manner.telephone(one.phone), "/patient/phone", one.phone),
        Entry("Address", where(one.address), "/patient/address/line", one.address.line),
    )
    return tuple(entry for entry in entries if entry.text)


def show(flow: Flow, entries: Sequence[Entry], arrangement: Arrangement) -> None:
    """Write the entries at the top of a paper."""
    {"lines": _lines, "boxes": _boxes, "columns": _columns, "stacked": _stacked}[arrangement](flow, entries)


def state(sheet: Sheet, entry: Entry, boxes: Sequence[Box]) -> None:
    """Record what printed words state; of an address in one line its street is what is stated."""
    if entry.path is None:
        return
    if entry.path == "/patient/address/line" and entry.value:
        boxes = boxes[: len(entry.value.split())]
        sheet.state(entry.path, entry.value, quote=entry.value, boxes=boxes, kind="printed")
    else:
        sheet.state(entry.path, entry.value or entry.text, quote=entry.text, boxes=boxes, kind="printed")


def _lines(flow: Flow, entries: Sequence[Entry]) -> None:
    look, x = flow.look, flow.x
    for entry in entries:
        label = f"{entry.label}:"
        across = wide(label, look.size, font=look.bold) + wide(entry.text, look.size, font=look.font) + 5
        if x > flow.x and x + across > flow.x + flow.width:
            x, flow.y = flow.x, flow.y + look.leading + 1
        _entry(flow, x, entry, x + 5 + wide(label, look.size, font=look.bold))
        x += across + 18
    flow.y += look.leading + 8


def _columns(flow: Flow, entries: Sequence[Entry]) -> None:
    look = flow.look
    flow.sheet.line(flow.x, flow.y, flow.x + flow.width, flow.y, weight=1)
    flow.y += 3
    half = (len(entries) + 1) // 2
    tab = max(wide(f"{entry.label}:", look.size, font=look.bold) for entry in entries) + 8
    room = flow.width / 2 - tab - 6
    for left, right in zip(entries[:half], (*entries[half:], None), strict=False):
        for entry, x in ((left, flow.x), (right, flow.x + flow.width / 2)):
            if entry is not None:
                _entry(flow, x, entry, x + tab, room=room)
        flow.y += look.leading
    flow.y += 3
    flow.sheet.line(flow.x, flow.y, flow.x + flow.width, flow.y, weight=1)
    flow.y += 8


def _stacked(flow: Flow, entries: Sequence[Entry]) -> None:
    tab = max(wide(f"{entry.label}:", flow.look.size, font=flow.look.font) for entry in entries) + 22
    for entry in entries:
        label = Entry(entry.label.upper(), entry.text, entry.path, entry.value)
        _entry(flow, flow.x, label, flow.x + tab, bold=False)
        flow.y += flow.look.leading
    flow.y += 8


def _boxes(flow: Flow, entries: Sequence[Entry]) -> None:
    look, height = flow.look, 24.0
    for row in _rows(flow, entries):
        total = sum(width for _, width in row)
        x = flow.x
        for entry, width in row:
            share = width * flow.width / total
            flow.sheet.frame(Box(x, flow.y, x + share, flow.y + height), weight=0.6)
            write(flow.sheet, x + 3, flow.y + 8, entry.label, size=6.5)
            size = _size(entry.text, look.font, look.size, share - 8)
            boxes = write(flow.sheet, x + 5, flow.y + 20, entry.text, font=look.font, size=size)
            state(flow.sheet, entry, boxes)
            x += share
        flow.y += height
    flow.y += 8


def _rows(flow: Flow, entries: Sequence[Entry]) -> list[list[tuple[Entry, float]]]:
    """The entries in rows that are not wider than the flow, with the width each needs."""
    rows: list[list[tuple[Entry, float]]] = [[]]
    for entry in entries:
        width = max(wide(entry.text, flow.look.size, font=flow.look.font), wide(entry.label, 6.5)) + 16
        if rows[-1] and sum(known for _, known in rows[-1]) + width > flow.width:
            rows.append([])
        rows[-1].append((entry, width))
    return rows


def _entry(flow: Flow, x: float, entry: Entry, at: float, *, room: float | None = None, bold: bool = True) -> None:
    look = flow.look
    write(flow.sheet, x, flow.baseline, f"{entry.label}:", font=look.bold if bold else look.font, size=look.size)
    size = look.size if room is None else _size(entry.text, look.font, look.size, room)
    state(flow.sheet, entry, write(flow.sheet, at, flow.baseline, entry.text, font=look.font, size=size))
    flow.fresh = False


def _size(text: str, font: str, size: float, room: float) -> float:
    """The size of type, `size` or less, at which a text is at most `room` points wide."""
    needed = wide(text, size, font=font)
    return size if needed <= room else max(4.5, size * room / needed)


def fitted_size(text: str, font: str, *, size: float, room: float) -> float:
    """The size of type, `size` or less, at which a line of `font` is at most `room` points wide."""
    needed = stringWidth(text, font, size)
    return size if needed <= room else max(4.5, size * room / needed)
