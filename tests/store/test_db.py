from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.db import DatabaseAway, Scope, now, open_database
from store.tables import METADATA, OUTBOX
from tests.store.databases import new_database


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    row = {"id": "1", "tenant": "main", "kind": "k", "dedup_key": "d", "subject": "s", "not_before": 0, "created_at": 0}

    def fail() -> None:
        with database.begin() as connection:
            connection.execute(OUTBOX.insert().values(**row))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(OUTBOX)).scalar() == 0


def test_commits_are_synced_and_written_ahead(tmp_path: Path) -> None:
    with new_database(tmp_path).read(Scope("main")) as connection:
        assert connection.execute(sa.text("PRAGMA synchronous")).scalar() == 2  # FULL
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1


def test_the_clock_is_the_database_s_own(tmp_path: Path) -> None:
    with new_database(tmp_path).read() as connection:
        assert now(connection) == pytest.approx(dt.datetime.now(dt.UTC).timestamp(), abs=5)


def test_a_reader_waits_for_no_writer(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    seen: list[int] = []

    def look() -> None:
        with database.read() as connection:
            seen.append(connection.execute(sa.select(sa.func.count()).select_from(OUTBOX)).scalar_one())

    with database.begin():
        reader = threading.Thread(target=look)
        reader.start()
        reader.join(timeout=5)
    assert seen == [0]


def test_a_database_that_is_away_is_a_passing_fault(tmp_path: Path) -> None:
    (tmp_path / "dossier.sqlite3").mkdir()
    with pytest.raises(DatabaseAway) as away, open_database(tmp_path).begin():
        pass
    assert away.value.retry
    assert METADATA.tables
