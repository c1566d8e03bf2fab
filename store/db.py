"""The database: SQLite on one machine, PostgreSQL when it scales out; the same statements on both."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from models.problem import FOUND, TransientError, UsageError

FILE = "dossier.sqlite3"
# Seconds that a writer waits for another one; SQLite has one writer at a time.
_PATIENCE_S = 30.0
ALL_TENANTS = "*"
# What passes: a lost connection, a database that only reads after a failover, all connections in use, a full disk.
_PASSES = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.InternalError, sa.exc.TimeoutError)
_TELLING = (sa.exc.DatabaseError, *_PASSES)


class DatabaseAway(TransientError):
    """The database does not answer, or cannot write; the same call may succeed later."""


class DatabaseDamaged(DatabaseAway):
    """The database's file is damaged: exit status 4. No work is to blame for it: all of it waits for a whole one."""

    http_status = 500
    exit_status = FOUND

    def __init__(self, file: str = "The database") -> None:
        """Name the file, and say what to do."""
        super().__init__(
            f"{file} is damaged. Stop the service, keep the file, and restore the last backup (dossier backup restore)."
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows may be seen: those of a tenant, and with `office` only those of one provider office."""

    tenant: str = ALL_TENANTS
    office: str | None = None


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Database:
    """An opened database. Every transaction says whose rows it may see."""

    engine: sa.Engine

    @property
    def postgres(self) -> bool:
        """Whether it is PostgreSQL."""
        return self.engine.dialect.name == "postgresql"

    @contextlib.contextmanager
    def begin(self, scope: Scope = EVERYTHING) -> Iterator[sa.Connection]:
        """A transaction that is committed durably at its end, or rolled back.

        On PostgreSQL the scope is also told to the row-level security of the tables.

        Raises:
            DatabaseAway: the database does not answer, is full or is locked for too long.
            DatabaseDamaged: its file is damaged (SQLite).
        """
        try:
            with self.engine.begin() as connection:
                self._enter(connection, scope)
                yield connection
        except sa.exc.DataError:
            raise UsageError("A value cannot be stored: it holds characters that no text has.") from None
        except _TELLING as failure:
            _tell(failure)
            raise

    @contextlib.contextmanager
    def read(self, scope: Scope = EVERYTHING) -> Iterator[sa.Connection]:
        """A transaction that only reads; on SQLite it waits for no writer.

        Raises:
            DatabaseAway: the database does not answer.
            DatabaseDamaged: its file is damaged (SQLite).
        """
        try:
            with self.engine.connect() as connection:
                connection.execution_options(dossier_reads=True)
                with connection.begin():
                    self._enter(connection, scope)
                    yield connection
        except sa.exc.DataError:
            raise UsageError("A value cannot be looked for: it holds characters that no text has.") from None
        except _TELLING as failure:
            _tell(failure)
            raise

    def _enter(self, connection: sa.Connection, scope: Scope) -> None:
        if self.postgres:
            connection.execute(
                sa.text(
                    "SELECT set_config('dossier.tenant', :tenant, true), set_config('dossier.office', :office, true)"
                ),
                {"tenant": scope.tenant, "office": scope.office or ""},
            )

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_database(data: Path, url: str | None = None) -> Database:
    """The database at `url`, else the file of the data folder. It is not migrated here (store.migrate)."""
    if url is None:
        data.mkdir(parents=True, exist_ok=True)
        return Database(_sqlite(data / FILE))
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Database(_sqlite(Path(parsed.database or "")))
    return Database(_postgres(parsed))


def now(connection: sa.Connection) -> float:
    """The time by the database's own clock, in seconds since 1970 (UTC): all machines share it."""
    if connection.dialect.name == "postgresql":
        return float(connection.execute(sa.text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())
    return float(connection.execute(sa.text("SELECT (julianday('now') - 2440587.5) * 86400.0")).scalar_one())


def is_damage(fault: BaseException | None) -> bool:
    """Whether SQLite says by this that a file is damaged: torn, none of its own, or with text that is no text."""
    if not isinstance(fault, sqlite3.DatabaseError):
        return False
    # The lower byte is the kind; the others tell where it was met. What SQLite keeps as text Python decodes itself.
    kind = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    return kind in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB} or str(fault).startswith("Could not decode to UTF-8")


def _tell(failure: sa.exc.SQLAlchemyError) -> None:
    """Raise what a failure means; its message is left out, which may quote a statement's values."""
    if is_damage(getattr(failure, "orig", None)):
        raise DatabaseDamaged from None
    if isinstance(failure, _PASSES):
        raise DatabaseAway(f"The database does not answer ({type(failure).__name__}).") from None


def _sqlite(file: Path) -> sa.Engine:
    engine = sa.create_engine(
        URL.create("sqlite", database=str(file)),
        connect_args={"timeout": _PATIENCE_S, "check_same_thread": False, "isolation_level": None},
        pool_size=8,
        max_overflow=24,
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "wal_autocheckpoint = 1000"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A deferred transaction that turns into a writer late cannot wait for its turn.
        reads = connection.get_execution_options().get("dossier_reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgres(url: URL) -> sa.Engine:
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=8,
        max_overflow=24,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "options": "-c synchronous_commit=on -c timezone=UTC"},
    )
