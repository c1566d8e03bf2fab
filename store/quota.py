"""How much an office, or a sender without one, may send on a day: counted in the transaction that accepts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from models.arrival import ArrivedFile
from models.principal import Principal
from models.problem import TransientError
from store.db import Database, Scope, now
from store.tables import SENT

_DAY_S = 86_400


class TooManyCalls(TransientError):
    """Whoever sends would have sent more than may be sent on one day. `retry_s`: seconds until the next one."""

    http_status = 429

    def __init__(self, retry_s: int) -> None:
        """Say until when."""
        hours = retry_s / 3600
        super().__init__(
            f"With this, it would be more than is taken from this sender on one day. Nothing was kept; send it again "
            f"in {hours:.1f} hours, or ask for a larger quota."
        )
        self.retry_s = retry_s


class TooLarge(TooManyCalls):
    """What is sent at once is more than may be sent on a whole day: only a larger quota, or less at a time, helps."""

    http_status = 413
    retry = False

    def __init__(self) -> None:
        """Say what helps."""
        TransientError.__init__(
            self,
            "This alone is more than may be sent on one day. Nothing was kept; send it in smaller parts, or ask for a "
            "larger quota.",
        )


@dataclass(frozen=True, slots=True)
class Quota:
    """Bytes and files that a sender may send on a day (UTC, by the database's clock); None: any number."""

    bytes: int | None = None
    files: int | None = None

    @property
    def bounded(self) -> bool:
        """Whether there is a bound at all."""
        return self.bytes is not None or self.files is not None


UNBOUNDED = Quota()


def count(connection: sa.Connection, who: Principal, files: Sequence[ArrivedFile], *, quota: Quota) -> None:
    """Count files that are about to be accepted; the transaction must be rolled back if they are too many.

    Whoever sends at the same time waits for this transaction: the sum is exact.

    Raises:
        TooLarge: these alone are more than the quota.
        TooManyCalls: with these it would be more than the quota.
    """
    if not quota.bounded:
        return
    at = now(connection)
    row = {"tenant": who.tenant, "sender": _sender(who), "day": int(at // _DAY_S)}
    added = {"bytes": sum(file.size for file in files), "files": len(files)}
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    put = insert(SENT).values(**row, **added)
    summed = put.on_conflict_do_update(
        index_elements=list(row), set_={name: SENT.c[name] + number for name, number in added.items()}
    ).returning(SENT.c.bytes, SENT.c.files)
    total = connection.execute(summed).one()
    _check((total.bytes, total.files), (added["bytes"], added["files"]), quota=quota, at=at)


def check(database: Database, who: Principal, quota: Quota, *, size: int = 0) -> None:
    """See before any byte is stored whether a file can be accepted from a sender today; what counts is `count`.

    `size` says that at least so many bytes are to come.

    Raises:
        TooLarge: the whole quota is less.
        TooManyCalls: the quota is spent, or what is left of it is less.
    """
    if not quota.bounded:
        return
    with database.read(Scope(who.tenant, who.office)) as connection:
        at = now(connection)
        own = (SENT.c.tenant == who.tenant, SENT.c.sender == _sender(who), SENT.c.day == int(at // _DAY_S))
        sent = connection.execute(sa.select(SENT.c.bytes, SENT.c.files).where(*own)).first()
    before = (sent.bytes, sent.files) if sent is not None else (0, 0)
    least = (max(1, size), 1)
    _check((before[0] + least[0], before[1] + least[1]), least, quota=quota, at=at)


def _check(total: tuple[int, int], own: tuple[int, int], *, quota: Quota, at: float) -> None:
    """Refuse what is above a bound: `total` bytes and files of a day, of which `own` come now."""
    if _is_above(own, quota):
        raise TooLarge
    if _is_above(total, quota):
        raise TooManyCalls(round(_DAY_S - at % _DAY_S) + 1)


def _is_above(sent: tuple[int, int], quota: Quota) -> bool:
    bounds = zip(sent, (quota.bytes, quota.files), strict=True)
    return any(most is not None and number > most for number, most in bounds)


def _sender(who: Principal) -> str:
    return f"office:{who.office}" if who.office is not None else who.actor
