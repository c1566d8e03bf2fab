"""The objects of the store against the rows that name them: what nobody names, what is gone, what has changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from models.principal import OPERATOR
from models.problem import TransientError
from store import audit, unnamed
from store.blobs import BlobDamaged, Blobs, Lying
from store.db import Database
from store.tables import FILE

# An object may lie unnamed for as long as its submission is on its way; a sender may come again for long after, and a
# database that was restored to an older state may be found to be that one only after weeks.
UNNAMED_S, REMOVED_S = 86_400.0, 30 * 86_400.0
# Bytes a second that a scrub reads unless told otherwise: 100 GB in less than two hours, and the disk has room left.
RATE = 20_000_000.0


@dataclass(frozen=True, slots=True)
class Compared:
    """Objects by tenant and SHA-256: how many there are, their bytes, which nobody names, and which are gone."""

    count: int
    bytes: int
    orphans: tuple[Lying, ...]
    gone: tuple[tuple[str, str], ...]


def compare(database: Database, blobs: Blobs, *, now: float) -> Compared:
    """Look at the names of all objects; those younger than a day (`now` in seconds since 1970) may be on their way.

    Takes about 100 MB for a million objects.
    """
    left = named(database)
    # Names are read first: what is accepted meanwhile is younger than a day.
    count = size = 0
    orphans: list[Lying] = []
    for one in blobs.listed():
        count, size = count + 1, size + one.size
        own = left.get(one.tenant, set())
        if bytes.fromhex(one.sha256) in own:
            own.discard(bytes.fromhex(one.sha256))
        elif one.at < now - UNNAMED_S:
            orphans.append(one)
    gone = tuple((tenant, sha.hex()) for tenant, own in sorted(left.items()) for sha in sorted(own))
    return Compared(count, size, tuple(orphans), gone)


def removable(
    database: Database, orphans: tuple[Lying, ...], listed: Mapping[str, float], *, now: float
) -> tuple[Lying, ...]:
    """Those that are still unnamed, and were `listed` as such (`store.unnamed`), and written, 30 days ago or before."""
    still = named(database)
    return tuple(
        one
        for one in orphans
        if bytes.fromhex(one.sha256) not in still.get(one.tenant, set())
        and max(one.at, listed.get(unnamed.name_of(one), now)) < now - REMOVED_S
    )


def remove(database: Database, blobs: Blobs, one: Lying, *, now: float) -> bool:
    """Remove an object that is removable unless it came again since; the audit tells of it before it is done."""
    removed, sure = False, True
    _tell(database, one, "done")
    try:
        removed = blobs.remove(one.tenant, one.sha256, before=now - REMOVED_S)
    except TransientError:
        sure = False
        raise
    finally:
        if sure and not removed:
            _tell(database, one, "kept")
    return removed


def damaged(
    blobs: Blobs, *, rate: float = RATE, sleep: Callable[[float], None] = time.sleep
) -> Iterator[tuple[Lying, bool]]:
    """Read all objects at no more than `rate` bytes a second: each, and whether it is as it was stored.

    Raises:
        TransientError: the store is away; one object that cannot be read while others can is damaged.
    """
    for one in blobs.listed():
        began = time.monotonic()
        yield one, _is_whole(blobs, one)
        sleep(max(0.0, one.size / rate - (time.monotonic() - began)))


def files_of(database: Database, tenant: str, sha256: str) -> tuple[str, ...]:
    """The ids of the received files that an object belongs to: their bytes, or what was read off them."""
    own = sa.or_(FILE.c.sha256 == sha256, FILE.c.result == sha256)
    with database.read() as connection:
        found = connection.execute(sa.select(FILE.c.id).where(FILE.c.tenant == tenant, own).order_by(FILE.c.id))
        return tuple(found.scalars())


def named(database: Database) -> dict[str, set[bytes]]:
    """The SHA-256 of all objects that rows name, by tenant. A file refused at the door was never stored."""
    names: dict[str, set[bytes]] = {}
    stored = sa.or_(FILE.c.state != "rejected", FILE.c.result.is_not(None))
    with database.read() as connection:
        connection.execution_options(stream_results=True)
        for row in connection.execute(sa.select(FILE.c.tenant, FILE.c.sha256, FILE.c.result).where(stored)):
            own = names.setdefault(row.tenant, set())
            own.update(bytes.fromhex(sha) for sha in (row.sha256, row.result) if sha is not None)
    return names


def _tell(database: Database, one: Lying, outcome: str) -> None:
    with database.begin() as connection:
        audit.record(connection, replace(OPERATOR, tenant=one.tenant), "storage.remove", one.sha256, outcome)


def _is_whole(blobs: Blobs, one: Lying) -> bool:
    try:
        blobs.get(one.tenant, one.sha256)
    except BlobDamaged:
        return False
    except TransientError:
        blobs.check()
        return False
    return True
