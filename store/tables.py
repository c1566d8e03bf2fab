"""All tables of the service. Times are seconds since 1970 by the database's clock, ids are ours and tell nothing.

Every row belongs to a tenant. What a submission brought is kept as it came; requests are made of it anew at will, and
what people said about them lies beside them in `correction`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(40), primary_key=True)


def _tenant() -> sa.Column[str]:
    return sa.Column("tenant", sa.String(40), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Double, nullable=nullable)


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=nullable, server_default=default)


def _count(name: str, *, default: int | None = None, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=nullable, server_default=None if default is None else str(default))


def _one_of(column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


SUBMISSION = sa.Table(
    "submission",
    METADATA,
    _id(),
    _tenant(),
    _text("office", nullable=True),
    # The submission that began the case: its own id, or that of the request it answers.
    sa.Column("case_id", sa.String(40), nullable=False),
    _text("channel"),
    _text("name"),
    _time("received_at"),
    _text("received_at_source"),
    # What its source calls it (an Idempotency-Key, a mail's UID): the same key never makes a second submission.
    _text("source_key", nullable=True),
    _text("body_digest"),
    _text("payer", nullable=True),
    _text("note", nullable=True),
    _text("answers", nullable=True),
    _text("created_by"),
    _text("state", default="received"),
    _one_of("state", "received", "processing", "done"),
    sa.UniqueConstraint("tenant", "source_key"),
    sa.Index("ix_submission_case", "case_id"),
    sa.Index("ix_submission_listed", "tenant", "received_at", "id"),
    sa.Index("ix_submission_office", "tenant", "office", "received_at", "id"),
)

FILE = sa.Table(
    "file",
    METADATA,
    _id(),
    _tenant(),
    _text("office", nullable=True),
    sa.Column("submission", sa.ForeignKey("submission.id"), nullable=False),
    _count("ordinal"),
    _text("path"),
    _text("declared_type", nullable=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    _text("media_type", nullable=True),
    _text("state", default="received"),
    _text("code", nullable=True),
    # The address of what was read off it: one JSON value in the object store.
    sa.Column("result", sa.String(64), nullable=True),
    _one_of("state", "received", "reading", "read", "waiting_retry", "rejected", "quarantined"),
    sa.UniqueConstraint("submission", "ordinal"),
)

# One leaf of a file that was read, or refused (`code`).
DOCUMENT = sa.Table(
    "document",
    METADATA,
    _id(),
    _tenant(),
    _text("office", nullable=True),
    sa.Column("file", sa.ForeignKey("file.id"), nullable=False),
    sa.Column("case_id", sa.String(40), nullable=False),
    _count("ordinal"),
    _text("path"),
    sa.Column("sha256", sa.String(64), nullable=False),
    _text("media_type", nullable=True),
    _count("page_count"),
    _text("version"),
    _text("code", nullable=True),
    sa.UniqueConstraint("file", "ordinal"),
    sa.Index("ix_document_case", "case_id"),
)

# Every received page, in exactly one place.
PAGE = sa.Table(
    "page",
    METADATA,
    sa.Column("document", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("page", sa.Integer, primary_key=True),
    _tenant(),
    sa.Column("case_id", sa.String(40), nullable=False),
    _text("state", default="in_progress"),
    _text("request", nullable=True),
    _text("reason", nullable=True),
    _one_of("state", "in_progress", "request", "held", "returned", "rejected"),
    sa.CheckConstraint("(state = 'request') = (request IS NOT NULL)", name="placed"),
    sa.Index("ix_page_case", "case_id"),
    sa.Index("ix_page_state", "state"),
)

REQUEST = sa.Table(
    "request",
    METADATA,
    _id(),
    _tenant(),
    _text("office", nullable=True),
    sa.Column("case_id", sa.String(40), nullable=False),
    _count("ordinal"),
    _count("version", default=1),
    _text("status"),
    _text("payer", nullable=True),
    _time("received_at"),
    _time("due_at", nullable=True),
    _time("changed_at"),
    # For searches that are POSTed; the words themselves stand in `body`.
    _text("patient_name", nullable=True),
    _text("birth_date", nullable=True),
    _text("member_id", nullable=True),
    _text("body"),
    # The key of each of its documents, by the id that it has in the body.
    _text("keys", default="{}"),
    _one_of("status", "ready", "needs_review", "withdrawn"),
    # Each ends in the order of the lists; words of a name are looked for in the first one, row after row.
    sa.Index("ix_request_listed", "tenant", "received_at", "id", "patient_name"),
    sa.Index("ix_request_office", "tenant", "office", "received_at", "id"),
    sa.Index("ix_request_status", "tenant", "status", "received_at", "id"),
    sa.Index("ix_request_payer", "tenant", "payer", "received_at", "id"),
    sa.Index("ix_request_birth", "tenant", "birth_date", "received_at", "id"),
    sa.Index("ix_request_member", "tenant", "member_id", "received_at", "id"),
    sa.Index("ix_request_case", "case_id"),
)

# What a person said about a value; it outlives every re-run.
CORRECTION = sa.Table(
    "correction",
    METADATA,
    _id(),
    _tenant(),
    _text("office", nullable=True),
    sa.Column("request", sa.ForeignKey("request.id"), nullable=False),
    _text("path"),
    _text("value"),
    _text("kind"),
    _text("reason", nullable=True),
    _text("document", nullable=True),
    _text("made_by"),
    _time("made_at"),
    # Their order within the request: clocks may step back.
    _count("number"),
    _text("anchor", nullable=True),
    _one_of("kind", "correct_reading", "provider_change"),
    sa.UniqueConstraint("request", "number"),
)

WORK = sa.Table(
    "work",
    METADATA,
    _id(),
    _tenant(),
    _text("stage"),
    sa.Column("subject", sa.String(40), nullable=False),
    _count("version"),
    _text("state", default="ready"),
    sa.Column("lease_token", sa.String(40), nullable=True),
    _time("lease_until", nullable=True),
    _text("leased_by", nullable=True),
    _count("attempts", default=0),
    _count("deaths", default=0),
    _time("not_before"),
    # Smaller is sooner: when it is due, in seconds since 1970.
    _time("due_at"),
    _text("reason", nullable=True),
    _time("changed_at"),
    # Only a worker of this version of the pipeline or a later one may take it.
    _count("needs", default=0),
    _one_of("state", "ready", "leased", "done", "waiting_retry", "quarantined"),
    _one_of("stage", "read", "assemble"),
    sa.UniqueConstraint("stage", "subject", "version"),
    sa.Index("ix_work_next", "state", "due_at"),
    sa.Index("ix_work_leased", "state", "lease_until"),
)

OUTBOX = sa.Table(
    "outbox",
    METADATA,
    _id(),
    _tenant(),
    _text("kind"),
    _text("dedup_key"),
    _text("subject"),
    _text("body", default="{}"),
    _text("state", default="ready"),
    _count("attempts", default=0),
    _time("not_before"),
    _time("created_at"),
    _one_of("state", "ready", "sent", "unknown", "failed", "asked"),
    sa.UniqueConstraint("tenant", "dedup_key"),
    sa.Index("ix_outbox_next", "state", "not_before"),
)

_OF_CHECKPOINTS = sa.text("action = 'audit.checkpoint'")

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("tenant", sa.String(40), primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    _time("at"),
    _text("actor"),
    _text("role"),
    _text("office", nullable=True),
    _text("action"),
    _text("subject"),
    _text("outcome"),
    sa.Column("before", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    # The few rows that tell of checkpoints (store.audit.CHECKPOINT), found however many others there are.
    sa.Index("ix_audit_checkpoint", "tenant", "number", sqlite_where=_OF_CHECKPOINTS, postgresql_where=_OF_CHECKPOINTS),
)

API_KEY = sa.Table(
    "api_key",
    METADATA,
    _id(),
    _tenant(),
    _text("role"),
    _text("office", nullable=True),
    _text("label", nullable=True),
    _text("scopes", default=""),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    _time("created_at"),
    _time("expires_at", nullable=True),
    _time("revoked_at", nullable=True),
)

PERSON = sa.Table(
    "person",
    METADATA,
    _id(),
    _tenant(),
    _text("name"),
    _text("role"),
    _text("office", nullable=True),
    _text("password"),
    _time("created_at"),
    _time("blocked_at", nullable=True),
    _count("failures", default=0),
    _time("failed_at", nullable=True),
    sa.UniqueConstraint("tenant", "name"),
)

SESSION = sa.Table(
    "session",
    METADATA,
    sa.Column("digest", sa.String(64), primary_key=True),
    _tenant(),
    sa.Column("person", sa.ForeignKey("person.id"), nullable=False),
    _text("form_token"),
    _time("created_at"),
    _time("seen_at"),
    _time("ended_at", nullable=True),
)

# What an office, or a sender without one, has sent on a day: days since 1970 (UTC).
SENT = sa.Table(
    "sent",
    METADATA,
    sa.Column("tenant", sa.String(40), primary_key=True),
    sa.Column("sender", sa.Text, primary_key=True),
    sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    _count("files"),
)

# Tables whose rows belong to a provider office, too.
OF_OFFICES = (SUBMISSION, FILE, DOCUMENT, REQUEST, CORRECTION)
