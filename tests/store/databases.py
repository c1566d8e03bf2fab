"""A migrated database of a test's own, and what is put into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.arrival import Accepted, Arrival, ArrivedFile
from models.principal import Principal
from store.db import Database, open_database
from store.inbox import accept
from store.migrate import migrate

WHO = Principal("main", "key:test", "intake")
SHA = "a" * 64


def new_database(folder: Path) -> Database:
    """A database in a file of its own."""
    database = open_database(folder)
    migrate(database)
    return database


def files(*names: str) -> tuple[ArrivedFile, ...]:
    """Files that are said to be stored."""
    return tuple(ArrivedFile(name, SHA, 10) for name in names)


def received(
    database: Database, names: Sequence[str] = ("a.pdf",), *, who: Principal = WHO, key: str | None = None
) -> Accepted:
    """Files that were accepted."""
    return accept(database, Arrival("api", "upload", files(*names), source_key=key), who)
