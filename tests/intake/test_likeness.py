"""Two readings of one word: what OCR mixes up is the same, another figure is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.likeness import agrees, folded, is_legible


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("05/12/1960", "O5/12/I960"),
        ("(512)", "512"),
        ("Iron", "lron"),
        ("million/µL", "million/uL"),
        ("Information", "nformaton"),
        ("café", "cafe"),
    ],
)
def test_misread_letters_make_no_other_word(told: str, seen: str) -> None:
    assert agrees(told, seen)


@pytest.mark.parametrize(
    ("told", "seen"),
    [("05/12/1969", "05/12/1964"), ("K50.90", "K50.91"), ("Theodore", "Kenneth"), ("1234", ""), ("40", "4")],
)
def test_other_figures_and_other_names_are_other_words(told: str, seen: str) -> None:
    assert not agrees(told, seen)


@pytest.mark.parametrize(
    ("text", "legible"), [("7", True), ("a", False), ("患者", False), ("m²", False), ("Ünal", True)]
)
def test_only_latin_print_can_be_checked(text: str, legible: bool) -> None:
    assert is_legible(text) is legible


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
