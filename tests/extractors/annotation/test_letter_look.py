from __future__ import annotations

import pytest

from extractors.annotation.letter_look import FIRST, LAST, WHOLE, letter_points
from extractors.annotation.letter_words import closes, greets
from extractors.annotation.lines import Line, part_lines
from tests.extractors.documents import document_from_lines

ASKS = "I am requesting prior authorization of a wheelchair for my patient."


def lines(*texts: str) -> tuple[Line, ...]:
    return part_lines(document_from_lines(list(texts)), (1,))


@pytest.mark.parametrize("text", ["Dear Medical Director:", "To the reviewing nurse,", "TO WHOM IT MAY CONCERN"])
def test_a_greeting(text: str) -> None:
    assert greets(lines(text)[0])


@pytest.mark.parametrize("text", ["To the left of the midline there is a mass.", "Patient: Ann Lee", "to the hospital"])
def test_no_greeting(text: str) -> None:
    assert not greets(lines(text)[0])


def test_a_close() -> None:
    assert [closes(line) for line in lines("Very truly yours,", "Sincerely", "Thank you for seeing her.")] == [
        True,
        True,
        False,
    ]


def test_points_for_the_whole_letter_and_for_its_pages() -> None:
    assert letter_points(lines("Dear Reviewer:", ASKS, "Sincerely,")) == WHOLE
    assert letter_points(lines("Dear Reviewer:", ASKS)) == FIRST
    assert letter_points(lines(ASKS, "Sincerely,")) == LAST


def test_a_plan_that_answers_asks_for_nothing() -> None:
    assert letter_points(lines("Dear Dr. Lee:", "We received your request for prior authorization.", "Sincerely,")) == 0
    assert letter_points(lines("Dear Dr. Lee:", "Thank you for seeing Mrs. Hale.", "Sincerely,")) == 0


MEMO = ("Subject: Prior authorization requested", "Service requested", "CPAP device", "Dates", "8/1/2026", "Diagnosis")


def test_a_memo_beside_a_letterhead() -> None:
    words = " ".join(["filled"] * 60)
    beside = lines("Larkfield Sleep Center To: Redwing Health", "Suite 4 From: Ann Lee, MD", *MEMO, words)
    assert letter_points(beside) == letter_points(lines("To: Redwing Health", "From: Ann Lee, MD", *MEMO, words)) > 0
    assert letter_points(lines("Larkfield Sleep Center", "Suite 4", *MEMO, words)) == 0
