from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.normalize.dates import find_dates, parse_date

MARCH = dt.date(2026, 3, 2)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.parametrize(
    "text",
    [
        "3/2/2026", "03/02/2026", "03/02/26", "3-2-2026", "3.2.2026", "03 / 02 / 2026", "2026-03-02", "2026/3/2",
        "March 2, 2026", "Mar. 2nd 2026", "2 March 2026", "02-Mar-2026", "02MAR2026", "2 Mar 2026", "MAR 02, 2026",
        "2026年3月2日", "2026 年 3 月 2 日", "03022026", "signed on 3/2/2026.", "(3/2/2026)",
    ],
)  # fmt: skip
def test_the_ways_a_day_is_written(text: str) -> None:
    assert parse_date(text) == MARCH


@pytest.mark.parametrize(
    "text",
    ["", "2/30/2026", "13/13/2026", "March 2026", "555-123-4567", "123-45-6789", "1/2/3", "99999999", "3/2/2026/5"],
)
def test_what_is_no_day(text: str) -> None:
    assert parse_date(text) is None


def test_the_order_of_the_market_decides_and_a_day_beyond_twelve_overrules_it() -> None:
    assert parse_date("3/2/2026", "dmy") == dt.date(2026, 2, 3)
    assert parse_date("31/12/2025") == parse_date("12/31/2025", "dmy") == dt.date(2025, 12, 31)


@pytest.mark.parametrize("text", ["1/1/2026-12/31/2026", "1/1/26 - 12/31/26", "01/01/2026 to 12/31/2026"])
def test_both_ends_of_a_period_are_found(text: str) -> None:
    assert [date for _, _, date in find_dates(text)] == [dt.date(2026, 1, 1), dt.date(2026, 12, 31)]
    assert parse_date(text) is None


def test_two_digit_years_need_no_clock() -> None:
    assert parse_date("5/6/39") == dt.date(2039, 5, 6)
    assert parse_date("5/6/40") == dt.date(1940, 5, 6)


def test_the_same_day_twice_is_one_day() -> None:
    assert parse_date("3/2/2026 (March 2, 2026)") == MARCH


@given(DAYS, st.sampled_from(["numeric", "iso", "named", "chinese"]))
def test_a_day_that_is_written_is_read_and_its_place_holds_it(day: dt.date, way: str) -> None:
    text = {
        "numeric": f"{day.month}/{day.day}/{day.year}",
        "iso": day.isoformat(),
        "named": f"{NAMES[day.month - 1]} {day.day}, {day.year}",
        "chinese": f"{day.year}年{day.month}月{day.day}日",
    }[way]
    ((start, end, found),) = find_dates(f"on {text}, seen")
    assert found == day
    assert f"on {text}, seen"[start:end] == text
    assert parse_date(found.isoformat()) == found


@given(st.text(max_size=60))
def test_any_text_gives_places_inside_it_in_order(text: str) -> None:
    found = list(find_dates(text))
    assert found == sorted(found)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)
