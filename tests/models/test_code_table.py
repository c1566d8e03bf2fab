from __future__ import annotations

import datetime as dt

import pytest

from models.code_table import NO_TABLES, CodeEntry, CodeTables
from tests.codes.test_validity import table

OLD, NEW = table(2024), table(2026)
TABLES = CodeTables((OLD, NEW))


@pytest.mark.parametrize(("year", "found"), [(2020, OLD), (2024, OLD), (2025, OLD), (2026, NEW), (2030, NEW)])
def test_the_release_of_a_day(year: int, found: object) -> None:
    assert TABLES.on("HCPCS", dt.date(year, 1, 1)) is found


def test_other_systems_have_none() -> None:
    assert TABLES.of("NDC") == ()
    assert NO_TABLES.on("HCPCS", dt.date(2026, 1, 1)) is None
    assert TABLES.of("HCPCS") == (NEW, OLD)


def test_the_days_of_an_entry() -> None:
    entry = CodeEntry("A", "x", valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 3, 31))
    days = [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)]
    assert [entry.valid_on(day) for day in days] == [False, True, True, False]
    assert CodeEntry("A", "x").valid_on(days[0])
