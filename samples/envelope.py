"""What comes around a fax: the lines that machines write over its edge, and the files that fax servers lay beside it.

`stamped` writes a header line over a received page; `STYLES` are the habits of makers of machines and servers, with
invented senders. `sidecar` writes what a fax server says about a fax.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

Pixels = npt.NDArray[np.uint8]

# How finely a line is drawn before it is brought to the fax's own pixels.
_DRAWN_DPI = 408.0
_HEIGHT = 15.0


@dataclass(frozen=True, slots=True)
class Sending:
    """One transmission: who sent it from which number to which, when by the sender's clock, and of how many pages."""

    sender: str
    number: str
    to: str
    at: dt.datetime
    pages: int

    def dashed(self) -> str:
        """The number as 216-555-0192."""
        return f"{self.number[:3]}-{self.number[3:6]}-{self.number[6:]}"

    def spaced(self) -> str:
        """The number as 216 555 0192."""
        return self.dashed().replace("-", " ")


@dataclass(frozen=True, slots=True)
class Style:
    """A maker's habit: the line as a template (see `header_line`), and what of `Sending` it tells."""

    name: str
    template: str
    font: str = "Courier-Bold"
    size: float = 9.0
    inverse: bool = False
    tells: tuple[Literal["sender", "number", "at", "page", "of"], ...] = ("sender", "number", "at", "page", "of")


STYLES: tuple[Style, ...] = (
    Style("plain", "{at:%m/%d/%Y %H:%M}   {upper}   FAX {dashed}   P.{n:03d}/{of:03d}"),
    Style(
        "from-t-f",
        "{at:%b-%d-%y}  {at:%I:%M}{half}m   From-{short}      {spaced}    T-123  P.{n:03d}/{of:03d}  F-456",
        size=8.5,
        tells=("number", "at", "page", "of"),
    ),
    Style(
        "short-page",
        "{at:%b %d %Y} {at:%I:%M%p}     {upper}     {dashed}      p.{n}",
        font="Helvetica",
        tells=("sender", "number", "at", "page"),
    ),
    Style("page-words", "{at:%m/%d/%Y}  {at:%H:%M}   {number}         {upper}       PAGE  {n:02d}/{of:02d}"),
    Style(
        "fax-server",
        "{at.month}/{at.day}/{at.year} {hour}:{at:%M:%S %p}   PAGE   {n}/{of:03d}   Fax Server",
        font="Times-Roman",
        size=10,
        tells=("at", "page", "of"),
    ),
    Style(
        "from-to",
        "From: {sender}  Fax: {number}   To: {to}   Page: {n} of {of}   {at:%m/%d/%y %H:%M}",
        font="Helvetica",
    ),
    Style(
        "gateway",
        "To: {to}   Page: {n} of {of}   {at:%Y-%m-%d %H:%M:%S} (GMT)   1{number}  From: {sender}",
        font="Helvetica-Bold",
        size=8.5,
    ),
    Style("fax-from", "Fax from  : {number}    {upper}     {at:%m-%d-%y}  {at:%I:%M}{half}   Pg:  {n}/{of}", size=8.5),
    Style(
        "month-in-the-middle",
        "{at:%Y/%b/%d} {at:%I:%M:%S %p}     {sender}     {dashed}       {n}/{of}",
        font="Helvetica",
        size=10,
    ),
    Style("day-first", "{at:%d}-{month}-{at:%Y %H:%M}  FROM {upper}  {spaced}   TO {to}   P.{n}/{of}", size=8.5),
    Style(
        "dotted",
        "{month}. {at:%d}. {at:%Y}  {hour}:{at:%M%p}    {upper} {spaced}     NO. 1234   P. {n}/{of}",
        size=8.5,
    ),
    Style("weekday", "{at:%m/%d/%Y} MON {at:%H:%M}  FAX {spaced} {upper}  -> UM DEPT   @{n:03d}/{of:03d}", size=8.5),
    Style(
        "number-first",
        "{number}    {sender}      {at:%I:%M:%S} {half}.m.   {at:%m-%d-%Y}       {n} /{of}",
        font="Helvetica",
    ),
    Style("iso", "{at:%Y-%m-%d  %H:%M}    {upper}  {dashed} >> {to}   P {n}/{of}"),
    Style(
        "nameless",
        "{at:%H:%M %m/%d/%y}   {dashed}                                P.{n:02d}",
        size=10,
        tells=("number", "at", "page"),
    ),
    Style("white-on-black", " {at:%m/%d/%Y %H:%M}  {upper}  {dashed}   Page {n}/{of} ", inverse=True),
)


def header_line(style: Style, sending: Sending, page: int) -> str:
    """The words that a machine of this style writes over a page."""
    at = sending.at
    return style.template.format(
        at=at,
        hour=at.hour % 12 or 12,
        half="ap"[at.hour > 11],
        month=f"{at:%b}".upper(),
        sender=sending.sender,
        upper=sending.sender.upper(),
        short=sending.sender.upper()[:16],
        number=sending.number,
        dashed=sending.dashed(),
        spaced=sending.spaced(),
        to=sending.to,
        n=page,
        of=sending.pages,
    )


def stamped(
    bilevel: Pixels, text: str, *, dpi: tuple[float, float], style: Style, top: float = 4.0, left: float = 18.0
) -> Pixels:
    """A copy of a page of 0 and 255 with a line of the `style` over its edge, `top` and `left` points from its corner.

    `dpi` is that of the page, (x, y). The line's strip hides what lay under it, as most machines do.
    """
    width = bilevel.shape[1] / dpi[0] * 72
    size = style.size * min(1.0, (width - left - 6) / stringWidth(text, style.font, style.size))
    strip = _drawn(text, replace(style, size=size), width, left)
    rows = round(_HEIGHT / 72 * dpi[1])
    small = cv2.resize(strip, (bilevel.shape[1], rows), interpolation=cv2.INTER_AREA)
    start = round(top / 72 * dpi[1])
    page = bilevel.copy()
    page[start : start + rows] = np.where(small < 140, 0, 255)
    return page


def _drawn(text: str, style: Style, width: float, left: float) -> Pixels:
    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=(width, _HEIGHT), invariant=1)
    canvas.setFont(style.font, style.size)
    canvas.drawString(left, 4.0, text)
    canvas.save()
    document = pypdfium2.PdfDocument(sheet.getvalue())
    bitmap = document[0].render(scale=_DRAWN_DPI / 72, grayscale=True)
    pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
    document.close()
    return np.asarray(255 - pixels if style.inverse else pixels, dtype=np.uint8)


def sidecar(
    sending: Sending, *, kind: Literal["xml", "txt", "ini", "json"], received_at: dt.datetime, file: str = ""
) -> bytes:
    """What a fax server says about a fax that came in at `received_at`, in one of four manners."""
    keyed = {
        "FileName": file,
        "CallerID": sending.number,
        "CSID": sending.sender.upper()[:20],
        "ReceivedTime": f"{received_at:%Y-%m-%dT%H:%M:%S}{f'{received_at:%z}'}",
        "Pages": str(sending.pages),
    }
    keyed = {key: value for key, value in keyed.items() if value}
    if kind == "json":
        return json.dumps({"fax": keyed}, indent=1).encode()
    if kind == "xml":
        inside = "".join(f"  <{key}>{_escaped(value)}</{key}>\n" for key, value in keyed.items())
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<Fax>\n{inside}</Fax>\n'.encode()
    sign, head = (": ", "") if kind == "txt" else ("=", "[Fax]\r\n")
    return (head + "".join(f"{key}{sign}{value}\r\n" for key, value in keyed.items())).encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
