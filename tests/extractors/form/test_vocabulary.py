from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.form.vocabulary import Meaning, compact, vocabulary

WORDS = vocabulary()


@pytest.mark.parametrize("text", ["Date of Birth:", "DOB", "D.O.B.", "Birth Date", ["DATE OF BIRTH", "required)"][0]])
def test_a_bare_label_belongs_to_whoever_the_section_names(text: str) -> None:
    assert WORDS.label(text) == Meaning(attribute="birth_date")


@pytest.mark.parametrize(
    ("text", "role", "attribute"),
    [
        ("Patient Name", "patient", "name"),
        ("Patient's Date of Birth", "patient", "birth_date"),
        ("Prescriber’s NPI", "requesting_provider", "npi"),
        ("Name of Patient", "patient", "name"),
        ("Servicing Provider Fax", "servicing_provider", "fax"),
    ],
)
def test_a_label_may_say_whose_it_is(text: str, role: str, attribute: str) -> None:
    meaning = WORDS.label(text)
    assert meaning is not None
    assert (meaning.role, meaning.attribute) == (role, attribute)


def test_a_slip_of_the_reader_is_forgiven_in_a_long_label_only() -> None:
    assert WORDS.label("Date of Bjrth") == WORDS.label("Date of Birth")
    assert WORDS.label("tac") is None
    assert WORDS.label("ICD 9 code") != WORDS.label("ICD 10 code")


@pytest.mark.parametrize("text", ["", "the quick brown fox", "methotrexate", "Jane Sample"])
def test_other_words_are_no_label(text: str) -> None:
    assert WORDS.label(text) is None


@pytest.mark.parametrize(
    "text", ["PATIENT INFORMATION", "Section II - Patient Information", "1. Patient Information", "Member Details"]
)
def test_headings(text: str) -> None:
    assert WORDS.heading(text, bare=False) == "patient"


def test_a_bare_role_is_a_heading_only_where_it_looks_like_one() -> None:
    assert WORDS.heading("Prescriber", bare=False) is None
    assert WORDS.heading("Prescriber", bare=True) == "requesting_provider"


def test_questions_are_known_by_their_words_in_order() -> None:
    question = WORDS.question("What medications has the patient tried and failed?")
    assert question is not None
    assert question.path == "service_lines.drug.prior"
    assert WORDS.question("Is it raining?") is None


@given(st.text(max_size=40))
def test_the_form_in_which_labels_are_compared_is_stable(text: str) -> None:
    assert compact(compact(text)) == compact(text)


@pytest.mark.parametrize("text", ["N. P. I. NO.", "N P I NO", "NPI"])
def test_a_label_before_its_value_may_end_with_number(text: str) -> None:
    assert WORDS.leading(text) == Meaning(attribute="npi")


@pytest.mark.parametrize("text", ["Tax |D:", "Tax 1D", "Tax ID"])
def test_an_upright_stroke_in_a_label_is_an_i(text: str) -> None:
    assert WORDS.label(text) == Meaning(attribute="tin")
    assert compact("Box 11 | 12") == "box1112"
