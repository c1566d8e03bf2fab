from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import normalize


@pytest.mark.parametrize(
    ("text", "words", "suffix"),
    [
        ("Smith", ("SMITH",), ""),
        ("O'Neil-Garcia", ("ONEIL", "GARCIA"), ""),
        ("Smith Jr.", ("SMITH",), "JR"),
        ("Núñez", ("NUNEZ",), ""),
        ("J0hn", ("JOHN",), ""),
        ("Dr. Ngozi Okafor, MD", ("NGOZI", "OKAFOR"), ""),
        ("", (), ""),
    ],
)
def test_a_name_is_its_words_in_capitals(text: str, words: tuple[str, ...], suffix: str) -> None:
    form = normalize.name_form(text)
    assert (form.words, form.suffix) == (words, suffix)
    assert form.joined == "".join(words)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("1962-03-14", "19620314"),
        ("03/14/1962", "19620314"),
        ("14/03/1962", "19620314"),
        ("3.14.62", "19620314"),
        ("O3/l4/1962", "19620314"),
        ("1962-13-45", "19621345"),
        ("02/24/19936", "199360224"),
        ("someday", ""),
        ("", ""),
    ],
)
def test_a_birth_date_is_its_digits_whether_the_calendar_has_it_or_not(text: str, made: str) -> None:
    assert normalize.birth_date(text) == made


@pytest.mark.parametrize(("one", "other"), [("SMITH", "5MITH"), ("DONNA", "DORINA"), ("MARNIE", "MAMIE")])
def test_readings_of_one_print_have_one_skeleton(one: str, other: str) -> None:
    forms = [normalize.name_form(text).joined for text in (one, other)]
    assert normalize.skeleton(forms[0]) == normalize.skeleton(forms[1])


def test_numbers_are_digits_and_addresses_short() -> None:
    assert normalize.telephone("+1 (512) 555-O1O1") == "5125550101"
    assert normalize.telephone("911") == ""
    assert normalize.address_line("12 Main Street, Apartment #3") == "12 MAIN ST APT APT 3"
    assert normalize.postal("78701-1234") == "78701"
    assert normalize.identifier("m 123-45/6") == "M123456"
    assert normalize.chinese("陳大文 (Chan)") == "陳大文"
    assert normalize.sex("female") == "F"
    assert normalize.organization_words("The Larkfield Clinic, LLC") == ("LARKFIELD", "CLINIC")


@given(st.text(max_size=30))
def test_a_second_time_changes_nothing(text: str) -> None:
    for function in (normalize.identifier, normalize.telephone, normalize.postal, normalize.place):
        assert function(function(text)) == function(text)
    form = normalize.name_form(text)
    assert normalize.name_form(" ".join(form.words)).joined == form.joined or form.suffix
