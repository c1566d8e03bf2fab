"""Repair never loses the way back to the received page."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.image import Picture, binarise, levelled, skew, square, turned
from models.geometry import Affine
from models.parsed import Raster
from tests.intake.sheets import faxed, letter


def dotted(rows: int, columns: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    pixels = np.full((rows, columns), 255, dtype=np.uint8)
    pixels[40:60, 30:50] = 0
    return pixels


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([0, 90, 180, 270]), st.floats(-5, 5), st.sampled_from([98.0, 196.0, 204.0]))
def test_the_dot_comes_back_to_its_place(turn: int, angle: float, dpi_y: float) -> None:
    raster = Raster(dotted(300, 400), 204.0, dpi_y, stated=True)
    picture = levelled(turned(square(raster), turn), angle)
    rows, columns = np.nonzero(picture.gray < 128)
    x, y = picture.to_received.point(float(columns.mean()) + 0.5, float(rows.mean()) + 0.5)
    assert (x, y) == pytest.approx((40 / 204 * 72, 50 / dpi_y * 72), abs=0.4)


@pytest.mark.parametrize(("dpi", "expected"), [(100, 300), (140, 280), (200, 200), (204, 204), (300, 200), (600, 200)])
def test_resolutions_that_ocr_likes(dpi: float, expected: float) -> None:
    pixels = np.full((round(11 * dpi), round(8.5 * dpi)), 255, dtype=np.uint8)
    picture = square(Raster(pixels, dpi, dpi, stated=True))
    assert picture.dpi == expected
    assert picture.size[0] == pytest.approx(8.5 * expected, abs=2)


def test_an_absurd_resolution_is_not_believed_but_kept_in_the_geometry() -> None:
    picture = square(Raster(np.full((2200, 1700), 255, dtype=np.uint8), 20.0, 20.0, stated=True))
    assert picture.dpi == pytest.approx(200)
    assert picture.to_received.point(*picture.size) == pytest.approx((1700 / 20 * 72, 2200 / 20 * 72), rel=0.01)


@pytest.mark.parametrize("angle", [-4.0, -1.0, 0.0, 2.5])
def test_skew_is_measured(angle: float) -> None:
    raster = faxed(letter(), skew=angle)[0].raster
    assert raster is not None
    assert skew(binarise(square(raster).gray, bilevel=True)) == pytest.approx(angle, abs=0.15)


def test_black_borders_become_white_and_text_stays() -> None:
    parsed, _ = faxed(letter())
    assert parsed.raster is not None
    pixels = parsed.raster.pixels.copy()
    pixels[:, :60] = 0
    pixels[-40:] = 0
    before, after = parsed.raster.pixels, square(Raster(pixels, 204, 196, stated=True, bilevel=True)).gray
    assert (after < 128).sum() == pytest.approx((before < 128).sum() * 204 / 196, rel=0.03)


def test_lost_scan_lines_are_filled() -> None:
    pixels = np.full((300, 300), 255, dtype=np.uint8)
    pixels[50:250, 40:60] = 0
    pixels[100] = 255
    assert (square(Raster(pixels, 204, 204, stated=True, bilevel=True)).gray[95:105, 50] < 128).all()


def test_turning_four_quarters_changes_nothing() -> None:
    picture = Picture(dotted(80, 120), 200, Affine.scaling(0.36, 0.36), bilevel=False)
    round_trip = turned(turned(turned(turned(picture, 90), 90), 90), 90)
    assert (round_trip.gray == picture.gray).all()
    assert round_trip.to_received.point(3, 5) == pytest.approx(picture.to_received.point(3, 5))
