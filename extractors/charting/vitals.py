"""Height and weight as notes and letters state them among the vital signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from extractors.annotation.lines import Line
from extractors.normalize.amounts import find_measure
from models.geometry import Span

Measure = Literal["height", "weight"]

_LABELS: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    ("height", re.compile(
        r"\b(?:height|hgt|ht)\b\.?\s*(?:\([^)\d]{1,12}\))?\s*(?:[:=|-]|is|of|was|at)?\s*(?=\d)", re.IGNORECASE)),
    ("weight", re.compile(
        r"\b(?:weight|wgt|wt|weighs|weighed|weighing)\b\.?\s*(?:\([^)\d]{1,12}\))?\s*(?:[:=|-]|is|of|was|at)?\s*"
        r"(?:today\s*)?(?=\d)", re.IGNORECASE)),
)  # fmt: skip
# Weights that are not the patient's on that day.
_ANOTHER = re.compile(
    r"\b(?:birth|goal|target|ideal|desired|lost|lose|loss|gain(?:ed)?|previous|prior|max(?:imum)?|highest|lowest|dry|"
    r"initial|baseline|per|loss of|adjusted|lifting|lift)\s+(?:body\s+)?$",
    re.IGNORECASE,
)
# Of anyone from an infant to the largest adult, in each unit.
_RANGES = {"in": (15, 90), "cm": (38, 230), "m": (0.38, 2.3), "lb": (4, 900), "kg": (2, 410)}


def find_vitals(lines: Sequence[Line]) -> Iterator[tuple[Measure, str, Span]]:
    """The heights and weights that some lines state: which, "68 in" (feet are told in inches), and their place."""
    for line in lines:
        for kind, label in _LABELS:
            for match in label.finditer(line.text):
                after = line.text[match.end() : match.end() + 24]
                amount = find_measure(after, kind)
                if amount is None or amount.start > 0 or _ANOTHER.search(line.text[: match.start()]):
                    continue
                low, high = _RANGES[amount.unit or "in"]
                if low <= float(amount.value) <= high:
                    start = line.span.start + match.end()
                    yield kind, f"{amount.value} {amount.unit}", Span(start + amount.start, start + amount.end)
