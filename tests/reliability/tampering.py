"""Changing an audit log behind its back, in every way that one row or two can be changed."""

from __future__ import annotations

import random

import sqlalchemy as sa

from models.principal import Principal
from store import audit
from store.db import Database
from store.tables import AUDIT

WHO = Principal("main", "key:1", "processor", "o1")
_FIELDS = ("actor", "role", "office", "action", "subject", "outcome", "at", "before", "digest")


def unlock(database: Database) -> None:
    """Take the database's own lock off, as somebody may who owns it."""
    with database.begin() as connection:
        for verb in ("update", "delete"):
            connection.execute(sa.text(f"DROP TRIGGER IF EXISTS audit_no_{verb}"))


def fill(database: Database, rows: int) -> None:
    """Write an honest log."""
    with database.begin() as connection:
        for number in range(rows):
            audit.record(connection, WHO, "request.read", f"r-{number}")


def found(database: Database, seed: int, rows: int) -> bool:
    """Tamper with a log of so many rows, and whether the first wrong row is named; the log is as before after it."""
    rng = random.Random(seed)
    number, way = rng.randint(1, rows - 1), rng.choice(("alter", "delete", "swap", "insert"))
    with database.engine.connect() as connection:
        before = connection.execute(sa.select(AUDIT)).all()
    with database.begin() as connection:
        _tamper(connection, rng, number, way)
    _, breaks = audit.verify(database)
    with database.begin() as connection:
        connection.execute(AUDIT.delete())
        connection.execute(AUDIT.insert(), [row._asdict() for row in before])
    return [one.number for one in breaks] == [number + (2 if way == "insert" else 0)]


def _tamper(connection: sa.Connection, rng: random.Random, number: int, way: str) -> None:
    row = connection.execute(sa.select(AUDIT).where(AUDIT.c.number == number)).one()
    if way == "alter":
        field = rng.choice(_FIELDS)
        told: float | str = 1.0 if field == "at" else f"{rng.getrandbits(128):032x}"
        connection.execute(AUDIT.update().where(AUDIT.c.number == number).values({field: told}))
    elif way == "delete":
        connection.execute(AUDIT.delete().where(AUDIT.c.number == number))
    elif way == "swap":
        for old, new in ((number, 10**6), (number + 1, number), (10**6, number + 1)):
            connection.execute(AUDIT.update().where(AUDIT.c.number == old).values(number=new))
    else:
        connection.execute(AUDIT.update().where(AUDIT.c.number > number).values(number=AUDIT.c.number + 10**6))
        connection.execute(AUDIT.update().where(AUDIT.c.number > 10**6).values(number=AUDIT.c.number - 10**6 + 1))
        copy = {**row._asdict(), "number": number + 1, "before": row.digest}
        copy["digest"] = audit.digest_of(copy)
        connection.execute(AUDIT.insert().values(**copy))
