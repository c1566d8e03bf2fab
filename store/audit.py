"""Who did what, in an order that cannot be changed unseen: each row's digest covers the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from models.principal import Principal
from store.db import Database, Scope, now
from store.tables import AUDIT

START = "0" * 64
_FIELDS = ("tenant", "number", "at", "actor", "role", "office", "action", "subject", "outcome", "before")
# PostgreSQL's advisory locks share one space of numbers; this is ours for the chain of a tenant.
_LOCK_SPACE = 7_230_157


@dataclass(frozen=True, slots=True)
class Break:
    """The first row of a tenant's chain that is not as it was written."""

    tenant: str
    number: int
    reason: str


def record(connection: sa.Connection, who: Principal, action: str, subject: str, outcome: str = "done") -> int:
    """Add a row to the tenant's chain; its number. Ids and names of ours only: no word of a document or a person."""
    if connection.dialect.name == "postgresql":
        key = int.from_bytes(hashlib.sha256(who.tenant.encode()).digest()[:4], "big", signed=True)
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:space, :key)"), {"space": _LOCK_SPACE, "key": key})
    last = connection.execute(
        sa.select(AUDIT.c.number, AUDIT.c.digest)
        .where(AUDIT.c.tenant == who.tenant)
        .order_by(AUDIT.c.number.desc())
        .limit(1)
    ).first()
    number = int(last.number) + 1 if last else 1
    row = {
        "tenant": who.tenant,
        "number": number,
        "at": round(now(connection), 6),
        "actor": who.actor,
        "role": who.role,
        "office": who.office,
        "action": action,
        "subject": subject,
        "outcome": outcome,
        "before": last.digest if last else START,
    }
    connection.execute(AUDIT.insert().values(**row, digest=digest_of(row)))
    return number


def digest_of(row: dict[str, object]) -> str:
    """The digest of a row: SHA-256 of its fields, that of the row before among them, as canonical JSON."""
    told = json.dumps([row[name] for name in _FIELDS], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def verify(database: Database) -> tuple[int, tuple[Break, ...]]:
    """Walk all chains: how many rows there are, and the first break of each tenant's."""
    breaks: list[Break] = []
    count = 0
    with database.read() as connection:
        for tenant in connection.execute(sa.select(AUDIT.c.tenant).distinct().order_by(AUDIT.c.tenant)).scalars().all():
            rows = connection.execute(sa.select(AUDIT).where(AUDIT.c.tenant == tenant).order_by(AUDIT.c.number))
            before = START
            for number, row in enumerate(rows, 1):
                count += 1
                told = row._asdict()
                if row.number != number:
                    breaks.append(Break(tenant, number, f"row {number} is missing: {row.number} follows"))
                    break
                if row.before != before or digest_of(told) != row.digest:
                    breaks.append(Break(tenant, number, f"row {number} is not as it was written"))
                    break
                before = row.digest
    return count, tuple(breaks)


def rows(database: Database, scope: Scope, *, after: int = 0, most: int = 100) -> Iterator[dict[str, object]]:
    """Rows of a tenant's chain in their order, from behind number `after`."""
    chosen = sa.select(AUDIT).where(AUDIT.c.tenant == scope.tenant, AUDIT.c.number > after)
    if scope.office is not None:
        chosen = chosen.where(AUDIT.c.office == scope.office)
    with database.read(scope) as connection:
        for row in connection.execute(chosen.order_by(AUDIT.c.number).limit(most)):
            yield row._asdict()
