"""The words of a PDF page with the boxes of their ink, in the file's own order."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.pdf.frame import PageFrame
from intake.raw import Corners

_LONGEST = 500
# A gap wider than this share of the letters' height separates words even where the file has no space: the widest space
# of ordinary fonts is about a third of the height of a capital letter plus descender, letter-spacing seldom a half.
_GAP = 0.6
# pdfium marks a hyphen at a line's end with one of these, and leaves the line's end itself out.
_LINE_HYPHENS = "\x02\ufffe"
_INVISIBLE = 3
_Letter = tuple[str, Corners]


def words_of(page: pdfium.PdfPage, frame: PageFrame, most: int) -> tuple[tuple[str, Corners], ...]:
    """Words that lie on the page, at most `most` of them. Ligatures are spelled out, control characters left out."""
    text = page.get_textpage()
    try:
        found: list[tuple[str, Corners]] = []
        for word in _words(_letters(text, frame)):
            if frame.shows(word[1]):
                found.append(word)
                if len(found) >= most:
                    break
        return tuple(found)
    finally:
        text.close()


def visible_letters(page: pdfium.PdfPage, frame: PageFrame) -> tuple[Corners, ...]:
    """The boxes of the letters that are drawn: the text layer of a scan is not."""
    text = page.get_textpage()
    try:
        places = []
        for index in range(c.FPDFText_CountChars(text)):
            if chr(c.FPDFText_GetUnicode(text, index) or 0x20).isspace():
                continue
            owner = c.FPDFText_GetTextObject(text, index)
            if owner and c.FPDFTextObj_GetTextRenderMode(owner) != _INVISIBLE:
                corners = _corners(text, index, frame)
                if corners is not None and frame.shows(corners):
                    places.append(corners)
        return tuple(places)
    finally:
        text.close()


def _letters(text: pdfium.PdfTextPage, frame: PageFrame) -> Iterator[_Letter | None]:
    """Each character with its box; None where words part."""
    high = ""
    for index in range(c.FPDFText_CountChars(text)):
        char = _character(c.FPDFText_GetUnicode(text, index))
        if "\ud800" <= char <= "\udbff":
            high = char
            continue
        if "\udc00" <= char <= "\udfff":
            char = (high + char).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if high else "\ufffd"
        high = ""
        corners = None if char.isspace() else _corners(text, index, frame)
        if char.isspace():
            yield None
        elif char and corners is not None:
            yield ("-" if char in _LINE_HYPHENS else char), corners
            if char in _LINE_HYPHENS:
                yield None


def _character(code: int) -> str:
    if 0x20 < code < 0x7F:
        return chr(code)
    char = chr(code) if 0 < code <= 0x10FFFF else "\ufffd" if code else ""
    if char in _LINE_HYPHENS:
        return char
    if char == "\u00ad":
        return "-"
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    if char.isspace() or char in "\u200b\ufeff":
        return " " if char.isspace() else ""
    return "" if unicodedata.category(char) == "Cc" else char


def _corners(text: pdfium.PdfTextPage, index: int, frame: PageFrame) -> Corners | None:
    left, right, bottom, top = sides = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    if not c.FPDFText_GetCharBox(text, index, *sides):
        return None
    return frame.corners(left.value, bottom.value, right.value, top.value)


def _words(letters: Iterator[_Letter | None]) -> Iterator[_Letter]:
    word: list[_Letter] = []
    for letter in letters:
        if letter is None or (word and (_apart(word[-1][1], letter[1]) or len(word) >= _LONGEST)):
            if word:
                yield _joined(word)
            word = []
        if letter is not None:
            word.append(letter)
    if word:
        yield _joined(word)


def _apart(before: Corners, after: Corners) -> bool:
    """Whether a letter stands too far from the one before, to the right or (text set anew) to the left, in one row."""
    height = max(before[3] - before[1], after[3] - after[1])
    if min(before[3], after[3]) <= max(before[1], after[1]) or height <= 0:
        return False
    return after[0] - before[2] > _GAP * height or before[0] - after[2] > _GAP * height


def _joined(word: list[_Letter]) -> _Letter:
    boxes = [corners for _, corners in word]
    return (
        "".join(char for char, _ in word),
        (
            round(min(box[0] for box in boxes), 3),
            round(min(box[1] for box in boxes), 3),
            round(max(box[2] for box in boxes), 3),
            round(max(box[3] for box in boxes), 3),
        ),
    )
