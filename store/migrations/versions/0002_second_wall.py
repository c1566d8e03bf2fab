"""The second wall: rows of the audit stay as they were written, and PostgreSQL itself keeps to tenants and offices."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# What is said when a row of the audit is touched.
_SENTENCE = "rows of the audit are never changed"
_TENANTS = ("submission", "file", "document", "page", "request", "correction", "work", "outbox", "audit", "api_key",
            "person", "session")  # fmt: skip
# Rows that belong to a provider office, too. A page belongs to whoever its document does.
_OFFICES = ("submission", "file", "document", "request", "correction")

_TENANT = "current_setting('dossier.tenant', true)"
_OFFICE = "coalesce(current_setting('dossier.office', true), '')"
_OWN_TENANT = f"({_TENANT} = '*' OR tenant = {_TENANT})"
_OWN_OFFICE = f"({_OFFICE} = '' OR office = {_OFFICE})"
_OWN_DOCUMENT = f"({_OFFICE} = '' OR EXISTS (SELECT 1 FROM document WHERE document.id = page.document))"  # noqa: S608 - constants only


def upgrade() -> None:
    """Put the walls up."""
    if op.get_bind().dialect.name != "postgresql":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
                f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SENTENCE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()"
    )
    for table in _TENANTS:
        own = _OWN_TENANT
        if table in _OFFICES:
            own = f"{own} AND {_OWN_OFFICE}"
        elif table == "page":
            own = f"{own} AND {_OWN_DOCUMENT}"
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        # The owner of the tables is bound, too: the service may own them.
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON {table} USING ({own}) WITH CHECK ({own})")
