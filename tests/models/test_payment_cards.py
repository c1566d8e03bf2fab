from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.payment_cards import card_ok, find_cards, luhn_sum


@pytest.mark.parametrize(
    ("digits", "ok"),
    [
        ("4111111111111111", True),
        ("4222222222222", True),
        ("5555555555554444", True),
        ("2223003122003222", True),
        ("378282246310005", True),
        ("30569309025904", True),
        ("3530111333300000", True),
        ("6011111111111117", True),
        ("4111111111111112", False),  # check digit
        ("411111111111116", False),  # length of another network
        ("9111111111111111", False),
        ("808401234567893", False),  # a health card: 80840 and an NPI
        ("1234567893", False),
    ],
)
def test_cards_are_known_by_network_length_and_check_digit(digits: str, ok: bool) -> None:
    assert card_ok(digits) is ok


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Card 4111 1111 1111 1111 exp 12/29", ["4111 1111 1111 1111"]),
        ("Card 4111-1111-1111-1111 12/29", ["4111-1111-1111-1111"]),
        ("Amex:3782 822463 10005.", ["3782 822463 10005"]),
        ("4111 1111\n1111 1111 and 5555555555554444", ["4111 1111\n1111 1111", "5555555555554444"]),
        ("03 4111111111111111", ["4111111111111111"]),
        ("4111 1111\f1111 1111", []),
        ("4111/1111/1111/1111", []),
        ("X4111111111111111", []),
        ("NPI 1234567893 phone (415) 555-0142 fax 415-555-0143", []),
    ],
)
def test_cards_are_found_in_text(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_cards(text)] == found


@given(body=st.text("0123456789", min_size=14, max_size=14), gap=st.sampled_from(["", " ", "-", " - ", "  "]))
def test_every_card_is_found_in_its_groups(body: str, gap: str) -> None:
    body = "4" + body
    number = body + next(check for check in "0123456789" if luhn_sum(body + check) % 10 == 0)
    written = gap.join(number[at : at + 4] for at in range(0, 16, 4))
    (span,) = find_cards(f"Visa {written} please")
    assert (span.start, len(span)) == (5, len(written))
