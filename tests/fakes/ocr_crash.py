"""An OCR engine that fails on every picture."""

from __future__ import annotations

from collections.abc import Sequence

from intake.ocr import OcrWord
from models.parsed import Pixels


class CrashingOcr:
    """Raises where it should read."""

    @property
    def name(self) -> str:
        """It says so."""
        return "crashing"

    def read_page(self, pixels: Pixels, dpi: float) -> tuple[OcrWord, ...]:
        """Fail."""
        raise RuntimeError(f"cannot read {pixels.shape} at {dpi}")

    def read_lines(self, lines: Sequence[Pixels], dpi: float) -> tuple[tuple[OcrWord, ...], ...]:
        """Fail."""
        raise RuntimeError(f"cannot read {len(lines)} lines at {dpi}")
