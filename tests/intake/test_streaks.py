"""Streaks over a whole scan go, letters that they cross stay, and rules of a form are none."""

from __future__ import annotations

import numpy as np

from intake.streaks import has_streaks, without_streaks
from tests.intake.sheets import Drawing, letter


def test_streaks_go_and_the_page_is_as_before() -> None:
    page = letter().pixels()[::2, ::2].copy()
    dirty = page.copy()
    for x, wide in ((300, 1), (611, 2), (902, 3)):
        dirty[:, x : x + wide] = 0
    dirty[700:702] = 40
    clean = without_streaks(dirty, 204)
    assert has_streaks(dirty, 204)
    assert not has_streaks(clean, 204)
    assert (np.abs(clean.astype(int) - page) > 100).sum() < 0.02 * (page < 128).sum()


def test_the_rules_of_a_form_stay() -> None:
    drawing = Drawing()
    for x in (60.0, 300.0, 550.0):
        drawing.line((x, 40), (x, 750))
    for y in (40.0, 400.0, 750.0):
        drawing.line((60, y), (550, y))
    page = drawing.pixels()[::2, ::2].copy()
    assert not has_streaks(page, 204)
    assert (without_streaks(page, 204) == page).all()
