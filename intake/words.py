"""Words off a page image: segment by segment with an OCR engine, each word's box drawn around its own ink."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from intake.mending import mended
from intake.morphology import Bodies, Labels, PixelBox
from intake.ocr import OcrEngine, OcrWord
from intake.second_look import read_lines_twice
from intake.segments import Segment, cut
from intake.spaced_line import read_spaced
from models.parsed import Pixels

# Source: design measurements of OCR (fax at 204 dpi).
_FAX_BLUR = 0.8
_MARGIN = 10
# How much a pixel of distance from the named place weighs against one of the gap's width, and the worst that is taken.
_NAMED, _FARTHEST = 0.15, 4.0
# Confidence below which a reading is not believed; benchmarks/confidence.py prints how many of the words that are kept
# lie below, and what share of them is right.
_STRAY_SIGN = 0.5
_SURE_WORD = 0.6
_SURE_SEGMENT = 0.6
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
    if not segments:
        return ()
    pictures = [cut(gray, glyphs, segment, margin=_MARGIN) for segment in segments]
    sigma = _FAX_BLUR if blur else 0.0
    known = read_spaced(segments, pictures, engine=engine, dpi=dpi, margin=_MARGIN, blur=sigma)
    others = [at for at in range(len(segments)) if at not in known]
    read = read_lines_twice(engine, [pictures[at] for at in others], dpi, blur=sigma)
    lines = known | dict(zip(others, read, strict=True))
    return tuple(_placed(mended(lines[at]), segment, glyphs) for at, segment in enumerate(segments))


def read_once(
    gray: Pixels, glyphs: Bodies, segments: Sequence[Segment], *, engine: OcrEngine, dpi: float, blur: bool
) -> tuple[tuple[OcrWord, ...], ...]:
    """The words of each segment at a first look, their places in pixels of the segment's own picture."""
    pictures = [cut(gray, glyphs, segment, margin=_MARGIN) for segment in segments]
    if blur:
        pictures = [np.asarray(cv2.GaussianBlur(each, (0, 0), _FAX_BLUR), np.uint8) for each in pictures]
    return engine.read_lines(pictures, dpi)


def sift(segments: Iterable[tuple[SeenWord, ...]], glyphs: Bodies, dpi: float) -> tuple[SeenWord, ...]:
    """The words without what is no print: remnants of rules, dirt, pen strokes and pictures read as letters."""
    kept: list[SeenWord] = []
    for words in segments:
        sure = mean_confidence(words) >= _SURE_SEGMENT
        kept += [
            _unruled(word, words) for word in words if not _is_stray(word, words, glyphs, point=dpi / 72, sure=sure)
        ]
    return tuple(kept)


def mean_confidence(words: Sequence[SeenWord]) -> float:
    """The confidence 0..1 of some words, weighted by their length; 0 for none."""
    weights = [len(word.text) for word in words]
    return float(np.average([word.confidence for word in words], weights=weights)) if words else 0.0


def _unruled(word: SeenWord, words: Sequence[SeenWord]) -> SeenWord:
    """A bar between words is a capital I: rules were taken out of the ink before."""
    return replace(word, text="I") if word.text == "|" and len(words) > 1 else word


def _is_stray(word: SeenWord, words: Sequence[SeenWord], glyphs: Bodies, *, point: float, sure: bool) -> bool:
    if not any(letter.isalnum() for letter in word.text):
        if word.text in _KEPT_SIGNS or (word.text == "|" and sure and len(words) > 2):
            return False
        return word.confidence < _STRAY_SIGN or set(word.text) <= _RULE_LIKE
    return not sure and word.confidence < _SURE_WORD and not _is_printed(word, glyphs, point)


def _is_printed(word: SeenWord, glyphs: Bodies, point: float) -> bool:
    """Whether a word's ink has one or two even heights, as print does and the work of a pen or a picture does not."""
    heights = np.sort(glyphs.stats[list(word.glyphs), 3])
    heights = heights[heights >= 2.6 * point]
    letters = sum(letter.isalnum() for letter in word.text)
    if len(heights) < max(1, 0.6 * letters) or heights[-1] > _TALLEST * point:
        return False
    body = float(np.median(heights))
    even = (np.abs(heights - body) <= 0.12 * body + 1) | (np.abs(heights - 1.4 * body) <= 0.15 * body + 1)
    return float(even.mean()) >= _EVEN and (len(heights) >= 3 or word.confidence >= _STRAY_SIGN)


def _placed(words: tuple[OcrWord, ...], segment: Segment, glyphs: Bodies) -> tuple[SeenWord, ...]:
    """Move words to the page; each glyph of the segment goes to the word in whose limits its middle lies."""
    if not words:
        return ()
    shift_x, shift_y = segment.box[0] - _MARGIN, segment.box[1] - _MARGIN
    limits = _limits(words, shift_x, glyphs.stats[list(segment.glyphs)])
    owned: list[list[int]] = [[] for _ in words]
    for glyph in segment.glyphs:
        x, _, w, _ = (int(v) for v in glyphs.stats[glyph][:4])
        owned[int(np.searchsorted(limits, x + w / 2))].append(glyph)
    seen = []
    for word, own in zip(words, owned, strict=True):
        box = _clipped((word.x0 + shift_x, word.top + shift_y, word.x1 + shift_x, word.bottom + shift_y), segment.box)
        if own:
            part = glyphs.stats[own]
            x0, top = part[:, 0].min(), part[:, 1].min()
            box = (int(x0), int(top), int((part[:, 0] + part[:, 2]).max()), int((part[:, 1] + part[:, 3]).max()))
        seen.append(SeenWord(word.text, box, word.confidence, tuple(own)))
    return tuple(seen)


def _limits(words: Sequence[OcrWord], shift: int, part: Labels) -> list[float]:
    """Where one word ends and the next begins: the widest gap in the ink near the place that the engine names.

    Engines tell the places of words to about a letter only.
    """
    gaps: list[tuple[float, float]] = []
    end = None
    for x, across in sorted((int(x), int(w)) for x, _, w, _, _ in part):
        if end is not None and x > end:
            gaps.append(((x + end) / 2, float(x - end)))
        end = x + across if end is None else max(end, x + across)
    limits: list[float] = []
    for before, after in pairwise(words):
        named = (before.x1 + after.x0) / 2 + shift
        later = [gap for gap in gaps if not limits or gap[0] > limits[-1]]
        place, width = max(later, key=lambda gap: gap[1] - _NAMED * abs(gap[0] - named), default=(named, 0.0))
        near = width - _NAMED * abs(place - named) > -_FARTHEST
        limits.append(max(place if near else named, limits[-1] if limits else place))
    return limits


def _clipped(box: PixelBox, frame: PixelBox) -> PixelBox:
    x0, top = min(max(box[0], frame[0]), frame[2] - 1), min(max(box[1], frame[1]), frame[3] - 1)
    return x0, top, max(x0 + 1, min(box[2], frame[2])), max(top + 1, min(box[3], frame[3]))
