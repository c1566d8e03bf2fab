"""Fax strips that are damaged: noticed, and read as far as they go."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from intake.raster.directory import directories
from tests.intake.raster.tiffs import OPTIONS, grey_page, tiff
from tests.intake.readers.drawn import saved


def written(rows: int = 1000) -> Image.Image:
    """A fax page full of words."""
    image = Image.new("1", (1728, rows), 1)
    pen = ImageDraw.Draw(image)
    for y in range(20, rows - 20, 24):
        pen.text((50, y), "The patient was seen for follow-up of her knee. " * 4, fill=0)
    return image


def damaged(content: bytes, *, flips: int = 0, zeros: int = 0) -> bytes:
    """The same file with bits flipped or bytes cleared in its strip."""
    directory = next(directories(content))
    assert directory is not None
    start, length = directory.whole(273), directory.whole(279)
    broken, rng = bytearray(content), random.Random(7)
    for _ in range(flips):
        broken[start + rng.randrange(length // 8, length * 7 // 8)] ^= 1 << rng.randrange(8)
    middle = start + length // 2
    broken[middle : middle + zeros] = bytes(zeros)
    return bytes(broken)


def rows_alike(content: bytes, image: Image.Image) -> float:
    """The share of rows that are read as they were."""
    pixels, _ = grey_page(content)
    return float((pixels == np.asarray(image.convert("L"))).all(axis=1).mean())


def fax(image: Image.Image, method: str, options: int = 0) -> bytes:
    return saved(image, "TIFF", compression=method, dpi=(204, 196), tiffinfo={278: image.height, 292: options})


@pytest.mark.parametrize(("method", "options"), [("group3", 0), ("group3", 1), ("group3", 4), ("group4", 0)])
def test_sound_faxes_are_not_called_damaged(method: str, options: int) -> None:
    image = written()
    assert rows_alike(fax(image, method, options), image) == 1.0
    assert grey_page(fax(image, method, options))[1] is False


@pytest.mark.parametrize("damage", [{"flips": 1}, {"zeros": 200}])
def test_group_4_is_kept_up_to_the_damage_and_says_so(damage: dict[str, int]) -> None:
    image = written()
    broken = damaged(fax(image, "group4"), **damage)
    pixels, torn = grey_page(broken)
    whole = np.asarray(image.convert("L"))
    first = int((pixels != whole).any(axis=1).argmax())
    assert torn
    assert 300 < first < 900
    assert (pixels[first + 40 :] == 255).all(), "rows that never came are white"


def test_group_3_loses_bad_lines_alone() -> None:
    image = written()
    broken = damaged(fax(image, "group3"), flips=60)
    assert rows_alike(broken, image) > 0.5
    assert grey_page(broken)[1]


def test_some_bad_lines_are_no_damage() -> None:
    image = written()
    broken = damaged(fax(image, "group3"), flips=3)
    assert rows_alike(broken, image) > 0.99
    assert not grey_page(broken)[1]


def test_run_lengths_that_are_called_group_3() -> None:
    image = written(400)
    honest = fax(image, "tiff_ccitt")
    strip = next(directories(honest))
    assert strip is not None
    data = honest[strip.whole(273) :][: strip.whole(279)]
    pixels, torn = grey_page(tiff(({256: 1728, 257: 400, 258: 1, 259: 3, 262: 1, 278: 400}, [data])))
    assert (pixels == np.asarray(image.convert("L"))).all()
    assert not torn


def test_a_fax_that_breaks_off_keeps_its_upper_part() -> None:
    image = written()
    content = fax(image, "group4")
    directory = next(directories(content))
    assert directory is not None
    data = content[directory.whole(273) :][: directory.whole(279)]
    whole = tiff(({256: 1728, 257: 1000, 258: 1, 259: 4, 262: 1, 278: 1000, 279: len(data)}, [data[: len(data) // 2]]))
    pixels, torn = grey_page(whole, options=OPTIONS)
    assert torn
    assert (pixels[:400] == np.asarray(image.convert("L"))[:400]).all()
    assert (pixels[700:] == 255).all()
