from __future__ import annotations

import pytest

from extractors.layout.words import place_of
from models.document import Word
from models.geometry import Box, Span


def test_a_word_stands_where_its_box_is() -> None:
    assert place_of(Word("a", Box(1, 2, 3, 4), Span(0, 1))) == Box(1, 2, 3, 4)


def test_a_word_of_plain_text_stands_nowhere() -> None:
    with pytest.raises(ValueError, match="no place"):
        place_of(Word("a", None, Span(0, 1)))
