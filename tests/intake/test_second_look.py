"""Doubtful lines are read again, readings vote, and texts that touch are parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from intake.ocr import OcrWord
from intake.second_look import read_lines_twice
from models.parsed import Pixels
from tests.fakes.ocr_script import ScriptedOcr

PICTURE: Pixels = np.full((40, 200), 255, dtype=np.uint8)


@dataclass
class Voters:
    """Answers one picture after the other with the next of its `readings` (text, confidence); the last one stays."""

    readings: list[tuple[str, float]]
    asked: int = field(default=0)

    @property
    def name(self) -> str:
        return "voters"

    def read_page(self, pixels: Pixels, dpi: float) -> tuple[OcrWord, ...]:
        return self.read_lines([pixels], dpi)[0]

    def read_lines(self, lines: Sequence[Pixels], dpi: float) -> tuple[tuple[OcrWord, ...], ...]:
        assert dpi > 0
        found = []
        for line in lines:
            text, confidence = self.readings[min(self.asked, len(self.readings) - 1)]
            self.asked += 1
            wide = line.shape[1] // max(1, len(text.split()))
            words = [
                OcrWord(word, at * wide, 0, (at + 1) * wide, line.shape[0], confidence)
                for at, word in enumerate(text.split())
            ]
            found.append(tuple(words))
        return tuple(found)


def read(*readings: tuple[str, float]) -> tuple[OcrWord, ...]:
    return read_lines_twice(Voters(list(readings)), [PICTURE], 204, blur=0.8)[0]


def test_sure_prose_is_read_once() -> None:
    voters = Voters([("Office Phone:", 0.96)])
    read_lines_twice(voters, [PICTURE], 204, blur=0.8)
    assert voters.asked == 1


def test_figures_on_which_all_agree_are_surer_than_each_single_reading() -> None:
    (word,) = read(("M05.79", 0.54))
    assert word.text == "M05.79"
    assert word.confidence > 0.9


def test_the_majority_wins_and_is_less_sure() -> None:
    (word,) = read(("4", 0.8), ("1", 0.96), ("1", 0.92), ("4", 0.8), ("1", 0.8))
    assert word.text == "1"
    assert word.confidence < 0.9


def test_a_good_plain_reading_is_preferred_to_odd_signs() -> None:
    (word,) = read(("$721", 0.95), ("$721", 0.9), ("5721", 0.93), ("5721", 0.92), ("$721", 0.9))
    assert word.text == "5721"


def test_quotes_of_another_shape_are_no_other_word() -> None:
    (word,) = read(("Crohn’s", 0.8), ("Crohn's", 0.9), ("Crohn’s", 0.9))
    assert word.text == "Crohn’s"
    assert word.confidence > 0.9


def test_boxes_of_enlarged_pictures_are_brought_back() -> None:
    (word,) = read(("ab12", 0.1), ("5678", 0.96), ("5678", 0.95), ("5678", 0.95), ("5678", 0.95))
    assert word.text == "5678"
    assert word.x1 == pytest.approx(200, abs=2)


def test_of_a_pattern_that_reads_as_nothing_only_a_sample_is_read() -> None:
    engine = ScriptedOcr(confidence=0.01)
    lines = read_lines_twice(engine, [np.full((20, 80), 255, np.uint8)] * 80, 200, blur=0.0)
    assert len(engine.lines_seen) == 20
    assert sum(bool(line) for line in lines) == 20
    assert len(lines) == 80
