"""The table of work: the truth about what is to be done. Whoever holds a lease may do it and write what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa

from models.work import Lease, LeaseLost, Stage, WorkState
from store import faults
from store.db import Database, now
from store.tables import FILE, SUBMISSION, WORK

# Told, within the transaction, of a file of which nothing will come unless a person asks for it.
Ended = Callable[[sa.Connection, str], None]

# How long a lease holds without a heartbeat, and how often that comes (docs/operations.md).
LEASE_S, HEARTBEAT_S = 30.0, 10.0
# Seconds until the next attempt after each that failed; after the last one a person has to look.
BACKOFF_S = (10.0, 60.0, 300.0, 1800.0, 7200.0)
# Pages that kill their reader cost themselves only (actions/page_pool.py); so often no worker dies by chance.
MOST_DEATHS = 10


@dataclass(frozen=True, slots=True)
class KeptWork:
    """Work that waits for a person: `reason` is the kind of fault, `changed_at` seconds since 1970."""

    id: str
    tenant: str
    stage: Stage
    subject: str
    reason: str | None
    changed_at: float


def new_id() -> str:
    """An id that tells nothing."""
    return uuid.uuid4().hex


def add_work(
    connection: sa.Connection, *, tenant: str, stage: Stage, subject: str, version: int, due_at: float, needs: int = 0
) -> str | None:
    """Have something done; the id of the new unit of work, None if it is there already.

    Only a worker of version `needs` of the pipeline, or a later one, may take it.
    """
    known = sa.select(WORK.c.id).where(WORK.c.stage == stage, WORK.c.subject == subject, WORK.c.version == version)
    if connection.execute(known).first() is not None:
        return None
    at, identifier = now(connection), new_id()
    connection.execute(
        WORK.insert().values(
            id=identifier, tenant=tenant, stage=stage, subject=subject, version=version,
            not_before=at, due_at=due_at, changed_at=at, needs=needs,
        )
    )  # fmt: skip
    return identifier


def take(database: Database, worker: str, *, lease_s: float = LEASE_S, knows: int | None = None) -> Lease | None:
    """Lease the unit of work that is due soonest; None if there is nothing to do.

    `knows` is the worker's version of the pipeline: what needs a later one waits for others. None: it knows all.
    """
    with database.begin() as connection:
        at = now(connection)
        waiting = (
            sa.select(WORK)
            .where(WORK.c.state.in_((WorkState.READY, WorkState.WAITING_RETRY)), WORK.c.not_before <= at)
            .order_by(WORK.c.due_at, WORK.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if knows is not None:
            waiting = waiting.where(WORK.c.needs <= knows)
        row = connection.execute(waiting).first()
        if row is None:
            return None
        token = new_id()
        connection.execute(
            WORK.update()
            .where(WORK.c.id == row.id)
            .values(
                state=WorkState.LEASED, lease_token=token, lease_until=at + lease_s, leased_by=worker,
                attempts=row.attempts + 1, changed_at=at,
            )
        )  # fmt: skip
        if row.stage == "read":
            connection.execute(FILE.update().where(FILE.c.id == row.subject).values(state="reading"))
    faults.reached("after_lease")
    return Lease(row.id, row.tenant, row.stage, row.subject, row.version, token, row.attempts + 1, row.deaths)


def renew(database: Database, lease: Lease, *, lease_s: float = LEASE_S) -> None:
    """Keep a lease for another while.

    Raises:
        LeaseLost: it has expired and was taken back.
    """
    with database.begin() as connection:
        held = connection.execute(_held(lease).values(lease_until=now(connection) + lease_s))
        if held.rowcount != 1:
            raise LeaseLost(lease.work)


def finish(connection: sa.Connection, lease: Lease) -> None:
    """Mark work as done in the transaction that writes what came of it.

    Raises:
        LeaseLost: another worker has it; the transaction must be rolled back.
    """
    done = connection.execute(_held(lease).values(state=WorkState.DONE, lease_token=None, changed_at=now(connection)))
    if done.rowcount != 1:
        raise LeaseLost(lease.work)


def give_back(database: Database, lease: Lease, *, wait_s: float = 0.0, needs: int = 0) -> None:
    """Return work that was not finished because this process stops or its surroundings fail; no attempt is counted.

    After a fault of the surroundings it waits for a while, so that other work has its turn; where it `needs` a later
    version of the pipeline, it waits for a worker of that one.
    """
    with database.begin() as connection:
        at = now(connection)
        connection.execute(
            _held(lease).values(
                state=WorkState.READY,
                lease_token=None,
                attempts=lease.attempts - 1,
                not_before=at + wait_s,
                changed_at=at,
                needs=sa.case((WORK.c.needs < needs, needs), else_=WORK.c.needs),
            )
        )


def put_off(database: Database, lease: Lease, reason: str, ended: Ended, *, last: bool = False) -> WorkState:
    """Have work that failed tried again later, or seen by a person after the `last` attempt; where it stands now.

    `reason` is the name of a fault, never its message. `ended` is told of a file that is quarantined, so that its case
    goes on without it.
    """
    last = last or lease.attempts > len(BACKOFF_S)
    state = WorkState.QUARANTINED if last else WorkState.WAITING_RETRY
    with database.begin() as connection:
        at = now(connection)
        wait = 0.0 if last else BACKOFF_S[lease.attempts - 1]
        held = connection.execute(
            _held(lease).values(state=state, lease_token=None, not_before=at + wait, reason=reason, changed_at=at)
        )
        if held.rowcount == 1 and lease.stage == "read":
            connection.execute(FILE.update().where(FILE.c.id == lease.subject).values(state=str(state)))
            if last:
                ended(connection, lease.subject)
    return state


def reconcile(database: Database, ended: Ended) -> tuple[str, ...]:
    """Take expired leases back, so that others can go on; the ids of the work that is free again.

    `ended` is told of a file that is quarantined.
    """
    with database.begin() as connection:
        at = now(connection)
        expired = (
            sa.select(WORK.c.id, WORK.c.deaths, WORK.c.stage, WORK.c.subject)
            .where(WORK.c.state == WorkState.LEASED, WORK.c.lease_until < at)
            .with_for_update(skip_locked=True)
        )
        rows = connection.execute(expired).all()
        for row in rows:
            poison = row.deaths + 1 >= MOST_DEATHS
            state = WorkState.QUARANTINED if poison else WorkState.READY
            connection.execute(
                WORK.update()
                .where(WORK.c.id == row.id)
                .values(
                    state=state, lease_token=None, deaths=row.deaths + 1, not_before=at, changed_at=at,
                    attempts=sa.case((WORK.c.attempts > 0, WORK.c.attempts - 1), else_=0),
                    reason="process-died" if poison else None,
                )
            )  # fmt: skip
            if row.stage == "read":
                waiting = "quarantined" if poison else "received"
                connection.execute(FILE.update().where(FILE.c.id == row.subject).values(state=waiting))
                if poison:
                    ended(connection, row.subject)
    return tuple(row.id for row in rows)


def release(connection: sa.Connection, works: Sequence[str]) -> int:
    """Have quarantined work tried again, as a person has asked; how many there were."""
    at = now(connection)
    waiting = (WORK.c.id.in_(works), WORK.c.state == WorkState.QUARANTINED)
    files = sa.select(WORK.c.subject).where(WORK.c.stage == "read", *waiting)
    whole = sa.select(FILE.c.submission).where(FILE.c.id.in_(files))
    connection.execute(SUBMISSION.update().where(SUBMISSION.c.id.in_(whole)).values(state="processing"))
    connection.execute(FILE.update().where(FILE.c.id.in_(files)).values(state="received"))
    freed = connection.execute(
        WORK.update()
        .where(*waiting)
        .values(state=WorkState.READY, attempts=0, deaths=0, not_before=at, changed_at=at, reason=None)
    )
    return freed.rowcount


def quarantined(database: Database) -> tuple[KeptWork, ...]:
    """What waits for a person, the oldest first."""
    columns = [WORK.c[one.name] for one in fields(KeptWork)]
    chosen = sa.select(*columns).where(WORK.c.state == WorkState.QUARANTINED).order_by(WORK.c.changed_at, WORK.c.id)
    with database.read() as connection:
        return tuple(KeptWork(*row) for row in connection.execute(chosen))


def _held(lease: Lease) -> sa.Update:
    """Changes the work only as long as this lease holds it: the fence against a worker that was thought dead."""
    return WORK.update().where(WORK.c.id == lease.work, WORK.c.lease_token == lease.token)
