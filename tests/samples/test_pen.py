from __future__ import annotations

import random
from pathlib import Path

import pytest

from models.geometry import Box
from samples import pen
from samples.page import Book
from tests.samples.ink import SCALE, ink_around, rendered


@pytest.mark.parametrize("seed", range(8))
def test_a_tick_leaves_ink_inside_its_box(tmp_path: Path, seed: int) -> None:
    book = Book(tmp_path / "tick.pdf", "Tick")
    sheet = book.sheet("other")
    box = sheet.tick_box(100, 100, "", ticked=True)
    empty = sheet.tick_box(200, 100, "")
    pen.tick(sheet, box, random.Random(seed))
    book.save()
    pixels = rendered(tmp_path / "tick.pdf")
    assert ink_around(pixels, box, x=SCALE, y=SCALE, margin=-2) is not None
    assert ink_around(pixels, empty, x=SCALE, y=SCALE, margin=-2) is None


@pytest.mark.parametrize("seed", range(8))
def test_a_signature_lies_in_the_box_it_returns(tmp_path: Path, seed: int) -> None:
    book = Book(tmp_path / "sign.pdf", "Sign")
    place = pen.sign(book.sheet("other"), 150, 300, random.Random(seed))
    book.save()
    ink = ink_around(rendered(tmp_path / "sign.pdf"), Box(0, 0, 612, 792), x=SCALE, y=SCALE, margin=0)
    assert ink is not None
    assert place.grown(4).common(ink) == pytest.approx(ink.area)
    assert ink.width > 100
