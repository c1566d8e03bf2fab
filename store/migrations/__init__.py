"""Revisions of the database, by Alembic."""
