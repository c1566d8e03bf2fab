from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.normalize.amounts import Amount, find_measure, find_money, find_number, find_rate


def told(amount: Amount | None) -> tuple[str, str | None] | None:
    return None if amount is None else (amount.value, amount.unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", ("12", None)),
        ("12 visits", ("12", "visits")),
        ("1,200 Units", ("1200", "units")),
        ("2.5 ml", ("2.5", "ml")),
        ("12.", ("12", None)),
        ("qty 30", ("30", None)),
        ("none", None),
        ("1.2.3", None),
    ],
)
def test_a_number_and_what_it_counts(text: str, expected: tuple[str, str | None] | None) -> None:
    assert told(find_number(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5'6\"", ("66", "in")),
        ("5 ft 6 in", ("66", "in")),
        ("5’ 11”", ("71", "in")),
        ("6 feet", ("72", "in")),
        ("66 inches", ("66", "in")),
        ('66"', ("66", "in")),
        ("170 cm", ("170", "cm")),
        ("1.70m", ("1.70", "m")),
        ("82 kg", None),
        ("170", None),
    ],
)
def test_height(text: str, expected: tuple[str, str] | None) -> None:
    assert told(find_measure(text, "height")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("82 kg", ("82", "kg")), ("180lbs", ("180", "lb")), ("5'6\" / 165 lb.", ("165", "lb")), ("170 cm", None)],
)
def test_weight(text: str, expected: tuple[str, str] | None) -> None:
    assert told(find_measure(text, "weight")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$1,200.00", ("1200.00", "USD")),
        ("HK$ 45,000", ("45000", "HKD")),
        ("1500", ("1500", None)),
        ("tbd", None),
    ],
)
def test_money(text: str, expected: tuple[str, str | None] | None) -> None:
    assert told(find_money(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3x/week", ("3", "week")),
        ("2 times per week", ("2", "week")),
        ("twice a month", ("2", "month")),
        ("once daily", ("1", "day")),
        ("2 visits per wk", ("2", "week")),
        ("3 per week for 6 weeks", ("3", "week")),
        ("every 2 weeks", None),
        ("for 6 weeks", None),
        ("as needed", None),
    ],
)
def test_how_often(text: str, expected: tuple[str, str] | None) -> None:
    assert told(find_rate(text)) == expected


@given(st.text(max_size=40))
def test_places_lie_in_any_text(text: str) -> None:
    for found in (
        find_number(text),
        find_measure(text, "height"),
        find_measure(text, "weight"),
        find_money(text),
        find_rate(text),
    ):
        assert found is None or (0 <= found.start < found.end <= len(text) and found.value)
