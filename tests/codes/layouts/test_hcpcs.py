from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from codes.layouts.hcpcs import effective_on, read
from codes.layouts.layout import BadLine
from models.code_table import CodeEntry


def record(code: str, kind: str, words: str, *, sequence: int = 10, added: str = "20050101", ended: str = "") -> str:
    if kind in "48":
        return f"{code:>5}{sequence:05}{kind}{words:80}"
    return f"{code:>5}{sequence:05}{kind}{words:80}{'short':28}".ljust(268) + f"{added:8}{added:8}{ended:8}N".ljust(52)


NOTICE = "Note regarding coverage\n"


def test_codes_modifiers_and_their_continuations() -> None:
    lines = (
        NOTICE,
        record("A1", "7", "Dressing for one wound"),
        record("J0135", "3", "Injection, adalimumab,"),
        record("J0135", "4", "20 mg", sequence=20),
        record("K0001", "3", "Standard wheelchair", ended="20260331"),
    )
    assert list(read(lines)) == [
        CodeEntry("A1", "Dressing for one wound", valid_from=dt.date(2005, 1, 1)),
        CodeEntry("J0135", "Injection, adalimumab, 20 mg", valid_from=dt.date(2005, 1, 1)),
        CodeEntry("K0001", "Standard wheelchair", valid_from=dt.date(2005, 1, 1), valid_to=dt.date(2026, 3, 31)),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("something else", "no sequence number in columns 6 to 10"),
        (record("9X", "3", "?"), "neither a code nor the continuation of one"),
        (record("J0136", "4", "of another"), "neither a code nor the continuation of one"),
        (record("J0136", "3", "?", added="20051399"), "a date that is none in columns 269 to 292"),
    ],
)
def test_bad_lines_are_told_and_the_others_kept(line: str, reason: str) -> None:
    rows = list(read((record("J0135", "3", "Injection"), line, record("J0137", "3", "Another"))))
    assert BadLine(2, reason) in rows
    assert [row.code for row in rows if isinstance(row, CodeEntry)] == ["J0135", "J0137"]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("HCPC2020_ANWEB_w_disclaimer.txt.gz", dt.date(2020, 1, 1)),
        ("HCPC2026_OCT_ANWEB.txt", dt.date(2026, 10, 1)),
        ("codes.txt", None),
    ],
)
def test_the_name_says_the_quarter(name: str, day: dt.date | None) -> None:
    assert effective_on(name) == day


def test_the_published_file_of_2020(data_dir: Path) -> None:
    with gzip.open(data_dir / "codes/HCPC2020_ANWEB_w_disclaimer.txt.gz", "rt", encoding="cp1252") as lines:
        rows = list(read(lines))
    entries = {row.code: row for row in rows if isinstance(row, CodeEntry)}
    assert len(entries) == len(rows) == 7079
    assert entries["E0601"].valid_from == dt.date(1988, 1, 1)
    assert entries["E0601"].title == "Continuous positive airway pressure (cpap) device"
    assert entries["AD"].title == (
        "Medical supervision by a physician: more than four concurrent anesthesia procedures"
    )
    assert entries["CP"].valid_to == dt.date(2017, 12, 31)
    assert sum(not entry.valid_on(dt.date(2020, 6, 1)) for entry in entries.values()) > 500
