from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from models.problem import NotReady
from store import faults
from store.db import Database, open_database
from store.migrate import is_current, migrate
from store.tables import METADATA, WORK
from tests.services.postgres import Postgres


def test_a_new_database_gets_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as database:
        has_all_tables(database)


def test_a_new_database_of_postgresql_gets_them_too(tmp_path: Path, postgres: Postgres) -> None:
    with closing(open_database(tmp_path, postgres.new_database())) as database:
        has_all_tables(database)


def has_all_tables(database: Database) -> None:
    assert not is_current(database)
    migrate(database)
    migrate(database)
    assert is_current(database)
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


@pytest.mark.parametrize("revisions", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_migration_that_was_killed_half_way_and_run_again_is_whole(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, revisions: int
) -> None:
    url = request.getfixturevalue("postgres").new_database() if kind == "postgresql" else None
    process = multiprocessing.get_context("spawn").Process(target=migrate_and_die, args=(tmp_path, url, revisions))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    with closing(open_database(tmp_path, url)) as database:
        has_all_tables(database)


def migrate_and_die(data: Path, url: str | None, revisions: int) -> None:
    """Migrate, and die when so many revisions have run."""
    seen = []

    def hook(point: str) -> None:
        seen.append(point)
        if seen.count("during_migration") == revisions:
            os.kill(os.getpid(), signal.SIGKILL)

    faults.hook = hook
    migrate(open_database(data, url))


def test_a_released_database_keeps_its_rows(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as database:
        migrate(database, "0002")
        with database.begin() as connection:
            connection.execute(
                sa.text(
                    "INSERT INTO work (id, tenant, stage, subject, version, not_before, due_at, changed_at) "
                    "VALUES ('w', 'main', 'read', 'f', 1, 0, 0, 0)"
                )
            )
        assert not is_current(database)
        migrate(database)
        assert is_current(database)
        with database.read() as connection:
            assert connection.execute(sa.select(WORK.c.id, WORK.c.needs)).all() == [("w", 0)]


def test_a_later_database_is_left_alone(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    migrate(database)
    with database.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NotReady, match="later version"):
        migrate(database)
