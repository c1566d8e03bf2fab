"""What came in for one case: its submissions, their files, and what people said about what was read off them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.correction import Correction
from models.received import Channel, ReceivedAtSource
from models.work import Lease
from store.db import Database
from store.tables import CORRECTION, DOCUMENT, FILE, REQUEST, SUBMISSION

# The states of a file that is not on its way any more.
ENDED = ("read", "rejected", "quarantined")
# Work on what was begun comes before new files: a day's worth in the order of what is due.
SOONER_S = 86_400.0


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A received file as it lies in the store; `result` is the address of what was read off it, None before.

    `version` is that of the pipeline that read it, 0 before.
    """

    id: str
    tenant: str
    office: str | None
    submission: str
    path: str
    declared_type: str | None
    sha256: str
    size: int
    state: str
    code: str | None
    result: str | None
    version: int = 0


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """A submission of a case."""

    id: str
    tenant: str
    office: str | None
    channel: Channel
    name: str
    received_at: dt.datetime
    received_at_source: ReceivedAtSource
    payer: str | None
    files: tuple[StoredFile, ...]


@dataclass(frozen=True, slots=True)
class StoredCase:
    """All submissions of a case, the one that began it first, and the corrections by the id of their request."""

    id: str
    tenant: str
    submissions: tuple[StoredSubmission, ...]
    corrections: Mapping[str, tuple[Correction, ...]]

    @property
    def version(self) -> int:
        """The latest version of the pipeline that has read one of its files; 0 if none was read."""
        return max((file.version for one in self.submissions for file in one.files), default=0)


def find_file(database: Database, lease: Lease) -> StoredFile:
    """The file that a unit of work is about."""
    with database.read() as connection:
        row = connection.execute(sa.select(FILE).where(FILE.c.id == lease.subject)).one()
        return _file(row, {})


def is_alone(database: Database, file: StoredFile) -> bool:
    """Whether nothing else came with a file."""
    others = sa.select(FILE.c.id).where(FILE.c.submission == file.submission, FILE.c.id != file.id).limit(1)
    with database.read() as connection:
        return connection.execute(others).first() is None


def find_case(database: Database, case: str) -> StoredCase:
    """Everything that came in for a case so far."""
    with database.read() as connection:
        return case_of(connection, case)


def keys_of(database: Database, places: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """The keys of documents, by whatever name they go; `places` gives the file of each and its ordinal there."""
    with database.read() as connection:
        chosen = sa.select(DOCUMENT.c.id, DOCUMENT.c.file, DOCUMENT.c.ordinal).where(
            DOCUMENT.c.file.in_({file for file, _ in places.values()})
        )
        keys = {(row.file, row.ordinal): row.id for row in connection.execute(chosen)}
    return {name: keys[place] for name, place in places.items()}


def lock(connection: sa.Connection, case: str) -> None:
    """Let nobody else change a case until this transaction ends; on SQLite nobody else writes anyway."""
    connection.execute(sa.select(SUBMISSION.c.id).where(SUBMISSION.c.id == case).with_for_update())


def versions_of(connection: sa.Connection, files: Iterable[str]) -> dict[str, int]:
    """The version of the pipeline that has read each file, as far as they were read."""
    chosen = sa.select(DOCUMENT.c.file, DOCUMENT.c.version).where(DOCUMENT.c.file.in_(files)).distinct()
    found: dict[str, int] = {}
    for row in connection.execute(chosen):
        found[row.file] = max(found.get(row.file, 0), int(row.version))
    return found


def case_of(connection: sa.Connection, case: str) -> StoredCase:
    """Everything that came in for a case, as one transaction sees it."""
    rows = connection.execute(sa.select(SUBMISSION).where(SUBMISSION.c.case_id == case)).all()
    ordered = sorted(rows, key=lambda row: (row.id != case, row.received_at, row.id))
    files = connection.execute(
        sa.select(FILE).where(FILE.c.submission.in_([row.id for row in ordered])).order_by(FILE.c.ordinal)
    ).all()
    versions = versions_of(connection, [file.id for file in files])
    submissions = tuple(
        StoredSubmission(
            row.id, row.tenant, row.office, row.channel, row.name, dt.datetime.fromtimestamp(row.received_at, dt.UTC),
            row.received_at_source, row.payer,
            tuple(_file(file, versions) for file in files if file.submission == row.id),
        )
        for row in ordered
    )  # fmt: skip
    return StoredCase(case, ordered[0].tenant, submissions, _corrections(connection, case))


def _corrections(connection: sa.Connection, case: str) -> dict[str, tuple[Correction, ...]]:
    chosen = (
        sa.select(CORRECTION)
        .join(REQUEST, REQUEST.c.id == CORRECTION.c.request)
        .where(REQUEST.c.case_id == case)
        .order_by(CORRECTION.c.request, CORRECTION.c.number)
    )
    found: dict[str, tuple[Correction, ...]] = {}
    for row in connection.execute(chosen):
        made_at = dt.datetime.fromtimestamp(row.made_at, dt.UTC)
        one = Correction(
            row.path, json.loads(row.value), row.kind, row.made_by, made_at, row.reason, row.document, row.anchor
        )
        found[row.request] = (*found.get(row.request, ()), one)
    return found


def _file(row: Any, versions: Mapping[str, int]) -> StoredFile:
    return StoredFile(
        row.id, row.tenant, row.office, row.submission, row.path, row.declared_type, row.sha256, row.size, row.state,
        row.code, row.result, versions.get(row.id, 0),
    )  # fmt: skip
