"""The directories of a plan in one SQLite file: rows, the blocking keys that find them, and how often names are.

Keys are 32-bit numbers made elsewhere (`matching.blocking`) and handed in, so that this knows nothing of names. A row
has a number of its own that is never used again; the key table is written in the order of its keys, a million members
at a time, since SQLite appends fifty times faster than it inserts.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import fields
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from models.directory import AnyRow, DirectoryKind, DirectoryProvider, EarlierAuthorization, Member, Population
from models.problem import TransientError

FILE = "directory.sqlite3"

R = TypeVar("R", Member, DirectoryProvider, EarlierAuthorization)

# A row is known again by these columns.
IDENTITY: Mapping[DirectoryKind, tuple[str, ...]] = {
    "members": ("member_id", "effective_on"),
    "providers": ("provider_id",),
    "authorizations": ("authorization_number", "system", "code", "modifier"),
}
_ROWS: Mapping[DirectoryKind, type[AnyRow]] = {
    "members": Member,
    "providers": DirectoryProvider,
    "authorizations": EarlierAuthorization,
}
# Names whose number is kept, by the column they stand in.
_COUNTED = ("family", "given", "postal")
_COUNTED_COLUMNS = ("family_name", "given_name", "postal_code")

_BATCH = 20_000
# So many keys are sorted at once: 16 bytes each.
_KEYS_AT_ONCE = 16_000_000
# A key that more rows share tells nothing (a default date of birth, a call centre's number).
_MOST_SHARING = 300
# Of the rows that a query's keys find, those with the rarest keys are handed on.
_MOST_ROWS = 40
# Beside one with many or rare keys, those that share a birth date and nothing else are not worth a look.
_LEAST_OF_BEST = 0.1


class DirectoryStore:
    """The directories under one data folder. Not for several threads at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take an open connection and make the tables that are not there yet."""
        self._connection = connection
        for kind in _ROWS:
            connection.executescript(_tables(kind))
        self._members = _Table(connection, "members", Member)
        self._providers = _Table(connection, "providers", DirectoryProvider)

    @classmethod
    def open(cls, data: Path) -> DirectoryStore:
        """Open the directories of a data folder, which is made if it is not there."""
        data.mkdir(parents=True, exist_ok=True)
        return cls(_connected(data / FILE))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def add(
        self,
        kind: DirectoryKind,
        rows: Iterable[AnyRow],
        *,
        keys: Callable[[AnyRow], tuple[int, ...]],
        told: Callable[[int], None],
    ) -> int:
        """Add rows, or put them in the place of those they are the new state of; all or none.

        `keys` makes the blocking keys of a row, `told` is called with the number of rows written so far. Returns how
        many rows took another's place.

        Raises:
            TransientError: another program is writing to the same directories.
        """
        with self._connection as connection:
            _begin(connection)
            before, first = _size(connection, kind)
            written = _write(connection, kind, rows, keys, first, told)
            after, _ = _size(connection, kind)
            replaced = before + written - after
            if replaced and kind != "authorizations":
                connection.execute(f"DELETE FROM {kind}_key WHERE row NOT IN (SELECT id FROM {kind})")  # noqa: S608
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return replaced

    def count(self, kind: DirectoryKind, names: Callable[[AnyRow], tuple[str, str, str]]) -> None:
        """Count family names, given names and postal codes, as `names` gives them, over a whole directory."""
        counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
        made: Callable[..., AnyRow] = _ROWS[kind]
        for column in _COUNTED_COLUMNS:
            told = f"SELECT {column}, COUNT(*) FROM {kind} WHERE {column} <> '' GROUP BY {column}"  # noqa: S608
            for text, count in self._connection.execute(told):
                for counter, name in zip(counts, names(made(**{column: text})), strict=True):
                    counter[name] += count
        with self._connection as connection:
            connection.execute("DELETE FROM name_count WHERE directory = ?", (kind,))
            for column, counter in zip(_COUNTED, counts, strict=True):
                connection.executemany(
                    "INSERT INTO name_count VALUES (?, ?, ?, ?)",
                    ((kind, column, name, count) for name, count in counter.items() if name),
                )

    def size(self, kind: DirectoryKind) -> int:
        """How many rows a directory has."""
        return _size(self._connection, kind)[0]

    def population(self, kind: DirectoryKind) -> Population:
        """How often names are in a directory."""
        counts: dict[str, dict[str, int]] = {column: {} for column in _COUNTED}
        rows = self._connection.execute("SELECT field, name, count FROM name_count WHERE directory = ?", (kind,))
        for column, name, count in rows:
            counts[column][name] = count
        alike = self._alike() if kind == "members" else None
        return Population(_size(self._connection, kind)[0], **counts, alike=alike)

    def _alike(self) -> tuple[int, int] | None:
        """How many members share family name and birth date, and names and postal code; None of a plan's directory."""
        housed = "SELECT 1 FROM members WHERE phone <> '' OR address_line <> '' OR sex <> '' LIMIT 1"
        if self._connection.execute(housed).fetchone():
            return None
        found = []
        for shared in (("family_name", "birth_date"), ("family_name", "given_name", "postal_code")):
            told = " AND ".join(f"{column} <> ''" for column in shared)
            groups = f"SELECT COUNT(DISTINCT member_id) AS many FROM members WHERE {told} GROUP BY {', '.join(shared)}"  # noqa: S608
            several = f"SELECT COALESCE(SUM(many), 0) FROM ({groups} HAVING many > 1)"  # noqa: S608
            found.append(int(self._connection.execute(several).fetchone()[0]))
        return found[0], found[1]

    def members(self, keys: Sequence[int]) -> tuple[Member, ...]:
        """The members that share a key, those with the rarest first."""
        return self._members.sharing(keys)

    def providers(self, keys: Sequence[int]) -> tuple[DirectoryProvider, ...]:
        """The providers that share a key, those with the rarest first."""
        return self._providers.sharing(keys)

    def coverage(self, member_id: str) -> tuple[Member, ...]:
        """Every row of a member, in the order of effective dates."""
        return self._members.where("member_id = ? ORDER BY effective_on", member_id)

    def provider(self, provider_id: str) -> DirectoryProvider | None:
        """A provider by number."""
        return next(iter(self._providers.where("provider_id = ?", provider_id)), None)

    def authorizations(self, member_id: str) -> tuple[EarlierAuthorization, ...]:
        """What was authorized for a member, the latest first."""
        table = _Table(self._connection, "authorizations", EarlierAuthorization)
        return table.where("member_id = ? ORDER BY start_on DESC, authorization_number", member_id)


class _Table(Generic[R]):
    """A table read as values."""

    def __init__(self, connection: sqlite3.Connection, kind: DirectoryKind, row: type[R]) -> None:
        self._connection = connection
        self._row: Callable[..., R] = row
        columns = ", ".join(field.name for field in fields(row))
        self._select = f"SELECT {columns} FROM {kind} WHERE "  # noqa: S608
        self._find = f"SELECT row FROM {kind}_key WHERE key = ? LIMIT {_MOST_SHARING + 1}"  # noqa: S608

    def where(self, condition: str, *values: object) -> tuple[R, ...]:
        return tuple(self._row(*row) for row in self._connection.execute(self._select + condition, values))

    def sharing(self, keys: Sequence[int]) -> tuple[R, ...]:
        found: dict[int, float] = {}
        for key in keys:
            rows = self._connection.execute(self._find, (key,)).fetchall()
            if len(rows) <= _MOST_SHARING:
                rarity = 1.0 / (1 + len(rows)) + 0.1
                for (row,) in rows:
                    found[row] = found.get(row, 0.0) + rarity
        if not found:
            return ()
        least = max(found.values()) * _LEAST_OF_BEST
        best = sorted((row for row in found if found[row] >= least), key=lambda row: (-found[row], row))[:_MOST_ROWS]
        return self.where(f"id IN ({','.join(map(str, sorted(best)))})")


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536", "mmap_size = 1073741824"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _tables(kind: DirectoryKind) -> str:
    columns = ", ".join(f"{field.name} TEXT NOT NULL" for field in fields(_ROWS[kind]))
    identity = ", ".join(IDENTITY[kind])
    tables = f"CREATE TABLE IF NOT EXISTS {kind} (id INTEGER PRIMARY KEY, {columns}, UNIQUE ({identity}));"
    if kind == "authorizations":
        return tables + "CREATE INDEX IF NOT EXISTS authorization_member ON authorizations (member_id);"
    return (
        tables
        + f"""
        CREATE TABLE IF NOT EXISTS {kind}_key (key INTEGER, row INTEGER, PRIMARY KEY (key, row)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS name_count (directory TEXT, field TEXT, name TEXT, count INTEGER,
            PRIMARY KEY (directory, field, name)) WITHOUT ROWID;
    """
    )


def _begin(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        raise TransientError("Another program is writing to the directories. Try again when it is done.") from None


def _size(connection: sqlite3.Connection, kind: DirectoryKind) -> tuple[int, int]:
    """How many rows there are, and the first number that no row has had."""
    count, last = connection.execute(f"SELECT COUNT(*), COALESCE(MAX(id), 0) FROM {kind}").fetchone()  # noqa: S608
    return count, last + 1


def _write(
    connection: sqlite3.Connection,
    kind: DirectoryKind,
    rows: Iterable[AnyRow],
    keys: Callable[[AnyRow], tuple[int, ...]],
    first: int,
    told: Callable[[int], None],
) -> int:
    waiting = _Keys(connection, kind)
    places = ", ".join("?" for _ in range(len(fields(_ROWS[kind])) + 1))
    insert = f"INSERT OR REPLACE INTO {kind} VALUES ({places})"  # noqa: S608
    values = attrgetter(*(field.name for field in fields(_ROWS[kind])))
    written = 0
    stream: Iterator[AnyRow] = iter(rows)
    while batch := list(islice(stream, _BATCH)):
        numbers = range(first + written, first + written + len(batch))
        connection.executemany(insert, ((number, *values(row)) for number, row in zip(numbers, batch, strict=True)))
        if kind != "authorizations":
            waiting.add(numbers, [keys(row) for row in batch])
        written += len(batch)
        told(written)
    waiting.flush()
    return written


class _Keys:
    """Keys that wait to be written in their order."""

    def __init__(self, connection: sqlite3.Connection, kind: DirectoryKind) -> None:
        self._connection, self._kind = connection, kind
        self._pieces: list[np.ndarray[tuple[int, ...], np.dtype[np.int64]]] = []
        self._waiting = 0

    def add(self, numbers: Sequence[int], keys: Sequence[tuple[int, ...]]) -> None:
        """Take the keys of some rows."""
        lengths = np.fromiter((len(own) for own in keys), np.int64, len(keys))
        flat = np.fromiter((key for own in keys for key in own), np.int64, int(lengths.sum()))
        self._pieces.append(np.stack((flat, np.repeat(np.asarray(numbers, np.int64), lengths))))
        self._waiting += len(flat)
        if self._waiting >= _KEYS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if not self._pieces:
            return
        both = np.concatenate(self._pieces, axis=1)
        self._pieces, self._waiting = [], 0
        both = both[:, np.lexsort((both[1], both[0]))]
        insert = f"INSERT OR IGNORE INTO {self._kind}_key VALUES (?, ?)"  # noqa: S608
        for start in range(0, both.shape[1], _BATCH * 10):
            piece = both[:, start : start + _BATCH * 10]
            self._connection.executemany(insert, zip(piece[0].tolist(), piece[1].tolist(), strict=True))


def reading(data: Path) -> closing[DirectoryStore]:
    """The directories of a data folder for the time of a `with`."""
    return closing(DirectoryStore.open(data))
