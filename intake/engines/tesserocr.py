"""Tesseract in this process, through tesserocr; its bundled library runs one thread."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from intake.ocr import EngineMissing, OcrEngine, OcrWord
from models.parsed import Pixels

_SINGLE_LINE = 7
_AUTO = 3


@dataclass(frozen=True, slots=True)
class Tesserocr:
    """Engine that keeps one loaded API object a process."""

    tessdata: str
    languages: str

    @property
    def name(self) -> str:
        """Engine, version and languages."""
        return f"tesserocr {_library().__version__} {self.languages}"

    def read_page(self, pixels: Pixels, dpi: float) -> tuple[OcrWord, ...]:
        """The words of a whole page, by Tesseract's own page layout."""
        return tuple(self._read(pixels, dpi, _AUTO))

    def read_lines(self, lines: Sequence[Pixels], dpi: float) -> tuple[tuple[OcrWord, ...], ...]:
        """The words of each single-line picture."""
        return tuple(tuple(self._read(line, dpi, _SINGLE_LINE)) for line in lines)

    def _read(self, pixels: Pixels, dpi: float, mode: int) -> Iterator[OcrWord]:
        library, api = _library(), _api(self.tessdata, self.languages)
        api.SetPageSegMode(mode)
        height, width = pixels.shape
        api.SetImageBytes(np.ascontiguousarray(pixels).tobytes(), width, height, 1, width)
        api.SetSourceResolution(round(dpi))
        if not api.Recognize():
            return
        level = library.RIL.WORD
        for item in library.iterate_level(api.GetIterator(), level):
            if item.Empty(level):
                continue
            text = item.GetUTF8Text(level).strip()
            box = item.BoundingBox(level)
            if text and box:
                x0, top, x1, bottom = box
                yield OcrWord(text, x0, top, x1, bottom, item.Confidence(level) / 100)
        api.Clear()


def open_engine(tessdata: Path, languages: str) -> OcrEngine:
    """The engine, its library and language data tried once.

    Raises:
        EngineMissing: tesserocr is not installed, or cannot load the languages.
    """
    try:
        _api(str(tessdata), languages)
    except (ImportError, RuntimeError) as failure:
        raise EngineMissing(f"{type(failure).__name__} with languages {languages}") from failure
    return Tesserocr(str(tessdata), languages)


def _library() -> Any:
    return importlib.import_module("tesserocr")


@functools.cache
def _api(tessdata: str, languages: str) -> Any:
    return _library().PyTessBaseAPI(path=tessdata, lang=languages, psm=_AUTO)
