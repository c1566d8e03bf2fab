from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from codes.validity import validity
from models.code import Code, CodeSystem
from models.code_table import CodeEntry, CodeTables


@dataclass(frozen=True)
class Table:
    effective_on: dt.date
    entries: Mapping[str, CodeEntry]
    system: CodeSystem = "HCPCS"

    def find(self, code: str) -> CodeEntry | None:
        return self.entries.get(code)


def table(year: int, *entries: CodeEntry) -> Table:
    return Table(dt.date(year, 1, 1), {entry.code: entry for entry in entries})


OLD = table(2024, CodeEntry("E0601", "Device"), CodeEntry("Q0001", "Gone since"), CodeEntry("K0001", "Chair"))
NEW = table(
    2026,
    CodeEntry("E0601", "Device, new words"),
    CodeEntry("K0001", "Chair", valid_from=dt.date(1994, 1, 1), valid_to=dt.date(2026, 3, 31)),
    CodeEntry("J9999", "Later", valid_from=dt.date(2026, 7, 1)),
    CodeEntry("E06", "Heading", billable=False),
)
TABLES = CodeTables((OLD, NEW))


@pytest.mark.parametrize(
    ("code", "day", "listed", "problem"),
    [
        ("E0601", "2026-09-11", True, ""),
        ("E0601", "2019-01-01", True, ""),
        ("K0001", "2026-09-11", True, "K0001 could be used until 2026-03-31; the service is on 2026-09-11."),
        ("K0001", "2026-03-31", True, ""),
        ("J9999", "2026-06-30", True, "J9999 may be used from 2026-07-01 on; the service is on 2026-06-30."),
        ("Q0001", "2025-05-05", True, ""),
        ("E06", "2026-09-11", False, "E06 ('Heading') is a heading and needs more characters."),
        ("X0000", "2026-09-11", False, "X0000 is no HCPCS code of the release of 2026-01-01."),
    ],
)
def test_on_a_day(code: str, day: str, listed: bool, problem: str) -> None:
    found = validity(TABLES, Code(system="HCPCS", code=code), dt.date.fromisoformat(day))
    assert (found.listed, found.problem) == (listed, problem)


def test_a_code_of_another_release_says_which() -> None:
    found = validity(TABLES, Code(system="HCPCS", code="Q0001"), dt.date(2026, 9, 11))
    assert found.listed
    assert found.problem.startswith("Q0001 is in the release of 2024-01-01, not in that of 2026-01-01")


def test_the_title_is_that_of_the_day() -> None:
    titles = [validity(TABLES, Code(system="HCPCS", code="E0601"), dt.date(year, 6, 1)).title for year in (2025, 2026)]
    assert titles == ["Device", "Device, new words"]


def test_without_a_table_nothing_is_wrong() -> None:
    found = validity(CodeTables(), Code(system="HCPCS", code="X0000"), dt.date(2026, 9, 11))
    assert (found.listed, found.title, found.problem) == (True, "", "")
