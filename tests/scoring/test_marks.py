from __future__ import annotations

from models.document import CheckBox
from models.geometry import Box
from models.truth import PlacedMark
from scoring.marks import marks_of
from tests.scoring.made import FORM, blank, page


def mark(number: int, *, ticked: bool) -> PlacedMark:
    return PlacedMark(f"option {number}", Box(100, 100 * number, 109, 100 * number + 9), ticked)


def box(number: int, state: str) -> CheckBox:
    return CheckBox(Box(100.5, 100 * number + 0.5, 108, 100 * number + 8), state, 0.2, 0.2)  # type: ignore[arg-type]


def test_each_state_is_told_and_a_false_box_counted() -> None:
    truth = page(
        FORM, 0, marks=(mark(1, ticked=True), mark(2, ticked=True), mark(3, ticked=False), mark(4, ticked=False))
    )
    found = (box(1, "checked"), box(2, "empty"), box(3, "unclear"), box(6, "empty"))
    marks = marks_of(truth, blank(1, boxes=found))
    assert [one.state for one in marks.marks] == ["right", "wrong", "unclear", "missed"]
    assert marks.false == 1


def test_an_unread_page_misses_all() -> None:
    assert [one.state for one in marks_of(page(FORM, 0, marks=(mark(1, ticked=True),)), None).marks] == ["missed"]
