"""A sheet on a table is found and made flat, and every place on it leads back to the photo."""

from __future__ import annotations

import numpy as np
import pytest

from intake.photo import find_sheet, flattened
from intake.resolution import resolution
from models.geometry import Box, Projective
from models.parsed import Pixels, Raster
from models.truth import PageTruth
from samples.photo import Shot, Table, take
from tests.intake.sheets import LETTER, letter

TRUTH = PageTruth("other", *LETTER)


def shot(table: Table, *, turn: int = 0, tilt: float = 14.0) -> tuple[Pixels, Projective]:
    taken = Shot(table=table, turn=turn, tilt=tilt)
    return take(letter().pixels(), TRUTH, shot=taken, rng=np.random.default_rng(7))


def raster(pixels: Pixels) -> Raster:
    dpi_x, dpi_y, stated = resolution(pixels.shape[1], pixels.shape[0], None)
    return Raster(pixels, dpi_x, dpi_y, stated=stated)


@pytest.mark.parametrize(("table", "turn"), [("dark", 0), ("wood", 90), ("light", 180)])
def test_the_corners_of_the_sheet_are_found(table: Table, turn: int) -> None:
    pixels, way = shot(table, turn=turn)
    sheet = find_sheet(pixels)
    assert sheet is not None
    for x in (0.0, LETTER[0]):
        for y in (0.0, LETTER[1]):
            corner = np.array(way.point(x, y))
            assert np.hypot(*(sheet.corners - corner).T).min() < 25  # a sixteenth of an inch


def test_the_flat_sheet_has_the_paper_s_shape_and_leads_back() -> None:
    pixels, way = shot("wood")
    image = raster(pixels)
    picture = flattened(image)
    assert picture is not None
    width, height = picture.size
    assert width / height == pytest.approx(LETTER[0] / LETTER[1], rel=0.06)
    assert isinstance(picture.to_received, Projective)
    place = picture.to_received.point(0.25 * width, 0.75 * height)
    expected = way.point(0.25 * LETTER[0], 0.75 * LETTER[1])
    assert place == pytest.approx([each * 72 / image.dpi_x for each in expected], abs=8)


def test_a_scan_that_is_nothing_but_its_sheet_stays_as_it_is() -> None:
    page = letter().pixels()
    noise = np.random.default_rng(3).normal(0, 4, page.shape)
    assert find_sheet(page) is None
    assert find_sheet(np.clip(page + noise, 0, 255).astype(np.uint8)) is None
    assert flattened(Raster(page, 408, 408, stated=True, bilevel=True)) is None


def test_black_bands_are_no_edges_of_a_sheet() -> None:
    drawing = letter()
    for top in (60.0, 400.0):
        drawing.rectangle(Box(0, top, 612, top + 20), fill=0)
    page = drawing.pixels()[::2, ::2].copy()
    assert find_sheet(page) is None
    assert find_sheet((page * np.linspace(0.6, 0.9, page.shape[1])).astype(np.uint8)) is None


def test_a_sheet_on_a_scanner_s_black_lid_keeps_its_stated_size() -> None:
    page = np.full((1700, 1400), 20, np.uint8)
    page[200:1300, 200:1050] = 235
    picture = flattened(Raster(page, 100, 100, stated=True))
    assert picture is not None
    assert picture.size == pytest.approx((8.5 * picture.dpi, 11 * picture.dpi), rel=0.02)
