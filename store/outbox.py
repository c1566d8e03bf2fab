"""What is to leave the house: rows that are sent at least once, each with a key by which its receiver knows it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from store import faults
from store.db import Database, now
from store.tables import OUTBOX
from store.work import new_id


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be sent: what happened (`kind`) to what of ours (`subject`); `key` is the receiver's dedup key."""

    id: str
    tenant: str
    kind: str
    key: str
    subject: str
    body: Mapping[str, object]


def announce(
    connection: sa.Connection, tenant: str, kind: str, subject: str, body: Mapping[str, object] | None = None
) -> str:
    """Have something told, once for the same kind, subject and body (but for who asks, "by"); the id of the message."""
    text = json.dumps(body or {}, sort_keys=True)
    same = json.dumps({name: value for name, value in (body or {}).items() if name != "by"}, sort_keys=True)
    key = f"{kind}:{subject}:{hashlib.sha256(same.encode()).hexdigest()}" if body else f"{kind}:{subject}"
    known = sa.select(OUTBOX.c.id).where(OUTBOX.c.tenant == tenant, OUTBOX.c.dedup_key == key)
    earlier = connection.execute(known).scalar_one_or_none()
    if earlier is not None:
        return str(earlier)
    at, identifier = now(connection), new_id()
    connection.execute(
        OUTBOX.insert().values(
            id=identifier, tenant=tenant, kind=kind, dedup_key=key, subject=subject, body=text,
            not_before=at, created_at=at,
        )
    )  # fmt: skip
    return identifier


def waiting(database: Database, *, most: int = 100) -> tuple[Message, ...]:
    """Messages that are due, the oldest first."""
    with database.read() as connection:
        chosen = (
            sa.select(OUTBOX)
            .where(OUTBOX.c.state == "ready", OUTBOX.c.not_before <= now(connection))
            .order_by(OUTBOX.c.created_at)
            .limit(most)
        )
        return tuple(
            Message(row.id, row.tenant, row.kind, row.dedup_key, row.subject, json.loads(row.body))
            for row in connection.execute(chosen)
        )


def mark(database: Database, message: Message, state: str) -> None:
    """Say what became of a message: "sent", "unknown" (a person is asked before it is sent again) or "failed"."""
    faults.reached("after_send_before_mark")
    with database.begin() as connection:
        connection.execute(OUTBOX.update().where(OUTBOX.c.id == message.id).values(state=state))
