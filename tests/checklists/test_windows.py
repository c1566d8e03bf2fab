from __future__ import annotations

import datetime as dt
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.windows import after, earliest, gap, inside, words
from models.checklist import Length

Unit = Literal["d", "wk", "mo", "y"]
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
LENGTHS = st.builds(Length, value=st.integers(0, 40), unit=st.sampled_from(["d", "wk", "mo", "y"]))


def test_the_example_of_the_design() -> None:
    encounter, order = dt.date(2026, 3, 2), dt.date(2026, 9, 11)
    assert gap(encounter, order) == "6 months 9 days"
    assert not inside(encounter, order, Length(value=6, unit="mo"))
    assert after(encounter, Length(value=6, unit="mo")) == dt.date(2026, 9, 2)
    assert inside(encounter, dt.date(2026, 9, 2), Length(value=6, unit="mo"))


@pytest.mark.parametrize(
    ("start", "end", "unit", "told"),
    [
        ((2026, 3, 2), (2026, 3, 2), "mo", "0 days"),
        ((2026, 3, 2), (2026, 3, 3), "mo", "1 day"),
        ((2026, 3, 2), (2026, 4, 2), "mo", "1 month"),
        ((2025, 8, 31), (2026, 2, 28), "mo", "6 months"),
        ((2025, 1, 15), (2026, 2, 14), "y", "12 months 30 days"),
        ((2026, 3, 2), (2026, 5, 2), "d", "61 days"),
    ],
)
def test_gaps_in_words(start: tuple[int, int, int], end: tuple[int, int, int], unit: str, told: str) -> None:
    assert gap(dt.date(*start), dt.date(*end), unit) == told


@pytest.mark.parametrize(
    ("day", "value", "unit", "reached"),
    [
        ((2025, 8, 31), 6, "mo", (2026, 2, 28)),
        ((2024, 2, 29), 1, "y", (2025, 2, 28)),
        ((2023, 8, 31), 6, "mo", (2024, 2, 29)),
        ((2026, 1, 1), 60, "d", (2026, 3, 2)),
        ((2026, 1, 1), 6, "wk", (2026, 2, 12)),
    ],
)
def test_month_ends_and_leap_years(
    day: tuple[int, int, int], value: int, unit: Unit, reached: tuple[int, int, int]
) -> None:
    assert after(dt.date(*day), Length(value=value, unit=unit)) == dt.date(*reached)


@given(anchor=DAYS, length=LENGTHS)
def test_the_earliest_day_is_inside_and_the_day_before_is_not(anchor: dt.date, length: Length) -> None:
    first = earliest(anchor, length)
    assert inside(first, anchor, length)
    assert not inside(first - dt.timedelta(days=1), anchor, length)


@given(day=DAYS, anchor=DAYS, length=LENGTHS)
def test_a_longer_window_never_loses_a_day(day: dt.date, anchor: dt.date, length: Length) -> None:
    longer = Length(value=length.value + 1, unit=length.unit)
    assert not inside(day, anchor, length) or inside(day, anchor, longer)


def test_lengths_in_words() -> None:
    assert words(Length(value=1, unit="mo")) == "1 month"
    assert words(Length(value=60, unit="d")) == "60 days"
