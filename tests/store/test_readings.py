from __future__ import annotations

import pytest
import sqlalchemy as sa

from models.work import LeaseLost
from store import cases, readings, work
from store.conservation import gap
from store.db import Database
from store.readings import ReadDocument
from store.repository import Repository
from store.tables import DOCUMENT, FILE, PAGE, WORK
from tests.store.cases import assembled, read, request, send, taken
from tests.store.databases import SHA, WHO


@pytest.fixture
def database(any_database: Database) -> Database:
    return any_database


def rows(database: Database, *columns: sa.Column[object]) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return sorted(tuple(row) for row in connection.execute(sa.select(*columns)))


def test_a_case_is_put_together_when_all_its_files_are_through(database: Database) -> None:
    accepted = send(database, "a.pdf", "b.pdf")
    read(database)
    assert Repository(database, WHO).state(accepted.submission) == "processing"
    assert rows(database, WORK.c.stage, WORK.c.state) == [("read", "done"), ("read", "ready")]
    read(database, code="F005")
    # All of it is read, and nothing is made of it yet: it is not back at its beginning.
    assert Repository(database, WHO).state(accepted.submission) == "processing"
    assert rows(database, FILE.c.state, FILE.c.media_type)[0][0] == "read"
    assert ("assemble", "ready") in rows(database, WORK.c.stage, WORK.c.state)
    told = Repository(database, WHO).submission(accepted.submission)["files"]
    assert sorted((file["state"], file["code"] or "") for file in told) == [("read", ""), ("rejected", "F005")]


def test_a_single_file_that_is_read_is_on_its_way(database: Database) -> None:
    accepted = send(database)
    assert Repository(database, WHO).state(accepted.submission) == "received"
    read(database)
    assert Repository(database, WHO).state(accepted.submission) == "processing"
    assembled(database, request(d1=(1, 2)))
    assert Repository(database, WHO).state(accepted.submission) == "done"


def test_a_file_that_was_read_again_replaces_its_pages(database: Database) -> None:
    send(database)
    first = read(database, pages=2)
    readings.read_again(database, taken(database, "assemble"), first.subject, needs=4)
    assert rows(database, FILE.c.state, FILE.c.result) == [("received", None)]
    read(database, pages=3, version=4)
    assert rows(database, DOCUMENT.c.page_count, DOCUMENT.c.version) == [(3, "4")]
    assert [page for (page,) in rows(database, PAGE.c.page)] == [1, 2, 3]
    with database.read() as connection:
        assert gap(connection) == 0


def test_a_file_that_is_on_its_way_is_not_queued_again(database: Database) -> None:
    send(database)
    first = read(database)
    lease = taken(database, "assemble")
    with database.begin() as connection:
        connection.execute(FILE.update().values(state="reading"))
    readings.read_again(database, lease, first.subject, needs=4)
    assert rows(database, WORK.c.stage, WORK.c.state) == [("assemble", "done"), ("read", "done")]


def test_what_only_a_later_version_can_use_is_read_by_that_one(database: Database) -> None:
    send(database)
    first = read(database)
    readings.read_again(database, taken(database, "assemble"), first.subject, needs=4)
    assert work.take(database, "old", knows=3) is None
    assert taken(database, "read", knows=4).subject == first.subject


def test_whoever_lost_the_lease_writes_nothing(database: Database) -> None:
    send(database)
    lease = taken(database, "read")
    work.give_back(database, lease)
    document = ReadDocument("a.pdf", SHA, None, (1,))
    with pytest.raises(LeaseLost):
        readings.save_reading(database, lease, result="b" * 64, documents=(document,), version=3)
    with pytest.raises(LeaseLost):
        readings.read_again(database, lease, lease.subject, needs=3)
    assert rows(database, DOCUMENT.c.id) == []


def test_the_end_of_a_file_lets_its_case_go_on_without_it(database: Database) -> None:
    accepted = send(database, "a.pdf", "b.pdf")
    lease = taken(database, "read")
    work.put_off(database, lease, "ValueError", readings.end_file, last=True)
    assert ("assemble",) not in rows(database, WORK.c.stage)
    read(database)
    assembled(database, request(d1=(1, 2)))
    told = Repository(database, WHO).submission(accepted.submission)
    assert (told["state"], sorted(file["state"] for file in told["files"])) == ("done", ["quarantined", "read"])
    case = cases.find_case(database, accepted.submission)
    assert case.version == 3
    with database.read() as connection:
        assert gap(connection) == 0
