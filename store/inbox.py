"""Acceptance: one transaction makes stored bytes a submission with its work, its outbox event and its audit row."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from models.arrival import Accepted, Arrival, ArrivedFile
from models.principal import Principal
from models.problem import FileCode, NotFound, UsageError
from store import audit, faults
from store.db import Database, Scope, now
from store.outbox import announce
from store.quota import UNBOUNDED, Quota, TooManyCalls, count
from store.tables import FILE, REQUEST, SUBMISSION
from store.work import add_work, new_id


class KeyUsedOtherwise(UsageError):
    """The same Idempotency-Key came with other files."""

    http_status = 422


def accept(database: Database, arrival: Arrival, who: Principal, *, quota: Quota = UNBOUNDED) -> Accepted:
    """Accept files whose bytes are durable. When this returns, they cannot be lost any more.

    Raises:
        KeyUsedOtherwise: the key was used for other files.
        NotFound: the request that is answered is not there, or not for this caller.
        TooManyCalls: the sender has sent as much as it may today (TooLarge: on any day); nothing was accepted.
        DatabaseAway: nothing was accepted; the source keeps what it has.
    """
    accepted = _once_more(lambda: _accept(database, arrival, who, _digest(arrival), quota=quota))
    faults.reached("after_commit_before_reply")
    return accepted


def refuse(database: Database, arrival: Arrival, who: Principal, code: FileCode) -> Accepted:
    """Keep a receipt of files that can never be taken: a submission whose files are rejected. Their bytes are not kept.

    Raises:
        KeyUsedOtherwise: the key was used for other files.
        DatabaseAway: nothing was kept.
    """
    digest = _digest(arrival)

    def keep() -> Accepted:
        with database.begin(Scope(who.tenant, who.office)) as connection:
            known = _known(connection, arrival, who, digest)
            return known or _insert(connection, arrival, who, digest, code=code)

    return _once_more(keep)


def is_known(database: Database, who: Principal, source_key: str) -> bool:
    """Whether something was accepted under a key."""
    with database.read(Scope(who.tenant, who.office)) as connection:
        return connection.execute(_under(who, source_key)).first() is not None


def _once_more(act: Callable[[], Accepted]) -> Accepted:
    """Do it again where the same key came twice at once, and the other one was sooner."""
    try:
        return act()
    except sa.exc.IntegrityError:
        return act()


def _accept(database: Database, arrival: Arrival, who: Principal, digest: str, *, quota: Quota) -> Accepted:
    scope = Scope(who.tenant, who.office)
    try:
        with database.begin(scope) as connection:
            known = _known(connection, arrival, who, digest)
            if known is not None:
                return known
            count(connection, who, arrival.files, quota=quota)
            accepted = _insert(connection, arrival, who, digest)
            faults.reached("before_commit")
    except TooManyCalls:
        # The same key may have come twice at once, and the other one, which was sooner, has spent the quota.
        with database.read(scope) as connection:
            known = _known(connection, arrival, who, digest)
        if known is None:
            raise
        return known
    return accepted


def _insert(
    connection: sa.Connection, arrival: Arrival, who: Principal, digest: str, *, code: FileCode | None = None
) -> Accepted:
    """The rows of a submission: with work, or with a `code` for all its files and nothing left to do."""
    submission = new_id()
    at = now(connection)
    received_at = arrival.received_at.timestamp() if arrival.received_at else at
    connection.execute(
        SUBMISSION.insert().values(
            id=submission, tenant=who.tenant, office=who.office, channel=arrival.channel, name=arrival.name,
            case_id=_case(connection, arrival, who) or submission, received_at=received_at,
            received_at_source=arrival.received_at_source, source_key=arrival.source_key, body_digest=digest,
            payer=arrival.payer, note=arrival.note, answers=arrival.answers, created_by=who.actor,
            state="received" if code is None else "done",
        )
    )  # fmt: skip
    work: list[str] = []
    for ordinal, file in enumerate(arrival.files, 1):
        identifier = new_id()
        connection.execute(
            FILE.insert().values(
                id=identifier, tenant=who.tenant, office=who.office, submission=submission, ordinal=ordinal,
                path=file.path, declared_type=file.declared_type, sha256=file.sha256, size=file.size,
                state="received" if code is None else "rejected", code=code,
            )
        )  # fmt: skip
        if code is None:
            made = add_work(
                connection, tenant=who.tenant, stage="read", subject=identifier, version=1, due_at=received_at
            )
            work.extend([made] if made else [])
    announce(connection, who.tenant, "submission.received" if code is None else "submission.refused", submission)
    audit.record(connection, who, "submission.accept" if code is None else "submission.refuse", submission)
    return Accepted(submission, dt.datetime.fromtimestamp(received_at, dt.UTC), arrival.files, work=tuple(work))


def _known(connection: sa.Connection, arrival: Arrival, who: Principal, digest: str) -> Accepted | None:
    """What was accepted under the same key."""
    if arrival.source_key is None:
        return None
    row = connection.execute(_under(who, arrival.source_key)).first()
    if row is None:
        return None
    if row.body_digest != digest:
        raise KeyUsedOtherwise("This Idempotency-Key was used with other files. Use a new key for a new submission.")
    files = connection.execute(sa.select(FILE).where(FILE.c.submission == row.id).order_by(FILE.c.ordinal)).all()
    told = tuple(ArrivedFile(file.path, file.sha256, file.size, file.declared_type) for file in files)
    return Accepted(row.id, dt.datetime.fromtimestamp(row.received_at, dt.UTC), told, again=True)


def _under(who: Principal, source_key: str) -> sa.Select[Any]:
    return sa.select(SUBMISSION).where(SUBMISSION.c.tenant == who.tenant, SUBMISSION.c.source_key == source_key)


def _case(connection: sa.Connection, arrival: Arrival, who: Principal) -> str | None:
    """The case of the request that this answers."""
    if arrival.answers is None:
        return None
    chosen = sa.select(REQUEST.c.case_id).where(REQUEST.c.id == arrival.answers, REQUEST.c.tenant == who.tenant)
    if who.office is not None:
        chosen = chosen.where(REQUEST.c.office == who.office)
    case = connection.execute(chosen).scalar_one_or_none()
    if case is None:
        raise NotFound("There is no such request.")
    return str(case)


def _digest(arrival: Arrival) -> str:
    """What makes a second arrival under one key the same as the first."""
    told = [
        arrival.payer or "",
        arrival.answers or "",
        arrival.note or "",
        *(f"{file.path}\0{file.sha256}" for file in arrival.files),
    ]
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()
