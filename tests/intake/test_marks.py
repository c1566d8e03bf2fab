"""Check boxes: however they are drawn and ticked, and no letter is one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.image import binarise, square
from intake.marks import Tickable, find_boxes, without_boxes
from intake.morphology import Ink
from models.geometry import Box
from tests.intake.sheets import Drawing, faxed

BOX = Box(100, 100, 109, 109)


def ink_of(drawing: Drawing, dpi_y: float = 196.0) -> tuple[Ink, float]:
    raster = faxed(drawing, dpi_y=dpi_y)[0].raster
    assert raster is not None
    picture = square(raster)
    return binarise(picture.gray, bilevel=True), picture.dpi


def found(drawing: Drawing, dpi_y: float = 196.0) -> tuple[Tickable, ...]:
    return find_boxes(*ink_of(drawing, dpi_y))


def slash(drawing: Drawing) -> None:
    drawing.line((97, 112), (113, 96), width=1.4)


def cross(drawing: Drawing) -> None:
    drawing.line((100, 100), (109, 109), width=1.2)
    drawing.line((99, 110), (110, 99), width=1.2)


def hook(drawing: Drawing) -> None:
    drawing.line((101, 104), (104, 108), (113, 94), width=1.4)


@pytest.mark.parametrize("dpi_y", [98.0, 196.0])
@pytest.mark.parametrize("mark", [slash, cross, hook])
def test_ticks_are_seen(mark: Callable[[Drawing], None], dpi_y: float) -> None:
    drawing = Drawing()
    drawing.rectangle(BOX)
    mark(drawing)
    drawing.text(114, 108, "Urgent", size=10)
    assert [box.state for box in found(drawing, dpi_y)] == ["checked"]


@pytest.mark.parametrize("dpi_y", [98.0, 196.0])
@pytest.mark.parametrize("side", [6.5, 9.0, 14.0, 19.0])
def test_empty_boxes_of_any_size(side: float, dpi_y: float) -> None:
    drawing = Drawing()
    drawing.rectangle(Box(100, 100, 100 + side, 100 + side))
    drawing.text(106 + side, 100 + side, "Standard", size=9)
    boxes = found(drawing, dpi_y)
    assert [box.state for box in boxes] == ["empty"]
    width = (boxes[0].box[2] - boxes[0].box[0]) * 72 / 204
    assert width == pytest.approx(side, abs=1.6)


def test_a_blackened_box_among_others_is_ticked() -> None:
    drawing = Drawing()
    drawing.rectangle(Box(100, 100, 109, 109))
    drawing.rectangle(Box(200, 100, 209, 109), fill=0)
    assert [box.state for box in found(drawing)] == ["empty", "checked"]


def test_a_bullet_is_no_box() -> None:
    drawing = Drawing()
    drawing.rectangle(Box(100, 100, 107, 107), fill=0)
    drawing.text(114, 108, "Bring the list", size=10)
    assert found(drawing) == ()


def test_boxes_with_a_shadow() -> None:
    drawing = Drawing()
    drawing.rectangle(Box(100, 100, 107, 107), width=0.5)
    drawing.line((101, 107.4), (108, 107.4), width=1.3)
    drawing.line((107.4, 101), (107.4, 108), width=1.3)
    assert [box.state for box in found(drawing)] == ["empty"]


@pytest.mark.parametrize("size", [8, 11, 16, 24])
def test_letters_are_no_boxes(size: float) -> None:
    drawing = Drawing()
    for number, line in enumerate(
        ("DOB DO NOT COPY 0080 B8D OQ", "Bond 000 door o D O 0 P R", "PROGRESS NOTE Psychiatric")
    ):
        drawing.text(60, 100 + 40 * number, line, size=size)
    assert found(drawing) == ()


def test_cells_of_tables_and_combs_are_no_boxes() -> None:
    drawing = Drawing()
    for column in range(8):
        drawing.rectangle(Box(100 + 14 * column, 100, 114 + 14 * column, 114))
        drawing.rectangle(Box(100 + 14 * column, 114, 114 + 14 * column, 128))
    assert found(drawing) == ()


def test_boxes_are_taken_out_with_their_ticks_but_not_the_letters_beside() -> None:
    drawing = Drawing()
    drawing.rectangle(BOX)
    slash(drawing)
    ink, dpi = ink_of(drawing)
    assert without_boxes(ink, find_boxes(ink, dpi), dpi).sum() < 0.03 * ink.sum()
    drawing.text(111.5, 108, "Yes", size=10)
    both, dpi = ink_of(drawing)
    letters = both.sum() - ink.sum()
    assert without_boxes(both, find_boxes(both, dpi), dpi).sum() == pytest.approx(letters, rel=0.15)


def two_boxes() -> Drawing:
    drawing = Drawing()
    for x, option in ((100, "Routine"), (200, "Urgent")):
        drawing.rectangle(Box(x, 100, x + 9, 109))
        drawing.text(x + 14, 108, option, size=10)
    return drawing


def crossed_out(drawing: Drawing) -> None:
    drawing.line((195, 95), (214, 114), width=1.4)
    drawing.line((195, 114), (214, 95), width=1.4)


def scribbled_over(drawing: Drawing) -> None:
    drawing.line((199, 101), (210, 103), (199, 104), (210, 106), (199, 107), (210, 109), width=2.2)


@pytest.mark.parametrize("dpi_y", [98.0, 196.0])
@pytest.mark.parametrize("mark", [crossed_out, scribbled_over])
def test_boxes_under_pen_strokes_are_found_by_those_that_are_not(mark: Callable[[Drawing], None], dpi_y: float) -> None:
    drawing = two_boxes()
    mark(drawing)
    assert [box.state for box in found(drawing, dpi_y)] == ["empty", "checked"]


@pytest.mark.parametrize("dpi_y", [98.0, 196.0])
def test_a_stroke_that_only_touches_a_box_leaves_it_unclear(dpi_y: float) -> None:
    drawing = two_boxes()
    drawing.line((209.5, 107), (216, 95), width=0.9)
    assert [box.state for box in found(drawing, dpi_y)] == ["empty", "unclear"]


def test_a_column_of_boxes_with_narrow_gaps() -> None:
    drawing = Drawing()
    for row in range(4):
        drawing.rectangle(Box(100, 100 + 11 * row, 109, 109 + 11 * row))
        drawing.text(114, 108 + 11 * row, "Office", size=8)
    assert [box.state for box in found(drawing)] == ["empty"] * 4


def test_a_rule_close_below_a_box_is_not_its_edge() -> None:
    drawing = Drawing()
    drawing.rectangle(Box(100, 100, 109, 109))
    drawing.line((60, 112), (300, 112))
    boxes = found(drawing)
    assert [box.state for box in boxes] == ["empty"]
    assert (boxes[0].box[3] - boxes[0].box[1]) * 72 / 204 == pytest.approx(9, abs=1.2)


def test_letters_of_the_size_of_the_boxes_beside_them_are_no_boxes() -> None:
    drawing = two_boxes()
    for x, line in ((260, "B D O"), (320, "DOB"), (380, "OR STEP"), (100, "")):
        drawing.text(x, 109, line, size=12)
    drawing.text(100, 140, "DOB BODY", size=12)
    assert len(found(drawing)) == 2
