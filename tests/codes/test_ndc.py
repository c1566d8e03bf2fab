from __future__ import annotations

import pytest

from codes.ndc import ndc_digits


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0074-0554-02", "00074055402"),
        ("50242-060-01", "50242006001"),
        ("60505-0251-1", "60505025101"),
        ("00074055402", "00074055402"),
        ("0074-0554", "000740554"),
        ("0074055402", None),
        ("", None),
    ],
)
def test_eleven_digits(text: str, digits: str | None) -> None:
    assert ndc_digits(text) == digits
