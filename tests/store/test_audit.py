from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.principal import Principal
from store import audit
from store.db import Database, Scope
from store.tables import AUDIT
from tests.store.databases import new_database

WHO = Principal("main", "key:1", "processor", "o1")


@pytest.fixture
def database(any_database: Database) -> Database:
    database = any_database
    with database.begin() as connection:
        for number in range(30):
            audit.record(connection, WHO, "request.read", f"r-{number}")
    return database


def test_a_chain_that_nobody_touched_holds(database: Database) -> None:
    assert audit.verify(database) == (30, ())
    assert [row["number"] for row in audit.rows(database, Scope("main"), after=28)] == [29, 30]
    assert list(audit.rows(database, Scope("main", "o2"))) == []


def test_many_writers_keep_one_chain(any_database: Database) -> None:
    database = any_database

    def write() -> None:
        for _ in range(10):
            with database.begin() as connection:
                audit.record(connection, WHO, "request.read", "r-1")

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert audit.verify(database) == (40, ())


@pytest.mark.parametrize(
    ("subject", "number"),
    [("7", 7), ("9" * 18, int("9" * 18)), ("9" * 19, None), ("9" * 5000, None), ("", None), ("-1", None), ("1.0", None),
     (" 7", None), ("\u0663", None), ("\u00b2", None), (b"7", None), (None, None)],
)  # fmt: skip
def test_the_number_that_a_checkpoint_is_of(subject: object, number: int | None) -> None:
    assert audit.number_of(subject) == number


@pytest.mark.parametrize("subject", ["9" * 5000, "\u0663", "", "a word"])
def test_a_row_that_tells_of_a_checkpoint_of_no_row_is_found(database: Database, subject: str) -> None:
    with database.begin() as connection:
        audit.record(connection, WHO, audit.CHECKPOINT, subject)
    told = audit.Break("main", 31, "row 31 tells of a checkpoint of no row: it is forged")
    assert audit.verify(database, dict) == (31, (told,))


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [("subject", b"7", "row 31 is not as it was written"), ("number", "x", "row 31 is missing: one without a number"),
     ("number", b"x", "row 31 is missing: one without a number")],
)  # fmt: skip
def test_a_row_of_kinds_that_only_sqlite_keeps_is_found(
    tmp_path: Path, column: str, value: object, reason: str
) -> None:
    database = new_database(tmp_path)
    with database.begin() as connection:
        for number in range(30):
            audit.record(connection, WHO, "request.read", f"r-{number}")
        last = connection.execute(sa.select(AUDIT).where(AUDIT.c.number == 30)).one()
        row = {**last._asdict(), "number": 31, "before": last.digest, column: value}
        told = ", ".join(f":{name}" for name in row)
        connection.execute(sa.text(f"INSERT INTO audit ({', '.join(row)}) VALUES ({told})"), row)  # noqa: S608
        assert audit.head(connection, "main") == (30 if column == "number" else 31)
    _, (found,) = audit.verify(database, dict)
    assert found.reason.startswith(reason)
