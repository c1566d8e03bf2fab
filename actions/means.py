"""What a machine lends to the use cases: made once by an entry point from its settings, and handed to every action."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sandbox import Limits


@dataclass(frozen=True, slots=True)
class Means:
    """The limits of untrusted files, the folder of Tesseract's traineddata, and how many files are read at a time."""

    limits: Limits
    tessdata: Path
    jobs: int
