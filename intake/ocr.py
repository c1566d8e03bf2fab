"""What we ask of an OCR engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.parsed import Pixels


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word as an engine saw it: text, corners in pixels of the picture it was given, confidence 0..1."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float


class OcrEngine(Protocol):
    """Something that reads words off pictures (grey levels, 0 black .. 255 white). It is kept for many pages."""

    @property
    def name(self) -> str:
        """Engine, version and languages, for the record."""
        ...

    def read_page(self, pixels: Pixels, dpi: float) -> tuple[OcrWord, ...]:
        """The words of a whole page, in the engine's reading order."""
        ...

    def read_lines(self, lines: Sequence[Pixels], dpi: float) -> tuple[tuple[OcrWord, ...], ...]:
        """The words of each picture, which holds a single line of text."""
        ...


class EngineMissing(RuntimeError):
    """This engine cannot work here: its library, program or language data is not installed."""
