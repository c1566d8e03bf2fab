"""A photo has twelve megapixels, no resolution, the orientation tag it was told, and truth that fits it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from models.geometry import Box
from models.truth import PageTruth, PlacedWord
from samples.photo import Shot, photograph

BLACK = Box(100, 100, 500, 300)
TRUTH = PageTruth("other", 612, 792, (PlacedWord("x", BLACK, "printed"),))


@pytest.mark.parametrize(("turn", "orientation"), [(0, 1), (90, 6), (180, 3)])
def test_the_truth_lies_where_the_ink_is(tmp_path: Path, turn: int, orientation: int) -> None:
    page = np.full((792, 612), 255, np.uint8)
    page[100:300, 100:500] = 0
    shot = Shot(turn=turn, orientation=orientation)  # type: ignore[arg-type]
    truth = photograph(page, TRUTH, tmp_path / "a.jpg", shot=shot, rng=np.random.default_rng(1))
    with Image.open(tmp_path / "a.jpg") as stored:
        assert stored.width * stored.height > 12_000_000
        assert stored.info["dpi"] == (72, 72)  # what cameras write for want of a resolution
        assert stored.getexif().get(274) == orientation
        upright = ImageOps.exif_transpose(stored).convert("L")
    assert upright.size == pytest.approx((truth.width, truth.height))
    seen = np.asarray(upright)
    x, y = truth.words[0].box.middle
    assert seen[round(y), round(x)] < 60
    assert seen[round(truth.words[0].box.top) - 60, round(x)] > 90
