"""Running text with marks that tell what it states.

`[[/patient/weight=71 kg|71 kg]]` states a value of the contract (without `=` the words themselves are the value), and
`[[conservative-care;failed;2026-08-02|Eight weeks of physical therapy]]` a clinical fact: its concept, its status and
the day it holds for, which may be left out. Marks are not nested.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


@dataclass(frozen=True, slots=True)
class Told:
    """What the words `first` to `last` of a text state: a value when `path` is set, else a fact."""

    first: int
    last: int
    quote: str
    path: str | None = None
    value: str | None = None
    concept: str = ""
    status: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as it is printed, and what it states."""

    plain: str
    told: tuple[Told, ...]


def parse(text: str) -> Prose:
    """Take the marks out of a text."""
    plain, at, told = "", 0, []
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        first = len(f"{plain}x".split()) - 1
        plain += mark[2]
        told.append(_told(mark[1], mark[2], first, len(plain.split()) - 1))
        at = mark.end()
    return Prose(plain + text[at:], tuple(told))


def sides_swapped(text: str) -> str:
    """The text about the other side of the body."""
    other = {"left": "right", "right": "left", "Left": "Right", "Right": "Left", "LEFT": "RIGHT", "RIGHT": "LEFT"}
    return re.sub(r"\b(left|right)\b", lambda found: other[found[0]], text, flags=re.IGNORECASE)


def _told(key: str, quote: str, first: int, last: int) -> Told:
    if key.startswith("/"):
        path, _, value = key.partition("=")
        return Told(first, last, quote, path=path, value=value or None)
    concept, status, on = (*key.split(";"), "", "")[:3]
    return Told(
        first, last, quote, concept=concept, status=status or "present", on=dt.date.fromisoformat(on) if on else None
    )
