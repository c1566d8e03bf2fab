from __future__ import annotations

import pytest

from models.truth import PlacedWord
from scoring.words import WordCount, count_words, total, words_of
from tests.scoring.made import BOX, FORM, blank, page


def test_words_are_compared_exactly_and_as_often_as_they_stand() -> None:
    counted = count_words(["the", "knee", "The", "knee"], ["the", "knee", "the"])
    assert counted == WordCount(true=4, hits=2, read=3)
    assert [counted.recall, counted.precision] == pytest.approx([1 / 2, 2 / 3])


def test_handwriting_is_neither_asked_for_nor_held_against_the_reader() -> None:
    words = (PlacedWord("Name:", BOX, "printed"), PlacedWord("Mary", BOX, "handwritten"))
    truth = page(FORM, 0, words=words)
    assert words_of(truth, blank(1, "Name: Mary")) == WordCount(1, 1, 1)
    assert words_of(truth, blank(1, "Name: Mory")) == WordCount(1, 1, 2)


def test_an_unread_page_has_no_words() -> None:
    truth = page(FORM, 0, words=(PlacedWord("Name:", BOX, "printed"),))
    assert words_of(truth, None).recall == 0.0
    assert total([words_of(truth, None), WordCount(3, 3, 3)]).recall == 0.75
