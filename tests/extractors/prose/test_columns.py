"""Labels side by side, with their values on the next line; and tables of services in letters."""

from __future__ import annotations

import pytest

from extractors.annotation import annotate
from extractors.letter import find_letter_fields
from extractors.prose.labels import is_turned
from models.code import Code
from tests.extractors.documents import At, Piece, document_from_lines

LETTER: list[Piece] = [
    "Hillside Chest Clinic", "55 Wagon Trail, Amarillo, TX 79199", "(806) 555-0144 phone, (806) 555-0145 fax", "",
    At("PATIENT", 72, 120, 8), At("DATE OF BIRTH", 220, 120, 8), At("MEMBER ID", 330, 120, 8),
    At("Bertrand Okonkwo", 72, 132), At("05/06/1962", 220, 132), At("RWV-33109", 330, 132),
    At("Dear Plan Reviewer,", 72, 170),
    At("Kindly authorize the equipment below. The supplier is Panhandle Oxygen, Inc. (NPI 2200000133).", 72, 190),
    At("He has used oxygen for a year and needs it by day and by night. An expedited review is not needed.", 72, 204),
    At("HCPCS", 90, 226), At("Item", 160, 226), At("Qty", 380, 226),
    At("E1390", 90, 240), At("Oxygen concentrator, stationary", 160, 240), At("1", 380, 240),
    At("E0431", 90, 254), At("Portable gas system", 160, 254), At("2", 380, 254),
    At("With kindest regards,", 72, 290), At("Torvald Eke, MD", 72, 320),
]  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, tuple[int, ...]], object]:
    document = document_from_lines(LETTER)
    return {(one.path, one.rows): one.value for one in find_letter_fields(document, annotate(document))}


def test_values_stand_under_their_labels(found: dict[tuple[str, tuple[int, ...]], object]) -> None:
    assert found["patient.name.full", ()] == "Bertrand Okonkwo"
    assert str(found["patient.birth_date", ()]) == "1962-05-06"
    assert found["coverage.member_id", ()] == "RWV-33109"


def test_the_rows_of_a_table_are_the_services(found: dict[tuple[str, tuple[int, ...]], object]) -> None:
    assert found["service_lines.code", (1,)] == Code(system="HCPCS", code="E0431")
    assert found["service_lines.text", (0,)] == "Oxygen concentrator, stationary"
    assert found["service_lines.quantity.value", (1,)] == "2"


def test_the_number_of_another_is_not_the_writers(found: dict[tuple[str, tuple[int, ...]], object]) -> None:
    assert found["servicing_provider.npi", ()] == "2200000133"
    assert ("requesting_provider.npi", ()) not in found


def test_a_review_that_is_not_urgent_is_none(found: dict[tuple[str, tuple[int, ...]], object]) -> None:
    assert ("level_of_service", ()) not in found


def test_labels_behind_their_numbers(found: dict[tuple[str, tuple[int, ...]], object]) -> None:
    assert found["requesting_provider.phone", ()] == "8065550144"
    assert found["requesting_provider.fax", ()] == "8065550145"


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("(808) 555-0100 voice (808) 555-0101 fax", True),
        ("701-555-0100 (phone)", True),
        ("503-555-0100  Fax 503-555-0101", False),
        ("503-555-0100 Fax: 503-555-0101 Office hours", False),
    ],
)
def test_only_numbers_with_labels_behind_them_are_turned(text: str, turned: bool) -> None:
    assert is_turned(text) is turned
