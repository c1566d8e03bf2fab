from __future__ import annotations

import random
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
def database(tmp_path: Path) -> Database:
    database = new_database(tmp_path)
    with database.begin() as connection:
        for number in range(30):
            audit.record(connection, WHO, "request.read", f"r-{number}")
    return database


def test_a_chain_that_nobody_touched_holds(database: Database) -> None:
    assert audit.verify(database) == (30, ())
    assert [row["number"] for row in audit.rows(database, Scope("main"), after=28)] == [29, 30]
    assert list(audit.rows(database, Scope("main", "o2"))) == []


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_changed_is_found_where_it_was_changed(database: Database, seed: int) -> None:
    rng = random.Random(seed)
    number = rng.randint(1, 29)
    way = rng.choice(["alter", "delete", "swap", "insert"])
    with database.begin() as connection:
        row = connection.execute(sa.select(AUDIT).where(AUDIT.c.number == number)).one()
        if way == "alter":
            field = rng.choice(["actor", "role", "office", "action", "subject", "outcome", "at"])
            told = 1.0 if field == "at" else "another"
            connection.execute(AUDIT.update().where(AUDIT.c.number == number).values({field: told}))
        elif way == "delete":
            connection.execute(AUDIT.delete().where(AUDIT.c.number == number))
        elif way == "swap":
            for before, after in ((number, 900), (number + 1, number), (900, number + 1)):
                connection.execute(AUDIT.update().where(AUDIT.c.number == before).values(number=after))
        else:
            connection.execute(AUDIT.update().where(AUDIT.c.number > number).values(number=AUDIT.c.number + 1000))
            connection.execute(AUDIT.update().where(AUDIT.c.number > number).values(number=AUDIT.c.number - 999))
            copy = {**row._asdict(), "number": number + 1, "before": row.digest}
            copy["digest"] = audit.digest_of(copy)
            connection.execute(AUDIT.insert().values(**copy))
    _, (found,) = audit.verify(database)
    assert found.number == number + (2 if way == "insert" else 0)


def test_many_writers_keep_one_chain(tmp_path: Path) -> None:
    database = new_database(tmp_path)

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
