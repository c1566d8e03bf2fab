"""A case as workers leave it in a database, without a page that was really read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from models.annotations import PartType
from models.arrival import Accepted, Arrival
from models.request import AuthorizationRequest, HeldPage, RequestDocument, RequestPart
from models.work import Lease
from store import assemblies, cases, readings, work
from store.db import Database
from store.inbox import accept
from store.readings import ReadDocument
from store.tables import DOCUMENT
from tests.store.databases import SHA, WHO, files


def send(database: Database, *names: str, answers: str | None = None) -> Accepted:
    """Files that were accepted."""
    return accept(database, Arrival("api", "upload", files(*(names or ("a.pdf",))), answers=answers), WHO)


def taken(database: Database, stage: str, *, knows: int | None = None) -> Lease:
    """The next unit of work, which must be of a stage."""
    lease = work.take(database, "w", knows=knows)
    assert lease is not None
    assert lease.stage == stage
    return lease


def read(database: Database, *, pages: int = 2, code: str | None = None, version: int = 3) -> Lease:
    """The next file, read by a version: one document of so many pages, or refused with a code."""
    lease = taken(database, "read", knows=version)
    numbers = tuple(range(1, pages + 1)) if code is None else ()
    document = ReadDocument("a.pdf", SHA, "application/pdf", numbers, code)
    readings.save_reading(database, lease, result="b" * 64, documents=(document,), version=version)
    return lease


def assembled(
    database: Database, *requests: AuthorizationRequest, held: Sequence[HeldPage] = (), lease: Lease | None = None
) -> Lease:
    """The next case, put together into these requests."""
    lease = lease or taken(database, "assemble")
    assemblies.save_assembly(
        database, lease, seen=cases.find_case(database, lease.subject), requests=requests, held=held,
        documents=keys(database),
    )  # fmt: skip
    return lease


def keys(database: Database) -> dict[str, str]:
    """The keys of all documents, called d1, d2 ... in the order of their files."""
    with database.read() as connection:
        rows = connection.execute(
            sa.select(DOCUMENT.c.id).order_by(sa.text("rowid" if not database.postgres else "ctid"))
        )
        return {f"d{number}": key for number, key in enumerate(rows.scalars(), 1)}


def request(identifier: str = "r-1", **pages: tuple[int, ...]) -> AuthorizationRequest:
    """A request over pages of documents (`d1=(1, 2)`)."""
    documents = tuple(
        RequestDocument(
            id=name, sha256=SHA, path="a.pdf", filename="a.pdf", parent=None, media_type="application/pdf",
            page_count=len(own), dpi=None, duplicate_of=None,
            parts=(
                RequestPart(
                    type=PartType.OTHER, loinc=None, pages=own, title=None, confidence=1.0, patient="same"
                ),
            ),
        )
        for name, own in pages.items()
    )  # fmt: skip
    return AuthorizationRequest(
        id=identifier, status="needs_review", submissions=("s",), channel="api",
        received_at=dt.datetime(2026, 9, 15, tzinfo=dt.UTC), received_at_source="now", payer=None, market="us",
        documents=documents,
    )  # fmt: skip


def held(document: str, page: int) -> HeldPage:
    """A page that belongs to no request."""
    return HeldPage(submission="s", file="a.pdf", document=document, page=page, code="other-patient", reason="another")
