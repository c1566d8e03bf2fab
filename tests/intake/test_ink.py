"""What is blank, what a pen left, what is a picture."""

from __future__ import annotations

import numpy as np
import pytest

from intake.ink import find_regions, is_blank
from intake.morphology import Ink
from models.geometry import Box
from models.parsed import Raster
from tests.intake.sheets import Drawing, faxed, letter


def raster_of(drawing: Drawing, *, dpi_y: float = 196.0, specks: float = 0.0) -> Raster:
    raster = faxed(drawing, dpi_y=dpi_y, specks=specks)[0].raster
    assert raster is not None
    return raster


@pytest.mark.parametrize("dpi_y", [98.0, 196.0])
@pytest.mark.parametrize("specks", [0.0, 0.003])
def test_dirt_holes_and_a_header_are_blank(dpi_y: float, specks: float) -> None:
    drawing = Drawing()
    drawing.text(30, 22, "09/14/2026 08:47 FROM: 312 555 0100 P.003/004", size=8)
    for y in (180, 396):
        drawing.rectangle(Box(24, y, 40, y + 16), fill=0)
    assert is_blank(raster_of(drawing, dpi_y=dpi_y, specks=specks))


@pytest.mark.parametrize("dpi_y", [98.0, 196.0])
@pytest.mark.parametrize("line", ["Thank you", "Page 2 of 2", "See attached note."])
def test_few_words_are_not_blank(line: str, dpi_y: float) -> None:
    drawing = Drawing()
    drawing.text(250, 500, line, size=9)
    assert not is_blank(raster_of(drawing, dpi_y=dpi_y))
    assert not is_blank(raster_of(letter(), dpi_y=dpi_y))


def test_grey_paper_is_blank_too() -> None:
    grey = np.random.default_rng(3).normal(205, 6, size=(2200, 1700)).clip(0, 255).astype(np.uint8)
    assert is_blank(Raster(grey, 200, 200, stated=True))


def test_strokes_and_pictures_are_told_apart() -> None:
    ink: Ink = np.zeros((600, 1200), dtype=np.uint8)
    xs = np.arange(100, 500)
    for shift in range(4):
        ink[(150 + 40 * np.sin(xs / 17) + shift).astype(int), xs] = 1
    ink[300:450, 700:900] = 1
    ink[500, 100:110] = 1
    regions = find_regions(ink, 204)
    assert [(region.kind, region.box[0], region.box[2]) for region in regions] == [
        ("pen", 100, 500),
        ("picture", 700, 900),
    ]
