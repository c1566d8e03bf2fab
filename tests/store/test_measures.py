from __future__ import annotations

import time
from pathlib import Path

import sqlalchemy as sa

from models.principal import Principal
from store import audit, checkpoints
from store.checkpoints import FolderPlace
from store.db import Database
from store.measures import measure
from store.readings import end_file
from store.signing import open_signer
from store.work import put_off, take
from tests.store.databases import new_database, received


def test_everything_is_counted_by_its_state(any_database: Database) -> None:
    for number in range(3):
        received(any_database, key=f"k{number}")
    lease = take(any_database, "w")
    assert lease is not None
    put_off(any_database, lease, "ValueError", end_file, last=True)
    told = measure(any_database)
    # Its case goes on without the file that is quarantined.
    assert told.work == {("read", "ready"): 2, ("read", "quarantined"): 1, ("assemble", "ready"): 1}
    assert told.submissions == {"received": 2, "processing": 1}
    assert told.outbox == {"ready": 3}
    assert (told.requests, told.gap) == ({}, 0)
    assert 0 <= told.oldest_s < 60


def test_an_empty_service_waits_for_nothing(any_database: Database) -> None:
    told = measure(any_database)
    assert (told.oldest_s, told.gap, told.work) == (0.0, 0, {})
    assert (told.unsigned, told.unsigned_s) == (0, 0.0)


def test_rows_that_wait_for_their_checkpoint_are_counted_with_the_age_of_the_oldest(
    any_database: Database, tmp_path: Path
) -> None:
    def write(rows: int, tenant: str = "main") -> None:
        with any_database.begin() as connection:
            for _ in range(rows):
                audit.record(connection, Principal(tenant, "key:1", "auditor"), "request.read", "r-1")

    def sign() -> None:
        place = FolderPlace(tmp_path / "second")
        checkpoints.write_due(any_database, open_signer(tmp_path), places=[place], seconds=0.0)

    write(3)
    write(2, "other")
    told = measure(any_database)
    assert told.unsigned == 5
    assert 0 < told.unsigned_s < 60
    sign()
    assert (measure(any_database).unsigned, measure(any_database).unsigned_s) == (0, 0.0)
    write(1)
    oldest = measure(any_database).unsigned_s
    time.sleep(0.05)
    write(2)
    told = measure(any_database)
    # The row that tells of the checkpoint waits for none, and the younger ones do not hide the oldest.
    assert told.unsigned == 3
    assert told.unsigned_s >= oldest + 0.05
    sign()
    assert measure(any_database).unsigned == 0


def test_no_chain_is_walked_to_count_them(tmp_path: Path) -> None:
    database, asked = new_database(tmp_path), list[str]()
    with database.begin() as connection:
        audit.record(connection, Principal("main", "key:1", "auditor"), "request.read", "r-1")
    listener = lambda *told: asked.append(str(told[2]))  # noqa: E731 - the library hands over six arguments
    sa.event.listen(database.engine, "before_cursor_execute", listener)
    with database.read() as connection:
        checkpoints.waiting(connection)
    sa.event.remove(database.engine, "before_cursor_execute", listener)
    plans = []
    with database.read() as connection:
        for statement in (one for one in asked if "FROM audit" in one):
            given = ("main",) * statement.count("?")
            plans += [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
    assert sum("ix_audit_checkpoint" in plan for plan in plans) == 2
    assert [plan for plan in plans if "SCAN audit" in plan or "TEMP B-TREE" in plan] == []


def test_a_forged_row_of_the_audit_leaves_everything_else_measured(any_database: Database) -> None:
    received(any_database)
    with any_database.begin() as connection:
        audit.record(connection, Principal("main", "key:1", "auditor"), audit.CHECKPOINT, "9" * 5000)
    told = measure(any_database)
    assert told.work == {("read", "ready"): 1}
    assert told.unsigned > 0
