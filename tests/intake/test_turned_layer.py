"""Text layers of pages that lie upside down or on their side are turned; others are left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from intake.turned_layer import moved, turn_of
from models.geometry import Affine, Box
from models.parsed import Annotation, ParsedPage, VectorWord

WIDE, HIGH = 612.0, 792.0
TEXT = "The patient was seen for joint pain and morning stiffness lasting about two hours each day of the week"
# From the upright page to one that must be turned clockwise by so much to be upright again.
LYING = {
    0: Affine(1, 0, 0, 0, 1, 0),
    180: Affine(-1, 0, WIDE, 0, -1, HIGH),
    90: Affine(0, 1, 0, -1, 0, WIDE),
    270: Affine(0, -1, HIGH, 1, 0, 0),
}


def upright(text: str = TEXT) -> tuple[VectorWord, ...]:
    words, x = [], 72.0
    for number, word in enumerate(text.split()):
        x = 72.0 if number % 8 == 0 else x
        words.append(VectorWord(word, Box(x, 80 + 14 * (number // 8), x + 6 * len(word), 90 + 14 * (number // 8))))
        x += 6 * len(word) + 4
    return tuple(words)


def page(words: tuple[VectorWord, ...]) -> ParsedPage:
    note = Annotation("freetext", Box(10, 10, 50, 20), "note")
    return ParsedPage(1, WIDE, HIGH, None, words=words, annotations=(note,))


@pytest.mark.parametrize("turn", LYING)
def test_the_turn_that_makes_a_layer_upright(turn: int) -> None:
    lying = moved(page(upright()), LYING[turn])
    assert turn_of(lying.words) == turn


def test_all_that_has_a_place_is_moved() -> None:
    there = moved(page(upright()), LYING[180])
    assert there.annotations[0].box == Box(WIDE - 50, HIGH - 20, WIDE - 10, HIGH - 10)
    back = moved(there, LYING[180])
    assert [word.box for word in back.words] == [word.box for word in upright()]


def test_few_words_and_other_scripts_decide_nothing() -> None:
    assert turn_of(moved(page(upright("Signed by Jane Sample")), LYING[180]).words) == 0
    hebrew = " ".join(["\u05e9\u05dc\u05d5\u05dd"] * 20)
    assert turn_of(moved(page(upright(hebrew)), LYING[180]).words) == 0


def test_a_table_written_from_the_right_is_not_upside_down() -> None:
    words = list(upright())
    for one, two in list(pairwise(range(len(words))))[:2]:
        words[one], words[two] = words[two], words[one]
    assert turn_of(words) == 0
