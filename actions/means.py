"""What a machine lends to the use cases: made once by an entry point from its settings, and handed to every action."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sandbox import Limits


@dataclass(frozen=True, slots=True)
class Means:
    """The limits of untrusted files, the folder of Tesseract's traineddata, and how many files are read at a time."""

    limits: Limits
    tessdata: Path
    jobs: int


def lend(tessdata: Path, jobs: int | None, *, limits: Mapping[str, Any]) -> Means:
    """Join settings to means; `limits` names those of `Limits` that differ, without `jobs` it is one a core."""
    return Means(limits=replace(Limits(), **limits), tessdata=tessdata, jobs=jobs or os.cpu_count() or 1)
