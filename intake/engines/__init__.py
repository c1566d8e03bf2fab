"""The OCR engines, best first. To add one: its file, its line in `ENGINES`, its test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from intake.engines import pytesseract, tesserocr
from intake.ocr import EngineMissing, OcrEngine

DEBIAN_TESSDATA = Path("/usr/share/tesseract-ocr/5/tessdata")

Opener = Callable[[Path, str], OcrEngine]

ENGINES: tuple[tuple[str, Opener], ...] = (
    ("tesserocr", tesserocr.open_engine),
    ("pytesseract", pytesseract.open_engine),
)


def open_engine(tessdata: Path = DEBIAN_TESSDATA, languages: str = "eng", *, name: str | None = None) -> OcrEngine:
    """The first engine that works here, or the one called `name`.

    `languages` are Tesseract's, joined by "+"; `tessdata` is the folder of their traineddata files.

    Raises:
        EngineMissing: none works; the message says why for each.
        KeyError: there is no engine of this name; the message lists those there are.
    """
    known = dict(ENGINES)
    if name is not None and name not in known:
        raise KeyError(f"no OCR engine is called {name}; there are {', '.join(known)}")
    reasons = []
    for label, opener in ENGINES if name is None else ((name, known[name]),):
        try:
            return opener(tessdata, languages)
        except EngineMissing as missing:
            reasons.append(f"{label}: {missing}")
    raise EngineMissing("; ".join(reasons))
