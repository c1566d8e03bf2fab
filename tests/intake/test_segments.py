"""Segments: one baseline each, parted by gaps, walls and jumps, in reading order."""

from __future__ import annotations

import numpy as np

from intake.image import binarise, square
from intake.morphology import find_bodies
from intake.segments import cut, find_segments
from tests.intake.sheets import Drawing, faxed


def segments(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    raster = faxed(drawing)[0].raster
    assert raster is not None
    picture = square(raster)
    ink = binarise(picture.gray, bilevel=True)
    found = find_segments(find_bodies(ink), np.zeros_like(ink), picture.dpi)
    return [(a * 72 / 204, b * 72 / 204, c * 72 / 204, d * 72 / 204) for a, b, c, d in (each.box for each in found)]


def test_one_line_is_one_segment_with_its_dots_and_dashes() -> None:
    drawing = Drawing()
    drawing.text(72, 100, "Dates: 10/10/24 - 10/19/24, twice.")
    (box,) = segments(drawing)
    assert abs(box[0] - drawing.words[0][1].x0) < 1.5
    assert abs(box[2] - drawing.words[-1][1].x1) < 1.5


def test_wide_gaps_and_other_baselines_part() -> None:
    drawing = Drawing()
    drawing.text(72, 100, "Member Name:", size=8)
    drawing.text(140, 104.5, "Emily Jones", size=10)
    drawing.text(300, 100, "City:", size=8)
    assert [round(box[0]) for box in segments(drawing)] == [73, 141, 300]


def test_lines_come_from_top_to_bottom() -> None:
    drawing = Drawing()
    for number in range(4):
        drawing.text(72, 100 + 12 * number, "quickly jumping typography,")
    boxes = segments(drawing)
    assert len(boxes) == 4
    assert sorted(boxes, key=lambda box: box[1]) == boxes


def test_a_cut_holds_its_own_ink_only() -> None:
    ink = np.zeros((60, 200), dtype=np.uint8)
    ink[20:40, 20:28] = ink[20:40, 32:40] = ink[20:40, 44:52] = 1
    ink[38:58, 30:34] = 1
    glyphs = find_bodies(ink)
    (segment, *_) = find_segments(glyphs, np.zeros_like(ink), 204)
    picture = cut(np.where(ink > 0, 0, 255).astype(np.uint8), glyphs, segment, margin=10)
    height, width = segment.box[3] - segment.box[1], segment.box[2] - segment.box[0]
    assert picture.shape == (height + 20, width + 20)
    assert (picture[:8] == 255).all()
