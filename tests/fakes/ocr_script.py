"""An OCR engine that says what it was told, and remembers what it was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.ocr import OcrWord
from models.parsed import Pixels


@dataclass
class ScriptedOcr:
    """Reads `text` in every line with `confidence`, as one word that fills the picture."""

    text: str = "word"
    confidence: float = 0.9
    lines_seen: list[Pixels] = field(default_factory=list)

    @property
    def name(self) -> str:
        """It says so."""
        return "scripted"

    def read_page(self, pixels: Pixels, dpi: float) -> tuple[OcrWord, ...]:
        """One word on the page."""
        return self.read_lines([pixels], dpi)[0]

    def read_lines(self, lines: Sequence[Pixels], dpi: float) -> tuple[tuple[OcrWord, ...], ...]:
        """One word a line."""
        assert dpi > 0
        self.lines_seen += lines
        return tuple((OcrWord(self.text, 0, 0, line.shape[1], line.shape[0], self.confidence),) for line in lines)
