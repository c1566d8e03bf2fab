from __future__ import annotations

from pathlib import Path

import pytest

from models.geometry import Box
from samples.page import BOLD, SANS, SERIF, TYPED, Book
from tests.samples.ink import SCALE, farthest_side, ink_around, rendered

WORDS = ("Adalimumab", "xeno", "grippy", "40", "mg/0.4", "ZX35551240", "acne,", "(Q)")


@pytest.mark.parametrize("font", [SANS, BOLD, SERIF, TYPED])
def test_a_word_is_where_its_box_says(tmp_path: Path, font: str) -> None:
    book = Book(tmp_path / "words.pdf", "Words")
    sheet = book.sheet("other")
    for place, text in enumerate(WORDS):
        sheet.text(72, 72 + 40 * place, text, font=font, size=12)
    truth = book.save()[0]
    pixels = rendered(tmp_path / "words.pdf")
    for word in truth.words:
        ink = ink_around(pixels, word.box, x=SCALE, y=SCALE, margin=8)
        assert ink is not None
        assert farthest_side(ink, word.box) <= (2.4 if font == TYPED else 1.2), word


def test_the_characters_of_a_comb_are_one_word_over_their_ink(tmp_path: Path) -> None:
    book = Book(tmp_path / "comb.pdf", "Comb")
    text = "09 14 2026"
    boxes = book.sheet("other").spaced([100 + 12 * place for place in range(len(text))], 200, text)
    words = book.save()[0].words
    assert [word.text for word in words] == ["09", "14", "2026"]
    assert tuple(word.box for word in words) == boxes
    pixels = rendered(tmp_path / "comb.pdf")
    for word in words:
        ink = ink_around(pixels, word.box, x=SCALE, y=SCALE, margin=3)
        assert ink is not None
        assert farthest_side(ink, word.box) <= 2.4, word


def test_values_carry_their_path_form_and_place(tmp_path: Path) -> None:
    book = Book(tmp_path / "value.pdf", "Value")
    sheet = book.sheet("other")
    sheet.value(100, 100, "09/14/2026", path="/submitted_on", value="2026-09-14")
    value = book.save()[0].values[0]
    assert (value.path, value.value, value.quote) == ("/submitted_on", "2026-09-14", "09/14/2026")
    assert len(value.boxes) == 1
    assert value.boxes[0].covers(110, 97)


def test_a_paragraph_keeps_its_width_and_order(tmp_path: Path) -> None:
    book = Book(tmp_path / "text.pdf", "Text")
    sheet = book.sheet("other")
    text = "Eight weeks of supervised physical therapy brought no relief. " * 6
    end = sheet.paragraph(72, 100, text, width=300)
    words = book.save()[0].words
    assert " ".join(word.text for word in words) == text.strip()
    assert max(word.box.x1 for word in words) <= 372
    assert end > max(word.box.top for word in words)


def test_tick_boxes_are_remembered_with_their_meaning(tmp_path: Path) -> None:
    book = Book(tmp_path / "tick.pdf", "Tick")
    sheet = book.sheet("other")
    box = sheet.tick_box(100, 100, "Expedited", ticked=True, path="/level_of_service", value="urgent")
    mark = book.save()[0].marks[0]
    assert (mark.option, mark.ticked, mark.path, mark.value, mark.box) == (
        "Expedited", True, "/level_of_service", "urgent", box,
    )  # fmt: skip
    assert isinstance(box, Box)


def test_the_same_drawing_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        book = Book(tmp_path / name, "Same")
        book.sheet("other").text(72, 72, "the same")
        book.save()
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
