from __future__ import annotations

import threading

import pytest

from models.principal import Principal
from store import audit
from store.db import Database, Scope

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
