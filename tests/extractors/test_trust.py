from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.trust import TEXT_LAYER, words_right
from models.document import Word
from models.geometry import Span

SURE = st.floats(0, 1)


def word(confidence: float | None) -> Word:
    return Word("x", None, Span(0, 1), confidence)


def test_a_text_layer_is_trusted_and_nothing_is_not() -> None:
    assert words_right([word(None)]) == TEXT_LAYER
    assert words_right([]) == 0


@given(SURE, SURE)
def test_a_surer_word_is_never_trusted_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= words_right([word(low)]) <= words_right([word(high)]) <= 1


@given(st.lists(st.one_of(SURE, st.none()), min_size=1))
def test_the_weakest_word_decides(confidences: list[float | None]) -> None:
    assert words_right([word(c) for c in confidences]) == min(words_right([word(c)]) for c in confidences)
