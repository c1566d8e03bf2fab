from __future__ import annotations

import datetime as dt

import pytest

from codes.layouts.icd10cm import effective_on, read
from codes.layouts.layout import BadLine
from models.code_table import CodeEntry

# As the published file lays it out; the words are the public tabular list's.
LINES = (
    f"{'00001':5} {'A00':7} 0 {'Cholera':60} Cholera\n",
    f"{'00002':5} {'A000':7} 1 {'Cholera due to Vibrio cholerae':60} Cholera due to Vibrio cholerae 01\n",
    f"{'41503':5} {'S83511A':7} 1 {'Sprain of ACL of right knee':60} Sprain of anterior cruciate ligament, init\n",
)


def test_codes_get_their_dot_and_headings_their_flag() -> None:
    assert list(read(LINES)) == [
        CodeEntry("A00", "Cholera", billable=False),
        CodeEntry("A00.0", "Cholera due to Vibrio cholerae 01"),
        CodeEntry("S83.511A", "Sprain of anterior cruciate ligament, init"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not an order file\n", "no ICD-10-CM code in columns 7 to 13"),
        (LINES[0].replace(" 0 ", " X "), "column 15 is neither 0 nor 1"),
        (LINES[0][:16], "no description"),
    ],
)
def test_bad_lines_are_told(line: str, reason: str) -> None:
    assert list(read((LINES[0], line, "\n", LINES[1])))[1] == BadLine(2, reason)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("icd10cm-order-2027.txt", dt.date(2026, 10, 1)),
        ("icd10cm_order_April_2026.txt", dt.date(2026, 4, 1)),
        ("icd10cm-order-april-2026.txt.gz", dt.date(2026, 4, 1)),
        ("codes.txt", None),
    ],
)
def test_the_name_says_from_when_on_it_counts(name: str, day: dt.date | None) -> None:
    assert effective_on(name) == day
