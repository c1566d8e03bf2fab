"""What a person said about a value of a request; no re-run overwrites it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

CorrectionKind = Literal["correct_reading", "provider_change"]


@dataclass(frozen=True, slots=True)
class Correction:
    """A new value of the leaf at `path` (a JSON pointer into the native request: "/patient/birth_date").

    "correct_reading": the page says something else than was read. "provider_change": the provider wants something else
    than the page says, as `document` shows. `value` is as JSON has it; None empties the leaf.
    `anchor` tells, of a leaf in a list, which item was meant (`assembly.corrections.anchor_of`): items may move when
    more papers come. None: a new item.
    """

    path: str
    value: Any
    kind: CorrectionKind
    made_by: str
    made_at: dt.datetime
    reason: str | None = None
    document: str | None = None
    anchor: str | None = None
