"""Loading a code table: an official public file goes into the data folder, row by row, as the release of its date."""

from __future__ import annotations

import datetime as dt
import difflib
import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from codes.layouts import LAYOUTS
from codes.layouts.layout import BadLine, Layout
from models.code_table import CodeEntry
from models.problem import UsageError
from store.codes import Release, add_release

_MOST_TOLD = 20


@dataclass(slots=True)
class Imported:
    """What became of a file: rows written and lines skipped; only the first bad lines are kept in `bad`."""

    effective_on: dt.date
    rows: int = 0
    skipped: int = 0
    bad: list[BadLine] = field(default_factory=list)


def import_codes(
    name: str, file: Path, data: Path, *, effective_on: dt.date | None, today: dt.date, told: Callable[[int], None]
) -> Imported:
    """Load or refresh a release; `told` is called with the number of rows written so far.

    From when on it counts is `effective_on`, else what the file's name says, else, for systems whose rows carry their
    own days, `today`. A file may be compressed with gzip. All rows of a file are written, or none.

    Raises:
        UsageError: an unknown system, a file that is not there or holds no row, or a date that must be given.
    """
    layout = _layout(name)
    day = effective_on or layout.effective_on(file.name) or (today if layout.replaces else None)
    if day is None:
        raise UsageError(f"The name {file.name} does not say from when on it counts. Add --effective YYYY-MM-DD.")
    done = Imported(day)
    try:
        with _opened(file, layout) as lines:
            entries = _entries(layout, lines, done)
            release = Release(layout.system, day, file.name, 0)
            done.rows = add_release(data, release, entries, replaces=layout.replaces, told=told)
    except UnicodeDecodeError:
        raise UsageError(f"{file.name} is not text in {layout.encoding}. Unpack the published file first.") from None
    except (OSError, EOFError) as failure:
        raise UsageError(f"{file} cannot be read: {getattr(failure, 'strerror', None) or failure}.") from None
    if not done.rows:
        raise UsageError(f"{file.name} holds no row of the layout {layout.name}. {_first_reason(done)}".strip())
    return done


def _layout(name: str) -> Layout:
    known = {layout.name: layout for layout in LAYOUTS}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0)[0]
        raise UsageError(f"There is no layout '{name}'. Did you mean '{near}'? Known: {', '.join(known)}.")
    return known[name]


def _opened(file: Path, layout: Layout) -> IO[str]:
    """Line ends stay as they are: a quoted cell may hold one."""
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding=layout.encoding, newline="")
    return file.open("r", encoding=layout.encoding, newline="")


def _entries(layout: Layout, lines: IO[str], done: Imported) -> Iterator[CodeEntry]:
    for row in layout.read(lines):
        if isinstance(row, CodeEntry):
            yield row
            continue
        done.skipped += 1
        if len(done.bad) < _MOST_TOLD:
            done.bad.append(row)


def _first_reason(done: Imported) -> str:
    return f"Line {done.bad[0].line}: {done.bad[0].reason}." if done.bad else ""
