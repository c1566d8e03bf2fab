from __future__ import annotations

from pathlib import Path

import pytest

from models.geometry import Box
from samples import bilingual
from samples.page import Book, Hand
from tests.samples.ink import SCALE, farthest_side, ink_around, rendered


def test_words_of_both_scripts_are_where_their_boxes_say(tmp_path: Path) -> None:
    book = Book(tmp_path / "words.pdf", "Words")
    boxes = bilingual.text(book.sheet("other"), 72, 100, "Policy No. 保單號碼 HK$", size=12)
    words = book.save()[0].words
    assert [word.text for word in words] == ["Policy", "No.", "保單號碼", "HK$"]
    assert tuple(word.box for word in words) == boxes
    pixels = rendered(tmp_path / "words.pdf")
    for word in words:
        ink = ink_around(pixels, word.box, x=SCALE, y=SCALE, margin=1.5)
        assert ink is not None
        assert farthest_side(ink, word.box) <= 1.6, word


def test_lines_break_between_chinese_characters_but_not_before_a_full_stop() -> None:
    lines = bilingual.wrapped("Please sign here. 請在此簽署。請勿折疊。", 62, 8)
    assert len(lines) >= 3
    assert "".join(lines).replace(" ", "") == "Pleasesignhere.請在此簽署。請勿折疊。"
    assert not [line for line in lines if line.startswith("。")]
    assert all(bilingual.width(line, 8) <= 70 for line in lines)


@pytest.mark.parametrize("hand", [Hand(), Hand("Klee", 11, "handwritten"), Hand("Breip", 13, "handwritten")])
def test_a_value_becomes_smaller_and_states_its_contract_form(tmp_path: Path, hand: Hand) -> None:
    book = Book(tmp_path / "value.pdf", "Value", hand=hand)
    room = Box(72, 72, 150, 88)
    written = "陳嘉慧 CHAN Ka Wai Margaret"
    bilingual.fill(book.sheet("other"), room, written, path="/patient/name/full", stated="CHAN Ka Wai Margaret")
    page = book.save()[0]
    assert (page.values[0].quote, page.values[0].value) == (written, "CHAN Ka Wai Margaret")
    assert max(word.box.x1 for word in page.words) <= room.x1 + 1
    assert {word.kind for word in page.words} == {hand.kind}
