from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.problem import FOUND, TransientError
from store.db import DatabaseAway, DatabaseDamaged, Scope, now, open_database
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


@pytest.mark.parametrize("content", [b"no database at all" * 500, None])
def test_a_file_that_is_damaged_is_said_with_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    database = new_database(tmp_path)
    database.close()
    file = tmp_path / "dossier.sqlite3"
    # Its tables are behind the first page, which alone is whole.
    file.write_bytes(content or (whole := file.read_bytes())[:4096] + b"\x55" * (len(whole) - 4096))
    for enter in (open_database(tmp_path).begin, open_database(tmp_path).read):
        with pytest.raises(DatabaseDamaged, match="restore the last backup") as damaged, enter() as connection:
            connection.execute(sa.select(OUTBOX)).all()
        assert damaged.value.exit_status == FOUND
        # No file that a worker reads meanwhile is to blame: its work is given back, and uses up no attempt.
        assert isinstance(damaged.value, TransientError)


def test_text_that_is_no_text_is_damage(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    with pytest.raises(DatabaseDamaged) as damaged, database.read() as connection:
        connection.execute(sa.text("SELECT CAST(x'ff' || 'Ana' AS TEXT)")).all()
    assert "Ana" not in str(damaged.value)


def test_what_a_statement_breaks_is_no_damage(tmp_path: Path) -> None:
    row = {"id": "1", "tenant": "main", "kind": "k", "dedup_key": "d", "subject": "s", "not_before": 0, "created_at": 0}
    with pytest.raises(sa.exc.IntegrityError), new_database(tmp_path).begin() as connection:
        connection.execute(OUTBOX.insert(), [row, row])
