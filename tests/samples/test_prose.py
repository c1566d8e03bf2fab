from __future__ import annotations

import datetime as dt

import pytest

from samples.prose import Told, parse, sides_swapped


def test_text_without_marks_stays_as_it_is() -> None:
    prose = parse("Pain in the left knee, 71 kg.")
    assert (prose.plain, prose.told) == ("Pain in the left knee, 71 kg.", ())


def test_marks_tell_values_and_facts_by_the_words_that_state_them() -> None:
    prose = parse(
        "Weight [[/patient/weight=71 kg|71 kg]]. [[conservative-care;failed;2026-08-02|Eight weeks of therapy]] did "
        "not help; [[/patient/sex|female]]([[cough|cough]])."
    )
    assert prose.plain == "Weight 71 kg. Eight weeks of therapy did not help; female(cough)."
    assert prose.told == (
        Told(1, 2, "71 kg", path="/patient/weight", value="71 kg"),
        Told(3, 6, "Eight weeks of therapy", concept="conservative-care", status="failed", on=dt.date(2026, 8, 2)),
        Told(10, 10, "female", path="/patient/sex"),
        Told(10, 10, "cough", concept="cough", status="present"),
    )


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="month must be"):
        parse("[[cough;present;2026-13-01|cough]]")


def test_sides_are_swapped_as_they_are_written() -> None:
    assert sides_swapped("Left knee, RIGHT hip, bilateral, lefty") == "Right knee, LEFT hip, bilateral, lefty"
    marked = "[[knee-laxity;present|left knee]]"
    assert sides_swapped(sides_swapped(marked)) == marked
