from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from actions.crops import crops
from models.geometry import Box
from sandbox import Limits
from scoring.fields import Judged
from scoring.stated import Spot
from scoring.worst import Error
from tests.actions.samples import form_with_truth

READ = Judged("/patient/birth_date", "wrong", "machine", ("1950-01-01",), "1950-01-02", 0.97)


def test_a_picture_shows_the_place_and_both_boxes(tmp_path: Path) -> None:
    form_with_truth(tmp_path)
    here = Spot("form.pdf", 1, Box(200, 200, 260, 212))
    there = Spot("form.pdf", 1, Box(300, 200, 340, 212))
    placed = Error("form.pdf", "fillable", "native-pdf", replace(READ, evidence=(here,), spots=(there,)))
    nowhere = replace(placed, judged=READ)
    found = crops(tmp_path / "received", (placed, nowhere), limits=Limits())
    assert list(found) == [0]
    assert (found[0].file, found[0].page) == ("form.pdf", 1)
    pixels = np.asarray(Image.open(io.BytesIO(found[0].png)).convert("RGB")).astype(int)
    red = (pixels[..., 0] - pixels[..., 1]) > 80
    green = (pixels[..., 1] - pixels[..., 0]) > 60
    assert red.any()
    assert green.any()
    assert np.argwhere(red)[:, 1].mean() < np.argwhere(green)[:, 1].mean()


def test_without_errors_no_file_is_opened(tmp_path: Path) -> None:
    assert crops(tmp_path / "absent", (), limits=Limits()) == {}
