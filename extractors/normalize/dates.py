"""Dates as people write them on forms, read in the order of the market."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

DateOrder = Literal["mdy", "dmy", "ymd"]

# fmt: off
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for name in names.split()
}
# fmt: on
# A hyphen may join the two dates of a period ("1/1/2026-6/30/2026"), but not where it also parts day and month.
_TAIL = r"\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d|\2\d)"
_NUMERIC = (
    re.compile(r"(?<![\d/.])(\d{1,4})\s?([/.])" + _TAIL),
    re.compile(r"(?<![\d/.-])(\d{1,4})\s?(-)" + _TAIL),
)
_NAMED = re.compile(
    r"(?<![A-Za-z0-9])(?:(\d{1,2})(?:st|nd|rd|th)?[\s\-]*)?([A-Za-z]{3,9})\.?[\s\-]*"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?)?[\s,\-]*(?<!\d)(\d{4})(?!\d)"
)
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_COMPACT = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")

# A two-digit year later than this many years from 2000 is of the last century. Only birth dates and old histories
# reach that far back; a fixed pivot keeps the reading independent of the clock.
_PIVOT = 40
_BIRTH_PIVOT = 30


def parse_birth_date(text: str, order: DateOrder = "mdy") -> tuple[int, int, dt.date] | None:
    """The one date of birth in a text with its place; a two-digit year is of the last century unless it is below 30."""
    found = list(find_dates(text, order))
    if len({date for _, _, date in found}) != 1:
        return None
    start, end, date = found[0]
    short = date.strftime("%Y") not in text and date.year >= 2000
    return start, end, date.replace(year=date.year - 100) if short and date.year % 100 >= _BIRTH_PIVOT else date


def find_dates(text: str, order: DateOrder = "mdy") -> Iterator[tuple[int, int, dt.date]]:
    """The dates in a text with their places (start, end), in order of appearance.

    Month names, ISO 8601, Chinese (2026年3月2日), and numbers in the market's `order`; a date that only makes sense in
    the other order (31/12 where months come first) is read in that one.
    """
    found: list[tuple[int, int, dt.date]] = []
    for match in (match for pattern in _NUMERIC for match in pattern.finditer(text)):
        date = _numeric(match[1], match[3], match[4], order)
        if date:
            found.append((match.start(), match.end(), date))
    for match in _NAMED.finditer(text):
        month = _MONTHS.get(match[2].lower())
        day = match[1] or match[3]
        date = _date(int(match[4]), month, int(day)) if month and day else None
        if date:
            found.append((match.start(), match.end(), date))
    for match in _CHINESE.finditer(text):
        date = _date(int(match[1]), int(match[2]), int(match[3]))
        if date:
            found.append((match.start(), match.end(), date))
    if not found:
        for match in _COMPACT.finditer(text):
            date = _numeric(match[1], match[2], match[3], order)
            if date:
                found.append((match.start(), match.end(), date))
    yield from sorted(found)


def parse_date(text: str, order: DateOrder = "mdy") -> dt.date | None:
    """The one date a text holds; None if there is none or more than one."""
    found = {date for _, _, date in find_dates(text, order)}
    return found.pop() if len(found) == 1 else None


def _numeric(first: str, second: str, third: str, order: DateOrder) -> dt.date | None:
    if len(first) == 4:
        return _date(int(first), int(second), int(third))
    if len(first) > 2 or len(third) not in (2, 4):
        return None
    year = int(third) if len(third) == 4 else _century(int(third))
    a, b = int(first), int(second)
    month, day = (b, a) if order == "dmy" else (a, b)
    return _date(year, month, day) or _date(year, day, month)


def _century(year: int) -> int:
    return 2000 + year if year < _PIVOT else 1900 + year


def _date(year: int, month: int | None, day: int) -> dt.date | None:
    if month is None or not 1880 <= year <= 2100:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
