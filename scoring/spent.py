"""What a run cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Spent:
    """Time and memory of a run over `pages`: seconds by the clock, seconds of computing by stage, peaks in MB.

    The stages are "read" (words, boxes and marks of a page), "understand" (what a document says) and "rest" (opening
    files, putting requests together, writing, measuring). `main_mb` is the largest this process was, `reader_mb` the
    largest of the others.
    """

    pages: int = 0
    wall_s: float = 0.0
    cpu_s: Mapping[str, float] = field(default_factory=dict)
    main_mb: float = 0.0
    reader_mb: float = 0.0
