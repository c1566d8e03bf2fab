"""Promises broken on purpose: a harness that does not notice proves nothing."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from models.arrival import Accepted
from models.work import Lease
from store import blobs, inbox, repository, work
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
    real = inbox.accept

    def early(database: Any, arrival: Any, who: Any) -> Any:
        threading.Timer(0.2, lambda: real(database, arrival, who)).start()
        return Accepted(f"promised-{arrival.source_key}", dt.datetime.now(dt.UTC), arrival.files)

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
