from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from models.problem import NotReady
from store.db import Database, open_database
from store.migrate import is_current, migrate
from store.tables import METADATA
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


def test_a_later_database_is_left_alone(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    migrate(database)
    with database.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NotReady, match="later version"):
        migrate(database)
