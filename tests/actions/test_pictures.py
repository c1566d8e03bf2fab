from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from actions.pictures import PictureFolder, picture_of
from models.geometry import Box
from models.page_image import PageImage
from models.parsed import ParsedPage, Pixels, Raster

GREYS: Pixels = np.tile(np.arange(256, dtype=np.uint8), (40, 4))


def shown(pixels: Pixels, *, bilevel: bool = False) -> Image.Image:
    raster = Raster(pixels, 204, 98, stated=True, bilevel=bilevel)
    picture = picture_of(ParsedPage(1, 612, 792, raster), 90)
    assert picture is not None
    assert (picture.width_pt, picture.height_pt, picture.rotation) == (612, 792, 90)
    return Image.open(io.BytesIO(picture.png))


def test_a_fax_is_kept_pixel_by_pixel() -> None:
    pixels = np.where(np.random.default_rng(1).random((90, 170)) > 0.5, 255, 0).astype(np.uint8)
    image = shown(pixels, bilevel=True)
    assert image.mode == "1"
    assert (np.asarray(image.convert("L")) == pixels).all()


def test_grey_pages_keep_sixteen_levels() -> None:
    image = shown(GREYS)
    seen = np.asarray(image.convert("L")).astype(int)
    assert seen.shape == GREYS.shape
    assert abs(seen - GREYS).max() <= 9
    assert len(np.unique(seen)) == 16
    assert (seen[GREYS == 255] == 255).all()


def test_what_is_wider_than_a_screen_is_made_smaller() -> None:
    assert shown(np.full((1000, 3456), 200, np.uint8)).size == (1728, 500)


@pytest.mark.parametrize("bilevel", [True, False])
def test_hidden_places_are_black_and_nothing_else(bilevel: bool) -> None:
    raster = Raster(np.full((1078, 1728), 255, np.uint8), 204, 98, stated=True, bilevel=bilevel)
    picture = picture_of(ParsedPage(1, 610, 792, raster), 0, hidden=[Box(72, 144, 144, 158), Box(600, 780, 630, 800)])
    assert picture is not None
    seen = np.asarray(Image.open(io.BytesIO(picture.png)).convert("L"))
    assert not seen[196:216, 204:408].any()
    assert not seen[1062:, 1700:].any()
    assert (seen[:190] == 255).all()
    assert (seen[220:1050] == 255).all()
    assert (seen[:1050, :198] == 255).all()
    assert (raster.pixels == 255).all()


def test_plain_text_has_no_picture() -> None:
    assert picture_of(ParsedPage(1, 0, 0, None, plain="x"), 0) is None


def test_pictures_wait_in_a_folder(tmp_path: Path) -> None:
    folder, one, two = PictureFolder(tmp_path), PageImage(b"1", 612, 792, 90), PageImage(b"2", 792, 612)
    folder.add("d2", 1, two)
    folder.add("d1", 3, one)
    assert list(folder) == [("d2", 1), ("d1", 3)]
    assert len(folder) == 2
    assert (folder["d1", 3], folder["d2", 1]) == (one, two)
    with pytest.raises(KeyError):
        folder["d1", 1]
