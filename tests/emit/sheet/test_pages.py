from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.example_request import example
from emit.sheet.pages import upright
from emit.sheet.sheet import lay_out
from models.geometry import Box
from models.page_image import PageImage
from tests.emit.requests import drawn, turned

SIZES = st.floats(min_value=50, max_value=2000)
TURNS = st.sampled_from([0, 90, 180, 270])


@given(width=SIZES, height=SIZES, rotation=TURNS)
def test_the_upright_page_begins_at_the_origin_and_keeps_its_area(width: float, height: float, rotation: int) -> None:
    change, across, down = upright(PageImage(b"", width, height, rotation))
    whole = change.box(Box(0, 0, width, height))
    assert (whole.x0, whole.top, whole.x1, whole.bottom) == pytest.approx((0, 0, across, down), abs=0.001)
    assert (across, down) == pytest.approx((height, width) if rotation in {90, 270} else (width, height), abs=0.001)


def test_a_quarter_turn_clockwise_brings_the_left_edge_to_the_top() -> None:
    change, _, _ = upright(PageImage(b"", 100, 200, 90))
    assert change.point(0, 200) == pytest.approx((0, 0))
    assert change.point(0, 0) == pytest.approx((200, 0))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_of_a_turned_page_come_to_lie_where_they_are_read(rotation: int) -> None:
    plain = lay_out(example(), drawn(example()))
    sheet = lay_out(turned(example(), rotation), drawn(example(), rotation=rotation))
    for level, page in zip(plain.pages, sheet.pages, strict=True):
        for expected, mark in zip(level.marks, page.marks, strict=True):
            for there, here in zip(expected.boxes, mark.boxes, strict=True):
                box = page.transform.box(Box(*here))
                assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx(there, abs=0.01)


def test_only_pages_of_the_request_are_shown() -> None:
    images = drawn(example()) | {("d1", 3): PageImage(b"other", 612, 792), ("d9", 1): PageImage(b"other", 612, 792)}
    sheet = lay_out(example(), images)
    assert [page.key for page in sheet.pages] == ["d1-1", "d1-2", "d2-1", "d2-2"]


def test_a_field_that_needs_a_look_has_the_picture_of_its_place() -> None:
    sheet = lay_out(example(), drawn(example()))
    assert set(sheet.crops) == {entry.id for entry in sheet.to_check}
    x, y, width, height = sheet.crops["coverage.member_id"].view
    box = next(mark for page in sheet.pages for mark in page.marks if mark.target == "coverage.member_id").boxes[0]
    assert x <= box[0]
    assert y <= box[1]
    assert x + width >= box[2]
    assert y + height >= box[3]
    assert lay_out(example(), {}).crops == {}


def test_marks_are_unique_and_point_at_something_that_is_shown() -> None:
    sheet = lay_out(example(), {})
    marks = [mark for page in sheet.pages for mark in page.marks]
    assert len({mark.id for mark in marks}) == len(marks)
    shown = {entry.id for entry in sheet.entries}
    shown |= {other.id for entry in sheet.entries for other in entry.others}
    shown |= {entry.id for paper in sheet.papers for row in paper.rows for entry in row.entries}
    shown |= {remark.id for remark in (*sheet.notices, *sheet.clinical)}
    shown |= {remark.id for checklist in sheet.answered for remark in checklist.remarks}
    assert {mark.target for mark in marks} <= shown
