"""How well a page could be read, and the likely reason when it could not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from intake.morphology import Ink, find_bodies, grown, paper
from models.document import Quality, Word
from models.parsed import Pixels, Raster

# Set by hand, not measured yet: benchmarks/ocr.py prints word recall by line, not by score.
_GOOD = 0.88
_COARSE_DPI = 130.0
_SPECKS_PER_INCH2 = 12.0
_CONTRAST = 90.0


def judge(words: Sequence[Word], raster: Raster, *, gray: Pixels, ink: Ink, dpi: float) -> Quality:
    """Mean confidence weighted by length, and a reason in words where it is low; `gray` and `ink` are at `dpi`."""
    scored = [(word.confidence, len(word.text)) for word in words if word.confidence is not None]
    if not scored:
        return Quality(1.0)
    score = float(np.average([each[0] for each in scored], weights=[each[1] for each in scored]))
    return Quality(round(score, 3), None if score >= _GOOD else _reason(raster, gray, ink, dpi))


def _reason(raster: Raster, gray: Pixels, ink: Ink, dpi: float) -> str:
    reasons = []
    if min(raster.dpi_x, raster.dpi_y) < _COARSE_DPI:
        reasons.append("low resolution")
    specks = int((find_bodies(ink).stats[1:, 2:4].max(axis=1) <= 0.9 * dpi / 72).sum())
    if specks / (ink.size / dpi**2) > _SPECKS_PER_INCH2:
        reasons.append("noisy")
    contrast = float(np.median(gray[ink == 0])) - float(np.median(gray[ink > 0])) if ink.any() else 255.0
    if contrast < _CONTRAST or _stroke(ink) < 1.6:
        reasons.append("faint")
    return ", ".join(reasons) or "hard to read"


def _stroke(ink: Ink) -> float:
    """The usual width of strokes in pixels: twice the ink's area over the length of its outline."""
    inner = paper(grown(paper(ink), 3, 3))
    outline = int(ink.sum()) - int(inner.sum())
    return 2.0 * float(ink.sum()) / outline if outline else 0.0
