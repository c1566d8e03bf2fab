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
