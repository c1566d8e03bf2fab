from __future__ import annotations

import pytest

from codes.agreement import agreement


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("M54.16", "lumbar radiculopathy", "same"),
        ("M54.17", "lumbar radiculopathy", "agrees"),
        ("M17.11", "OA of the knee, right", "same"),
        ("I10", "plaque psoriasis", "disagrees"),
        ("E11.9", "left shoulder rotator cuff tear", "disagrees"),
        ("M54.16", "right", "unknown"),
        ("Q99.ZZ", "lumbar radiculopathy", "unknown"),
    ],
)
def test_words_beside_codes(code: str, text: str, said: str) -> None:
    assert agreement(code, text) == said
