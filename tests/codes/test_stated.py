from __future__ import annotations

from dataclasses import replace

import pytest

from tests.codes.readings import icd, stated, unread


@pytest.mark.parametrize(
    ("scanned", "confidence", "doubtful"), [(True, 0.9, True), (True, 0.97, False), (False, 0.5, False)]
)
def test_what_may_be_misread(scanned: bool, confidence: float, doubtful: bool) -> None:
    assert stated("M54.16", scanned=scanned, confidence=confidence).doubtful is doubtful


def test_a_code_that_stands_elsewhere_is_the_same_unless_its_words_contradict() -> None:
    elsewhere = frozenset({"R80.9"})
    assert replace(stated(unread("R80.9")), elsewhere=elsewhere).fits("R80.9") == "same"
    assert replace(stated(unread("R80.9"), "plaque psoriasis"), elsewhere=elsewhere).fits("R80.9") == "disagrees"


def test_problems_of_the_notes_speak_only_where_no_words_do() -> None:
    problems = ("proteinuria",)
    assert replace(stated(unread("R80.9")), problems=problems).fits("R80.9") == "same"
    assert replace(stated(unread("R80.9"), "kidney"), problems=problems).fits("R80.9") != "same"


def test_a_code_is_shown_with_its_title() -> None:
    assert stated("I10").shown("I10") == icd("I10").model_copy(update={"display": "Essential (primary) hypertension"})
