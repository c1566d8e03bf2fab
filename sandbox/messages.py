"""Checking what a child says, and building values from it. Nothing in here trusts the other side.

Every number is finite and in range, every count and length within the limits, every text free of control characters.
"""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeVar, cast

import numpy as np

from models.geometry import Box
from models.parsed import Annotation, Envelope, FaxRecord, FormFieldValue, HiddenReason, ParsedPage, Raster, VectorWord
from models.problem import FileCode, Problem
from sandbox.limits import Limits

Header = dict[str, object]
_Choice = TypeVar("_Choice", bound=str)
_TEXT = 4000
_KINDS: tuple[Literal["text", "choice", "checkbox", "radio", "signature"], ...] = (
    "text",
    "choice",
    "checkbox",
    "radio",
    "signature",
)
_HIDDEN: tuple[HiddenReason, ...] = ("invisible", "off-page", "tiny", "covered", "paper-coloured", "garbled")
_CODES = tuple(code.value for code in FileCode)
_LAID_OVER: tuple[Literal["ink", "stamp", "freetext", "other"], ...] = ("ink", "stamp", "freetext", "other")
# A day's index of a fax server names some hundreds of faxes; none has more pages than four digits tell.
_FAXES, _FAX_PAGES = 1000, 9999
# Boxes may stick out of their page (clipped fields, bleeding text); what lies a whole page away is nonsense.
_BEYOND = 1.0


@dataclass(frozen=True, slots=True)
class ToldLeaf:
    """A document inside a container: its name (safe to show, no path), declared media type, whether it is the mail's
    body or a picture within it, and why it is not handed out.
    """

    filename: str
    media_type: str
    body: bool
    inline: bool = False
    refused: FileCode | None = None


class BadMessage(Exception):
    """A child said something that cannot be."""


def page_of(header: Header, pixels: bytes, *, limits: Limits) -> ParsedPage:
    """The page that a header and its pixels describe; BadMessage where they do not fit."""
    width, height = (_number(header.get(side), 0.01, limits.page_points) for side in ("width", "height"))
    words = _sequence(header.get("words"), limits.page_words)
    fields = _sequence(header.get("fields"), limits.page_fields)
    annotations = _sequence(header.get("annotations"), limits.page_fields)
    raster = _raster(header.get("raster"), pixels, limits)
    plain = header.get("plain")
    if raster is None and plain is None:
        raise BadMessage("a page without content")
    number = _count(header.get("number"), limits.pages)
    return ParsedPage(
        number=number,
        width=width,
        height=height,
        raster=raster,
        scanned=_flag(header.get("scanned")),
        words=tuple(_word(word, width, height) for word in words),
        form_fields=tuple(_field(field, width, height) for field in fields),
        annotations=tuple(_annotation(annotation, width, height) for annotation in annotations),
        plain=None if plain is None else _text(plain, limits.text_bytes, lines=True, returns=True),
        problems=(_torn(number),) if _flag(header.get("torn", False)) else (),
    )


def pixels_announced(header: Header, limits: Limits) -> int:
    """How many bytes of pixels belong to a page's header."""
    raster = header.get("raster")
    if raster is None:
        return 0
    if not isinstance(raster, dict):
        raise BadMessage("raster is no object")
    columns, rows = (_count(raster.get(side), limits.page_pixels) for side in ("columns", "rows"))
    if columns * rows > limits.page_pixels:
        raise BadMessage("too many pixels")
    return columns * rows


def page_count_of(header: Header, limits: Limits) -> int:
    """How many pages the file has."""
    return _count(header.get("pages"), limits.pages)


def notes_of(header: Header) -> tuple[str, ...]:
    """What the child noticed about the file as a whole: codes."""
    return tuple(_text(note, 20) for note in _sequence(header.get("notes"), 10))


def envelope_of(header: Header) -> Envelope:
    """The times of a mail and the faxes that a server tells of; a time that is none is left out."""
    return Envelope(
        received_at=_time(header.get("received_at")),
        sent_at=_time(header.get("sent_at")),
        sender=_address(header.get("sender")),
        faxes=tuple(_fax(fax) for fax in _sequence(header.get("faxes", []), _FAXES)),
    )


def leaf_of(header: Header) -> ToldLeaf:
    """What a header says of a document inside a container."""
    name = _text(header.get("filename"), _TEXT).replace("\\", "/").rpartition("/")[2].strip(" .")
    refused = header.get("refused")
    return ToldLeaf(
        filename=name[:200],
        media_type=_text(header.get("type"), 200),
        body=_flag(header.get("body")),
        inline=_flag(header.get("inline", False)),
        refused=None if refused is None else FileCode(_one_of(refused, _CODES)),
    )


def _address(told: object) -> str | None:
    said = None if told is None else _text(told, 320)
    return said if said and said.isprintable() else None


def _torn(number: int) -> Problem:
    return Problem(
        stage="parse",
        code=FileCode.DAMAGED_PARTLY.value,
        severity="error",
        page=number,
        message=f"A part of page {number} is damaged and missing in its picture.",
    )


def _fax(told: object) -> FaxRecord:
    if not isinstance(told, dict):
        raise BadMessage("a fax is no object")

    def text(key: str) -> str | None:
        return None if told.get(key) is None else _text(told.get(key), 200) or None

    def digits(key: str) -> str | None:
        said = text(key)
        if said is not None and not (said.isascii() and said.isdigit() and 7 <= len(said) <= 15):
            raise BadMessage("no telephone number")
        return said

    return FaxRecord(
        file=text("file"),
        received_at=_time(told.get("received_at")),
        swapped_at=_time(told.get("swapped_at")),
        sent_at=_time(told.get("sent_at")),
        number=digits("number"),
        to=digits("to"),
        csid=text("csid"),
        sender=text("sender"),
        pages=None if told.get("pages") is None else _count(told.get("pages"), _FAX_PAGES),
    )


def _raster(told: object, pixels: bytes, limits: Limits) -> Raster | None:
    if told is None:
        return None
    if not isinstance(told, dict):
        raise BadMessage("raster is no object")
    columns, rows = (_count(told.get(side), limits.page_pixels) for side in ("columns", "rows"))
    if columns * rows != len(pixels):
        raise BadMessage("pixels do not fill the raster")
    return Raster(
        pixels=np.frombuffer(pixels, dtype=np.uint8).reshape(rows, columns),
        dpi_x=_number(told.get("dpi_x"), 1, 10_000),
        dpi_y=_number(told.get("dpi_y"), 1, 10_000),
        stated=_flag(told.get("stated")),
        bilevel=_flag(told.get("bilevel")),
    )


def _word(told: object, width: float, height: float) -> VectorWord:
    text, box, hidden = _parts(told, 3)
    return VectorWord(
        text=_text(text, _TEXT),
        box=_box(box, width, height),
        hidden=None if hidden is None else _one_of(hidden, _HIDDEN),
    )


def _field(told: object, width: float, height: float) -> FormFieldValue:
    name, label, kind, value, checked, box = _parts(told, 6)
    return FormFieldValue(
        name=_text(name, _TEXT),
        label=None if label is None else _text(label, _TEXT),
        kind=_one_of(kind, _KINDS),
        value=_text(value, 100_000, lines=True),
        checked=None if checked is None else _flag(checked),
        box=_box(box, width, height),
    )


def _annotation(told: object, width: float, height: float) -> Annotation:
    kind, box, text = _parts(told, 3)
    return Annotation(kind=_one_of(kind, _LAID_OVER), box=_box(box, width, height), text=_text(text, _TEXT, lines=True))


def _box(told: object, width: float, height: float) -> Box:
    x0, top, x1, bottom = _parts(told, 4)
    box = Box(
        _number(x0, -width * _BEYOND, width * (1 + _BEYOND)),
        _number(top, -height * _BEYOND, height * (1 + _BEYOND)),
        _number(x1, -width * _BEYOND, width * (1 + _BEYOND)),
        _number(bottom, -height * _BEYOND, height * (1 + _BEYOND)),
    )
    if box.x1 < box.x0 or box.bottom < box.top:
        raise BadMessage("a box inside out")
    return box


def _number(told: object, least: float, most: float) -> float:
    if type(told) not in (int, float) or not math.isfinite(cast(float, told)) or not least <= cast(float, told) <= most:
        raise BadMessage("a number out of range")
    return float(cast(float, told))


def _count(told: object, most: int) -> int:
    if type(told) is not int or not 1 <= told <= most:
        raise BadMessage("a count out of range")
    return told


def _flag(told: object) -> bool:
    if type(told) is not bool:
        raise BadMessage("neither true nor false")
    return told


def _text(told: object, longest: int, *, lines: bool = False, returns: bool = False) -> str:
    """Text of at most `longest` characters, control characters (with `lines`: but line ends and tabs) taken out.

    Line ends become line feeds unless `returns` says to keep them: spans point into the text of a file as it is.
    """
    if type(told) is not str or len(told) > longest:
        raise BadMessage("a text too long, or none")
    if told.isascii() and told.isprintable():
        return told
    kept = "\n\t\f\r" if returns else "\n\t\f" if lines else ""
    told = told.replace("\r\n", "\n").replace("\r", "\n") if lines and not returns else told
    return "".join(char for char in told if char in kept or unicodedata.category(char) not in ("Cc", "Cs"))


def _sequence(told: object, most: int) -> list[object]:
    if type(told) is not list or len(told) > most:
        raise BadMessage("too many, or no list")
    return told


def _parts(told: object, count: int) -> list[object]:
    if type(told) is not list or len(told) != count:
        raise BadMessage("parts are missing")
    return told


def _one_of(told: object, choices: tuple[_Choice, ...]) -> _Choice:
    for choice in choices:
        if choice == told:
            return choice
    raise BadMessage("none of the choices")


def _time(told: object) -> dt.datetime | None:
    if type(told) is not str:
        return None
    try:
        return dt.datetime.fromisoformat(told)
    except ValueError:
        return None
