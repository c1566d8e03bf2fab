"""Words off a page image: segment by segment with an OCR engine, each word's box drawn around its own ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from intake.morphology import Bodies, PixelBox
from intake.ocr import OcrEngine, OcrWord
from intake.segments import Segment, cut
from models.parsed import Pixels

# Source: design measurements of OCR (fax at 204 dpi).
_FAX_BLUR = 0.8
_MARGIN = 10
# Confidence below which a reading is not believed; benchmarks/ocr.py prints what share of true words lies below.
_STRAY_SIGN = 0.5
_STRAY_WORD = 0.12
_PEN_WORD = 0.6
_RULE_LIKE = frozenset("|_—–~=")


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word: its text, its box in pixels of the page image, confidence 0..1, and the glyphs it is made of."""

    text: str
    box: PixelBox
    confidence: float
    glyphs: tuple[int, ...]


def read_segments(
    gray: Pixels, glyphs: Bodies, segments: Sequence[Segment], *, engine: OcrEngine, dpi: float, blur: bool
) -> tuple[tuple[SeenWord, ...], ...]:
    """The words of each segment."""
    pictures = [_picture(gray, glyphs, segment, blur=blur) for segment in segments]
    read = engine.read_lines(pictures, dpi)
    return tuple(_placed(words, segment, glyphs) for words, segment in zip(read, segments, strict=True))


def sift(words: Sequence[SeenWord], glyphs: Bodies, dpi: float) -> tuple[SeenWord, ...]:
    """The words without what is no print: remnants of rules, dirt, pen strokes and pictures read as letters."""
    return tuple(word for word in words if not _is_stray(word, glyphs, dpi / 72))


def _is_stray(word: SeenWord, glyphs: Bodies, point: float) -> bool:
    if not any(letter.isalnum() for letter in word.text):
        return word.confidence < _STRAY_SIGN or set(word.text) <= _RULE_LIKE
    if word.confidence < _STRAY_WORD:
        return True
    return word.confidence < _PEN_WORD and _is_penned(word, glyphs, point)


def _is_penned(word: SeenWord, glyphs: Bodies, point: float) -> bool:
    """Whether the ink of a word runs together or jumps in height as that of a pen or of a picture does."""
    if not word.glyphs:
        return True
    part = glyphs.stats[list(word.glyphs)]
    tall = part[part[:, 3] >= 3 * point]
    if not len(tall):
        return False
    letters = sum(letter.isalnum() for letter in word.text)
    joined = len(tall) <= 0.5 * letters
    wide = float((tall[:, 2] / np.maximum(tall[:, 3], 1)).max()) > 2.0
    uneven = float(tall[:, 3].max()) > 2.4 * float(np.median(tall[:, 3])) or float(tall[:, 3].max()) > 30 * point
    return joined or wide or uneven


def _picture(gray: Pixels, glyphs: Bodies, segment: Segment, *, blur: bool) -> Pixels:
    window = cut(gray, glyphs, segment, margin=_MARGIN)
    return np.asarray(cv2.GaussianBlur(window, (0, 0), _FAX_BLUR), dtype=np.uint8) if blur else window


def _placed(words: tuple[OcrWord, ...], segment: Segment, glyphs: Bodies) -> tuple[SeenWord, ...]:
    """Move words to the page; each glyph of the segment goes to the word that lies most over its middle."""
    if not words:
        return ()
    shift_x, shift_y = segment.box[0] - _MARGIN, segment.box[1] - _MARGIN
    spans = np.array([(word.x0 + shift_x, word.x1 + shift_x) for word in words], dtype=np.float64)
    owned: list[list[int]] = [[] for _ in words]
    for glyph in segment.glyphs:
        x, _, w, _ = (int(v) for v in glyphs.stats[glyph][:4])
        middle = x + w / 2
        away = np.maximum(0, np.maximum(spans[:, 0] - middle, middle - spans[:, 1]))
        owned[int(np.argmin(away))].append(glyph)
    seen = []
    for word, own in zip(words, owned, strict=True):
        box = (word.x0 + shift_x, word.top + shift_y, word.x1 + shift_x, word.bottom + shift_y)
        if own:
            part = glyphs.stats[own]
            x0, top = part[:, 0].min(), part[:, 1].min()
            box = (int(x0), int(top), int((part[:, 0] + part[:, 2]).max()), int((part[:, 1] + part[:, 3]).max()))
        seen.append(SeenWord(word.text, box, word.confidence, tuple(own)))
    return tuple(seen)
