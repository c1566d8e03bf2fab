"""Everything that people and machines read: each query is bounded by the tenant, and for an office by the office."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.correction import Correction
from models.principal import Principal
from models.problem import DossierError, NotFound, UsageError
from models.request import AuthorizationRequest
from store import audit
from store.assemblies import reassemble
from store.cases import lock
from store.db import Database, Scope, now
from store.outbox import announce
from store.tables import CORRECTION, DOCUMENT, FILE, PAGE, REQUEST, SUBMISSION
from store.work import new_id

_MOST = 200
# A time and an id; seven decimals write any time of this century exactly.
CURSOR = r"^[0-9]{1,11}\.[0-9]{7}-[0-9A-Za-z_-]{1,40}$"


# A list needs no word of what a request says, and must not read it either.
_LISTED = tuple(REQUEST.c[name] for name in ("id", "status", "version", "payer", "received_at", "due_at"))


class Changed(DossierError):
    """The request has changed since the caller looked at it."""

    http_status = 412
    state = "unchanged"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a list: its rows, newest first, and the cursor of the next part (None at the end)."""

    items: tuple[dict[str, Any], ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """A request, its version (the ETag), and its state beside what it says itself ("withdrawn")."""

    id: str
    version: int
    status: str
    case: str
    office: str | None
    changed_at: float
    request: AuthorizationRequest
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document: the file it came in, where its bytes lie, and its path within."""

    key: str
    tenant: str
    file_path: str
    file_sha256: str
    declared_type: str | None
    path: str
    sha256: str
    page_count: int
    ordinal: int
    result: str | None


@dataclass(frozen=True, slots=True)
class Repository:
    """What one caller may see. There is no way around its bounds: every query is made by `_own`."""

    database: Database
    who: Principal

    @property
    def scope(self) -> Scope:
        """Whose rows these are."""
        return Scope(self.who.tenant, self.who.office)

    def submission(self, identifier: str) -> dict[str, Any]:
        """A submission with its files and the place of each page, as the contract shows it.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        with self.database.read(self.scope) as connection:
            row = connection.execute(self._own(SUBMISSION).where(SUBMISSION.c.id == identifier)).first()
            if row is None:
                raise NotFound("There is no such submission.")
            files = connection.execute(
                self._own(FILE).where(FILE.c.submission == identifier).order_by(FILE.c.ordinal)
            ).all()
            pages = connection.execute(
                sa.select(PAGE, DOCUMENT.c.file, DOCUMENT.c.path)
                .join(DOCUMENT, DOCUMENT.c.id == PAGE.c.document)
                .where(DOCUMENT.c.file.in_([file.id for file in files]), PAGE.c.tenant == self.who.tenant)
                .order_by(DOCUMENT.c.ordinal, PAGE.c.page)
            ).all()
        return {
            "id": row.id,
            "state": row.state,
            "channel": row.channel,
            "received_at": row.received_at,
            "payer": row.payer,
            "note": row.note,
            "files": [
                {
                    "path": file.path, "sha256": file.sha256, "size": file.size, "media_type": file.media_type,
                    "state": file.state, "code": file.code,
                    "pages": [
                        {"document": page.document, "page": page.page, "state": page.state, "request": page.request}
                        for page in pages
                        if page.file == file.id
                    ],
                }
                for file in files
            ],
            "requests": sorted({page.request for page in pages if page.request is not None}),
        }  # fmt: skip

    def submissions(self, *, cursor: str | None = None, most: int = 50, state: str | None = None) -> Sheet:
        """Submissions, the newest first."""
        chosen = self._own(SUBMISSION)
        if state is not None:
            chosen = chosen.where(SUBMISSION.c.state == state)
        rows, after = self._part(SUBMISSION, chosen, cursor, most)
        return Sheet(
            tuple(
                {
                    "id": row.id,
                    "state": row.state,
                    "channel": row.channel,
                    "received_at": row.received_at,
                    "payer": row.payer,
                }
                for row in rows
            ),
            after,
        )

    def placed(self, submissions: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many pages and files of each submission are where: "pages:held", "files:rejected" and so on."""
        found: dict[str, dict[str, int]] = {identifier: {} for identifier in submissions}
        pages = (
            sa.select(FILE.c.submission, PAGE.c.state, sa.func.count().label("many"))
            .join(DOCUMENT, DOCUMENT.c.file == FILE.c.id)
            .join(PAGE, PAGE.c.document == DOCUMENT.c.id)
            .where(FILE.c.submission.in_(submissions), *self._bounds(FILE))
            .group_by(FILE.c.submission, PAGE.c.state)
        )
        files = (
            sa.select(FILE.c.submission, FILE.c.state, sa.func.count().label("many"))
            .where(FILE.c.submission.in_(submissions), *self._bounds(FILE))
            .group_by(FILE.c.submission, FILE.c.state)
        )
        with self.database.read(self.scope) as connection:
            for kind, counted in (("pages", pages), ("files", files)):
                for row in connection.execute(counted):
                    found[row.submission][f"{kind}:{row.state}"] = int(row.many)
        return found

    def state(self, identifier: str) -> str:
        """Where a submission stands.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        chosen = sa.select(SUBMISSION.c.state).where(SUBMISSION.c.id == identifier, *self._bounds(SUBMISSION))
        with self.database.read(self.scope) as connection:
            state = connection.execute(chosen).scalar_one_or_none()
        if state is None:
            raise NotFound("There is no such submission.")
        return str(state)

    def requests(
        self, *, cursor: str | None = None, most: int = 50, status: str | None = None, payer: str | None = None
    ) -> Sheet:
        """Requests, the newest first, without what they say."""
        chosen = self._own(REQUEST).with_only_columns(*_LISTED)
        if status is not None:
            chosen = chosen.where(REQUEST.c.status == status)
        if payer is not None:
            chosen = chosen.where(REQUEST.c.payer == payer)
        rows, after = self._part(REQUEST, chosen, cursor, most)
        return Sheet(tuple(_listed(row) for row in rows), after)

    def search(
        self, *, name: str | None, birth_date: str | None, member_id: str | None, cursor: str | None, most: int = 50
    ) -> Sheet:
        """Requests of a patient: by words of the name, the birth date (ISO), the member id, or several of these.

        Raises:
            UsageError: nothing is searched for.
        """
        chosen = self._own(REQUEST).with_only_columns(*_LISTED)
        words = [word for word in (name or "").casefold().split() if word]
        if not (words or birth_date or member_id):
            raise UsageError("Give a name, a birth date or a member id to search for.")
        for word in words:
            chosen = chosen.where(REQUEST.c.patient_name.contains(word, autoescape=True))
        if birth_date:
            chosen = chosen.where(REQUEST.c.birth_date == birth_date)
        if member_id:
            chosen = chosen.where(REQUEST.c.member_id == member_id.casefold())
        rows, after = self._part(REQUEST, chosen, cursor, most)
        return Sheet(tuple(_listed(row) for row in rows), after)

    def request(self, identifier: str) -> StoredRequest:
        """A request with the keys of its documents.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        with self.database.read(self.scope) as connection:
            return self._request(connection, identifier)

    def glance(self, identifier: str) -> dict[str, Any]:
        """A request as a list shows it, and the submission that began its case.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        with self.database.read(self.scope) as connection:
            chosen = self._own(REQUEST).with_only_columns(*_LISTED, REQUEST.c.case_id)
            row = connection.execute(chosen.where(REQUEST.c.id == identifier)).first()
        if row is None:
            raise NotFound("There is no such request.")
        return {**_listed(row), "submission": row.case_id}

    def document(self, key: str) -> StoredDocument:
        """A document by its key.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        chosen = (
            sa.select(DOCUMENT, FILE.c.path.label("file_path"), FILE.c.sha256.label("file_sha256"),
                      FILE.c.declared_type, FILE.c.result)
            .join(FILE, FILE.c.id == DOCUMENT.c.file)
            .where(DOCUMENT.c.id == key, *self._bounds(DOCUMENT))
        )  # fmt: skip
        with self.database.read(self.scope) as connection:
            row = connection.execute(chosen).first()
        if row is None:
            raise NotFound("There is no such document.")
        return StoredDocument(
            row.id, row.tenant, row.file_path, row.file_sha256, row.declared_type, row.path, row.sha256,
            row.page_count, row.ordinal, row.result,
        )  # fmt: skip

    def correct(self, identifier: str, corrections: Sequence[Correction], *, body: str, version: int | None) -> int:
        """Keep what a person said about values of a request, and have its case put together anew; the new version.

        `body` is the request with the values: what it says until its case is put together.

        Raises:
            UsageError: the request was withdrawn.
            NotFound: there is no such request, or not for this caller.
            Changed: it is not in the `version` that the caller saw.
        """
        with self.database.begin(self.scope) as connection:
            own = self._own(REQUEST).where(REQUEST.c.id == identifier)
            known = connection.execute(own).first()
            if known is None:
                raise NotFound("There is no such request.")
            lock(connection, known.case_id)
            row = connection.execute(own.with_for_update()).one()
            if row.status == "withdrawn":
                raise UsageError("The request was withdrawn: its papers are in another one. Change that one.")
            if version is not None and row.version != version:
                raise Changed(
                    "The request has changed since you looked at it. Look at it again, then repeat the change."
                )
            told = sa.select(sa.func.count()).where(CORRECTION.c.request == identifier)
            for number, one in enumerate(corrections, connection.execute(told).scalar_one() + 1):
                connection.execute(
                    CORRECTION.insert().values(
                        id=new_id(), tenant=row.tenant, office=row.office, request=identifier, path=one.path,
                        value=json.dumps(one.value), kind=one.kind, reason=one.reason, document=one.document,
                        made_by=one.made_by, made_at=now(connection), number=number, anchor=one.anchor,
                    )
                )  # fmt: skip
            connection.execute(
                REQUEST.update().where(REQUEST.c.id == identifier).values(version=row.version + 1, body=body)
            )
            reassemble(connection, row.tenant, row.case_id)
            audit.record(connection, self.who, "request.change", identifier)
        return int(row.version) + 1

    def ask(self, identifier: str, told: Mapping[str, object]) -> str:
        """Have what is missing asked for: a message that a transport sends later; its id.

        Raises:
            NotFound: there is no such request, or not for this caller.
        """
        with self.database.begin(self.scope) as connection:
            row = connection.execute(self._own(REQUEST).where(REQUEST.c.id == identifier)).first()
            if row is None:
                raise NotFound("There is no such request.")
            message = announce(connection, row.tenant, "missing.request", identifier, told)
            audit.record(connection, self.who, "missing.ask", identifier)
        return message

    def looked(self, action: str, subject: str) -> None:
        """Tell the audit that the caller has seen something."""
        with self.database.begin(self.scope) as connection:
            audit.record(connection, self.who, action, subject)

    def _request(self, connection: sa.Connection, identifier: str) -> StoredRequest:
        row = connection.execute(self._own(REQUEST).where(REQUEST.c.id == identifier)).first()
        if row is None:
            raise NotFound("There is no such request.")
        request = AuthorizationRequest.model_validate_json(row.body)
        keys = json.loads(row.keys)
        return StoredRequest(row.id, row.version, row.status, row.case_id, row.office, row.changed_at, request, keys)

    def _own(self, table: sa.Table) -> sa.Select[Any]:
        """The rows of a table that the caller may see."""
        return sa.select(table).where(*self._bounds(table))

    def _bounds(self, table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
        tenant = table.c.tenant == self.who.tenant
        return (tenant,) if self.who.office is None else (tenant, table.c.office == self.who.office)

    def _part(
        self, table: sa.Table, chosen: sa.Select[Any], cursor: str | None, most: int
    ) -> tuple[Sequence[Any], str | None]:
        """The next rows by time and id, and the cursor behind them."""
        if cursor is not None:
            at, identifier = _opened(cursor)
            chosen = chosen.where(
                sa.or_(table.c.received_at < at, sa.and_(table.c.received_at == at, table.c.id < identifier))
            )
        most = max(1, min(most, _MOST))
        ordered = chosen.order_by(table.c.received_at.desc(), table.c.id.desc()).limit(most + 1)
        with self.database.read(self.scope) as connection:
            rows = connection.execute(ordered).all()
        after = _closed(rows[most - 1]) if len(rows) > most else None
        return rows[:most], after


def _listed(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "status": row.status,
        "version": row.version,
        "payer": row.payer,
        "received_at": row.received_at,
        "due_at": row.due_at,
    }


def _closed(row: Any) -> str:
    return f"{row.received_at:.7f}-{row.id}"


def _opened(cursor: str) -> tuple[float, str]:
    if re.fullmatch(CURSOR, cursor) is None:
        raise UsageError("This cursor is none of ours. Begin the list anew.")
    at, _, identifier = cursor.partition("-")
    return float(at), identifier
