from __future__ import annotations

import pytest

from matching.compare import address_level, date_level, id_level, number_level


@pytest.mark.parametrize(
    ("asked", "known", "level"),
    [
        ("19620314", "19620314", "exact"),
        ("19620319", "19620314", "one-digit"),
        ("19620374", "19620314", "misread"),
        ("199360314", "19360314", "misread"),
        ("19620304", "19620403", "day-and-month-swapped"),
        ("19620341", "19620314", "misread-twice"),
        ("19260314", "19620314", "digits-swapped"),
        ("19720315", "19620314", "two-digits"),
        ("20190314", "19620314", "same-day"),
        ("19951122", "19620314", "different"),
        ("75191070", "19620314", "unreadable"),
    ],
)
def test_birth_dates(asked: str, known: str, level: str) -> None:
    assert date_level(asked, known) == level


@pytest.mark.parametrize(
    ("asked", "known", "level"),
    [
        ("M12345678", "M12345678", "exact"),
        ("MI2345678", "M12345678", "read-alike"),
        ("M12355678", "M12345678", "one-character"),
        ("M12345679", "M12345678", "last-character"),
        ("2000300401", "2000300402", "same-family"),
        ("20003004", "2000300402", "same-family"),
        ("M12355778", "M12345678", "two-characters"),
        ("Q99", "M12345678", "different"),
    ],
)
def test_numbers_of_members(asked: str, known: str, level: str) -> None:
    assert id_level((asked,), (known,)) == level


def test_the_nearest_of_several_numbers_counts() -> None:
    assert id_level(("X1", "OLD1"), ("M12345678", "OLD1")) == "exact"


def test_telephones_and_addresses() -> None:
    assert number_level("5125550101", "5125550101") == "exact"
    assert number_level("5125550107", "5125550101") == "one-digit"
    assert number_level("6145550111", "5125550101") == "different"
    assert address_level("12 MAIN ST", "12 MAIN ST", near=True) == "exact"
    assert address_level("12 MA1N ST APT 3", "12 MAIN ST", near=True) in {"near", "same-number"}
    assert address_level("12 ELM CT", "12 MAIN ST", near=True) == "same-number"
    assert address_level("99 ELM CT", "12 MAIN ST", near=True) == "different"
