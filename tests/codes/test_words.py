from __future__ import annotations

import pytest

from codes.words import is_alias, levelled, plain, stems


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("HTN", "essential hypertension"),
        ("pulmonary HTN", "pulmonary hypertension"),
        ("R knee OA", "right knee osteoarthritis"),
        ("dx: OSA", "obstructive sleep apnea"),
        ("migraine w/o aura", "migraine without aura"),
        ("Anaemia", "anemia"),
        ("kidney stones", "calculus of kidney"),
    ],
)
def test_an_office_s_words_become_those_of_the_list(text: str, meant: str) -> None:
    assert levelled(text) == meant


def test_plain_text_has_no_marks() -> None:
    assert plain("Sjögren’s (syndrome), L4-L5!") == "sjogren's syndrome l4-l5"


def test_stems_leave_out_what_tells_nothing() -> None:
    assert stems("Fractures of the unspecified region") == stems("fracture")
    assert stems("other specified") == frozenset()


def test_an_alias_is_one_as_a_whole() -> None:
    assert is_alias("htn")
    assert not is_alias("htn of the lungs")
