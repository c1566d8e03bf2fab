"""Who did what, in an order that cannot be changed unseen: each row's digest covers the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.principal import Principal
from store.db import Database, Scope, now
from store.tables import AUDIT

START = "0" * 64
# The action of a row that tells of a checkpoint: its subject is the number of the row that was signed.
CHECKPOINT = "audit.checkpoint"
# The digests that rows had when they were signed, by tenant and number (store.checkpoints).
Digests = Mapping[str, Mapping[int, set[str]]]
_FIELDS = ("tenant", "number", "at", "actor", "role", "office", "action", "subject", "outcome", "before")
# No chain is longer; SQLite would also keep a word as a number, and sorts it behind all of them.
_MOST_DIGITS = 18
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


def verify(database: Database, signed: Callable[[], Digests] | None = None) -> tuple[int, tuple[Break, ...]]:
    """Walk all chains: how many rows there are, and the first break of each tenant's.

    With `signed`, which reads the checkpoints, rows are compared with them: that finds a chain whose end was cut off,
    one that was written anew with digests that fit, and a checkpoint that a row tells of and that is missing.
    """
    breaks: list[Break] = []
    count = 0
    with database.read() as connection:
        heads = {tenant: head(connection, tenant) for tenant in tenants(connection)}
    # A checkpoint is written before the row that tells of it: those that these heads tell of are there now.
    digests = signed() if signed is not None else None
    with database.read() as connection:
        for tenant in sorted({*tenants(connection), *(digests or {})}):
            told = digests.get(tenant, {}) if digests is not None else None
            walked, found = _walk(connection, tenant, told, head=heads.get(tenant, 0))
            count += walked
            breaks.extend(found)
    return count, tuple(breaks)


def tenants(connection: sa.Connection) -> Iterator[str]:
    """The tenants that have a chain; each is one look into the index, however long the chains are."""
    last = ""
    while found := connection.execute(sa.select(sa.func.min(AUDIT.c.tenant)).where(AUDIT.c.tenant > last)).scalar():
        yield (last := str(found))


def head(connection: sa.Connection, tenant: str) -> int:
    """The number of the last row of a tenant's chain; 0 if there is none."""
    most = sa.literal_column("9" * _MOST_DIGITS, sa.BigInteger)
    last = sa.select(sa.func.max(AUDIT.c.number)).where(AUDIT.c.tenant == tenant, AUDIT.c.number <= most)
    return int(connection.execute(last).scalar() or 0)


def number_of(subject: object) -> int | None:
    """The number of the row that was signed, as the row that tells of the checkpoint has it for its subject.

    None if it is none: a row may be forged, and its subject anything that a database keeps.
    """
    if not isinstance(subject, str) or not subject.isascii() or not subject.isdecimal():
        return None
    return int(subject) if len(subject) <= _MOST_DIGITS else None


def rows(database: Database, scope: Scope, *, after: int = 0, most: int = 100) -> Iterator[dict[str, object]]:
    """Rows of a tenant's chain in their order, from behind number `after`."""
    chosen = sa.select(AUDIT).where(AUDIT.c.tenant == scope.tenant, AUDIT.c.number > after)
    if scope.office is not None:
        chosen = chosen.where(AUDIT.c.office == scope.office)
    with database.read(scope) as connection:
        for row in connection.execute(chosen.order_by(AUDIT.c.number).limit(most)):
            yield row._asdict()


def _walk(
    connection: sa.Connection, tenant: str, signed: Mapping[int, set[str]] | None, *, head: int
) -> tuple[int, list[Break]]:
    """How many rows of a chain were looked at, and what is wrong: checkpoints that are missing, then the first row.

    Rows behind `head` may tell of checkpoints that are not among the `signed` yet.
    """
    rows = connection.execute(sa.select(AUDIT).where(AUDIT.c.tenant == tenant).order_by(AUDIT.c.number))
    breaks: list[Break] = []
    before, number, sure = START, 0, 0
    for number, row in enumerate(rows, 1):
        if row.number != number:
            follows = row.number if isinstance(row.number, int) else "one without a number"
            return number, [*breaks, Break(tenant, number, f"row {number} is missing: {follows} follows")]
        if row.before != before or not _fits(row):
            return number, [*breaks, Break(tenant, number, f"row {number} is not as it was written")]
        before = row.digest
        if signed is None:
            continue
        if row.action == CHECKPOINT and number <= head and (about := number_of(row.subject)) not in signed:
            told = f"the checkpoint of row {about} is missing, of which row {number} tells"
            forged = f"row {number} tells of a checkpoint of no row: it is forged"
            breaks.append(Break(tenant, number, forged if about is None else told))
        if number in signed:
            if signed[number] != {row.digest}:
                told = f"rows {sure + 1} to {number} are not those that were signed: they were written anew"
                return number, [*breaks, Break(tenant, sure + 1, told)]
            sure = number
    if signed and max(signed) > number:
        told = f"row {number + 1} is missing: the end was cut off, for row {max(signed)} was signed"
        breaks.append(Break(tenant, number + 1, told))
    return number, breaks


def _fits(row: sa.Row[Any]) -> bool:
    """Whether a row has its digest; one with bytes for words, as only SQLite keeps it, was not written by us."""
    try:
        return bool(digest_of(row._asdict()) == row.digest)
    except TypeError:
        return False
