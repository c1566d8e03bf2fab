from __future__ import annotations

import pytest

from codes.descent import billable
from codes.icd10cm import icd10cm


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("M54.1", "radiculopathy lumbar region", "M54.16"),
        ("M54.1", "radiculopathy", "M54.10"),
        ("E11", "type 2 diabetes mellitus", "E11.9"),
        ("M17", "osteoarthritis right knee", "M17.11"),
        ("M17", "osteoarthritis of knee", "M17.9"),
        ("S83.511", "sprain", "S83.511A"),
        ("S83.511", "sprain subsequent visit", "S83.511D"),
        ("S83.511", "sequela of sprain", "S83.511S"),
        ("S83.511D", "anything", "S83.511D"),
        ("Q99.ZZ", "anything", None),
    ],
)
def test_what_the_words_say_else_the_plain_one(code: str, text: str, found: str | None) -> None:
    assert billable(icd10cm(), code, text) == found
