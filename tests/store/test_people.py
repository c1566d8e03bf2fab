from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.principal import Principal
from models.problem import TransientError, UsageError
from store import people
from store.db import Database
from store.tables import AUDIT, PERSON, SESSION
from tests.store.databases import new_database

ADMIN = Principal("main", "key:admin", "admin")
PASSWORD = "correct horse battery"


@pytest.fixture
def database(any_database: Database) -> Database:
    people.create(any_database, ADMIN, name="Ana", role="processor", office=None, password=PASSWORD)
    people.create(any_database, ADMIN, name="office", role="provider-office", office="o1", password=PASSWORD)
    return any_database


def later(database: Database, seconds: float) -> None:
    """Have all sessions and failures lie further back."""
    with database.begin() as connection:
        for column in (SESSION.c.created_at, SESSION.c.seen_at, PERSON.c.failed_at):
            connection.execute(sa.update(column.table).values({column.name: column - seconds}))


def begun(database: Database, name: str = "ana") -> people.Session:
    session = people.sign_in(database, name, PASSWORD)
    assert session is not None
    return session


def test_a_person_signs_in_by_any_case_of_the_name(database: Database) -> None:
    session = begun(database, " ANA ")
    assert (session.who.tenant, session.who.role, session.who.office) == ("main", "processor", None)
    assert people.find(database, session.token) == session
    assert begun(database, "office").who.office == "o1"


def test_neither_password_nor_token_is_kept(database: Database) -> None:
    session = begun(database)
    with database.read() as connection:
        kept = str(connection.execute(sa.select(PERSON)).all()) + str(connection.execute(sa.select(SESSION)).all())
    assert PASSWORD not in kept
    assert session.token not in kept
    assert "$argon2id$" in kept


def test_people_are_known_with_their_last_sign_in(database: Database) -> None:
    people.create(database, replace(ADMIN, tenant="other"), name="eve", role="qa", office=None, password=PASSWORD)
    begun(database)
    later(database, 3600)
    begun(database)
    ana, office = people.known(database, ADMIN)
    assert (ana.name, ana.role, ana.office, ana.blocked_at) == ("ana", "processor", None, None)
    assert ana.signed_in_at is not None
    assert ana.signed_in_at >= ana.created_at
    assert (office.name, office.office, office.signed_in_at) == ("office", "o1", None)
    people.block(database, ADMIN, office.id)
    assert people.known(database, ADMIN)[1].blocked_at is not None


@pytest.mark.parametrize(("name", "password"), [("ana", "wrong"), ("nobody", PASSWORD), ("ana", ""), ("", "")])
def test_others_do_not(database: Database, name: str, password: str) -> None:
    assert people.sign_in(database, name, password) is None
    assert people.sign_in(database, "ana", PASSWORD, tenant="other") is None


def test_a_name_is_given_once_and_a_password_is_long(database: Database) -> None:
    with pytest.raises(UsageError, match="taken"):
        people.create(database, ADMIN, name="ana ", role="qa", office=None, password=PASSWORD)
    with pytest.raises(UsageError, match="at least 12"):
        people.create(database, ADMIN, name="bo", role="qa", office=None, password="short")


def test_ten_failures_shut_the_door_for_a_quarter_of_an_hour(database: Database) -> None:
    for _ in range(10):
        assert people.sign_in(database, "ana", "wrong") is None
    assert people.sign_in(database, "ana", PASSWORD) is None
    later(database, 14 * 60)
    assert people.sign_in(database, "ana", PASSWORD) is None
    later(database, 61)
    begun(database)
    with database.read() as connection:
        told = connection.execute(
            sa.select(AUDIT.c.outcome).where(AUDIT.c.action == "session.begin").order_by(AUDIT.c.number)
        ).scalars()
        assert list(told) == ["refused"] * 10 + ["locked", "locked", "done"]


def test_a_success_forgives_failures(database: Database) -> None:
    for _ in range(3):
        assert [people.sign_in(database, "ana", "wrong") for _ in range(9)] == [None] * 9
        session = people.sign_in(database, "ana", PASSWORD)
        assert session is not None
        assert people.find(database, session.token) is not None


@pytest.mark.parametrize(("name", "minutes"), [("ana", 15), ("office", 10)])
def test_an_idle_session_ends(database: Database, name: str, minutes: int) -> None:
    session = begun(database, name)
    later(database, minutes * 60 - 5)
    assert people.find(database, session.token)
    later(database, minutes * 60 - 5)
    assert people.find(database, session.token, used=False)
    later(database, 10)
    assert people.find(database, session.token) is None


def test_no_session_lasts_longer_than_half_a_day(database: Database) -> None:
    session = begun(database)
    for _ in range(72):
        assert people.find(database, session.token)
        later(database, 10 * 60)
    assert people.find(database, session.token) is None


def test_a_session_ends_when_its_person_says_so_or_signs_in_anew(database: Database) -> None:
    first = begun(database)
    people.sign_out(database, first)
    assert people.find(database, first.token) is None
    second = begun(database)
    third = people.sign_in(database, "ana", PASSWORD, earlier=second.token)
    assert people.find(database, second.token) is None
    assert third is not None
    assert people.find(database, third.token)


def test_whoever_is_shut_out_is_out_at_once(database: Database) -> None:
    session = begun(database)
    identifier = session.who.actor.removeprefix("person:")
    assert not people.block(database, Principal("other", "key:1", "admin"), identifier)
    assert people.find(database, session.token)
    assert people.block(database, ADMIN, identifier)
    assert people.find(database, session.token) is None
    assert people.sign_in(database, "ana", PASSWORD) is None


def test_more_at_a_time_than_can_be_checked_have_to_come_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "_AT_ONCE", threading.BoundedSemaphore(1))
    monkeypatch.setattr(people, "_PATIENCE_S", 0.01)
    with people._turn(), pytest.raises(TransientError, match="Many people"):
        people.sign_in(database, "ana", PASSWORD)


def test_a_browser_that_is_known_is_not_kept_out_by_what_others_try(database: Database) -> None:
    session = begun(database)
    people.sign_out(database, session)
    for n in range(10):
        assert people.sign_in(database, "ana", f"wrong {n}") is None
    assert people.sign_in(database, "ana", PASSWORD) is None
    assert people.sign_in(database, "ana", "wrong", known=True) is None
    assert people.sign_in(database, "ana", PASSWORD, known=True) is not None


def test_a_browser_is_known_by_a_mark_of_one_person_for_a_while(database: Database) -> None:
    session = begun(database)
    assert people.familiar(database, " Ana", session.mark)
    assert people.find(database, session.mark) is None
    people.sign_out(database, session)
    assert people.familiar(database, "ana", session.mark)
    for name, mark, tenant in (
        ("office", session.mark, "main"), ("ana", session.token, "main"), ("ana", session.mark, "other"),
        ("ana", "", "main"), ("nobody", session.mark, "main"),
    ):  # fmt: skip
        assert not people.familiar(database, name, mark, tenant=tenant)
    with database.begin() as connection:
        connection.execute(SESSION.update().values(created_at=SESSION.c.created_at - 91 * 86_400))
    assert not people.familiar(database, "ana", session.mark)


def test_the_sessions_are_walked_once_however_many_people_there_are(tmp_path: Path) -> None:
    database, many, steps = new_database(tmp_path), 60, 0
    with database.begin() as connection:
        row = {"tenant": "main", "role": "intake", "password": "", "created_at": 1.0}
        connection.execute(PERSON.insert(), [{**row, "id": f"p{n}", "name": f"n{n}"} for n in range(many)])
        begun = {"tenant": "main", "form_token": "", "seen_at": 1.0}
        sessions = [
            {**begun, "digest": f"{n:064}", "person": f"p{n % many}", "created_at": float(n)} for n in range(many * 20)
        ]
        connection.execute(SESSION.insert(), sessions)

    def step() -> int:
        nonlocal steps
        steps += 100
        return 0

    @sa.event.listens_for(database.engine, "checkout")
    def count(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_progress_handler(step, 100)

    known = people.known(database, ADMIN)
    assert {one.id: one.signed_in_at for one in known} == {f"p{n}": float(many * 19 + n) for n in range(many)}
    assert steps < 100 * (many + len(sessions))
