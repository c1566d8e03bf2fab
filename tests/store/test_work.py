from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from models.work import Lease, LeaseLost
from store import work
from store.db import Database
from store.readings import end_file
from store.tables import FILE, WORK
from tests.store.databases import received


@pytest.fixture
def database(any_database: Database) -> Database:
    return any_database


def state(database: Database) -> list[tuple[str, int, int]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(sa.select(WORK.c.state, WORK.c.attempts, WORK.c.deaths))]


def expire(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(WORK.update().values(lease_until=0.0))


def taken(database: Database, worker: str = "w") -> Lease:
    lease = work.take(database, worker)
    assert lease is not None
    return lease


def test_work_is_leased_once_and_done_once(database: Database) -> None:
    received(database)
    lease = taken(database)
    assert (lease.stage, lease.attempts) == ("read", 1)
    assert work.take(database, "other") is None
    with database.begin() as connection:
        work.finish(connection, lease)
    assert state(database) == [("done", 1, 0)]
    with pytest.raises(LeaseLost), database.begin() as connection:
        work.finish(connection, lease)


def test_many_workers_share_the_work_without_a_double(database: Database) -> None:
    for number in range(12):
        received(database, [f"{number}.pdf"])
    seen: list[str] = []

    def drain() -> None:
        while (lease := work.take(database, "w")) is not None:
            seen.append(lease.subject)

    threads = [threading.Thread(target=drain) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == len(set(seen)) == 12


def test_a_worker_that_was_thought_dead_writes_nothing(database: Database) -> None:
    received(database)
    zombie = taken(database, "zombie")
    expire(database)
    assert work.reconcile(database, end_file) == (zombie.work,)
    assert state(database) == [("ready", 0, 1)]
    other = taken(database, "other")
    with pytest.raises(LeaseLost):
        work.renew(database, zombie)
    with pytest.raises(LeaseLost), database.begin() as connection:
        work.finish(connection, zombie)
    work.give_back(database, zombie)
    with database.begin() as connection:
        work.finish(connection, other)
    assert state(database) == [("done", 1, 1)]


def test_a_heartbeat_keeps_the_lease(database: Database) -> None:
    received(database)
    lease = taken(database)
    expire(database)
    work.renew(database, lease)
    assert work.reconcile(database, end_file) == ()


def test_what_fails_is_tried_again_later_each_time_and_then_waits_for_a_person(database: Database) -> None:
    received(database)
    for attempt, wait in enumerate((10.0, 60.0, 300.0, 1800.0, 7200.0, None), 1):
        lease = taken(database)
        assert lease.attempts == attempt
        ended = work.put_off(database, lease, "ValueError", end_file)
        with database.begin() as connection:
            row = connection.execute(sa.select(WORK).where(WORK.c.id == lease.work)).one()
            if wait is not None:
                assert row.not_before - row.changed_at == pytest.approx(wait)
                assert connection.execute(sa.select(FILE.c.state)).scalar() == "waiting_retry"
            connection.execute(WORK.update().values(not_before=0.0))
    assert ended == "quarantined"
    # Its case goes on without it.
    assert taken(database).stage == "assemble"
    assert work.take(database, "w") is None
    with database.begin() as connection:
        assert connection.execute(sa.select(FILE.c.state)).scalar() == "quarantined"
        assert work.release(connection, [lease.work]) == 1
    assert taken(database).attempts == 1


def test_surroundings_that_fail_use_up_no_attempt(database: Database) -> None:
    received(database)
    work.give_back(database, taken(database))
    assert state(database) == [("ready", 0, 0)]


def test_what_kills_worker_after_worker_is_taken_out(database: Database) -> None:
    received(database)
    for _ in range(work.MOST_DEATHS):
        taken(database)
        expire(database)
        work.reconcile(database, end_file)
    assert state(database)[0][0] == "quarantined"


def test_what_is_due_sooner_comes_first(database: Database) -> None:
    with database.begin() as connection:
        for subject, due in (("late", 200.0), ("soon", 100.0)):
            work.add_work(connection, tenant="main", stage="assemble", subject=subject, version=1, due_at=due)
        assert work.add_work(connection, tenant="main", stage="assemble", subject="soon", version=1, due_at=1.0) is None
    assert [taken(database).subject, taken(database).subject] == ["soon", "late"]
