from __future__ import annotations

import datetime as dt

import pytest

from extractors.clinical.courses import Course, course_of
from extractors.normalize.dates import find_dates
from models.geometry import Span


def course(text: str, treatment: str) -> Course:
    at = text.index(treatment)
    return course_of(text, Span(at, at + len(treatment)), tuple(find_dates(text)))


@pytest.mark.parametrize(
    ("text", "treatment", "expected"),
    [
        ("Failed 6 weeks of PT", "PT", ("6", "wk", "no-response")),
        ("gabapentin x 3 months with no improvement", "gabapentin", ("3", "mo", "no-response")),
        ("PT for twelve weeks gave partial relief", "PT", ("12", "wk", "partial-response")),
        ("methotrexate stopped due to side effects", "methotrexate", (None, None, "intolerance")),
        ("Botox every 12 weeks with good response", "Botox", (None, None, "response")),
        ("NSAIDs are contraindicated", "NSAIDs", (None, None, "contraindicated")),
        ("3 month history of pain treated with ibuprofen", "ibuprofen", (None, None, None)),
        (
            "Montelukast 10 mg nightly, 08/2025 to 01/2026: Ineffective, stopped",
            "Montelukast",
            ("5", "mo", "no-response"),
        ),
        ("PT started 3 months ago", "PT", (None, None, None)),
    ],
)
def test_length_and_outcome(text: str, treatment: str, expected: tuple[str | None, ...]) -> None:
    found = course(text, treatment)
    assert (found.value, found.unit, found.outcome) == expected


def test_the_dates_of_a_course_give_its_length_in_whole_weeks() -> None:
    found = course("PT from 01/05/2026 to 02/20/2026", "PT")
    assert (found.began_on, found.ended_on) == (dt.date(2026, 1, 5), dt.date(2026, 2, 20))
    assert (found.value, found.unit) == ("6", "wk")


def test_a_course_does_not_end_before_it_begins() -> None:
    found = course("PT started 02/20/2026, stopped 01/05/2026", "PT")
    assert (found.began_on, found.ended_on) == (dt.date(2026, 2, 20), None)
    assert found.value is None
