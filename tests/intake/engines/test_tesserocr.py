"""The tesserocr engine reads lines and pages, and tells where the words stand."""

from __future__ import annotations

import numpy as np
import pytest

from intake.engines import open_engine
from models.parsed import Pixels
from tests.intake.sheets import Drawing


@pytest.fixture(scope="module")
def line() -> Pixels:
    drawing = Drawing()
    drawing.text(20, 20, "Adalimumab 40 mg")
    return np.ascontiguousarray(drawing.pixels()[20:150:2, 60:1000:2])


def test_lines_are_read_each_for_itself(line: Pixels) -> None:
    engine = open_engine(name="tesserocr")
    blank = np.full_like(line, 255)
    first, second, third = engine.read_lines([line, blank, line], 204)
    assert [word.text for word in first] == [word.text for word in third] == ["Adalimumab", "40", "mg"]
    assert all(word.confidence < 0.5 for word in second)
    assert all(0.5 < word.confidence <= 1 for word in first)
    assert all(
        0 <= word.x0 < word.x1 <= line.shape[1] and 0 <= word.top < word.bottom <= line.shape[0] for word in first
    )


def test_pages_are_read(line: Pixels) -> None:
    page = np.full((1200, 1000), 255, dtype=np.uint8)
    page[300 : 300 + line.shape[0], 200 : 200 + line.shape[1]] = line
    engine = open_engine(name="tesserocr")
    words = engine.read_page(page, 204)
    assert [word.text for word in words] == ["Adalimumab", "40", "mg"]
    assert all(word.x0 > 190 and word.top > 290 for word in words)
    assert engine.name.endswith("eng")
