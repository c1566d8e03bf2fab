from __future__ import annotations

import datetime as dt

from extractors.annotation import annotate
from extractors.prose.heading import read_heading
from extractors.prose.said import Letter
from extractors.prose.sender import read_sender
from extractors.prose.stay import read_stay
from tests.extractors.documents import document_from_lines

LETTER = [
    "LAKESIDE SURGICAL GROUP",
    "200 Lake Street, Chicago, IL 60601",
    "Tel (312) 555-0142   Fax (312) 555-0143",
    "",
    "March 3, 2026",
    "",
    "Northgate Family Plan",
    "Utilization Management",
    "",
    "RE: Jane Doe",
    "Date of birth: 04/12/1985",
    "",
    "Dear Medical Director:",
    "",
    "I am writing to request prior authorization of an elective admission on 4/2/2026 for 2 days. She was",
    "seen after a hospital stay on 1/5/2026.",
    "",
    "Sincerely,",
    "Maria Lopez, MD",
]


def letter() -> Letter:
    document = document_from_lines(LETTER)
    annotations = annotate(document)
    return Letter.of(document, annotations, annotations.parts[0])


def test_the_letterhead_and_the_plan() -> None:
    assert {one.path.removeprefix("requesting_provider."): one.value for one in read_sender(letter())} == {
        "organization": "LAKESIDE SURGICAL GROUP",
        "address.line": "200 Lake Street",
        "address.city": "Chicago",
        "address.state": "IL",
        "address.postal_code": "60601",
    }
    assert [(one.path, one.value) for one in read_heading(letter())] == [
        ("coverage.payer_name", "Northgate Family Plan"),
    ]


def test_the_stay_that_is_asked_for() -> None:
    assert [(one.path, one.value) for one in read_stay(letter())] == [
        ("admission.admitted_on", dt.date(2026, 4, 2)),
        ("admission.days", "2"),
        ("admission.type", "elective"),
    ]
