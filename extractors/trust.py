"""How sure a reading is: from the reader's confidence in the words to the confidence of a value.

The curve is the table of benchmarks/confidence.py (seed 901), levelled; run it again after any change of the eyes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from models.document import Word

# A word of a text layer is what the file draws; what is left are encodings that lie (a later check compares them).
TEXT_LAYER = 0.99

# Tesseract's word confidence against the share of exact words.
_CURVE = (
    (0.0, 0.2), (0.5, 0.3), (0.6, 0.38), (0.7, 0.42), (0.75, 0.5), (0.8, 0.67), (0.85, 0.75), (0.9, 0.82), (0.93, 0.86),
    (0.95, 0.92), (0.96, 0.96), (0.97, 0.98), (1.0, 0.98),
)  # fmt: skip

# Below this a value is as likely wrong as right: it is kept as an alternative only.
GUESS = 0.5


def words_right(words: Sequence[Word]) -> float:
    """The chance 0..1 that all of these words are exactly right; the weakest word decides."""
    return min((_exact(word.confidence) for word in words), default=0.0)


def _exact(confidence: float | None) -> float:
    if confidence is None:
        return TEXT_LAYER
    for (x0, y0), (x1, y1) in itertools.pairwise(_CURVE):
        if confidence <= x1:
            return y0 + (y1 - y0) * (confidence - x0) / (x1 - x0)
    return _CURVE[-1][1]
