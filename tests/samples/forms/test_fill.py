from __future__ import annotations

from pathlib import Path

import pytest

from models.geometry import Box
from samples.forms.fill import Entry, fill, fitted
from samples.page import TYPED, Book, Hand

LONG = "Complete rotator cuff tear of the left shoulder, not specified as traumatic"


def test_a_text_keeps_its_size_where_there_is_room() -> None:
    assert fitted("72148", Box(0, 0, 100, 14), font=TYPED, size=10) == (["72148"], 10)


@pytest.mark.parametrize("room", [Box(0, 0, 300, 14), Box(0, 0, 200, 24), Box(0, 0, 120, 40)])
def test_a_long_text_becomes_smaller_or_is_broken(room: Box) -> None:
    lines, size = fitted(LONG, room, font=TYPED, size=10)
    assert " ".join(lines) == LONG
    assert max(len(line) for line in lines) * 0.6 * size <= room.width
    assert len(lines) * size <= room.height
    assert 4 <= size < 10


def test_a_value_lies_in_its_room_whoever_writes(tmp_path: Path) -> None:
    for hand in (Hand(), Hand("Helvetica", 9), Hand("Klee", 13, "handwritten")):
        book = Book(tmp_path / "form.pdf", "Form", hand=hand)
        sheet = book.sheet("other")
        room = Box(100, 100, 240, 122)
        fill(sheet, room, Entry("Diagnosis", LONG, "/diagnoses/0/text"))
        value = book.save()[0].values[0]
        assert (value.value, value.quote, value.kind) == (LONG, LONG, hand.kind)
        assert all(room.common(box) == pytest.approx(box.area) for box in value.boxes)


def test_marks_of_a_text_state_its_parts(tmp_path: Path) -> None:
    book = Book(tmp_path / "form.pdf", "Form")
    fill(book.sheet("other"), Box(100, 100, 400, 118), Entry("", "[[/a/city=Fairhaven|FAIRHAVEN]], [[/a/state=OH|OH]]"))
    page = book.save()[0]
    assert [(value.path, value.value, value.quote) for value in page.values] == [
        ("/a/city", "Fairhaven", "FAIRHAVEN"),
        ("/a/state", "OH", "OH"),
    ]
    assert [word.text for word in page.words] == ["FAIRHAVEN,", "OH"]
