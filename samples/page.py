"""A sheet to draw on that remembers where everything stands.

Coordinates are points, origin top left, as in `models.geometry`; text stands on its baseline `y`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.colors import Color, black, white
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from models.geometry import Box
from models.truth import (
    Ink,
    Kind,
    PageTruth,
    Paper,
    PlacedFact,
    PlacedMark,
    PlacedSignature,
    PlacedValue,
    PlacedWord,
)
from samples.faces import face
from samples.prose import Told, parse

LETTER, A4 = (612.0, 792.0), (595.0, 842.0)
SANS, BOLD, SERIF, TYPED = "Helvetica", "Helvetica-Bold", "Times-Roman", "Courier-Bold"

# Glyphs whose ink rises above the small letters or falls below the baseline. What comes of it is within .1 em of the
# ink, .2 em at the sides of typewriter letters, whose width is not their ink's (tests/samples/test_page.py).
_TALL = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789bdfhijklt/()[]'\"&%$#!?|")
_DEEP = set("gjpqy,;()[]/|$Q")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who fills in: the face and size of values; None leaves both to the form. `kind` tells a pen from a machine."""

    font: str | None = None
    size: float | None = None
    kind: Kind = "value"


class Book:
    """A PDF in the making, sheet after sheet; `save` gives the truth of all of them, `papers` what they belong to."""

    def __init__(
        self, path: Path, title: str, *, hand: Hand | None = None, size: tuple[float, float] = LETTER, first: int = 0
    ) -> None:
        """Start the file at `path`; `title` goes into its properties. Its papers are numbered from `first`."""
        self.canvas = Canvas(str(path), pagesize=size, invariant=1)
        self.canvas.setTitle(title)
        self.hand = hand or Hand()
        self.size = size
        self.papers: list[Paper] = []
        self._first = first
        self._sheets: list[Sheet] = []

    def paper(self, paper: Paper) -> None:
        """Begin a document: the sheets that follow are its pages."""
        self.papers.append(paper)

    def sheet(self, part: str) -> Sheet:
        """Begin the next page, which belongs to a part of this type (contract 3) and to the paper begun last."""
        if self._sheets:
            self.canvas.showPage()
        number = self._first + max(0, len(self.papers) - 1)
        self._sheets.append(Sheet(self.canvas, part, hand=self.hand, size=self.size, paper=number))
        return self._sheets[-1]

    def save(self) -> tuple[PageTruth, ...]:
        """Write the file."""
        self.canvas.showPage()
        self.canvas.save()
        return tuple(sheet.truth() for sheet in self._sheets)


class Sheet:
    """One page: drawing on it records the words, values, marks, signatures and facts."""

    def __init__(
        self,
        canvas: Canvas,
        part: str,
        *,
        hand: Hand | None = None,
        size: tuple[float, float] = LETTER,
        paper: int = 0,
    ) -> None:
        """Draw on the current page of `canvas`."""
        self.canvas = canvas
        self.part = part
        self.hand = hand or Hand()
        self.width, self.height = size
        self._paper = paper
        self._words: list[PlacedWord] = []
        self._values: list[PlacedValue] = []
        self._marks: list[PlacedMark] = []
        self._signatures: list[PlacedSignature] = []
        self._facts: list[PlacedFact] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        font: str = SANS,
        size: float = 9,
        kind: Kind = "printed",
        colour: Color = black,
    ) -> tuple[Box, ...]:
        """Write a line from `x` on the baseline `y`; the boxes of its words come back."""
        font = face(font)
        self.canvas.setFillColor(colour)
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)
        self.canvas.setFillColor(black)
        placed = _placed(x, y, text, font, size, kind)
        self._words.extend(placed)
        return tuple(word.box for word in placed)

    def joined(self, count: int) -> Box:
        """Make one word of the last `count` that were written, as where a word changes its face; its box comes back."""
        parts, self._words = self._words[-count:], self._words[:-count]
        text, box = "".join(part.text for part in parts), Box.around(part.box for part in parts)
        self._words.append(PlacedWord(text, box, parts[0].kind))
        return box

    def centred(self, y: float, text: str, *, x: float = 306, font: str = BOLD, size: float = 12) -> tuple[Box, ...]:
        """Write a printed line around `x`; the boxes of its words come back."""
        return self.text(x - stringWidth(text, face(font), size) / 2, y, text, font=font, size=size)

    def value(
        self,
        x: float,
        y: float,
        text: str,
        *,
        path: str | None = None,
        value: str | None = None,
        font: str = TYPED,
        size: float = 10,
    ) -> tuple[Box, ...]:
        """Fill in a value; `value` is its contract form if that differs from the characters written.

        The book's hand goes before `font` and `size`; lines after the first stand below it. The boxes of the words
        come back.
        """
        font, size = self.hand.font or font, self.hand.size or size
        boxes: list[Box] = []
        for number, line in enumerate(text.split("\n")):
            boxes += self.text(x, y + number * (size + 1), line, font=font, size=size, kind=self.hand.kind)
        if path is not None:
            self.state(path, value or text.replace("\n", " "), quote=text.replace("\n", " "), boxes=boxes)
        return tuple(boxes)

    def spaced(
        self, middles: Sequence[float], y: float, text: str, *, font: str = TYPED, size: float = 10
    ) -> tuple[Box, ...]:
        """Write each character of `text` around its own x, as a comb of cells asks; the boxes of its words come back.

        The book's hand goes before `font`. A blank leaves its place empty; what stands between blanks is one word.
        """
        font = face(self.hand.font or font)
        self.canvas.setFont(font, size)
        starts = [middle - stringWidth(glyph, font, size) / 2 for middle, glyph in zip(middles, text, strict=True)]
        for start, glyph in zip(starts, text, strict=True):
            self.canvas.drawString(start, self.height - y, glyph)
        words = []
        for found in re.finditer(r"\S+", text):
            last = found.end() - 1
            right = starts[last] + stringWidth(text[last], font, size)
            box = Box(starts[found.start()], y - _rise(found[0]) * size, right, y + _fall(found[0]) * size)
            words.append(PlacedWord(found[0], box, self.hand.kind))
        self._words.extend(words)
        return tuple(word.box for word in words)

    def state(self, path: str, value: str, *, quote: str, boxes: Sequence[Box], kind: Kind | None = None) -> None:
        """Record that the words at `boxes` state a value."""
        self._values.append(PlacedValue(path, value, quote, _by_line(boxes), kind or self.hand.kind))

    def fact(self, concept: str, status: str, *, on: dt.date | None, quote: str, boxes: Sequence[Box]) -> None:
        """Record that the words at `boxes` state a clinical fact; see `models.truth.PlacedFact`."""
        self._facts.append(PlacedFact(concept, status, on, quote, _by_line(boxes)))

    def signature(self, box: Box, ink: Ink) -> None:
        """Record a place to sign and what stands there."""
        self._signatures.append(PlacedSignature(box, ink))

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        *,
        width: float,
        font: str = SERIF,
        size: float = 10.5,
        leading: float = 14,
        kind: Kind = "printed",
    ) -> float:
        """Write running text in lines of at most `width` points; the baseline for the next line comes back.

        What the text states is told by its marks; see `samples.prose`.
        """
        prose = parse(text)
        boxes: list[Box] = []
        for line in wrapped(prose.plain, width, font=face(font), size=size):
            boxes += self.text(x, y, line, font=font, size=size, kind=kind)
            y += leading
        for told in prose.told:
            self.tell(told, boxes[told.first : told.last + 1], kind=kind)
        return y

    def tell(self, told: Told, boxes: Sequence[Box], *, kind: Kind = "printed") -> None:
        """Record what the words at `boxes` state, as a mark of `samples.prose` has it."""
        if told.path is not None:
            self.state(told.path, told.value or told.quote, quote=told.quote, boxes=boxes, kind=kind)
        else:
            self.fact(told.concept, told.status, on=told.on, quote=told.quote, boxes=boxes)

    def line(self, x0: float, y0: float, x1: float, y1: float, *, weight: float = 0.8) -> None:
        """Rule a line."""
        self.canvas.setLineWidth(weight)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def frame(self, box: Box, *, weight: float = 0.8) -> None:
        """Rule the four sides of a box."""
        self.canvas.setLineWidth(weight)
        self.canvas.rect(box.x0, self.height - box.bottom, box.width, box.height)

    def band(self, box: Box, text: str, *, size: float = 10) -> None:
        """A black band with a white heading in its middle."""
        self.canvas.setFillColor(black)
        self.canvas.rect(box.x0, self.height - box.bottom, box.width, box.height, stroke=0, fill=1)
        x = box.middle[0] - stringWidth(text, BOLD, size) / 2
        self.text(x, box.middle[1] + 0.35 * size, text, font=BOLD, size=size, colour=white)

    def tick_box(
        self,
        x: float,
        y: float,
        option: str,
        *,
        ticked: bool = False,
        path: str | None = None,
        value: str | None = None,
        side: float = 8.5,
        size: float = 9,
    ) -> Box:
        """Draw an empty box on the baseline `y`, its option to the right; the stroke of a tick is drawn by `pen`."""
        box = Box(x, y - side + 0.5, x + side, y + 0.5)
        self.frame(box, weight=0.9)
        self.text(x + side + 4, y, option, size=size)
        self.mark(box, option, ticked=ticked, path=path, value=value)
        return box

    def mark(
        self, box: Box, option: str, *, ticked: bool = False, path: str | None = None, value: str | None = None
    ) -> None:
        """Record a place to tick that has been drawn otherwise, brackets for instance; see `tick_box`."""
        self._marks.append(PlacedMark(option, box, ticked, path, value))

    def truth(self) -> PageTruth:
        """What stands on the sheet so far."""
        return PageTruth(
            self.part,
            self.width,
            self.height,
            tuple(self._words),
            tuple(self._values),
            tuple(self._marks),
            tuple(self._signatures),
            tuple(self._facts),
            paper=self._paper,
        )


def us_date(day: dt.date) -> str:
    """A date as an American office types it: 09/14/2026."""
    return f"{day:%m/%d/%Y}"


def wrapped(text: str, width: float, *, font: str, size: float, indent: float = 0.0) -> list[str]:
    """Break a text into lines of at most `width` points; a word that is longer has a line of its own.

    The first line is `indent` points shorter.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and stringWidth(longer, font, size) <= width - (indent if len(lines) == 1 else 0):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _placed(x: float, y: float, text: str, font: str, size: float, kind: Kind) -> list[PlacedWord]:
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        left = x + stringWidth(text[:start], font, size)
        box = Box(left, y - _rise(word) * size, left + stringWidth(word, font, size), y + _fall(word) * size)
        words.append(PlacedWord(word, box, kind))
    return words


def _rise(word: str) -> float:
    if _is_chinese(word):
        return 0.82
    return 0.72 if _TALL & set(word) else 0.53


def _fall(word: str) -> float:
    if _is_chinese(word):
        return 0.09
    return 0.21 if _DEEP & set(word) else 0.01


def _is_chinese(word: str) -> bool:
    return any("\u2e80" <= character <= "\u9fff" for character in word)


def _by_line(boxes: Sequence[Box]) -> tuple[Box, ...]:
    lines: list[Box] = []
    for box in boxes:
        if lines and lines[-1].rows_shared(box) > 0.5:
            lines[-1] = Box.around((lines[-1], box))
        else:
            lines.append(box)
    return tuple(lines)
