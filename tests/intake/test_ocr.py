"""The engines are tried in order, and say why they cannot work."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.engines import DEBIAN_TESSDATA, ENGINES, open_engine
from intake.ocr import EngineMissing


def test_the_first_engine_that_works_is_taken() -> None:
    assert open_engine().name.startswith("tesserocr")


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(KeyError, match="tesserocr, pytesseract"):
        open_engine(name="nothing")


def test_missing_language_data_is_said_for_each(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match=r"tesserocr: .*pytesseract: "):
        open_engine(tmp_path, "eng")


def test_names_are_in_the_plan_once() -> None:
    assert len({name for name, _ in ENGINES}) == len(ENGINES)
    assert (DEBIAN_TESSDATA / "eng.traineddata").is_file()
