from __future__ import annotations

import numpy as np

from intake.fingerprint import fingerprint
from models.parsed import Raster


def raster(*, line: int = 255, dot: int = 255, dpi_y: float = 196.0) -> Raster:
    pixels = np.full((400, 200), 255, np.uint8)
    pixels[20:30, 20:180] = line
    pixels[300, 100] = dot
    return Raster(pixels, 204.0, dpi_y, stated=True, bilevel=True)


def test_the_strip_of_the_header_does_not_count() -> None:
    assert fingerprint(raster(line=0)) == fingerprint(raster())


def test_every_other_pixel_does() -> None:
    assert fingerprint(raster(dot=0)) != fingerprint(raster())


def test_without_an_image_there_is_none() -> None:
    assert fingerprint(None) is None
