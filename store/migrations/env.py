"""Alembic's entry: revisions are run on a connection that store.migrate hands over."""

from __future__ import annotations

from alembic import context

from store import faults
from store.tables import METADATA


def _applied(*_: object, **__: object) -> None:
    """A revision has run; nothing is committed before all have."""
    faults.reached("during_migration")


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True, on_version_apply=_applied)
context.run_migrations()
