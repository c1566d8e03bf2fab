from __future__ import annotations

import pytest

from codes.repair import choices, mended, suggested, withheld
from tests.codes.readings import stated, unread


@pytest.mark.parametrize(
    ("written", "text", "code"),
    [
        ("MS4.16", "lumbar radiculopathy", "M54.16"),
        ("744. 9", "COPD", "J44.9"),
        ("150.9", "CHF", "I50.9"),
        ("MO00.9", "septic arthritis", "M00.9"),
        ("MS4.16", "plaque psoriasis", None),
        ("MS4.16", None, None),
        ("794A", "kidney transplant", None),
        ("MS4.16 G47.33", "lumbar radiculopathy", None),
    ],
)
def test_one_code_alone_that_goes_with_the_words(written: str, text: str | None, code: str | None) -> None:
    made = mended(stated(unread(written), text))
    assert (made.value.code if made is not None and made.value is not None else None) == code


def test_choices_that_the_words_speak_for_come_alone() -> None:
    assert [choice.value.code for choice in choices(stated("121.9", "heart attack"))] == ["I21.9"]
    assert {choice.value.code for choice in choices(stated("121.9"))} >= {"I21.9", "L21.9"}


def test_what_was_read_is_kept_first_and_no_likelier_than_its_choices() -> None:
    leaf = withheld(stated("121.9", "heart attack", confidence=0.8))
    assert (leaf.value, leaf.unclear) == (None, "illegible")
    assert [(one.value.code, one.confidence) for one in leaf.alternatives] == [("121.9", 0.4), ("I21.9", 0.4)]


def test_suggestions_stand_where_the_words_do() -> None:
    reading = stated(unread("@@"), "uterine fibroid")
    assert reading.beside is not None
    leaf = suggested(reading)
    assert leaf.value is None
    assert {one.evidence for one in leaf.alternatives} == {reading.beside.evidence}
    assert suggested(stated(unread("@@"))) == unread("@@")
