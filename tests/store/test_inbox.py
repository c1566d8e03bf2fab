from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from models.arrival import Arrival
from models.problem import FileCode, NotFound
from store import audit, inbox, work
from store.db import Database, Scope
from store.inbox import KeyUsedOtherwise, accept
from store.repository import Repository
from store.tables import FILE, OUTBOX, REQUEST, SUBMISSION, WORK
from tests.store.databases import WHO, files, received


@pytest.fixture
def database(any_database: Database) -> Database:
    return any_database


def count(database: Database, table: sa.Table) -> int:
    with database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_one_transaction_makes_everything(database: Database) -> None:
    accepted = received(database, ["a.pdf", "b.tif"])
    assert [file.path for file in accepted.files] == ["a.pdf", "b.tif"]
    assert [count(database, table) for table in (SUBMISSION, FILE, WORK, OUTBOX)] == [1, 2, 2, 1]
    assert len(accepted.work) == 2
    assert audit.verify(database) == (1, ())


def test_the_same_key_gives_the_same_receipt(database: Database) -> None:
    first = received(database, key="k")
    again = received(database, key="k")
    assert again.again
    assert (again.submission, again.received_at, again.files) == (first.submission, first.received_at, first.files)
    assert count(database, SUBMISSION) == 1
    with pytest.raises(KeyUsedOtherwise):
        received(database, ["other.pdf"], key="k")
    received(database, ["other.pdf"], key="k", who=replace(WHO, tenant="second"))
    assert count(database, SUBMISSION) == 2


def test_an_answer_joins_the_case_of_its_request_and_nobody_else_s(database: Database) -> None:
    first = received(database)
    with database.begin() as connection:
        connection.execute(
            REQUEST.insert().values(
                id="r-1", tenant="main", office="o1", case_id=first.submission, ordinal=0, status="needs_review",
                received_at=0.0, changed_at=0.0, body="{}",
            )
        )  # fmt: skip
    answer = Arrival("api", "answer", files("more.pdf"), answers="r-1")
    second = accept(database, answer, WHO)
    with database.read() as connection:
        cases = connection.execute(sa.select(SUBMISSION.c.case_id)).scalars().all()
    assert cases == [first.submission] * 2
    assert second.submission != first.submission
    for stranger in (replace(WHO, tenant="second"), replace(WHO, office="o2")):
        with pytest.raises(NotFound):
            accept(database, answer, stranger)
    assert count(database, SUBMISSION) == 2


def test_files_that_can_never_be_taken_have_a_receipt_that_people_see(any_database: Database) -> None:
    arrival = Arrival("folder", "fax.pdf", files("fax.pdf"), source_key="k")
    told = inbox.refuse(any_database, arrival, WHO, FileCode.TOO_LARGE)
    assert inbox.refuse(any_database, arrival, WHO, FileCode.TOO_LARGE).submission == told.submission
    seen = Repository(any_database, WHO).submission(told.submission)
    (file,) = seen["files"]
    assert (seen["state"], file["state"], file["code"]) == ("done", "rejected", "F002")
    assert work.take(any_database, "w") is None
    (row,) = audit.rows(any_database, Scope("main"))
    assert (row["action"], row["subject"]) == ("submission.refuse", told.submission)
