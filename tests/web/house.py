"""A small installation with papers of two offices and two tenants in it, read and put together."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from fastapi import FastAPI

from actions.checklists import policies
from actions.means import lend
from actions.page_pool import PagePool
from actions.receive import Inbox, nobody
from actions.render_page import PageRoom
from actions.service import Service
from actions.workshop import Worker
from models.arrival import Arrival
from models.principal import Principal
from pipeline import Context
from store import keys
from store.blobs import LocalBlobs
from store.db import open_database
from store.migrate import migrate
from store.quota import UNBOUNDED, Quota
from tests.actions import papers
from tests.web.clients import TestClient
from web.app import make_app
from web.limits import Limits

ADMIN = Principal("main", "system", "system")
OTHER = Principal("other", "system", "system")
LIMITS = Limits(calls_per_s=None, failures_per_s=None, stream_s=0.2, tick_s=0.02)


@dataclass(frozen=True, slots=True)
class Papers:
    """What came of one submission."""

    submission: str
    request: str
    document: str


@dataclass(frozen=True, slots=True)
class Installation:
    """A service with a worker; `client` calls it with a new key of a role."""

    service: Service
    worker: Worker
    app: FastAPI

    def key(
        self, role: str, *, office: str | None = None, by: Principal = ADMIN, scopes: frozenset[str] = frozenset()
    ) -> str:  # fmt: skip
        return keys.create(self.service.database, by, role=role, office=office, scopes=scopes)

    def client(
        self, role: str, *, office: str | None = None, by: Principal = ADMIN, scopes: frozenset[str] = frozenset()
    ) -> TestClient:  # fmt: skip
        return self.with_key(self.key(role, office=office, by=by, scopes=scopes))

    def with_key(self, key: str | None) -> TestClient:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        return TestClient(self.app, headers=headers, raise_server_exceptions=False)

    def paper(self, who: Principal, content: bytes, name: str = "form.pdf") -> Papers:
        """Have a file read and put together."""
        box = self.service.inbox
        accepted = box.accept(Arrival("api", name, (box.store(who, name, [content]),)), who)
        while self.worker.once():
            pass
        told = self.service.submission(dataclasses.replace(who, role="supervisor"), accepted.submission)
        page = next(iter(told["files"][0]["pages"]), {"request": "", "document": ""})
        return Papers(accepted.submission, page["request"], page["document"])


def install(
    folder: Path, *, limits: Limits = LIMITS, payers: Sequence[str] | None = None, quota: Quota = UNBOUNDED
) -> Installation:
    """An installation in a folder of its own, with nothing in it."""
    database = open_database(folder)
    migrate(database)
    # Whether rows survive a power cut is proved elsewhere; here hundreds of calls each write one for the audit.
    sa.event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    database.engine.dispose()
    blobs = LocalBlobs(folder / "blobs")
    means = lend(Path("/usr/share/tesseract-ocr/5/tessdata"), 1, limits={})
    room = PageRoom(blobs, means, folder / "drawn")
    service = Service(
        database, blobs, Inbox(database, blobs, nobody, quota), room, tuple(payers) if payers is not None else None
    )  # fmt: skip
    worker = Worker(
        "w", database, blobs, means, Context(policies(), None, "us"), PagePool(means.tessdata, 0), folder / "none"
    )  # fmt: skip
    return Installation(service, worker, make_app(service, limits=limits))


def form(patient: str = "Jane Sample", *, member: str = "XYZ12345", drug: str = "Humira 40 mg pen") -> bytes:
    """A request form as a PDF."""
    return papers.pdf(papers.form(patient, member=member, drug=drug))
