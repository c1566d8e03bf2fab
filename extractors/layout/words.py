"""Words of a page with geometry."""

from __future__ import annotations

from models.document import Word
from models.geometry import Box


def place_of(word: Word) -> Box:
    """Where a word of a page with geometry stands."""
    if word.box is None:
        raise ValueError("a word of plain text has no place")
    return word.box
