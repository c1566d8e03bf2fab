"""Bringing a database to the tables that this version knows; data is kept."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.problem import NotReady
from store.db import Database

_HERE = Path(__file__).resolve().parent / "migrations"
# PostgreSQL's advisory lock under which one process at a time migrates.
_LOCK = 7_230_156


def migrate(database: Database, to: str = "head") -> None:
    """Run what is missing up to a revision, once, however many processes start together; all of it or nothing.

    Raises:
        NotReady: the database is of a later version than this program.
    """
    with database.begin() as connection:
        if database.postgres:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = _config()
        known = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in {one.revision for one in known.walk_revisions()}:
            raise NotReady("The database is of a later version than this program. Install that version.")
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def is_current(database: Database) -> bool:
    """Whether the database has the tables that this version knows."""
    with database.read() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    return config
