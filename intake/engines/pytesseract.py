"""Tesseract as a program of its own, through pytesseract: the fallback where tesserocr cannot be loaded."""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from intake.ocr import EngineMissing, OcrEngine, OcrWord
from models.parsed import Pixels


@dataclass(frozen=True, slots=True)
class Pytesseract:
    """Engine that starts the program once a page; set OMP_THREAD_LIMIT=1 outside, or it burns four times the CPU."""

    tessdata: str
    languages: str
    version: str

    @property
    def name(self) -> str:
        """Engine, version and languages."""
        return f"tesseract {self.version} {self.languages}"

    def read_page(self, pixels: Pixels, dpi: float) -> tuple[OcrWord, ...]:
        """The words of a whole page, by Tesseract's own page layout."""
        table = self._table(Image.fromarray(pixels), dpi, 3)
        return tuple(word for _, word in _words(table))

    def read_lines(self, lines: Sequence[Pixels], dpi: float) -> tuple[tuple[OcrWord, ...], ...]:
        """The words of each single-line picture; all pictures go to one run of the program."""
        if not lines:
            return ()
        found: list[list[OcrWord]] = [[] for _ in lines]
        with tempfile.TemporaryDirectory(prefix="lines-") as folder:
            names = []
            for number, line in enumerate(lines):
                name = f"{folder}/{number}.png"
                Image.fromarray(line).save(name, dpi=(dpi, dpi))
                names.append(name)
            listing = Path(folder, "lines.txt")
            listing.write_text("\n".join(names) + "\n", encoding="utf-8")
            for page, word in _words(self._table(str(listing), dpi, 7)):
                found[page - 1].append(word)
        return tuple(tuple(words) for words in found)

    def _table(self, image: Any, dpi: float, mode: int) -> dict[str, list[Any]]:
        library = importlib.import_module("pytesseract")
        options = f'--dpi {round(dpi)} --psm {mode} --tessdata-dir "{self.tessdata}"'
        table = library.image_to_data(image, lang=self.languages, config=options, output_type=library.Output.DICT)
        return dict(table)


def open_engine(tessdata: Path, languages: str) -> OcrEngine:
    """The engine, its program tried once.

    Raises:
        EngineMissing: the library, the program or the language data is not installed.
    """
    try:
        library = importlib.import_module("pytesseract")
        version = str(library.get_tesseract_version())
    except (ImportError, OSError, SystemExit) as failure:
        raise EngineMissing(type(failure).__name__) from failure
    absent = [name for name in languages.split("+") if not (tessdata / f"{name}.traineddata").is_file()]
    if absent:
        raise EngineMissing(f"no traineddata for {', '.join(absent)}")
    return Pytesseract(str(tessdata), languages, version)


def _words(table: dict[str, list[Any]]) -> list[tuple[int, OcrWord]]:
    found = []
    columns = ("page_num", "text", "left", "top", "width", "height", "conf")
    for page, text, left, top, width, height, conf in zip(*(table[name] for name in columns), strict=True):
        if str(text).strip() and float(conf) >= 0:
            word = OcrWord(
                str(text).strip(),
                int(left),
                int(top),
                int(left) + int(width),
                int(top) + int(height),
                float(conf) / 100,
            )
            found.append((int(page), word))
    return found
