"""What came in for one case: its submissions and files, what was read off them, and what became of every page."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.correction import Correction
from models.principal import SYSTEM, Principal
from models.received import Channel, ReceivedAtSource
from models.request import AuthorizationRequest, HeldPage
from models.work import Lease
from store import audit, faults
from store.db import Database, now
from store.outbox import announce
from store.tables import CORRECTION, DOCUMENT, FILE, PAGE, REQUEST, SUBMISSION, WORK
from store.work import add_work, finish, new_id

# Work on what was begun comes before new files: a day's worth in the order of what is due.
_SOONER_S = 86_400.0
_ENDED = ("read", "rejected", "quarantined")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A received file as it lies in the store; `result` is the address of what was read off it, None before."""

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


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One leaf of a file: read, or refused with a `code`."""

    path: str
    sha256: str
    media_type: str | None
    pages: tuple[int, ...]
    code: str | None = None


def find_file(database: Database, lease: Lease) -> StoredFile:
    """The file that a unit of work is about."""
    with database.read() as connection:
        row = connection.execute(sa.select(FILE).where(FILE.c.id == lease.subject)).one()
        return _file(row)


def find_case(database: Database, case: str) -> StoredCase:
    """Everything that came in for a case so far."""
    with database.read() as connection:
        return _case(connection, case)


def keys_of(database: Database, places: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """The keys of documents, by whatever name they go; `places` gives the file of each and its ordinal there."""
    with database.read() as connection:
        chosen = sa.select(DOCUMENT.c.id, DOCUMENT.c.file, DOCUMENT.c.ordinal).where(
            DOCUMENT.c.file.in_({file for file, _ in places.values()})
        )
        keys = {(row.file, row.ordinal): row.id for row in connection.execute(chosen)}
    return {name: keys[place] for name, place in places.items()}


def save_reading(
    database: Database, lease: Lease, *, result: str, documents: Sequence[ReadDocument], version: str
) -> None:
    """Write what was read off a file, and have its case put together once all files of its submission are through.

    Raises:
        LeaseLost: another worker has the file; nothing is written.
    """
    faults.reached("before_result_commit")
    with database.begin() as connection:
        finish(connection, lease)
        file = connection.execute(sa.select(FILE).where(FILE.c.id == lease.subject)).one()
        submission = connection.execute(sa.select(SUBMISSION).where(SUBMISSION.c.id == file.submission)).one()
        lock(connection, submission.case_id)
        readable = any(document.code is None for document in documents)
        code = None if readable else next((d.code for d in documents if d.code), "F017")
        connection.execute(
            FILE.update()
            .where(FILE.c.id == file.id)
            .values(
                state="read" if readable else "rejected", code=code, result=result,
                media_type=documents[0].media_type if documents else None,
            )
        )  # fmt: skip
        _replace_documents(connection, file, submission.case_id, documents, version)
        _continue(connection, submission)
    faults.reached("after_result_commit")


def read_again(database: Database, lease: Lease, file: str) -> None:
    """Have a file read anew before its case is put together; that follows when it is read."""
    with database.begin() as connection:
        finish(connection, lease)
        lock(connection, lease.subject)
        row = connection.execute(sa.select(FILE).where(FILE.c.id == file)).one()
        if row.state not in _ENDED:
            return
        last = sa.select(sa.func.max(WORK.c.version)).where(WORK.c.stage == "read", WORK.c.subject == file)
        version = (connection.execute(last).scalar() or 0) + 1
        connection.execute(FILE.update().where(FILE.c.id == file).values(state="received", result=None))
        connection.execute(SUBMISSION.update().where(SUBMISSION.c.id == row.submission).values(state="processing"))
        add_work(
            connection,
            tenant=row.tenant,
            stage="read",
            subject=file,
            version=version,
            due_at=now(connection) - _SOONER_S,
        )


def end_file(connection: sa.Connection, file: str) -> None:
    """Have a case put together without a file that nothing could be made of: it is quarantined."""
    submission = connection.execute(
        sa.select(SUBMISSION).join(FILE, FILE.c.submission == SUBMISSION.c.id).where(FILE.c.id == file)
    ).one()
    lock(connection, submission.case_id)
    _continue(connection, submission)


def lock(connection: sa.Connection, case: str) -> None:
    """Let nobody else change a case until this transaction ends; on SQLite nobody else writes anyway."""
    connection.execute(sa.select(SUBMISSION.c.id).where(SUBMISSION.c.id == case).with_for_update())


def save_assembly(
    database: Database,
    lease: Lease,
    *,
    seen: StoredCase,
    requests: Sequence[AuthorizationRequest],
    held: Sequence[HeldPage],
    documents: Mapping[str, str],
) -> None:
    """Write the requests of a case as it was `seen`, and where each page went; nothing if it has changed since.

    Whatever changed it has queued it anew. `documents` gives the key of each document by its id.

    Raises:
        LeaseLost: another worker has the case; nothing is written.
    """
    faults.reached("before_result_commit")
    with database.begin() as connection:
        finish(connection, lease)
        lock(connection, lease.subject)
        if _is_superseded(connection, lease):
            return
        case = _case(connection, lease.subject)
        for ordinal, request in enumerate(requests):
            _put_request(connection, case, ordinal, request, documents)
        _withdraw(connection, case, keep=[request.id for request in requests])
        _place_pages(connection, requests=requests, held=held, documents=documents)
        through = [one.id for one in seen.submissions if all(file.state in _ENDED for file in one.files)]
        connection.execute(SUBMISSION.update().where(SUBMISSION.c.id.in_(through)).values(state="done"))
        announce(connection, case.tenant, "case.assembled", case.id, {"version": lease.version})
        audit.record(connection, _worker(case.tenant), "case.assemble", case.id)
    faults.reached("after_result_commit")


def reassemble(connection: sa.Connection, tenant: str, case: str) -> None:
    """Have a case put together anew, without reading a page again. The caller has locked the case."""
    versions = sa.select(sa.func.max(WORK.c.version)).where(WORK.c.stage == "assemble", WORK.c.subject == case)
    last = connection.execute(versions).scalar() or 0
    received = connection.execute(
        sa.select(sa.func.min(SUBMISSION.c.received_at)).where(SUBMISSION.c.case_id == case)
    ).scalar_one()
    add_work(
        connection, tenant=tenant, stage="assemble", subject=case, version=last + 1, due_at=received - _SOONER_S
    )  # fmt: skip


def gap(connection: sa.Connection) -> int:
    """Pages that are in no place or in two while nobody works on their case: always 0.

    A case that waits for a person (`quarantined` in the metrics of work) is not counted.
    """
    assembling = sa.select(WORK.c.subject).where(WORK.c.stage == "assemble", WORK.c.state != "done")
    reading = (
        sa.select(SUBMISSION.c.case_id)
        .join(FILE, FILE.c.submission == SUBMISSION.c.id)
        .join(WORK, WORK.c.subject == FILE.c.id)
        .where(WORK.c.stage == "read", WORK.c.state.in_(("ready", "leased", "waiting_retry")))
    )
    counted = sa.select(sa.func.count()).where(
        PAGE.c.state == "in_progress", PAGE.c.case_id.not_in(assembling), PAGE.c.case_id.not_in(reading)
    )
    expected = sa.select(sa.func.coalesce(sa.func.sum(DOCUMENT.c.page_count), 0))
    total = connection.execute(expected).scalar_one()
    pages = connection.execute(sa.select(sa.func.count()).select_from(PAGE)).scalar_one()
    return int(connection.execute(counted).scalar_one()) + abs(int(total) - int(pages))


def _is_superseded(connection: sa.Connection, lease: Lease) -> bool:
    """Whether the case was queued again, or even written, since this work was."""
    later = sa.select(WORK.c.id).where(
        WORK.c.stage == "assemble",
        WORK.c.subject == lease.subject,
        WORK.c.version > lease.version,
        WORK.c.state != "quarantined",
    )
    return connection.execute(later.limit(1)).first() is not None


def _continue(connection: sa.Connection, submission: Any) -> None:
    """Go on with the case if no file of the submission is on its way any more."""
    left = sa.select(sa.func.count()).where(FILE.c.submission == submission.id, FILE.c.state.not_in(_ENDED))
    if connection.execute(left).scalar_one():
        connection.execute(SUBMISSION.update().where(SUBMISSION.c.id == submission.id).values(state="processing"))
    else:
        reassemble(connection, submission.tenant, submission.case_id)


def _replace_documents(
    connection: sa.Connection, file: Any, case: str, documents: Sequence[ReadDocument], version: str
) -> None:
    earlier = sa.select(DOCUMENT.c.id).where(DOCUMENT.c.file == file.id)
    connection.execute(PAGE.delete().where(PAGE.c.document.in_(earlier)))
    connection.execute(DOCUMENT.delete().where(DOCUMENT.c.file == file.id))
    for ordinal, document in enumerate(documents, 1):
        key = new_id()
        connection.execute(
            DOCUMENT.insert().values(
                id=key, tenant=file.tenant, office=file.office, file=file.id, case_id=case, ordinal=ordinal,
                path=document.path, sha256=document.sha256, media_type=document.media_type,
                page_count=len(document.pages), version=version, code=document.code,
            )
        )  # fmt: skip
        rows = [{"document": key, "page": page, "tenant": file.tenant, "case_id": case} for page in document.pages]
        if rows:
            connection.execute(PAGE.insert(), rows)


def _put_request(
    connection: sa.Connection, case: StoredCase, ordinal: int, request: AuthorizationRequest, keys: Mapping[str, str]
) -> None:
    """Insert a request, or replace it where something changed."""
    body = request.model_dump_json(by_alias=True)
    values = {
        "ordinal": ordinal, "keys": json.dumps({one.id: keys[one.id] for one in request.documents if one.id in keys}),
        "status": request.status, "payer": request.payer, "body": body,
        "received_at": request.received_at.timestamp(),
        "due_at": min((one.due_at.timestamp() for one in request.deadlines if one.kind == "decision"), default=None),
        "patient_name": _said(request.patient.name.full), "birth_date": _said(request.patient.birth_date),
        "member_id": _said(request.coverage.member_id), "changed_at": now(connection),
    }  # fmt: skip
    known = connection.execute(sa.select(REQUEST).where(REQUEST.c.id == request.id).with_for_update()).first()
    if known is None:
        office = case.submissions[0].office
        connection.execute(
            REQUEST.insert().values(id=request.id, tenant=case.tenant, office=office, case_id=case.id, **values)
        )
        announce(connection, case.tenant, "request.made", request.id)
    elif any(getattr(known, name) != values[name] for name in ("body", "status", "keys")):
        connection.execute(
            REQUEST.update().where(REQUEST.c.id == request.id).values(version=known.version + 1, **values)
        )
        announce(connection, case.tenant, "request.changed", request.id, {"version": known.version + 1})


def _withdraw(connection: sa.Connection, case: StoredCase, *, keep: Sequence[str]) -> None:
    """Requests that the case no longer yields stay to be looked at; no page is theirs."""
    connection.execute(
        REQUEST.update()
        .where(REQUEST.c.case_id == case.id, REQUEST.c.id.not_in(keep), REQUEST.c.status != "withdrawn")
        .values(status="withdrawn", version=REQUEST.c.version + 1, changed_at=now(connection))
    )


def _place_pages(
    connection: sa.Connection,
    *,
    requests: Iterable[AuthorizationRequest],
    held: Iterable[HeldPage],
    documents: Mapping[str, str],
) -> None:
    placed = [
        {"d": documents[document.id], "p": page, "s": "request", "r": request.id, "w": None}
        for request in requests
        for document in request.documents
        for part in document.parts
        for page in part.pages
    ]
    placed += [{"d": documents[one.document], "p": one.page, "s": "held", "r": None, "w": one.code} for one in held]
    if placed:
        connection.execute(
            PAGE.update()
            .where(PAGE.c.document == sa.bindparam("d"), PAGE.c.page == sa.bindparam("p"))
            .values(state=sa.bindparam("s"), request=sa.bindparam("r"), reason=sa.bindparam("w")),
            placed,
        )


def _case(connection: sa.Connection, case: str) -> StoredCase:
    rows = connection.execute(sa.select(SUBMISSION).where(SUBMISSION.c.case_id == case)).all()
    ordered = sorted(rows, key=lambda row: (row.id != case, row.received_at, row.id))
    files = connection.execute(
        sa.select(FILE).where(FILE.c.submission.in_([row.id for row in ordered])).order_by(FILE.c.ordinal)
    ).all()
    submissions = tuple(
        StoredSubmission(
            row.id, row.tenant, row.office, row.channel, row.name, dt.datetime.fromtimestamp(row.received_at, dt.UTC),
            row.received_at_source, row.payer, tuple(_file(file) for file in files if file.submission == row.id),
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


def _file(row: Any) -> StoredFile:
    return StoredFile(
        row.id, row.tenant, row.office, row.submission, row.path, row.declared_type, row.sha256, row.size, row.state,
        row.code, row.result,
    )  # fmt: skip


def _said(leaf: Any) -> str | None:
    """A value to search by: text, folded, and no longer than an index takes."""
    return str(leaf.value).casefold()[:200] if leaf is not None and leaf.value is not None else None


def _worker(tenant: str) -> Principal:
    return Principal(tenant=tenant, actor=SYSTEM.actor, role=SYSTEM.role)
