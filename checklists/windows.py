"""Lengths of time, windows that end at an anchor, and the arithmetic in words.

A calendar month or year after a day is the same day of the later month, or its last day where there is none. All
windows are counted forward from the fact: a note of 31 August is good for six months until 28 February.
"""

from __future__ import annotations

import calendar
import datetime as dt

from models.checklist import Length

_WORDS = {"d": "day", "wk": "week", "mo": "month", "y": "year"}


def after(day: dt.date, length: Length) -> dt.date:
    """The day `length` after `day`."""
    if length.unit in {"d", "wk"}:
        return day + dt.timedelta(days=length.value * (7 if length.unit == "wk" else 1))
    return _months_after(day, length.value * (12 if length.unit == "y" else 1))


def earliest(anchor: dt.date, length: Length) -> dt.date:
    """The first day whose window of `length` still reaches `anchor`."""
    if length.unit in {"d", "wk"}:
        return anchor - dt.timedelta(days=length.value * (7 if length.unit == "wk" else 1))
    day = _months_after(anchor, -length.value * (12 if length.unit == "y" else 1))
    while after(day, length) < anchor:
        day += dt.timedelta(days=1)
    return day


def inside(day: dt.date, anchor: dt.date, length: Length) -> bool:
    """Whether `day` lies in the window of `length` that ends at `anchor`, both ends included."""
    return day <= anchor <= after(day, length)


def gap(start: dt.date, end: dt.date, unit: str = "mo") -> str:
    """The time from `start` to `end` (not before it) in words: "6 months 9 days"; in days for units "d" and "wk"."""
    if unit in {"d", "wk"}:
        return _count((end - start).days, "day")
    months = (end.year - start.year) * 12 + end.month - start.month
    while _months_after(start, months) > end:
        months -= 1
    days = (end - _months_after(start, months)).days
    parts = [_count(months, "month")] if months else []
    return " ".join([*parts, _count(days, "day")] if days or not parts else parts)


def words(length: Length) -> str:
    """A length in words: "6 months"."""
    return _count(length.value, _WORDS[length.unit])


def _months_after(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
