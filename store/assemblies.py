"""What became of a case: its requests, and the place of every page; written anew as often as the case changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from models.principal import SYSTEM, Principal
from models.request import AuthorizationRequest, HeldPage
from models.work import Lease
from store import audit, faults
from store.cases import ENDED, SOONER_S, StoredCase, case_of, lock, versions_of
from store.db import Database, now
from store.outbox import announce
from store.tables import FILE, PAGE, REQUEST, SUBMISSION, WORK
from store.work import add_work, finish


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
        case = case_of(connection, lease.subject)
        for ordinal, request in enumerate(requests):
            _put_request(connection, case, ordinal, request, documents)
        _withdraw(connection, case, keep=[request.id for request in requests])
        _place_pages(connection, requests=requests, held=held, documents=documents)
        through = [one.id for one in seen.submissions if all(file.state in ENDED for file in one.files)]
        connection.execute(SUBMISSION.update().where(SUBMISSION.c.id.in_(through)).values(state="done"))
        announce(connection, case.tenant, "case.assembled", case.id, {"version": lease.version})
        audit.record(connection, _worker(case.tenant), "case.assemble", case.id)
    faults.reached("after_result_commit")


def reassemble(connection: sa.Connection, tenant: str, case: str) -> None:
    """Have a case put together anew, without reading a page again. The caller has locked the case.

    That is for a worker who knows the latest version of the pipeline that has read one of its files.
    """
    versions = sa.select(sa.func.max(WORK.c.version)).where(WORK.c.stage == "assemble", WORK.c.subject == case)
    last = connection.execute(versions).scalar() or 0
    received = connection.execute(
        sa.select(sa.func.min(SUBMISSION.c.received_at)).where(SUBMISSION.c.case_id == case)
    ).scalar_one()
    files = (
        sa.select(FILE.c.id).join(SUBMISSION, SUBMISSION.c.id == FILE.c.submission).where(SUBMISSION.c.case_id == case)
    )
    read_by = versions_of(connection, connection.execute(files).scalars().all())
    add_work(
        connection, tenant=tenant, stage="assemble", subject=case, version=last + 1, due_at=received - SOONER_S,
        needs=max(read_by.values(), default=0),
    )  # fmt: skip


def _is_superseded(connection: sa.Connection, lease: Lease) -> bool:
    """Whether the case was queued again, or even written, since this work was."""
    later = sa.select(WORK.c.id).where(
        WORK.c.stage == "assemble",
        WORK.c.subject == lease.subject,
        WORK.c.version > lease.version,
        WORK.c.state != "quarantined",
    )
    return connection.execute(later.limit(1)).first() is not None


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


def _said(leaf: Any) -> str | None:
    """A value to search by: text, folded, and no longer than an index takes."""
    return str(leaf.value).casefold()[:200] if leaf is not None and leaf.value is not None else None


def _worker(tenant: str) -> Principal:
    return Principal(tenant=tenant, actor=SYSTEM.actor, role=SYSTEM.role)
