from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from intake import two_languages
from intake.ocr import OcrWord
from intake.two_languages import TwoLanguages, installed, is_chinese, joined
from models.parsed import Pixels

PICTURE: Pixels = np.full((20, 200), 255, np.uint8)


def word(text: str, x: int = 0, confidence: float = 0.95) -> OcrWord:
    return OcrWord(text, x, 0, x + 12 * len(text), 12, confidence)


class Counting:
    """Says the same of every line, and counts them."""

    def __init__(self, says: tuple[OcrWord, ...]) -> None:
        self.says, self.lines = says, 0

    @property
    def name(self) -> str:
        return "counting"

    def read_page(self, pixels: Pixels, dpi: float) -> tuple[OcrWord, ...]:  # noqa: ARG002
        return self.says

    def read_lines(self, lines: Sequence[Pixels], dpi: float) -> tuple[tuple[OcrWord, ...], ...]:  # noqa: ARG002
        self.lines += len(lines)
        return tuple(self.says for _ in lines)


def eyes(monkeypatch: pytest.MonkeyPatch, says: tuple[OcrWord, ...]) -> tuple[TwoLanguages, Counting]:
    chinese = Counting(says)
    monkeypatch.setattr(two_languages, "_opened", lambda _: chinese)
    return TwoLanguages(Counting(()), Path("tessdata")), chinese


GOOD, POOR = (word("Policy"), word("No.")), (word("RENE", confidence=0.3),)


def test_a_page_that_reads_well_is_not_read_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, chinese = eyes(monkeypatch, (word("保單號碼"),))
    lines = [GOOD] * 40 + [POOR] * 3
    assert engine.read_again([PICTURE] * 43, lines, 204) == lines
    assert chinese.lines == 0


def test_a_poor_page_without_chinese_costs_four_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, chinese = eyes(monkeypatch, (word("Rx"),))
    lines = [POOR] * 40
    assert engine.read_again([PICTURE] * 40, lines, 204) == lines
    assert chinese.lines == 4


def test_lines_that_are_chinese_are_read_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, _ = eyes(monkeypatch, (word("保單"), word("號碼", 26)))
    lines = engine.read_again([PICTURE] * 12, [*[GOOD] * 4, *[POOR] * 8], 204)
    assert lines[:4] == [GOOD] * 4
    assert [[word.text for word in line] for line in lines[4:]] == [["保單號碼"]] * 8
    assert is_chinese(lines[4])
    assert not is_chinese(lines[0])


def test_characters_are_joined_to_words_but_not_over_a_gap() -> None:
    line = (word("Policy"), word("保", 90, 0.9), word("單", 103, 0.8), word("號", 150), word("H12", 170))
    assert [(each.text, each.confidence) for each in joined(line)] == [
        ("Policy", 0.95), ("保單", 0.8), ("號", 0.95), ("H12", 0.95),
    ]  # fmt: skip


def test_it_is_there_if_its_data_is(tmp_path: Path) -> None:
    assert not installed(tmp_path)
    (tmp_path / "chi_tra.traineddata").touch()
    assert installed(tmp_path)
