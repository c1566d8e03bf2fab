from __future__ import annotations

import pytest

from extractors.annotation.lines import lines_of
from extractors.annotation.patients import find_patient, read_name
from tests.extractors.documents import document_from_lines


def patient(*lines: str) -> tuple[str | None, str | None]:
    document = document_from_lines(lines)
    found = find_patient(lines_of(document, document.page(1)))
    return found.name, found.birth_date


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Patient: Jane Doe", "DOB: 01/02/1980"], ("Jane Doe", "1980-01-02")),
        (["Patient Name: Doe, Jane A. MRN: 12345", "Date of Birth: March 4, 1975"], ("Doe, Jane A.", "1975-03-04")),
        (["Patient MRN: 5498123", "Patient DOB: 8-27-2016 (8yo)"], (None, "2016-08-27")),
        (["RE: Jane Doe", "D.O.B.: 1/2/80"], ("Jane Doe", "1980-01-02")),
        (["RE: Prior authorization for Humira"], (None, None)),
        (["RE: Prior Authorization Request"], (None, None)),
        (["Emily Jones is an 8 year old F with asthma"], ("Emily Jones", None)),
        (["Member Name: Insurance ID#:", "Date of Birth: Street Address:"], (None, None)),
        (["Patient Name:", "Provider Name: Michelle King"], (None, None)),
    ],
)
def test_patients_as_pages_name_them(lines: list[str], expected: tuple[str | None, str | None]) -> None:
    assert patient(*lines) == expected


def test_a_name_needs_two_capitalised_words() -> None:
    assert read_name("Jane") is None
    assert read_name("jane doe") is None
    assert read_name("Jane Q. Doe DOB 1/2/80") == "Jane Q. Doe"
