from __future__ import annotations

import datetime as dt

import pytest

from extractors.annotation import annotate
from extractors.part_facts import find_part_facts
from models.mention import Scalar
from tests.extractors.documents import document_from_lines


def facts(*lines: str, pages: tuple[list[str], ...] = ()) -> dict[tuple[int, str], Scalar | None]:
    document = document_from_lines(lines, pages=pages)
    return {(m.evidence[0].page, m.path): m.value for m in find_part_facts(document, annotate(document))}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["PROGRESS NOTE", "Date of Service: 03/02/2026", "DOB: 01/02/1980"], dt.date(2026, 3, 2)),
        (["PROGRESS NOTE", "Patient DOB: 01/02/1980", "Date: March 2, 2026"], dt.date(2026, 3, 2)),
        (["LAB RESULTS", "Reported: 03/05/2026", "Collected: 03/02/2026"], dt.date(2026, 3, 2)),
        (
            ["03/09/2026 10:00 From: 5551234 Page 1", "PROGRESS NOTE", "March 2, 2026", "Subjective: well."],
            dt.date(2026, 3, 2),
        ),
        (["PROGRESS NOTE", "Next visit date: 04/02/2026", "Date of birth: 01/02/1980"], None),
        (
            ["PROGRESS NOTE", "Subjective: well.", "Electronically signed by Ann Lee, MD on 03/02/2026"],
            dt.date(2026, 3, 2),
        ),
    ],
)
def test_the_date_of_a_part(lines: list[str], expected: dt.date | None) -> None:
    assert facts(*lines).get((1, "part.dated_on")) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["PROGRESS NOTE", "Subjective: well.", "Electronically signed by Ann Lee, MD"], "Ann Lee, MD"),
        (["MRI BRAIN", "Findings: none", "Impression: normal", "Interpreted by: Bob Ray, MD"], "Bob Ray, MD"),
        (["PROGRESS NOTE", "Subjective: well.", "Plan: rest.", "Ann Lee, NP"], "Ann Lee, NP"),
        (["PROGRESS NOTE", "Subjective: well."], None),
    ],
)
def test_the_author_of_a_part(lines: list[str], expected: str | None) -> None:
    assert facts(*lines).get((1, "part.author")) == expected


def test_whether_each_part_is_signed() -> None:
    note = ("PROGRESS NOTE", "Subjective: well.", "Electronically signed by Ann Lee, MD")
    operation = ["OPERATIVE REPORT", "Surgeon: B", "Dictated but not signed"]
    found = facts(*note, pages=(["LAB RESULTS", "Hemoglobin 9.0 g/dL"], operation, []))
    assert found[1, "part.signed"] == "signed"
    assert (2, "part.signed") not in found
    assert found[3, "part.signed"] == "unsigned"
