"""Lines in two scripts: Chinese characters in their own face, all else in the face of the line.

A word of the truth is what stands between spaces, as everywhere; Chinese is written without them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from reportlab.lib.colors import Color, black
from reportlab.pdfbase.pdfmetrics import getFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from models.geometry import Box
from models.truth import Kind
from samples.faces import CHINESE, face
from samples.page import SANS, Sheet

# The handwriting face that has Chinese characters too.
_BRUSH = "Klee"
_LEAST, _LEADING = 4.5, 1.08
_RUNS = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|[^\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")


def text(
    sheet: Sheet,
    x: float,
    y: float,
    line: str,
    *,
    font: str = SANS,
    size: float = 8,
    kind: Kind = "printed",
    colour: Color = black,
) -> tuple[Box, ...]:
    """Write a line in both scripts from `x` on the baseline `y`; the boxes of its words come back."""
    boxes: list[Box] = []
    for word in re.finditer(r"\S+", line):
        at, runs = x + width(line[: word.start()], size, font=font, kind=kind), _runs(word[0], font, kind)
        for run, name in runs:
            sheet.text(at, y, run, font=name, size=size, kind=kind, colour=colour)
            at += stringWidth(run, face(name), size)
        boxes.append(sheet.joined(len(runs)))
    return tuple(boxes)


def width(line: str, size: float, *, font: str = SANS, kind: Kind = "printed") -> float:
    """The width of a line in both scripts, in points."""
    return float(sum(stringWidth(run, face(name), size) for run, name in _runs(line, font, kind)))


def fill(
    sheet: Sheet,
    room: Box,
    words: str,
    *,
    path: str | None = None,
    stated: str | None = None,
    font: str = SANS,
    size: float = 9.5,
) -> tuple[Box, ...]:
    """Write a value that may hold Chinese into `room`, its last line 3 points above the bottom.

    `stated` is its contract form if that differs. The book's hand goes before `font`, which writes what is not Chinese,
    and `size`. What is too wide becomes smaller, and is broken into lines as soon as the room is high enough for them.
    The boxes of the words come back.
    """
    if not words:
        return ()
    hand = sheet.hand
    font, size = hand.font or font, hand.size or size
    lines = _lines(words, room, size=size, font=font)
    while not _fits(lines, room, size=size, font=font) and size > _LEAST:
        size -= 0.25
        lines = _lines(words, room, size=size, font=font)
    boxes: list[Box] = []
    for number, line in enumerate(lines):
        y = room.bottom - 3 - (len(lines) - 1 - number) * size * _LEADING
        boxes += text(sheet, room.x0, y, line, font=font, size=size, kind=hand.kind)
    if path is not None:
        sheet.state(path, stated or words, quote=words, boxes=boxes)
    return tuple(boxes)


def paragraph(sheet: Sheet, x: float, y: float, words: str, *, width: float, size: float = 7) -> float:
    """Write printed text in both scripts in lines of at most `width` points; the baseline for what follows comes back.

    Lines break at spaces and between Chinese characters, but not before a Chinese full stop or comma.
    """
    for line in wrapped(words, width, size):
        text(sheet, x, y, line, size=size)
        y += size * 1.3
    return y


def wrapped(words: str, limit: float, size: float, *, font: str = SANS) -> Sequence[str]:
    """The lines of at most `limit` points into which a text breaks."""
    lines = [""]
    for piece in re.findall(r"\s*(?:[\u3400-\u9fff][\u3000-\u303f\uff00-\uffef]*|[^\s\u3400-\u9fff]+)", words):
        if lines[-1] and width(lines[-1] + piece, size, font=font) > limit:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return tuple(lines)


def _lines(words: str, room: Box, *, size: float, font: str) -> Sequence[str]:
    """The lines of a value; one word, a date or a name, is not broken."""
    return wrapped(words, room.width, size, font=font) if " " in words else (words,)


def _fits(lines: Sequence[str], room: Box, *, size: float, font: str) -> bool:
    wide = max(width(line, size, font=font) for line in lines)
    return wide <= room.width and 3 + size * (0.75 + _LEADING * (len(lines) - 1)) <= room.height


def _runs(line: str, font: str, kind: Kind) -> list[tuple[str, str]]:
    return [(run, _face_for(run, font, kind)) for run in _RUNS.findall(line)]


def _face_for(run: str, font: str, kind: Kind) -> str:
    if run[0] < "\u2e80":
        return font
    return _BRUSH if kind == "handwritten" and all(ord(one) in _glyphs(_BRUSH) for one in run) else CHINESE


@functools.cache
def _glyphs(name: str) -> frozenset[int]:
    known = getFont(face(name))
    return frozenset(known.face.charToGlyph) if isinstance(known, TTFont) else frozenset()
