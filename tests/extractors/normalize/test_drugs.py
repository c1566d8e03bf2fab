from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.normalize.drugs import find_strength, is_dosing, split_drug


def pieces(text: str) -> tuple[str | None, ...]:
    line = split_drug(text)
    spans = (line.name, line.strength, line.form, line.dose)
    return tuple(None if span is None else text[slice(*span)] for span in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Humira", ("Humira", None, None, None)),
        ("Humira 40 mg", ("Humira", "40 mg", None, None)),
        ("Humira 40mg/0.4ml pen", ("Humira", "40mg/0.4ml", "pen", None)),
        (
            "Adalimumab 40mg pen, inject every other week",
            ("Adalimumab", "40mg", "pen", "inject every other week"),
        ),
        ("40 mg adalimumab", ("adalimumab", "40 mg", None, None)),
        ("Tacrolimus 0.1% ointment", ("Tacrolimus", "0.1%", "ointment", None)),
        ("Skyrizi 150 mg/mL", ("Skyrizi", "150 mg/mL", None, None)),
        ("Insulin glargine (100 units/ml)", ("Insulin glargine", "100 units/ml", None, None)),
        ("inject 40 mg every other week", (None, None, None, "inject 40 mg every other week")),
        ("6-mercaptopurine 50 mg daily", ("6-mercaptopurine", "50 mg", None, "daily")),
        ("5-FU cream twice daily", ("5-FU", None, "cream", "twice daily")),
        ("2-week loading dose, then weekly", (None, None, None, "2-week loading dose, then weekly")),
    ],
)
def test_a_drug_line_is_taken_apart(text: str, expected: tuple[str | None, ...]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    "text", ["160 mg week 0, 80 mg week 2", "Take one daily", "Inject weekly", "then 40 mg weekly"]
)
def test_directions_are_no_drug(text: str) -> None:
    assert is_dosing(text)


@pytest.mark.parametrize("text", ["Humira", "40 mg", "Onexton gel daily", "Initialin daily", "Usepro weekly"])
def test_a_drug_is_no_directions(text: str) -> None:
    assert not is_dosing(text)


def test_several_strengths_are_one_text() -> None:
    text = "150 mg, 300 mg tablets"
    assert find_strength(text) == (0, 14)
    assert find_strength("as needed") is None


@given(st.text(alphabet="Ab 40mgl/,.%-peninject every", max_size=50))
def test_the_pieces_of_any_line_lie_in_it(text: str) -> None:
    for piece, span in zip(pieces(text), vars_of(text), strict=True):
        assert piece is None or (piece.strip() and 0 <= span[0] < span[1] <= len(text))


def vars_of(text: str) -> tuple[tuple[int, int], ...]:
    line = split_drug(text)
    return tuple(span or (0, 0) for span in (line.name, line.strength, line.form, line.dose))
