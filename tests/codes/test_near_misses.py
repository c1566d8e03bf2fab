from __future__ import annotations

import pytest

from codes.icd10cm import icd10cm
from codes.near_misses import near_misses


@pytest.mark.parametrize(
    ("written", "code", "reason"),
    [
        ("M5416", "M54.16", "the dot stands after the third character"),
        ("M54.5", "M54.50", "more characters are needed"),
        ("S83.511", "S83.511A", "a seventh character is missing"),
        ("S83.511Z", "S83.511A", "Z is no seventh character of S83.511"),
        ("W19.A", "W19.XXXA", "placeholders X belong before the seventh character"),
        ("I10.9", "I10", "I10 takes no further characters"),
        ("M54.I6", "M54.16", "looks alike"),
    ],
)
def test_each_kind_says_why(written: str, code: str, reason: str) -> None:
    found = {miss.code: miss for miss in near_misses(icd10cm(), written)}
    assert found[code].reason == reason
    entry = icd10cm().find(code)
    assert entry is not None
    assert found[code].title == entry.title


def test_a_sound_code_is_not_near_itself_and_no_more_than_five_are_told() -> None:
    assert "M54.16" not in {miss.code for miss in near_misses(icd10cm(), "M54.16")}
    assert len(near_misses(icd10cm(), "M54")) == 5
    assert near_misses(icd10cm(), "QQQQQQQ") == ()
