from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.truth import PageTruth
from samples import fax
from samples.page import BOLD, Book
from tests.samples.ink import farthest_side, frames, ink_around


def sent(folder: Path) -> tuple[Path, tuple[PageTruth, ...]]:
    """Two sheets with words far apart all over the page."""
    book = Book(folder / "sent.pdf", "Sent")
    for _ in range(2):
        sheet = book.sheet("other")
        for x in (40, 270, 500):
            for y in (90, 400, 720):
                sheet.text(x, y, "HUB", font=BOLD, size=14)
    return folder / "sent.pdf", book.save()


@pytest.mark.parametrize("dpi_y", [98.0, 196.0])
@pytest.mark.parametrize("skew", [0.0, 3.0])
def test_words_are_found_where_the_truth_says(tmp_path: Path, dpi_y: float, skew: float) -> None:
    pdf, pages = sent(tmp_path)
    line = fax.Line(dpi_y=dpi_y, skew=skew, specks=0, dropouts=0)
    truths = fax.fax(pdf, tmp_path / "fax.tif", pages=pages, line=line, rng=np.random.default_rng(5))
    received = frames(tmp_path / "fax.tif")
    assert len(received) == len(truths) == 2
    for (pixels, x, y), truth in zip(received, truths, strict=True):
        assert (x, y, pixels.shape[1]) == (204.0, dpi_y, 1728)
        assert truth.height == pytest.approx(pixels.shape[0] / dpi_y * 72)
        for word in truth.words:
            ink = ink_around(pixels, word.box, x=x / 72, y=y / 72, margin=6)
            assert ink is not None
            assert farthest_side(ink, word.box) <= 2.0, word


def test_noise_and_header_are_the_lines_own(tmp_path: Path) -> None:
    pdf, pages = sent(tmp_path)
    clean = fax.Line(skew=0, specks=0, dropouts=0)
    dirty = fax.Line(skew=0, specks=0.001, dropouts=0, header="09/14/2026 08:47  SOMEONE")
    found = []
    for name, line in (("clean.tif", clean), ("dirty.tif", dirty)):
        fax.fax(pdf, tmp_path / name, pages=pages, line=line, rng=np.random.default_rng(5))
        found.append(frames(tmp_path / name)[0][0])
    assert (found[0][:40] == 255).all()
    assert (found[1][:40] < 128).sum() > 1000
    changed = (found[0][60:] != found[1][60:]).mean()
    assert 0.0005 < changed < 0.002


def test_the_file_is_group_4_and_the_same_each_time(tmp_path: Path) -> None:
    pdf, pages = sent(tmp_path)
    for name in ("one.tif", "two.tif"):
        fax.fax(pdf, tmp_path / name, pages=pages, line=fax.Line(), rng=np.random.default_rng(1))
    assert (tmp_path / "one.tif").read_bytes() == (tmp_path / "two.tif").read_bytes()
    assert (tmp_path / "one.tif").stat().st_size < 60_000
