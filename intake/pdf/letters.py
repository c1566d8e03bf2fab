"""The letters of a PDF page as pdfium finds them: what they stand for, where their ink lies, which object drew them."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.pdf.frame import PageFrame
from intake.raw import Corners

# pdfium marks a hyphen at a line's end with one of these, and leaves the line's end itself out.
_LINE_HYPHENS = "\x02\ufffe"
_REPLACEMENT = "\ufffd"
# Letters of Unicode that stand for others as they are drawn: ligatures and presentation forms, full-width Latin, Latin
# of mathematics, CJK radicals and compatibility ideographs. Superscripts and fractions have a meaning of their own.
_SPELLED_OUT = ((0xFB00, 0xFDFF), (0xFE70, 0xFEFC), (0xFF01, 0xFF5E), (0x1D400, 0x1D7FF), (0x2E80, 0x2FDF))


class Letter(NamedTuple):
    """What one glyph stands for (a ligature: several characters), its box, and the address of the object that drew it.

    `unsure`: the file does not say what the glyph stands for, or says nothing that is a character.
    """

    text: str
    box: Corners
    owner: int = 0
    unsure: bool = False


class Space(NamedTuple):
    """Where words part: because the file has a space there, or (not `written`) only because pdfium thinks so."""

    written: bool


WRITTEN, SEEN = Space(written=True), Space(written=False)


def letters_of(text: pdfium.PdfTextPage, frame: PageFrame) -> Iterator[Letter | Space]:
    """Each letter that has ink, and the spaces between words."""
    high, box_of = "", _box_asker(text, frame)
    for index in range(c.FPDFText_CountChars(text)):
        code = c.FPDFText_GetUnicode(text, index)
        char = chr(code) if 0x20 < code < 0x7F else _character(code, ends_line=_ends_line(text, index, code))
        if "\ud800" <= char <= "\udbff":
            high = char
            continue
        if "\udc00" <= char <= "\udfff":
            char = (high + char).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if high else _REPLACEMENT
            char = _spelled_out(char)
        high = ""
        if char == " ":
            yield SEEN if c.FPDFText_IsGenerated(text, index) == 1 else WRITTEN
            continue
        box = box_of(index) if char else None
        if box is not None:
            unsure = _says_nothing(char) or bool(c.FPDFText_HasUnicodeMapError(text, index))
            yield Letter("-" if char in _LINE_HYPHENS else char, box, _owner(text, index), unsure)
            if char in _LINE_HYPHENS:
                yield WRITTEN


def _ends_line(text: pdfium.PdfTextPage, index: int, code: int) -> bool:
    return code in (0x02, 0xFFFE) and c.FPDFText_IsHyphen(text, index) == 1


def _character(code: int, *, ends_line: bool) -> str:
    """What a code stands for: "" nothing, " " a space, one of the line hyphens, U+FFFD where it is no character."""
    char = chr(code) if 0 < code <= 0x10FFFF else _REPLACEMENT if code else ""
    if ends_line or not char:
        return char
    if char == "\u00ad":
        return "-"
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    return _REPLACEMENT if category == "Cc" or char == "\ufffe" else _spelled_out(char)


def _spelled_out(char: str) -> str:
    if len(char) == 1 and any(first <= ord(char) <= last for first, last in _SPELLED_OUT):
        # Isolated Arabic marks decompose to a space and the mark.
        return unicodedata.normalize("NFKC", char).strip() or char
    return char


def _says_nothing(char: str) -> bool:
    return not char.isascii() and any(one == _REPLACEMENT or unicodedata.category(one) in ("Co", "Cn") for one in char)


class _box_asker:  # noqa: N801 - a function with its buffers
    """Asks pdfium for the box of a letter's ink, with the same four numbers each time."""

    def __init__(self, text: pdfium.PdfTextPage, frame: PageFrame) -> None:
        self._text, self._corners = text, frame.corners
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._references = tuple(ctypes.byref(side) for side in self._sides)

    def __call__(self, index: int) -> Corners | None:
        if not c.FPDFText_GetCharBox(self._text, index, *self._references):
            return None
        left, right, bottom, top = self._sides
        return self._corners(left.value, bottom.value, right.value, top.value)


def _owner(text: pdfium.PdfTextPage, index: int) -> int:
    return address(c.FPDFText_GetTextObject(text, index))


def address(pointer: c.FPDF_PAGEOBJECT) -> int:
    """Where an object of pdfium lies, to tell it from others; 0 for none."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0 if pointer else 0
