from __future__ import annotations

import pytest

from extractors.clinical.sides import side_of
from models.geometry import Span


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("Left knee pain", "knee pain", "left"),
        ("pain in the right knee after a fall", "pain", "right"),
        ("Right knee pain and left hip pain", "knee pain", "right"),
        ("Right knee pain and left hip pain", "hip pain", "left"),
        ("bilateral carpal tunnel syndrome", "carpal tunnel syndrome", "bilateral"),
        ("osteoarthritis of both knees", "osteoarthritis", "bilateral"),
        ("Lachman positive, left hip normal", "Lachman", None),
        ("RT shoulder pain", "shoulder pain", "right"),
        ("no pain right now", "pain", None),
        ("right upper quadrant pain", "pain", None),
        ("low back pain", "back pain", None),
    ],
)
def test_the_side_beside_a_fact(text: str, fact: str, expected: str | None) -> None:
    at = text.index(fact)
    assert side_of(text, Span(at, at + len(fact))) == expected
