"""Shadows, coloured paper, faint ink and negatives are made black on white; what is so already is not touched."""

from __future__ import annotations

import numpy as np

from intake.ink import is_blank
from intake.light import evened, positive
from models.parsed import Pixels, Raster
from tests.intake.sheets import letter


def page() -> Pixels:
    return letter().pixels()[::2, ::2].copy()


def test_a_good_page_is_left_alone() -> None:
    assert (evened(page(), 204) == page()).all()


def test_a_shadow_goes_and_the_ink_stays() -> None:
    light = np.linspace(0.45, 1.0, page().shape[1])
    flat = evened((page() * light).astype(np.uint8), 204)
    assert np.percentile(flat[page() > 250], 2) > 215
    assert np.percentile(flat[page() < 20], 90) < 110


def test_faint_ink_is_drawn_darker() -> None:
    pale = (240 - (255 - page().astype(np.float32)) * 0.24).astype(np.uint8)
    assert np.median(evened(pale, 204)[page() < 20]) < 70


def test_faint_pages_are_not_blank_and_stains_are_no_page() -> None:
    pale = (240 - (255 - page().astype(np.float32)) * 0.24).astype(np.uint8)
    assert not is_blank(Raster(pale, 204, 204, stated=True))
    noise = np.random.default_rng(2).normal(235, 6, page().shape).clip(0, 255).astype(np.uint8)
    assert is_blank(Raster(noise, 204, 204, stated=True))


def test_a_page_white_on_black_is_turned_over() -> None:
    negative = Raster(np.asarray(255 - page(), np.uint8), 204, 204, stated=True)
    assert (positive(negative).pixels == page()).all()


def test_a_sheet_on_a_dark_table_is_not_turned_over() -> None:
    table = np.full((2000, 2000), 30, np.uint8)
    table[600:1400, 700:1300] = 230
    raster = Raster(table, 200, 200, stated=False)
    assert positive(raster) is raster
