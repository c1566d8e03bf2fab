"""API keys: shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, fields

import sqlalchemy as sa

from models.principal import Principal
from store import audit
from store.db import Database, Scope, now
from store.tables import API_KEY
from store.work import new_id

_PREFIX = "dsk_"


@dataclass(frozen=True, slots=True)
class KnownKey:
    """What is kept of a key; times in seconds since 1970."""

    id: str
    role: str
    office: str | None
    label: str | None
    created_at: float
    expires_at: float | None
    revoked_at: float | None


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
    """Whose key it is; None for one that is unknown, expired or revoked. That one of ours was refused is recorded."""
    with database.read() as connection:
        row = connection.execute(sa.select(API_KEY).where(API_KEY.c.digest == digest_of(key))).first()
        if row is None:
            return None
        expired = row.expires_at is not None and row.expires_at < now(connection)
    who = Principal(row.tenant, f"key:{row.id}", row.role, row.office, frozenset(row.scopes.split()))
    if row.revoked_at is None and not expired:
        return who
    with database.begin(Scope(row.tenant)) as connection:
        audit.record(connection, who, "key.use", row.id, "expired" if expired else "revoked")
    return None


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


def known(database: Database, by: Principal) -> tuple[KnownKey, ...]:
    """All keys of the tenant, the oldest first."""
    columns = [API_KEY.c[name.name] for name in fields(KnownKey)]
    chosen = sa.select(*columns).where(API_KEY.c.tenant == by.tenant).order_by(API_KEY.c.created_at, API_KEY.c.id)
    with database.read(Scope(by.tenant)) as connection:
        return tuple(KnownKey(*row) for row in connection.execute(chosen))


def any_key(database: Database) -> bool:
    """Whether a key was ever made: an installation begins with an administrator's."""
    with database.read() as connection:
        return connection.execute(sa.select(API_KEY.c.id).limit(1)).first() is not None


def digest_of(key: str) -> str:
    """What is kept of a key: it has 256 random bits, so that a plain digest tells nothing."""
    return hashlib.sha256(key.encode()).hexdigest()
