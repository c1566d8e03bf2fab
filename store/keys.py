"""API keys: shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets

import sqlalchemy as sa

from models.principal import Principal
from store import audit
from store.db import Database, Scope, now
from store.tables import API_KEY
from store.work import new_id

_PREFIX = "dsk_"


def create(
    database: Database,
    by: Principal,
    *,
    role: str,
    office: str | None = None,
    label: str | None = None,
    scopes: frozenset[str] = frozenset(),
    days: int | None = None,
) -> str:
    """Make a key in the maker's tenant; the key itself, which is kept nowhere."""
    key = _PREFIX + secrets.token_urlsafe(32)
    with database.begin(Scope(by.tenant)) as connection:
        at, identifier = now(connection), new_id()
        connection.execute(
            API_KEY.insert().values(
                id=identifier, tenant=by.tenant, role=role, office=office, label=label, digest=digest_of(key),
                scopes=" ".join(sorted(scopes)), created_at=at, expires_at=at + days * 86_400 if days else None,
            )
        )  # fmt: skip
        audit.record(connection, by, "key.create", identifier)
    return key


def find(database: Database, key: str) -> Principal | None:
    """Whose key it is; None for one that is unknown, expired or revoked."""
    with database.read() as connection:
        row = connection.execute(sa.select(API_KEY).where(API_KEY.c.digest == digest_of(key))).first()
        if (
            row is None
            or row.revoked_at is not None
            or (row.expires_at is not None and row.expires_at < now(connection))
        ):
            return None
    return Principal(row.tenant, f"key:{row.id}", row.role, row.office, frozenset(row.scopes.split()))


def revoke(database: Database, by: Principal, identifier: str) -> bool:
    """End a key at once; whether there was one."""
    with database.begin(Scope(by.tenant)) as connection:
        ended = connection.execute(
            API_KEY.update()
            .where(API_KEY.c.id == identifier, API_KEY.c.tenant == by.tenant, API_KEY.c.revoked_at.is_(None))
            .values(revoked_at=now(connection))
        )
        audit.record(connection, by, "key.revoke", identifier)
        return ended.rowcount == 1


def any_key(database: Database) -> bool:
    """Whether a key was ever made: an installation begins with an administrator's."""
    with database.read() as connection:
        return connection.execute(sa.select(API_KEY.c.id).limit(1)).first() is not None


def digest_of(key: str) -> str:
    """What is kept of a key: it has 256 random bits, so that a plain digest tells nothing."""
    return hashlib.sha256(key.encode()).hexdigest()
