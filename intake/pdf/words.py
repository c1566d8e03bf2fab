"""The words of a PDF page with the boxes of their ink, in the file's own order, and why some cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from intake.pdf.frame import PageFrame
from intake.pdf.letters import Letter, letters_of
from intake.pdf.painting import Painting
from intake.pdf.spaced import joined_up
from intake.raw import Corners, HiddenReason, RawRaster, RawWord

_LONGEST = 500
# A gap wider than this share of the letters' height separates words even where the file has no space: the widest space
# of ordinary fonts is about a third of the height of a capital letter plus descender, letter-spacing seldom a half.
_GAP = 0.6
# How fonts of symbols (Wingdings, Zapf Dingbats) are mapped: a tick or a bullet by itself is no garbled word.
_SYMBOLS = ("\uf020", "\uf0ff")
# A glyph by itself that stands for no character is a bullet or a box: the pixels show it, no word does.
_NOTHING = "\ufffd"
# Words this many page sizes away from the page were never meant to be on it.
_BEYOND = 0.9


def words_of(
    page: pdfium.PdfPage, frame: PageFrame, most: int, *, raster: RawRaster | None = None
) -> tuple[RawWord, ...]:
    """The words of the page, at most `most` of them, with those beside it; `raster` is the page drawn.

    Ligatures are spelled out, control characters left out, l e t t e r - s p a c e d words joined.
    """
    text = page.get_textpage()
    try:
        found: list[RawWord] = []
        painting = Painting.of(page, frame, raster)
        for word in joined_up(_words(letters_of(text, frame))):
            box = _around(word)
            read = "".join(letter.text for letter in word)
            if _near(box, frame) and read != _NOTHING:
                found.append(RawWord(read, box, _hidden(word, box, painting)))
                if len(found) >= most:
                    break
        return tuple(found)
    finally:
        text.close()


def visible_letters(page: pdfium.PdfPage, frame: PageFrame) -> tuple[Corners, ...]:
    """The boxes of the letters that are drawn: the text layer of a scan is not."""
    text = page.get_textpage()
    try:
        painting = Painting.of(page, frame)
        return tuple(
            letter.box
            for letter in letters_of(text, frame)
            if letter is not None and frame.shows(letter.box) and painting.hides(letter.owner, letter.box) is None
        )
    finally:
        text.close()


def _hidden(word: Sequence[Letter], box: Corners, painting: Painting) -> HiddenReason | None:
    reasons = [painting.hides(owner, box) for owner in {letter.owner for letter in word}]
    if all(reasons):
        return reasons[0]
    unsure = sum(letter.unsure for letter in word)
    symbol = len(word) == 1 and _SYMBOLS[0] <= word[0].text <= _SYMBOLS[1]
    return "garbled" if 2 * unsure >= len(word) and not symbol else None


def _near(box: Corners, frame: PageFrame) -> bool:
    x0, top, x1, bottom = box
    wide, high = _BEYOND * frame.width, _BEYOND * frame.height
    return x0 > -wide and top > -high and x1 < frame.width + wide and bottom < frame.height + high


def _words(letters: Iterator[Letter | None]) -> Iterator[list[Letter]]:
    word: list[Letter] = []
    for letter in letters:
        if letter is None or (word and (_apart(word[-1].box, letter.box) or len(word) >= _LONGEST)):
            if word:
                yield word
            word = []
        if letter is not None:
            word.append(letter)
    if word:
        yield word


def _apart(before: Corners, after: Corners) -> bool:
    """Whether a letter stands too far from the one before, to the right or (text set anew) to the left, in one row."""
    height = max(before[3] - before[1], after[3] - after[1])
    if min(before[3], after[3]) <= max(before[1], after[1]) or height <= 0:
        return False
    return after[0] - before[2] > _GAP * height or before[0] - after[2] > _GAP * height


def _around(word: Sequence[Letter]) -> Corners:
    boxes = [letter.box for letter in word]
    return (
        round(min(box[0] for box in boxes), 3),
        round(min(box[1] for box in boxes), 3),
        round(max(box[2] for box in boxes), 3),
        round(max(box[3] for box in boxes), 3),
    )
