"""How sure a reading is: from the reader's confidence in the words to the confidence of a value.

All figures are measured by benchmarks/fields.py on generated faxes; run it again after any change of the eyes.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.document import Word

# A word of a text layer is what the file draws; what is left are encodings that lie (a later check compares them).
TEXT_LAYER = 0.99

# Tesseract's word confidence against the share of exact words.
_CURVE = ((0.0, 0.05), (0.4, 0.2), (0.6, 0.5), (0.7, 0.68), (0.8, 0.85), (0.9, 0.96), (0.95, 0.985), (1.0, 0.99))

# Below this, an exact value (a date, a number, a code) is a guess: it is kept as an alternative only.
GUESS = 0.55


def words_right(words: Sequence[Word]) -> float:
    """The chance 0..1 that all of these words are exactly right; the weakest word decides."""
    return min((_exact(word.confidence) for word in words), default=0.0)


def _exact(confidence: float | None) -> float:
    if confidence is None:
        return TEXT_LAYER
    for (x0, y0), (x1, y1) in zip(_CURVE, _CURVE[1:], strict=False):
        if confidence <= x1:
            return y0 + (y1 - y0) * (confidence - x0) / (x1 - x0)
    return _CURVE[-1][1]
