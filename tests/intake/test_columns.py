"""Two pages on one sheet are read one after the other, prose in columns column by column, all else row by row."""

from __future__ import annotations

import numpy as np
from PIL import Image

from intake.columns import gutter, in_order
from intake.image import square
from intake.layout import take_apart
from intake.morphology import find_bodies
from intake.segments import Segment, find_segments
from models.geometry import Box
from models.parsed import Raster
from tests.intake.sheets import FINE_DPI, PROSE, Drawing, letter

Lines = tuple[Segment, ...]


def lines(drawing: Drawing) -> tuple[Lines, Lines, float | None]:
    """Row by row, in reading order, and where the gutter is."""
    picture = square(Raster(drawing.pixels(), FINE_DPI, FINE_DPI, stated=True))
    layout = take_apart(picture)
    found = find_segments(find_bodies(layout.ink), layout.walls, picture.dpi)
    middle = gutter(found, layout.ruling.level, size=picture.size, dpi=picture.dpi)
    return found, in_order(found, layout.walls, picture.dpi, middle), middle


def sheet() -> Drawing:
    return Drawing(canvas=Image.new("L", (17 * FINE_DPI // 2 * 2, 11 * FINE_DPI), 255))


def test_two_pages_come_one_after_the_other() -> None:
    double = sheet()
    for left in (72, 684):
        for number, line in enumerate(PROSE):
            double.text(left, 100 + 22 * number, line)
    rows, ordered, middle = lines(double)
    assert middle is not None
    sides = [each.box[0] > middle for each in ordered]
    assert sides == sorted(sides)
    assert len(sides) == 2 * len(PROSE)
    assert set(rows) == set(ordered)


def test_a_wide_table_is_one_page() -> None:
    double = sheet()
    for number in range(14):
        for left in (72, 330, 684, 940):
            double.text(left, 100 + 24 * number, f"value {number}")
    rows, ordered, middle = lines(double)
    assert middle is None
    assert rows == ordered


def test_a_title_over_both_halves_makes_one_page() -> None:
    double = sheet()
    double.text(430, 60, "The whole width of this sheet is one page of text", size=14)
    for left in (72, 684):
        for number, line in enumerate(PROSE):
            double.text(left, 100 + 22 * number, line)
    assert lines(double)[2] is None


def test_prose_in_columns_is_read_column_by_column() -> None:
    drawing = Drawing()
    drawing.text(150, 60, "A title that stands over both of the columns", size=12)
    for left in (54, 318):
        for number, line in enumerate(PROSE):
            drawing.text(left, 100 + 14 * number, line, size=8.5)
    rows, ordered, _ = lines(drawing)
    boxes = [Box(*each.box) for each in ordered]
    sides = [box.x0 > 800 for box in boxes[1:]]
    assert sides == sorted(sides)
    assert ordered[0] == rows[0]
    assert rows != ordered


def test_a_form_in_two_columns_stays_row_by_row() -> None:
    drawing = Drawing()
    for number in range(10):
        for left, name in ((54, "Member name:"), (318, "Provider name:")):
            drawing.text(left, 100 + 24 * number, name, size=9)
            drawing.text(left + 90, 100 + 24 * number, f"Value {number} of the form", size=9)
    rows, ordered, _ = lines(drawing)
    assert rows == ordered


def test_prose_in_one_column_stays_as_it_is() -> None:
    rows, ordered, middle = lines(letter())
    assert middle is None
    assert rows == ordered
    assert np.all(np.diff([each.box[1] for each in ordered]) > 0)
