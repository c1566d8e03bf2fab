from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.code_table import CodeEntry
from store.codes import Release, add_release, code_tables, find_provider, releases

OLD, NEW = dt.date(2025, 1, 1), dt.date(2026, 1, 1)
DEVICE = CodeEntry("E0601", "Device", valid_from=dt.date(1988, 1, 1))
HEADING = CodeEntry("E06", "Heading", billable=False, valid_to=OLD)


def add(data: Path, day: dt.date, *entries: CodeEntry, system: str = "HCPCS", replaces: bool = False) -> int:
    return add_release(data, Release(system, day, "file.txt", 0), entries, replaces=replaces, told=lambda _: None)


def test_entries_come_back_as_they_went_in(tmp_path: Path) -> None:
    assert add(tmp_path, NEW, DEVICE, HEADING) == 2
    (table,) = code_tables(tmp_path).releases
    assert (table.system, table.effective_on) == ("HCPCS", NEW)
    assert (table.find("E0601"), table.find("E06"), table.find("E0602")) == (DEVICE, HEADING, None)


def test_releases_are_kept_by_date_and_the_same_date_is_refreshed(tmp_path: Path) -> None:
    add(tmp_path, OLD, DEVICE)
    add(tmp_path, NEW, DEVICE, HEADING)
    add(tmp_path, NEW, CodeEntry("E0601", "Device, corrected"))
    assert releases(tmp_path) == (Release("HCPCS", OLD, "file.txt", 1), Release("HCPCS", NEW, "file.txt", 2))
    newest = code_tables(tmp_path).on("HCPCS", dt.date(2026, 6, 1))
    assert newest is not None
    found = newest.find("E0601")
    assert found is not None
    assert found.title == "Device, corrected"


def test_some_systems_keep_only_the_newest(tmp_path: Path) -> None:
    add(tmp_path, OLD, DEVICE, system="NDC", replaces=True)
    add(tmp_path, OLD, DEVICE)
    add(tmp_path, NEW, HEADING, system="NDC", replaces=True)
    assert [(one.system, one.effective_on) for one in releases(tmp_path)] == [("HCPCS", OLD), ("NDC", NEW)]


def test_providers_are_looked_up_by_their_number(tmp_path: Path) -> None:
    add(tmp_path, NEW, CodeEntry("2000000002", "Ada Example"), system="NPI")
    assert find_provider(tmp_path, "2000000002") == CodeEntry("2000000002", "Ada Example")
    assert find_provider(tmp_path, "2000000003") is None
    assert code_tables(tmp_path).releases == ()


def test_without_a_file_there_is_nothing(tmp_path: Path) -> None:
    assert (releases(tmp_path), code_tables(tmp_path).releases, find_provider(tmp_path, "1")) == ((), (), None)


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[CodeEntry]:
        yield DEVICE
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        add_release(tmp_path, Release("HCPCS", NEW, "f", 0), broken(), replaces=False, told=lambda _: None)
    assert releases(tmp_path) == ()
