"""What the service counts of itself: numbers for operators, of all tenants together, without a word of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from store import checkpoints
from store.conservation import gap
from store.db import Database, now
from store.tables import OUTBOX, REQUEST, SUBMISSION, WORK


@dataclass(frozen=True, slots=True)
class Measures:
    """Work by its stage and state, requests, submissions and messages by theirs; `oldest_s` is in seconds.

    `gap` counts pages that are in no place or in two: always 0. `oldest_s` is how long the oldest work that could be
    done now has waited. `unsigned` rows of the audit wait for their checkpoint, the first for `unsigned_s` seconds.
    """

    work: Mapping[tuple[str, str], int]
    oldest_s: float
    gap: int
    requests: Mapping[str, int]
    submissions: Mapping[str, int]
    outbox: Mapping[str, int]
    unsigned: int
    unsigned_s: float


def measure(database: Database) -> Measures:
    """Count everything once."""
    with database.read() as connection:
        work = connection.execute(
            sa.select(WORK.c.stage, WORK.c.state, sa.func.count()).group_by(WORK.c.stage, WORK.c.state)
        ).all()
        at = now(connection)
        waiting = sa.select(sa.func.min(WORK.c.not_before)).where(
            WORK.c.state.in_(("ready", "waiting_retry")), WORK.c.not_before <= at
        )
        oldest = connection.execute(waiting).scalar()
        unsigned = checkpoints.waiting(connection)
        return Measures(
            work={(stage, state): count for stage, state, count in work},
            oldest_s=max(0.0, at - oldest) if oldest is not None else 0.0,
            gap=gap(connection),
            requests=_by(connection, REQUEST.c.status),
            submissions=_by(connection, SUBMISSION.c.state),
            outbox=_by(connection, OUTBOX.c.state),
            unsigned=sum(one.rows for one in unsigned),
            unsigned_s=max((one.age_s for one in unsigned), default=0.0),
        )


def _by(connection: sa.Connection, column: sa.Column[str]) -> dict[str, int]:
    counted = sa.select(column, sa.func.count()).group_by(column)
    return {row[0]: int(row[1]) for row in connection.execute(counted)}
