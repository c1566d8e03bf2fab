"""Promises broken on purpose: a harness that does not notice proves nothing."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

import sqlalchemy as sa

from models.arrival import Accepted, Arrival
from models.principal import Principal
from models.work import Lease
from store import blobs, inbox, repository, work
from store.db import Database, Scope
from store.tables import WORK


def apply(name: str) -> None:
    """Break a promise in this process; "" breaks none."""
    if name:
        MUTATIONS[name]()


def _no_fsync() -> None:
    """Files get their names before the disk has them."""
    blobs.sync = lambda descriptor: None  # noqa: ARG005 - the name is part of what it replaces


def _answer_before_commit() -> None:
    """The receipt is written before the transaction that makes it true."""

    def real_known(database: Database, arrival: Arrival, who: Principal) -> Accepted | None:
        with database.read() as connection:
            return inbox._known(connection, arrival, who, inbox._digest(arrival))

    def early(database: Database, arrival: Arrival, who: Principal, **_: object) -> Accepted:
        answers: queue.Queue[Accepted] = queue.Queue()

        def late() -> None:
            with database.begin(Scope(who.tenant, who.office)) as connection:
                answers.put(inbox._insert(connection, arrival, who, inbox._digest(arrival)))
                time.sleep(0.15)

        known = real_known(database, arrival, who)
        if known is not None:
            return known
        threading.Thread(target=late).start()
        return answers.get()

    inbox.accept = early


def _no_fencing() -> None:
    """Whoever held work once may write for ever."""

    def held(lease: Lease) -> sa.Update:
        return WORK.update().where(WORK.c.id == lease.work)

    work._held = held


def _no_tenant_filter() -> None:
    """Whoever asks sees everybody's."""
    repository.Repository._bounds = lambda *_: ()  # type: ignore[method-assign]


MUTATIONS: dict[str, Callable[[], None]] = {
    "no-fsync": _no_fsync,
    "answer-before-commit": _answer_before_commit,
    "no-fencing": _no_fencing,
    "no-tenant-filter": _no_tenant_filter,
}
