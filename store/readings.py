"""What was read off the files of a case: written with the work that read them, each page in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.work import Lease
from store import faults
from store.assemblies import reassemble
from store.cases import ENDED, SOONER_S, lock
from store.db import Database, now
from store.tables import DOCUMENT, FILE, PAGE, SUBMISSION, WORK
from store.work import add_work, finish, new_id


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One leaf of a file: read, or refused with a `code`."""

    path: str
    sha256: str
    media_type: str | None
    pages: tuple[int, ...]
    code: str | None = None


def save_reading(
    database: Database, lease: Lease, *, result: str, documents: Sequence[ReadDocument], version: int
) -> None:
    """Write what this `version` of the pipeline has read off a file.

    Once all files of its submission are through, its case is put together.

    Raises:
        LeaseLost: another worker has the file; nothing is written.
    """
    faults.reached("before_result_commit")
    with database.begin() as connection:
        finish(connection, lease)
        file = connection.execute(sa.select(FILE).where(FILE.c.id == lease.subject)).one()
        submission = connection.execute(sa.select(SUBMISSION).where(SUBMISSION.c.id == file.submission)).one()
        lock(connection, submission.case_id)
        # A container or a record has no pages of its own: where what was in it is refused, so is the file.
        codes = [document.code for document in documents if document.code]
        readable = any(document.pages for document in documents) or bool(documents and not codes)
        code = None if readable else next(iter(codes), "F017")
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


def read_again(database: Database, lease: Lease, file: str, *, needs: int) -> None:
    """Have a file read anew before its case is put together; that follows when it is read.

    A version of the pipeline before `needs` must not read it: what that one reads cannot be used.
    """
    with database.begin() as connection:
        finish(connection, lease)
        lock(connection, lease.subject)
        row = connection.execute(sa.select(FILE).where(FILE.c.id == file)).one()
        if row.state not in ENDED:
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
            due_at=now(connection) - SOONER_S,
            needs=needs,
        )


def end_file(connection: sa.Connection, file: str) -> None:
    """Have a case put together without a file that nothing could be made of: it is quarantined."""
    submission = connection.execute(
        sa.select(SUBMISSION).join(FILE, FILE.c.submission == SUBMISSION.c.id).where(FILE.c.id == file)
    ).one()
    lock(connection, submission.case_id)
    _continue(connection, submission)


def _continue(connection: sa.Connection, submission: Any) -> None:
    """Go on with the case if no file of the submission is on its way any more."""
    left = sa.select(sa.func.count()).where(FILE.c.submission == submission.id, FILE.c.state.not_in(ENDED))
    connection.execute(SUBMISSION.update().where(SUBMISSION.c.id == submission.id).values(state="processing"))
    if not connection.execute(left).scalar_one():
        reassemble(connection, submission.tenant, submission.case_id)


def _replace_documents(
    connection: sa.Connection, file: Any, case: str, documents: Sequence[ReadDocument], version: int
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
                page_count=len(document.pages), version=str(version), code=document.code,
            )
        )  # fmt: skip
        rows = [{"document": key, "page": page, "tenant": file.tenant, "case_id": case} for page in document.pages]
        if rows:
            connection.execute(PAGE.insert(), rows)
