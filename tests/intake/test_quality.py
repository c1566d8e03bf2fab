"""A poor page says why in words for a person; a good one says nothing."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from intake.image import square
from intake.layout import take_apart
from intake.morphology import find_bodies
from intake.quality import judge
from models.document import Quality, Word
from models.geometry import Span
from models.parsed import Pixels, Raster
from tests.intake.sheets import PROSE, Drawing, letter

UNSURE = (Word("word", None, Span(0, 4), 0.5),)
SURE = (Word("word", None, Span(0, 4), 0.97),)


def page() -> Pixels:
    return letter().pixels()[::2, ::2].copy()


def judged(raster: Raster, words: tuple[Word, ...] = UNSURE, skew: float = 0.0) -> Quality:
    picture = square(raster)
    layout = take_apart(picture)
    return judge(words, raster, picture=picture, layout=layout, glyphs=find_bodies(layout.ink), skew=skew)


def grey(pixels: Pixels) -> Raster:
    return Raster(pixels, 204, 204, stated=True)


def streaked(pixels: Pixels) -> Pixels:
    pixels[:, 400:402] = 60
    return pixels


def test_a_page_read_with_confidence_has_no_reason() -> None:
    quality = judged(grey(page()), SURE)
    assert (quality.score, quality.reason, quality.poor) == (0.97, None, False)


@pytest.mark.parametrize(
    ("reason", "harm"),
    [
        ("blurred", lambda pixels: cv2.GaussianBlur(pixels, (0, 0), 3.0)),
        ("shadow", lambda pixels: (pixels * np.clip(np.linspace(-0.2, 3, pixels.shape[1]), 0.2, 1)).astype(np.uint8)),
        ("dark", lambda pixels: (pixels * 0.4).astype(np.uint8)),
        ("faint", lambda pixels: (245 - (255 - pixels.astype(np.float32)) * 0.22).astype(np.uint8)),
        ("streaks", streaked),
    ],
)
def test_the_reason_is_what_was_done_to_the_page(reason: str, harm: Callable[[Pixels], Pixels]) -> None:
    quality = judged(grey(harm(page())))
    assert quality.poor
    assert reason in (quality.reason or "").split(", ")


def test_no_reason_found_is_said_too() -> None:
    assert judged(grey(page())).reason == "hard to read"
    assert judged(grey(page()), skew=-4.5).reason == "skewed"


def test_lines_that_run_into_the_edge_are_cut_off_however_well_they_read() -> None:
    drawing = Drawing()
    for number, line in enumerate(PROSE):
        drawing.text(-9, 100 + 22 * number, line)
    quality = judged(grey(drawing.pixels()[::2, ::2].copy()), SURE)
    assert quality.reason == "cut off at the left edge"
    assert judged(grey(page()), SURE).reason is None
