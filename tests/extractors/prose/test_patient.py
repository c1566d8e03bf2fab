from __future__ import annotations

import datetime as dt

from extractors.prose.patient import read_of_the_patient, read_patient, read_sex
from models.geometry import Span


def values(found: object) -> dict[str, object]:
    return {said.path: said.value for said in found}  # type: ignore[attr-defined]


def test_a_sentence_names_the_patient_with_birth_date_and_member_number() -> None:
    text = "I write on behalf of my patient, Jane Sample, DOB 05/12/1960, member ID XYZ12345."
    assert values(read_patient(text, Span(0, len(text)))) == {
        "patient.name.full": "Jane Sample",
        "patient.birth_date": dt.date(1960, 5, 12),
        "coverage.member_id": "XYZ12345",
    }


def test_a_later_sentence_tells_more_of_the_patient_who_was_named() -> None:
    text = "Her date of birth is 3/9/1972."
    assert values(read_of_the_patient(text, Span(0, len(text)))) == {"patient.birth_date": dt.date(1972, 3, 9)}


def test_the_sex_stands_beside_the_age_and_nowhere_else() -> None:
    text = "This is a 71-year-old male with pain."
    assert values(read_sex(text, Span(0, len(text)))) == {"patient.sex": "male"}
    assert values(read_sex("The female connector was replaced.", Span(0, 34))) == {}
