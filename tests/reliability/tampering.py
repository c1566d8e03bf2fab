"""Changing an audit log behind its back: one row or two, its end, or all of it from a row on with digests that fit."""

from __future__ import annotations

import random

import sqlalchemy as sa

from models.principal import Principal
from store import audit, checkpoints
from store.checkpoints import Checkpoint, FolderPlace
from store.db import Database
from store.signing import Signer
from store.tables import AUDIT

WHO = Principal("main", "key:1", "processor", "o1")
WAYS = ("alter", "delete", "swap", "insert", "truncate", "rewrite")
# Every so many rows the head was signed.
SIGNED = 10
_FIELDS = ("actor", "role", "office", "action", "subject", "outcome", "at", "before", "digest")


def unlock(database: Database) -> None:
    """Take the database's own lock off, as somebody may who owns it."""
    with database.begin() as connection:
        for verb in ("update", "delete"):
            connection.execute(sa.text(f"DROP TRIGGER IF EXISTS audit_no_{verb}"))


def fill(database: Database, rows: int, *, signer: Signer, place: FolderPlace) -> None:
    """Write an honest log with its checkpoints."""
    with database.begin() as connection:
        for number in range(1, rows + 1):
            audit.record(connection, WHO, "request.read", f"r-{number}")
            if number % SIGNED == 0:
                row = connection.execute(sa.select(AUDIT).where(AUDIT.c.number == number)).one()
                head = Checkpoint(row.tenant, number, row.digest, row.at)
                place.append(Checkpoint(row.tenant, number, row.digest, row.at, signer.sign(head.message)))


def verified(database: Database, signer: Signer, place: FolderPlace) -> list[int]:
    """The first wrong row, if there is one."""
    signed = checkpoints.read([place], signer.verifier)
    return [one.number for one in audit.verify(database, lambda: signed.digests)[1]]


def found(database: Database, seed: int, rows: int, *, signer: Signer, place: FolderPlace) -> bool:
    """Tamper with a log of so many rows, and whether the first wrong row is named; the log is as before after it.

    Of a log that was written anew no more can be told than between which signed rows that began.
    """
    rng = random.Random(seed)
    number, way = rng.randint(1, rows - 1), rng.choice(WAYS)
    with database.engine.connect() as connection:
        before = connection.execute(sa.select(AUDIT)).all()
    with database.begin() as connection:
        _tamper(connection, rng, number, way)
    named = verified(database, signer, place)
    with database.begin() as connection:
        connection.execute(AUDIT.delete())
        connection.execute(AUDIT.insert(), [row._asdict() for row in before])
    return named == [_first(number, way)]


def _first(number: int, way: str) -> int:
    """The row that must be named when row `number` was tampered with."""
    if way == "insert":
        # The new row's digest fits; the next one's does not, unless the new one stands where a row was signed.
        return number + 2 if (number + 1) % SIGNED else number + 2 - SIGNED
    if way == "rewrite":
        return (number - 1) // SIGNED * SIGNED + 1
    return number + (way == "truncate")


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
    elif way == "insert":
        connection.execute(AUDIT.update().where(AUDIT.c.number > number).values(number=AUDIT.c.number + 10**6))
        connection.execute(AUDIT.update().where(AUDIT.c.number > 10**6).values(number=AUDIT.c.number - 10**6 + 1))
        copy = {**row._asdict(), "number": number + 1, "before": row.digest}
        copy["digest"] = audit.digest_of(copy)
        connection.execute(AUDIT.insert().values(**copy))
    elif way == "truncate":
        connection.execute(AUDIT.delete().where(AUDIT.c.number > number))
    else:
        _rewrite(connection, number)


def _rewrite(connection: sa.Connection, number: int) -> None:
    """Have the log say that somebody else did row `number`, and compute all digests from there on anew."""
    rows = connection.execute(sa.select(AUDIT).where(AUDIT.c.number >= number).order_by(AUDIT.c.number)).all()
    before = rows[0].before
    for row in rows:
        told = {**row._asdict(), "before": before}
        if row.number == number:
            told["actor"] = "key:2"
        told["digest"] = before = audit.digest_of(told)
        connection.execute(AUDIT.update().where(AUDIT.c.number == row.number).values(**told))
