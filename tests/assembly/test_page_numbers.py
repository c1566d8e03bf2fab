from __future__ import annotations

import pytest

from assembly.page_numbers import printed_sets
from tests.assembly.faxes import faxed
from tests.extractors.documents import At, Piece


def missing(*numbers: str, confidence: float | None = 0.95) -> list[tuple[int, ...]]:
    pages: list[list[Piece]] = [[At("text", 72, 200), At(number, 280, 760)] for number in numbers]
    return [each.missing for each in printed_sets(faxed(pages, confidence=confidence))]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("Page 1 of 3", "Page 2 of 3", "Page 3 of 3"), [()]),
        (("Page 1 of 4", "Page 3 of 4", "Page 4 of 4"), [(2,)]),
        (("Page 1 of 3", "Page 3 of 3", "Page 2 of 3"), [()]),
        (("Page 1 of 2", "Page 2 of 2", "Page 1 of 3", "Page 3 of 3"), [(), (2,)]),
        (("Page 1 of 2", "Page 2 of 2", "Page 1 of 2"), [(), (2,)]),
        (("Page 1 of 3", "", "Page 3 of 3"), [()]),
        (("Page 1 of 3", "Page 2 of 3", ""), [()]),
        (("Page: 1/2", "pg. 2/2"), [()]),
        (("Page 5 of 3", "Page 1 of 1", "no number"), []),
    ],
)
def test_sets_of_numbers(numbers: tuple[str, ...], expected: list[tuple[int, ...]]) -> None:
    assert missing(*numbers) == expected


def test_a_single_weak_reading_proves_nothing() -> None:
    assert missing("Page 1 of 3", confidence=0.7) == [()]
    assert missing("Page 1 of 3") == [(2, 3)]
    assert missing("Page 1 of 3", confidence=None) == [(2, 3)]


def test_numbers_in_running_text_are_not_the_page_s() -> None:
    assert printed_sets(faxed([[At("see page 2 of 9 of the chart", 72, 400)]])) == ()
