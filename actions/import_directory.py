"""Loading a directory: a CSV file of the contract's columns goes into the data folder, row by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from matching.blocking import member_keys, provider_keys
from matching.forms import counted_names
from matching.normalize import birth_date
from models.directory import AnyRow, DirectoryKind, DirectoryProvider, EarlierAuthorization, Member, day
from models.problem import UsageError
from store.directory import IDENTITY, DirectoryStore, reading

# The columns of the contract that are other names here: `from` and `to` are words of Python.
_COLUMNS = {"from": "start_on", "to": "end_on"}
_DATES = ("birth_date", "effective_on", "terminated_on", "start_on", "end_on")
_ROWS: Mapping[DirectoryKind, type[AnyRow]] = {
    "members": Member,
    "providers": DirectoryProvider,
    "authorizations": EarlierAuthorization,
}
_KEYS: Mapping[DirectoryKind, Callable[[Any], tuple[int, ...]]] = {
    "members": member_keys,
    "providers": provider_keys,
    "authorizations": lambda _: (),
}
# Cells of a directory are short; a quotation mark that is never closed would swallow the file otherwise.
_LONGEST_CELL = 10_000
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was skipped: the line of the file it begins on, counted from 1, and why. No word of the row."""

    line: int
    reason: str


@dataclass(slots=True)
class Imported:
    """What became of a file: rows written, of them those that took another's place, and rows skipped.

    Only the first bad rows are kept in `bad`; `skipped` counts all.
    """

    rows: int = 0
    replaced: int = 0
    skipped: int = 0
    bad: list[BadRow] = field(default_factory=list)


def import_directory(kind: DirectoryKind, file: Path, data: Path, *, told: Callable[[int], None]) -> Imported:
    """Load or refresh a directory; `told` is called with the number of rows written so far.

    Rows with the identity of one that is there take its place. All rows of a file are written, or none.

    Raises:
        UsageError: the file is not there, is no UTF-8, or lacks the columns that identify a row.
    """
    with reading(data) as store:
        return load(store, kind, file, told=told)


def load(store: DirectoryStore, kind: DirectoryKind, file: Path, *, told: Callable[[int], None]) -> Imported:
    """The same into a store that is open."""
    done = Imported()

    def written(rows: int) -> None:
        done.rows = rows
        told(rows)

    try:
        done.replaced = store.add(kind, read_rows(kind, file, done), keys=_KEYS[kind], told=written)
    except UnicodeDecodeError:
        raise UsageError(f"{file.name} is not UTF-8 text. Save it as CSV UTF-8.") from None
    except OSError as failure:
        raise UsageError(f"{file} cannot be read: {failure.strerror}.") from None
    if kind != "authorizations" and done.rows:
        store.count(kind, counted_names)
    return done


def read_rows(kind: DirectoryKind, file: Path, done: Imported) -> Iterator[AnyRow]:
    """The rows of a file, one after the other; those that cannot be used are told in `done`."""
    made: Callable[..., AnyRow] = _ROWS[kind]
    known = [each.name for each in fields(_ROWS[kind]) if each.name != "attributes"]
    with file.open("r", encoding="utf-8-sig", newline="") as stream:
        csv.field_size_limit(_LONGEST_CELL)
        sheet = csv.reader(stream)
        header = _header(kind, sheet, file)
        places = [header.index(name) if name in header else None for name in known]
        dates = [(name, at) for at, name in enumerate(known) if name in _DATES]
        others = [(name, at) for at, name in enumerate(header) if name not in known and name]
        line = sheet.line_num + 1
        while True:
            try:
                cells = next(sheet, None)
            except csv.Error:
                _skip(done, line, "is not CSV")
                line = sheet.line_num + 1
                continue
            if cells is None:
                return
            begun, line = line, sheet.line_num + 1
            if not any(cells):
                continue
            if len(cells) != len(header):
                _skip(done, begun, f"has {len(cells)} cells; the header has {len(header)}")
                continue
            values = [cells[at].strip() if at is not None else "" for at in places]
            extra = {name: cells[at].strip() for name, at in others if cells[at].strip()}
            attributes = json.dumps(extra, ensure_ascii=False) if extra else ""
            reason = _mend(kind, values, dates)
            if reason is None:
                yield made(*values, attributes)
            else:
                _skip(done, begun, reason)


def _header(kind: DirectoryKind, sheet: Any, file: Path) -> list[str]:
    header = [_COLUMNS.get(name, name) for name in (cell.strip().lower() for cell in next(sheet, []))]
    lacking = [name for name in IDENTITY[kind][:1] if name not in header]
    if kind == "providers" and "npi" in header:
        lacking = []
    if lacking:
        raise UsageError(f"{file.name} has no column {lacking[0]}: the first line must name the columns of {kind}.")
    return header


def _mend(kind: DirectoryKind, values: list[str], dates: Sequence[tuple[str, int]]) -> str | None:
    """Write the dates of a row as ISO, in place; why the row cannot be used, or None."""
    if kind == "providers":
        values[0] = values[0] or values[1]
    if not values[0]:
        return f"has no {IDENTITY[kind][0]}"
    for name, at in dates:
        if text := values[at]:
            plain = text if len(text) == 10 and text[4] == "-" else _iso(text)
            if day(plain) is None:
                return f"{name} is no date"
            values[at] = plain
    return None


def _iso(text: str) -> str:
    plain = birth_date(text.split("T", maxsplit=1)[0])
    return f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"


def _skip(done: Imported, line: int, reason: str) -> None:
    done.skipped += 1
    if len(done.bad) < _MOST_TOLD:
        done.bad.append(BadRow(line, reason))
