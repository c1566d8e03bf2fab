from __future__ import annotations

import pytest

from web.pages.render import _day, _iso, _size, _words


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1536, "1.5 KB"), (20_480, "20 KB"), (5 * 1024**2, "5.0 MB"),
     (3 * 1024**3, "3.0 GB")],
)  # fmt: skip
def test_sizes_as_people_say_them(count: int, said: str) -> None:
    assert _size(count) == said


def test_times_and_states() -> None:
    assert _day(0) == "1 Jan 1970, 00:00 UTC"
    assert _iso(0) == "1970-01-01T00:00:00+00:00"
    assert _words("needs_review") == "needs review"
