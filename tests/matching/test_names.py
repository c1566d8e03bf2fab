from __future__ import annotations

import pytest

from matching.forms import split_name
from matching.names import family_level, given_level
from matching.nicknames import full_form, is_form_of
from matching.normalize import name_form


@pytest.mark.parametrize(
    ("asked", "known", "level"),
    [
        ("John", "JOHN", "exact"),
        ("John", "John A", "joined"),
        ("John B", "John A", "other-middle"),
        ("J", "John", "initial"),
        ("K", "John", "different"),
        ("Bill", "William", "nickname"),
        ("Bill", "Will", "nickname"),
        ("Dorina", "Donna", "read-alike"),
        ("Jokn", "John", "one-letter"),
        ("Jodith", "Judith X", "one-letter"),
        ("Nathaniela", "Nathaniel", "one-letter"),
        ("Maryann", "Mary", "begins"),
        ("Ann", "Mary Ann", "part"),
        ("Mary", "Joseph", "different"),
    ],
)
def test_given_names(asked: str, known: str, level: str) -> None:
    assert given_level(name_form(asked), name_form(known)) == level


@pytest.mark.parametrize(
    ("asked", "known", "level"),
    [
        ("Garcia-Lopez", "Garcia Lopez", "exact"),
        ("Lopez", "Garcia Lopez", "part"),
        ("De La Cruz", "Delacruz", "exact"),
        ("De La Cruz", "De La Rosa", "different"),
        ("Srnith", "Smith", "read-alike"),
        ("Smitth", "Smith", "one-letter"),
        ("Jones", "Smith", "different"),
    ],
)
def test_family_names(asked: str, known: str, level: str) -> None:
    assert family_level(name_form(asked), name_form(known)) == level


def test_familiar_forms() -> None:
    assert is_form_of("PEGGY", "MARGARET")
    assert not is_form_of("PEGGY", "PATRICIA")
    assert full_form("BOB") == "ROBERT"
    assert full_form("ZEBULON") == "ZEBULON"


@pytest.mark.parametrize(
    ("full", "family", "given"),
    [
        ("Smith, John A", "SMITH", "JOHNA"),
        ("John A. Smith", "SMITH", "JOHNA"),
        ("Dr. John Smith, MD", "SMITH", "JOHN"),
        ("John Smith Jr.", "SMITH", "JOHN"),
        ("Maria de la Cruz", "DELACRUZ", "MARIA"),
        ("CHAN Tai Man", "CHAN", "TAIMAN"),
        ("Cher", "CHER", ""),
    ],
)
def test_a_full_name_is_split(full: str, family: str, given: str) -> None:
    found = split_name(full)
    assert (found[0].joined, found[1].joined) == (family, given)


def test_where_the_family_comes_first() -> None:
    family, given = split_name("Chan Tai Man", family_first=True)
    assert (family.joined, given.joined) == ("CHAN", "TAIMAN")
