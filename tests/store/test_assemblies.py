from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from models.correction import Correction
from models.work import LeaseLost
from store import assemblies, work
from store.conservation import gap
from store.db import Database
from store.repository import Repository
from store.tables import OUTBOX, PAGE, REQUEST, WORK
from tests.store.cases import assembled, held, read, request, send, taken
from tests.store.databases import WHO


@pytest.fixture
def database(any_database: Database) -> Database:
    """A case with one document of three pages, read."""
    send(any_database)
    read(any_database, pages=3)
    return any_database


def requests(database: Database) -> list[tuple[str, str, int]]:
    with database.read() as connection:
        chosen = sa.select(REQUEST.c.id, REQUEST.c.status, REQUEST.c.version).order_by(REQUEST.c.id)
        return [tuple(row) for row in connection.execute(chosen)]


def pages(database: Database) -> list[tuple[int, str, str | None]]:
    with database.read() as connection:
        return sorted(tuple(row) for row in connection.execute(sa.select(PAGE.c.page, PAGE.c.state, PAGE.c.request)))


def again(database: Database) -> None:
    """Have the case put together anew."""
    with database.begin() as connection:
        case = connection.execute(sa.select(PAGE.c.case_id)).scalars().first()
        assert case is not None
        assemblies.reassemble(connection, "main", case)


def test_every_page_goes_to_its_place(database: Database) -> None:
    assembled(database, request(d1=(1, 3)), held=[held("d1", 2)])
    assert pages(database) == [(1, "request", "r-1"), (2, "held", None), (3, "request", "r-1")]
    assert requests(database) == [("r-1", "needs_review", 1)]
    with database.read() as connection:
        assert gap(connection) == 0
        kinds = set(connection.execute(sa.select(OUTBOX.c.kind)).scalars())
    assert {"request.made", "case.assembled"} <= kinds


def test_only_a_request_that_has_changed_has_a_new_version(database: Database) -> None:
    assembled(database, request(d1=(1, 2, 3)))
    again(database)
    assembled(database, request(d1=(1, 2, 3)))
    assert requests(database) == [("r-1", "needs_review", 1)]
    again(database)
    assembled(database, request(d1=(1, 2)), held=[held("d1", 3)])
    assert requests(database) == [("r-1", "needs_review", 2)]


def test_a_request_that_a_case_yields_no_more_is_withdrawn_and_has_no_page(database: Database) -> None:
    assembled(database, request("r-1", d1=(1, 2)), request("r-2", d1=(3,)))
    again(database)
    assembled(database, request("r-1", d1=(1, 2, 3)))
    assert requests(database) == [("r-1", "needs_review", 2), ("r-2", "withdrawn", 2)]
    assert {owner for _, _, owner in pages(database)} == {"r-1"}
    again(database)
    assembled(database, request("r-1", d1=(1, 2, 3)))
    assert requests(database) == [("r-1", "needs_review", 2), ("r-2", "withdrawn", 2)]
    again(database)
    assembled(database, request("r-1", d1=(1, 2)), request("r-2", d1=(3,)))
    assert requests(database) == [("r-1", "needs_review", 3), ("r-2", "needs_review", 3)]


def test_what_was_put_together_before_a_correction_is_not_written(database: Database) -> None:
    assembled(database, request(d1=(1, 2, 3)))
    again(database)
    lease = taken(database, "assemble")
    said = Correction("/patient/birth_date", "1961-02-03", "correct_reading", WHO.actor, dt.datetime.now(dt.UTC))
    Repository(database, WHO).correct("r-1", [said], body=request().model_dump_json(), version=1)
    assembled(database, request(d1=(1,)), held=[held("d1", 2), held("d1", 3)], lease=lease)
    assert requests(database) == [("r-1", "needs_review", 2)]
    assert {state for _, state, _ in pages(database)} == {"request"}
    assert taken(database, "assemble").version == lease.version + 1


def test_whoever_lost_the_lease_writes_nothing(database: Database) -> None:
    lease = taken(database, "assemble")
    work.give_back(database, lease)
    with pytest.raises(LeaseLost):
        assembled(database, request(d1=(1, 2, 3)), lease=lease)
    assert requests(database) == []
    assert {state for _, state, _ in pages(database)} == {"in_progress"}


def test_a_case_waits_for_a_worker_of_the_version_that_has_read_its_papers(database: Database) -> None:
    assembled(database, request(d1=(1, 2, 3)))
    send(database, "b.pdf", answers="r-1")
    read(database, version=4)
    assert work.take(database, "old", knows=3) is None
    with database.read() as connection:
        waiting = connection.execute(sa.select(WORK.c.needs).where(WORK.c.state == "ready")).scalars().all()
    assert waiting == [4]
    # Also where an old one is the last to have read a paper of it.
    send(database, "c.pdf", answers="r-1")
    read(database, version=3)
    assert work.take(database, "old", knows=3) is None
    assert taken(database, "assemble", knows=4).stage == "assemble"
