from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.normalize.names import PersonName, is_name, parse_name

PART = st.sampled_from(["Ana", "Bo", "Li", "O'Neil", "Smith-Jones", "García", "Wei"])


@pytest.mark.parametrize(
    ("text", "family", "given_name"),
    [
        ("Jane Sample", "Sample", "Jane"),
        ("Sample, Jane", "Sample", "Jane"),
        ("Sample, Jane Q.", "Sample", "Jane"),
        ("Jane Q. Sample", "Sample", "Jane"),
        ("Jane Sample, MD", "Sample", "Jane"),
        ("Dr. Jane Sample MD PhD", "Sample", "Jane"),
        ("Maria de la Cruz", "de la Cruz", "Maria"),
        ("Ludwig van der Berg Jr.", "van der Berg", "Ludwig"),
        ("SAMPLE, JANE", "SAMPLE", "JANE"),
        ("Dr. Sample", None, None),
        ("Jane", None, None),
    ],
)
def test_the_halves_of_a_name(text: str, family: str | None, given_name: str | None) -> None:
    assert parse_name(text) == PersonName(text, family, given_name)


@pytest.mark.parametrize("text", ["", "x", "12 Main St", "who is it?", "please see the attached pages", "a:b", "J. 2"])
def test_what_is_no_name(text: str) -> None:
    assert parse_name(text) is None


def test_white_space_is_collapsed_and_rules_are_dropped() -> None:
    name = parse_name("  Jane \n Sample ___")
    assert name is not None
    assert name.full == "Jane Sample"


@given(PART, PART)
def test_both_orders_say_the_same_and_reading_again_changes_nothing(first: str, last: str) -> None:
    straight, turned = parse_name(f"{first} {last}"), parse_name(f"{last}, {first}")
    assert straight is not None
    assert turned is not None
    assert (straight.family, straight.given) == (turned.family, turned.given) == (last, first)
    assert parse_name(straight.full) == straight


@given(st.text(max_size=40))
def test_a_full_name_is_a_name_again(text: str) -> None:
    name = parse_name(text)
    if name is not None:
        assert is_name(name.full)
        assert parse_name(name.full) == name
