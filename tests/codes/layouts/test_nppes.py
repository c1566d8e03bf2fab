from __future__ import annotations

import datetime as dt
import random

from codes.layouts.layout import BadLine
from codes.layouts.nppes import effective_on, read
from models.code_table import CodeEntry
from samples.fictions import npi

HEADER = (
    '"NPI","Provider Organization Name (Legal Business Name)","Provider Last Name (Legal Name)","Provider First Name",'
    '"Provider Middle Name","Provider Enumeration Date","NPI Deactivation Date","NPI Reactivation Date"\n'
)


def test_people_organizations_and_numbers_taken_back() -> None:
    rng = random.Random(3)
    first, second, third, fourth = (npi(rng) for _ in range(4))
    rows = read(
        (
            HEADER,
            f'"{first}","","Example","Ada","B","05/23/2005","",""\n',
            f'"{second}","Sample Clinic, LLC","","","","06/01/2006","",""\n',
            f'"{third}","","","","","06/01/2006","02/28/2020",""\n',
            f'"{fourth}","","Back","Again","","06/01/2006","02/28/2020","03/05/2020"\n',
        )
    )
    assert list(rows) == [
        CodeEntry(first, "Ada B Example", valid_from=dt.date(2005, 5, 23)),
        CodeEntry(second, "Sample Clinic, LLC", valid_from=dt.date(2006, 6, 1)),
        CodeEntry(third, "", valid_from=dt.date(2006, 6, 1), valid_to=dt.date(2020, 2, 28)),
        CodeEntry(fourth, "Again Back", valid_from=dt.date(2006, 6, 1)),
    ]


def test_bad_rows_are_told() -> None:
    rng = random.Random(4)
    rows = list(
        read((HEADER, '"2000000001","","A","B","","","",""\n', f'"{npi(rng)}","","A","B","","13/40/2005","",""\n'))
    )
    assert rows == [BadLine(2, "the NPI fails its check"), BadLine(3, "a date that is none")]
    assert list(read(("name,city\n",))) == [BadLine(1, "no column NPI in the header")]


def test_the_name_says_the_last_day() -> None:
    assert effective_on("npidata_pfile_20050523-20261108.csv") == dt.date(2026, 11, 8)
    assert effective_on("npidata.csv") is None
