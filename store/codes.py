"""Imported code tables in one SQLite file: releases by system and effective date, and their rows."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from models.code import CodeSystem
from models.code_table import CodeEntry, CodeTables

FILE = "codes.sqlite3"
_BATCH = 10_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS release (
    system TEXT NOT NULL, effective_on TEXT NOT NULL, file TEXT NOT NULL, rows INTEGER NOT NULL,
    PRIMARY KEY (system, effective_on)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entry (
    system TEXT NOT NULL, effective_on TEXT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL,
    billable INTEGER NOT NULL, valid_from TEXT, valid_to TEXT,
    PRIMARY KEY (system, effective_on, code)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Release:
    """An imported file: its system, from when on it counts, its name and number of rows."""

    system: str
    effective_on: dt.date
    file: str
    rows: int


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One imported release, asked code by code. Fits `models.code_table.CodeTable`."""

    connection: sqlite3.Connection
    system: CodeSystem
    effective_on: dt.date

    def find(self, code: str) -> CodeEntry | None:
        """The entry of exactly this code; None if the release has none."""
        return _find(self.connection, self.system, self.effective_on, code)


def add_release(
    data: Path, release: Release, entries: Iterable[CodeEntry], *, replaces: bool, told: Callable[[int], None]
) -> int:
    """Keep a release, in the place of one of the same date; with `replaces` in the place of all of the system.

    All rows are written, or none; `told` is called with the number so far. Returns the number of rows. Rows of a
    release of the same date that this file does not speak of stay: some systems come in several files.
    """
    data.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(data / FILE)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)
        with connection:
            day, rows = release.effective_on.isoformat(), 0
            for batch in _batches(entries):
                connection.executemany(
                    "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
                    ((release.system, day, *_columns(entry)) for entry in batch),
                )
                rows += len(batch)
                told(rows)
            if replaces and rows:
                for table in ("entry", "release"):
                    connection.execute(
                        f"DELETE FROM {table} WHERE system = ? AND effective_on <> ?",  # noqa: S608 - our own names
                        (release.system, day),
                    )
            if rows:
                held = "SELECT count(*) FROM entry WHERE system = ? AND effective_on = ?"
                total = connection.execute(held, (release.system, day)).fetchone()[0]
                row = (release.system, day, release.file, total)
                connection.execute("INSERT OR REPLACE INTO release VALUES (?, ?, ?, ?)", row)
    return rows


def releases(data: Path) -> tuple[Release, ...]:
    """What was imported into a data folder, by system and date; () if nothing was."""
    connection = _reading(data)
    if connection is None:
        return ()
    with closing(connection):
        rows = connection.execute("SELECT system, effective_on, file, rows FROM release ORDER BY 1, 2").fetchall()
    return tuple(Release(system, dt.date.fromisoformat(day), file, count) for system, day, file, count in rows)


def code_tables(data: Path) -> CodeTables:
    """The imported releases of the contract's code systems, open for reading as long as they are held."""
    known = [release for release in releases(data) if release.system in get_args(CodeSystem)]
    connection = _reading(data) if known else None
    if connection is None:
        return CodeTables()
    return CodeTables(tuple(StoredTable(connection, cast(CodeSystem, one.system), one.effective_on) for one in known))


def find_provider(data: Path, npi: str) -> CodeEntry | None:
    """What the imported NPPES file says of an NPI: its name, when it was given and taken back."""
    connection = _reading(data)
    if connection is None:
        return None
    with closing(connection):
        days = connection.execute("SELECT effective_on FROM release WHERE system = 'NPI'").fetchall()
        found = (_find(connection, "NPI", dt.date.fromisoformat(day), npi) for (day,) in days)
        return next((entry for entry in found if entry is not None), None)


def _reading(data: Path) -> sqlite3.Connection | None:
    """The file, opened so that it cannot be changed; any one thread at a time may ask it."""
    path = data / FILE
    if not path.is_file():
        return None
    return sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True, check_same_thread=False)


def _find(connection: sqlite3.Connection, system: str, day: dt.date, code: str) -> CodeEntry | None:
    columns, key = "code, title, billable, valid_from, valid_to", "system = ? AND effective_on = ? AND code = ?"
    query = f"SELECT {columns} FROM entry WHERE {key}"  # noqa: S608 - our own names
    row = connection.execute(query, (system, day.isoformat(), code)).fetchone()
    if row is None:
        return None
    first, last = (dt.date.fromisoformat(text) if text else None for text in row[3:])
    return CodeEntry(row[0], row[1], bool(row[2]), first, last)


def _columns(entry: CodeEntry) -> tuple[str, str, bool, str | None, str | None]:
    days = (day.isoformat() if day is not None else None for day in (entry.valid_from, entry.valid_to))
    return (entry.code, entry.title, entry.billable, *days)  # type: ignore[return-value]


def _batches(entries: Iterable[CodeEntry]) -> Iterator[list[CodeEntry]]:
    batch: list[CodeEntry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
