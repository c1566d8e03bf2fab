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
_SURE_WORD = 0.6
_EVEN = 0.8
_TALLEST = 30.0
_KEPT_SIGNS = frozenset({"*", "&", "$", "%", "#"})
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
        return word.text not in _KEPT_SIGNS and (word.confidence < _STRAY_SIGN or set(word.text) <= _RULE_LIKE)
    return word.confidence < _SURE_WORD and not _is_printed(word, glyphs, point)


def _is_printed(word: SeenWord, glyphs: Bodies, point: float) -> bool:
    """Whether a word's ink comes in pieces of one or two even heights, as print does and a pen or a picture does not."""
    heights = np.sort(glyphs.stats[list(word.glyphs), 3])
    heights = heights[heights >= 2.6 * point]
    letters = sum(letter.isalnum() for letter in word.text)
    if len(heights) < max(1, 0.6 * letters) or heights[-1] > _TALLEST * point:
        return False
    body = float(np.median(heights))
    even = (np.abs(heights - body) <= 0.12 * body + 1) | (np.abs(heights - 1.4 * body) <= 0.15 * body + 1)
    return float(even.mean()) >= _EVEN and (len(heights) >= 3 or word.confidence >= _STRAY_SIGN)


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
