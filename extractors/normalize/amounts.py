"""Numbers with what they count: quantities, body measures, money, and how often."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|[.,]\d)|(?<![\d.,])\d+(?:\.\d+)?(?!\d|[.,]\d)")
_UNIT = re.compile(r"\s*([A-Za-z]+)")
_FEET = re.compile(
    r"(?<![\d.])(\d)\s*(?:['’′]|ft\b\.?|feet\b|foot\b)\s*(?:(\d{1,2})(?![\d.])\s*(?:\"|''|[”″]|in(?:ch(?:es)?)?\b\.?)?)?",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"(?<![\d.,])(\d+(?:\.\d+)?)\s*(kgs?|kilograms?|lbs?|pounds?|cm|in(?:ch(?:es)?)?|m|[\"”″])(?![A-Za-z])",
    re.IGNORECASE,
)
_UNITS = {
    "height": {"cm": "cm", "m": "m", "in": "in", "inch": "in", "inches": "in", '"': "in", "”": "in", "″": "in"},
    "weight": {
        "kg": "kg", "kgs": "kg", "kilogram": "kg", "kilograms": "kg", "lb": "lb", "lbs": "lb", "pound": "lb",
        "pounds": "lb",
    },
}  # fmt: skip
_MONEY = re.compile(r"(HK\$|US\$|HKD|USD|\$)?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)(?![\d,.]*\d)", re.IGNORECASE)
_CURRENCIES = {"HK$": "HKD", "HKD": "HKD", "US$": "USD", "USD": "USD", "$": "USD"}
# "every 2 weeks" and "for 6 weeks" count weeks, not times: a count needs "x", "times", "per" or the like behind it.
_OFTEN = re.compile(
    r"(?:(?P<few>once|twice)|(?<![\d.,])(?:(?P<count>\d{1,3})|(?P<word>one|two|three|four|five))"
    r"(?:\s*(?:x|times?|visits?|sessions?|hours?)(?=\W|\b)|(?=\s*/)|(?=\s+(?:per|a|an|each)\b)))"
    r"\s*(?:/|\b(?:per|a|an|each)\b)?\s*(?P<period>day|week|month|year|wk|mo|yr|daily|weekly|monthly|yearly)\b",
    re.IGNORECASE,
)
_COUNTS = {"once": "1", "one": "1", "twice": "2", "two": "2", "three": "3", "four": "4", "five": "5"}
_PERIODS = {
    "wk": "week",
    "mo": "month",
    "yr": "year",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a decimal string without separators, what it counts (None: not said), and its place in the text."""

    start: int
    end: int
    value: str
    unit: str | None


def find_number(text: str) -> Amount | None:
    """The first number of a text, with the word behind it as its unit."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    unit = _UNIT.match(text, match.end())
    return Amount(match.start(), match.end(), match[0].replace(",", ""), unit[1].lower() if unit else None)


def find_measure(text: str, of: Literal["height", "weight"]) -> Amount | None:
    """A body's height (cm, m or in; feet and inches are told in inches) or weight (kg or lb)."""
    feet = _FEET.search(text) if of == "height" else None
    if feet is not None:
        return Amount(
            feet.start(), len(feet[0].rstrip()) + feet.start(), str(12 * int(feet[1]) + int(feet[2] or 0)), "in"
        )
    for match in _MEASURE.finditer(text):
        unit = _UNITS[of].get(match[2].lower())
        if unit is not None:
            return Amount(match.start(), match.end(), match[1], unit)
    return None


def find_money(text: str) -> Amount | None:
    """The first sum of money; the unit is its ISO 4217 currency where a sign says it, "$" being the US dollar."""
    match = _MONEY.search(text)
    if match is None:
        return None
    return Amount(match.start(), match.end(), match[2].replace(",", ""), _CURRENCIES.get((match[1] or "").upper()))


def find_rate(text: str) -> Amount | None:
    """How often: the count, its unit the period ("3 x week", "twice a month", "2 visits per week")."""
    match = _OFTEN.search(text)
    if match is None:
        return None
    period = match["period"].lower()
    count = match["count"] or _COUNTS[(match["few"] or match["word"]).lower()]
    return Amount(match.start(), match.end(), count, _PERIODS.get(period, period))
