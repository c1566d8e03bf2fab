"""People who sign in: passwords as argon2id, sessions as digests of tokens that only the browser has."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models.principal import MAIN, Principal
from models.problem import TransientError, UsageError
from store import audit
from store.db import Database, Scope, now
from store.tables import PERSON, SESSION
from store.work import new_id

# OWASP, "Password Storage Cheat Sheet": argon2id with 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Each takes 19 MiB and a core for a while: more at a time would let strangers take the service down.
_AT_ONCE, _PATIENCE_S = threading.BoundedSemaphore(2), 5.0
# reliability.md 5 and S8.
MOST_FAILURES, FAILURES_S = 10, 15 * 60.0
IDLE_S, IDLE_OFFICE_S, LONGEST_S = 15 * 60.0, 10 * 60.0, 12 * 3600.0
# A session's last use is written down so seldom that looking at a page need not wait for the disk.
_SEEN_S = 30.0
MARK_S = 90 * 86_400.0
SHORTEST = 12


class Crowded(TransientError):
    """More people sign in at a time than passwords can be checked."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What may be shown of a person; times in seconds since 1970. `signed_in_at` is when the last session began."""

    id: str
    name: str
    role: str
    office: str | None
    created_at: float
    blocked_at: float | None
    signed_in_at: float | None


@dataclass(frozen=True, slots=True)
class Session:
    """A person's signing in. `token` is known to the browser alone; `form_token` stands in every form."""

    who: Principal
    name: str
    token: str
    form_token: str

    @property
    def mark(self) -> str:
        """By this its browser is known again after the session (`familiar`). It opens nothing."""
        return _digest(self.token)


def create(
    database: Database, by: Principal, *, name: str, role: str, office: str | None, password: str
) -> str:  # fmt: skip
    """Add a person to the maker's tenant; the id.

    Raises:
        UsageError: the password is too short, or the name is taken.
    """
    if len(password) < SHORTEST:
        raise UsageError(f"A password needs at least {SHORTEST} characters.")
    identifier, kept = new_id(), _hash(password)
    with database.begin(Scope(by.tenant)) as connection:
        taken = sa.select(PERSON.c.id).where(PERSON.c.tenant == by.tenant, PERSON.c.name == _folded(name))
        if connection.execute(taken).first() is not None:
            raise UsageError("This name is taken. Choose another one.")
        connection.execute(
            PERSON.insert().values(
                id=identifier, tenant=by.tenant, name=_folded(name), role=role, office=office, password=kept,
                created_at=now(connection),
            )
        )  # fmt: skip
        audit.record(connection, by, "person.create", identifier)
    return identifier


def block(database: Database, by: Principal, identifier: str) -> bool:
    """Shut a person out at once, and end all their sessions; whether there was one."""
    with database.begin(Scope(by.tenant)) as connection:
        at = now(connection)
        blocked = connection.execute(
            PERSON.update().where(PERSON.c.id == identifier, PERSON.c.tenant == by.tenant).values(blocked_at=at)
        )
        connection.execute(
            SESSION.update()
            .where(SESSION.c.person == identifier, SESSION.c.tenant == by.tenant, SESSION.c.ended_at.is_(None))
            .values(ended_at=at)
        )
        audit.record(connection, by, "person.block", identifier)
    return blocked.rowcount == 1


def known(database: Database, by: Principal) -> tuple[KnownPerson, ...]:
    """All people of the tenant, in the order in which they were added."""
    # Sessions are kept for good, and have no index by person: they are walked once, not for each.
    last = (
        sa.select(SESSION.c.person, sa.func.max(SESSION.c.created_at).label("signed_in_at"))
        .where(SESSION.c.tenant == by.tenant)
        .group_by(SESSION.c.person)
        .subquery()
    )
    own = (PERSON.c.id, PERSON.c.name, PERSON.c.role, PERSON.c.office, PERSON.c.created_at, PERSON.c.blocked_at)
    joined = PERSON.outerjoin(last, last.c.person == PERSON.c.id)
    chosen = sa.select(*own, last.c.signed_in_at).select_from(joined).where(PERSON.c.tenant == by.tenant)
    with database.read(Scope(by.tenant)) as connection:
        rows = connection.execute(chosen.order_by(PERSON.c.created_at, PERSON.c.id))
        return tuple(KnownPerson(**row._asdict()) for row in rows)


def sign_in(
    database: Database, name: str, password: str, *, tenant: str = MAIN, earlier: str | None = None,
    known: bool = False,
) -> Session | None:  # fmt: skip
    """Begin a session, and end the `earlier` one of the same browser; None if name and password do not belong together.

    After ten failures within 15 minutes a person is kept out until 15 minutes have passed since the last one, whatever
    the password; not so from a browser that is `known`, or strangers could keep anybody out. An unknown name takes as
    long as a wrong password.
    """
    with database.read(Scope(tenant)) as connection:
        chosen = sa.select(PERSON).where(PERSON.c.tenant == tenant, PERSON.c.name == _folded(name))
        person = connection.execute(chosen).first()
    right = _verify(person.password if person is not None else _nobody(), password)
    if person is None:
        return None
    with database.begin(Scope(tenant)) as connection:
        # Attempts at the same time count one after the other.
        person = connection.execute(sa.select(PERSON).where(PERSON.c.id == person.id).with_for_update()).one()
        at = now(connection)
        who = _principal(person)
        recent = person.failures if person.failed_at is not None and at - person.failed_at < FAILURES_S else 0
        locked = recent >= MOST_FAILURES and not known
        if not right or person.blocked_at is not None or locked:
            connection.execute(
                PERSON.update()
                .where(PERSON.c.id == person.id)
                .values(failures=recent + 1 if recent < MOST_FAILURES else recent,
                        failed_at=at if recent < MOST_FAILURES else person.failed_at)
            )  # fmt: skip
            audit.record(connection, who, "session.begin", person.id, _why(person, locked=locked))
            return None
        connection.execute(PERSON.update().where(PERSON.c.id == person.id).values(failures=0, failed_at=None))
        if earlier is not None:
            _end(connection, earlier, at)
        session = Session(who, person.name, secrets.token_urlsafe(32), secrets.token_urlsafe(32))
        connection.execute(
            SESSION.insert().values(
                digest=_digest(session.token), tenant=tenant, person=person.id, form_token=session.form_token,
                created_at=at, seen_at=at,
            )
        )  # fmt: skip
        audit.record(connection, who, "session.begin", person.id)
    return session


def familiar(database: Database, name: str, mark: str, *, tenant: str = MAIN) -> bool:
    """Whether the browser with this mark has had a session of this person within 90 days."""
    with database.read(Scope(tenant)) as connection:
        since = now(connection) - MARK_S
        chosen = (
            sa.select(SESSION.c.digest)
            .join(PERSON, SESSION.c.person == PERSON.c.id)
            .where(PERSON.c.tenant == tenant, PERSON.c.name == _folded(name), SESSION.c.digest == mark)
            .where(SESSION.c.created_at > since)
        )
        return connection.execute(chosen).first() is not None


def find(database: Database, token: str, *, used: bool = True) -> Session | None:
    """The session of a token; None if it has ended, was idle for too long, or its person is shut out.

    Looking on is no use of a session: with `used` False it grows no longer.
    """
    with database.read() as connection:
        row = connection.execute(
            sa.select(PERSON, SESSION.c.form_token, SESSION.c.created_at.label("began_at"), SESSION.c.seen_at)
            .join(SESSION, SESSION.c.person == PERSON.c.id)
            .where(SESSION.c.digest == _digest(token), SESSION.c.ended_at.is_(None), PERSON.c.blocked_at.is_(None))
        ).first()
        at = now(connection)
    if row is None:
        return None
    idle = IDLE_OFFICE_S if row.role == "provider-office" else IDLE_S
    if at - row.seen_at > idle or at - row.began_at > LONGEST_S:
        return None
    if used and at - row.seen_at > _SEEN_S:
        with database.begin(Scope(row.tenant)) as connection:
            connection.execute(SESSION.update().where(SESSION.c.digest == _digest(token)).values(seen_at=at))
    return Session(_principal(row), row.name, token, row.form_token)


def sign_out(database: Database, session: Session) -> None:
    """End a session."""
    with database.begin(Scope(session.who.tenant)) as connection:
        _end(connection, session.token, now(connection))
        audit.record(connection, session.who, "session.end", session.who.actor.removeprefix("person:"))


def _end(connection: sa.Connection, token: str, at: float) -> None:
    connection.execute(
        SESSION.update().where(SESSION.c.digest == _digest(token), SESSION.c.ended_at.is_(None)).values(ended_at=at)
    )


def _principal(row: Any) -> Principal:
    return Principal(row.tenant, f"person:{row.id}", row.role, row.office)


def _why(person: Any, *, locked: bool) -> str:
    if person.blocked_at is not None:
        return "blocked"
    return "locked" if locked else "refused"


def _hash(password: str) -> str:
    with _turn():
        return _HASHER.hash(password)


def _verify(kept: str, password: str) -> bool:
    try:
        with _turn():
            return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=_PATIENCE_S):
        raise Crowded("Many people sign in now. Try again in a moment.")
    try:
        yield
    finally:
        _AT_ONCE.release()


@cache
def _nobody() -> str:
    """What an unknown name's password is compared with."""
    return _hash(secrets.token_urlsafe(16))


def _folded(name: str) -> str:
    return name.strip().casefold()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
