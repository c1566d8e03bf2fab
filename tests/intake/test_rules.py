"""Rules and bands are found though they are broken, and letters are never taken for them."""

from __future__ import annotations

import numpy as np
import pytest

from intake.image import binarise, square
from intake.morphology import Ink
from intake.rules import find_bands, find_ruling, without_rules
from models.geometry import Box
from tests.intake.sheets import Drawing, faxed, letter


def ink_of(drawing: Drawing, *, specks: float = 0.0) -> tuple[Ink, float]:
    raster = faxed(drawing, specks=specks)[0].raster
    assert raster is not None
    picture = square(raster)
    return binarise(picture.gray, bilevel=True), picture.dpi


@pytest.mark.parametrize("specks", [0.0, 0.004])
def test_a_grid_is_found(specks: float) -> None:
    drawing = Drawing()
    for x in (72, 200, 400):
        for y in (100, 120):
            drawing.rectangle(Box(x, y, x + (128 if x == 72 else 140), y + 20))
    ruling = find_ruling(*ink_of(drawing, specks=specks))
    tops = sorted({round(box[1] / 204 * 72) for box in ruling.level})
    assert len(tops) == 3
    assert len(ruling.upright) >= 4


def test_prose_has_no_rules() -> None:
    ruling = find_ruling(*ink_of(letter()))
    assert (ruling.level, ruling.upright) == ((), ())


def test_strokes_that_cross_a_rule_stay() -> None:
    drawing = Drawing()
    drawing.line((72, 200), (300, 200))
    drawing.line((150, 193), (150, 207), width=1.2)
    ink, dpi = ink_of(drawing)
    rest = without_rules(ink, find_ruling(ink, dpi), dpi)
    column = round(150 / 72 * 204)
    assert rest[:, column - 2 : column + 3].any(axis=1).sum() == pytest.approx(14 / 72 * 204, abs=6)
    assert rest[:, : column - 20].sum() == 0


def test_bands_but_not_bold_titles() -> None:
    drawing = Drawing()
    drawing.rectangle(Box(60, 100, 500, 116), fill=0)
    drawing.text(200, 112, "CLINICAL", size=10, fill=255)
    drawing.text(72, 200, "MMMM HHHH", size=28)
    bands = find_bands(*ink_of(drawing))
    assert len(bands) == 1
    assert np.array(bands[0]) / 204 * 72 == pytest.approx([60, 100, 500, 116], abs=1.5)
