"""Pages are turned upright by the shapes of their letters, and by a trial reading only where these are too few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from intake.image import Picture, square
from intake.orientation import upright
from models.parsed import ParsedPage, Pixels, Raster
from tests.intake.sheets import Drawing, faxed, letter


def squared(page: ParsedPage) -> Picture:
    assert page.raster is not None
    return square(page.raster)


def never(picture: Picture) -> float:
    raise AssertionError(f"the letters of {picture.size} decide")


@pytest.mark.parametrize("dpi_y", [98.0, 196.0])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_prose_needs_no_trial(turn: int, dpi_y: float) -> None:
    page, _ = faxed(letter(), turn=turn, skew=1.0, dpi_y=dpi_y)
    picture, rotation, skew = upright(squared(page), never)
    assert (rotation + turn) % 360 == 0
    assert skew == pytest.approx(1.0, abs=0.3)
    assert picture.size[1] > picture.size[0]


def test_capitals_alone_are_tried() -> None:
    drawing = Drawing()
    for number in range(6):
        drawing.text(72, 100 + 24 * number, "CHANNEL HEXENE MAXIMUM", size=12)
    page, _ = faxed(drawing, turn=180)
    tried: list[Picture] = []

    def second_is_right(picture: Picture) -> float:
        tried.append(picture)
        return 0.9 if len(tried) == 2 else 0.2

    assert upright(squared(page), second_is_right)[1] == 180
    assert len(tried) == 2


def test_the_line_of_the_receiving_machine_has_no_say() -> None:
    page, _ = faxed(letter(), turn=180)
    assert page.raster is not None
    header = Drawing()
    for top in (12, 24):
        header.text(30, top, "09/14/2026 10:12 from the highly helpful billing department, sheet 4 of 9", size=9)
    stamped = np.minimum(page.raster.pixels, squared_line(header, page.raster.pixels.shape))
    picture = square(replace(page.raster, pixels=stamped))
    assert upright(picture, never)[1] == 180


def test_halftone_is_left_as_it_lies() -> None:
    dots = np.tile(np.pad(np.zeros((10, 8), np.uint8), 3, constant_values=255), (160, 180))
    picture = square(Raster(dots, 204, 204, stated=True, bilevel=True))
    assert upright(picture, never)[1:] == (0, 0.0)


def squared_line(drawing: Drawing, shape: tuple[int, ...]) -> Pixels:
    raster = faxed(drawing)[0].raster
    assert raster is not None
    assert raster.pixels.shape == shape
    return raster.pixels
