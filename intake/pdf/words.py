"""The words of a PDF page with the boxes of their ink, in the file's own order, and why some cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pypdfium2 as pdfium

from intake.pdf.frame import PageFrame
from intake.pdf.letters import Letter, Space, letters_of
from intake.pdf.painting import Painting
from intake.pdf.spaced import joined_up, parting_gaps
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
        letters = tuple(letters_of(text, frame))
        for word in joined_up(_words(letters, parting_gaps(letters))):
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
            if not isinstance(letter, Space)
            and frame.shows(letter.box)
            and painting.hides(letter.owner, letter.box) is None
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


def _words(letters: Sequence[Letter | Space], parting: Mapping[int, float]) -> Iterator[list[Letter]]:
    word: list[Letter] = []
    space: Space | None = None
    for letter in letters:
        if isinstance(letter, Space):
            space = letter if space is None or letter.written else space
            continue
        if word and (_parts(space, word[-1], letter, parting) or len(word) >= _LONGEST):
            yield word
            word = []
        space = None
        word.append(letter)
    if word:
        yield word


def _parts(space: Space | None, before: Letter, after: Letter, parting: Mapping[int, float]) -> bool:
    """Whether a word ends between two letters: what only looks like a space is none within a letter-spaced word."""
    spaced = before.owner == after.owner and before.owner in parting
    return (space is not None and (space.written or not spaced)) or _apart(before, after, parting)


def _apart(before: Letter, after: Letter, parting: Mapping[int, float]) -> bool:
    """Whether a letter stands too far from the one before, to the right or (text set anew) to the left, in one row."""
    (left, top, right, bottom), (left_after, top_after, right_after, bottom_after) = before.box, after.box
    height = max(bottom - top, bottom_after - top_after)
    if min(bottom, bottom_after) <= max(top, top_after) or height <= 0:
        return False
    widest = parting.get(before.owner, 0.0) if before.owner == after.owner else 0.0
    return left_after - right > max(_GAP * height, widest) or left - right_after > _GAP * height


def _around(word: Sequence[Letter]) -> Corners:
    boxes = [letter.box for letter in word]
    return (
        round(min(box[0] for box in boxes), 3),
        round(min(box[1] for box in boxes), 3),
        round(max(box[2] for box in boxes), 3),
        round(max(box[3] for box in boxes), 3),
    )
