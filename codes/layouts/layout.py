"""What a layout is: the name of its system, how its lines become rows, and from when on a file of it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from models.code_table import CodeEntry


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was skipped: its number, counted from 1, and why. No word of the line."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One public file layout.

    `name` is the word of the command line, `system` the one under which rows are kept. `read` turns lines into entries
    and skipped lines. `effective_on` tells from a file's name from when on it counts, None where the name does not say.
    `replaces`: only the newest file counts, since its rows carry their own days.
    """

    name: str
    system: str
    encoding: str
    read: Callable[[Iterable[str]], Iterator[CodeEntry | BadLine]]
    effective_on: Callable[[str], dt.date | None]
    replaces: bool = False


def day_of(digits: str) -> dt.date | None:
    """A date as YYYYMMDD; None for blanks. Raises ValueError for what is no date."""
    digits = digits.strip()
    return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) if digits else None


def undated(_: str) -> dt.date | None:
    """For files whose names say no date."""
    return None
