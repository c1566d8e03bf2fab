from __future__ import annotations

import pytest

from extractors.annotation.lines import lines_of
from extractors.annotation.therapy import plans_care
from tests.extractors.documents import document_from_lines

GOALS = ("Short-term goals: walk 100 ft", "Long-term goals: climb 10 stairs")


@pytest.mark.parametrize(
    ("lines", "title", "plans"),
    [
        ((*GOALS, "2 times per week for 6 weeks"), "PT Initial Evaluation", True),
        ((*GOALS, "3x/week for 4 weeks, manual therapy"), None, True),
        ((*GOALS, "Frequency: twice weekly   Duration: 8 weeks"), None, True),
        (("STG: sit 30 min", "LTG: lift 25 lb", "2 visits per week x 8 wks"), "Evaluation", True),
        ((*GOALS, "2 times per week for 6 weeks"), "PT Progress Report", False),
        ((*GOALS, "Therapeutic exercise today"), "PT Evaluation", False),
        (("STGs met 2 of 3, LTGs not yet met", "Continue 3 times per week x 8 wks"), None, False),
        (("2 times per week for 6 weeks",), None, False),
    ],
)
def test_goals_with_frequency_and_duration_are_a_plan(lines: tuple[str, ...], title: str | None, plans: bool) -> None:
    document = document_from_lines(lines)
    assert plans_care(lines_of(document, document.page(1)), title) is plans
