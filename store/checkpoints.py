"""Checkpoints: the head of each tenant's audit, signed, in a second place. A chain alone cannot see its own cut tail.

A checkpoint is due when 1,000 rows, or ten minutes and any row, have come since the last one. It is written to its
places first; then a row of the audit tells that it was, so that one that goes missing is seen, too. Several processes
may write the same one.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from models.principal import SYSTEM, Principal
from models.problem import TransientError
from store import audit
from store.blobs import sync, sync_folder
from store.db import Database, now
from store.locks import lock
from store.signing import Signer, Verifier
from store.tables import AUDIT

# So many rows, or seconds, may be lost with the end of a chain that nobody has signed yet.
ROWS, SECONDS = 1000, 600.0
# Others hold a file of checkpoints for the time of a line. One that is held longer is written to when it is due again.
_PATIENCE_S = 1.0
# Rows that wait longer than this for their checkpoint, or more than ROWS of them: nobody signs any more.
LATE_S = 86_400.0
_PURPOSE = b"dossier audit checkpoint 1\n"
# The index of these rows serves only statements in which the word itself stands: none with a parameter in its place.
_TELLS = AUDIT.c.action == sa.literal(audit.CHECKPOINT, literal_execute=True)
# A longer line was not written by us: it is forged, whatever it says.
_MOST_LINE = 1 << 14


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Row `number` of a tenant's audit had this digest `at` (seconds since 1970); `signature` says so (hexadecimal)."""

    tenant: str
    number: int
    digest: str
    at: float
    signature: str = ""

    @property
    def message(self) -> bytes:
        """What is signed."""
        told = [self.tenant, self.number, self.digest, self.at]
        return _PURPOSE + json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode()

    @property
    def line(self) -> str:
        """All of it as one line of JSON."""
        return json.dumps(asdict(self), separators=(",", ":")) + "\n"


@dataclass(frozen=True, slots=True)
class Signed:
    """What checkpoints say: the digests that a row had when it was signed, by tenant and number.

    `faults` are sentences about checkpoints that are none of ours; `count` is how many hold.
    """

    digests: dict[str, dict[int, set[str]]]
    faults: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Unsigned:
    """How many rows of a tenant's audit no checkpoint covers, and for how many seconds the first of them has waited."""

    tenant: str
    rows: int
    age_s: float

    @property
    def late(self) -> bool:
        """Whether signing must have stopped."""
        return self.rows > ROWS or self.age_s > LATE_S


class Place(Protocol):
    """Where checkpoints are kept, away from the rows that they speak of."""

    def append(self, checkpoint: Checkpoint) -> None:
        """Keep one more, durably; TransientError if that cannot be done now."""

    def lines(self) -> Iterator[tuple[str, str]]:
        """Every checkpoint as it is kept, each with the name of where it is."""


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder with a file of lines for each tenant."""

    path: Path

    def append(self, checkpoint: Checkpoint) -> None:
        """Add a line. One that a power cut has torn was never relied on: it is cut off."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (self.path / f"{checkpoint.tenant}.jsonl").open("ab+") as file:
                if not lock(file.fileno(), fcntl.LOCK_EX, patience_s=_PATIENCE_S):
                    raise TransientError("A checkpoint cannot be written: the file system of its folder has no locks.")
                file.truncate(_whole(file.fileno()))
                file.write(checkpoint.line.encode())
                file.flush()
                sync(file.fileno())
            sync_folder(self.path)
        except OSError as failure:
            raise TransientError(f"A checkpoint cannot be written ({failure.strerror}).") from None

    def lines(self) -> Iterator[tuple[str, str]]:
        """The lines of all files.

        Raises:
            TransientError: a file cannot be read.
        """
        for file in sorted(self.path.glob("*.jsonl")):
            try:
                told = file.read_text(encoding="utf-8", errors="replace")
            except OSError as failure:
                raise TransientError(f"The checkpoints in {file} cannot be read ({failure.strerror}).") from None
            yield from ((str(file), line) for line in told.splitlines(keepends=True) if line.endswith("\n"))


def write_due(
    database: Database, signer: Signer, *, places: Sequence[Place], rows: int = ROWS, seconds: float = SECONDS
) -> int:
    """Sign the head of every chain for which a checkpoint is due; how many were.

    Raises:
        TransientError: the database or a place is away; it is due still.
    """
    with database.read() as connection:
        heads = [
            head for tenant in audit.tenants(connection) if (head := _due(connection, tenant, rows, seconds=seconds))
        ]
    for head in heads:
        signed = Checkpoint(head.tenant, head.number, head.digest, head.at, signer.sign(head.message))
        for place in places:
            place.append(signed)
        with database.begin() as connection:
            who = Principal(head.tenant, SYSTEM.actor, SYSTEM.role)
            audit.record(connection, who, audit.CHECKPOINT, str(head.number))
    return len(heads)


def read(places: Sequence[Place], verifier: Verifier | None) -> Signed:
    """What the checkpoints of all places say, as far as they are signed by the key.

    Raises:
        TransientError: a place is away.
    """
    digests: dict[str, dict[int, set[str]]] = {}
    strange: dict[str, list[str]] = {}
    count = 0
    for place in places:
        for where, line in place.lines():
            found = _read(line)
            if found is None or verifier is None or not verifier.holds(found.message, found.signature):
                about = f"row {found.number} of tenant {found.tenant}" if found else "no row"
                strange.setdefault(where, []).append(about)
                continue
            count += 1
            digests.setdefault(found.tenant, {}).setdefault(found.number, set()).add(found.digest)
    told = "are not signed by the key of this installation" if verifier else "cannot be checked without a key"
    faults = tuple(
        f"{len(about)} checkpoints in {where} {told}, the first is that of {about[0]}"
        for where, about in sorted(strange.items())
    )
    return Signed(digests, faults, count)


def furthest(places: Sequence[Place]) -> dict[str, int]:
    """The last row of each tenant's audit of which a checkpoint speaks, whoever signed it.

    Raises:
        TransientError: a place is away.
    """
    last: dict[str, int] = {}
    for place in places:
        for found in (_read(line) for _, line in place.lines()):
            if found is not None:
                last[found.tenant] = max(found.number, last.get(found.tenant, 0))
    return last


def any_told(database: Database) -> bool:
    """Whether a row of any audit tells of a checkpoint."""
    with database.read() as connection:
        told = sa.select(AUDIT.c.number).where(_TELLS).limit(1)
        return connection.execute(told).first() is not None


def unsigned(database: Database, digests: audit.Digests) -> tuple[Unsigned, ...]:
    """The rows that none of these checkpoints covers, of each tenant that has any; those that tell of one are none."""
    with database.read() as connection:
        at = now(connection)
        return tuple(
            found
            for tenant in audit.tenants(connection)
            if (found := _left(connection, tenant, digests.get(tenant, {}), at=at)).rows
        )


def waiting(connection: sa.Connection) -> tuple[Unsigned, ...]:
    """As `unsigned`, but by what the audit itself tells of its checkpoints: none is read, and no chain is walked."""
    at = now(connection)
    return tuple(
        found
        for tenant in audit.tenants(connection)
        if (found := _left(connection, tenant, _signed(_last_told(connection, tenant)), at=at)).rows
    )


def _left(connection: sa.Connection, tenant: str, signed: Iterable[int], *, at: float) -> Unsigned:
    """The rows behind the last signed one, but for those of checkpoints. Numbers have no gaps: rows are not counted."""
    last = audit.head(connection, tenant)
    behind = max((number for number in signed if number <= last), default=0)
    # Others write meanwhile: what comes after `last` is not of this count.
    own = (AUDIT.c.tenant == tenant, AUDIT.c.number > behind, AUDIT.c.number <= last)
    first = connection.execute(
        sa.select(AUDIT.c.at).where(*own, AUDIT.c.action != audit.CHECKPOINT).order_by(AUDIT.c.number).limit(1)
    ).scalar()
    if first is None:
        return Unsigned(tenant, 0, 0.0)
    told = connection.execute(sa.select(sa.func.count()).where(*own, _TELLS)).scalar_one()
    # A forged row may have a word for a time: what waits since nobody knows when waits for too long.
    age_s = at - first if isinstance(first, int | float) else at
    return Unsigned(tenant, last - behind - told, max(0.0, age_s))


def _last_told(connection: sa.Connection, tenant: str) -> Any:
    """The last row that tells of a checkpoint; None if there is none."""
    chosen = sa.select(AUDIT).where(AUDIT.c.tenant == tenant, _TELLS).order_by(AUDIT.c.number.desc()).limit(1)
    return connection.execute(chosen).first()


def _signed(told: Any) -> tuple[int, ...]:
    """The number of the row that was signed, as the row that tells of it says."""
    number = audit.number_of(told.subject) if told is not None else None
    return () if number is None else (number,)


def _due(connection: sa.Connection, tenant: str, rows: int, *, seconds: float) -> Checkpoint | None:
    own = sa.select(AUDIT).where(AUDIT.c.tenant == tenant)
    head = connection.execute(own.order_by(AUDIT.c.number.desc()).limit(1)).one()
    last, at = _last_told(connection, tenant), now(connection)
    if not _left(connection, tenant, _signed(last), at=at).rows:
        return None
    since = last.at if last else connection.execute(own.order_by(AUDIT.c.number).limit(1)).one().at
    many = head.number - (last.number if last else 0) >= rows
    return Checkpoint(tenant, head.number, head.digest, round(at, 6)) if many or at - since >= seconds else None


def _read(line: str) -> Checkpoint | None:
    if len(line) > _MOST_LINE:
        return None
    try:
        told = json.loads(line)
        found = Checkpoint(**told)
    except (ValueError, TypeError, RecursionError):
        return None
    kinds = {"tenant": str, "number": int, "digest": str, "at": float, "signature": str}
    return found if all(isinstance(getattr(found, one.name), kinds[one.name]) for one in fields(found)) else None


def _whole(descriptor: int) -> int:
    """How many bytes of a file are whole lines, however long what stands behind them is."""
    end = os.fstat(descriptor).st_size
    while end:
        start = max(0, end - 4096)
        newline = os.pread(descriptor, end - start, start).rfind(b"\n")
        if newline >= 0:
            return start + newline + 1
        end = start
    return 0
