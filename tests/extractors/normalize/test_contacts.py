from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.normalize.contacts import STATES, Place, find_phone, find_postal_code, parse_state, split_place


def pieces(text: str) -> tuple[str | None, ...]:
    place = split_place(text)
    spans = (place.line, place.city, place.state, place.postal_code)
    return tuple(None if span is None else text[slice(*span)] for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "(512) 555-0142", "512-555-0142", "512.555.0142", "5125550142", "+1 512 555 0142", "1-512-555-0142",
        "(512)555-0142 ext. 7", "512/555-0142", "Tel: 512 555 0142",
    ],
)  # fmt: skip
def test_a_telephone_number_is_its_digits(text: str) -> None:
    found = find_phone(text)
    assert found is not None
    assert found[2] == "5125550142"
    assert "512" in text[found[0] : found[1]]


@pytest.mark.parametrize("text", ["555-0142", "51255501423", "1234567", "none", "12-555-0142"])
def test_what_is_no_telephone_number(text: str) -> None:
    assert find_phone(text) is None


@pytest.mark.parametrize("text", ["2345 6789", "+852 2345-6789", "23456789"])
def test_hong_kong_has_eight_digits(text: str) -> None:
    found = find_phone(text, "hk")
    assert found is not None
    assert found[2] == "23456789"


def test_states_by_code_and_name() -> None:
    assert parse_state("tx") == parse_state("Texas") == parse_state(" TX. ") == "TX"
    assert parse_state("new  york") == "NY"
    assert parse_state("XX") is None
    assert all(parse_state(state) == state for state in STATES)


def test_postal_codes() -> None:
    assert find_postal_code("Austin 78701-1234") == (7, 17, "78701-1234")
    assert find_postal_code("787012") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("123 Main St, Austin, TX 78701", ("123 Main St", "Austin", "TX", "78701")),
        ("123 Main St, Austin TX 78701", ("123 Main St", "Austin", "TX", "78701")),
        ("123 Main St Austin, TX 78701", ("123 Main St", "Austin", "TX", "78701")),
        ("123 Main St Austin TX 78701", ("123 Main St", "Austin", "TX", "78701")),
        ("9 Oak Avenue San Antonio TX 78205-0001", ("9 Oak Avenue", "San Antonio", "TX", "78205-0001")),
        ("123 Main St, Apt B, Austin, TX 78701", ("123 Main St, Apt B", "Austin", "TX", "78701")),
        ("123 Main St Suite 200 Austin, TX 78701", ("123 Main St Suite 200", "Austin", "TX", "78701")),
        ("PO Box 12, Salt Lake City, UT 84101", ("PO Box 12", "Salt Lake City", "UT", "84101")),
        ("55 Broadway New York NY 10006", ("55 Broadway New York", None, "NY", "10006")),
        ("Austin, TX 78701", (None, "Austin", "TX", "78701")),
        ("Austin / TX / 78701", (None, "Austin", "TX", "78701")),
        ("Austin, TX", (None, "Austin", "TX", None)),
        ("123 Main St", ("123 Main St", None, None, None)),
        ("123 Main St, Austin, QQ 78701", ("123 Main St, Austin, QQ 78701", None, None, None)),
    ],
)
def test_an_address_is_taken_apart_and_no_border_is_guessed(text: str, expected: tuple[str | None, ...]) -> None:
    assert pieces(text) == expected


@given(st.text(max_size=80))
def test_the_pieces_of_any_text_lie_in_it_in_order(text: str) -> None:
    place: Place = split_place(text)
    spans = [span for span in (place.line, place.city, place.state, place.postal_code) if span is not None]
    assert spans == sorted(spans)
    assert all(0 <= start <= end <= len(text) for start, end in spans)
