from __future__ import annotations

import pytest

from codes.diagnosis import check_diagnosis
from tests.codes.readings import icd, stated, unread


def test_a_sound_code_shows_what_it_means_and_is_surer_for_its_words() -> None:
    checked = check_diagnosis(stated("M54.16", "lumbar radiculopathy", confidence=0.9))
    assert checked.flags == ()
    assert checked.leaf.value is not None
    assert (checked.leaf.value.code, checked.leaf.value.display) == ("M54.16", "Radiculopathy, lumbar region")
    assert checked.leaf.confidence == pytest.approx(0.985)
    alone = check_diagnosis(stated("M54.16", confidence=0.9))
    assert alone.leaf.confidence == pytest.approx(0.95)


def test_a_typed_code_keeps_its_confidence() -> None:
    assert check_diagnosis(stated("M54.16", "OSA", scanned=False, confidence=0.97)).leaf.confidence == 0.97


@pytest.mark.parametrize(("written", "text"), [("MS4.16", "lumbar radiculopathy"), ("121.9", "heart attack")])
def test_a_misread_code_is_repaired_where_its_words_agree(written: str, text: str) -> None:
    checked = check_diagnosis(stated(unread(written), text))
    right = {"MS4.16": "M54.16", "121.9": "I21.9"}[written]
    assert checked.leaf.value is not None
    assert (checked.leaf.value.code, checked.leaf.unclear, checked.leaf.as_written) == (right, None, written)
    assert checked.leaf.provenance.repaired
    assert [flag.code for flag in checked.flags] == ["repaired-identifier"]
    assert checked.leaf.confidence == 0.9


def test_without_words_that_agree_it_is_not() -> None:
    checked = check_diagnosis(stated("M54.I6"))
    assert (checked.leaf.value, checked.leaf.unclear) == (None, "illegible")
    assert [other.value.code for other in checked.leaf.alternatives][:2] == ["M54.I6", "M54.16"]
    assert [flag.code for flag in checked.flags] == ["invalid-code"]


def test_a_code_of_no_table_that_no_look_alike_explains_is_the_office_s_own() -> None:
    checked = check_diagnosis(stated("L20.1", "Severe atopic dermatitis"))
    assert (checked.leaf.value, checked.leaf.unclear, checked.leaf.confidence) == (icd("L20.1"), None, 0.6)
    assert [flag.code for flag in checked.flags] == ["invalid-code"]


def test_a_lost_dot_is_put_back_where_the_words_agree() -> None:
    checked = check_diagnosis(stated(unread("M54. 17", confidence=0.8), "lumbar radiculopathy"))
    assert checked.leaf.value is not None
    assert (checked.leaf.value.code, checked.leaf.provenance.repaired) == ("M54.17", False)


def test_a_doubtful_reading_is_borne_out_by_its_words() -> None:
    checked = check_diagnosis(stated(unread("G47.33", guess="G47.33", confidence=0.4), "OSA"))
    assert checked.leaf.value is not None
    assert (checked.leaf.value.code, checked.leaf.alternatives) == ("G47.33", ())
    other = check_diagnosis(stated(unread("G47.33", guess="G47.33", confidence=0.4), "lumbar pain"))
    assert other.leaf.value is None


def test_an_unread_code_gets_suggestions_but_no_value() -> None:
    checked = check_diagnosis(stated(unread("25.9"), "uterine fibroid"))
    assert (checked.leaf.value, checked.leaf.unclear, checked.flags) == (None, "illegible", ())
    best = max(checked.leaf.alternatives, key=lambda other: other.confidence)
    assert best.value.code == "D25.9"


def test_an_office_s_wrong_code_stays_and_near_ones_are_told() -> None:
    checked = check_diagnosis(stated("M54.5", "low back pain", scanned=False))
    assert checked.leaf.value == icd("M54.5").model_copy(update={"display": "Low back pain"})
    (flag,) = checked.flags
    assert flag.code == "invalid-code"
    assert "M54.50" in flag.message
    assert "more characters are needed" in flag.message
    assert flag.evidence == checked.leaf.evidence


def test_a_code_read_well_stays_however_wrong() -> None:
    checked = check_diagnosis(stated("M54.19", "lumbar radiculopathy", confidence=0.97))
    assert checked.leaf.value == icd("M54.19")
    assert [flag.code for flag in checked.flags] == ["invalid-code"]


def test_words_that_mean_something_else_are_told() -> None:
    checked = check_diagnosis(stated("L40.0", "lumbar radiculopathy", scanned=False))
    assert checked.leaf.value is not None
    assert checked.leaf.unclear is None
    (flag,) = checked.flags
    assert (flag.code, flag.severity) == ("code-text-conflict", "warning")
    assert "Psoriasis vulgaris" in flag.message


def test_on_a_fax_a_contradicted_code_is_no_sure_reading() -> None:
    assert check_diagnosis(stated("L40.0", "lumbar radiculopathy")).leaf.confidence == 0.6


def test_a_misreading_that_is_another_code_is_withheld_when_a_look_alike_is_meant() -> None:
    checked = check_diagnosis(stated("F29", "hypogonadism male")), check_diagnosis(stated("F29.1", "male hypogonadism"))
    assert checked[0].leaf.value is not None
    assert checked[1].leaf.value is None or checked[1].leaf.value.code == "E29.1"


def test_what_a_person_confirmed_is_not_changed() -> None:
    reading = stated("M54.I6", "lumbar radiculopathy")
    confirmed = reading.leaf.model_copy(update={"confirmed_by": "nurse"})
    checked = check_diagnosis(stated(confirmed, "lumbar radiculopathy"))
    assert checked.leaf.value == icd("M54.I6")
